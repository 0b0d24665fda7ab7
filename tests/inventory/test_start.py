"""New inventories: the example, the public facts, the empty city."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from esdash.errors import UserError
from esdash.examples.start import start
from esdash.inventory import default_city, open_file


def clock() -> datetime:
    return datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["public", "empty"])  # the example: every test that uses it, and the command init
def test_each_kind(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "data" / "i.duckdb"
    start(path, kind, clock=clock)
    inventory = open_file(path, clock=clock)
    initiatives = inventory.value("SELECT count(*) FROM initiative")
    assert inventory.value("SELECT kind FROM meta") == kind
    assert inventory.value("SELECT count(*) FROM district") == 25
    assert initiatives == 0 if kind == "empty" else initiatives > 0
    inventory.close()
    assert sorted(file.name for file in path.parent.iterdir()) == ["i.duckdb", "i.duckdb.erasures", "i.duckdb.last"]


def test_public_facts_are_imports_with_their_source(tmp_path: Path) -> None:
    start(tmp_path / "i.duckdb", "public", clock=clock)
    inventory = open_file(tmp_path / "i.duckdb", clock=clock)
    assert inventory.value("SELECT count(*) FROM import_run") == 2
    assert inventory.value("SELECT count(*) FROM initiative WHERE source IS NULL") == 0
    assert inventory.value("SELECT count(*) FROM contact") == 0  # no personal data
    inventory.close()


def test_a_fault_in_the_public_facts_leaves_no_half_inventory(tmp_path: Path) -> None:
    city = tmp_path / "city"
    shutil.copytree(default_city(), city)
    with (city / "public" / "initiatives.csv").open("a", encoding="utf-8") as file:
        file.write("Irgendwas,Niemand GmbH,,aktiv,,,,,,,,\n")
    with pytest.raises(UserError) as caught:
        start(tmp_path / "i.duckdb", "public", city_folder=city, clock=clock)
    assert caught.value.key == "city_file_wrong"
    assert not (tmp_path / "i.duckdb").exists()


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    city = tmp_path / "city"
    shutil.copytree(default_city(), city)
    (city / "public" / "organizations.csv").unlink()
    with pytest.raises(UserError) as caught:
        start(tmp_path / "i.duckdb", "public", city_folder=city, clock=clock)
    assert (caught.value.key, caught.value.values["path"].name) == ("city_missing", "organizations.csv")


def test_an_inventory_is_never_overwritten(tmp_path: Path) -> None:
    start(tmp_path / "i.duckdb", "empty", clock=clock)
    with pytest.raises(UserError) as caught:
        start(tmp_path / "i.duckdb", "example", clock=clock)
    assert caught.value.key == "inventory_exists"
