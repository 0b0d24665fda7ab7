"""What can be done with an entry: move it on, correct it, cancel it."""

from datetime import date
from typing import Any

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import budget as writing
from esdash.inventory.steering.budget_records import STATES, Entry
from esdash.texts import Text
from esdash.ui.measures import money_entry_form
from esdash.ui.measures import money_state as state
from esdash.ui.shell import author, page
from esdash.wording.escaping import plain
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names, entry: dict[Any, Any]) -> None:
    """The buttons, for those who may; a cancelled entry has none."""
    if entry["cancelled_on"] is not None or not page.may(inventory, Action.BOOK_MONEY):
        return
    key = f"{entry['budget_entry_id']}_{entry['version']}"
    for next_state in STATES[STATES.index(entry["state"]) + 1 :]:
        with st.popover(text(f"money.advance_{next_state}_{entry['direction']}")):
            _advance(inventory, text, names, entry, next_state, f"{key}_{next_state}")
    with st.popover(text("money.cancel")), st.form(f"money_cancel_{key}", border=False):
        st.caption(text("money.cancel_what"))
        _why(text, f"{key}_cancel")
        st.form_submit_button(
            text("money.cancel_now"), on_click=_cancel, args=(inventory, text, entry, f"{key}_cancel")
        )


def correcting(inventory: Inventory, text: Text, names: Names, entry: dict[Any, Any]) -> None:
    """The form for a correction, folded away; for those who may, and not of a cancelled entry."""
    if entry["cancelled_on"] is not None or not page.may(inventory, Action.BOOK_MONEY):
        return
    key = f"{entry['budget_entry_id']}_{entry['version']}"
    with (
        st.expander(text("money.correct"), key=f"money_correcting_{key}"),
        st.form(f"money_correct_{key}", border=False),
    ):
        money_entry_form.fields(inventory, text, names, key, entry)
        _why(text, key)
        st.form_submit_button(
            text("money.correct_now"), type="primary", on_click=_correct, args=(inventory, text, entry, key)
        )


def _why(text: Text, key: str) -> None:
    st.text_input(text("money.why"), key=f"money_why_{key}", max_chars=state.LONGEST_REASON)


def _advance(inventory: Inventory, text: Text, names: Names, entry: dict[Any, Any], next_state: str, key: str) -> None:
    """The form for the next state: the day, and for a payment whom or which receipt."""
    with st.form(f"money_advance_{key}", border=False):
        st.date_input(
            text("money.day"),
            min(inventory.today(), money_entry_form.LAST_DAY),
            money_entry_form.FIRST_DAY,
            inventory.today(),
            key=f"money_day_{key}",
            format=text("form.date_input"),
        )
        if not entry["payee_organization_id"]:
            options = names.by_name("organization", names.ids("organization"))
            st.selectbox(
                text("money.payee"),
                options,
                None,
                lambda organization: plain(names.of("organization", organization)),
                key=f"money_payee_{key}",
                placeholder=text("money.choose"),
            )
        st.text_input(text("money.receipt"), entry["receipt_number"] or "", key=f"money_receipt_{key}", max_chars=60)
        st.form_submit_button(
            text("money.advance_now"),
            type="primary",
            on_click=_move,
            args=(inventory, text, entry, next_state, key),
        )


@author.first
def _move(inventory: Inventory, text: Text, entry: dict[Any, Any], next_state: str, key: str) -> None:
    day: date = st.session_state[f"money_day_{key}"]

    def act(actor: Actor) -> None:
        writing.advance(
            inventory,
            entry["budget_entry_id"],
            entry["version"],
            next_state,
            day,
            actor,
            st.session_state.get(f"money_payee_{key}"),
            state.written(f"money_receipt_{key}"),
        )

    if page.act(inventory, text, Action.BOOK_MONEY, act):
        money_entry_form.say(inventory, text, f"money.moved_{next_state}", _as_booked(entry))


@author.first
def _correct(inventory: Inventory, text: Text, entry: dict[Any, Any], key: str) -> None:
    corrected: list[Entry] = []

    def act(actor: Actor) -> None:
        corrected.append(money_entry_form.read(key))
        why = state.written(f"money_why_{key}")
        writing.correct(inventory, entry["budget_entry_id"], entry["version"], corrected[0], actor, why)

    if page.act(inventory, text, Action.BOOK_MONEY, act):
        money_entry_form.say(inventory, text, "money.corrected", corrected[0])


def _cancel(inventory: Inventory, text: Text, entry: dict[Any, Any], key: str) -> None:
    def act(actor: Actor) -> None:
        why = state.written(f"money_why_{key}")
        writing.cancel(inventory, entry["budget_entry_id"], entry["version"], actor, why)

    page.act(inventory, text, Action.BOOK_MONEY, act, text("money.cancelled_done"))


def _as_booked(entry: dict[Any, Any]) -> Entry:
    return Entry(**{name: entry[name] for name in Entry.__dataclass_fields__})
