"""erase: it asks, it tells what it did, and it names nobody."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from esdash.__main__ import cli
from esdash.commands.terminal import Terminal
from esdash.inventory import create, open_file
from esdash.texts import Text
from tests.commands.command_line import clock, run
from tests.inventory.test_erasure import NAME, WORDS, fill, found_in
from tests.people import TESTER


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create(tmp_path / "i.duckdb", "empty", fill, TESTER, clock)
    return tmp_path / "i.duckdb"


def name_of(path: Path) -> str | None:
    inventory = open_file(path, clock=clock)
    name = inventory.value("SELECT name FROM contact WHERE contact_id = 'c'")
    inventory.close()
    return name


def test_erase(path: Path) -> None:
    run("backup", database=path)
    result = run("erase", "c", "--reason", "Wunsch", "--yes", database=path)
    assert result.exit_code == 0, result.stderr
    assert "entfernt aus contact.name: 1" in result.stdout
    assert "Die Funktion ist noch da." in result.stdout
    assert "Auch aus der Sicherung" in result.stdout
    assert [word for word in WORDS if word in result.stdout + result.stderr] == []
    assert name_of(path) is None
    assert [file for file in path.parent.rglob("*.duckdb") if found_in(file)] == []


@pytest.mark.parametrize(("answer", "code"), [("c", 0), ("nein", 130), ("", 130)])
def test_it_asks_before(answer: str, code: int, path: Path) -> None:
    arguments = ["--database", str(path), "erase", "c", "--reason", "Wunsch"]
    result = CliRunner().invoke(cli, arguments, input=answer + "\n", obj=Terminal(text=Text("de"), clock=clock))
    assert result.exit_code == code
    assert "„Leitung“ (Verein)" in result.stdout
    assert [word for word in WORDS if word in result.stdout + result.stderr] == []
    assert name_of(path) == (None if code == 0 else NAME)


def test_whom_nobody_knows(path: Path) -> None:
    result = run("erase", "x", "--reason", "Wunsch", "--yes", database=path)
    assert (result.exit_code, "Eine Ansprechperson mit dem Schlüssel x gibt es nicht." in result.stderr) == (2, True)
