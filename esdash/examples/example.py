"""The fictional example inventory: one CSV per table with the day of entry, and the changes since.

All dates are shifted by whole weeks to end today, so that the example never looks old and weekdays stay the same.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from esdash.inventory import city
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.steering import deciding
from esdash.model import notation

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
ACTOR = Actor("Projektbüro (Beispiel)")


def fill(inventory: Inventory, city_folder: Path, example_folder: Path) -> None:
    """Load city and example, and replay 18 months of changes through the write door, so that the log has a history."""
    anchor = tomllib.loads((example_folder / "example.toml").read_text(encoding="utf-8"))["anchor"]
    weeks = (inventory.today() - anchor).days // 7
    moved = _mover(timedelta(weeks=weeks))
    days: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for path in sorted(example_folder.glob("*.csv")):
        for row in city.read_rows(path):
            row = {name: moved(value) for name, value in row.items()}
            days[row.pop("changed_on" if path.stem == "changes" else "entered_on")].append((path.stem, row))
    with inventory.change(ACTOR, Action.SET_UP) as change:
        change.sign(ACTOR, Action.SET_UP, "Stammdaten der Stadt", _morning(min(days)))
        city.load(change, city_folder)
        for day in sorted(days):
            _replay(inventory, change, day, days[day])


def _replay(inventory: Inventory, change: Change, day: str, entries: list[tuple[str, dict[str, Any]]]) -> None:
    """One day of history: new records first, then the changes."""
    added: dict[str, list[dict[str, Any]]] = defaultdict(list)
    edits: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for table, row in entries:
        if table == "changes":
            key = f"{row['table']}_id"
            value = notation.parse(row["value"], inventory.columns(row["table"])[row["field"]])
            edits[row["reason"], row["table"], row["field"]].append({key: row["record_id"], row["field"]: value})
        else:
            columns = inventory.columns(table)
            added[table].append({name: notation.parse(value, columns[name]) for name, value in row.items()})
    change.sign(ACTOR, Action.SET_UP, "Aufnahme in den Bestand", _morning(day))
    for table, rows in added.items():
        if table == "overlap_case":  # with the facts of the offers on the day of the decision
            rows = [deciding.with_facts(change, row) for row in rows]
        change.insert(table, rows)
    for (reason, table, _), rows in edits.items():
        change.sign(ACTOR, Action.SET_UP, reason, _morning(day))
        change.update(table, rows)


def _morning(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=8)


def _mover(step: timedelta) -> Callable[[Any], Any]:
    def moved(value: Any) -> Any:
        if isinstance(value, str) and _DAY.fullmatch(value):
            return (date.fromisoformat(value) + step).isoformat()
        return value

    return moved
