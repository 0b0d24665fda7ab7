"""Actions on a case: deciding with a reason, taking it onto the priority list, merging duplicates."""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.duplicates import duplicates
from esdash.analysis.overlaps import overlaps
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.cached import cached
from esdash.inventory.steering import deciding
from esdash.texts import Text
from esdash.ui.overlaps.choice import OVERLAPS
from esdash.ui.priorities import item_form, taken
from esdash.ui.shell import author, messages, page, url
from esdash.wording.escaping import bold

LONGEST_REASON = 300
FIGURES = ("supply", "need", "saturation", "surplus", "score")  # stored with a decision or proposal

Case = Mapping[str, Any]


def show(inventory: Inventory, text: Text, case: Case) -> None:
    """The form for the decision, and below it the button for the priority list."""
    ids = list(case["initiative_ids"])
    seen = _seen(inventory, ids)  # a decision about facts that have changed since is refused
    proposed = case["verdict"] if case["verdict"] in deciding.VERDICTS else None
    with st.form("decision", border=True):
        st.radio(
            text("overlaps.verdict"),
            deciding.VERDICTS,
            index=deciding.VERDICTS.index(proposed) if proposed else None,
            key=f"verdict_{case['case_id']}",
            format_func=lambda name: text(f"overlaps.verdict_{name}"),
            help="\n\n".join(_meaning(name, text) for name in deciding.VERDICTS),
        )
        st.text_input(
            text("overlaps.why"),
            key=f"why_{case['case_id']}",
            max_chars=LONGEST_REASON,
            placeholder=text("overlaps.why_example"),
        )
        st.form_submit_button(
            text("overlaps.decide_now"), type="primary", on_click=_decide, args=(inventory, text, dict(case), seen)
        )
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if case["verdict"] == "duplicate":
            merging(text, ids, doubles(inventory))
        if case["verdict"] == "double_structure":
            priority(inventory, text, ids, listed(inventory))
        else:
            st.caption(text("overlaps.only_doubles"))


def _meaning(verdict: str, text: Text) -> str:
    return f"{bold(text(f'overlaps.verdict_{verdict}'))}: {text(f'overlaps.means_{verdict}')}"


@cached
def _seen(inventory: Inventory, ids: list[str]) -> deciding.Seen:
    """The case of these offers as it is now, cached."""
    return deciding.look(inventory, ids)


@author.first
def _decide(inventory: Inventory, text: Text, case: dict[str, Any], seen: deciding.Seen) -> None:
    ids, key = list(case["initiative_ids"]), case["case_id"]
    verdict, why = st.session_state.get(f"verdict_{key}"), str(st.session_state.get(f"why_{key}") or "")
    if verdict is None:
        messages.tell("warning", text("overlaps.verdict_missing"))
        return
    figures = _figures(case)

    def act(actor: Actor) -> None:
        deciding.decide(inventory, ids, verdict, actor, why, figures, seen)

    if page.act(inventory, text, Action.DECIDE_OVERLAP, act):
        OVERLAPS.case = None
        messages.tell("done", text("overlaps.decided", verdict=text(f"overlaps.verdict_{verdict}")))


def _figures(case: Case) -> dict[str, float | None]:
    return {name: None if pd.isna(case[name]) else float(case[name]) for name in FIGURES}


@cached
def doubles(inventory: Inventory) -> set[str]:
    """The pairs of offers in the queue of duplicates of Datenpflege, as its links write them."""
    queue = duplicates.queue(inventory)
    return {"|".join(row) for row in queue[["table_name", "a_id", "b_id"]].to_numpy() if row[0] == "initiative"}


def merging(text: Text, ids: Sequence[str], waiting: Collection[str]) -> None:
    """Links to merge pairs of these offers in Datenpflege; only for pairs in its queue."""
    pairs = [key for key in ("|".join(["initiative", *two]) for two in combinations(sorted(ids), 2)) if key in waiting]
    for place, key in enumerate(pairs, start=1):
        label = text("overlaps.merge") if len(pairs) == 1 else text("overlaps.merge_pair", n=place)
        url.link("care", label, care="doubles", pair=key)


@cached
def listed(inventory: Inventory) -> list[dict[Any, Any]]:
    """The cases of double structures as the priority list has them, cached."""
    return overlaps.cases(inventory).to_dict("records")


def priority(
    inventory: Inventory, text: Text, ids: Sequence[str], cases: list[dict[Any, Any]], place: str = ""
) -> None:
    """The place of a double structure on the priority list or among its proposals, and the button to take it.

    A decided pair may be part of a larger case there; of several cases the smallest counts.
    """
    around = [row for row in cases if set(ids) <= set(row["initiative_ids"])]
    if not around:
        return
    case = min(around, key=lambda row: len(row["initiative_ids"]))
    finding = f"overlap|{case['case_id']}"
    if taken.link(inventory, text, finding) is None:
        item_form.take_button(inventory, text, finding, place)
