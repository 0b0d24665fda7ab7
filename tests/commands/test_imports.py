"""imports and undo-import: the list of what was imported, and the way back."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from esdash.inventory import editing, open_file
from tests.commands.command_line import clock, run
from tests.people import ADA


@pytest.fixture
def imported(empty_file: Path, tmp_path: Path) -> tuple[Path, str]:
    """An inventory with one import of two organisations, and its id."""
    (tmp_path / "träger.csv").write_text("Organisation\nVerein Ä\nVerein Ö\n", encoding="utf-8")
    assert run("import", tmp_path / "träger.csv", "--actor", "Ada", database=empty_file).exit_code == 0
    (listed,) = json.loads(run("imports", "--json", database=empty_file).stdout)
    return empty_file, listed["import_run_id"]


def test_no_imports(empty_file: Path) -> None:
    result = run("imports", database=empty_file)
    assert (result.exit_code, result.stdout) == (0, "Es wurde noch nichts importiert.\n")


def test_undo(imported: tuple[Path, str]) -> None:
    path, key = imported
    shown = run("imports", database=path).stdout
    moment = clock().astimezone(ZoneInfo("Europe/Berlin"))
    assert shown == f"{key}  {moment:%d.%m.%Y %H:%M}  träger.csv: 2 neu, 0 geändert (Ada)\n"
    result = run("undo-import", key, "--actor", "Ben", "--reason", "falsche Datei", database=path)
    assert (result.exit_code, result.stdout) == (0, f"Der Import {key} ist rückgängig gemacht.\n")
    assert "rückgängig gemacht am 22.11.2026" in run("imports", database=path).stdout
    assert "undone on 22 Nov 2026" in run("imports", database=path, language="en").stdout
    again = run("undo-import", key, database=path)
    assert (again.exit_code, again.stdout) == (2, "")
    assert "schon am 22.11.2026" in again.stderr
    inventory = open_file(path)
    assert inventory.value("SELECT count(*) FROM organization") == 0
    entry = inventory.rows("FROM inventory.change_log WHERE means = 'undo'")[0]
    assert (entry["actor"], entry["reason"]) == ("Ben", "falsche Datei")
    inventory.close()


@pytest.mark.parametrize(
    ("language", "said", "message"),
    [
        ("de", "organization verein-ae: seither geändert", "lässt sich nicht rückgängig machen"),
        ("en", "organization verein-ae: edited since", "cannot be undone"),
    ],
)
def test_a_refusal_names_the_records(imported: tuple[Path, str], language: str, said: str, message: str) -> None:
    path, key = imported
    inventory = open_file(path, clock=clock)
    editing.assure(inventory, "organization", ["verein-ae"], ADA)
    inventory.close()
    result = run("undo-import", key, database=path, language=language)
    assert result.exit_code == 2
    assert said in result.stderr and message in result.stderr
    inventory = open_file(path)
    assert inventory.value("SELECT count(*) FROM organization") == 2
    inventory.close()


def test_an_unknown_import(empty_file: Path) -> None:
    result = run("undo-import", "nichts", database=empty_file)
    assert result.exit_code == 2
    assert "python -m esdash imports" in result.stderr


def test_a_sender_needs_the_mapping_once(empty_file: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Wer;Wo\nVerein Ä;Zoberberg\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("Wo;Wer\nZoberberg;Schachfreunde\n", encoding="utf-8")
    said = {"columns": {"Wer": "name", "Wo": "district_id"}}
    (tmp_path / "m.json").write_text(json.dumps(said), encoding="utf-8")
    named = ("--sender", "Jobcenter", "--kind", "organizations")
    first = run("import", tmp_path / "a.csv", "--mapping", tmp_path / "m.json", *named, database=empty_file)
    assert first.exit_code == 0, first.stderr
    assert run("import", tmp_path / "b.csv", "--kind", "organizations", database=empty_file).exit_code == 2
    second = run("import", tmp_path / "b.csv", "--sender", "jobcenter", database=empty_file)
    assert second.exit_code == 0, second.stderr
    assert "Bekannt von Jobcenter: 2 Spalten und Wörter dieser Datei." in second.stdout
    assert {line["sender"] for line in json.loads(run("imports", "--json", database=empty_file).stdout)} == {
        "Jobcenter"
    }
