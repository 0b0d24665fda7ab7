"""The minutes of a meeting on paper and as plain text, with dated corrections and the checksum of the text."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from esdash.exports.reports import setting
from esdash.inventory import Inventory
from esdash.inventory.steering.meetings import minutes
from esdash.model.visible import one_line
from esdash.texts import Text
from esdash.wording import meetings as words
from esdash.wording import minutes as minutes_words
from esdash.wording.names import names_of

_TEMPLATE = Path(__file__).with_suffix(".typ")

Row = Mapping[str, Any]


def plain_text(inventory: Inventory, meeting: Row, text: Text) -> bytes:
    """The minutes as text (UTF-8), with what was corrected and, once the meeting is closed, where they stand."""
    parts = [*_paragraphs(inventory, meeting, text), *_after(meeting, text), _stand(meeting, text)]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def pdf(inventory: Inventory, meeting: Row, text: Text, created: datetime | None = None) -> bytes:
    """The minutes as PDF. Equal input with an equal `created` (now, if left out) gives equal bytes."""
    status = names_of(inventory, text).city
    notice = text(f"export.{status['kind']}_note") if status["kind"] in ("example", "generated") else ""
    head, *paragraphs = _paragraphs(inventory, meeting, text)
    title, *facts = head.split("\n")
    day = meeting["held_on"]
    content: dict[str, Any] = {
        "language": text.language,
        "title": title,
        "author": status["name"],
        "subtitle": words.named(meeting, text),
        "date": [day.year, day.month, day.day],
        "notice": notice,
        "page": text("export.page", page="{page}", pages="{pages}"),
        "facts": facts,
        "points": [seen for paragraph in paragraphs if (seen := _seen(paragraph))],
        "corrections": _after(meeting, text),
        "corrected": text("minutes.corrections"),
        "stand": _stand(meeting, text),
    }
    return setting.pdf(_TEMPLATE, setting.breakable(content), created)


def _paragraphs(inventory: Inventory, meeting: Row, text: Text) -> list[str]:
    """The minutes by paragraphs; a text that people wrote without saying which meeting it is about gets that first."""
    found = minutes_words.current(inventory, meeting, text).split("\n\n")
    head = minutes_words.head(meeting, names_of(inventory, text), text)
    return found if found[0].startswith(head.split("\n")[0]) else [head, *found]


def _seen(paragraph: str) -> list[str]:
    """The lines of a paragraph of which something shows: the first is a heading, which must not be empty."""
    return [line for line in paragraph.split("\n") if one_line(line)]


def _after(meeting: Row, text: Text) -> list[str]:
    return minutes_words.corrections(minutes.corrections(dict(meeting)), text)


def _stand(meeting: Row, text: Text) -> str:
    """That it is a draft, or the checksum of the closed text (older files have none)."""
    if meeting["meeting_state"] != "closed":
        return text("minutes.is_draft")
    return text("minutes.checksum", sha256=meeting["minutes_sha256"]) if meeting["minutes_sha256"] else ""
