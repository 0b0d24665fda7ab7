"""The money of the programme from the command line."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from esdash.analysis import open_inventory
from tests.analysis.money_entries import entry, fill, line
from tests.commands.command_line import clock, run


@pytest.fixture
def funded(tiny_path: Path) -> Path:
    inventory = open_inventory(tiny_path, clock)
    fill(
        inventory,
        [line("s26", "Sachmittel", 2026, "1200.50"), line("s25", "Sachmittel", 2025, "7.00")],
        [entry("a", "s26", "paid", "20.35", "m1"), entry("b", "s26", "committed", "0.15", "m1")],
    )
    inventory.close()
    return tiny_path


def test_the_budget_leaves_for_programs_to_the_cent(funded: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", "budget", "--year", "2026", database=funded).stdout)))
    assert [(row["category"], row["planned_eur"], row["paid_eur"], row["left_eur"]) for row in rows] == [
        ("Sachmittel", "1200.50", "20.35", "1180.00")
    ]
    document = json.loads(run("export", "budget", "--format", "json", database=funded).stdout, parse_float=Decimal)
    assert document["total"][0]["planned_eur"] == Decimal("1207.50")
    file = tmp_path / "geld.xlsx"
    assert run("export", "budget", "--out", file, database=funded).exit_code == 0
    assert file.read_bytes().startswith(b"PK")


def test_receipts_and_report_leave(funded: Path, tmp_path: Path) -> None:
    listed = run("export", "receipts", "--format", "csv", database=funded)
    assert "20,35" in listed.stdout and "0,15" not in listed.stdout
    report = run("export", "report", "--year", "2026", database=funded)
    assert (report.exit_code, "ENTWURF: Sachbericht 2026" in report.stdout) == (0, True)
    file = tmp_path / "bericht.pdf"
    assert run("export", "report", "--out", file, database=funded, language="en").exit_code == 0
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("budget", "--programme", "Fremd"), "Ein Programm „Fremd“ gibt es nicht im Plan. Möglich sind: Engagiert."),
        (("report", "--year", "2019"), "Über dieses Jahr gibt es nichts zu berichten. Möglich sind: 2025, 2026."),
        (("budget", "--format", "pdf"), "pdf"),
        (("initiatives", "--year", "2026"), "--year"),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(funded: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run("export", *arguments, database=funded)
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())
