"""The fields of an entry, for a new one and for a correction."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from esdash.analysis.budget import budget
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import budget as writing
from esdash.inventory.steering.budget_records import STATES, Entry
from esdash.model.amounts import exact
from esdash.texts import Text
from esdash.ui.measures import money_state as state
from esdash.ui.measures.money_state import MONEY
from esdash.ui.shell import author, messages, page
from esdash.wording import money as words
from esdash.wording.escaping import plain
from esdash.wording.names import Names

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def new(inventory: Inventory, text: Text, names: Names) -> None:
    """The form for a new entry; after it was booked, an empty one for the next."""
    key = state.key("entry")
    with st.form(f"money_book_{key}", border=False):
        fields(inventory, text, names, key, {})
        st.form_submit_button(text("money.book_now"), type="primary", on_click=_book, args=(inventory, text, key))


def fields(inventory: Inventory, text: Text, names: Names, key: str, entry: Mapping[str, Any]) -> None:
    """The fields, filled with what `entry` says; `read` takes them by the same key."""
    plan = budget.plan(inventory)
    left = {
        (row["programme"], row["direction"], row["category"], row["year"]): row["left_eur"]
        for row in budget.lines(inventory).to_dict("records")
    }
    this_year = inventory.today().year
    first = sorted(plan.to_dict("records"), key=lambda row: row["year"] != this_year)  # those of this year
    rows = {row["budget_line_id"]: row for row in first}
    several = plan["programme"].nunique() > 1

    def line_words(line_id: str) -> str:
        row = rows[line_id]
        remaining = left[row["programme"], row["direction"], row["category"], row["year"]]
        named = f"{row['programme']}: {words.line(row, text)}" if several else words.line(row, text)
        over = remaining < 0 and row["direction"] == "expense"
        key = "money.option_over" if over else f"money.option_{row['direction']}"
        return plain(text(key, line=named, left=words.euro(abs(remaining) if over else remaining, text)))

    def organization(organization_id: str) -> str:
        return plain(names.of("organization", organization_id))

    def measure_words(measure_id: str) -> str:
        return plain(words.measure({"measure_id": measure_id, **measures[measure_id]}, text))

    measures = budget.measures(inventory)
    organizations = names.by_name("organization", names.ids("organization"))
    top, amount, day = st.columns([3, 1, 1])
    with top:
        _choose(
            text("money.line_field"), list(rows), entry.get("budget_line_id"), line_words, f"money_line_{key}", text
        )
    with amount:
        state.amount_field(text, f"money_amount_{key}", _amount(entry, text))
    with day:
        st.date_input(
            text("money.day"),
            entry.get("booked_on") or inventory.today(),
            FIRST_DAY,
            LAST_DAY,
            key=f"money_day_{key}",
            format=text("form.date_input"),
        )
    st.text_input(
        text("money.what_for"),
        entry.get("reason") or "",
        key=f"money_reason_{key}",
        max_chars=state.LONGEST_REASON,
        placeholder=text("money.what_for_example"),
    )
    st.radio(
        text("money.state"),
        STATES,
        STATES.index(entry.get("state") or "paid"),
        lambda name: text(f"money.state_{name}_both"),
        key=f"money_state_{key}",
        horizontal=True,
    )
    payee, receipt, measure = st.columns([3, 1, 3])
    with payee:
        _choose(
            text("money.payee"),
            organizations,
            entry.get("payee_organization_id"),
            organization,
            f"money_payee_{key}",
            text,
        )
    with receipt:
        st.text_input(
            text("money.receipt"), entry.get("receipt_number") or "", key=f"money_receipt_{key}", max_chars=60
        )
    with measure:
        _choose(
            text("money.measure_field"), list(measures), entry.get("measure_id"), measure_words, f"money_of_{key}", text
        )
    st.caption(text("money.no_person"))


def read(key: str) -> Entry:
    """What stands in the fields. Raises UserError for an amount that is none."""
    given = st.session_state
    if not given.get(f"money_line_{key}"):
        raise UserError("budget_needs_line")
    return Entry(
        budget_line_id=str(given[f"money_line_{key}"]),
        amount_eur=state.amount(f"money_amount_{key}"),
        state=str(given.get(f"money_state_{key}") or STATES[0]),
        booked_on=given[f"money_day_{key}"],
        reason=state.written(f"money_reason_{key}"),
        measure_id=given.get(f"money_of_{key}"),
        payee_organization_id=given.get(f"money_payee_{key}"),
        receipt_number=state.written(f"money_receipt_{key}"),
    )


def say(inventory: Inventory, text: Text, done: str, entry: Entry) -> None:
    """The message of success, and where the line is now overspent, that it is."""
    line = next(
        row for row in budget.plan(inventory).to_dict("records") if row["budget_line_id"] == entry.budget_line_id
    )
    amount = words.euro(entry.amount_eur, text)
    messages.tell("done", text(done, amount=amount, line=words.line(line, text)))
    for row in budget.overspent(inventory, line["programme"], line["year"]).to_dict("records"):
        if row["category"] == line["category"] and line["direction"] == "expense":
            over = words.euro(-row["left_eur"], text)
            messages.tell("warning", text("money.now_over", line=words.line(line, text), over=over))


@author.first
def _book(inventory: Inventory, text: Text, key: str) -> None:
    booked: list[Entry] = []

    def act(actor: Actor) -> None:
        booked.append(read(key))
        writing.book(inventory, booked[0], actor, key)

    if page.act(inventory, text, Action.BOOK_MONEY, act):
        state.renew("entry")
        MONEY.entry = key
        say(inventory, text, "money.booked", booked[0])


def _amount(entry: Mapping[str, Any], text: Text) -> str:
    if "amount_eur" not in entry:
        return ""
    return text.number(entry["amount_eur"], 2) if text.language == "de" else exact(entry["amount_eur"])


def _choose(label: str, options: list[str], chosen: Any, words_of: Any, key: str, text: Text) -> None:
    """One of many, or none."""
    index = options.index(chosen) if chosen in options else None
    st.selectbox(label, options, index, words_of, key=key, placeholder=text("money.choose"))
