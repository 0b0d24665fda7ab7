"""One clock, the city's, for everything people see: "today", the end of a past day, times of changes and backups.

Expected values by hand: Berlin is one hour before UTC in winter, two in summer (2027 from 28 March to 31 October).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from esdash.analysis import open_inventory
from esdash.analysis.records import history, records
from esdash.errors import UserError
from esdash.inventory import Inventory, backups, create
from esdash.inventory.access import Action
from esdash.inventory.editing import status
from esdash.inventory.file import files, local_time
from tests.conftest import NOW, load_tiny_city
from tests.first_state import Lender
from tests.people import ADA, TESTER

WINTER = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # 1 January 2027, 00:30 in Berlin
SUMMER = datetime(2027, 7, 1, 22, 30, tzinfo=UTC)  # 2 July 2027, 00:30 in Berlin


@pytest.fixture(params=["UTC", "Europe/Berlin", "America/New_York"])
def server(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A machine whose own clock stands in this time zone; it must not matter."""
    if not hasattr(time, "tzset"):
        pytest.fail("this machine cannot change its time zone for a test; run it on Linux")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


class Hand:
    """A clock that a test puts forward."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def inventory(tiny_file: bytes, lender: Lender, hand: Hand) -> Iterator[Inventory]:
    with lender.lend(tiny_file, hand) as opened:
        yield opened


def offer(inventory: Inventory, key: str) -> None:
    """One organisation more, entered now."""
    with inventory.change(ADA, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": key, "name": key, "kind": "association"}])


@pytest.mark.parametrize(
    ("moment", "today", "clock"),
    [
        (WINTER, date(2027, 1, 1), "01.01.2027 00:30"),
        (WINTER.replace(hour=22), date(2026, 12, 31), "31.12.2026 23:30"),
        (SUMMER, date(2027, 7, 2), "02.07.2027 00:30"),
        (SUMMER.replace(hour=21), date(2027, 7, 1), "01.07.2027 23:30"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), date(2027, 3, 28), "28.03.2027 01:59"),  # the hour before the change
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), date(2027, 3, 28), "28.03.2027 03:00"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), date(2027, 10, 31), "31.10.2027 02:30"),  # summer's
        (
            datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
            date(2027, 10, 31),
            "31.10.2027 02:30",
        ),  # and winter's half past two
    ],
)
def test_today_and_the_time(
    server: str, inventory: Inventory, hand: Hand, moment: datetime, today: date, clock: str
) -> None:
    hand.now = moment
    assert inventory.today() == today
    assert f"{inventory.now():%d.%m.%Y %H:%M}" == clock
    assert f"{local_time.by_the_clocks(moment.replace(tzinfo=None), inventory.zone):%d.%m.%Y %H:%M}" == clock
    assert records.status(inventory)["today"] == today


@pytest.mark.parametrize(("moment", "day"), [(WINTER, date(2027, 1, 1)), (SUMMER, date(2027, 7, 2))])
def test_what_is_written_after_midnight_has_the_new_day(
    server: str, inventory: Inventory, hand: Hand, moment: datetime, day: date
) -> None:
    hand.now = moment
    offer(inventory, "verein")
    assert history.of(inventory, "organization", "verein")["changed_at"].iloc[0].date() == day
    assert records.changes(inventory)["changed_at"].iloc[0] == inventory.now().replace(tzinfo=None)
    assert inventory.value("SELECT max(changed_at) FROM inventory.change_log") == moment.replace(tzinfo=None)  # UTC
    assert inventory.as_of(day).today() == day  # `?on=` of today


def test_a_day_looked_back_at_is_the_whole_day_of_the_city(server: str, inventory: Inventory, hand: Hand) -> None:
    for key, utc in (("late", (7, 1, 21, 30)), ("early", (7, 1, 22, 30))):  # 1 July 23:30 and 2 July 00:30 in Berlin
        hand.now = datetime(2027, *utc, tzinfo=UTC)
        offer(inventory, key)
    hand.now = datetime(2027, 7, 10, 12, tzinfo=UTC)
    held = {
        day: inventory.as_of(date(2027, 7, day)).rows("SELECT organization_id AS id FROM organization")
        for day in (1, 2)
    }
    assert [row["id"] for row in held[1]] == ["late"]
    assert sorted(row["id"] for row in held[2]) == ["early", "late"]


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2027, 3, 27), datetime(2027, 3, 27, 22, 59, 59, 999999, tzinfo=UTC)),
        (date(2027, 3, 28), datetime(2027, 3, 28, 21, 59, 59, 999999, tzinfo=UTC)),  # 23 hours
        (date(2027, 10, 30), datetime(2027, 10, 30, 21, 59, 59, 999999, tzinfo=UTC)),
        (date(2027, 10, 31), datetime(2027, 10, 31, 22, 59, 59, 999999, tzinfo=UTC)),  # 25 hours
    ],
)
def test_a_day_ends_at_midnight_of_the_city(inventory: Inventory, day: date, end: datetime) -> None:
    assert local_time.end_of(day, inventory.zone) == end


def test_the_first_day_is_that_of_the_city(server: str, tmp_path: Path) -> None:
    path = tmp_path / "new.duckdb"
    create(path, "empty", load_tiny_city, TESTER, lambda: WINTER)
    inventory = open_inventory(path, clock=lambda: WINTER)
    assert records.first_day(inventory) == date(2027, 1, 1)
    assert history.extent(inventory)[1] == date(2027, 1, 1)
    inventory.as_of(date(2027, 1, 1))
    with pytest.raises(UserError) as error:
        inventory.as_of(date(2026, 12, 31))
    assert error.value.values["first"] == date(2027, 1, 1)
    inventory.close()


def test_an_assurance_after_midnight_is_of_the_new_day(server: str, inventory: Inventory, hand: Hand) -> None:
    hand.now = WINTER
    offer(inventory, "verein")
    status.assure(inventory, "organization", ["verein"], ADA)
    assert inventory.value("SELECT assured_on FROM organization") == date(2027, 1, 1)


def test_a_backup_is_named_and_dated_by_the_clocks_of_the_city(server: str, inventory: Inventory, hand: Hand) -> None:
    hand.now = SUMMER
    assert backups.manual(inventory, ADA).name == "inventory-2027-07-02-003000.duckdb"
    assert (
        backups.automatic(inventory, "import", ADA, Action.IMPORT_TABLE).name
        == "inventory-auto-2027-07-02-003000-01-import.duckdb"
    )
    last = backups.last(inventory)
    assert last is not None and last == SUMMER and f"{last:%d.%m.%Y %H:%M}" == "02.07.2027 00:30"


def test_a_fixed_day_is_that_day_at_every_hour(monkeypatch: pytest.MonkeyPatch, inventory: Inventory) -> None:
    monkeypatch.setenv("ESDASH_TODAY", "2026-11-22")
    for real in (datetime(2027, 7, 1, 22, 30, tzinfo=UTC), datetime(2027, 1, 1, 23, 30, tzinfo=UTC), NOW):
        monkeypatch.setattr(files, "datetime", _Frozen.at(real))
        assert local_time.by_the_clocks(files.utc_now(), inventory.zone).date() == date(2026, 11, 22)


class _Frozen(datetime):
    """datetime whose `now` stands still."""

    real: datetime

    @classmethod
    def at(cls, moment: datetime) -> type:
        return type("Frozen", (cls,), {"real": moment})

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.real


def test_a_city_elsewhere_has_its_own_clock(tiny_path: Path) -> None:
    inventory = open_inventory(tiny_path, clock=lambda: SUMMER)
    with inventory.change(ADA, Action.SET_UP) as change:
        change.update("city", [{"city_id": "musterstadt", "timezone": "America/New_York"}])
    assert f"{inventory.now():%d.%m.%Y %H:%M}" == "01.07.2027 18:30"
    assert inventory.today() == date(2027, 7, 1)
    changed = records.changes(inventory, "city")["changed_at"].iloc[0]
    assert f"{changed:%d.%m.%Y %H:%M}" == "01.07.2027 18:30"
    inventory.close()


def test_an_inventory_from_before_cities_named_a_zone_is_read_by_german_clocks(tiny_path: Path) -> None:
    inventory = open_inventory(tiny_path, clock=lambda: SUMMER)
    with inventory.change(ADA, Action.SET_UP) as change:
        change.update("city", [{"city_id": "musterstadt", "timezone": None}])
    assert inventory.today() == date(2027, 7, 2)
    inventory.close()


def test_a_zone_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    for wrong in ("Europe/Dessau", "../etc/passwd", ""):
        with pytest.raises(UserError) as error:
            local_time.checked(wrong, tmp_path / "city.toml")
        assert error.value.key == "city_file_wrong"


def test_nothing_reads_the_clock_of_the_machine_for_people() -> None:
    """A moment becomes a day or a time only through the inventory; what is said here in UTC is for machines."""
    root = Path(__file__).parents[2]
    allowed = {
        "esdash/inventory/file/files.py",  # the clock itself
        "esdash/inventory/file/local_time.py",
    }
    for path in [*root.glob("esdash/**/*.py"), *root.glob("pages/*.py")]:
        name = path.relative_to(root).as_posix()
        source = path.read_text(encoding="utf-8")
        if name not in allowed:
            assert ".astimezone()" not in source, name
            assert "date.today()" not in source and "datetime.today()" not in source, name
