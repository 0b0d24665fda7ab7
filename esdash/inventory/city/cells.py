"""The values of a city's files: rows of a CSV, typed cells, lines of a TOML file."""

import csv
import io
import math
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from esdash.errors import UserError
from esdash.inventory.city.declared import Kind
from esdash.model import values

LONGEST = 10_000  # characters of one value; the longest reason of a real city has 300
_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,25})?(?:[eE][+-]?\d{1,3})?")  # 1.234 is a little more than one: no groups


def records_of(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each row of a CSV, with commas or, as a German Excel writes it, with semicolons.

    Read bit by bit. Raises UnicodeDecodeError for what is no UTF-8, csv.Error for what is no CSV.
    """
    first = content.partition(b"\n")[0]
    file = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
    reader = csv.reader(file, delimiter=";" if first.count(b";") > first.count(b",") else ",")
    line = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Rows of one of our own CSV files (UTF-8, comma); an empty cell is None. Raises UserError if it is missing."""
    if not path.is_file():
        raise UserError("city_missing", path=path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{name: value or None for name, value in row.items()} for row in csv.DictReader(file)]


def typed(kind: Kind, cell: str) -> str | int | float | date:
    """The value of a cell that is not empty. Raises ValueError for one that cannot be read."""
    if kind is Kind.DATE:
        return values.day(cell)
    if kind is Kind.TEXT:
        if len(cell) > LONGEST:
            raise ValueError(cell)
        return cell
    if not _NUMBER.fullmatch(cell):
        raise ValueError(cell)
    number = float(cell.replace(",", "."))
    if not math.isfinite(number) or (kind is Kind.WHOLE and (number != int(number) or abs(number) > values.LARGEST)):
        raise ValueError(cell)
    return int(number) if kind is Kind.WHOLE else number


def line_of(content: str, key: str) -> int:
    """The line of city.toml that sets a key."""
    found = re.search(rf"^\s*\"?{re.escape(key)}\"?\s*[=.\]]|^\s*\[{re.escape(key)}\b", content, re.MULTILINE)
    return content[: found.start()].count("\n") + 1 if found else 1
