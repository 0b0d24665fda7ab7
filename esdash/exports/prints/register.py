"""The print register as files: XLSX, CSV, JSON. It holds no personal data, and no marks."""

from datetime import datetime

import pandas as pd

from esdash.analysis.records import records
from esdash.exports.exchange.plain import json_file, marked
from esdash.exports.tables.columns import Sheet
from esdash.exports.tables.spreadsheet_csv import csv_file
from esdash.exports.tables.workbook import xlsx_file
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording import prints as words
from esdash.wording.names import names_of


def xlsx(inventory: Inventory, text: Text, created: datetime | None = None) -> bytes:
    """The workbook, one row per print. Equal input and `created` give equal bytes."""
    title = text("prints.file")
    sheet = Sheet(title, title, _rows(inventory, text), words.file_columns(text), _notes(inventory, text))
    return xlsx_file([sheet], text, created or inventory.now())


def csv(inventory: Inventory, text: Text) -> bytes:
    """The same as CSV for spreadsheets."""
    return csv_file(_rows(inventory, text), words.file_columns(text), text, _notes(inventory, text))


def json(inventory: Inventory, text: Text) -> bytes:
    """The same for programs, with the names of the code."""
    return json_file(marked(_rows(inventory, text), _notice(inventory, text)))


def _rows(inventory: Inventory, text: Text) -> pd.DataFrame:
    return words.listed(inventory, names_of(inventory, text), text)


def _notice(inventory: Inventory, text: Text) -> str | None:
    return text("app.example_note") if records.status(inventory)["kind"] in ("example", "generated") else None


def _notes(inventory: Inventory, text: Text) -> list[str]:
    status, notice = records.status(inventory), _notice(inventory, text)
    said = text("app.data_status", city=status["name"], day=status["today"])
    return [*([notice] if notice else []), said, text("prints.register_how")]
