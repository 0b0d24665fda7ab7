"""Measures as they stand: all of them, what is due, their notes, and the control list (Beschlusskontrolle)."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.cached import cached

# What a line of the control list says of its state: red (overdue), yellow, green, grey.
LIGHTS = {
    **{"overdue": "red", "waiting": "yellow", "soon": "yellow", "no_measure": "yellow"},
    **{"on_track": "green", "done": "green", "dropped": "grey"},
}


def measures(inventory: Inventory) -> pd.DataFrame:
    """One row per measure by number, with its decision or answer, last note, last reason for a delay, and next step.

    `asks`: why an open one asks for attention today: overdue, waiting, soon; else NULL.
    """
    return inventory.frame(
        "SELECT *, measure_asks(state, due_on, $day) AS asks FROM measure_listed", day=inventory.today()
    )


def due(inventory: Inventory, day: date) -> pd.DataFrame:
    """One row per open measure that is overdue on a day, waits, or is due within 30 days (`why`), the earliest first.

    days: until it is due, negative where it is overdue.
    """
    return inventory.frame("FROM measures_due($day)", day=day)


def control(inventory: Inventory, day: date) -> pd.DataFrame:
    """One row per line of the control list on a day, by date and number of the decision (what has none comes last).

    `light`: of LIGHTS. A measure leaves when a meeting took note of its end, a decision without a measure when one
    follows from it, or another decision about the same subject.
    """
    return inventory.frame("FROM control_list($day)", day=day)


@cached
def notes(inventory: Inventory, measure_id: str) -> list[dict[str, Any]]:
    """The progress notes of a measure, the newest first."""
    return inventory.rows(
        "FROM progress_note WHERE measure_id = $id ORDER BY noted_on DESC, progress_note_id DESC", id=measure_id
    )


def milestones(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The steps of a measure: text, due_on and done_on as days or None."""
    stored = row.get("milestones")
    steps = json.loads(stored) if isinstance(stored, str) else []
    return [
        {"text": step["text"], "due_on": _day(step.get("due_on")), "done_on": _day(step.get("done_on"))}
        for step in steps
    ]


def aim(row: Mapping[str, Any]) -> tuple[str, Selection, date, float | None] | None:
    """What a measure should change: the figure, where and for whom, the day of the decision, the wanted figure."""
    stored = row.get("effect")
    said = json.loads(stored) if isinstance(stored, str) else None
    if not said:
        return None
    ids = (tuple(said.get(name) or ()) for name in ("target_group_ids", "theme_ids", "district_ids"))
    target = said.get("target")
    day = date.fromisoformat(said["as_of"])
    return said["measure"], Selection(*ids), day, None if target is None else float(target)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
