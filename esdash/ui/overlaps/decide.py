"""Actions on a case: deciding with a reason, proposing it for the priority list, merging duplicates."""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

import pandas as pd
import streamlit as st

from esdash.analysis.duplicates import duplicates
from esdash.analysis.overlaps import overlaps
from esdash.analysis.priorities import priorities
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.cached import cached
from esdash.inventory.steering import deciding, items
from esdash.inventory.steering.tasks import Evidence
from esdash.texts import Text
from esdash.ui.overlaps.choice import OVERLAPS
from esdash.ui.shell import messages, page, url

LONGEST_REASON = 300
FIGURES = ("supply", "need", "saturation", "surplus", "score")  # stored with a decision or proposal

Case = Mapping[str, Any]


def show(inventory: Inventory, text: Text, case: Case) -> None:
    """The form for the decision, and below it the button for the priority list."""
    page.heading(text("overlaps.decide"))
    ids = list(case["initiative_ids"])
    seen = _seen(inventory, ids)  # a decision about facts that have changed since is refused
    proposed = case["verdict"] if case["verdict"] in deciding.VERDICTS else None
    with st.form("decision", border=False):
        st.radio(
            text("overlaps.verdict"),
            deciding.VERDICTS,
            index=deciding.VERDICTS.index(proposed) if proposed else None,
            key=f"verdict_{case['case_id']}",
            format_func=lambda name: text(f"overlaps.verdict_{name}"),
            captions=[text(f"overlaps.means_{name}") for name in deciding.VERDICTS],
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


@cached
def _seen(inventory: Inventory, ids: list[str]) -> deciding.Seen:
    """The case of these offers as it is now, cached."""
    return deciding.look(inventory, ids)


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


class Listed(NamedTuple):
    """The cases of double structures, and the priority list with its ranks."""

    cases: list[dict[Any, Any]]
    ranked: pd.DataFrame


@cached
def listed(inventory: Inventory) -> Listed:
    """The input of `priority`, cached."""
    return Listed(overlaps.cases(inventory).to_dict("records"), priorities.ranked(inventory))


def priority(inventory: Inventory, text: Text, ids: Sequence[str], found: Listed, key: str = "") -> None:
    """The rank of a double structure on the priority list, and the reason of its proposal.

    A decided pair may be part of a larger case there; of several cases the smallest counts.
    """
    around = [row for row in found.cases if set(ids) <= set(row["initiative_ids"])]
    if not around:
        return
    case = min(around, key=lambda row: len(row["initiative_ids"]))
    item = f"overlap|{case['case_id']}"
    row = found.ranked[found.ranked["item_id"] == item]
    if page.may(inventory, Action.TAKE_ITEM) and (row.empty or row["proposal"].isna().all()):
        with st.popover(text("drawer.propose")), st.form(f"proposal{key}", border=False):
            st.text_input(text("drawer.reason"), key=f"proposal_reason{key}", max_chars=LONGEST_REASON)
            st.form_submit_button(
                text("drawer.propose_now"),
                type="primary",
                on_click=_propose,
                args=(inventory, text, item, _figures(case), key),
            )
    if len(row):
        rank = row["rank"].iloc[0]
        label = text("drawer.ranked", rank=int(rank)) if pd.notna(rank) else text("drawer.closed")
        url.link("priorities", label, priorities="proposals", item=item)


def _propose(inventory: Inventory, text: Text, item: str, figures: dict[str, float | None], key: str) -> None:
    reason = str(st.session_state.get(f"proposal_reason{key}") or "")

    def act(actor: Actor) -> None:
        items.take(inventory, item, actor, reason, evidence=Evidence(figures))

    page.act(inventory, text, Action.TAKE_ITEM, act, text("drawer.proposed"))
