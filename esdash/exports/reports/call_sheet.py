"""The call sheet on paper: whom to call in which order, the questions, and lines to write the answers on."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from esdash.exports.reports import setting
from esdash.texts import Text
from esdash.wording import questions
from esdash.wording.names import Names
from esdash.wording.questions import Call

_TEMPLATE = Path(__file__).with_suffix(".typ")


def call_sheet(calls: Sequence[Call], names: Names, text: Text, created: datetime | None = None) -> bytes:
    """The calls as PDF. Equal input with an equal `created` (now, if left out) gives equal bytes."""
    status, day = names.city, names.city["today"]
    notice = text(f"export.{status['kind']}_note") if status["kind"] in ("example", "generated") else ""
    content: dict[str, Any] = {
        "language": text.language,
        "title": text("call_sheet.title"),
        "author": status["name"],
        "subtitle": text("call_sheet.subtitle", city=status["name"], day=day),
        "date": [day.year, day.month, day.day],
        "notice": notice,
        "page": text("export.page", page="{page}", pages="{pages}"),
        "how": text("call_sheet.how") if calls else text("ask.all_known"),
        "done": text("call_sheet.done"),
        "calls": [_call(rank, call, text) for rank, call in enumerate(calls, start=1)],
    }
    return setting.pdf(_TEMPLATE, setting.breakable(content), created)


def _call(rank: int, call: Call, text: Text) -> dict[str, Any]:
    offers = [{"name": one.name, "questions": questions.asked(one, text)} for one in call.questions]
    return {
        "rank": str(rank),
        "name": call.organization,
        "worth": call.worth,
        "contact": call.contact,
        "offers": offers,
    }
