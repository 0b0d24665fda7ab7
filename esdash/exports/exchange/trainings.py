"""The dates of trainings as a calendar: the same for the command, for a page and for the address to subscribe to."""

from collections.abc import Collection

from esdash.analysis.records import records
from esdash.analysis.trainings import calendar
from esdash.exports.exchange.calendar import calendar_file
from esdash.inventory import Inventory
from esdash.texts import Text


def trainings_calendar(
    inventory: Inventory, text: Text, session_ids: Collection[str] | None = None, public: bool = False
) -> bytes:
    """All dates, past and cancelled ones too, or these; the same bytes until something that they say changes.

    `public`: without how many people wait for a place.
    """
    city, rows = records.status(inventory), calendar.sessions(inventory, session_ids)
    if public:
        rows = [{**row, "waiting": None} for row in rows]
    notice = text(f"export.{city['kind']}_note") if city["kind"] in ("example", "generated") else None
    title = text("calendar.title", city=city["name"])
    return calendar_file(rows, city["city_id"], title, text, calendar.changed(inventory), notice)
