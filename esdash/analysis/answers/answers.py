"""Answers of the city and its silence, counted in calendar days of the city (answers.sql, METHODS M17)."""

from typing import Any, NamedTuple

import pandas as pd

from esdash.inventory import Inventory


class Pace(NamedTuple):
    """Median days from hand-over to the first answer (None: no answer yet), over how many entries; how many wait."""

    median_days: float | None
    answered: int
    waiting: int


def entries(inventory: Inventory, version_id: str) -> pd.DataFrame:
    """One row per entry of a version, in its order: its last answer, or since when it waits (state, days_waiting,
    days_overdue).
    """
    return inventory.frame("FROM entry_state WHERE list_version_id = $version ORDER BY sort", version=version_id)


def of_item(inventory: Inventory, item_id: str) -> dict[str, Any] | None:
    """The entry of an item in the last version that was handed over with it, as in `entries`; None if there is none."""
    found = inventory.frame(
        "FROM entry_state WHERE priority_item_id = $item AND state <> 'kept' ORDER BY number DESC LIMIT 1", item=item_id
    ).to_dict("records")
    return {str(name): value for name, value in found[0].items()} if found else None


def silence(inventory: Inventory) -> pd.DataFrame:
    """One row per item that was handed over and is unanswered, the longest overdue first: number and title of its entry
    in the last version handed over with it, days_waiting since the hand-over, days_overdue since the day asked for
    (unknown: not passed, or none was named).
    """
    return inventory.frame("FROM silent_entry")


def given(inventory: Inventory, version_id: str | None = None) -> pd.DataFrame:
    """One row per answer to a version (None: to all), also superseded ones, the newest first."""
    return inventory.frame(
        "FROM answer_listed WHERE $version IS NULL OR list_version_id = $version", version=version_id
    )


def pace(inventory: Inventory) -> Pace:
    """How long the city takes to answer."""
    row = inventory.rows("FROM answer_pace")[0]
    return Pace(row["median_days"], row["answered"], row["waiting"])


def versions(inventory: Inventory) -> list[dict[str, Any]]:
    """One row per frozen version, the newest first, without its content: number, days, recipient, files, checksums, the
    number of its entries, and the day on which a meeting adopted it (unknown: none did).
    """
    return inventory.rows("FROM version_listed")


def handed_over(inventory: Inventory) -> dict[str, Any] | None:
    """The newest version that was handed over; None if none was."""
    return next((row for row in versions(inventory) if row["handed_over_on"] is not None), None)
