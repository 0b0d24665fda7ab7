"""Where something is: the district of a point, and the place that is assumed for an offer without one.

Musterstadt (tests/tiny_city) has three squares: 01 Mitte (11.00 to 11.01 east, 52.00 to 52.01 north), 02 Nordvorstadt
north of it, 03 Am Fluss east of it.
"""

from pathlib import Path
from typing import Any

import pytest

from esdash.analysis.coverage import coverage
from esdash.analysis.records import search
from esdash.inventory import Inventory, editing, importing
from esdash.inventory.access import Action
from esdash.inventory.file.checks import faults
from tests.analysis.entries import enter, offer
from tests.people import TEST

SQUARE = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0], [0.0, 0.0]]
HOLE = [[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 2.0], [1.0, 1.0]]
ISLAND = [[6.0, 0.0], [8.0, 0.0], [7.0, 2.0]]  # not closed


def change(inventory: Inventory, table: str, *rows: dict[str, Any], insert: bool = True) -> None:
    with inventory.change(TEST, Action.SET_UP) as writing:
        (writing.insert if insert else writing.update)(table, list(rows))


@pytest.mark.parametrize(
    ("lat", "lon", "district"),
    [
        (52.005, 11.005, "01"),
        (52.0199, 11.0001, "02"),
        (52.0001, 11.0199, "03"),
        (52.015, 11.015, None),  # north of 03 and east of 02: no district
        (51.999, 11.005, None),
        (52.01, 11.005, "02"),  # on a common border: one district, not two and not none
        (52.005, 11.01, "03"),
        (None, 11.005, None),
        (52.005, None, None),
    ],
)
def test_the_district_of_a_point(tiny: Inventory, lat: float | None, lon: float | None, district: str | None) -> None:
    assert tiny.value("SELECT district_at($lat, $lon)", lat=lat, lon=lon) == district


@pytest.mark.parametrize(
    ("kind", "coordinates", "inside", "outside"),
    [
        ("Polygon", [SQUARE, HOLE], [(3, 3), (0.5, 1.5)], [(1.5, 1.5), (5, 1)]),
        ("MultiPolygon", [[SQUARE, HOLE], [ISLAND]], [(3, 3), (7, 1), (6.5, 0.5)], [(1.5, 1.5), (6.1, 1), (5, 1)]),
    ],
)
def test_holes_and_several_parts(
    tiny: Inventory, kind: str, coordinates: Any, inside: list[tuple[float, float]], outside: list[tuple[float, float]]
) -> None:
    shape = {"type": kind, "coordinates": coordinates}
    change(tiny, "district", {"district_id": "01", "geometry": shape}, insert=False)
    lons, lats = zip(*inside, *outside, strict=True)
    rows = tiny.rows("FROM districts_at($lats, $lons)", lats=list(lats), lons=list(lons))
    assert [row["district_id"] for row in rows] == ["01"] * len(inside) + [None] * len(outside)


def test_a_city_without_shapes_has_no_answer(tiny: Inventory) -> None:
    change(tiny, "district", *({"district_id": key, "geometry": None} for key in ("01", "02", "03")), insert=False)
    assert tiny.value("SELECT district_at(52.005, 11.005)") is None


def test_coordinates_without_a_district_count_in_the_district_they_lie_in(tiny: Inventory) -> None:
    enter(tiny)
    change(tiny, "location", {"location_id": "point", "name": "Hof", "lat": 52.015, "lon": 11.005})
    enter(tiny, offer("a", location_id="point"))
    (row,) = tiny.rows("SELECT home_district_id FROM active_offer")
    assert row["home_district_id"] == "02"
    assert coverage.uncounted(tiny).empty
    assert search.initiatives(tiny, chosen={"district": ["02"]})["initiative_id"].tolist() == ["a"]
    assert "no_district" not in {fault["code"] for fault in faults(tiny)}


def test_an_entered_district_counts_more_than_the_coordinates(tiny: Inventory) -> None:
    """Shapes are schematic in some cities: what people entered stays."""
    change(tiny, "location", {"location_id": "p", "name": "Hof", "lat": 52.015, "lon": 11.005, "district_id": "01"})
    assert tiny.value("SELECT district_id FROM located WHERE location_id = 'p'") == "01"


