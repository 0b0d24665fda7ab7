"""How long the whole table of coverage takes (theme × group × district), against only reading and multiplying."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import access, inventories, table
from esdash import analysis
from esdash.analysis.coverage import coverage
from esdash.inventory import Inventory
from esdash.inventory.file.conditions import NOTHING, Conditions, Growth, NewOffer, Planning

REPEAT = 15
MOST_MILLISECONDS = 50  # people try suppositions by moving a slider, so they must be fast
TABLES = ("initiative", "location", "theme", "target_group", "district", "district_travel", "population", "survey")
TOLERANCE = 1e-6  # places per week; the two computations add in different orders
CELL = ["theme_id", "target_group_id"]


def run() -> bool:
    """Print the table. False if the two computations disagree."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [_measure(name, Path(folder)) for name in inventories.NAMES]
    heading = ("inventory", "cells", "coverage", "reading", "multiplying", "ratio", "same places")
    title = f"The whole table of coverage, never asked before. Milliseconds, median of {REPEAT}"
    table.show(title, heading, rows)
    print("\nratio: coverage to reading the plain tables plus multiplying the matrices (numpy), without any rule.")
    with tempfile.TemporaryDirectory() as folder:
        quick = _under_conditions(Path(folder))
    faster = access.run()
    return quick and faster and all(row[-1] == "yes" for row in rows)


def _measure(name: str, folder: Path) -> tuple[str | int | float, ...]:
    inventory = analysis.open_inventory(inventories.copy_of(name, folder), inventories.clock)
    cells = coverage.cells(inventory)
    measured = table.median_milliseconds(lambda: coverage.cells(_anew(inventory)), REPEAT)
    reading = table.median_milliseconds(lambda: _read(_anew(inventory)), REPEAT)
    multiply = _multiplication(inventory)
    multiplying = table.median_milliseconds(multiply, REPEAT)
    known = cells["places_reaching"].notna().to_numpy()
    same = np.allclose(multiply()[known], cells["places_reaching"].to_numpy(dtype=float)[known], atol=TOLERANCE)
    inventory.close()
    ratio = table.ratio(measured, reading + multiplying)
    return (name, len(cells), measured, reading, multiplying, ratio, "yes" if same else "NO")


def _under_conditions(folder: Path) -> bool:
    """Print how long the table takes under conditions. False above the limit."""
    inventory = analysis.open_inventory(inventories.copy_of(inventories.NAMES[0], folder), inventories.clock)
    theme, group, district = (
        inventory.value(f"SELECT min({name}_id) FROM {table}")
        for name, table in (("theme", "leaf_theme"), ("target_group", "target_group"), ("district", "district"))
    )
    asked = {
        "none": NOTHING,
        "evening": Conditions(times=("evening",)),
        "evening, language, barrier-free": Conditions(
            ("evening",), (inventory.value("SELECT min(language_id) FROM language"),), True
        ),
        "what if": Conditions(
            planning=(Planning(theme, group, 5),),
            growth=(Growth(group, district, 100),),
            offers=(NewOffer("x", 20, (theme,), (group,), district),),
        ),
    }
    rows = []
    for name, conditions in asked.items():
        supposed = inventory.under(conditions)
        measured = table.median_milliseconds(partial(_cells_anew, supposed), REPEAT)
        rows.append((name, measured, "yes" if measured < MOST_MILLISECONDS else "NO"))
    inventory.close()
    title = f"The whole table of the example under conditions. Milliseconds, median of {REPEAT}"
    table.show(title, ("conditions", "coverage", f"below {MOST_MILLISECONDS}"), rows)
    return all(row[-1] == "yes" for row in rows)


def _cells_anew(inventory: Inventory) -> pd.DataFrame:
    return coverage.cells(_anew(inventory))


def _anew(inventory: Inventory) -> Inventory:
    """The same inventory with an empty cache, as after a change."""
    inventory.forget()
    return inventory


def _read(inventory: Inventory) -> None:
    for name in TABLES:
        inventory.frame(f"FROM {name}")


def _multiplication(inventory: Inventory) -> Callable[[], np.ndarray]:
    """Places that reach each cell, in the order of coverage.cells, as two matrix products over all offers."""
    need = inventory.frame("SELECT * FROM need ORDER BY theme_id, target_group_id, district_id")
    offers = inventory.frame("SELECT initiative_id, capacity FROM active_offer WHERE capacity IS NOT NULL")
    ids = offers["initiative_id"]
    districts = sorted(need["district_id"].unique())
    cells = pd.MultiIndex.from_frame(need[CELL].drop_duplicates())
    needed = need["places_needed"].fillna(0).to_numpy(dtype=float).reshape(len(cells), len(districts))
    serves, reaches = np.zeros((len(ids), len(cells))), np.zeros((len(ids), len(districts)))
    offer_cell = inventory.frame("FROM offer_cell").merge(ids)
    serves[pd.Index(ids).get_indexer(offer_cell["initiative_id"]), cells.get_indexer(offer_cell[CELL])] = 1
    reach = inventory.frame("FROM offer_reach").merge(ids)
    columns = pd.Index(districts).get_indexer(reach["district_id"])
    reaches[pd.Index(ids).get_indexer(reach["initiative_id"]), columns] = reach["weight"].to_numpy(dtype=float)
    capacity = offers["capacity"].to_numpy(dtype=float)

    def places() -> np.ndarray:
        shared = ((serves @ needed) * reaches).sum(axis=1)
        each = np.divide(capacity, shared, out=np.zeros_like(capacity), where=shared > 0)
        return (needed * (serves.T @ (reaches * each[:, None]))).ravel()

    return places
