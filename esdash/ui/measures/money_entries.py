"""The entries: booking an amount, the list with the receipts, and one entry with its way."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from esdash import exports
from esdash.analysis.budget import budget
from esdash.analysis.records import history
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.ui.measures import money_entry_actions, money_entry_form
from esdash.ui.measures.money_state import MONEY, NO_MEASURE, Money, choose, year
from esdash.ui.shell import page, url
from esdash.ui.widgets import files, tables
from esdash.ui.widgets.files import File
from esdash.wording import money as words
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The form for a new entry, the chosen entry, the list, and the Belegliste."""
    frame = words.entries(inventory, text, MONEY.programme, year())
    if page.allowed(inventory, text, Action.BOOK_MONEY):
        with st.expander(text("money.book"), expanded=frame.empty, key="money_booking"):
            money_entry_form.new(inventory, text, names)
    if frame.empty:
        st.info(text("money.entries_empty"))
        return
    frame = _wanted(inventory, text, frame)
    above = st.container(border=True, gap="small")
    picked = tables.show(
        frame[["budget_entry_id", *(column.name for column in words.entry_columns(text))]],
        words.entry_columns(text),
        text,
        "money_entries",
        text("money.entries_alt", n=len(frame)),
        choose=True,
    )
    if picked:
        MONEY.entry = picked
    chosen = frame[frame["budget_entry_id"] == MONEY.entry].to_dict("records")
    with above:
        if chosen:
            _one(inventory, text, names, chosen[0])
        else:
            st.caption(text("money.click_entry"))
    files.buttons(
        inventory,
        text,
        File("money.receipts_xlsx", "belegliste", "xlsx", exports.receipts_workbook, (MONEY.programme, year())),
        File("money.receipts_csv", "belegliste", "csv", exports.receipts_csv, (MONEY.programme, year())),
    )
    st.caption(text("money.receipts_note"))


def _wanted(inventory: Inventory, text: Text, frame: pd.DataFrame) -> pd.DataFrame:
    """The entries of the chosen category and measure; each can be left open."""
    measures = budget.measures(inventory)
    booked = {*frame["measure_id"].fillna(NO_MEASURE), MONEY.of}

    def words_of(key: str) -> str:
        none = key == NO_MEASURE
        return text("money.no_measure") if none else plain(words.measure({"measure_id": key, **measures[key]}, text))

    left, right = st.columns(2)
    with left:
        categories = list(dict.fromkeys(budget.plan(inventory)["category"]))
        choose(Money.category, text("money.column_category"), categories, plain, text("money.all_categories"))
    with right:
        options = [key for key in (*measures, NO_MEASURE) if key in booked]
        choose(Money.of, text("money.column_measure"), options, words_of, text("money.all_measures"))
    wanted = frame["category"].eq(MONEY.category or frame["category"])
    if MONEY.of:
        wanted &= frame["measure_id"].fillna(NO_MEASURE).eq(MONEY.of)
    return frame[wanted].reset_index(drop=True)


def _one(inventory: Inventory, text: Text, names: Names, entry: dict[Any, Any]) -> None:
    """An entry: what it says, its measure, its way so far, and what can be done with it."""
    st.markdown(
        f"{bold(words.euro(entry['amount_eur'], text))} · {plain(entry['state_word'])} · {plain(entry['reason'])}"
    )
    parts = [text.date(entry["booked_on"]), entry["line_words"]]
    parts += [text("money.of_receipt", number=entry["receipt_number"])] if entry["receipt_number"] else []
    parts += [entry["payee"]] if entry["payee"] else []
    st.caption(plain(" · ".join(parts)))
    if entry["cancelled_on"] is not None:
        st.text(text("money.cancelled_why", day=entry["cancelled_on"], reason=entry["cancelled_reason"]))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        money_entry_actions.show(inventory, text, names, entry)
        with st.popover(text("money.way"), type="tertiary"):
            _way(inventory, text, str(entry["budget_entry_id"]))
        if entry["measure_id"]:
            url.link("measures", plain(entry["measure_words"]), id=entry["measure_id"])
    money_entry_actions.correcting(inventory, text, names, entry)


def _way(inventory: Inventory, text: Text, entry_id: str) -> None:
    """One line per change, the newest first: who, when, what it was before and is now, and why."""
    frame = history.of(inventory, "budget_entry", entry_id)
    for _, lines in frame.groupby("change_id", sort=False):
        step = lines.iloc[0]
        changed = [
            text(
                "money.step_field",
                field=text(f"money.said_{row.field}"),
                before=_said(row.field, row.before, text),
                after=_said(row.field, row.after, text),
            )
            for row in lines.itertuples()
            if row.event == "changed" and text.has(f"money.said_{row.field}")
        ]
        st.text(text(f"money.step_{step['event']}", day=step["changed_at"], by=text.value(step["actor"])))
        for line in changed:
            st.text(f"\N{EN DASH} {line}")
        if isinstance(step["reason"], str):
            st.text(text("money.step_why", reason=step["reason"]))


def _said(name: str, value: Any, text: Text) -> str:
    """A value of the log in words."""
    if not isinstance(value, str):
        return text("word.no_entry")
    if name == "amount_eur":
        return words.euro(Decimal(value), text)
    if name.endswith("_on"):
        return text.date(date.fromisoformat(value))
    return text(f"money.state_{value}_both") if name == "state" else value
