"""What to ask next in words (METHODS M12): what hangs on a call, its questions, a ready letter."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.maintenance.freshness import Mail, usable
from esdash.analysis.questions import questions
from esdash.analysis.questions.questions import Question
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording.names import Names


class Call(NamedTuple):
    """One call in words. `row`: its row of `questions.calls`; `contact`: whom to ask, as it may be shown."""

    row: Any
    worth: str
    contact: str
    questions: tuple[Question, ...]

    @property
    def organization_id(self) -> str:
        """Whom to call."""
        return str(self.row.organization_id)

    @property
    def organization(self) -> str:
        """The name of the organisation."""
        return str(self.row.organization)


def in_words(inventory: Inventory, text: Text, limit: int | None = None) -> list[Call]:
    """The calls in words, the most worth first, at most `limit`."""
    return [
        Call(row, worth(row, text), contact(row, text), tuple(questions.of(inventory, row.organization_id)))
        for row in questions.calls(inventory, limit).itertuples()
    ]


def contact(call: Any, text: Text) -> str:
    """Whom to ask, in one line: function, person as they may be shown, phone and address; else where to look."""
    person = [_known(value) for value in (call.contact_role, call.contact_name)]
    phone = _known(call.contact_phone) or _known(call.phone)
    email = _known(call.contact_email) or _known(call.email)
    ways = [phone and text("questions.phone", phone=phone), email, None if phone or email else _known(call.website)]
    said = [part for part in (*person, *ways) if part]
    if not any(ways):
        said.append(text("questions.no_way"))
    if reached := _known(call.last_reached_on):
        said.append(text("questions.reached", day=reached))
    return " · ".join(said)


def as_table(calls: Sequence[Call], text: Text) -> pd.DataFrame:
    """One row per question of the calls: organisation, whom to ask, offer, the fact and its question, what it helps.

    worth: needed places that the unknown facts of the whole offer keep open.
    """
    rows = [
        {
            **{"organization_id": call.organization_id, "organization": call.organization, "contact": call.contact},
            **{"initiative_id": question.initiative_id, "name": question.name, "fact": fact, "question": sentence},
            **{"worth": question.worth, "helps": call.worth},
        }
        for call in calls
        for question in call.questions
        for fact, sentence in zip(question.facts, asked(question, text), strict=True)
    ]
    named = (
        "organization_id",
        "organization",
        "contact",
        "initiative_id",
        "name",
        "fact",
        "question",
        "worth",
        "helps",
    )
    return pd.DataFrame(rows, columns=list(named))


def visits_in_words(found: pd.DataFrame, names: Names, text: Text) -> pd.DataFrame:
    """Rows of `questions.visits` with theme, district and what is known there in words."""
    return found.assign(
        cell=found["theme_id"].astype(str) + "|" + found["district_id"].astype(str),
        theme=[names.of("theme", key) for key in found["theme_id"]],
        district=[names.of("district", key) for key in found["district_id"]],
        known=[text(f"questions.{'none_known' if none else 'some_known'}") for none in found["none_known"]],
    )


def worth(call: Any, text: Text) -> str:
    """What hangs on a row of `questions.calls`: "hilft bei 14 Feldern mit 52 gebrauchten Plätzen"."""
    words = text("questions.helps_nothing")
    if call.fields:
        words = text.count("questions.helps", int(call.fields), places=text.number(call.needed, 0))
    asked_on = _known(getattr(call, "asked_on", None))
    return text("questions.asked_on", words=words, day=asked_on) if asked_on else words


def asked(question: Question, text: Text) -> list[str]:
    """The question in whole sentences, one per unknown fact of the offer."""
    return [text(f"questions.ask_{fact}", name=question.name) for fact in question.facts]


def visit(row: Any, text: Text) -> str:
    """A row of `questions.visits` in one sentence."""
    key = "questions.visit_none_known" if row.none_known else "questions.visit"
    return text(key, places=text.number(row.needed, 0))


def letter(call: Any, questions: Sequence[Question], city: str, text: Text) -> Mail:
    """The letter to an organisation: a person is named, and written to, only as they may be shown."""
    person = _known(call.contact_name)
    lines = [f"– {sentence}" for question in questions for sentence in asked(question, text)]
    paragraphs = (
        text("questions.letter_greeting_person", person=person) if person else text("questions.letter_greeting"),
        text("questions.letter_opening", organization=call.organization, city=city),
        "\n".join(lines),
        text("questions.letter_closing"),
    )
    to = usable(_known(call.contact_email), _known(call.email))
    return Mail(to, text("questions.letter_subject"), "\n\n".join(paragraphs) + "\n")


def _known(value: Any) -> Any:
    return None if pd.isna(value) else value
