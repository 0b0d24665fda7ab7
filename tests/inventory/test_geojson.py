"""GeoJSON as a table of places, and what is none."""

import json
from pathlib import Path
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.importing.read import geojson
from esdash.texts import Text
from tests.people import TEST


def point(lon: float, lat: float, /, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}


def written(path: Path, *features: dict[str, Any], **more: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}), encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ["geojson", "json"])
def test_points_become_places(ending: str, tiny: Inventory, tmp_path: Path) -> None:
    path = written(
        tmp_path / f"orte.{ending}",
        point(11.005, 52.005, Name="Rathaus", Straße="Markt 1", PLZ="06844", Barrierefrei=True),
        point(11.015, 52.0125, Name="Haus am Fluss", Straße="Am Ufer 3", PLZ="06847", Barrierefrei=None),
        {"type": "Feature", "geometry": None, "properties": {"Name": "Ohne Ort"}},
    )
    plan = importing.plan(tiny, path, "locations")
    assert not plan.faults
    importing.run(tiny, plan, TEST, "Orte")
    found = tiny.rows("SELECT name, street, postcode, lat, lon, barrier_free FROM location ORDER BY name")
    assert [tuple(row.values()) for row in found] == [
        ("Haus am Fluss", "Am Ufer 3", "06847", 52.0125, 11.015, None),
        ("Ohne Ort", None, None, None, None, None),
        ("Rathaus", "Markt 1", "06844", 52.005, 11.005, True),
    ]
    assert importing.plan(tiny, path, "locations").counts["unchanged"] == 3


def test_areas_and_lines_come_in_without_coordinates_and_are_named(tiny: Inventory, tmp_path: Path) -> None:
    area = {"type": "Polygon", "coordinates": [[[11, 52], [11.1, 52], [11, 52.1], [11, 52]]]}
    line = {"type": "LineString", "coordinates": [[11, 52], [11.1, 52]]}
    shapes = [{"type": "Feature", "geometry": one, "properties": {"Name": one["type"]}} for one in (area, line)]
    path = written(tmp_path / "a.geojson", point(11.005, 52.005, Name="Punkt"), *shapes)
    plan = importing.plan(tiny, path, "locations")
    assert [row.values.get("lat") for row in plan.rows] == [52.005, None, None]
    told = [Text("de")(notice.key, **notice.values) for notice in plan.notices]
    assert any("Flächen und Linien" in sentence and "Eintrag 2, 3" in sentence for sentence in told)


def test_properties_of_all_kinds_are_cells(tmp_path: Path) -> None:
    feature = {
        **point(11.0, 52.5, lat="oben", n=6844.0, x=0.5, tags=["a", "b", None], addr={"street": "Weg 1"}),
        "id": 7,
    }
    found = geojson.table(written(tmp_path / "a.geojson", feature, point(11, 52, lat=52)))
    assert dict(zip(found.header, found.rows[0].cells, strict=True)) == {
        **{"lat": "52,5", "n": "6844", "x": "0,5", "tags": "a; b", "addr.street": "Weg 1", "id": "7"},
        **{"lat (2)": "oben", "lon": "11"},
    }
    assert dict(zip(found.header, found.rows[1].cells, strict=True))["lat (2)"] == ""


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("a.geojson", "[1, 2]", "import_geojson"),
        ("a.geojson", "{", "import_geojson"),
        ("a.geojson", '{"type": "Topology", "objects": {}}', "import_geojson"),
        ("a.geojson", '{"type": "FeatureCollection", "features": [1]}', "import_geojson"),
        ("a.geojson", '{"type": "FeatureCollection", "features": []}', "import_empty"),
        ("a.json", json.dumps({"type": "Feature", **point(712345.3, 5745678.1, Name="A")}), "import_geojson_metres"),
    ],
)
def test_what_is_no_table_of_points_is_refused(name: str, content: str, key: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=key) as caught:
        importing.read_table(path)
    for language in ("de", "en"):
        assert all(Text(language).error(caught.value))


def test_a_document_is_told_from_geojson_by_its_content(tmp_path: Path) -> None:
    area = {"type": "Feature", "geometry": None, "properties": {}}
    services = {"contents": [{"id": "1", "name": "Kurs", "service_areas": [{"extent": {"features": [area]}}]}]}
    (tmp_path / "hsds.json").write_text(json.dumps(services), encoding="utf-8")
    assert importing.is_document(tmp_path / "hsds.json")
    assert not importing.is_document(written(tmp_path / "orte.json", point(11, 52, Name="A")))
    assert not importing.is_document(tmp_path / "orte.geojson")
