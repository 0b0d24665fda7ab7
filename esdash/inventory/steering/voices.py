"""A round of voices over chosen items of the list: opening, handing in, taking back, closing, calling off.

A round informs, it does not decide. Before it is closed, its voices stand in `open_voice` only, which nothing reads but
this module. Closing moves them to `voice` in one transaction; without agreed names no row there says whose it is.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.cached import cached
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.inventory.steering import closing
from esdash.inventory.steering.closing import FEWEST_UNNAMED
from esdash.model.visible import one_line

METHODS = ("dots", "points")
LONGEST_QUESTION, LONGEST_REASON = 200, 300
FEWEST_ITEMS = 2  # one item alone has no order
FEWEST_SEATS = 2
ITEMS_PER_DOT = 4  # a quarter of the items: the guide of New York's health department for dot voting
USUAL_POINTS = 5  # the scale 0 to 5 is the usual one for scores
MOST_POINTS = 10  # more do not fit side by side on a telephone, and nobody tells 13 from 14

_LISTED = "FROM inventory.voice_round ORDER BY state = 'open' DESC, closed_at DESC, opened_on DESC, voice_round_id"
_ON_THE_LIST = """
SELECT priority_item_id FROM inventory.priority_item
WHERE priority_item_id IN $ids AND listed_on IS NOT NULL AND ended_on IS NULL
"""


@dataclass(frozen=True)
class Round:
    """A round of voices; who has handed in is known, what they gave is not."""

    voice_round_id: str
    body_id: str | None
    meeting_id: str | None
    question: str
    method: str
    dots: int | None
    most_per_item: int
    item_ids: tuple[str, ...]
    seats: tuple[str, ...]
    names_shown: bool
    state: str
    handed_in: tuple[str, ...]
    opened_on: date
    opened_by: str
    closed_at: datetime | None
    closed_by: str | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The seats that have not handed in."""
        return tuple(seat for seat in self.seats if seat not in self.handed_in)


@cached
def rounds(inventory: Inventory) -> list[Round]:
    """All rounds: open ones first, then the last closed ones."""
    return [_round(row) for row in inventory.rows(_LISTED)]


