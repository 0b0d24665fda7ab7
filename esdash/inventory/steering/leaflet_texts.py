"""The texts of the flyer as the city words them, and who has read them.

A text is the usual one until somebody writes another. The German text is the source: a review of a translation
remembers the checksum of the German text that lay beside it. Where the German text is changed, its translations are
outdated and none is lost; where it is changed back, they hold again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.model.visible import one_line
from esdash.texts.leaflet import SOURCE, hashed, places

LONGEST = 900  # signs of one text: a panel of the flyer holds no more
_MAY_BE_EMPTY = ("question_", "answer_")  # in German: the question is not printed in any language
_REVIEWED = ("source_sha256", "reviewed_on", "reviewed_by")
_SAID = ("text", *_REVIEWED)

Row = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """What lay before the person who changes or reads a text.

    `source`: the German text beside it; `version`: of the stored text, 0 for the usual one.
    """

    source: str
    version: int = 0


class Reading(NamedTuple):
    """A text that somebody has read."""

    passage: str
    words: str
    seen: Seen


def write(inventory: Inventory, passage: str, language_id: str, words: str, seen: Seen, actor: Actor) -> None:
    """Word a text of the flyer; nobody has read it then. A second call with the same words changes nothing.

    A German question may be emptied, and is not printed then. Raises UserError for another text that is empty, one that
    is too long, names a person or lacks what the program puts into it, and if somebody else has changed it since.
    """
    with inventory.change(actor, Action.EDIT_LEAFLET) as change:
        before = _of(change, passage, language_id)
        given = _given(change, passage, language_id, words, seen)
        if before and before["text"] == given:
            return
        _put(change, before, passage, language_id, seen.version, given, None, None, None)


def add_question(inventory: Inventory, number: int, question: str, answer: str, actor: Actor) -> None:
    """Add a question of the city's own with its answer, in German. A second call with the same words changes nothing.

    Raises UserError as `write`, and if somebody else has added a question with this number meanwhile.
    """
    with inventory.change(actor, Action.EDIT_LEAFLET) as change:
        for passage, words in ((f"question_{number}", question), (f"answer_{number}", answer)):
            given = _given(change, "", SOURCE, words, Seen(""))
            before = _of(change, passage, SOURCE)
            if not before or before["text"] != given:
                _put(change, before, passage, SOURCE, 0, given, None, None, None)


def review(inventory: Inventory, language_id: str, readings: Sequence[Reading], by_role: str, actor: Actor) -> None:
    """Record that these texts were read and are right, by a function, each against the German text that was seen.

    Words that differ from what is stored replace it. A second call on the same day changes nothing. Raises UserError as
    `write`, and without a function; then none of them is recorded.
    """
    with inventory.change(actor, Action.REVIEW_LEAFLET, one_line(by_role) or None) as change:
        role = one_line(by_role)
        if not role:
            raise UserError("leaflet_needs_reader")
        refuse_people(change, role)
        for passage, words, seen in readings:
            before = _of(change, passage, language_id)
            given = _given(change, passage, language_id, words, seen)
            source = None if language_id == SOURCE else hashed(seen.source)
            reviewed = (source, inventory.today(), role)
            if not before or tuple(before[name] for name in _SAID) != (given, *reviewed):
                _put(change, before, passage, language_id, seen.version, given, *reviewed)


def back_to_usual(inventory: Inventory, passage: str, language_id: str, seen: Seen, actor: Actor) -> None:
    """Drop the city's own words, so that the usual text holds again. A second call changes nothing.

    Raises UserError if somebody else has changed the text since.
    """
    with inventory.change(actor, Action.EDIT_LEAFLET) as change:
        before = _of(change, passage, language_id)
        if not before:
            return
        _same_version(before, seen.version)
        change.remove("leaflet_text", [before["leaflet_text_id"]])


def _given(change: Change, passage: str, language_id: str, words: str, seen: Seen) -> str:
    given = "\n".join(filter(None, map(one_line, words.splitlines())))
    if not given and not (language_id == SOURCE and passage.startswith(_MAY_BE_EMPTY)):
        raise UserError("leaflet_text_empty")
    if len(given) > LONGEST:
        raise UserError("leaflet_text_long", length=len(given), most=LONGEST)
    _refuse_other_places(given, seen.source)
    refuse_people(change, given)
    return given


def _refuse_other_places(given: str, source: str) -> None:
    """Raises UserError where the program could not put in what it puts into the German text, as a day."""
    wanted, there = places(source), places(given)
    left = given
    for name in there:
        left = left.replace(f"{{{name}}}", "")
    if wanted != there or "{" in left or "}" in left:
        named = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "–"
        raise UserError("leaflet_places", places=named)


def _put(
    change: Change, before: Row | None, passage: str, language_id: str, version: int, words: str, *reviewed: Any
) -> None:
    """Write the text: a new row, or over the one that was seen."""
    row = dict(zip(_REVIEWED, reviewed, strict=True))
    if before:
        _same_version(before, version)
        key = {"leaflet_text_id": before["leaflet_text_id"], "version": version}
        change.update("leaflet_text", [{**key, "text": words, **row}])
        return
    if version:  # somebody went back to the usual text meanwhile
        raise UserError("record_changed_meanwhile", table="leaflet_text", record=f"{passage}|{language_id}")
    key = {"leaflet_text_id": f"{passage}|{language_id}", "passage": passage, "language_id": language_id}
    change.insert("leaflet_text", [{**key, "text": words, **row}])


def _same_version(before: Row, version: int) -> None:
    if before["version"] != version:
        raise UserError("record_changed_meanwhile", table="leaflet_text", record=before["leaflet_text_id"])


def _of(change: Change, passage: str, language_id: str) -> Row | None:
    rows = change.rows("FROM inventory.leaflet_text WHERE leaflet_text_id = $id", id=f"{passage}|{language_id}")
    return rows[0] if rows else None
