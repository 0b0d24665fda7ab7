"""The part of Maßnahmen about money: what of the programme is spent, the entries, the plan, the report."""

import pandas as pd
import streamlit as st

from esdash.analysis.budget import budget
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.measures import money_entries, money_plan, money_report, money_summary
from esdash.ui.measures.money_state import MONEY, Money, choose, take, year
from esdash.ui.widgets import filters
from esdash.wording import money as words
from esdash.wording.escaping import plain
from esdash.wording.names import Names


def sentence(inventory: Inventory, text: Text) -> str:
    """What the page answers about the money; asked before `show`, because it reads the link."""
    take(inventory)
    return words.sentence(inventory, text, MONEY.programme, year())


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The choices in one line, and the open view; without a plan the way to enter one."""
    plan = budget.plan(inventory)
    if plan.empty:
        st.info(text("money.empty"))
        money_plan.enter(inventory, text, True)
        MONEY.give()
        return
    view = _choices(plan, text)
    if view == "entries":
        money_entries.show(inventory, text, names)
    else:
        {"summary": money_summary.show, "plan": money_plan.show, "report": money_report.show}[view](inventory, text)
    MONEY.give()


def _choices(plan: pd.DataFrame, text: Text) -> str:
    """The switch between the views, the year, and the programme if there are several."""
    programmes = list(dict.fromkeys(plan["programme"]))
    left, *places = st.columns([4, 1, 2] if len(programmes) > 1 else [4, 1], vertical_alignment="bottom")
    with left:
        view = filters.switch(Money.view, text("money.view"), lambda name: text(f"money.view_{name}"))
    with places[0]:
        years = [str(number) for number in sorted(set(plan["year"]))]
        choose(Money.year, text("money.year"), years, str, text("money.all_years"))
    if len(programmes) > 1:
        with places[1]:
            choose(Money.programme, text("money.programme"), programmes, plain, text("money.all_programmes"))
    return view
