"""What is missing before a meeting can be closed."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from esdash.inventory.steering.meetings.closing import goes_on
from esdash.inventory.steering.meetings.majority import ADOPTING, quorate
from esdash.inventory.steering.meetings.said import LAST_TIME

Row = Mapping[str, Any]


class Missing(NamedTuple):
    """One thing that is missing, the points it is about, and whether the meeting cannot be closed like this."""

    kind: str  # open, third_time, lead, minutes_role, present, quorum
    points: tuple[str, ...] = ()
    stops: bool = False


def before_closing(meeting: Row, rows: Sequence[Row]) -> list[Missing]:
    """What is missing, what stops the closing first. `rows`: points as `points.agenda` gives them."""
    going = [row for row in rows if goes_on(row, row if row["decision_id"] else None)]
    last = [row for row in going if row["times_carried"] >= LAST_TIME and not _rests(row, meeting)]
    without = [
        row
        for row in rows
        if row["result"] in ADOPTING and row["subject_table"] == "priority_item" and row["measure_id"] is None
    ]
    about = (("third_time", last), ("open", going), ("lead", without))
    found = [Missing(kind, _named(some), kind == "third_time") for kind, some in about if some]
    if not meeting["minutes_role"]:
        found.append(Missing("minutes_role"))
    if meeting["present_organization_ids"] is None:
        found.append(Missing("present"))
    elif quorate(meeting, meeting) is False:
        found.append(Missing("quorum"))
    return found


def adopted_list(rows: Sequence[Row]) -> Row | None:
    """The point by which the priority list was adopted in this meeting; None if it was not."""
    return next((row for row in rows if row["kind"] == "list" and row["result"] in ADOPTING), None)


def _named(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(f"{row['number'] or '–'} {row['name']}" for row in rows)


def _rests(row: Row, meeting: Row) -> bool:
    return row["resume_on"] is not None and row["resume_on"] > meeting["held_on"]
