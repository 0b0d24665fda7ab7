"""The control list (Beschlusskontrolle) on screen, and its files."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from esdash.exports.measures import control as files_of
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import page, url
from esdash.ui.widgets import files, tables
from esdash.ui.widgets.files import File
from esdash.wording import measures as words
from esdash.wording.names import Names

SHOWN = ("decision", "measure", "responsible", "light_word", "due_on", "state_word", "next_on")  # seven on the screen
DAYS = ("decision", "due_on", "next_on")  # where nothing has to stand
BESIDE = ("resolution_text", "body_name", "closing_note", "delay_reason")  # what the files have besides


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The lines, those that are overdue first; a click shows the rest of one, and the way to the measure."""
    frame = words.control_rows(inventory, text, names, inventory.today())
    page.heading(text("measures.control", day=inventory.today()))
    st.caption(text("measures.control_how"))
    if frame.empty:
        st.info(text("measures.control_empty"))
        return
    frame.insert(0, "line", [f"{row.decision} {row.measure_id}" for row in frame.itertuples()])
    late = frame["light"] == "overdue"
    urgent = pd.concat([frame[late], frame[~late]])
    for name in DAYS:
        urgent[name] = [text("word.no_entry") if value is None else text.value(value) for value in urgent[name]]
    columns = {column.name: column for column in words.control_columns(text)}

    def line(key: str) -> None:
        row = frame[frame["line"] == key].iloc[0]
        for name in BESIDE:
            if row[name] is not None:
                st.text(f"{columns[name].label}: {row[name]}")
        if row["measure_id"] is not None:
            url.link("measures", text("measures.open"), id=row["measure_id"])

    alt = text("measures.control_alt", n=len(frame))
    shown = [replace(columns[name], kind="text") for name in SHOWN]
    tables.opening(urgent, shown, text, "control", alt, line)
    files.buttons(
        inventory,
        text,
        File("measures.download_pdf", "control", "pdf", files_of.pdf),
        File("word.download_xlsx", "control", "xlsx", files_of.xlsx),
        File("word.download_csv", "control", "csv", files_of.csv),
    )
