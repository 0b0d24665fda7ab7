"""Handing a frozen version of the list over: when, to whom, until when an answer is asked for; receipt and reminder."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.privacy.naming import refuse_people

Row = dict[str, Any]


def hand_over(
    inventory: Inventory,
    actor: Actor,
    version_id: str,
    on: date,
    recipient: str,
    note: str | None = None,
    answer_due_on: date | None = None,
    seen: int | None = None,
    noted: Mapping[str, date | None] | None = None,
) -> None:
    """Record that a version was handed over. The same once more changes nothing.

    `noted`: receipt_on and reminded_on, if they are told as well.

    What was recorded before is corrected only by somebody who saw it: `seen` is the version of the row that was shown.
    Raises UserError for a version that does not exist, without a recipient, for days that cannot be, for words that
    name a known person, and if somebody else has recorded it otherwise meanwhile.
    """
    recipient = recipient.strip()
    said = {
        **{"handed_over_on": on, "recipient": recipient, "hand_over_note": (note or "").strip() or None},
        "answer_due_on": answer_due_on,
        **(noted or {}),
    }
    with inventory.change(actor, Action.HAND_OVER_LIST) as change:
        row = _frozen(change, version_id)
        if not recipient:
            raise UserError("hand_over_no_recipient", number=row["number"])
        _possible(inventory, row, on, row["frozen_on"], "hand_over_before")
        if answer_due_on is not None and answer_due_on < on:
            raise UserError("hand_over_due_before", day=answer_due_on, handed=on)
        for day in (noted or {}).values():
            _possible(inventory, row, day or on, on, "hand_over_note_before")
        refuse_people(change, recipient, note)
        if all(row[name] == value for name, value in said.items()):  # a second click
            return
        if row["handed_over_on"] is not None and seen != row["version"]:
            raise UserError(
                "hand_over_meanwhile", number=row["number"], day=row["handed_over_on"], recipient=row["recipient"]
            )
        _update(change, row, {**said, "handed_over_by": actor.name})


def take_back(inventory: Inventory, actor: Actor, version_id: str, reason: str | None = None) -> None:
    """Take a hand-over back that was recorded by mistake. A second call changes nothing.

    Raises UserError if the city has already answered to this version.
    """
    with inventory.change(actor, Action.HAND_OVER_LIST, reason) as change:
        row = _frozen(change, version_id)
        if row["handed_over_on"] is None:
            return
        if change.rows(
            "SELECT 1 FROM inventory.answer JOIN inventory.list_entry USING (list_entry_id) "
            "WHERE list_version_id = $id LIMIT 1",
            id=version_id,
        ):
            raise UserError("hand_over_answered", number=row["number"])
        names = ("handed_over_on", "handed_over_by", "recipient", "hand_over_note", "answer_due_on")
        _update(change, row, dict.fromkeys((*names, "receipt_on", "reminded_on")))


def receipt(inventory: Inventory, actor: Actor, version_id: str, on: date | None) -> None:
    """Record the day on which the recipient confirmed the receipt; None: not confirmed."""
    _note(inventory, actor, version_id, "receipt_on", on)


def reminded(inventory: Inventory, actor: Actor, version_id: str, on: date | None) -> None:
    """Record the day of the last reminder; None: none."""
    _note(inventory, actor, version_id, "reminded_on", on)


# ---------------------------------------------------------------- inside


def _note(inventory: Inventory, actor: Actor, version_id: str, name: str, on: date | None) -> None:
    with inventory.change(actor, Action.HAND_OVER_LIST) as change:
        row = _frozen(change, version_id)
        if row["handed_over_on"] is None:
            raise UserError("hand_over_first", number=row["number"])
        if row[name] == on:  # a second click
            return
        if on is not None:
            _possible(inventory, row, on, row["handed_over_on"], "hand_over_note_before")
        _update(change, row, {name: on})


def _frozen(change: Change, version_id: str) -> Row:
    rows = change.rows(
        "SELECT * EXCLUDE (content, files) FROM inventory.list_version WHERE list_version_id = $id", id=version_id
    )
    if not rows:
        raise UserError("list_version_missing", version=version_id)
    return rows[0]


def _possible(inventory: Inventory, row: Row, on: date, earliest: date, key: str) -> None:
    """Raises UserError for a day in the future, or before the `earliest` possible one."""
    if on > inventory.today():
        raise UserError("hand_over_future", day=on)
    if on < earliest:
        raise UserError(key, day=on, number=row["number"], earliest=earliest)


def _update(change: Change, row: Row, values: Row) -> None:
    key = {"list_version_id": row["list_version_id"], "version": row["version"]}
    change.update("list_version", [{**key, **values}])
