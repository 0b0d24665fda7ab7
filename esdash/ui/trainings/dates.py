"""Training dates on a time line and in a table, and the courses."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from esdash import charts
from esdash.charts import look
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model.folding import name_order
from esdash.texts import Text
from esdash.ui.shell import page, printing, url
from esdash.ui.trainings import calendar_file
from esdash.ui.trainings.choice import TRAININGS, Trainings
from esdash.ui.widgets import filters, tables
from esdash.wording import handed_out, listing
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names, providers: Sequence[str]) -> None:
    """The filters, the time line and both tables."""
    modules, chosen = _filters(text, names, providers)
    sessions = listing.taught(listing.sessions(inventory, text), modules, chosen)
    courses = listing.taught(listing.courses(inventory, text), modules, chosen)
    shown = listing.recent(sessions, inventory.today())
    if len(shown):
        page.heading(text("trainings.timeline"))
        st.plotly_chart(
            _figure(inventory, text, modules, chosen),
            key="sessions_chart",
            config=look.CONFIG,
            alt=text("trainings.timeline_alt", n=len(shown)),
        )
        st.caption(text("trainings.legend"))
    coming, all_courses = printing.tabs(text("trainings.tab_sessions"), text("trainings.tab_courses"))
    with coming:
        frame, columns = sessions[sessions["upcoming"].astype(bool)], listing.session_columns(text)
        alt = text("trainings.sessions_alt", n=len(frame))
        tables.opening(frame, columns, text, "sessions_table", alt, partial(_record, text, "session"))
        calendar, title = calendar_file.of(set(sessions["session_id"])), text("trainings.download_title")
        rows, listed = partial(handed_out.sessions, frame=frame), handed_out.session_columns(text)
        notes = handed_out.session_notes(names, modules, chosen, len(frame), len(sessions))
        tables.downloads(inventory, rows, listed, title, "sessions", text, calendar, notes=notes)
        if not printing.on():
            calendar_file.about(sessions, listing.sessions(inventory, text), text)
    with all_courses:
        columns, alt = listing.course_columns(text), text("trainings.courses_alt", n=len(courses))
        tables.opening(courses, columns, text, "courses_table", alt, partial(_record, text, "course"))


def _filters(text: Text, names: Names, providers: Sequence[str]) -> tuple[list[str], list[str]]:
    """The filters: modules and providers."""
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
def _figure(inventory: Inventory, text: Text, modules: Sequence[str], providers: Sequence[str]) -> Any:
    """The time line of training sessions."""
    shown = listing.recent(listing.taught(listing.sessions(inventory, text), modules, providers), inventory.today())
    shown = shown.sort_values(["organization", "course"], key=lambda names: names.map(name_order))
    return charts.sessions(shown, inventory.today(), text)
