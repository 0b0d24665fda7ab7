"""An empty XLSX table to fill in: drop-down lists, help for every column, an example above the header.

The example stands above the header, where the import ignores it, so that nobody has to delete it.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from esdash.exports.values import clean, protected
from esdash.model import entries
from esdash.model.fields import APART, Field
from esdash.texts import Text
from esdash.wording import labels

ROWS = 1000  # rows with drop-down lists; more can be filled in without them
HEADER_ROW = 4
FIRST_COLUMN = 1  # the column before it is narrow and marks the row of the example
TITLE_LIMIT, MESSAGE_LIMIT = 32, 255  # most characters of a help text; Excel reports a longer one as a damaged file
LISTS = "Listen"
NARROW, WIDE = 16, 30
_TEXTS = ("postcode", "time", "span", "opening", "text", *entries.TYPES)
_FORMATS = {"date": "dd.mm.yyyy", **dict.fromkeys(_TEXTS, "@")}

# Left out: keys, which only edited exports need, fields of action, because a theme is more exact, and the parts of a
# place that lists of others have in columns of their own.
LEFT_OUT = ("key", "field_ids", *APART)
_HELP = {
    **dict.fromkeys(("integer", "decimal", "coordinate"), "number"),
    **dict.fromkeys(("choice", "reference", "place"), "choice"),
    **dict.fromkeys(("choices", "references"), "choices"),
}
_EXAMPLES: dict[str, str | float | date] = {
    **dict.fromkeys(("integer", "decimal", "coordinate"), 12),
    "date": date(2026, 9, 1),
    "time": "14:00",
    "span": "14:00-16:00",
    "times": "Mo 14:00-16:00; Mi 10:00-12:00",
    "fortnightly": "01.12.2026 16:00-18:00",
    "periods": "13.07.2026-21.08.2026 Sommerpause",
    "opening": "Mo, Mi 14:00-17:00",
    "postcode": "06844",
    "email": "kontakt@example.org",
    "website": "www.example.org",
}


@dataclass(frozen=True)
class Blank:
    """A column to fill in. `type`: Field.type; `options`: entries of the drop-down list; `several`: takes several."""

    label: str
    type: str
    help: str
    required: bool = False
    options: tuple[str, ...] = ()
    several: bool = False
    example: str | float | date | None = None


def blanks(fields: Iterable[Field], options: Mapping[str, Sequence[str]], text: Text) -> list[Blank]:
    """The columns of a template in the language of the reader; `options` has the names to choose from, by field."""
    return [
        _blank(field, tuple(dict.fromkeys(options.get(field.name, ()))), text)
        for field in fields
        if field.type not in LEFT_OUT and field.name not in LEFT_OUT
    ]


def _blank(field: Field, options: tuple[str, ...], text: Text) -> Blank:
    help_ = text(f"template.help_{_HELP.get(field.type, field.type)}")
    several = field.type in ("references", "choices")
    example: str | float | date = _EXAMPLES.get(field.type) or text("template.example_text")
    if options:
        example = "; ".join(options[:2]) if several else options[0]
    return Blank(
        label=labels.label(text, field),
        type=field.type,
        help=f"{text('template.required')} {help_}" if field.required else help_,
        required=field.required,
        options=options,
        several=several,
        example=example if field.example else None,
    )


def template_file(
    title: str,
    columns: Sequence[Blank],
    text: Text,
    created: datetime,
    rows: Sequence[Sequence[str | None]] = (),
    how: str = "",
) -> bytes:
    """A workbook with one sheet to fill in and a hidden one with the lists.

    `rows`: per column of each row the text that stands there, "" for a cell to fill in, None for one to leave empty,
    which is grey. `how`: the sentence below the title, if not the usual one.
    """
    output = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(output, options) as workbook:
        workbook.set_properties({"title": clean(title), "created": created.replace(tzinfo=None)})
        page = workbook.add_worksheet(clean(title)[:31])
        lists = workbook.add_worksheet(LISTS)
        lists.very_hidden()  # a sheet that is only hidden is named when the file is imported
        _write_top(workbook, page, title, how or text("template.how"), text)
        for place, column in enumerate(columns, FIRST_COLUMN):
            source = _list(lists, place, column.options)
            _write_column(workbook, page, place, column, source)
        _write_rows(workbook, page, rows)
        page.freeze_panes(HEADER_ROW, FIRST_COLUMN)
        page.set_landscape()
        page.activate()
    return output.getvalue()


def _write_top(workbook: Workbook, page: Worksheet, title: str, how: str, text: Text) -> None:
    note = workbook.add_format({"italic": True, "font_color": "#4A5560"})
    page.write_string(0, FIRST_COLUMN, clean(title), workbook.add_format({"bold": True, "font_size": 14}))
    page.write_string(1, FIRST_COLUMN, how, note)
    page.set_column(0, 0, 10)
    page.write_string(HEADER_ROW - 2, 0, text("template.example"), note)


def _write_rows(workbook: Workbook, page: Worksheet, rows: Sequence[Sequence[str | None]]) -> None:
    given = workbook.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    grey = workbook.add_format({"bg_color": "#E3E6EA"})
    for number, row in enumerate(rows, HEADER_ROW):
        for place, words in enumerate(row, FIRST_COLUMN):
            if words is None:
                page.write_blank(number, place, None, grey)
            elif words:
                page.write_string(number, place, protected(clean(words)), given)


def _write_column(workbook: Workbook, page: Worksheet, place: int, column: Blank, source: str | None) -> None:
    cells = workbook.add_format({"num_format": _FORMATS.get(column.type, "General"), "valign": "top"})
    grey = {"italic": True, "font_color": "#4A5560", "bg_color": "#F3F5F7", "valign": "top", "text_wrap": True}
    example = workbook.add_format({**grey, "num_format": _FORMATS.get(column.type, "General")})
    look: dict[str, Any] = {"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}
    look["bg_color"] = "#C9DDE9" if column.required else "#E6EEF3"
    page.set_column(place, place, WIDE if column.type in ("text", "references", *entries.TYPES) else NARROW, cells)
    page.write_string(HEADER_ROW - 1, place, clean(column.label), workbook.add_format(look))
    if isinstance(column.example, date):
        page.write_datetime(HEADER_ROW - 2, place, column.example, example)
    elif column.example is not None:
        page.write(HEADER_ROW - 2, place, column.example, example)
    page.data_validation(HEADER_ROW, place, HEADER_ROW + ROWS - 1, place, _rule(column, source))


def _rule(column: Blank, source: str | None) -> dict[str, Any]:
    """The drop-down list or limits of a cell, and its help. Excel itself refuses only impossible dates and numbers."""
    about = {"input_title": clean(column.label)[:TITLE_LIMIT], "input_message": clean(column.help)[:MESSAGE_LIMIT]}
    if source:
        return {
            "validate": "list",
            "source": source,
            "show_error": not column.several,
            "error_type": "warning",
            **about,
        }
    if column.type == "integer":
        return {"validate": "integer", "criteria": ">=", "value": 0, **about}
    if column.type == "date":
        limits = {"minimum": date(1900, 1, 1), "maximum": date(2100, 12, 31)}
        return {"validate": "date", "criteria": "between", **limits, "error_type": "warning", **about}
    return {"validate": "any", **about}


def _list(lists: Worksheet, place: int, options: tuple[str, ...]) -> str | None:
    """Write the options of a column into the hidden sheet; returns their cell range."""
    for row, option in enumerate(options):
        lists.write_string(row, place, clean(option))
    letter = xlsxwriter.utility.xl_col_to_name(place, True)
    return f"={LISTS}!{letter}$1:{letter}${len(options)}" if options else None
