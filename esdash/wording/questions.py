"""What to ask next in words (METHODS M12): what hangs on a call, its questions, a ready letter."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.questions.questions import Question
from esdash.texts import Text

_MAIL = re.compile(r"[^@\s]+@[^@\s]+")


class Letter(NamedTuple):
    """A letter with the questions of one call; `to` is None if no address may be used."""

    to: str | None
    subject: str
    body: str


def worth(call: Any, text: Text) -> str:
    """What hangs on a row of `questions.calls`: "hilft bei 14 Feldern mit 52 gebrauchten Plätzen"."""
    if not call.fields:
        return text("questions.helps_nothing")
    return text.count("questions.helps", int(call.fields), places=text.number(call.needed, 0))


def asked(question: Question, text: Text) -> list[str]:
    """The question in whole sentences, one per unknown fact of the offer."""
    return [text(f"questions.ask_{fact}", name=question.name) for fact in question.facts]


def visit(row: Any, text: Text) -> str:
    """A row of `questions.visits` in one sentence."""
    key = "questions.visit_none_known" if row.none_known else "questions.visit"
    return text(key, places=text.number(row.needed, 0))


def letter(call: Any, questions: Sequence[Question], city: str, text: Text) -> Letter:
    """The letter to an organisation: a person is named, and written to, only as they may be shown."""
    person = _known(call.contact_name)
    lines = [f"– {sentence}" for question in questions for sentence in asked(question, text)]
    paragraphs = (
        text("questions.letter_greeting_person", person=person) if person else text("questions.letter_greeting"),
        text("questions.letter_opening", organization=call.organization, city=city),
        "\n".join(lines),
        text("questions.letter_closing"),
    )
    addresses = (_known(call.contact_email), _known(call.email))
    to = next((address for address in addresses if address and _MAIL.fullmatch(address)), None)
    return Letter(to, text("questions.letter_subject"), "\n\n".join(paragraphs) + "\n")


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value
