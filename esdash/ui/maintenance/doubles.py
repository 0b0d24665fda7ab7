"""Records entered twice: a queue of pairs, the likeliest first, with three possible decisions."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.duplicates import duplicates
from esdash.analysis.judgements import DUPLICATE_LIKELY, DUPLICATE_SURE
from esdash.inventory import Inventory, merging
from esdash.inventory.access import Action, Actor
from esdash.texts import Text
from esdash.ui.maintenance import choice, compare, decided, merge
from esdash.ui.maintenance.choice import CARE
from esdash.ui.shell import author, messages, page, printing, sight, url
from esdash.wording import labels
from esdash.wording.escaping import bold, plain


def show(inventory: Inventory, text: Text) -> None:
    """The choice of the kind, the present pair, and earlier decisions."""
    everything = duplicates.queue(inventory)
    counts = everything["table_name"].value_counts().to_dict()
    kind = choice.kinds(text, duplicates.TABLES, counts, choice.Care.doubles)
    queue = everything if kind == choice.ALL else everything[everything["table_name"] == kind]
    if queue.empty:
        st.success(text("doubles.nothing"))
    else:
        _at_hand(inventory, queue, text)
    decided.show(inventory, text)


def _at_hand(inventory: Inventory, queue: pd.DataFrame, text: Text) -> None:
    keys = choice.pair_keys(queue)
    wanted = CARE.pair
    if wanted and wanted not in keys:
        st.info(text("doubles.gone"))
        CARE.pair, CARE.joining = "", None
    place = keys.index(wanted) if wanted in keys else 0
    shares = queue.iloc[place].to_dict()
    found = duplicates.sides(inventory, shares["table_name"], shares["a_id"], shares["b_id"])
    if found is None:  # archived since the queue was read; the next run has a new queue
        st.info(text("doubles.gone"))
        return
    pair = compare.Pair(shares["table_name"], *found, shares)
    rows = compare.rows(inventory, text, pair.table, pair.left, pair.right, shares)
    if CARE.joining and page.may(inventory, Action.MERGE_RECORDS):
        with st.container(key="merge_form"):
            sight.bring("merge_form", "|".join(pair.key(side) for side in (pair.left, pair.right)), "start")
            merge.show(inventory, pair, rows, text)
    else:
        _compared(inventory, pair, rows, keys, place, text)


def _compared(
    inventory: Inventory, pair: compare.Pair, rows: list[compare.Row], keys: list[str], place: int, text: Text
) -> None:
    score = float(pair.shares["score"])
    likeness = "sure" if score >= DUPLICATE_SURE else "likely" if score >= DUPLICATE_LIKELY else "possible"
    page.heading(text(f"doubles.{likeness}"))
    kind = labels.kind(text, pair.table)
    st.caption(text("doubles.place", n=place + 1, of=len(keys), kind=kind, score=text.number(score, 2)))
    for column, side in zip(st.columns(2, gap="small"), (pair.left, pair.right), strict=True):
        with column.container(border=True, gap="xsmall", height="stretch"):
            st.markdown(bold(side["name"]))
            st.caption(standing(inventory, pair, side, text))
            url.link("entry", text("todo.open"), table=pair.table, id=pair.key(side))
    telling = [row for row in rows if row.share is not None or row.verdict != "equal"]
    st.table(compare.as_table(telling, text), border="horizontal", alt=text("doubles.table_alt"))
    equal = [row.label for row in rows if row not in telling]
    if equal:
        st.caption(plain(text("doubles.equal_too", fields=", ".join(equal))))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if page.may(inventory, Action.MERGE_RECORDS):
            label, seen = text("doubles.merge"), (keys[place], pair.versions)
            st.button(label, key="merge_open", type="primary", on_click=_open, args=seen)
        if page.may(inventory, Action.DECIDE_DUPLICATE):
            with st.popover(text("doubles.dismiss")), st.form("dismissal", border=False):
                st.text_input(text("doubles.reason"), key="dismiss_reason", placeholder=text("doubles.reason_example"))
                st.form_submit_button(text("doubles.dismiss_now"), on_click=_dismiss, args=(inventory, pair, text))
        last = place + 1 == len(keys)
        following = keys[0] if last else keys[place + 1]
        printing.button(text("doubles.later"), on_click=_go, args=(following, text("doubles.again") if last else ""))
        if place:
            printing.button(text("doubles.back"), on_click=_go, args=(keys[place - 1], ""), type="tertiary")
    if page.allowed(inventory, text, Action.MERGE_RECORDS, Action.DECIDE_DUPLICATE):
        st.caption(text("doubles.hint"))


def standing(inventory: Inventory, pair: compare.Pair, side: Mapping[str, Any], text: Text) -> str:
    """How many records refer to one of the two, and when it was last confirmed."""
    named = sum(merging.followers(inventory, pair.table, pair.key(side)).values())
    words = [
        text("doubles.id", id=plain(pair.key(side))),
        text.count("doubles.named_by", named) if named else text("doubles.named_by_none"),
        text("doubles.assured", day=side["assured_on"]) if side["assured_on"] else text("freshness.never"),
    ]
    return " · ".join(words)


def _go(key: str, words: str) -> None:
    CARE.pair = key
    if words:
        messages.tell("done", words)


def _open(key: str, versions: dict[str, int]) -> None:
    CARE.pair, CARE.joining = key, "1"
    st.session_state["joining_seen"] = versions


@author.first
def _dismiss(inventory: Inventory, pair: compare.Pair, text: Text) -> None:
    reason = str(st.session_state.get("dismiss_reason") or "").strip()
    if not reason:
        messages.tell("warning", text("doubles.reason_missing"))
        return
    a, b = pair.key(pair.left), pair.key(pair.right)

    def act(actor: Actor) -> None:
        merging.dismiss(inventory, pair.table, a, b, actor, reason)

    if page.act(inventory, text, Action.DECIDE_DUPLICATE, act, text("doubles.dismissed")):
        CARE.pair = st.session_state["dismiss_reason"] = ""
