"""What there is today: the dates on a time line, in a table, and the courses behind them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from esdash.charts import look
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import page, url
from esdash.ui.trainings import calendar_file
from esdash.ui.widgets import figures, listing, tables
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names, providers: Sequence[str]) -> None:
    """The filters, the time line and both tables."""
    modules, chosen = _filters(text, names, providers)
    sessions = listing.taught(listing.sessions(inventory, text), modules, chosen)
    courses = listing.taught(listing.courses(inventory, text), modules, chosen)
    shown = listing.time_line(inventory, text, modules, chosen)
    if len(shown):
        page.heading(text("trainings.timeline"))
        st.plotly_chart(
            figures.sessions(inventory, text, modules, chosen),
            key="sessions_chart",
            config=look.CONFIG,
            alt=text("trainings.timeline_alt", n=len(shown)),
        )
        st.caption(text("trainings.legend"))
    coming, all_courses = st.tabs([text("trainings.tab_sessions"), text("trainings.tab_courses")])
    with coming:
        frame, columns = sessions[sessions["upcoming"].astype(bool)], listing.session_columns(text)
        alt = text("trainings.sessions_alt", n=len(frame))
        picked = tables.show(frame, columns, text, "sessions_table", alt, choose=True)
        if picked:
            url.link("entry", text("action.open_record"), table="session", id=picked)
        calendar = partial(calendar_file.button, inventory, frame, text)
        tables.downloads(inventory, frame, columns, text("trainings.download_title"), "sessions", text, calendar)
        st.caption(text("calendar.hint"))
    with all_courses:
        columns, alt = listing.course_columns(text), text("trainings.courses_alt", n=len(courses))
        picked = tables.show(courses, columns, text, "courses_table", alt, choose=True)
        if picked:
            url.link("entry", text("action.open_record"), table="course", id=picked)


def _filters(text: Text, names: Names, providers: Sequence[str]) -> tuple[list[str], list[str]]:
    """Modules and providers that a person has chosen."""
    left, right = st.columns(2)
    modules = left.multiselect(
        text("trainings.module"),
        names.ids("module"),
        format_func=lambda key: names.of("module", key),
        key="module",
        placeholder=text("word.all"),
    )
    chosen = right.multiselect(
        text("trainings.provider"),
        providers,
        format_func=lambda key: names.of("organization", key),
        key="provider",
        placeholder=text("word.all"),
    )
    return modules, chosen
