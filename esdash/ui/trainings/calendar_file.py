"""The chosen dates of trainings as a calendar file."""

from __future__ import annotations

import pandas as pd

from esdash import exports
from esdash.analysis.records import records
from esdash.analysis.trainings import calendar
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import session
from esdash.ui.widgets import tables


def button(inventory: Inventory, sessions: pd.DataFrame, text: Text) -> None:
    """A button for the rows of a frame with `session_id`; the file is made only when clicked."""
    city, chosen = records.status(inventory), set(sessions["session_id"])
    title = text("calendar.title", city=city["name"])
    notice = text("app.example_note") if session.is_example(inventory) else None

    def content() -> bytes:
        dates = calendar.sessions(inventory, chosen)
        return exports.calendar_file(dates, city["city_id"], title, text, inventory.now(), notice)

    name = f"esdash-sessions-{inventory.today():%Y-%m-%d}.ics"
    tables.button(text("calendar.download"), content, name, "sessions_ics")
