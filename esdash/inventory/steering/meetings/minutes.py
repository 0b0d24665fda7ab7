"""Minutes: drafted from what was decided until somebody edits them, then only edited and appended to by people.

After a meeting is closed the text stays as it is, with its checksum; what was wrong is named in a dated correction.
"""

import json
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.inventory.steering.meetings import meetings


def write(inventory: Inventory, actor: Actor, meeting_id: str, text: str, version: int | None = None) -> None:
    """Store the edited text of a meeting that is not closed; from then on it is not drafted anew.

    Raises UserError for an empty text, one that names a known person, and if somebody changed the meeting since
    `version`.
    """
    words = tidied(text)
    if not words:
        raise UserError("minutes_empty")
    with inventory.change(actor, Action.WRITE_MINUTES) as change:
        row = meetings.found(change, meeting_id)
        meetings.refuse_closed(row)
        refuse_people(change, words)
        if row["minutes"] != words:
            seen = {"meeting_id": meeting_id, "version": row["version"] if version is None else version}
            change.update("meeting", [{**seen, "minutes": words, "minutes_edited": True}])


def append(inventory: Inventory, actor: Actor, meeting_id: str, more: str) -> None:
    """Add paragraphs at the end of an edited text; those that are in it already are left out."""
    with inventory.change(actor, Action.WRITE_MINUTES) as change:
        row = meetings.found(change, meeting_id)
        meetings.refuse_closed(row)
        before = row["minutes"] or ""
        new = [part for part in tidied(more).split("\n\n") if part and part not in before]
        refuse_people(change, *new)
        if new:
            words = "\n\n".join([*([before] if before else []), *new])
            seen = {"meeting_id": meeting_id, "version": row["version"]}
            change.update("meeting", [{**seen, "minutes": words, "minutes_edited": True}])


def draft_again(inventory: Inventory, actor: Actor, meeting_id: str, version: int | None = None) -> None:
    """Forget an edited text, so that the minutes are drafted from what was decided. A second click changes nothing."""
    with inventory.change(actor, Action.WRITE_MINUTES) as change:
        row = meetings.found(change, meeting_id)
        meetings.refuse_closed(row)
        if row["minutes_edited"]:
            seen = {"meeting_id": meeting_id, "version": row["version"] if version is None else version}
            change.update("meeting", [{**seen, "minutes": None, "minutes_edited": False}])


def correct(inventory: Inventory, actor: Actor, meeting_id: str, old: str, new: str, reason: str) -> None:
    """Correct a closed meeting: the day, the old and the new wording, and why; the text itself stays.

    A second click changes nothing. Raises UserError for a meeting that is not closed, if the old wording is not in the
    minutes or an earlier correction, without a new wording or a reason, and for a text that names a known person.
    """
    old, new, reason = (tidied(words) for words in (old, new, reason))
    if not new or not reason or old == new:
        raise UserError("minutes_correction_incomplete")
    with inventory.change(actor, Action.CLOSE_MEETING, reason) as change:
        row = meetings.found(change, meeting_id)
        if row["meeting_state"] != "closed":
            raise UserError("minutes_not_closed", name=row["name"])
        before = corrections(row)
        said = {"field": "minutes", "old": old, "new": new, "reason": reason}
        if any(said.items() <= one.items() for one in before):
            return
        if not old or not any(old in words for words in (row["minutes"] or "", *(one["new"] for one in before))):
            raise UserError("minutes_old_wording", old=old)
        refuse_people(change, new, reason)
        more = {"on": f"{inventory.today():%Y-%m-%d}", "by": actor.name, **said}
        seen = {"meeting_id": meeting_id, "version": row["version"]}
        change.update("meeting", [{**seen, "corrections": [*before, more]}])


def corrections(meeting: dict[str, Any]) -> list[dict[str, str]]:
    """The corrections of a meeting, the earliest first: on, by, field, old, new, reason."""
    found: list[dict[str, str]] = json.loads(meeting["corrections"] or "[]")
    return found


def tidied(text: str) -> str:
    """A text without spaces at the ends of its lines and empty lines around it."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
