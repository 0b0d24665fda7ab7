"""A polite reminder of the entries that the city has not answered yet, as a letter; no names of persons."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from esdash.exports.reports import setting
from esdash.texts import Text

_TEMPLATE = Path(__file__).with_suffix(".typ")


def reminder(
    version: Mapping[str, Any],
    open_entries: Sequence[Mapping[str, Any]],
    city: str,
    notice: str,
    today: date,
    text: Text,
    created: datetime | None = None,
) -> bytes:
    """The letter as PDF: what was handed over when and to whom, and which entries (rank, title) are open.

    `version`: a row of `analysis.answers.versions`. Equal input with an equal
    `created` gives equal bytes.
    """
    number, due = version["number"], version["answer_due_on"]
    counts = {"n": len(open_entries), "all": version["entries"]}
    if not open_entries:
        asked = text("reminder.all_answered")
    elif due is None:
        asked = text("reminder.no_due", **counts)
    else:
        asked = text(f"reminder.due_{'past' if due < today else 'coming'}", due=due, **counts)
    short = f"{version['content_sha256'][:8]} … {version['content_sha256'][-8:]}"
    content: dict[str, Any] = {
        "language": text.language,
        "title": text("reminder.title"),
        "author": city,
        "date": [today.year, today.month, today.day],
        "notice": notice,
        "to": text("reminder.to", recipient=version["recipient"]),
        "from": text("reminder.from", city=city),
        "day": text("reminder.day", day=today),
        "subject": text("reminder.subject", number=number),
        "salutation": text("reminder.salutation"),
        "handed_over": text("reminder.handed_over", day=version["handed_over_on"], number=number),
        "asked": asked,
        "headings": [text("reminder.number"), text("reminder.item")],
        "entries": [["" if row["rank"] is None else str(row["rank"]), row["title"]] for row in open_entries],
        "after": [text("reminder.how"), text("reminder.thanks")] if open_entries else [],
        "closing": text("reminder.closing"),
        "sender": text("reminder.sender"),
        "checksum": text("reminder.checksum", number=number, checksum=short),
        "page": text("export.page", page="{page}", pages="{pages}"),
    }
    return setting.pdf(_TEMPLATE, setting.breakable(content), created)
