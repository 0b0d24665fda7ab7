"""Papers for a meeting: a sentence and sections, each with a table; tagged for screen readers (PDF/UA-1)."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from esdash.analysis.records import records
from esdash.exports.reports import setting
from esdash.inventory import Inventory
from esdash.texts import Text

_TEMPLATE = Path(__file__).with_suffix(".typ")


class Section(NamedTuple):
    """A heading, sentences, a table (widths as shares, `right`: numbers), what stands below it, and room to write.

    `whole`: it stands on one page; `answer`: the word before the line to write on, empty without one.
    """

    title: str
    lines: Sequence[str]
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[float] = ()
    right: Sequence[bool] = ()
    after: Sequence[str] = ()
    answer: str = ""
    whole: bool = False


def tabled(
    inventory: Inventory, text: Text, title: str, lines: Sequence[str], sections: Sequence[Section], created: datetime
) -> bytes:
    """The paper on A4 landscape. Equal content with an equal `created` gives equal bytes."""
    city, day = records.status(inventory), inventory.today()
    content: dict[str, Any] = {
        "language": text.language,
        "title": title,
        "subtitle": text("tabled.subtitle", city=city["name"], day=day),
        "author": city["name"],
        "date": [day.year, day.month, day.day],
        "notice": text(f"export.{city['kind']}_note") if city["kind"] in ("example", "generated") else "",
        "lines": list(lines),
        "page": text("export.page", page="{page}", pages="{pages}"),
        "sections": [_section(section) for section in sections],
    }
    return setting.pdf(_TEMPLATE, setting.breakable(content), created)


def _section(section: Section) -> dict[str, Any]:
    """A section for the template, with plain lists."""
    said: dict[str, Any] = {
        name: list(part) if isinstance(part, tuple) else part for name, part in section._asdict().items()
    }
    return said | {"rows": [list(row) for row in section.rows]}
