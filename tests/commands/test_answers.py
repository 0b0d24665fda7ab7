"""The answer sheet from the command line and back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from esdash.analysis import open_inventory
from esdash.inventory.importing.answer_sheets import COLUMNS
from tests.commands.command_line import clock, run
from tests.planted_versions import plant

VERDICT = COLUMNS.index("verdict") + 1


@pytest.fixture
def handed(tiny_path: Path) -> Path:
    inventory = open_inventory(tiny_path, clock)
    for number in (1, 2):
        plant(inventory, number, handed_over_on=date(2026, 9, 28))
    inventory.close()
    return tiny_path


def test_the_sheet_goes_out_and_comes_back_and_is_undone(handed: Path, tmp_path: Path) -> None:
    file = tmp_path / "bogen.xlsx"
    assert run("export", "answers-sheet", "--version", "1", "--out", file, database=handed).exit_code == 0
    book = openpyxl.load_workbook(file)
    assert book.active is not None
    book.active.cell(7, VERDICT).value = "angenommen"
    book.save(file)
    tried = run("import", file, "--dry-run", database=handed)
    assert (tried.exit_code, "Nichts wurde geändert." in tried.output) == (0, True), tried.output
    done = run("import", file, "--json", "--actor", "Ada", database=handed)
    told = json.loads(done.output)
    assert (done.exit_code, told["version"]) == (0, 1)
    assert told["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "faulty": 0}
    assert run("undo-import", told["import_run_id"], "--actor", "Ada", database=handed).exit_code == 0
    book.active.cell(7, VERDICT).value = "ja"
    book.save(file)
    wrong = run("import", file, "--actor", "Ada", database=handed)
    assert wrong.exit_code == 1 and "„ja“ ist keine der sechs Antworten" in wrong.output
    inventory = open_inventory(handed, clock)
    assert inventory.rows("FROM answer") == []
    inventory.close()


def test_without_a_number_it_is_the_sheet_of_the_newest_version(handed: Path, tmp_path: Path) -> None:
    file = tmp_path / "bogen.xlsx"
    assert run("export", "answers-sheet", "--out", file, database=handed).exit_code == 0
    page = openpyxl.load_workbook(file).active
    assert page is not None and page.cell(7, COLUMNS.index("version") + 1).value == 2
    missing = run("export", "answers-sheet", "--version", "7", "--out", file, database=handed)
    assert missing.exit_code == 2 and "Fassung 7" in missing.output
