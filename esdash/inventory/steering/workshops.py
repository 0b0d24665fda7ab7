"""Workshops: where the network talks, ideas come up and organisations promise something.

Participants are organisations; people who spoke for none are a number. No text names a person.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.inventory.steering import rows
from esdash.inventory.steering.rows import Row

LONGEST_NAME = 120  # characters: two lines on paper
LONGEST_MINUTES = 20_000  # characters: about eight pages
MOST_GUESTS = 10_000


@dataclass(frozen=True)
class Workshop:
    """What people say about a workshop; None is unknown. `guests`: people who spoke for no organisation."""

    name: str
    held_on: date | None
    location_id: str | None = None
    organizer_id: str | None = None
    participant_organization_ids: Sequence[str] = ()
    guests: int | None = None
    theme_ids: Sequence[str] = ()
    minutes: str | None = None


def record(inventory: Inventory, workshop: Workshop, actor: Actor, key: str | None = None) -> str:
    """Record a workshop; returns its id. A second call with the same `key` changes nothing.

    Raises UserError without a name or day, for a day in the future, for a workshop of that name and day that is there,
    and for a text that names a known person.
    """
    with inventory.change(actor, Action.RECORD_WORKSHOP, rows.line(workshop.name)) as change:
        workshop_id = key or f"ws{secrets.token_hex(6)}"
        if change.rows("SELECT 1 FROM inventory.workshop WHERE workshop_id = $id", id=workshop_id):
            return workshop_id
        row = _row(workshop)
        _refuse_wrong(inventory, change, row, "")
        change.insert("workshop", [{"workshop_id": workshop_id, **row}])
        return workshop_id


def change_said(inventory: Inventory, workshop_id: str, workshop: Workshop, actor: Actor, version: int = 0) -> bool:
    """Replace what is said about a workshop; returns whether anything changed. A second call changes nothing.

    Raises UserError as `record`, and if somebody else has changed it since `version` (0: whatever it is).
    """
    with inventory.change(actor, Action.RECORD_WORKSHOP, rows.line(workshop.name)) as change:
        before, after = rows.found(change, "workshop", workshop_id), _row(workshop)
        _refuse_wrong(inventory, change, after, workshop_id)
        return rows.write(change, "workshop", before, after, version)


def take_back(inventory: Inventory, workshop_id: str, actor: Actor) -> None:
    """Remove a workshop that was recorded by mistake; the change log keeps it. A second call changes nothing.

    Raises UserError as long as it has ideas or promises.
    """
    with inventory.change(actor, Action.RECORD_WORKSHOP) as change:
        of_it = (
            "SELECT (SELECT count(*) FROM inventory.idea WHERE workshop_id = $id) AS ideas, "
            "(SELECT count(*) FROM inventory.commitment WHERE workshop_id = $id) AS promises"
        )
        (held,) = change.rows(of_it, id=workshop_id)
        if held["ideas"] or held["promises"]:
            raise UserError("workshop_not_empty", **held)
        change.remove("workshop", [workshop_id])


# ---------------------------------------------------------------- inside


def _row(workshop: Workshop) -> Row:
    """The columns of a workshop, texts tidied, unknown as None."""
    said = asdict(workshop)
    said["name"] = rows.line(workshop.name)
    for name in ("participant_organization_ids", "theme_ids"):
        said[name] = list(dict.fromkeys(said[name])) or None
    said["minutes"] = (workshop.minutes or "").strip() or None
    return said


def _refuse_wrong(inventory: Inventory, change: Change, row: Row, key: str) -> None:
    if not row["name"] or row["held_on"] is None:
        raise UserError("workshop_needs_name_and_day")
    if len(row["name"]) > LONGEST_NAME or len(row["minutes"] or "") > LONGEST_MINUTES:
        raise UserError("workshop_too_long", most=LONGEST_NAME, minutes=LONGEST_MINUTES)
    if row["held_on"] > inventory.today():
        raise UserError("workshop_in_future", day=row["held_on"])
    if row["guests"] is not None and not 0 <= row["guests"] <= MOST_GUESTS:
        raise UserError("workshop_guests", guests=row["guests"], most=MOST_GUESTS)
    if change.rows(
        "SELECT 1 FROM inventory.workshop WHERE name = $name AND held_on = $day AND workshop_id <> $key",
        name=row["name"],
        day=row["held_on"],
        key=key,
    ):
        raise UserError("workshop_known", name=row["name"], day=row["held_on"])
    refuse_people(change, row["name"], row["minutes"])
