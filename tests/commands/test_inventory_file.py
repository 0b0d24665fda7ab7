"""init, backup, restore and generate."""

import csv
import io
from pathlib import Path

import pytest

from esdash.__main__ import cli
from esdash.inventory import open_file
from tests.commands.command_line import break_a_session, run
from tests.planted_versions import plant

# ---------------------------------------------------------------- init


@pytest.mark.parametrize(("asked", "kind"), [((), "example"), (("--public",), "public"), (("--empty",), "empty")])
def test_init(asked: tuple[str, ...], kind: str, tmp_path: Path) -> None:
    result = run("init", *asked, database=tmp_path / "i.duckdb")
    assert result.exit_code == 0, result.stderr
    assert "Initiativen" in result.stdout
    inventory = open_file(tmp_path / "i.duckdb")
    assert inventory.value("SELECT kind FROM meta") == kind
    inventory.close()


def test_to_ask_for_the_example_is_the_same_as_to_say_nothing() -> None:
    """Seen in the options: making the example takes long."""
    init = cli.commands["init"]
    assert [init.make_context("init", list(asked)).params["kind"] for asked in ((), ("--example",))] == ["example"] * 2


def test_init_never_overwrites(empty_file: Path) -> None:
    before = empty_file.read_bytes()
    result = run("init", database=empty_file)
    assert result.exit_code == 2
    assert "liegt schon eine Bestandsdatei" in result.stderr
    assert empty_file.read_bytes() == before


def test_init_of_a_city_that_is_none(tmp_path: Path) -> None:
    result = run("init", "--empty", "--city", tmp_path, database=tmp_path / "i.duckdb")
    assert result.exit_code == 2
    assert "city.toml" in result.stderr


# ---------------------------------------------------------------- backup, restore, generate


def test_backup_and_restore(empty_file: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "b.duckdb", database=empty_file).exit_code == 0
    break_a_session(empty_file)
    result = run("restore", tmp_path / "b.duckdb", database=empty_file)
    assert result.exit_code == 0, result.stderr
    inventory = open_file(empty_file)
    assert inventory.value("SELECT count(*) FROM session") == 0
    inventory.close()
    kept = list((tmp_path / "backups").glob("before-restore-*.duckdb"))
    assert len(kept) == 1
    assert str(kept[0]) in result.stdout


def test_a_restore_names_the_frozen_versions_that_are_gone(empty_file: Path, tmp_path: Path) -> None:
    """Their numbers come again, so that two lists would have the same one."""
    inventory = open_file(empty_file)
    plant(inventory, 1)
    inventory.close()
    run("backup", tmp_path / "b.duckdb", database=empty_file)
    inventory = open_file(empty_file)
    plant(inventory, 2)
    inventory.close()
    result = run("restore", tmp_path / "b.duckdb", database=empty_file)
    assert result.exit_code == 0 and "Fassung 2" in result.stderr and "Fassung 1" not in result.stderr
    again = run("restore", tmp_path / "b.duckdb", database=empty_file)
    assert "Fassung" not in again.stderr


def test_backup_without_a_name_goes_beside_the_inventory(empty_file: Path) -> None:
    assert run("backup", database=empty_file).exit_code == 0
    assert [file.name for file in (empty_file.parent / "backups").iterdir()] == [
        "i-2026-11-22-100000.duckdb"
    ]  # by the clock of the city


def test_a_backup_is_never_overwritten(empty_file: Path, tmp_path: Path) -> None:
    (tmp_path / "b.duckdb").write_text("x")
    result = run("backup", tmp_path / "b.duckdb", database=empty_file)
    assert (result.exit_code, (tmp_path / "b.duckdb").read_text()) == (2, "x")


def test_restore_of_what_is_no_backup(empty_file: Path, tmp_path: Path) -> None:
    before = empty_file.read_bytes()
    (tmp_path / "b.duckdb").write_text("no database")
    for file in ("b.duckdb", "missing.duckdb"):
        result = run("restore", tmp_path / file, database=empty_file)
        assert result.exit_code == 2
        assert result.stderr.startswith("Fehler: ")
        assert "letzte Sicherung" not in result.stderr  # that would be about the inventory
    assert "missing.duckdb" in result.stderr
    assert empty_file.read_bytes() == before


def test_generate(tmp_path: Path) -> None:
    result = run("generate", "--initiatives", "30", "--seed", "2", database=tmp_path / "i.duckdb")
    assert result.exit_code == 0, result.stderr
    assert "6 Organisationen, 30 Initiativen, 10 Schulungen" in result.stdout
    shown = run("export", "initiatives", database=tmp_path / "i.duckdb").stdout
    assert {row["notice"] for row in csv.DictReader(io.StringIO(shown))} == {
        "Beispieldaten: alle Einträge sind erzeugt und erfunden."
    }
