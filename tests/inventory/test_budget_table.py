"""The plan as a table: pasted or uploaded, a row per line or years across; what cannot be read is named by its cell."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from esdash.errors import UserError
from esdash.exports.tables.columns import Sheet, columns_of
from esdash.exports.tables.workbook import xlsx_file
from esdash.inventory.importing import budget_table
from esdash.inventory.importing.budget_table import Fault, pasted, read
from esdash.texts import LANGUAGES, Text
from tests.inventory.office_files import ods, xls

ACROSS = """Finanzierungsplan\t\t\t
Kostenart\t2026\t2027\tSumme
Personal\t20.000,00\t 10.000,50 €\t30.000,50
Sachmittel\t1200\t–\t1.200
Summe\t21.200,00\t10.000,50\t31.200,50
"""
DOWN = """Art;Kategorie;Jahr;Betrag;Vermerk
Ausgabe;Personal;2026;20000,00;1. Rate
Einnahmen;Zuwendung;2026;"30.000";
"""


def found(words: str) -> list[tuple[str, str, int, str]]:
    lines = pasted(words, "Tabelle", "Engagiert", "expense", "Bund").lines
    return [(line.direction, line.category, line.year, f"{line.planned_eur}") for line in lines]


def test_years_across() -> None:
    expected = [
        ("expense", "Personal", 2026, "20000.00"),
        ("expense", "Personal", 2027, "10000.50"),
        ("expense", "Sachmittel", 2026, "1200.00"),
    ]
    assert found(ACROSS) == expected
    table = pasted(ACROSS, "Tabelle", "Engagiert", "expense", "Bund")
    assert (table.faults, table.unread_columns, table.left_out) == ((), ("Summe",), (5,))
    assert {(line.programme, line.funder) for line in table.lines} == {("Engagiert", "Bund")}


def test_a_row_per_line() -> None:
    assert found(DOWN) == [("expense", "Personal", 2026, "20000.00"), ("income", "Zuwendung", 2026, "30000.00")]
    assert pasted(DOWN, "Tabelle", "Engagiert", "expense", None).lines[0].note == "1. Rate"
    usual = ("Engagiert", "expense", None)
    assert read("plan.csv", DOWN.encode("cp1252"), *usual) == pasted(DOWN, "Tabelle", *usual)


def test_a_workbook_with_numbers() -> None:
    frame = pd.DataFrame({"Kategorie": ["Personal", "Miete"], "2026": [20000.5, 0.1 + 0.2], "2027": [12.0, None]})
    content = xlsx_file([Sheet("Plan", "Plan", frame, columns_of(frame))], Text("de"))
    lines = read("Bescheid.XLSX", content, "Engagiert", "expense", None).lines
    assert [(line.category, line.year, line.planned_eur) for line in lines] == [
        ("Personal", 2026, Decimal("20000.50")),
        ("Personal", 2027, Decimal("12.00")),
        ("Miete", 2026, Decimal("0.30")),
    ]


def test_what_cannot_be_read_is_named_by_its_cell() -> None:
    words = "Kategorie;Jahr;Betrag;Art\nA;2026;-5;\nB;26;5;\nC;2026;1e9;\nD;2026;;\n"
    words += ";2026;5;\nE;2026;1,234;\nF;2026;5;Spende\n"
    assert pasted(words, "Tabelle", "Engagiert", "expense", None).faults == (
        Fault(2, "Betrag", "-5", "amount_negative"),
        Fault(3, "Jahr", "26", "budget_table_year"),
        Fault(4, "Betrag", "1e9", "amount_unreadable"),
        Fault(5, "Betrag", "", "amount_empty"),
        Fault(6, "Kategorie", "", "budget_line_needs_name"),
        Fault(7, "Betrag", "1,234", "amount_too_fine"),
        Fault(8, "Art", "Spende", "budget_direction_unknown"),
    )
    for text in map(Text, LANGUAGES):
        assert text.has("error.budget_table_year_hint") and text.has("error.budget_direction_unknown_hint")


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (" \n", "budget_table_empty"),
        ("Jahr;Betrag\n2026;5\n", "budget_table_no_category"),
        ("Kategorie;Jahr\nA;2026\n", "budget_table_no_amounts"),
        ("Kategorie;Betrag\nA;5\n", "budget_table_no_amounts"),
        ("Kategorie;2026\n", "import_no_rows"),
        ("Kategorie;2026\nA;–\n", "budget_table_no_amounts"),
    ],
)
def test_a_table_that_says_too_little_is_refused(words: str, key: str) -> None:
    with pytest.raises(UserError) as refused:
        pasted(words, "Tabelle", "Engagiert", "expense", None)
    assert refused.value.key == key


def test_a_message_calls_the_table_as_people_do() -> None:
    for name, said in (("../../Bescheid 2026 (1).csv", "Bescheid 2026 (1).csv"), ("a\\b\0c.CSV", "b_c.CSV")):
        with pytest.raises(UserError) as refused:
            read(name, b"Kategorie;2026\n", "Engagiert", "expense", None)
        assert refused.value.values["file"] == said


def test_a_file_that_is_no_table_is_refused() -> None:
    with pytest.raises(UserError) as refused:
        budget_table.read("plan.xlsx", b"PK\x03\x04 no workbook", "Engagiert", "expense", None)
    assert refused.value.key == "import_damaged"


def test_a_table_of_libreoffice_or_of_older_excel(tmp_path: Path) -> None:
    rows = [["Kostenart", "Jahr", "Betrag"], ["Honorare", 2026, 1234.5], ["Sachmittel", 2026, 200]]
    for write in (ods, xls):
        content = write(tmp_path / f"a.{write.__name__}", {"Plan": rows}).read_bytes()
        found = budget_table.read(f"plan.{write.__name__}", content, "Engagierte Stadt", "expense", None)
        assert [(line.category, line.year, str(line.planned_eur)) for line in found.lines] == [
            ("Honorare", 2026, "1234.50"),
            ("Sachmittel", 2026, "200.00"),
        ]
