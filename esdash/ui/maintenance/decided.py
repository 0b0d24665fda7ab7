"""Earlier decisions about pairs (merges, and pairs that are not duplicates), and undoing them."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.duplicates import duplicates
from esdash.errors import UserError
from esdash.inventory import Inventory, merging
from esdash.inventory.access import Action, Actor
from esdash.model.kinds import NAMES
from esdash.texts import Text
from esdash.ui.shell import page, printing, url
from esdash.wording import labels
from esdash.wording.escaping import bold, plain

AT_ONCE = 5  # decisions shown at first


def show(inventory: Inventory, text: Text) -> None:
    """Both lists, folded away."""
    merges, dismissals = duplicates.merges(inventory), duplicates.dismissals(inventory)
    if len(merges):
        with printing.unfolded(text("decided.merges", n=len(merges))):
            _listed(merges, "merges", text, lambda row: _merged(inventory, row, text))
    if len(dismissals):
        with printing.unfolded(text("decided.dismissals", n=len(dismissals))):
            _listed(dismissals, "dismissals", text, lambda row: _dismissed(inventory, row, text))


def undo_button(inventory: Inventory, merge_id: str, text: Text) -> None:
    """The way back right after a merge, for whoever may take it."""
    if page.may(inventory, Action.UNDO_MERGE):
        st.button(text("decided.undo"), key="undo_last", on_click=undo, args=(inventory, merge_id, text))


def undo(inventory: Inventory, merge_id: str, text: Text) -> None:
    """Undo a merge; if records were edited since, nothing is changed and a message names them."""

    def act(actor: Actor) -> None:
        try:
            merging.undo_merge(inventory, merge_id, actor)
        except merging.MergeConflicts as error:
            named = ", ".join(_in_words(table, record, text) for table, record in error.records)
            raise UserError(error.key, conflicts=named) from error

    page.act(inventory, text, Action.UNDO_MERGE, act, text("decided.undone"))


def _in_words(table: str, record: str, text: Text) -> str:
    return text("decided.record", kind=labels.kind(text, table), id=record) if table in NAMES else record


def _listed(frame: pd.DataFrame, name: str, text: Text, one: Callable[[Any], None]) -> None:
    key = f"{name}_shown"
    shown = st.session_state.setdefault(key, AT_ONCE)
    for row in frame.head(shown).to_dict("records"):
        one(row)
    if len(frame) > shown:
        st.button(text("decided.more", n=len(frame) - shown), key=f"{name}_more", on_click=_more, args=(key,))


def _more(key: str) -> None:
    st.session_state[key] += AT_ONCE


def _merged(inventory: Inventory, row: dict[str, Any], text: Text) -> None:
    signed = text("decided.signed", day=row["changed_at"], actor=row["actor"])
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left.container(gap="xsmall"):
        words = text("decided.merged", old=bold(row["old_name"]), kept=bold(row["kept_name"]))
        url.link("entry", words, table=row["table_name"], id=row["kept_id"])
        _caption(labels.kind(text, row["table_name"]), signed, row["reason"])
    if page.may(inventory, Action.UNDO_MERGE):
        key, args = f"undo_{row['merge_id']}", (inventory, row["merge_id"], text)
        right.button(text("decided.undo"), key=key, on_click=undo, args=args)


def _dismissed(inventory: Inventory, row: dict[str, Any], text: Text) -> None:
    signed = text("decided.signed", day=row["decided_on"], actor=row["decided_by"])
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left.container(gap="xsmall"):
        st.markdown(text("decided.apart", a=bold(row["a_name"]), b=bold(row["b_name"])))
        _caption(labels.kind(text, row["table_name"]), signed, row["reason"])
    if page.may(inventory, Action.DECIDE_DUPLICATE):
        key, args = f"take_back_{row['decision_id']}", (inventory, row["decision_id"], text)
        right.button(text("decided.take_back"), key=key, on_click=_take_back, args=args)


def _caption(*parts: Any) -> None:
    st.caption(plain(" · ".join(part for part in parts if isinstance(part, str) and part)))


def _take_back(inventory: Inventory, decision_id: str, text: Text) -> None:
    done = text("decided.taken_back")
    page.act(inventory, text, Action.DECIDE_DUPLICATE, lambda who: merging.take_back(inventory, decision_id, who), done)
