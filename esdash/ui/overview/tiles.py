"""The tiles of the page Lagebild: figure, change since a day, link to the records."""

from datetime import date, timedelta

import streamlit as st

from esdash.analysis.overview import situation
from esdash.analysis.records import records
from esdash.analysis.selection import EVERYTHING
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.shell import session, url
from esdash.ui.shell.state import Field, PageState
from esdash.ui.widgets import filters
from esdash.wording import gaps
from esdash.wording import overview as words

# Tile → link to its records: page and filters. In the order of the page, four in a row.
TILES: dict[str, tuple[str, dict[str, str]]] = {
    "initiatives": ("initiatives", {"status": "active"}),
    "organizations": ("initiatives", {"view": "organizations"}),
    "places": ("initiatives", {"status": "active"}),
    "volunteers_active": ("initiatives", {"status": "active"}),
    "fresh_share": ("initiatives", {"status": "active", "freshness": "fresh"}),
    "white": ("gaps", {"show": "white"}),
    "double_structures": ("priorities", {"priorities": "proposals", "kind": "overlap"}),
    "priorities": ("priorities", {"priorities": "proposals"}),
}
LESS_IS_BETTER = {"white", "double_structures", "priorities"}


class Overview(PageState):
    """The day that the figures are compared with."""

    page = "overview"
    since = Field("")


OVERVIEW = Overview()


def comparison_day(inventory: Inventory, text: Text) -> date | None:
    """The day to compare with, a meeting or any other; None if the inventory has no earlier day."""
    first, today = records.first_day(inventory), inventory.today()
    if first >= today:
        return None
    month_ago = max(first, today - timedelta(days=30))
    days = [*((day, name) for day, name in records.comparison_days(inventory) if day >= first), (month_ago, "")]
    named = {f"{day:%Y-%m-%d}": name for day, name in days}
    OVERVIEW.take({"since": next(iter(named))}, since=filters.past_days(inventory))
    filters.day(Overview.since, inventory, text, text("overview.since"), named)
    OVERVIEW.give()
    return None if OVERVIEW.since == filters.OTHER_DAY else date.fromisoformat(OVERVIEW.since)


@cached
def figures(inventory: Inventory, text: Text) -> dict[str, float | None]:
    """The figures of the tiles; None is unknown."""
    return situation.tiles(inventory)


@cached
def _changes(inventory: Inventory, text: Text, day: date) -> dict[str, float]:
    return situation.changes_since(inventory, day)


@cached
def _compared(inventory: Inventory, text: Text, day: date) -> str:
    """What differs in the white spots, as the page Weiße Flecken says it."""
    return gaps.compared_sentence(inventory.as_of(day), inventory, text, EVERYTHING, day)


def show(inventory: Inventory, figures: dict[str, float | None], day: date | None, text: Text) -> None:
    """Two rows of four tiles, each with its change since `day` and a link to its records."""
    changes: dict[str, float] = {}
    said = ""
    if day:
        try:
            changes = _changes(inventory, text, day)
            said = _compared(inventory, text, day)
        except UserError as error:
            session.show_error(error)
    names = list(TILES)
    for row in (names[:4], names[4:]):
        for place, name in zip(st.columns(4, gap="small"), row, strict=True):
            with place.container(border=True, height="stretch", gap="xsmall"):
                _tile(name, figures, changes, day, text)
    if said:
        st.caption(said)


def _tile(name: str, figures: dict[str, float | None], changes: dict[str, float], day: date | None, text: Text) -> None:
    change = changes.get(name)
    # Streamlit reads the direction of a change from an ASCII minus, and none from a number.
    delta = None if change is None else words.change(name, change, text).replace("\N{MINUS SIGN}", "-") or 0
    st.metric(
        text(f"tile.{name}"),
        words.value(name, figures, text),
        delta,
        delta_color="inverse" if name in LESS_IS_BETTER else "normal",
        delta_description=text("tile.since", day=day) if day and change is not None else None,
        help=words.explained(name, figures, text),
    )
    target, query = TILES[name]
    url.link(target, text("tile.open"), **query)
