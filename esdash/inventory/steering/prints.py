"""The print register: what was printed when, how many copies, where they lie, and until when.

A print names the contact points on it by their ids, and for each a salted mark of what the paper says: it can be
compared with what is so today, and holds no personal data. An erasure empties the mark and the id of the contact
(privacy/rewriting.py). The ids stay as they were printed; who reads them follows merges of contact points and places
(analysis/prints/register.py), so that undoing a merge needs nothing here. Copies that no place names lie in the office.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.model.visible import one_line

MOST_COPIES = 1_000_000  # more is a slip of the hand

Row = dict[str, Any]


def new_salt() -> str:
    """The salt of a new print: with one of its own, what one print says cannot be looked up in another."""
    return secrets.token_hex(16)


@dataclass(frozen=True)
class Place:
    """Where copies lie: a place of the inventory, or another one in words (never a person)."""

    copies: int
    location_id: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class Print:
    """What was printed. `printed_by` is a function, no name.

    printed: per contact point on the paper its contact_point_id, contact_id (None: the place itself is asked) and
    sha256, the mark of what the paper says of it, made with `salt` (analysis/leaflet/contacts.py).
    """

    kind: str  # contact_list, wall_list, flyer
    audience: str  # volunteers, newcomers
    language_id: str
    as_of: date
    valid_to: date
    printed_on: date
    printed_by: str
    copies: int
    printed: tuple[Mapping[str, str | None], ...]
    salt: str
    places: tuple[Place, ...] = ()


def record(inventory: Inventory, said: Print, actor: Actor, key: str | None = None) -> str:
    """Enter a print into the register; returns its id. A second call with the same `key` changes nothing.

    Raises UserError without copies or a function, for a paper without a contact point, for a day in the future or
    before the day of its data, for more copies at places than were printed, for a place that does not exist or is said
    twice, and for names of people.
    """
    with inventory.change(actor, Action.RECORD_PRINT) as change:
        if said.printed_on > inventory.today():
            raise UserError("print_in_future", day=said.printed_on)
        return record_in(change, said, key)


def record_in(change: Change, said: Print, key: str | None = None) -> str:
    """As `record`, inside a transaction."""
    print_run_id = key or f"pr{secrets.token_hex(6)}"
    if change.rows("SELECT 1 FROM inventory.print_run WHERE print_run_id = $id", id=print_run_id):
        return print_run_id
    if not said.printed:
        raise UserError("print_without_contacts")
    if not 0 < said.copies <= MOST_COPIES:
        raise UserError("print_needs_copies", most=MOST_COPIES)
    if said.as_of > said.printed_on:
        raise UserError("print_before_data", day=said.printed_on, as_of=said.as_of)
    if said.valid_to < said.printed_on:
        raise UserError("print_outdated", day=said.valid_to)
    role = one_line(said.printed_by)
    if not role:
        raise UserError("print_needs_function")
    refuse_people(change, role)
    names = ("kind", "audience", "language_id", "as_of", "valid_to", "printed_on", "copies", "salt")
    row = {name: getattr(said, name) for name in names} | {"printed": [dict(line) for line in said.printed]}
    row |= {"printed_by": role, "laid_out": _laid_out(change, said.places, said.copies)}
    change.insert("print_run", [{"print_run_id": print_run_id, **row}])
    return print_run_id


def lay_out(inventory: Inventory, print_run_id: str, places: Sequence[Place], actor: Actor, version: int) -> None:
    """Record where the copies lie now; a second call changes nothing. Raises UserError as `record`.

    Raises UserError also if somebody else has changed the entry since `version`, and for a print that was collected.
    """
    with inventory.change(actor, Action.RECORD_PRINT) as change:
        before = _of(change, print_run_id)
        after = _laid_out(change, places, before["copies"])
        if after == json.loads(before["laid_out"]):
            return
        if before["collected_on"]:
            raise UserError("print_collected", day=before["collected_on"])
        change.update("print_run", [{"print_run_id": print_run_id, "version": version, "laid_out": after}])


def collect(inventory: Inventory, print_run_id: str, on: date, actor: Actor, version: int) -> None:
    """Record that the copies were collected or replaced; then the print rests. A second call changes nothing.

    Raises UserError for a day before the print or in the future, and if somebody else has changed the entry.
    """
    with inventory.change(actor, Action.RECORD_PRINT) as change:
        before = _of(change, print_run_id)
        if before["collected_on"] == on:
            return
        if not before["printed_on"] <= on <= inventory.today():
            raise UserError("print_collected_when", first=before["printed_on"], last=inventory.today())
        change.update("print_run", [{"print_run_id": print_run_id, "version": version, "collected_on": on}])


def lie_again(inventory: Inventory, print_run_id: str, actor: Actor, version: int) -> None:
    """Take `collect` back: the copies lie where they lay. A second call changes nothing."""
    with inventory.change(actor, Action.RECORD_PRINT) as change:
        if _of(change, print_run_id)["collected_on"]:
            change.update("print_run", [{"print_run_id": print_run_id, "version": version, "collected_on": None}])


def take_back(inventory: Inventory, print_run_id: str, actor: Actor, version: int) -> None:
    """Remove a print that was entered by mistake. A second call changes nothing.

    Raises UserError if somebody else has changed the entry since `version`.
    """
    with inventory.change(actor, Action.RECORD_PRINT) as change:
        rows = change.rows("SELECT version FROM inventory.print_run WHERE print_run_id = $id", id=print_run_id)
        if not rows:
            return
        if rows[0]["version"] != version:
            raise UserError("record_changed_meanwhile", table="print_run", record=print_run_id)
        change.remove("print_run", [print_run_id])


def _laid_out(change: Change, places: Sequence[Place], copies: int) -> list[Row]:
    """Where copies lie, as it is stored; lines without copies are left out."""
    wanted = [place for place in places if place.copies]
    said = [place.location_id or one_line(place.words) for place in wanted]
    if not all(said):
        raise UserError("print_place_missing")
    if any(place.copies < 0 for place in wanted) or sum(place.copies for place in wanted) > copies:
        raise UserError("print_too_many_laid_out", laid_out=sum(place.copies for place in wanted), copies=copies)
    if twice := next((place for place in said if said.count(place) > 1), None):
        name = change.rows("SELECT name FROM inventory.location WHERE location_id = $id", id=twice)
        raise UserError("print_place_twice", place=name[0]["name"] if name else twice)
    for place in wanted:
        if place.location_id and not change.rows(
            "SELECT 1 FROM inventory.location WHERE location_id = $id", id=place.location_id
        ):
            raise UserError("print_place_gone")
    refuse_people(change, *(one_line(place.words) for place in wanted if not place.location_id))
    return [
        {"location_id": place.location_id, "copies": place.copies}
        if place.location_id
        else {"place": one_line(place.words), "copies": place.copies}
        for place in wanted
    ]


def _of(change: Change, print_run_id: str) -> Row:
    """The row of a print. Raises UserError if there is none."""
    rows = change.rows("FROM inventory.print_run WHERE print_run_id = $id", id=print_run_id)
    if not rows:
        raise UserError("print_gone")
    return rows[0]
