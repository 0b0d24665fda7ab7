"""The draft of the report about a year as PDF (A4, PDF/UA) and as plain text; no word of it names a known person."""

from pathlib import Path
from typing import Any

from esdash.exports.reports import setting
from esdash.exports.values import clean
from esdash.inventory import Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.texts import Text
from esdash.wording import year_report
from esdash.wording.names import names_of
from esdash.wording.year_report import Report, Table

_TEMPLATE = Path(__file__).with_suffix(".typ")


def checked_report(
    inventory: Inventory, text: Text, year: int, programme: str | None = None, with_effects: bool = True
) -> Report:
    """The draft. Raises UserError if a text in it names a known person."""
    report = year_report.report(inventory, text, year, programme, with_effects)
    refuse_people(inventory, *report.words())
    return report


def year_report_pdf(inventory: Inventory, text: Text, year: int, programme: str | None = None) -> bytes:
    """The draft as PDF; "Entwurf" stands on every page. Raises UserError if a text in it names a known person."""
    report, day = checked_report(inventory, text, year, programme), inventory.today()
    content: dict[str, Any] = {
        "language": text.language,
        "title": report.title,
        "subtitle": report.subtitle,
        "author": names_of(inventory, text).city["name"],
        "date": [day.year, day.month, day.day],
        "draft": report.draft,
        "draft_note": text("year_report.draft_note"),
        "notes": report.notes,
        "page": text("export.page", page="{page}", pages="{pages}"),
        "sections": [
            {
                "heading": part.heading,
                "lines": part.lines,
                "heads": part.table.heads if part.table else [],
                "rows": part.table.rows if part.table else [],
            }
            for part in report.sections
        ],
    }
    return setting.pdf(_TEMPLATE, setting.breakable(content), inventory.now())


def year_report_text(inventory: Inventory, text: Text, year: int, programme: str | None = None) -> bytes:
    """The draft as plain text (UTF-8), to go on writing. Raises UserError if a text in it names a known person."""
    report = checked_report(inventory, text, year, programme)
    lines = [f"{report.draft.upper()}: {report.title}", report.subtitle, *report.notes, text("year_report.draft_note")]
    for part in report.sections:
        lines += ["", part.heading, "-" * len(part.heading), *(f"- {' '.join(line.split())}" for line in part.lines)]
        lines += _aligned(part.table) if part.table else []
    return (clean("\n".join(lines)) + "\n").encode("utf-8")


def _aligned(table: Table) -> list[str]:
    """The table with columns of one width; the first left, the others right."""
    rows = [table.heads, *table.rows]
    widths = [max(len(row[place]) for row in rows) for place in range(len(table.heads))]
    return [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
