"""What changed since the last meeting, in words."""

from datetime import date
from typing import Any

from esdash.analysis.meetings import points
from esdash.analysis.priorities import items
from esdash.analysis.records import records
from esdash.analysis.selection import EVERYTHING
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording import agenda
from esdash.wording import gaps as gap_words
from esdash.wording import items as item_words


def day_before(inventory: Inventory, before: dict[str, Any] | None) -> date | None:
    """The day to compare with; None without an earlier meeting, or if there are no data of that day."""
    if before is None:
        return None
    day: date = before["before_on"]
    return day if records.first_day(inventory) <= day < inventory.today() else None


@cached
def changes(inventory: Inventory, text: Text, day: date) -> list[str]:
    """What happened to the list since the end of that day, one line each; nothing if nothing did."""
    row = points.list_since(inventory, day)
    titles = agenda.item_titles(inventory, text) | {
        str(one["priority_item_id"]): item_words.title(one, text) for one in items.ended(inventory).to_dict("records")
    }
    lines = [
        text.count(f"since.{kind}", len(row[kind]), titles=_quoted(row[kind], titles, text))
        for kind in ("added", "changed", "ended")
        if row[kind]
    ]
    counted = ("decided", "answered", "started", "done", "promised", "kept")
    return lines + [text.count(f"since.{kind}", int(row[kind])) for kind in counted if row[kind]]


@cached
def gaps(inventory: Inventory, text: Text, day: date) -> str:
    """What differs in the white spots, as the page Weiße Flecken says it, without marks."""
    return gap_words.compared_sentence(inventory.as_of(day), inventory, text, EVERYTHING, day, str)


def _quoted(keys: list[str], titles: dict[str, str], text: Text) -> str:
    return "; ".join(text("since.quoted", title=titles.get(key, key)) for key in keys)
