"""The part "Antworten" of the priority list: hand-over, what the city answered to each entry, where it is silent."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis import answers
from esdash.exports.answers import folder_of, reminder_of, sheet_of
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.ui.priorities import answering, city_link, handing_over, letters
from esdash.ui.priorities.choice import PRIORITIES, Priorities
from esdash.ui.shell import page, printing, url
from esdash.ui.widgets import files, tables
from esdash.ui.widgets.files import File
from esdash.wording import answers as words
from esdash.wording.columns import Column
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names

FOLLOWED = ("accepted", "accepted_in_part")  # answers from which a measure can be begun
SILENT_SHOWN = 5  # entries named in the list of silence; the table has all

Version = Mapping[str, Any]


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """What the city is silent about, and the chosen version (the newest): its hand-over, or what was answered to it."""
    versions = answers.versions(inventory)
    if not versions:
        st.info(text("city_answers.none"))
        url.link("priorities", text("city_answers.to_versions"), priorities="versions")
        return
    version = _chosen(inventory, text, versions)
    if version["handed_over_on"] is None:
        _silence(inventory, text)
        with st.container(border=True):
            handing_over.offer(inventory, text, names, version)
            _to_take_along(inventory, text, version)
        city_link.show(text)
        return
    rows = answers.entries(inventory, version["list_version_id"])
    st.markdown(words.sentence(version, rows, text))
    _silence(inventory, text)
    _to_take_along(inventory, text, version, silent=bool(rows["days_waiting"].notna().any()))
    _entries(inventory, text, version, rows)
    if page.allowed(inventory, text, Action.RECORD_ANSWERS):
        answering.many(inventory, text, version, rows.astype(object).to_dict("records"))
    letters.show(inventory, text, version)
    handing_over.correct(inventory, text, names, version)
    city_link.show(text)


def _chosen(inventory: Inventory, text: Text, versions: list[dict[str, Any]]) -> Version:
    """The switch between the versions, with the field for one's own name beside it."""
    by_id = {version["list_version_id"]: version for version in versions}
    if PRIORITIES.answers not in by_id:
        PRIORITIES.answers = versions[0]["list_version_id"]
    if printing.on():
        number = by_id[str(PRIORITIES.answers)]["number"]
        printing.chosen(text("city_answers.version_of", number=number))
        return by_id[str(PRIORITIES.answers)]
    st.segmented_control(
        text("city_answers.version"),
        list(by_id),
        format_func=lambda key: text("city_answers.version_of", number=by_id[key]["number"]),
        key=Priorities.answers.key,
        required=True,
        wrap=True,
    )
    return by_id[str(PRIORITIES.answers)]


def _silence(inventory: Inventory, text: Text) -> None:
    """What the city is silent about, version by version, and how long it takes to answer."""
    for _, rows in answers.silence(inventory).groupby("number", sort=False):
        first = rows.iloc[0]
        heading = text.count(
            "city_answers.silent", len(rows), version=int(first["number"]), silent=words.silent(first, text)
        )
        lines = [f"- {plain(title)}" for title in rows["title"].head(SILENT_SHOWN)]
        if len(rows) > SILENT_SHOWN:
            lines.append(f"- {text('city_answers.more_silent', n=len(rows) - SILENT_SHOWN)}")
        st.warning("\n".join([bold(heading), "", *lines]))
    _pace(inventory, text)


def _pace(inventory: Inventory, text: Text) -> None:
    """How long the city takes to answer."""
    pace = answers.pace(inventory)
    if pace.median_days is not None:
        key = "city_answers.pace_one" if pace.answered == 1 else "city_answers.pace"
        st.caption(text(key, days=pace.median_days, n=pace.answered))


def _to_take_along(inventory: Inventory, text: Text, version: Version, silent: bool = False) -> None:
    """The files of the version, the answer sheet, the reminder; and the way to read a sheet in."""
    number, key = version["number"], version["list_version_id"]
    reminder = File("city_answers.reminder", f"erinnerung-fassung-{number}", "pdf", reminder_of, (key,))
    folder = File("city_answers.folder", f"prioritaetenliste-fassung-{number}", "zip", folder_of, (key,), kept=True)
    files.buttons(
        inventory,
        text,
        *([] if inventory.read_only else [folder]),  # a look-back has no stored files
        File("city_answers.sheet", f"antwortbogen-fassung-{number}", "xlsx", sheet_of, (key,), kept=True),
        *([reminder] if silent else []),
    )
    if version["handed_over_on"] is None:
        return
    remind = silent and version["reminded_on"] != inventory.today() and page.may(inventory, Action.HAND_OVER_LIST)
    with st.container(horizontal=True, gap="medium", vertical_alignment="center"):
        url.link("imports", text("city_answers.to_import"), **{"import": "answers"})
        if remind:
            label, act = text("hand_over.remind_today"), handing_over.remind_today
            st.button(label, key="remind_today", type="tertiary", on_click=act, args=(inventory, text, version))


def _entries(inventory: Inventory, text: Text, version: Version, rows: pd.DataFrame) -> None:
    """The entries with their state; a click opens an entry with all its answers."""
    page.heading(text("city_answers.entries"))
    frame = rows[["list_entry_id", "rank", "title"]].assign(
        state_word=[words.state(row, text) for row in rows.astype(object).to_dict("records")],
        reason=rows["reason"].fillna(""),  # none was given: that is not unknown
        office=rows["responsible_office"].fillna(""),
    )
    by_id = {row["list_entry_id"]: row for row in rows.astype(object).to_dict("records")}
    columns = [
        Column("rank", text("city_answers.column_rank"), "integer", 6),
        Column("title", text("city_answers.column_title"), "text", 60),
        Column("state_word", text("city_answers.column_state"), "text", 26),
        Column("reason", text("city_answers.column_reason"), "text", 36),
        Column("office", text("city_answers.column_office"), "text", 20),
    ]

    def opened(entry_id: str) -> None:
        letters.history(inventory, text, by_id[entry_id])
        if by_id[entry_id]["verdict"] in FOLLOWED:
            url.link("measures", text("city_answers.to_measures"))
        if page.may(inventory, Action.RECORD_ANSWERS):
            with st.expander(text("city_answers.one")):
                answering.one(inventory, text, version, by_id[entry_id])

    alt = text("city_answers.entries_alt", n=len(frame))
    tables.opening(frame, columns, text, "city_answers_table", alt, opened)
    name = f"antworten-fassung-{version['number']}"
    tables.downloads(inventory, frame, columns, text("city_answers.download_title"), name, text)
