"""What looks wrong in a record: by hand, for a city of one square from 52 to 52.01 north and 11 to 11.01 east."""

from typing import Any

import pytest

from esdash.model.plausible import Around, doubts, kilometres

CORNERS = [(52.0, 11.0), (52.0, 11.01), (52.01, 11.01), (52.01, 11.0)]
EDGES = [(*a, *b) for a, b in zip(CORNERS, CORNERS[1:] + CORNERS[:1], strict=True)]
NORTH = [(lat_a + 0.01, lon_a, lat_b + 0.01, lon_b) for lat_a, lon_a, lat_b, lon_b in EDGES]
CITY = Around({"01": "Mitte", "02": "Nord"}, [(52.005, 11.005)], {"01": EDGES, "02": NORTH})


def rules(**record: Any) -> list[str]:
    return [doubt.rule for doubt in doubts(record, CITY)]


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"lat": 52.005, "lon": 11.005}, []),
        ({"lat": 52.3, "lon": 11.4}, []),  # 40 km outside: a partner in the next town
        ({"lat": 11.005, "lon": 52.005}, ["swapped"]),
        ({"lat": 11.2, "lon": 52.3}, ["swapped"]),
        ({"lat": 48.1, "lon": 11.6}, ["far"]),
        ({"lat": 0.0, "lon": 0.0}, ["far"]),
        ({"lat": 52.015, "lon": 11.005, "district_id": "01"}, ["other_district"]),
        ({"lat": 52.015, "lon": 11.005, "district_id": "02"}, []),
        ({"lat": 52.1, "lon": 11.005, "district_id": "01"}, []),  # in no district: said wrongly or not, nobody can tell
        ({"lat": 52.005, "lon": None, "district_id": "02"}, []),
        ({"phone": "O340 123456"}, ["phone"]),
        ({"phone": "0340 1"}, ["phone"]),
        ({"phone": "0340/12 34 56"}, []),
        ({"phone": "im Büro fragen"}, []),
        ({"capacity": 10_000, "seats": None}, []),
        ({"capacity": 10_001}, ["many"]),
        ({"seats": 99_999}, ["many"]),
    ],
)
def test_what_looks_wrong(record: dict[str, Any], found: list[str]) -> None:
    assert rules(**record) == found


def test_swapped_numbers_say_what_is_meant() -> None:
    (doubt,) = doubts({"lat": 11.005, "lon": 52.005}, CITY)
    assert (doubt.fields, doubt.instead) == (("lat", "lon"), {"lat": 52.005, "lon": 11.005})


def test_without_districts_no_point_is_far() -> None:
    assert list(doubts({"lat": 0.0, "lon": 0.0}, Around({}))) == []


def test_distances_by_hand() -> None:
    assert kilometres((52.0, 11.0), (53.0, 11.0)) == pytest.approx(111.19, abs=0.1)
    assert kilometres((0.0, 0.0), (0.0, 1.0)) == pytest.approx(111.19, abs=0.1)
    assert kilometres((52.0, 11.0), (52.0, 11.0)) == 0
