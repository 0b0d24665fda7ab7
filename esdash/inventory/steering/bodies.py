"""The groups that meet and decide: their name, who has a seat, quorum and majority."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.cached import cached
from esdash.inventory.file.store import Change, Inventory
from esdash.model.visible import one_line

KINDS = ("steering", "working_group")
MAJORITIES = ("simple", "two_thirds")
LONGEST_NAME = 80  # fits a list on a screen
LONGEST_SHORT = 8  # stands in numbers of meetings: SG/004/2026
FEWEST_SEATS = 2  # one organisation alone is no group

_SHORT = re.compile(r"[A-Za-zÄÖÜäöüß0-9-]+")
_LISTED = "FROM inventory.body ORDER BY kind = 'steering' DESC, name COLLATE de, body_id"


@dataclass(frozen=True)
class Body:
    """A group that meets. `version` is what a person saw before changing it; `quorum` None: none agreed."""

    body_id: str
    name: str
    short_name: str
    kind: str
    seat_organization_ids: tuple[str, ...]
    quorum: int | None
    majority: str
    version: int


@cached
def bodies(inventory: Inventory) -> list[Body]:
    """All groups: steering groups first, then by name."""
    return [
        Body(**{**row, "seat_organization_ids": tuple(dict.fromkeys(row["seat_organization_ids"]))})
        for row in inventory.rows(_LISTED)
    ]


def body(inventory: Inventory, body_id: str | None) -> Body | None:
    """One group; None if there is none of that id."""
    return next((one for one in bodies(inventory) if one.body_id == body_id), None)


def save(
    inventory: Inventory,
    actor: Actor,
    name: str,
    short_name: str,
    seats: Sequence[str],
    kind: str = KINDS[0],
    quorum: int | None = None,
    majority: str = MAJORITIES[0],
    seen: Body | None = None,
) -> str:
    """Add a group, or change the one that was `seen`; returns its id. A second call with the same changes nothing.

    Raises UserError for a name or short name that is empty, too long or taken, for fewer than two seats, a quorum
    beyond the seats, an organisation that does not exist, and if somebody changed the group since it was seen.
    """
    name, short_name, seats = one_line(name), short_name.strip(), list(dict.fromkeys(seats))
    if kind not in KINDS or majority not in MAJORITIES:
        raise ValueError(f"{kind}, {majority}")
    if not name or len(name) > LONGEST_NAME:
        raise UserError("body_name", most=LONGEST_NAME)
    if not _SHORT.fullmatch(short_name) or len(short_name) > LONGEST_SHORT:
        raise UserError("body_short_name", most=LONGEST_SHORT)
    if len(seats) < FEWEST_SEATS:
        raise UserError("body_seats", least=FEWEST_SEATS)
    if quorum is not None and not 0 < quorum <= len(seats):
        raise UserError("body_quorum", quorum=quorum, seats=len(seats))
    row = {
        **{"name": name, "short_name": short_name, "kind": kind, "seat_organization_ids": seats},
        **{"quorum": quorum, "majority": majority},
    }
    with inventory.change(actor, Action.ENTER_BODY, name) as change:
        same = _named_alike(change, name, short_name)
        if seen is None and any(all(known[field] == row[field] for field in row) for known in same):
            return str(same[0]["body_id"])  # a second click
        for known in same:
            if seen is None or known["body_id"] != seen.body_id:
                raise UserError("body_twice", name=known["name"], short=known["short_name"])
        _refuse_unknown(change, seats)
        if seen is None:
            body_id = f"b{secrets.token_hex(6)}"
            change.insert("body", [{"body_id": body_id, **row}])
            return body_id
        if any(
            getattr(seen, field) != (tuple(seats) if field == "seat_organization_ids" else row[field]) for field in row
        ):
            change.update("body", [{"body_id": seen.body_id, "version": seen.version, **row}])
        return seen.body_id


# ---------------------------------------------------------------- inside


def _named_alike(change: Change, name: str, short_name: str) -> list[dict[str, object]]:
    """The groups with this name or short name, in whatever case."""
    return change.rows(
        "FROM inventory.body WHERE lower(name) = lower($name) OR lower(short_name) = lower($short) ORDER BY body_id",
        name=name,
        short=short_name,
    )


def _refuse_unknown(change: Change, seats: Sequence[str]) -> None:
    known = change.rows(
        "SELECT organization_id FROM inventory.organization WHERE organization_id IN $ids", ids=list(seats)
    )
    for missing in sorted(set(seats) - {row["organization_id"] for row in known}):
        raise UserError("body_organization_gone", organization=missing)
