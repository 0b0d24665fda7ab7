"""The fictional example inventory: one CSV per table with the day of entry, and the changes since.

All dates are shifted by whole weeks to end today, so that the example never looks old and weekdays stay the same.
"""

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from esdash.examples import printed, steering
from esdash.exports.lists import drafting
from esdash.inventory import city
from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.steering import deciding, versions
from esdash.model import notation

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DATED = re.compile(r"\d{4}-\d\d-\d\d(?:$|\.\.| \d\d:\d\d-)")
ACTOR = Actor("Projektbüro (Beispiel)")
# What rests on a frozen version of the list or on a measure, and so comes after it.
_AFTER_VERSIONS = ("answer", "measure", "progress_note", "budget_entry", "commitment")


def fill(inventory: Inventory, city_folder: Path, example_folder: Path) -> None:
    """Load city and example, and replay 18 months of changes through the write door, so that the log has a history."""
    anchor = tomllib.loads((example_folder / "example.toml").read_text(encoding="utf-8"))["anchor"]
    weeks = (inventory.today() - anchor).days // 7
    moved = _mover(timedelta(weeks=weeks))
    tables = {path.stem: [moved(row) for row in city.read_rows(path)] for path in sorted(example_folder.glob("*.csv"))}
    steering.number(tables)
    changes = tables.pop("changes", [])
    later = (*_AFTER_VERSIONS, *printed.TABLES, "list_version")
    early = {name: rows for name, rows in tables.items() if name not in later}
    early["changes"] = [row for row in changes if row["table"] not in _AFTER_VERSIONS]
    late = {name: rows for name, rows in tables.items() if name in _AFTER_VERSIONS}
    late["changes"] = [row for row in changes if row["table"] in _AFTER_VERSIONS]
    with inventory.change(ACTOR, Action.SET_UP) as change:
        days = _by_day(early)
        change.sign(ACTOR, Action.SET_UP, "Stammdaten der Stadt", _morning(min(days)))
        city.load(change, city_folder)
        for day in sorted(days):
            _replay(inventory, change, day, days[day])
    for row in tables["list_version"]:
        _freeze(inventory, row)
    with inventory.change(ACTOR, Action.SET_UP) as change:
        days = _by_day(late)
        for day in sorted(days):
            _replay(inventory, change, day, days[day])
    _print(inventory, tables)


def _print(inventory: Inventory, tables: dict[str, list[dict[str, Any]]]) -> None:
    """The texts of the flyer that people have read, and the prints: their marks are worked out from all of the rest."""
    runs = [printed.run(inventory, row) for row in tables["print_run"]]
    with inventory.change(ACTOR, Action.SET_UP) as change:
        texts = tables["leaflet_text"]
        change.sign(ACTOR, Action.SET_UP, "Texte des Faltblatts", _morning(max(row["entered_on"] for row in texts)))
        change.insert("leaflet_text", printed.texts(texts))
        for row in runs:
            change.sign(ACTOR, Action.SET_UP, "Druck eingetragen", _morning(row.pop("entered_on")))
            change.insert("print_run", [row])


def _freeze(inventory: Inventory, row: dict[str, Any]) -> None:
    """Freeze a version as people did on that day, from the inventory of that day, and hand it over."""
    on = date.fromisoformat(row.pop("entered_on"))
    draft = drafting.draft(inventory.as_of(on), row["meeting_id"], row["decision_id"])
    draft = replace(draft, last_change=versions.last_change_of(inventory))  # it is written now
    with inventory.change(ACTOR, Action.SET_UP, draft.title, _morning(f"{on}")) as change:
        versions.write(change, draft, ACTOR.name, on)
        handed_over = {name: value for name, value in row.items() if name not in ("meeting_id", "decision_id")}
        change.update("list_version", [handed_over])


def _by_day(tables: dict[str, list[dict[str, Any]]]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Day → (table, row) of what was entered or changed on that day."""
    days: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for table, rows in tables.items():
        for row in rows:
            days[row.pop("changed_on" if table == "changes" else "entered_on")].append((table, row))
    return days


def _replay(inventory: Inventory, change: Change, day: str, entries: list[tuple[str, dict[str, Any]]]) -> None:
    """One day of history: new records first, then the changes."""
    added: dict[str, list[dict[str, Any]]] = defaultdict(list)
    edits: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for table, row in entries:
        if table == "changes":
            key = f"{row['table']}_id"
            value = _parsed(row["value"], inventory.columns(row["table"])[row["field"]])
            edits[row["reason"], row["table"], row["field"]].append({key: row["record_id"], row["field"]: value})
        else:
            columns = inventory.columns(table)
            added[table].append({name: _parsed(value, columns[name]) for name, value in row.items()})
    change.sign(ACTOR, Action.SET_UP, "Aufnahme in den Bestand", _morning(day))
    for table, rows in added.items():
        if table == "overlap_case":  # with the facts of the offers on the day of the decision
            rows = [deciding.with_facts(change, row) for row in rows]
        change.insert(table, rows)
    for (reason, table, _), rows in edits.items():
        change.sign(ACTOR, Action.SET_UP, reason, _morning(day))
        change.update(table, rows)


def _parsed(value: Any, kind: str) -> Any:
    written = value and (kind == "JSON" or value.startswith("[{"))  # a list of periods is written as JSON too
    return json.loads(value) if written else notation.parse(value, kind)


def _morning(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=8)


def _mover(step: timedelta) -> Callable[[Any], Any]:
    """Moves every date of a row, also inside JSON."""

    def later(found: re.Match[str]) -> str:
        return (date.fromisoformat(found.group()) + step).isoformat()

    def moved(row: dict[str, Any]) -> dict[str, Any]:
        return {name: _DAY.sub(later, value) if _dated(value) else value for name, value in row.items()}

    return moved


def _dated(value: Any) -> bool:
    """Whether a cell is a date, a time or days with one, or JSON that may hold some; other texts stay as they are."""
    return isinstance(value, str) and (_DATED.match(value) is not None or value.startswith(("{", "[")))
