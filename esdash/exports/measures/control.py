"""The control list (Beschlusskontrolle) as German councils ask for it: PDF, XLSX, CSV, JSON."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from esdash.analysis.records import records
from esdash.exports.exchange.plain import json_file, marked
from esdash.exports.reports import setting
from esdash.exports.tables.columns import Sheet
from esdash.exports.tables.spreadsheet_csv import csv_file
from esdash.exports.tables.workbook import xlsx_file
from esdash.inventory import Inventory
from esdash.texts import Text, is_missing
from esdash.wording import measures as words
from esdash.wording.names import names_of

_TEMPLATE = Path(__file__).with_suffix(".typ")


def xlsx(inventory: Inventory, text: Text, created: datetime | None = None) -> bytes:
    """The workbook: one line per row, A4 landscape, one page wide. Equal input and `created` give equal bytes."""
    title = text("measures.control", day=inventory.today())
    sheet = Sheet(
        text("measures.part_control"),
        title,
        _rows(inventory, text),
        words.control_columns(text),
        _notes(inventory, text),
    )
    return xlsx_file([sheet], text, created or inventory.now())


def csv(inventory: Inventory, text: Text) -> bytes:
    """The same as CSV for spreadsheets."""
    return csv_file(_rows(inventory, text), words.control_columns(text), text, _notes(inventory, text))


def json(inventory: Inventory, text: Text) -> bytes:
    """The same for programs, with the names of the code."""
    return json_file(marked(_rows(inventory, text), _notice(inventory, text)))


def pdf(inventory: Inventory, text: Text, created: datetime | None = None) -> bytes:
    """The list on A4 landscape, for screen readers too (PDF/UA-1); the header is repeated on each page."""
    city, day = records.status(inventory), inventory.today()
    frame, columns = _rows(inventory, text), words.control_columns(text)
    labels = {column.name: column.label for column in columns}
    content: dict[str, Any] = {
        "language": text.language,
        "title": text("measures.part_control"),
        "subtitle": text("control.subtitle", city=city["name"], day=day),
        "author": city["name"],
        "date": [day.year, day.month, day.day],
        "notice": _notice(inventory, text) or "",
        "sentence": _sentence(frame, text),
        "how": text("control.how"),
        "empty": text("measures.control_empty"),
        "page": text("export.page", page="{page}", pages="{pages}"),
        "headings": [text("control.decision"), *(labels[name] for name in _PRINTED)],
        "rows": [_printed(row, text) for row in frame.to_dict("records")],
    }
    return setting.pdf(_TEMPLATE, setting.breakable(content), created or inventory.now())


# ---------------------------------------------------------------- inside

_PRINTED = (
    *("resolution_text", "body_name", "measure", "responsible", "light_word", "state_word", "due_on"),
    *("closing_note", "delay_reason", "next_on"),
)


def _rows(inventory: Inventory, text: Text) -> pd.DataFrame:
    return words.control_rows(inventory, text, names_of(inventory, text), inventory.today())


def _printed(row: dict[str, Any], text: Text) -> dict[str, Any]:
    """A line: the light for its colour, and the words of each column; where nothing has to stand, a dash."""
    number, day = row["decision"], row["decided_on"]
    decided = text("control.decided", number=number, day=day) if number else text("word.no_entry")
    cells = [_cell(row[name], text) for name in _PRINTED]
    return {"light": words.listed.LIGHTS[row["light"]], "cells": [decided, *cells]}


def _cell(value: Any, text: Text) -> str:
    return text("word.no_entry") if is_missing(value) else text.value(value)


def _sentence(frame: pd.DataFrame, text: Text) -> str:
    lights = frame["light"].value_counts()
    counts = {name: int(lights.get(name, 0)) for name in ("overdue", "no_measure", "done", "dropped")}
    return text("control.sentence", n=len(frame), **counts)


def _notice(inventory: Inventory, text: Text) -> str | None:
    example = records.status(inventory)["kind"] in ("example", "generated")
    return text("app.example_note") if example else None


def _notes(inventory: Inventory, text: Text) -> list[str]:
    status = records.status(inventory)
    notice = _notice(inventory, text)
    return [
        *([notice] if notice else []),
        text("app.data_status", city=status["name"], day=status["today"]),
        text("control.how"),
    ]
