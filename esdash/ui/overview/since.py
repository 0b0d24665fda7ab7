"""The day that figures are compared with: the choice of it, shared by Lagebild and the page of changes."""

from datetime import date
from typing import Any

from esdash.analysis.overview import changed
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell.state import Field, PageState
from esdash.ui.widgets import filters

WIDTH = 340  # pixels: a day and the name of a meeting


class Overview(PageState):
    """The day that the figures are compared with."""

    page = "overview"
    since = Field("")


OVERVIEW = Overview()


def days(inventory: Inventory) -> dict[str, str]:
    """The days worth comparing with, the last meeting first, with their names; none if there is no earlier day."""
    return {f"{day:%Y-%m-%d}": name for day, name in changed.days(inventory).items()}


def choose(field: Field[Any], inventory: Inventory, text: Text, named: dict[str, str]) -> None:
    """The choice of the day, in a line of text."""
    filters.day(field, inventory, text, text("overview.since_label"), named, width=WIDTH, labelled=False)


def chosen(words: str) -> date | None:
    """The chosen day; None while somebody picks another one."""
    return None if words in ("", filters.OTHER_DAY) else date.fromisoformat(words)