@pytest.mark.parametrize(
    ("fields", "assumed"),
    [
        ({}, "02"),
        ({"mode": None}, "02"),
        ({"mode": "online"}, None),
        ({"mode": "mobile"}, None),
        ({"location_id": "centre_01"}, None),  # its place is known
        ({"location_id": "nowhere"}, "02"),  # a place of which nobody knows where it is
        ({"location_id": "point"}, None),  # its coordinates lie in 03
        ({"district_ids": ["01", "02"]}, "02"),
        ({"district_ids": ["01"]}, None),  # it does not serve the district of the seat
        ({"organization_id": "o2"}, None),  # the seat is unknown
    ],
)
def test_the_seat_is_the_assumed_place(tiny: Inventory, fields: dict[str, Any], assumed: str | None) -> None:
    enter(tiny)
    change(tiny, "organization", {"organization_id": "o1", "district_id": "02"}, insert=False)
    change(
        tiny,
        "location",
        {"location_id": "nowhere", "name": "bei uns", "lat": None, "lon": None},
        {"location_id": "point", "name": "Hof", "lat": 52.005, "lon": 11.015},
    )
    enter(tiny, offer("a", **{"location_id": None, **fields}))
    assert tiny.value("SELECT district_id FROM assumed_place WHERE initiative_id = 'a'") == assumed


# ---------------------------------------------------------------- importing and entering


def table(tmp_path: Path, *lines: str) -> Path:
    (tmp_path / "orte.csv").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "orte.csv"


def districts(inventory: Inventory) -> dict[str, str | None]:
    return {row["name"]: row["district_id"] for row in inventory.rows("FROM inventory.location ORDER BY ALL")}


def test_an_imported_point_gives_the_district_and_the_preview_says_so(tiny: Inventory, tmp_path: Path) -> None:
    change(tiny, "location", {"location_id": "alt", "name": "Alt", "lat": None, "lon": None})
    rows = ("Hof;;52,015;11,005", "Mitte;Mitte;52,015;11,005", "Fern;;53,0;11,005", "Leer;;;", "Alt;;52,005;11,015")
    plan = importing.plan(tiny, table(tmp_path, "Ort;Stadtbezirk;lat;lon", *rows), kind="locations")
    assert plan.faults == ()
    (notice,) = [notice for notice in plan.notices if notice.key == "import.notice_district_by_point"]
    assert notice.values == {"rows": "2, 6"}
    (changed,) = [row for row in plan.rows if row.state == "changed"]
    assert [(one.field, one.before, one.after) for one in changed.differences] == [
        ("lat", None, 52.005),
        ("lon", None, 11.015),
        ("district_id", None, "03"),
    ]
    importing.run(tiny, plan, TEST)
    assert districts(tiny) == {"Alt": "03", "Fern": None, "Hof": "02", "Leer": None, "Mitte": "01"}
    again = importing.plan(tiny, tmp_path / "orte.csv", kind="locations")
    assert again.counts["unchanged"] == len(rows)


def test_a_point_typed_in_a_form_gives_the_district(tiny: Inventory) -> None:
    entered = {"name": "Hof", "lat": "52,015", "lon": "11,005"}
    key = editing.save(tiny, "location", entered, None, TEST, None, "eins")
    editing.save(tiny, "location", entered | {"name": "Markt", "district_id": "03"}, None, TEST, None, "zwei")
    assert districts(tiny) == {"Hof": "02", "Markt": "03"}
    editing.save(tiny, "location", {"location_id": key, "lat": 52.005, "lon": 11.005}, 1, TEST, None, "drei")
    assert districts(tiny)["Hof"] == "02"  # a known district stays


def test_the_place_typed_with_an_offer_gets_its_district(tiny: Inventory) -> None:
    enter(tiny)
    values = {"name": "Kurs", "organization_id": "o1"}
    place = {"name": "Hof", "lat": "52,015", "lon": "11,005"}
    editing.save(tiny, "initiative", values, None, TEST, None, "eins", place)
    assert districts(tiny)["Hof"] == "02"
