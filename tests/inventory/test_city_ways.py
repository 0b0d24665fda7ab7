"""A large city: its ways are read row by row and kept in a few bytes each, and every fault still names its line."""

import tracemalloc
from pathlib import Path

import pytest

from benchmarks import large_city
from esdash.errors import UserError
from esdash.inventory import Inventory, city, travel
from esdash.inventory.city import declared, loading
from esdash.inventory.city.folder import FAULTS_SHOWN
from esdash.inventory.city.ways import Ways
from tests.conftest import TINY_CITY

FILES = city.files_of(TINY_CITY)
HEADER = "from_district_id,to_district_id,minutes,quality,source\n"
TRAVEL = declared.BY_NAME["travel.csv"]
WAYS = 40_000
BYTES_PER_WAY = 160  # 76 today: its place in lists and in the ways of a district, its line; as dictionaries 1,200


def peak_of(files: dict[str, bytes]) -> int:
    tracemalloc.start()
    try:
        folder = city.read("large", files)
        assert len(folder.tables["district_travel"]) == WAYS
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("nearest", [WAYS // 200, None], ids=["given", "estimated"])
def test_ways_take_few_bytes(tmp_path: Path, nearest: int | None) -> None:
    """200 districts, 40,000 ways: from a file, and worked out; the bound is the same for every size."""
    files = city.files_of(large_city.make(tmp_path / "large", 200, nearest))
    few = city.files_of(large_city.make(tmp_path / "small", 200, 1))
    tracemalloc.start()
    city.read("small", few)
    base = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak_of(files) - base < WAYS * BYTES_PER_WAY


def test_rows_are_inserted_in_parts_and_logged_one_by_one(tiny: Inventory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Musterstadt is loaded four rows at a time: the same tables, and one entry of the log per row."""
    monkeypatch.setattr(loading, "AT_ONCE", 4)
    folder = city.read("musterstadt", FILES)
    parts: dict[str, list[int]] = {}

    class Counting:
        def insert(self, table: str, rows: list[declared.Row]) -> None:
            parts.setdefault(table, []).append(len(rows))

    loading.load(Counting(), TINY_CITY)  # type: ignore[arg-type]
    assert {table: sum(sizes) for table, sizes in parts.items()} == {t: len(rows) for t, rows in folder.tables.items()}
    assert parts["district_travel"] == [4, 4, 1]
    logged = tiny.value("SELECT count(*) FROM inventory.change_log WHERE table_name = 'district_travel'")
    assert logged == len(folder.tables["district_travel"]) == 9


def test_a_way_that_is_given_twice_names_both_lines() -> None:
    rows = "01,02,5,measured,x\n\n01,03,5,measured,x\n01,02,6,measured,x\n"
    with pytest.raises(city.CityFaults, match="city_twice") as refused:
        city.read("m", FILES | {"travel.csv": (HEADER + rows).encode()})
    said = refused.value.values
    assert (said["line"], said["first"], said["value"]) == (5, 2, "01|02")


def test_a_way_to_nowhere_names_its_line() -> None:
    rows = "01,01,5,measured,x\n01,02,5,measured,x\n01,03,5,measured,x\n01,99,5,measured,x\n"
    with pytest.raises(city.CityFaults, match="city_reference") as refused:
        city.read("m", FILES | {"travel.csv": (HEADER + rows).encode()})
    assert (refused.value.values["line"], refused.value.values["value"]) == (5, "99")


def test_a_fault_in_every_row_is_not_collected_for_every_row() -> None:
    """A column in another unit: the first faults say it, with their lines."""
    rows = "".join(f"01,{n},fünf,measured,x\n" for n in range(5_000))
    with pytest.raises(city.CityFaults) as refused:
        city.read("m", FILES | {"travel.csv": (HEADER + rows).encode()})
    assert len(refused.value.others) == FAULTS_SHOWN - 1
    assert [fault.values["line"] for fault in (refused.value, *refused.value.others)] == list(range(2, 22))


def test_a_cell_that_repeats_is_checked_in_its_own_column() -> None:
    """ "12" is a number of minutes but no quality, and the same wrong word is named in both rows."""
    rows = "01,01,12,12,x\n01,02,5,measured,12\n01,03,measured,measured,x\n02,02,measured,measured,x\n"
    with pytest.raises(city.CityFaults) as refused:
        city.read("m", FILES | {"travel.csv": (HEADER + rows).encode()})
    faults = [(one.values["line"], one.values["column"]) for one in (refused.value, *refused.value.others)]
    assert faults == [(2, "quality"), (4, "minutes"), (5, "minutes")]


def test_bytes_that_are_no_text_name_their_line_however_far_down() -> None:
    rows = "".join(f"01,{n},5,measured,x\n" for n in range(20_000)) + "01,02,5,measured,Fahrpl\xe4ne\n"
    with pytest.raises(UserError, match="city_encoding") as refused:
        city.read("m", FILES | {"travel.csv": (HEADER + rows).encode("latin-1")})
    assert (refused.value.values["file"], refused.value.values["line"]) == ("travel.csv", 20_002)


def test_too_many_rows_are_refused_before_they_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declared, "MOST_WAYS", 8)
    with pytest.raises(city.CityFaults, match="city_rows") as refused:
        city.read("m", FILES)
    assert (refused.value.values["most"], refused.value.others) == (8, [])


def test_ways_are_the_rows_that_went_in() -> None:
    rows = list(travel.table({"a": (0, 0), "b": (0, 0.1), "c": (1, 0)}, {}, travel.Rules(), lambda start, end: ()))
    ways = Ways(TRAVEL, rows)
    assert dict(ways) == {f"{row['from_district_id']}|{row['to_district_id']}": row for row in rows}
    assert (len(ways), "a|c" in ways, "a|d" in ways, "ac" in ways) == (9, True, False, False)
    assert ways.named("from_district_id") == ways.named("to_district_id") == {"a", "b", "c"}
