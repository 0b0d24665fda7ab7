"""The file of rows that could not be imported, to send back to the partner: unchanged, with what to change."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from esdash.exports.values import clean
from esdash.texts import Text

WIDE, NARROW = 60, 18
_MARK = {"bg_color": "#FCE4D6", "valign": "top", "text_wrap": True}


@dataclass(frozen=True)
class FaultyRow:
    """A row as it was sent: one text per header, cells beyond the headers, what to change, the headers concerned."""

    cells: Sequence[str]
    beyond: Sequence[str]
    advice: Sequence[str]
    columns: frozenset[str]


def faulty_file(
    header: Sequence[str],
    rows: Sequence[FaultyRow],
    text: Text,
    created: datetime | None = None,
    properties: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook with the advice in the first column and then the table as it came; faulty cells are marked.

    Every cell is a text, so that the spreadsheet program changes none: 01067 stays 01067, 1.234 stays 1.234. The
    advice comes first, because a column at the end would shift cells beyond the headers. The import recognises the
    heading of that column and skips it, so that the corrected file can be imported directly; `properties` of the
    document tell it kind, mapping and sender (importing.told_with), and nobody sees them.
    """
    created = created or datetime.now(UTC)
    output = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(output, options) as workbook:
        workbook.set_properties({"created": created.replace(tzinfo=None)})
        for name, value in (properties or {}).items():
            workbook.set_custom_property(name, value, "text")
        page = workbook.add_worksheet(text("faulty.sheet"))
        looks: dict[str, dict[str, Any]] = {
            "heading": {"bold": True, "text_wrap": True, "bottom": 1, "valign": "top", "bg_color": "#E6EEF3"},
            "cell": {"num_format": "@", "valign": "top", "text_wrap": True},
            "marked": {**_MARK, "num_format": "@"},
        }
        formats = {name: workbook.add_format(look) for name, look in looks.items()}
        page.set_column(0, 0, WIDE)
        page.set_column(1, max(len(header), 1), NARROW)
        for place, words in enumerate([text("faulty.heading"), *header]):
            page.write_string(0, place, clean(words), formats["heading"])
        for number, row in enumerate(rows, start=1):
            page.write_string(number, 0, clean("\n".join(row.advice)), formats["marked"])
            for place, cell in enumerate([*row.cells, *row.beyond], start=1):
                heading = header[place - 1] if place <= len(header) else None
                faulty = heading is None or (heading != "" and heading in row.columns)
                if cell:
                    page.write_string(number, place, clean(cell), formats["marked" if faulty else "cell"])
                elif faulty:
                    page.write_blank(number, place, None, formats["marked"])
        page.freeze_panes(1, 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    return output.getvalue()
