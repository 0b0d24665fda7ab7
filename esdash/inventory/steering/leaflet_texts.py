"""The texts of the flyer as the city words them, and who has read them.

A text is the standard one until somebody writes another. The German text is the source: a review of a translation
remembers the checksum of the German text that lay beside it. Where the German text is changed, its translations are
outdated and none is lost; where it is changed back, they hold again. Nothing here decides what prints: see METHODS M21.
"""

from dataclasses import dataclass
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.model.leaflet import SOURCE, sha256
from esdash.model.visible import one_line

LONGEST = 900  # signs of one text: a panel of the flyer holds no more

Row = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """What lay before the person who changes or reads a text.

    `version`: of the stored text, 0 for the standard one; `source`: the German text beside it.
    """

    version: int = 0
    source: str = ""


def write(inventory: Inventory, passage: str, language_id: str, words: str, seen: Seen, actor: Actor) -> None:
    """Word a text of the flyer; nobody has read it then. A second call with the same words changes nothing.

    Raises UserError for a text that is empty, too long or names a person, and if somebody else has changed it since.
    """
    with inventory.change(actor, Action.EDIT_LEAFLET) as change:
        before = _of(change, passage, language_id)
        given = _given(change, words)
        if before and before["text"] == given:
            return
        _put(change, before, passage, language_id, seen.version, given, None, None, None)


def review(
    inventory: Inventory, passage: str, language_id: str, words: str, by_role: str, seen: Seen, actor: Actor
) -> None:
    """Record that these words were read and are right, by a function, against the German text `seen.source`.

    Words that differ from what is stored replace it. A second call on the same day changes nothing. Raises UserError as
    `write`, and without a function.
    """
    with inventory.change(actor, Action.REVIEW_LEAFLET, by_role.strip() or None) as change:
        before = _of(change, passage, language_id)
        given, role = _given(change, words), " ".join(by_role.split())
        if not role:
            raise UserError("leaflet_needs_reader")
        refuse_people(change, role)
        source = None if language_id == SOURCE else sha256(seen.source.strip())
        reviewed = (source, inventory.today(), role)
        names = ("text", "source_sha256", "reviewed_on", "reviewed_by")
        if before and tuple(before[name] for name in names) == (given, *reviewed):
            return
        _put(change, before, passage, language_id, seen.version, given, *reviewed)


def back_to_standard(inventory: Inventory, passage: str, language_id: str, seen: Seen, actor: Actor) -> None:
    """Drop the city's own words, so that the standard text holds again. A second call changes nothing.

    Raises UserError if somebody else has changed the text since.
    """
    with inventory.change(actor, Action.EDIT_LEAFLET) as change:
        before = _of(change, passage, language_id)
        if not before:
            return
        _same_version(before, seen.version)
        change.remove("leaflet_text", [before["leaflet_text_id"]])


def _given(change: Change, words: str) -> str:
    given = "\n".join(filter(None, map(one_line, words.splitlines())))
    if not given:
        raise UserError("leaflet_text_empty")
    if len(given) > LONGEST:
        raise UserError("leaflet_text_long", length=len(given), most=LONGEST)
    refuse_people(change, given)
    return given


def _put(
    change: Change, before: Row | None, passage: str, language_id: str, version: int, words: str, *reviewed: Any
) -> None:
    """Write the text: a new row, or over the one that was seen."""
    row = dict(zip(("source_sha256", "reviewed_on", "reviewed_by"), reviewed, strict=True))
    if before:
        _same_version(before, version)
        key = {"leaflet_text_id": before["leaflet_text_id"], "version": version}
        change.update("leaflet_text", [{**key, "text": words, **row}])
        return
    if version:  # somebody went back to the standard text meanwhile
        raise UserError("record_changed_meanwhile", table="leaflet_text", record=f"{passage}|{language_id}")
    key = {"leaflet_text_id": f"{passage}|{language_id}", "passage": passage, "language_id": language_id}
    change.insert("leaflet_text", [{**key, "text": words, **row}])


def _same_version(before: Row, version: int) -> None:
    if before["version"] != version:
        raise UserError("record_changed_meanwhile", table="leaflet_text", record=before["leaflet_text_id"])


def _of(change: Change, passage: str, language_id: str) -> Row | None:
    rows = change.rows("FROM inventory.leaflet_text WHERE leaflet_text_id = $id", id=f"{passage}|{language_id}")
    return rows[0] if rows else None
