"""The effect of a measure: a figure at the decision and now, and where the change came from (METHODS M13)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from esdash.analysis.coverage import coverage
from esdash.analysis.measures import changed
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.file.scratch import Scratch

REAL = ("own", "other", "need")  # what can really have changed
CAUSES = (*REAL, "corrected")
# The tables that coverage rests on; all but these three are facts of the city.
_OFFERS, _PLACES, _SURVEYS = "initiative", "location", "survey"


class Figure(NamedTuple):
    """Places per week; `least` and `most` are its two ends where hidden people have a part (METHODS M4)."""

    central: float
    least: float
    most: float

    def less(self, other: Figure) -> Figure:
        """The difference, end by end."""
        return Figure(*(mine - theirs for mine, theirs in zip(self, other, strict=True)))


@dataclass(frozen=True)
class Effect:
    """A figure then and now. None: nobody knows it, because nothing of it was assessed.

    `parts`: cause → its part of the change, in the order of CAUSES; they sum to now minus then. Empty if a side is
    unknown. `unknown`: id → cause (own, other) of offers that reach the fields and whose places nobody knows.
    """

    day: date
    then: Figure | None
    now: Figure | None
    parts: dict[str, Figure]
    unknown: dict[str, str]

    @property
    def change(self) -> Figure | None:
        """Now minus then."""
        return self.now.less(self.then) if self.now and self.then else None


def of(inventory: Inventory, measure: str, selection: Selection, day: date, own: Collection[str] = ()) -> Effect:
    """The figure `measure` (gap_places, places_met, places_needed) of a selection at the end of `day` and now.

    `own` are the offers of the measure. Raises UserError for a day of which nothing is known.
    """
    asked = ("effect", measure, selection, day, tuple(sorted(own)))
    effect: Effect = inventory.once(asked, lambda: _worked_out(inventory, measure, selection, day, set(own)))
    return effect


def then(inventory: Inventory, measure: str, selection: Selection, day: date) -> float | None:
    """The figure at the end of `day`; None if nobody knows it. Raises UserError for a day of which nothing is known."""
    found = _figure(inventory.as_of(day), measure, selection)
    return None if found is None else found.central


def shared_out(values: dict[frozenset[str], Figure], causes: Sequence[str]) -> dict[str, Figure]:
    """The parts of the causes in the change from no cause to all of them: the Shapley value.

    `values` holds the figure for each set of causes. A part is what its cause changes, on average over all orders.
    """
    parts, n = {}, len(causes)
    for cause in causes:
        others = [other for other in causes if other != cause]
        part = [0.0, 0.0, 0.0]
        for size in range(n):
            weight = math.factorial(size) * math.factorial(n - size - 1) / math.factorial(n)
            for before in map(frozenset, combinations(others, size)):
                step = values[before | {cause}].less(values[before])
                part = [sum_ + weight * one for sum_, one in zip(part, step, strict=True)]
        parts[cause] = Figure(*part)
    return parts


# ---------------------------------------------------------------- inside


def _worked_out(inventory: Inventory, measure: str, selection: Selection, day: date, own: set[str]) -> Effect:
    past = inventory.as_of(day)
    before, now = (_figure(side, measure, selection) for side in (past, inventory))
    unknown = _unknown(past, selection, own) | _unknown(inventory, selection, own)
    if before is None or now is None:
        return Effect(day, before, now, {}, unknown)
    values, known = _states(inventory, past, selection, measure, own)
    moved = sorted(frozenset[str]().union(*values))
    nothing = Figure(0.0, 0.0, 0.0)
    parts = dict.fromkeys(REAL, nothing) | shared_out(values, moved) | {"corrected": known.less(before)}
    return Effect(day, before, now, parts, unknown)


def _states(
    inventory: Inventory, past: Inventory, selection: Selection, measure: str, own: set[str]
) -> tuple[dict[frozenset[str], Figure], Figure]:
    """Set of real causes → the figure if only these had changed since `past`, as far as it is known today; and the
    figure without any of them."""
    with closing(Scratch(inventory)) as scratch:
        city = sorted(scratch.tables("FROM coverage_cell") - {_OFFERS, _PLACES, _SURVEYS})
        facts = {name: (_rows(past, name), _rows(inventory, name)) for name in city}
        found = changed.offers(inventory, past.today())
        cause = {key: "own" if key in own else "other" for key in found.changed}
        really = {cause[key] for key, sides in found.changed.items() if sides.known != sides.now}
        if any(then != now for then, now in facts.values()):
            really.add("need")
        for table in (_PLACES, _SURVEYS):
            scratch.fill(table, _rows(inventory, table))
        values: dict[frozenset[str], Figure] = {}
        filled: bool | None = None  # whether the facts of the city are today's
        for causes in _subsets(sorted(really)):
            if filled is not ("need" in causes):
                filled = "need" in causes
                for name, sides_of in facts.items():
                    scratch.fill(name, sides_of[filled])
            moved = [sides.now if cause[key] in causes else sides.known for key, sides in found.changed.items()]
            scratch.fill(_OFFERS, found.same + moved)
            values[causes] = _figure(scratch, measure, selection) or Figure(0.0, 0.0, 0.0)
        return values, values[frozenset()]


def _subsets(causes: Sequence[str]) -> Iterator[frozenset[str]]:
    """Every set of causes, those without changed need first, so that the facts of the city are filled in twice only."""
    sets = [frozenset(some) for size in range(len(causes) + 1) for some in combinations(causes, size)]
    yield from sorted(sets, key=lambda some: ("need" in some, len(some), sorted(some)))


def _figure(inventory: Inventory, measure: str, selection: Selection) -> Figure | None:
    """The figure over the assessed fields of a selection; None if there are none."""
    row = coverage.matrix(inventory, "city", "city", selection).iloc[0]
    if not row["cells_assessed"]:
        return None
    return Figure(*(float(row[name]) for name in (measure, f"{measure}_least", f"{measure}_most")))


def _unknown(inventory: Inventory, selection: Selection, own: set[str]) -> dict[str, str]:
    """Offer → cause, of those that reach the selection and whose places nobody knows."""
    rows = inventory.rows(
        "FROM offers_of_unknown_effect($groups, $themes, $districts, $own)", own=sorted(own), **selection.bound()
    )
    return {row["initiative_id"]: "own" if row["initiative_id"] in own else "other" for row in rows}


def _rows(inventory: Inventory, table: str) -> list[dict[str, Any]]:
    key = "target_group_id" if table == "city_total" else f"{table}_id"
    return inventory.rows(f"FROM inventory.{table} ORDER BY {key}")
