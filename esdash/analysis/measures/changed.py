"""What changed about offers since a day, told apart from what had only been recorded wrongly (METHODS M13).

Corrected is what was so on that day already and was not known, or known wrongly: an offer that ran already and was
entered later, or had ended already; and of an offer that ran, what was unknown and became known, what an import, a
merge, the undoing of an import or a restored version changed, and what somebody marked as a correction in the form.
Everything else about offers really changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from esdash.inventory import Inventory

Row = dict[str, Any]
Facts = dict[str, Any]

FACTS = ("theme_ids", "target_group_ids", "mode", "location_id", "district_ids", "capacity")  # what coverage rests on
RUNS = "runs"  # beside FACTS: whether the offer runs
# Means of a change that say what was so already. An import counts: a partner's list says what is, and not since when;
# nothing is put down to a measure that may have been so before.
CORRECTING = ("import", "merge", "undo", "restore", "correction")
UNDOING = (
    "merge",
    "undo",
    "restore",
    "correction",
)  # the same for an offer that is gone: it was none, or one entered twice

_CHANGES = """
SELECT record_id, CAST(changed_at AS DATE) AS day, means, before, after FROM change_log
WHERE table_name = 'initiative' AND CAST(changed_at AS DATE) > $day ORDER BY change_id
"""


class Sides(NamedTuple):
    """A changed offer as rows of its table, `status` active where it runs."""

    then: Row
    known: Row  # as it was then, as far as is known today
    now: Row


class Offers(NamedTuple):
    """The offers as they were on the day and are today, and id → sides of those of which something differs."""

    same: list[Row]
    changed: dict[str, Sides]


def offers(inventory: Inventory, day: date) -> Offers:
    """All offers since the end of `day`."""
    entries: dict[str, list[dict[str, Any]]] = {}
    for entry in inventory.rows(_CHANGES, day=day):
        entries.setdefault(entry["record_id"], []).append(entry)
    found, today = Offers([], {}), inventory.today()
    rows = {row["initiative_id"]: row for row in inventory.rows("FROM inventory.initiative")}
    for key in sorted(rows.keys() | entries.keys()):
        row = rows.get(key) or _last(entries[key])
        facts = _sides(entries[key], day) if key in entries else (_facts(row, day),) * 3
        if key in rows and not _runs(row, today):  # its end has come without an entry
            facts = (*facts[:2], {**facts[2], RUNS: False})
        sides = Sides(*(_with(row, one, inventory) for one in facts))
        if sides.then == sides.known == sides.now:
            found.same.append(sides.now)
        else:
            found.changed[key] = sides
    return found


# ---------------------------------------------------------------- inside


def _sides(entries: list[dict[str, Any]], day: date) -> tuple[Facts, Facts, Facts]:
    """The facts then, then as known today, and after the last entry."""
    first = entries[0]["before"] or entries[0]["after"]
    then = _facts(json.loads(first), day)
    if entries[0]["before"] is None:
        then[RUNS] = False  # nobody had entered it
    known, now, moved = dict(then), dict(then), set[str]()
    for entry in entries:
        after = _facts(json.loads(entry["after"]), entry["day"]) if entry["after"] else {**now, RUNS: False}
        if after[RUNS] != now[RUNS] and RUNS not in moved:
            if _ran_otherwise(entry, entries, day):
                known[RUNS] = after[RUNS]
                if entry["before"] is None:
                    known, now = dict(after), {**after, RUNS: now[RUNS]}
            else:
                moved.add(RUNS)
        for name in FACTS:
            if after[name] == now[name] or name in moved:
                continue
            learnt = _unknown(now[name]) or _unknown(after[name])
            if known[RUNS] and RUNS not in moved and (learnt or entry["means"] in CORRECTING):
                known[name] = after[name]
            else:
                moved.add(name)
        now = after
    return then, known, now


def _ran_otherwise(entry: Mapping[str, Any], entries: list[dict[str, Any]], day: date) -> bool:
    """Whether an entry that makes an offer run, or ends it, says that it was so on the day already."""
    if entry["means"] == "correction":
        return True
    if entry["before"] is None:
        begun = [json.loads(one["after"])["started_on"] for one in entries if one["after"]]
        return bool(begun[-1]) and date.fromisoformat(begun[-1]) <= day
    after = json.loads(entry["after"]) if entry["after"] else {}
    ended = after.get("ended_on")
    return entry["means"] in UNDOING or (ended is not None and date.fromisoformat(ended) < day)


def _facts(row: Mapping[str, Any], day: date) -> Facts:
    return {**{name: row[name] for name in FACTS}, RUNS: _runs(row, day)}


def _runs(row: Mapping[str, Any], day: date) -> bool:
    """As the view active_offer says it."""
    ended = row["ended_on"]
    return row["status"] == "active" and (ended is None or date.fromisoformat(str(ended)) >= day)


def _unknown(value: Any) -> bool:
    return value is None or value == []


def _last(entries: list[dict[str, Any]]) -> Row:
    """The last row of an offer that is gone."""
    row: Row = json.loads(entries[-1]["after"] or entries[-1]["before"])
    return row


def _with(row: Row, facts: Facts, inventory: Inventory) -> Row:
    """A row of the table with these facts, which runs or does not on any day."""
    said = {**row, **facts, "status": "active" if facts[RUNS] else "archived", "started_on": None, "ended_on": None}
    return {name: said.get(name) for name in inventory.columns("initiative")}
