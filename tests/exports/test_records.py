"""CSV, JSON and GeoJSON for programs."""

import csv
import io
import json
from datetime import date, datetime, time

import numpy as np
import pandas as pd
import pytest

from esdash.errors import UserError
from esdash.exports import geojson_file, hxl_file, json_file, marked, plain_csv
from esdash.model.hxl import COLUMNS

TIMES = [{"weekday": 3, "begins": time(10), "ends": time(12, 30)}]


@pytest.fixture
def records() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "id": ["a", "b"],
            "name": ["Grüße, ß", "=1+1"],
            "capacity": [12.0, np.nan],
            "km": [0.5, -1.25],
            "free": pd.array([True, None], dtype="boolean"),
            "languages": [np.array(["de", "uk"]), np.array([])],
            "times": [TIMES, None],
            "assured_on": pd.to_datetime(["2026-11-22", None]),
            "changed_at": [datetime(2026, 11, 22, 8, 5), pd.NaT],
            "lat": [51.83, np.nan],
            "lon": [12.24, np.nan],
        }
    )


def test_plain_csv(records: pd.DataFrame) -> None:
    content = plain_csv(records)
    assert not content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8")))) == [
        ["id", "name", "capacity", "km", "free", "languages", "times", "assured_on", "changed_at", "lat", "lon"],
        [
            *("a", "Grüße, ß", "12", "0.5", "true", "de;uk", "3 10:00-12:30", "2026-11-22", "2026-11-22T08:05:00"),
            *("51.83", "12.24"),
        ],
        ["b", "'=1+1", "", "-1.25", "", "-", "", "", "", "", ""],
    ]


def test_plain_csv_writes_small_and_large_numbers_out() -> None:
    frame = pd.DataFrame({"cost": [9.8e-05, 1.5e16, 51.83]})
    assert plain_csv(frame).decode().split() == ["cost", "0.000098", "15000000000000000", "51.83"]


def test_the_order_of_a_sum_is_in_no_file() -> None:
    """0.1 + 0.2 + 0.3 has other last digits than 0.3 + 0.2 + 0.1; a figure without an upper end has none."""
    files = [pd.DataFrame({"gap": [sum(parts), float("inf")]}) for parts in ((0.1, 0.2, 0.3), (0.3, 0.2, 0.1))]
    assert files[0]["gap"][0] != files[1]["gap"][0]
    assert plain_csv(files[0]) == plain_csv(files[1]) == b'gap\n0.6\n""\n'
    assert json.loads(json_file(files[0])) == json.loads(json_file(files[1])) == [{"gap": 0.6}, {"gap": None}]


def test_pandas_reads_the_plain_csv(records: pd.DataFrame) -> None:
    read = pd.read_csv(io.BytesIO(plain_csv(records)), parse_dates=["assured_on"])
    assert read["capacity"].tolist()[0] == 12
    assert read["assured_on"][0] == pd.Timestamp("2026-11-22")
    assert read["name"].tolist() == ["Grüße, ß", "'=1+1"]


def test_json(records: pd.DataFrame) -> None:
    content = json_file(records)
    assert "Grüße, ß".encode() in content
    assert json.loads(content) == [
        {
            "id": "a",
            "name": "Grüße, ß",
            "capacity": 12,
            "km": 0.5,
            "free": True,
            "languages": ["de", "uk"],
            "times": [{"weekday": 3, "begins": "10:00", "ends": "12:30"}],
            "assured_on": "2026-11-22",
            "changed_at": "2026-11-22T08:05:00",
            "lat": 51.83,
            "lon": 12.24,
        },
        {
            **{"id": "b", "name": "=1+1", "capacity": None, "km": -1.25, "free": None, "languages": []},
            **{"times": None, "assured_on": None, "changed_at": None, "lat": None, "lon": None},
        },
    ]


def test_hostile_characters_stay_inside_json() -> None:
    content = json_file(pd.DataFrame({"a": ['x"\x00\n\ud800</script>', np.inf]}))
    assert json.loads(content) == [{"a": 'x"\n</script>'}, {"a": None}]


def test_geojson_from_coordinates(records: pd.DataFrame) -> None:
    collection = json.loads(geojson_file(records[["id", "lat", "lon"]]))
    assert collection == {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [12.24, 51.83]},
                "properties": {"id": "a", "lat": 51.83, "lon": 12.24},
            },
            {"type": "Feature", "geometry": None, "properties": {"id": "b", "lat": None, "lon": None}},
        ],
    }


def test_geojson_from_geometry_text() -> None:
    shape = {"type": "Polygon", "coordinates": [[[12.2, 51.8], [12.3, 51.8], [12.3, 51.9], [12.2, 51.8]]]}
    frame = pd.DataFrame(
        {"name": ["Süd", "Nord"], "geometry": [json.dumps(shape), None], "day": [date(2026, 1, 2)] * 2}
    )
    features = json.loads(geojson_file(frame))["features"]
    assert [feature["geometry"] for feature in features] == [shape, None]
    assert features[0]["properties"] == {"name": "Süd", "day": "2026-01-02"}


def test_geojson_without_a_place_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        geojson_file(pd.DataFrame({"a": [1], "lat": [2]}))
    assert caught.value.key == "export_no_place"


def test_every_record_says_that_it_is_invented(records: pd.DataFrame) -> None:
    note = "Beispieldaten: alle Einträge sind erfunden."
    assert {record["notice"] for record in json.loads(json_file(marked(records, note)))} == {note}
    assert "notice" not in json.loads(json_file(marked(records, None)))[0]


def test_no_rows() -> None:
    empty = pd.DataFrame({"a": [], "lat": [], "lon": []})
    assert plain_csv(empty) == b"a,lat,lon\n"
    assert json.loads(json_file(empty)) == []
    assert json.loads(geojson_file(empty))["features"] == []


FORMULAS = ("=1+1", "+49 340 12", "-5 Grad", "@SUM(A1)", "\t=1", '=HYPERLINK("http://a.example")', "=1;=2")


@pytest.mark.parametrize("words", FORMULAS)
def test_no_spreadsheet_program_runs_a_text_of_a_csv(words: str) -> None:
    """In text columns, in lists and in the 3W list; in JSON it stays as it is; numbers stay numbers."""
    content = plain_csv(pd.DataFrame({"name": [words], "themes": [[words, "b"]], "km": [-1.5]}))
    (_, row) = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    assert row == [f"'{words}", f"'{words};b", "-1.5"]
    assert json.loads(json_file(pd.DataFrame({"name": [words]})))[0]["name"] == words
    three = [{column.shown: words for column in COLUMNS}]
    cells = list(csv.reader(io.StringIO(hxl_file(three).decode("utf-8"), newline="")))[2]
    assert [cell for cell in cells if not cell.startswith("'")] == []


def test_a_text_that_only_looks_protected_comes_back_as_it_was() -> None:
    (_, row) = csv.reader(io.StringIO(plain_csv(pd.DataFrame({"name": ["'=1"], "kept": ["'s Haus"]})).decode()))
    assert row == ["''=1", "'s Haus"]
