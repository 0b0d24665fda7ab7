"""The chosen training dates as a calendar file."""

from esdash import exports
from esdash.analysis.records import records
from esdash.analysis.trainings import calendar
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.widgets.files import File


def of(session_ids: set[str]) -> File:
    """The calendar file of these dates."""
    return File("calendar.download", "sessions", "ics", _content, (session_ids,))


def _content(inventory: Inventory, text: Text, session_ids: set[str]) -> bytes:
    city, dates = records.status(inventory), calendar.sessions(inventory, session_ids)
    notice = text("app.example_note") if city["kind"] in ("example", "generated") else None
    title = text("calendar.title", city=city["name"])
    return exports.calendar_file(dates, city["city_id"], title, text, inventory.now(), notice)
