"""Attempts to reach a contact, or a contact point by its own phone or mail: what was tried, and what came of it."""

from datetime import date
from typing import Any, Literal, get_args

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.editing.saving import new_key
from esdash.inventory.file import versions
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people
from esdash.model.visible import one_line

Channel = Literal["phone", "mail", "visit"]
Outcome = Literal["reached", "no_answer", "bounced", "wrong", "refused"]
Of = Literal["contact", "contact_point"]  # who was tried: a contact, or the place by its own phone or mail

CHANNELS: tuple[Channel, ...] = get_args(Channel)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


def note(
    inventory: Inventory,
    of: Of,
    record_id: str,
    on: date,
    channel: Channel,
    outcome: Outcome,
    by_role: str,
    actor: Actor,
    key: str | None = None,
) -> str:
    """Note an attempt; returns its id. A second call with the same `key` changes nothing.

    Who was reached has this day as last_reached_on, unless somebody reached them later. Raises UserError for a day in
    the future, without the function of who tried, for one that names a person, and for a record that is gone or
    archived.
    """
    attempt_id, role = key or new_key(), one_line(by_role)
    if on > inventory.today():
        raise UserError("attempt_in_future", day=on)
    if not role:
        raise UserError("attempt_needs_role")
    with inventory.change(actor, Action.NOTE_ATTEMPT, role) as change:
        if change.rows("SELECT 1 FROM inventory.contact_attempt WHERE contact_attempt_id = $id", id=attempt_id):
            return attempt_id
        record = versions.current(change, of, record_id)
        if record is None or record["status"] == "archived":
            raise UserError("attempt_of_nobody", record=record_id)
        refuse_people(change, role)
        said = {"attempted_on": on, "channel": channel, "outcome": outcome, "by_role": role}
        change.insert("contact_attempt", [{"contact_attempt_id": attempt_id, f"{of}_id": record_id, **said}])
        if of == "contact" and outcome == "reached" and (record["last_reached_on"] or date.min) < on:
            change.update("contact", [_row(record, on)])
    return attempt_id


def take_back(inventory: Inventory, attempt_id: str, actor: Actor) -> None:
    """Remove an attempt that was entered by mistake; a second call changes nothing.

    If it is what last_reached_on rests on, the contact gets the day before it back, as it was or as another attempt
    says.
    """
    with inventory.change(actor, Action.NOTE_ATTEMPT) as change:
        found = change.rows("FROM inventory.contact_attempt WHERE contact_attempt_id = $id", id=attempt_id)
        if not found:
            return
        change.remove("contact_attempt", [attempt_id])
        contact = versions.current(change, "contact", found[0]["contact_id"]) if found[0]["contact_id"] else None
        if contact and found[0]["outcome"] == "reached" and contact["last_reached_on"] == found[0]["attempted_on"]:
            day = _reached_otherwise(change, contact)
            if day != contact["last_reached_on"]:
                change.update("contact", [_row(contact, day)])


# One row per change of the day on which a contact was last reached, the latest first. by_hand: no attempt set it; one
# that does, or that is taken back, is logged right before.
_SET = (
    "SELECT CAST(l.after ->> '$.last_reached_on' AS DATE) AS day, a.record_id IS NULL AS by_hand "
    "FROM inventory.change_log AS l LEFT JOIN inventory.change_log AS a ON a.change_id = l.change_id - 1 "
    "AND a.table_name = 'contact_attempt' AND coalesce(a.after, a.before) ->> '$.contact_id' = l.record_id "
    "AND coalesce(a.after, a.before) ->> '$.outcome' = 'reached' "
    "WHERE l.table_name = 'contact' AND l.record_id = $id "
    "AND l.before ->> '$.last_reached_on' IS DISTINCT FROM l.after ->> '$.last_reached_on' ORDER BY l.change_id DESC"
)


def _row(contact: dict[str, Any], day: date | None) -> dict[str, Any]:
    return {**{name: contact[name] for name in ("contact_id", "version")}, "last_reached_on": day}


def _reached_otherwise(change: Change, contact: dict[str, Any]) -> date | None:
    """The last day on which a contact was reached by the attempts that are left, or as somebody entered it.

    If somebody entered the day by hand since, it stays.
    """
    key = contact["contact_id"]
    days = change.rows(_SET, id=key)
    if not days or days[0]["by_hand"]:
        stays: date = contact["last_reached_on"]
        return stays
    attempts = change.rows(
        "SELECT max(attempted_on) AS day FROM inventory.contact_attempt WHERE contact_id = $id AND outcome = 'reached'",
        id=key,
    )
    by_hand = [row for row in days if row["by_hand"]][:1]
    return max((row["day"] for row in (*attempts, *by_hand) if row["day"] is not None), default=None)
