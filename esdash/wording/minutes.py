"""Minutes drafted from what was decided: plain text, one paragraph per point, functions and seats only.

Minutes go out: of a promise that was broken they say only that the group spoke about a promise.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from esdash.analysis.meetings import points
from esdash.inventory import Inventory
from esdash.inventory.steering.meetings.closing import goes_on
from esdash.texts import Text
from esdash.wording import meetings as words
from esdash.wording.names import Names, names_of

Row = Mapping[str, Any]


def draft(inventory: Inventory, meeting_id: str, text: Text) -> str:
    """The minutes as they would be drafted now; empty for an unknown meeting."""
    meeting = points.meeting(inventory, meeting_id)
    if meeting is None:
        return ""
    names = names_of(inventory, text)
    rows = points.agenda(inventory, meeting_id)
    return "\n\n".join([head(meeting, names, text), *(_point(row, names, text) for row in rows)])


def current(inventory: Inventory, meeting: Row, text: Text) -> str:
    """The minutes: as people edited or closed them, else drafted."""
    if meeting["minutes"] and (meeting["minutes_edited"] or meeting["meeting_state"] == "closed"):
        return str(meeting["minutes"])
    return draft(inventory, str(meeting["meeting_id"]), text)


def missing_in(inventory: Inventory, meeting: Row, text: Text) -> list[str]:
    """The paragraphs about decisions whose number an edited text does not name."""
    if not meeting["minutes_edited"]:
        return []
    names, known = names_of(inventory, text), str(meeting["minutes"] or "")
    rows = points.agenda(inventory, str(meeting["meeting_id"]))
    return [_point(row, names, text) for row in rows if row["decision_number"] and row["decision_number"] not in known]


def head(meeting: Row, names: Names, text: Text) -> str:
    """The first paragraph: which meeting, when and where, who was there, and whether it could decide."""
    return "\n".join(_head(meeting, names, text))


def corrections(said: list[dict[str, str]], text: Text) -> list[str]:
    """The corrections of a closed meeting, one paragraph each."""
    return [
        text(
            "minutes.correction",
            day=date.fromisoformat(one["on"]),
            old=one["old"],
            new=one["new"],
            reason=one["reason"],
        )
        for one in said
    ]


# ---------------------------------------------------------------- inside


def _head(meeting: Row, names: Names, text: Text) -> Iterator[str]:
    yield text("minutes.title", name=meeting["name"])
    yield " · ".join(part for part in (str(meeting["number"] or ""), words.when(meeting, text)) if part)
    for role in ("chair_role", "minutes_role"):
        if meeting[role]:
            yield text(f"minutes.{role}", role=meeting[role])
    for field in ("present", "excused"):
        found = meeting[f"{field}_organization_ids"]
        if found:
            who = ", ".join(names.of("organization", key) for key in names.by_name("organization", found))
            yield text(f"minutes.{field}", n=len(found), who=who)
    if meeting["guests"]:
        yield text("minutes.guests", n=meeting["guests"])
    yield words.quorum(meeting, text)


def _point(row: Row, names: Names, text: Text) -> str:
    return "\n".join(_lines(row, names, text))


def _lines(row: Row, names: Names, text: Text) -> Iterator[str]:
    name = text("minutes.withheld") if row["withheld"] else row["name"]
    yield f"{row['number'] or '–'} {name}"
    if row["note"] and not row["withheld"]:
        yield str(row["note"])
    if row["decision_id"] is None:
        if row["state"] == "withdrawn":
            yield text("minutes.withdrawn")
        elif goes_on(row, None):
            yield text("minutes.goes_on")
        return
    yield text("minutes.decision", number=row["decision_number"], result=words.outcome(row, text))
    yield str(row["resolution_text"])
    if row["reason"]:
        yield text("decide.because", reason=row["reason"])
    yield text("minutes.vote", votes=words.votes(row, text))
    for line in (words.seats(row, names, text), words.task(row, names, text)):
        if line:
            yield line
