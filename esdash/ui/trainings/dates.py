"""Where a seat is free, by module and week; the dates in a table, and the courses."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from esdash import charts
from esdash.charts import look
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.shell import page, printing, screen, url
from esdash.ui.trainings import calendar_file
from esdash.ui.trainings.choice import TRAININGS, Trainings
from esdash.ui.widgets import filters, tables
from esdash.wording import handed_out, listing
from esdash.wording import trainings as words
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names, providers: Sequence[str], room: DeltaGenerator) -> None:
    """The filters in their room, the free seats by module and week, both tables."""
    modules, chosen = _filters(text, names, providers, room)
    sessions = listing.taught(listing.sessions(inventory, text), modules, chosen)
    courses = listing.taught(listing.courses(inventory, text), modules, chosen)
    coming = sessions[sessions["upcoming"].astype(bool)]
    lines = words.module_lines(inventory, text, modules, chosen)
    if len(lines):
        page.heading(text("trainings.timeline"))
        st.plotly_chart(
            _figure(inventory, text, modules, chosen, screen.narrow()),
            key="sessions_chart",
            config=look.CONFIG,
            alt=text("trainings.timeline_alt", n=len(coming)),
        )
        st.caption(text("trainings.timeline_note"))
    first, second = printing.tabs(text("trainings.tab_sessions"), text("trainings.tab_courses"))
    with first:
        columns, alt = listing.session_columns(text), text("trainings.sessions_alt", n=len(coming))
        tables.opening(coming, columns, text, "sessions_table", alt, partial(_record, text, "session"))
        calendar, title = calendar_file.of(set(sessions["session_id"])), text("trainings.download_title")
        rows, listed = partial(handed_out.sessions, frame=coming), handed_out.session_columns(text)
        notes = handed_out.session_notes(names, modules, chosen, len(coming), len(sessions))
        tables.downloads(inventory, rows, listed, title, "sessions", text, calendar, notes=notes)
        if not printing.on():
            calendar_file.about(sessions, listing.sessions(inventory, text), text)
    with second:
        columns, alt = listing.course_columns(text), text("trainings.courses_alt", n=len(courses))
        tables.opening(courses, columns, text, "courses_table", alt, partial(_record, text, "course"))


def _filters(text: Text, names: Names, providers: Sequence[str], room: DeltaGenerator) -> tuple[list[str], list[str]]:
    """The filters in one row with the parts of the page; on a telephone folded."""
    with room, filters.folded(text, bool(TRAININGS.modules) + bool(TRAININGS.providers)):
        left, right = st.columns(2)
        with left:
            module, modules = partial(names.of, "module"), names.ids("module")
            filters.choices(Trainings.modules, text("trainings.module"), modules, module, text)
        with right:
            provider = partial(names.of, "organization")
            filters.choices(Trainings.providers, text("trainings.provider"), providers, provider, text)
    return TRAININGS.modules, TRAININGS.providers


def _record(text: Text, table: str, key: str) -> None:
    url.link("entry", text("action.open_record"), table=table, id=key)


@cached
def _figure(inventory: Inventory, text: Text, modules: Sequence[str], providers: Sequence[str], narrow: bool) -> Any:
    """The free seats of the coming sessions."""
    lines = words.module_lines(inventory, text, modules, providers)
    taught = words.taught_by(listing.coming(inventory, text), modules, providers)
    return charts.sessions(taught, lines, inventory.today(), text, narrow)
