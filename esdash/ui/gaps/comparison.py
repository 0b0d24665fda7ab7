"""The comparison on the page Weiße Flecken: an earlier day with the shown day, or without and with suppositions."""

from dataclasses import replace
from datetime import date

import streamlit as st

from esdash.analysis.coverage import comparison
from esdash.analysis.records import records
from esdash.analysis.selection import View
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.file.conditions import NOTHING, Conditions
from esdash.texts import Text
from esdash.ui.gaps.state import GAPS, Gaps
from esdash.ui.shell import session
from esdash.ui.widgets import filters


def choose(inventory: Inventory, text: Text) -> None:
    """The choice of the day to compare with."""
    first, today = records.first_day(inventory), inventory.today()
    if first >= today:
        return
    named = {f"{day:%Y-%m-%d}": name for day, name in records.comparison_days(inventory) if first <= day < today}
    filters.day(Gaps.versus, inventory, text, text("versus.label"), named, text("versus.none"))


def ask(inventory: Inventory, view: View, conditions: Conditions) -> tuple[Inventory, View]:
    """The inventory under the conditions and suppositions of the page, and its view with the day to compare with."""
    supposed = read(inventory)
    whole = replace(conditions, planning=supposed.planning, growth=supposed.growth, offers=supposed.offers)
    return inventory.under(whole), replace(view, since=_day())


def before(shown: Inventory, view: View, text: Text) -> Inventory | None:
    """What the shown inventory is compared with; None: nothing. Suppositions take precedence over an earlier day."""
    if view.since is None or shown.conditions.supposing:
        return comparison.before(shown, view)
    with st.spinner(text("lookback.making", day=view.since), show_time=False):
        return comparison.before(shown, view)


def read(inventory: Inventory) -> Conditions:
    """The suppositions from the URL; a message if they are invalid."""
    words = GAPS.supposed
    if not words:
        return NOTHING
    try:
        supposed = Conditions.from_json(words)
        supposed.check(inventory)
    except UserError as error:
        session.show_error(error)
        GAPS.supposed = None
        return NOTHING
    return supposed


def _day() -> date | None:
    return date.fromisoformat(GAPS.versus) if GAPS.versus not in (None, filters.OTHER_DAY) else None
