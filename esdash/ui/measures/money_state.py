"""The page state of the part Geld, and what its forms share."""

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import streamlit as st

from esdash.analysis.budget import budget
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.model import amounts
from esdash.model.values import Wrong
from esdash.texts import Text
from esdash.ui.shell import printing
from esdash.ui.shell.state import Maybe, OneOf, PageState

LONGEST_REASON = 300
NO_MEASURE = "none"  # in a link: the entries of no measure


class Money(PageState):
    """The open view, the programme and the year that are shown, which entries, and the chosen entry and line."""

    page = "money"
    view = OneOf(("summary", "entries", "plan", "report"), link="money")
    programme = Maybe()
    year = Maybe()
    category = Maybe()
    of = Maybe()  # the measure whose entries are shown
    entry = Maybe()
    line = Maybe()


MONEY = Money()


def take(inventory: Inventory) -> None:
    """Read the link into the page state."""
    plan = budget.plan(inventory)
    entries = budget.entries(inventory)
    MONEY.take(
        None,
        programme=list(plan["programme"]),
        year=[str(year) for year in plan["year"]],
        category=list(plan["category"]),
        of=[*budget.measures(inventory), NO_MEASURE],
        entry=list(entries["budget_entry_id"]),
        line=list(plan["budget_line_id"]),
    )


def choose(field: Maybe, label: str, options: list[str], words: Callable[[str], str], everything: str) -> None:
    """A choice that says in itself what it is about; without one, everything is shown."""
    if printing.on():
        if chosen := st.session_state[field.key]:
            printing.chosen(words(chosen))
        return
    st.selectbox(label, options, None, words, key=field.key, placeholder=everything, label_visibility="collapsed")


def year() -> int | None:
    """The year that is shown; None for all."""
    return int(MONEY.year) if MONEY.year else None


def key(form: str) -> str:
    """The key of a new record while its form is filled in; with it a second click is known as one."""
    return str(st.session_state.setdefault(f"money_key_{form}", uuid4().hex))


def renew(form: str) -> None:
    """An empty form for the next record."""
    st.session_state.pop(f"money_key_{form}", None)


def written(name: str) -> str:
    """What stands in a text field."""
    return str(st.session_state.get(name) or "")


def amount(name: str) -> Decimal:
    """The amount in a text field. Raises UserError for what is none."""
    try:
        return amounts.read(written(name))
    except Wrong as wrong:
        raise UserError(wrong.key) from wrong


def amount_field(text: Text, name: str, value: str = "") -> None:
    """The field for an amount in euros."""
    st.text_input(text("money.amount"), value, key=name, max_chars=40, placeholder=text("money.amount_example"))
