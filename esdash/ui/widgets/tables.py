"""One definition of columns for the table on the screen and for its download."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import pandas as pd
import streamlit as st

from esdash import exports
from esdash.exports import Sheet
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.widgets.names import names_of
from esdash.wording.columns import Column

ROW_HEIGHT = 35
LETTER = 6.3  # pixels that a character of a column's width takes on the screen


def show(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    text: Text,
    key: str,
    alt: str,
    height: int = 420,
    choose: bool = False,
) -> str | None:
    """A table; `choose` lets a person pick a row, whose value in the first column of the frame is returned."""
    chosen = _grid(frame, columns, text, key, alt, height, "single-row" if choose else None)
    return str(frame.iloc[chosen[0], 0]) if chosen else None


def choose_many(
    frame: pd.DataFrame, columns: Sequence[Column], text: Text, key: str, alt: str, height: int = 420
) -> list[str]:
    """A table of which a person picks rows; their values in the first column of the frame are returned."""
    return [str(frame.iloc[row, 0]) for row in _grid(frame, columns, text, key, alt, height, "multi-row")]


def choose_several(frame: pd.DataFrame, columns: Sequence[Column], text: Text, key: str, alt: str) -> list[int]:
    """A table in which a person ticks rows; their places in the frame."""
    return _grid(frame, columns, text, key, alt, 420, "multi-row")


def _grid(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    text: Text,
    key: str,
    alt: str,
    height: int,
    choose: Literal["single-row", "multi-row"] | None,
) -> list[int]:
    """The table itself; the places of the chosen rows."""
    shown = _rounded(frame[[column.name for column in columns]], columns)
    event = st.dataframe(
        shown,
        key=key,
        hide_index=True,
        height=min(height, ROW_HEIGHT * (len(shown) + 1) + 3),
        column_config={column.name: _config(column, text) for column in columns},
        placeholder=text("word.unknown"),
        on_select="rerun" if choose else "ignore",
        selection_mode=choose or "single-row",
        alt=alt,
    )
    rows: list[int] = event["selection"]["rows"] if choose else []  # type: ignore[index]
    return [row for row in rows if row < len(frame)]


def downloads(
    inventory: Inventory,
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    columns: Sequence[Column],
    title: str,
    name: str,
    text: Text,
    beside: Callable[[], None] | None = None,
) -> None:
    """Two buttons: the same rows and columns as XLSX and as CSV, made only when clicked; a function is asked then.

    `beside` adds a button of its own to the row.
    """
    notes = export_notes(inventory, text)
    stem = f"esdash-{name}-{inventory.today():%Y-%m-%d}"

    def rows() -> pd.DataFrame:
        return _rounded(frame() if callable(frame) else frame, columns)

    def workbook() -> bytes:
        sheet = Sheet(title[:31], title, rows(), list(columns), notes)
        return exports.xlsx_file([sheet], text)

    def text_file() -> bytes:
        return exports.csv_file(rows(), list(columns), text, notes)

    with st.container(horizontal=True, gap="small"):
        button(text("word.download_xlsx"), workbook, f"{stem}.xlsx", f"{name}_xlsx")
        button(text("word.download_csv"), text_file, f"{stem}.csv", f"{name}_csv")
        if beside:
            beside()


def export_notes(inventory: Inventory, text: Text) -> list[str]:
    """What stands on every file: whether it is invented, from when it is, how need comes about."""
    status = names_of(inventory, text).city
    notes = [text("app.example_note")] if status["kind"] in ("example", "generated") else []
    return [*notes, text("app.data_status", city=status["name"], day=status["today"])]


def _rounded(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """The frame without digits that nobody measured: one after the comma, percent as whole numbers."""
    frame = frame.copy(deep=False)  # copy-on-write: the given one stays as it is
    for column in columns:
        if column.kind in ("decimal", "percent"):
            frame[column.name] = frame[column.name].astype(float).round(1 if column.kind == "decimal" else 2)
    return frame


MIME = {
    "csv": "text/csv",
    "ics": "text/calendar",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def button(label: str, data: Callable[[], bytes], file_name: str, key: str) -> None:
    """A button for a file that is made only when clicked."""
    mime = MIME[file_name.rpartition(".")[2]]
    st.download_button(label, data, file_name=file_name, mime=mime, key=key, on_click="ignore")


def _config(column: Column, text: Text) -> Any:
    width = int(column.width * LETTER) if column.width else None
    if column.kind == "percent":
        return st.column_config.NumberColumn(column.label, format="percent", width=width)
    if column.kind in ("integer", "decimal"):
        return st.column_config.NumberColumn(column.label, format="localized", width=width)
    if column.kind in ("date", "moment"):
        return st.column_config.DateColumn(column.label, format=text("form.date"), width=width)
    return st.column_config.TextColumn(column.label, width=width)


def beside(frame: pd.DataFrame, columns: Sequence[Column], text: Text, key: str) -> None:
    """The table of what a chart shows, folded away beside it."""
    with st.expander(text("word.as_table")):
        show(frame, columns, text, key, text("word.as_table"))
