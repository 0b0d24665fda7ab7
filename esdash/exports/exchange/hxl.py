"""3W (who does what where) as CSV with a row of HXL tags: one row per initiative that is not archived.

The first row names the columns for people, the second one tags them for programs. Lists are parted by "; " and hold
names; organisations, themes, target groups, languages and districts are named as in the city's own lists (German).

It does not carry: notes, who confirmed a record, contacts and people, descriptions and addresses of organisations,
whether a place is barrier-free, empty lists (they come back as unknown), trainings, contact points and surveys. Who
imports it needs the organisations beforehand, and gets places by name and address without their coordinates.
"""

import csv
import io
from typing import Any

from esdash.exports.exchange.plain import portable
from esdash.model import times
from esdash.model.hxl import COLUMNS

SEPARATOR = "; "


def hxl_file(initiatives: list[dict[str, Any]]) -> bytes:
    """Comma, UTF-8, ISO dates; unknown is empty."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerow([column.tag for column in COLUMNS])
    for record in initiatives:
        writer.writerow([_cell(record[column.shown]) for column in COLUMNS])
    return output.getvalue().encode("utf-8")


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return SEPARATOR.join(str(_cell(part)) for part in value)
    if isinstance(value, dict):
        return times.written(value)
    return portable(value)
