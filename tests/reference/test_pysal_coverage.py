"""METHODS M2 against PySAL `access`: the same need, offers and ways give the same coverage (see pysal_coverage.py)."""

import csv
from pathlib import Path

import pytest

from esdash.analysis import open_inventory
from esdash.analysis.coverage import coverage
from esdash.inventory import Inventory, create
from esdash.inventory.access import Action
from tests.conftest import NOW
from tests.people import TEST, TESTER
from tests.reference import drawn

HERE = Path(__file__).parent
SOURCE = {"quality": "estimated", "source": "erfunden"}


Rows = list[dict[str, str]]


def read(name: str) -> Rows:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ids(cell: str) -> list[str] | None:
    return cell.split(";") if cell else None


def named(key: str, value: str) -> dict[str, object]:
    return {key: value, **dict.fromkeys(("name_de", "name_en", "short_de", "short_en"), value), "sort": 1}


def fill(inventory: Inventory, population: Rows, planning: Rows, travel: Rows, offers: Rows) -> None:
    districts = sorted({row["district"] for row in population})
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("city", [{"city_id": "x", "name": "X", "small_number_threshold": 3}])
        change.insert(
            "district",
            [{"district_id": d, "name": d, "short_name": d, "lat": 51.8, "lon": 12.2, "sort": 1} for d in districts],
        )
        change.insert("theme", [named("theme_id", theme) for theme in sorted({row["theme"] for row in planning})])
        change.insert("target_group", [named("target_group_id", g) for g in sorted({row["group"] for row in planning})])
        change.insert(
            "population",
            [
                {
                    "population_id": f"{row['district']}|{row['group']}",
                    "district_id": row["district"],
                    "target_group_id": row["group"],
                    "persons": row["persons"],
                    "as_of": "2026-01-01",
                    **SOURCE,
                }
                for row in population
            ],
        )
        change.insert(
            "planning_value",
            [
                {
                    "planning_value_id": f"{row['theme']}|{row['group']}",
                    "theme_id": row["theme"],
                    "target_group_id": row["group"],
                    "places_per_100": row["places_per_100"],
                    "reason": "erfunden",
                    "source": "erfunden",
                }
                for row in planning
            ],
        )
        change.insert(
            "district_travel",
            [
                {
                    "district_travel_id": f"{row['from']}|{row['to']}",
                    "from_district_id": row["from"],
                    "to_district_id": row["to"],
                    "minutes": row["minutes"],
                    **SOURCE,
                }
                for row in travel
            ],
        )
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        change.insert("location", [{"location_id": d, "name": d, "district_id": d} for d in districts])
        change.insert(
            "initiative",
            [
                {
                    "initiative_id": row["offer"],
                    "organization_id": "o",
                    "name": row["offer"],
                    "theme_ids": ids(row["themes"]),
                    "target_group_ids": ids(row["groups"]),
                    "mode": row["mode"],
                    "location_id": row["home"] or None,
                    "district_ids": ids(row["districts"]),
                    "capacity": row["places"],
                }
                for row in offers
            ],
        )


def answered(path: Path, *tables: Rows) -> dict[tuple[str, str, str], float]:
    """Theme, group, district → coverage as esdash computes it."""
    create(path, "empty", lambda inventory: fill(inventory, *tables), TESTER, lambda: NOW)
    inventory = open_inventory(path, clock=lambda: NOW)
    cells = coverage.cells(inventory)
    inventory.close()
    cells = cells[cells["places_needed"] > 0]
    keys = zip(cells["theme_id"], cells["target_group_id"], cells["district_id"], strict=True)
    return dict(zip(keys, cells["saturation"], strict=True))


def stored(name: str) -> dict[tuple[str, str, str], float]:
    return {(row["theme"], row["group"], row["district"]): float(row["coverage"]) for row in read(name)}


def test_coverage_equals_pysal(tmp_path: Path) -> None:
    """Unequal splits: offers for several themes and groups, whose needs differ by a factor of 40 and more."""
    tables = (read(f"{name}.csv") for name in ("population", "planning", "travel", "offers"))
    assert answered(tmp_path / "i.duckdb", *tables) == pytest.approx(stored("expected.csv"), abs=1e-9)


@pytest.mark.parametrize(("name", "rows"), [("25x500", 25), ("2000x2000", 200)])
def test_coverage_equals_pysal_on_drawn_input(tmp_path: Path, name: str, rows: int) -> None:
    """Of the large one 200 of 2,000 points are stored, and the sum over all of them."""
    ours = answered(tmp_path / "i.duckdb", *drawn.DRAWN[name]())
    expected = stored(f"expected_{name}.csv")
    total = expected.pop(("all", "all", "sum"))
    assert len(expected) == rows
    assert len(set(expected.values())) > rows / 2
    assert {key: ours[key] for key in expected} == pytest.approx(expected, abs=1e-9)
    assert sum(ours.values()) == pytest.approx(total, rel=1e-12)


def test_the_expected_values_say_something() -> None:
    """Neither all 0 nor all alike, and offers of every kind took part."""
    values = [float(row["coverage"]) for row in read("expected.csv")]
    assert len(values) >= 300
    assert 0.0 in values
    assert len(set(values)) > 200
    offers = read("offers.csv")
    assert {row["mode"] for row in offers} == {"on_site", "mobile", "online"}
    assert any(row["mode"] == "on_site" and row["districts"] for row in offers)
    assert any(";" in row["themes"] and ";" in row["groups"] for row in offers)
