"""Rows of a list that are headings or sums, and those that only look like them."""

from pathlib import Path

import pytest

from esdash.inventory import Inventory, importing
from esdash.texts import Text
from tests.people import TEST

HEADER = "Anlaufstelle;Träger;Telefon;Notiz"
FULL = "{};Tafel;0340 1;x"


def planned(inventory: Inventory, folder: Path, lines: list[str], kind: str = "contact-points") -> importing.Plan:
    organization, path = folder / "o.csv", folder / "a.csv"
    organization.write_text("Organisation\nTafel", encoding="utf-8")
    known = importing.plan(inventory, organization)
    if known.writes:
        importing.run(inventory, known, TEST, "x")
    path.write_text("\n".join(lines), encoding="utf-8")
    return importing.plan(inventory, path, kind)


def test_headings_between_the_rows_are_left_out_and_named(tiny: Inventory, tmp_path: Path) -> None:
    rows = [HEADER, "Mitte", *map(FULL.format, "AB"), "Nord;;;", FULL.format("C"), "Süd", FULL.format("D")]
    plan = planned(tiny, tmp_path, rows)
    assert ([row.number for row in plan.rows], plan.faults) == ([3, 4, 6, 8], ())
    told = [Text("de")(notice.key, **notice.values) for notice in plan.notices]
    assert any("Zwischenüberschriften" in sentence and "Zeile 2, 5, 7" in sentence for sentence in told)


@pytest.mark.parametrize(
    "lines",
    [
        [FULL.format("A"), "B", FULL.format("C"), FULL.format("D")],  # one alone is a record with a fault
        ["A", FULL.format("B"), "C", FULL.format("D")],  # half of the rows
        [*map(FULL.format, "ABCD"), "E", "F"],  # two below each other, nothing below the last
    ],
)
def test_a_record_of_which_little_is_known_is_a_fault_and_no_heading(
    tiny: Inventory, tmp_path: Path, lines: list[str]
) -> None:
    plan = planned(tiny, tmp_path, [HEADER, *lines])
    assert len(plan.rows) == len(lines)
    assert {fault.error.key for fault in plan.faults} == {"import_required"}


def test_a_kind_that_needs_only_a_name_has_no_headings(tiny: Inventory, tmp_path: Path) -> None:
    rows = ["Organisation;Telefon;Notiz", "A", "B;1;x", "C;2;x", "D", "E;3;x", "F;4;y"]
    plan = planned(tiny, tmp_path, rows, "organizations")
    assert [row.state for row in plan.rows] == ["new"] * 6


@pytest.mark.parametrize(
    ("line", "left_out"),
    [
        ("Summe Mitte;;;20", True),
        ("Zwischensumme Nord;;12;8,5", True),
        ("Summe;;;20", True),
        ("Summe der Teile;Tafel;0340 1;x", False),
        ("Summer School;Tafel;0340 1;20", False),
    ],
)
def test_sums_of_a_part(tiny: Inventory, tmp_path: Path, line: str, left_out: bool) -> None:
    plan = planned(tiny, tmp_path, [HEADER, FULL.format("A"), line, FULL.format("B")])
    assert (plan.table.omitted == ((3, "totals"),)) == left_out
    assert len(plan.rows) == 3 - left_out
