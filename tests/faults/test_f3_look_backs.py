"""F3: look-backs close when others take their place; a closed one opens again when it is queried."""

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from esdash.analysis import open_inventory
from esdash.inventory import Inventory, create
from esdash.inventory.access import Action
from esdash.inventory.file import changelog, past
from esdash.inventory.file.conditions import Conditions
from esdash.inventory.file.store import LOOKBACKS_KEPT
from tests.conftest import NOW, load_tiny_city
from tests.people import ADA
from tests.trials import amount

DAYS = amount(10, 100)
VISITORS = 3 * DAYS
FIRST = NOW - timedelta(days=DAYS)
COUNT = "SELECT count(*) FROM organization"


def day(number: int) -> date:
    return (FIRST + timedelta(days=number)).date()


@pytest.fixture(scope="module")
def lived_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Musterstadt with one organisation more on each day: on day n (from 0) there are n + 1."""

    def live(inventory: Inventory) -> None:
        load_tiny_city(inventory)
        for number in range(DAYS):
            with inventory.change(ADA, Action.EDIT_RECORDS, at=FIRST + timedelta(days=number)) as change:
                change.insert("organization", [{"organization_id": f"o{number}", "name": f"Verein {number}"}])

    path = tmp_path_factory.mktemp("lived") / "inventory.duckdb"
    create(path, "empty", live, ADA, clock=lambda: NOW)
    return path.read_bytes()


@pytest.fixture
def lived(lived_file: bytes, tmp_path: Path) -> Iterator[Inventory]:
    """A copy of its own, open."""
    (tmp_path / "inventory.duckdb").write_bytes(lived_file)
    inventory = open_inventory(tmp_path / "inventory.duckdb", clock=lambda: NOW)
    yield inventory
    inventory.close()


@pytest.fixture
def rebuilt(monkeypatch: pytest.MonkeyPatch) -> list[duckdb.DuckDBPyConnection]:
    """Every database that was made for a look-back."""
    made: list[duckdb.DuckDBPyConnection] = []
    rebuild = past.rebuild

    def noted(*arguments: Any) -> duckdb.DuckDBPyConnection:
        made.append(rebuild(*arguments))
        return made[-1]

    monkeypatch.setattr(past, "rebuild", noted)
    return made


def open_ones(made: list[duckdb.DuckDBPyConnection]) -> int:
    number = 0
    for connection in made:
        try:
            connection.execute("SELECT 1")
            number += 1
        except duckdb.ConnectionException:
            pass
    return number


@pytest.mark.slow
def test_visitors_leave_no_more_open_than_the_bound(lived: Inventory, rebuilt: list[duckdb.DuckDBPyConnection]) -> None:
    held = []  # as Streamlit holds what widgets and downloads of visitors who are gone close over
    for visitor in range(VISITORS):
        number = visitor * DAYS // VISITORS
        state = lived.as_of(day(number)).under(Conditions(barrier_free=True) if visitor % 3 == 2 else Conditions())
        assert state.value(COUNT) == number + 1
        held.append(state)
        assert open_ones(rebuilt[-10:]) <= LOOKBACKS_KEPT
    assert len(rebuilt) == DAYS
    assert open_ones(rebuilt) == LOOKBACKS_KEPT
    assert held[0].value(COUNT) == 1  # a download of the first visitor is still right
    assert held[3 * (DAYS // 2)].value(COUNT) == DAYS // 2 + 1
    assert open_ones(rebuilt) == LOOKBACKS_KEPT
    lived.close()
    assert open_ones(rebuilt) == 0


def test_more_visitors_at_once_than_stay_open_get_right_answers(
    lived: Inventory, rebuilt: list[duckdb.DuckDBPyConnection]
) -> None:
    wrong: list[object] = []

    def visit(number: int) -> None:
        try:
            state = lived.as_of(day(number))
            for _ in range(4):
                answer = state.value(COUNT)
                if answer != number + 1:
                    wrong.append((number, answer))
        except Exception as error:
            wrong.append(error)

    visitors = [threading.Thread(target=visit, args=(number,)) for number in range(LOOKBACKS_KEPT + 3)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(timeout=120)
    assert wrong == []
    assert not any(visitor.is_alive() for visitor in visitors)
    assert open_ones(rebuilt) == LOOKBACKS_KEPT


def test_a_change_of_today_leaves_the_past_open(lived: Inventory, rebuilt: list[duckdb.DuckDBPyConnection]) -> None:
    def add(name: str, at: datetime | None = None) -> None:
        with lived.change(ADA, Action.EDIT_RECORDS, at=at) as change:
            change.insert("organization", [{"organization_id": name, "name": name}])

    state, today = lived.as_of(day(5)), lived.as_of(day(DAYS))
    add("today")
    assert lived.as_of(day(5)) is state
    assert len(rebuilt) == 2
    assert lived.as_of(day(DAYS)).value(COUNT) == DAYS + 1  # what is shown of today is no past yet
    assert lived.as_of(day(DAYS)) is not today
    add("earlier", FIRST + timedelta(days=3))
    assert lived.as_of(day(5)).value(COUNT) == 7
    assert lived.as_of(day(2)).value(COUNT) == 3


@pytest.mark.slow
def test_a_past_that_stays_open_is_the_one_that_would_be_rebuilt(lived: Inventory) -> None:
    """After a change of any table; else a look-back would show what it must not show any more, or no longer shows."""

    def shown() -> dict[str, list[str]]:
        state = lived.as_of(day(5))
        names = ("clock", "consenting_today", *sorted(tables))
        return {name: sorted(str(row) for row in state.rows(f"FROM {name}")) for name in names}

    with lived.change(ADA, Action.EDIT_RECORDS, at=FIRST) as change:
        for key in ("kept", "withdrawn"):
            person = {"name": f"Person {key}", "consent_scope": "public", "consent_on": f"{day(0)}"}
            change.insert("contact", [{"contact_id": key, "role": "Leitung", "organization_id": "o0", **person}])
    with lived.exclusive(ADA, Action.EDIT_RECORDS) as cursor:
        tables = set(changelog.logged_tables(cursor)) | {"meta", "import_run"}
    before, changed = shown(), set()
    assert len(before["consenting_today"]) == 2
    for table in sorted(tables):
        key, columns = changelog.key_column(table), lived.columns(table)
        rows = lived.rows(f"SELECT * FROM inventory.{table} LIMIT 1") if key in columns else []
        texts = [name for name in columns if name in ("name", "name_de", "note", "consent_until")]
        for row in rows[: len(texts)]:
            with lived.change(ADA, Action.EDIT_RECORDS) as change:
                values = {name: f"{day(1)}" if name == "consent_until" else "anders" for name in texts}
                change.update(table, [{key: row[key], **values}])
            said = shown()
            lived.forget()
            assert said == shown(), table
            changed.add(table)
    assert {"contact", "organization", "district", "theme"} <= changed
    assert len(shown()["consenting_today"]) == 1


def test_each_database_has_a_limit_of_memory(lived: Inventory) -> None:
    for inventory in (lived, lived.as_of(day(5))):
        limit = inventory.value("SELECT value FROM duckdb_settings() WHERE name = 'memory_limit'")
        assert limit == "953.6 MiB"  # 1 GB