def usual_dots(items: int) -> int:
    """How many dots each seat gets if nothing else is agreed."""
    return max(1, -(-items // ITEMS_PER_DOT))


def open_round(
    inventory: Inventory,
    actor: Actor,
    question: str,
    item_ids: Sequence[str],
    seats: Sequence[str],
    method: str = METHODS[0],
    dots: int | None = None,
    most_per_item: int | None = None,
    names_shown: bool = False,
    body_id: str | None = None,
    meeting_id: str | None = None,
) -> str:
    """Open a round; returns its id. A second call with the same changes nothing.

    `dots`: how many each seat gives away (None: a quarter of the items); `most_per_item`: None: as many as there are
    dots, or 5 points. Raises UserError for a missing question, too few items or seats, numbers that do not fit, an item
    that is not on the list, a question that names a known person, and while another round of the group is open.
    """
    question, items, seats = one_line(question), list(dict.fromkeys(item_ids)), list(dict.fromkeys(seats))
    if method not in METHODS:
        raise ValueError(method)
    dots = None if method == "points" else usual_dots(len(items)) if dots is None else dots
    most = most_per_item or min(MOST_POINTS, dots or USUAL_POINTS)
    _possible(question, items, seats, dots, most, names_shown)
    row = {
        **{"body_id": body_id, "meeting_id": meeting_id, "question": question, "method": method, "dots": dots},
        **{"most_per_item": most, "priority_item_ids": items, "seat_organization_ids": seats},
        **{"names_shown": names_shown, "opened_by": actor.name},
    }
    with inventory.change(actor, Action.OPEN_VOICES, question) as change:
        known = change.rows(
            "FROM inventory.voice_round WHERE state = 'open' AND body_id IS NOT DISTINCT FROM $body", body=body_id
        )
        for other in known:
            if all(other[name] == value for name, value in row.items()):  # a second click
                return str(other["voice_round_id"])
            raise UserError("voices_open_already", question=other["question"], by=other["opened_by"])
        there = {found["priority_item_id"] for found in change.rows(_ON_THE_LIST, ids=items)}
        refuse_people(change, question)
        if set(items) - there:
            raise UserError("voices_item_gone", n=len(set(items) - there))
        round_id = f"r{secrets.token_hex(6)}"
        change.insert("voice_round", [{"voice_round_id": round_id, "opened_on": inventory.today(), **row}])
        return round_id


def hand_in(
    inventory: Inventory,
    actor: Actor,
    round_id: str,
    seat: str,
    points: Mapping[str, int],
    reasons: Mapping[str, str] | None = None,
) -> None:
    """Hand in the points of a seat, item → points. An earlier hand-in of the seat is replaced.

    Raises UserError if the round is closed or gone, for a seat or an item that is not in it, for a number outside
    0 to the most per item, for another total than the dots (items left out have none), if points are given and an
    item is left out, and for a reason that names a known person.
    """
    with inventory.change(actor, Action.HAND_IN_VOICES) as change:
        row = _open(change, round_id)
        if seat not in row["seat_organization_ids"]:
            raise UserError("voices_no_seat")
        given = _given(row, points)
        said = {item: " ".join(words.split())[:LONGEST_REASON] for item, words in (reasons or {}).items()}
        refuse_people(change, *said.values())
        _remove(change, row, seat)
        change.insert(
            "open_voice",
            [
                {
                    **{"open_voice_id": f"{round_id}|{seat}|{item}", "voice_round_id": round_id},
                    **{"seat_organization_id": seat, "priority_item_id": item, "points": value},
                    **{"reason": said.get(item) or None, "recorded_by": "at_the_table"},
                }
                for item, value in given.items()
            ],
        )
        _mark(change, row, [*(one for one in row["handed_in_ids"] if one != seat), seat])


def take_back(inventory: Inventory, actor: Actor, round_id: str, seat: str) -> None:
    """Take the hand-in of a seat back. A second call changes nothing. Raises UserError if the round is closed."""
    with inventory.change(actor, Action.HAND_IN_VOICES) as change:
        row = _open(change, round_id)
        if seat in row["handed_in_ids"]:
            _remove(change, row, seat)
            _mark(change, row, [one for one in row["handed_in_ids"] if one != seat])


def close_round(
    inventory: Inventory,
    actor: Actor,
    round_id: str,
    organizations: Mapping[str, Collection[str]],
    without: Collection[str] = (),
) -> bool:
    """Close a round: its voices become the result, and nothing of it changes any more; returns whether it was open.

    `organizations`: item → organisations that it names, as people saw it (`analysis.voices.named`): the conflicts of
    interest. `without`: the seats that the person was shown as missing and confirmed. Raises UserError if others are
    missing too, if nobody has handed in, or if too few have for a result without names.
    """
    with inventory.change(actor, Action.CLOSE_VOICES) as change:
        row = _known(change, round_id)
        if row["state"] == "closed":  # a second click, or somebody else at the same time
            return False
        seats, handed_in = list(dict.fromkeys(row["seat_organization_ids"])), set(row["handed_in_ids"])
        if not handed_in:
            raise UserError("voices_nobody")
        if not row["names_shown"] and len(handed_in) < FEWEST_UNNAMED:
            raise UserError("voices_too_few", n=len(handed_in), least=FEWEST_UNNAMED)
        if missing := [seat for seat in seats if seat not in handed_in and seat not in without]:
            raise UserError("voices_missing", n=len(missing))
        there = [seat for seat in seats if seat in handed_in]
        conflicts = closing.of_seats(organizations, there)
        voices, open_ids = closing.voices(change, row, conflicts)
        change.insert("voice", voices)
        change.remove("open_voice", open_ids)
        closed = {"closed_at": inventory.now().astimezone(UTC).replace(tzinfo=None), "closed_by": actor.name}
        key = {"voice_round_id": round_id, "version": row["version"]}
        change.update("voice_round", [{**key, "state": "closed", "named": conflicts, **closed}])
        return True


def call_off(inventory: Inventory, actor: Actor, round_id: str) -> None:
    """Call an open round off: it and what was handed in are gone. A second call changes nothing.

    Raises UserError if the round was closed meanwhile.
    """
    with inventory.change(actor, Action.CLOSE_VOICES) as change:
        if not change.rows("SELECT 1 FROM inventory.voice_round WHERE voice_round_id = $id", id=round_id):
            return
        _open(change, round_id)
        rows = change.rows("SELECT open_voice_id FROM inventory.open_voice WHERE voice_round_id = $id", id=round_id)
        change.remove("open_voice", [row["open_voice_id"] for row in rows])
        change.remove("voice_round", [round_id])


def explain(inventory: Inventory, actor: Actor, item_id: str, reason: str, version: int | None = None) -> None:
    """Store why people see an item elsewhere than the computation; empty: no reason any more.

    A second click changes nothing. Raises UserError for an item that is not on the list, for a text that is too long or
    names a known person, and if somebody changed the item since `version` was seen.
    """
    words = " ".join(reason.split())
    if len(words) > LONGEST_REASON:
        raise UserError("voices_reason_long", most=LONGEST_REASON)
    with inventory.change(actor, Action.EDIT_ITEM, words or None) as change:
        known = change.rows(
            "SELECT version, score_reason FROM inventory.priority_item "
            "WHERE priority_item_id = $id AND listed_on IS NOT NULL AND ended_on IS NULL",
            id=item_id,
        )
        if not known:
            raise UserError("voices_item_gone", n=1)
        if (known[0]["score_reason"] or "") == words:
            return
        refuse_people(change, words)
        seen = known[0]["version"] if version is None else version
        change.update("priority_item", [{"priority_item_id": item_id, "version": seen, "score_reason": words or None}])


# ---------------------------------------------------------------- inside


def _round(row: Mapping[str, Any]) -> Round:
    lists = {"item_ids": "priority_item_ids", "seats": "seat_organization_ids", "handed_in": "handed_in_ids"}
    fields: dict[str, Any] = {name: row[name] for name in Round.__dataclass_fields__ if name not in lists}
    return Round(**fields | {name: tuple(dict.fromkeys(row[column])) for name, column in lists.items()})


def _possible(
    question: str, items: list[str], seats: list[str], dots: int | None, most: int, names_shown: bool
) -> None:
    """Raises UserError if such a round makes no sense."""
    if not question or len(question) > LONGEST_QUESTION:
        raise UserError("voices_question", most=LONGEST_QUESTION)
    if len(items) < FEWEST_ITEMS:
        raise UserError("voices_items", least=FEWEST_ITEMS)
    if len(seats) < FEWEST_SEATS:
        raise UserError("voices_seats", least=FEWEST_SEATS)
    if not names_shown and len(seats) < FEWEST_UNNAMED:
        raise UserError("voices_seats_unnamed", n=len(seats), least=FEWEST_UNNAMED)
    if not 1 <= most <= MOST_POINTS:
        raise UserError("voices_most", most=MOST_POINTS)
    if dots is not None and not most <= dots <= most * len(items):
        raise UserError("voices_dots", dots=dots, per_item=most, room=most * len(items))


def _known(change: Change, round_id: str) -> dict[str, Any]:
    rows = change.rows("FROM inventory.voice_round WHERE voice_round_id = $id", id=round_id)
    if not rows:
        raise UserError("voices_gone")
    return rows[0]


def _open(change: Change, round_id: str) -> dict[str, Any]:
    """The row of an open round. Raises UserError if it is closed or gone."""
    row = _known(change, round_id)
    if row["state"] == "closed":
        raise UserError("voices_closed", by=row["closed_by"], day=row["closed_at"].date())
    return row


def _given(row: Mapping[str, Any], points: Mapping[str, int]) -> dict[str, int]:
    """Every item of the round with its points. Raises UserError for numbers that the round does not allow."""
    items, most = list(dict.fromkeys(row["priority_item_ids"])), int(row["most_per_item"])
    if set(points) - set(items):
        raise UserError("voices_other_item")
    if any(not 0 <= value <= most for value in points.values()):
        raise UserError("voices_out_of_range", most=most)
    if row["method"] == "dots" and sum(points.values()) != row["dots"]:
        raise UserError("voices_total", given=sum(points.values()), dots=row["dots"])
    if row["method"] == "points" and len(points) < len(items):  # what nobody judged is not 0
        raise UserError("voices_incomplete", n=len(items) - len(points))
    return {item: int(points.get(item, 0)) for item in items}


def _remove(change: Change, row: Mapping[str, Any], seat: str) -> None:
    """Remove what was handed in for a seat, also for an organisation that was merged into it."""
    rows = closing.open_voices(change, row["voice_round_id"])
    change.remove("open_voice", [one["open_voice_id"] for one in rows if one["seat"] == seat])


def _mark(change: Change, row: Mapping[str, Any], handed_in: list[str]) -> None:
    """Note who has handed in: this is logged, so that a hand-in that the disk has lost is noticed."""
    key = {"voice_round_id": row["voice_round_id"], "version": row["version"]}
    change.update("voice_round", [{**key, "handed_in_ids": sorted(handed_in)}])
