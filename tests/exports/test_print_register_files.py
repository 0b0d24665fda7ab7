"""The print register as CSV, XLSX, JSON: figures that add up, no marks and nothing of a person."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from esdash.analysis import open_inventory
from esdash.exports.prints import register
from esdash.inventory import Inventory
from esdash.texts import Text
from tests.commands.command_line import clock, run

DE = Text("de")
STATES = ("revoked", "gone", "wrong", "unsure", "changed", "same")


@pytest.fixture(scope="module")
def path(example_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("register") / "inventory.duckdb"
    path.write_bytes(example_made.read_bytes())
    return path


@pytest.fixture(scope="module")
def example(path: Path) -> Iterator[Inventory]:
    inventory = open_inventory(path, clock=clock)
    yield inventory
    inventory.close()


def test_each_print_is_a_row_whose_states_add_up(example: Inventory) -> None:
    rows = json.loads(register.json(example, DE))
    rows = [row for row in rows if row["print_run_id"]]
    assert [row["print_run_id"] for row in rows] == ["pr03", "pr02", "pr01"]
    for row in rows:
        assert sum(int(row[state]) for state in STATES) == int(row["contacts"])
    assert rows[1]["places"].endswith("Auslage im Bürgerbüro: 120") and rows[1]["in_office"] == 50


def test_files_hold_no_mark_and_nobody(example: Inventory) -> None:
    salts = example.rows("SELECT salt, printed FROM inventory.print_run")
    marks = [row["salt"] for row in salts] + [
        line["sha256"] for row in salts for line in json.loads(row["printed"]) if line["sha256"]
    ]
    for content in (register.csv(example, DE), register.json(example, DE)):
        assert [mark for mark in marks if mark.encode() in content] == []
    heads = next(csv.reader(io.StringIO(register.csv(example, DE).decode("utf-8-sig")), delimiter=";"))
    assert heads[:2] == ["Druck", "Stand"]
    sheet = openpyxl.load_workbook(io.BytesIO(register.xlsx(example, DE))).active
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "! einsammeln" in said and not any(mark in cell for cell in said for mark in marks)


def test_the_command_writes_it(path: Path, example: Inventory, tmp_path: Path) -> None:
    copy = tmp_path / "inventory.duckdb"
    copy.write_bytes(path.read_bytes())
    done = run("export", "prints", "--format", "csv", "--out", tmp_path / "register.csv", database=copy)
    assert done.exit_code == 0, done.output
    assert "Faltblatt für Ehrenamtliche, Deutsch" in (tmp_path / "register.csv").read_text(encoding="utf-8-sig")
