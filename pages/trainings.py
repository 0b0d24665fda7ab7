"""Which volunteer trainings exist, and where is a seat?"""

import streamlit as st

from esdash.analysis import training
from esdash.charts import look
from esdash.ui import figures, listing, lookback, page, session, tables, training_words, url
from esdash.ui.names import names

DEFAULTS: dict[str, url.Value | None] = {"module": [], "provider": []}

text = session.text()
inventory = lookback.shown(text)
known = names(inventory, text)
sessions, courses = listing.sessions(inventory, text), listing.courses(inventory, text)
modules = training.modules(inventory)
upcoming = sessions[sessions["upcoming"].astype(bool)]
untaught = [known.of("module", key) for key in modules.loc[modules["providers"] == 0, "module_id"]]
page.title(text, "trainings", training_words.sentence(upcoming, len(courses), len(untaught), text))
if courses.empty:
    st.info(text("trainings.empty"))
    page.data_status(inventory, text)
    st.stop()
providers = sorted(set(courses["organization_id"]), key=lambda key: known.of("organization", key))
url.take("trainings", DEFAULTS, {"module": set(known.ids("module")), "provider": set(providers)})
left, right = st.columns(2)
chosen_modules = left.multiselect(
    text("trainings.module"),
    known.ids("module"),
    format_func=lambda key: known.of("module", key),
    key="module",
    placeholder=text("word.all"),
)
chosen_providers = right.multiselect(
    text("trainings.provider"),
    providers,
    format_func=lambda key: known.of("organization", key),
    key="provider",
    placeholder=text("word.all"),
)
url.give("trainings", DEFAULTS)

sessions = listing.taught(sessions, chosen_modules, chosen_providers)
courses = listing.taught(courses, chosen_modules, chosen_providers)
shown = listing.time_line(inventory, text, chosen_modules, chosen_providers)
if len(shown):
    page.heading(text("trainings.timeline"))
    figure = figures.sessions(inventory, text, chosen_modules, chosen_providers)
    st.plotly_chart(figure, key="sessions_chart", config=look.CONFIG, alt=text("trainings.timeline_alt", n=len(shown)))
    st.caption(text("trainings.legend"))
coming, all_courses, by_module = st.tabs(
    [text("trainings.tab_sessions"), text("trainings.tab_courses"), text("trainings.tab_modules")]
)
with coming:
    frame, columns = sessions[sessions["upcoming"].astype(bool)], listing.session_columns(text)
    alt = text("trainings.sessions_alt", n=len(frame))
    picked = tables.show(frame, columns, text, "sessions_table", alt, choose=True)
    if picked:
        url.link("entry", text("action.open_record"), table="session", id=picked)
    tables.downloads(inventory, frame, columns, text("trainings.download_title"), "sessions", text)
with all_courses:
    columns, alt = listing.course_columns(text), text("trainings.courses_alt", n=len(courses))
    picked = tables.show(courses, columns, text, "courses_table", alt, choose=True)
    if picked:
        url.link("entry", text("action.open_record"), table="course", id=picked)
with by_module:
    if untaught:
        st.warning(text("trainings.untaught", modules=", ".join(untaught)))
    modules["module"] = [known.of("module", key) for key in modules["module_id"]]
    tables.show(modules, listing.module_columns(text), text, "modules_table", text("trainings.modules_alt"))
page.data_status(inventory, text)
