"""How long a bundling plan takes, and how much better it is than the greedy one."""

from __future__ import annotations

import random
import tempfile
import time
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import inventories, table
from esdash import analysis
from esdash.analysis.bundling import bundling
from esdash.inventory import Inventory, city, create, default_city
from esdash.inventory.access import Action

# Sessions, topics, months over which they are spread, and the limit from the file to the plan [seconds]. A network
# plans about half a year ahead; all sessions in one month are the hard case, with a single component.
SIZES = ((200, 12, 6, 1.0), (2000, 60, 6, 10.0), (2000, 60, 1, 10.0))
SEED = 7
TOLERANCE = 1e-6  # euros


def run() -> bool:
    """Print the table. False if a plan takes too long, is dearer than the greedy one, or breaks a rule."""
    rows = [_measure(*size) for size in SIZES]
    heading = (
        *("sessions", "topics", "months", "pairs", "components", "asking s", "greedy s", "exact s", "all s", "limit s"),
        *("held", "greedy held", "gap %", "cost to greedy", "time to greedy", "kept"),
    )
    table.show("Bundling plan of drawn sessions, never asked before. Seconds", heading, rows)
    print("\ngap: by which part of its cost the plan could be cheaper at most; 0 is the best plan there is.")
    return all(row[-1] == "yes" for row in rows)


def _measure(number: int, topics: int, months: int, limit: float) -> tuple[object, ...]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "inventory.duckdb"
        create(
            path,
            "generated",
            lambda inventory: _fill(inventory, number, topics, months),
            inventories.ACTOR,
            inventories.clock,
        )
        inventory = analysis.open_inventory(path, inventories.clock)
        began = time.perf_counter()
        problem = bundling.prepare(inventory)
        asked = time.perf_counter() - began
        plans = bundling.improve(problem)
        greedy = next(plans)
        quick = time.perf_counter() - began - asked
        best = list(plans)[-1]
        whole = time.perf_counter() - began
        inventory.close()
    kept = whole <= limit and best.cost <= greedy.cost + TOLERANCE and _sound(best)
    return (
        *(number, topics, months, len(problem.moves), best.components),
        *(f"{seconds:.2f}" for seconds in (asked, quick, whole - asked - quick, whole, limit)),
        *(number - len(best.into), number - len(greedy.into), f"{100 * best.gap:.2f}"),
        *(f"{best.cost / greedy.cost:.4f}", table.ratio(whole - asked, quick), "yes" if kept else "NO"),
    )


def _sound(plan: bundling.Plan) -> bool:
    """Whether people only go to sessions that are held, and all of these have enough seats."""
    people = {key: row["booked"] + plan.problem.taken(key) for key, row in plan.problem.sessions.items()}
    for session, kept in plan.into.items():
        people[kept] += plan.problem.sessions[session]["booked"]
    held = people.keys() - plan.into.keys()
    return set(plan.into.values()) <= held and all(
        people[key] <= plan.problem.sessions[key]["seats"] for key in sorted(held)
    )


def _fill(inventory: Inventory, number: int, topics: int, months: int) -> None:
    """Sessions of several providers all over the city, most of them half empty, a tenth with people waiting."""
    chance = random.Random(SEED)
    day = date.fromisoformat(inventories.DAY)
    with inventory.change(inventories.ACTOR, Action.SET_UP) as change:
        city.load(change, default_city())
        districts = change.rows("SELECT district_id, lat, lon FROM inventory.district ORDER BY district_id")
        modules = [row["module_id"] for row in change.rows("SELECT module_id FROM inventory.module ORDER BY sort")]
        change.insert("organization", [{"organization_id": f"o{n}", "name": f"Verein {n}"} for n in range(20)])
        change.insert("location", [_place(n, chance.choice(districts), chance) for n in range(80)])
        pairs = [(first, second) for first in modules for second in modules if first < second]
        subjects = [list(pair) for pair in islice(pairs, topics)]
        courses = [_course(n, subjects[n % topics], chance) for n in range(4 * topics)]
        change.insert("course", courses)
        days = [day + timedelta(days=chance.randrange(1, 30 * months)) for _ in range(number)]
        change.insert("session", [_session(n, days[n], chance.choice(courses), chance) for n in range(number)])


def _place(number: int, district: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    near = {name: district[name] + chance.uniform(-0.005, 0.005) for name in ("lat", "lon")}
    return {
        "location_id": f"l{number}",
        "name": f"Haus {number}",
        "district_id": district["district_id"],
        "barrier_free": chance.random() < 0.8,
        **near,
    }


def _course(number: int, modules: list[str], chance: random.Random) -> dict[str, Any]:
    return {
        "course_id": f"k{number}",
        "organization_id": f"o{chance.randrange(20)}",
        "name": f"{number} Kurs {number}",
        "module_ids": modules,
        "level": "basic",
        "hours": chance.choice([4, 6, 8]),
        "language_ids": ["de"],
    }


def _session(number: int, day: date, course: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    seats = chance.randint(10, 24)
    full = chance.random() < 0.1
    return {
        "session_id": f"s{number:05}",
        "course_id": course["course_id"],
        "starts_on": f"{day:%Y-%m-%d}",
        "begins": chance.choice(["10:00", "16:00", "17:00", "18:00"]),
        "mode": "on_site",
        "location_id": f"l{chance.randrange(80)}",
        "seats": seats,
        "booked": seats if full else chance.randint(0, seats * 2 // 3),
        "waiting": chance.randint(1, 6) if full else 0,
        "cost_eur": chance.choice([180, 240, 300, 320, 380, 450]),
        "status": "confirmed",
    }
