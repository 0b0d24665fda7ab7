"""3W (who does what where) as CSV with a row of HXL tags: one row per initiative that is not archived.

The first row has headings for people, the second one tags for programs. Lists hold names separated by "; ";
organisations, themes, target groups, languages and districts have their German names from the city's lists.

It does not carry: notes, who confirmed a record, contacts and people, descriptions and addresses of organisations,
whether a place is barrier-free, empty lists (imported as unknown), trainings, contact points and surveys. To import the
file, the organisations must exist already; places come by name and address, without their coordinates.
"""

import csv
import io
from typing import Any

from esdash.exports.exchange.plain import portable
from esdash.exports.values import guarded
from esdash.model import times
from esdash.model.hxl import COLUMNS

SEPARATOR = "; "


def hxl_file(initiatives: list[dict[str, Any]]) -> bytes:
    """A CSV file with commas, UTF-8 and ISO dates; unknown is empty."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow([column.heading for column in COLUMNS])
    writer.writerow([column.tag for column in COLUMNS])
    for record in initiatives:
        cells = [_cell(record[column.shown]) for column in COLUMNS]
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
    return output.getvalue().encode("utf-8")


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return SEPARATOR.join(str(_cell(part)) for part in value)
    if isinstance(value, dict):
        return times.written(value)
    return portable(value)
