"""Points of an agenda in words: what each is called, and why it is there."""

from collections.abc import Mapping
from typing import Any

from esdash.analysis.meetings import agenda, points
from esdash.analysis.meetings.agenda import Proposed, Resting
from esdash.analysis.priorities import items
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.inventory.steering.meetings.agenda import LONGEST_NAME, Point
from esdash.inventory.steering.meetings.meetings import COMING
from esdash.texts import Text
from esdash.wording import items as item_words


@cached
def proposals(inventory: Inventory, meeting_id: str, text: Text) -> list[Point]:
    """The points that the agenda of this meeting should have and has not, with names, and with minutes that fit."""
    found = agenda.build(inventory, meeting_id)
    titles = item_titles(inventory, text)
    meeting = points.meeting(inventory, meeting_id)
    length = agenda.length_of(meeting) if meeting else None
    weights = [one.minutes for one in found]
    if length is not None:
        taken = sum(row["planned_minutes"] or 0 for row in points.agenda(inventory, meeting_id))
        weights = agenda.shared(weights, max(length - taken, 0))
    return [_point(one, minutes, titles, text) for one, minutes in zip(found, weights, strict=True)]


def reasons(inventory: Inventory, meeting: Mapping[str, Any] | None, text: Text) -> list[list[str]]:
    """Why each point is proposed for a coming meeting; nothing for one that has begun."""
    if meeting is None or meeting["cancelled"] or meeting["meeting_state"] not in COMING:
        return []
    found = proposals(inventory, meeting["meeting_id"], text)
    return [list(one.why) for point in found for one in (point.inside or [point])]


@cached
def item_titles(inventory: Inventory, text: Text) -> dict[str, str]:
    """Item on the list → its title."""
    listed = items.on_list(inventory)
    return {str(row["priority_item_id"]): item_words.title(row, text) for row in listed.to_dict("records")}


def why(row: Mapping[str, Any], text: Text) -> str:
    """Why a point is on the agenda, in one line; `row` has `why` and `times_carried`."""
    words = [text(f"agenda.why_{word}") for word in row["why"] if word != "carried"]
    if row["times_carried"]:
        words.append(times(int(row["times_carried"]), text))
    elif "carried" in row["why"]:
        words.append(text("agenda.why_carried"))
    return " · ".join(words)


def times(carried: int, text: Text) -> str:
    """For which time a point is on the agenda."""
    known = {1: "agenda.time_second", 2: "agenda.time_third"}
    return text(known[carried]) if carried in known else text("agenda.time_later", n=carried + 1)


def rests(found: list[Resting], titles: Mapping[str, str], text: Text) -> str:
    """What rests until when, in one line; empty if nothing does."""
    said = [
        text("agenda.rests_one", name=one.name or titles.get(one.subject, one.subject), day=one.until) for one in found
    ]
    return text("agenda.rests", points="; ".join(said)) if said else ""


def minutes_line(rows: list[dict[str, Any]], meeting: Mapping[str, Any], text: Text) -> str:
    """How many minutes are planned, and how that compares with the length of the meeting."""
    planned = sum(row["planned_minutes"] or 0 for row in rows if row["state"] != "withdrawn")
    length = agenda.length_of(dict(meeting))
    if length is None:
        return text("agenda.minutes", n=planned)
    key = "fit" if planned == length else "over" if planned > length else "spare"
    return text(f"agenda.minutes_{key}", n=planned, length=length, rest=abs(length - planned))


# ---------------------------------------------------------------- inside


def _point(one: Proposed, minutes: int, titles: Mapping[str, str], text: Text) -> Point:
    inside = [_point(part, 0, titles, text) for part in one.inside]
    earlier = one.carried_from
    return Point(
        _name(one, titles, text),
        one.kind,
        one.subject_table,
        one.subject,
        one.why,
        minutes or None,
        view_url=earlier.get("view_url"),
        as_of=earlier.get("as_of"),
        note=earlier.get("note"),
        carried_from_id=earlier.get("agenda_item_id"),
        times_carried=earlier["times_carried"] + 1 if earlier else 0,
        inside=inside,
    )


def _name(one: Proposed, titles: Mapping[str, str], text: Text) -> str:
    if one.carried_from:
        words = str(one.carried_from["name"])
    elif one.kind == "item":
        words = titles.get(str(one.subject), str(one.subject))
    elif one.kind == "measure" and one.facts["ended"]:
        words = text("agenda.name_measure_ended", **_facts(one))
    else:
        words = text(f"agenda.name_{one.kind}", **_facts(one))
    return words if len(words) <= LONGEST_NAME else f"{words[: LONGEST_NAME - 1]}…"


def _facts(one: Proposed) -> dict[str, Any]:
    return {name: one.facts.get(name) for name in ("name", "number", "title", "text", "n", "waiting", "days_waiting")}
