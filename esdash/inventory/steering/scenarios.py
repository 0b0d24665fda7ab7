"""Scenarios: conditions saved under a name for a meeting."""

import json
import secrets
from dataclasses import dataclass
from datetime import date

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.cached import cached
from esdash.inventory.file.conditions import Conditions
from esdash.inventory.file.store import Change, Inventory

LONGEST_NAME = 80  # fits a list on a screen

_LISTED = "SELECT * FROM inventory.scenario ORDER BY saved_on DESC, name COLLATE de"
_SAME_NAME = "SELECT name FROM inventory.scenario WHERE lower(trim(name)) = lower(trim($name))"


@dataclass(frozen=True)
class Scenario:
    """A saved scenario. `conditions.check(inventory)` finds ids that no longer exist."""

    scenario_id: str
    name: str
    saved_by: str
    saved_on: date
    conditions: Conditions


@cached
def scenarios(inventory: Inventory) -> list[Scenario]:
    """All scenarios, the newest first."""
    return [
        Scenario(
            row["scenario_id"], row["name"], row["saved_by"], row["saved_on"], Conditions.from_json(row["content"])
        )
        for row in inventory.rows(_LISTED)
    ]


def save(inventory: Inventory, name: str, conditions: Conditions, actor: Actor) -> str:
    """Save conditions under a new name; returns the id of the scenario.

    Raises UserError for a name that is empty, too long or taken, for empty conditions, and for conditions that fail
    their `check`.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise UserError("scenario_name", most=LONGEST_NAME)
    if not conditions:
        raise UserError("scenario_empty")
    conditions.check(inventory)
    scenario_id = f"s{secrets.token_hex(6)}"
    with inventory.change(actor, Action.SAVE_SCENARIO, name) as change:
        _refuse_twice(change, name)
        change.insert(
            "scenario",
            [
                {
                    "scenario_id": scenario_id,
                    "name": name,
                    "content": json.loads(conditions.to_json()),
                    "saved_by": actor.name,
                    "saved_on": inventory.today(),
                }
            ],
        )
    return scenario_id


def remove(inventory: Inventory, scenario_id: str, actor: Actor) -> None:
    """Delete a scenario. Raises UserError if it does not exist any more."""
    with inventory.change(actor, Action.DELETE_SCENARIO) as change:
        found = change.rows("SELECT name FROM inventory.scenario WHERE scenario_id = $id", id=scenario_id)
        if not found:
            raise UserError("scenario_gone")
        change.remove("scenario", [scenario_id])


def _refuse_twice(change: Change, name: str) -> None:
    """Raises UserError if a scenario has this name already, in whatever case."""
    for row in change.rows(_SAME_NAME, name=name):
        raise UserError("scenario_twice", name=row["name"])
