"""The answer sheet: one row per entry of a version with its facts, drop-down lists, and locked keys."""

import io
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from esdash.exports.values import clean, protected
from esdash.inventory.importing import answer_sheets
from esdash.inventory.steering.answers import VERDICTS
from esdash.texts import Text
from esdash.wording.answers import decided

# characters; together they fit an A4 page in landscape at two thirds of their size
WIDTHS = {
    **{"rank": 6, "title": 26, "facts": 38, "verdict": 15, "reason": 28, "responsible_office": 16},
    **{"office_reference": 12, "answered_on": 11, "next_on": 11, "cost_committed_eur": 11},
    **{"version": 8, "entry": 12, "checksum": 15},
}
GIVEN = ("rank", "title", "facts")
HEADER = 5  # row of the header, from 0
LINE_POINTS, MOST_POINTS = 15, 400
PAPER_A4 = 9
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def answer_sheet(
    version: Mapping[str, Any], entries: Sequence[Mapping[str, Any]], city: str, notice: str, text: Text
) -> bytes:
    """One row per entry (priority_item_id, rank, title, facts), in their order. Equal input gives equal bytes.

    `version`: a row of `analysis.answers.versions`. `notice`: what stands above all, such as that the data
    are invented.
    """
    output = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(output, options) as workbook:
        title = text("answer_sheet.title", number=version["number"])
        created = datetime.combine(version["frozen_on"], datetime.min.time())
        workbook.set_properties({"title": title, "created": created})
        page = workbook.add_worksheet(text("answer_sheet.sheet"))
        _top(workbook, page, title, version, city, notice, text)
        _header(workbook, page, text)
        _rows(workbook, page, version, entries)
        _choices(page, len(entries), text)
        _paper(page, title, text)
    return output.getvalue()


def _top(
    workbook: Workbook, page: Worksheet, title: str, version: Mapping[str, Any], city: str, notice: str, text: Text
) -> None:
    quiet = workbook.add_format({"font_color": "#4A5560"})
    due = version["answer_due_on"]
    said = [text("answer_sheet.subtitle", city=city, decided=decided(version, text))]
    said += [text("answer_sheet.due", day=due)] if due else []
    page.write_string(0, 0, title, workbook.add_format({"bold": True, "font_size": 14}))
    page.write_string(1, 0, clean(" · ".join([*said, *([notice] if notice else [])])), quiet)
    page.write_string(2, 0, text("answer_sheet.how"), quiet)
    page.write_string(3, 0, text("answer_sheet.back"), quiet)


def _header(workbook: Workbook, page: Worksheet, text: Text) -> None:
    usual = {"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}
    looks = {"given": "#E6EEF3", "asked": "#C9DDE9", "key": "#E3E6EA"}
    formats = {name: workbook.add_format({**usual, "bg_color": colour}) for name, colour in looks.items()}
    for place, (name, words) in enumerate(answer_sheets.headings(text).items()):
        page.set_column(place, place, WIDTHS[name])
        page.write_string(HEADER, place, words, formats[_part(name)])
    page.set_row(HEADER, 2 * LINE_POINTS)


def _rows(
    workbook: Workbook, page: Worksheet, version: Mapping[str, Any], entries: Sequence[Mapping[str, Any]]
) -> None:
    formats = {name: _format(workbook, name) for name in answer_sheets.COLUMNS}
    for number, entry in enumerate(entries, start=HEADER + 1):
        given = {
            **{"rank": entry["rank"], "title": entry["title"], "facts": entry["facts"]},
            **{"version": version["number"], "entry": entry["priority_item_id"]},
            "checksum": answer_sheets.row_checksum(version["content_sha256"], entry["priority_item_id"]),
        }
        for place, name in enumerate(answer_sheets.COLUMNS):
            value = given.get(name)
            if isinstance(value, int):
                page.write_number(number, place, value, formats[name])
            elif value:
                page.write_string(number, place, protected(clean(str(value))), formats[name])
            else:
                page.write_blank(number, place, None, formats[name])
        page.set_row(number, _height(given))


def _format(workbook: Workbook, name: str) -> Format:
    look: dict[str, Any] = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#D5DBE1"}
    part = _part(name)
    look["locked"] = part != "asked"
    if part == "key":
        look |= {"font_color": "#5C6670", "bg_color": "#F3F5F7", "font_size": 9}
    if name == "title":
        look["bold"] = True
    if name in ("answered_on", "next_on"):
        look |= {"num_format": "dd.mm.yyyy", "align": "left"}
    if name == "cost_committed_eur":
        look["num_format"] = "#,##0.00"
    if name == "office_reference":
        look["num_format"] = "@"  # 51-3 is no date
    if name in ("rank", "version"):
        look["align"] = "center"
    return workbook.add_format(look)


def _choices(page: Worksheet, entries: int, text: Text) -> None:
    """The drop-down list of the answers, what days and amounts are, and the help of each column."""
    last = HEADER + max(entries, 1)
    days = {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
    wrong = {"error_title": text("answer_sheet.wrong_title")}
    rules: dict[str, dict[str, Any]] = {
        "verdict": {
            **{"validate": "list", "source": [text(f"verdict.{verdict}") for verdict in VERDICTS]},
            **{**wrong, "error_message": text("answer_sheet.wrong")},
        },
        "answered_on": {**days, **wrong, "error_message": text("answer_sheet.wrong_day")},
        "next_on": {**days, **wrong, "error_message": text("answer_sheet.wrong_day")},
        "cost_committed_eur": {
            **{"validate": "decimal", "criteria": ">=", "value": 0, **wrong},
            "error_message": text("answer_sheet.wrong_cost"),
        },
    }
    for place, (name, heading) in enumerate(answer_sheets.headings(text).items()):
        part = _part(name)
        if part == "given":
            continue
        about = text("answer_sheet.locked") if part == "key" else text(f"answer_sheet.help_{name}")
        rule = rules.get(name, {"validate": "any"})
        page.data_validation(
            HEADER + 1, place, last, place, {**rule, "input_title": heading[:32], "input_message": about}
        )


def _paper(page: Worksheet, title: str, text: Text) -> None:
    page.protect("", {"format_columns": True, "format_rows": True})
    page.freeze_panes(HEADER + 1, answer_sheets.COLUMNS.index("facts"))
    page.repeat_rows(HEADER)
    page.set_landscape()
    page.set_paper(PAPER_A4)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L{title.replace('&', '&&')}&R{text('export.page', page='&P', pages='&N')}")
    page.set_selection(HEADER + 1, answer_sheets.COLUMNS.index("verdict"), HEADER + 1, 3)


def _part(name: str) -> str:
    return "key" if name in answer_sheets.KEYS else "given" if name in GIVEN else "asked"


def _height(given: Mapping[str, Any]) -> float:
    """The height of a row [points] so that its longest text fits, and a reason of two lines."""
    lines = [
        sum(max(math.ceil(len(line) / (WIDTHS[name] - 2)), 1) for line in str(given[name] or "").split("\n"))
        for name in ("title", "facts", "entry")
    ]
    return float(min(max(2, *lines) * LINE_POINTS, MOST_POINTS))
