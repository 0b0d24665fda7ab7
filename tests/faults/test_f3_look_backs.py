"""F3: look-backs close when others take their place; a closed one opens again when it is queried."""

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from esdash.analysis import open_inventory
from esdash.inventory import Inventory, create
from esdash.inventory.access import Action
from esdash.inventory.file import past
from esdash.inventory.file.conditions import Conditions
from esdash.inventory.file.store import LOOKBACKS_KEPT
from tests.conftest import NOW, load_tiny_city
from tests.people import ADA
from tests.trials import amount

DAYS = amount(20, 100)
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


def test_each_database_has_a_limit_of_memory(lived: Inventory) -> None:
    for inventory in (lived, lived.as_of(day(5))):
        limit = inventory.value("SELECT value FROM duckdb_settings() WHERE name = 'memory_limit'")
        assert limit == "953.6 MiB"  # 1 GB
