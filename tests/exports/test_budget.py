"""Money in every file: to the cent, sums that equal, nothing that a spreadsheet would run, and a list that prints."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given

from esdash import exports
from esdash.analysis import open_inventory
from esdash.analysis.budget import budget
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import LANGUAGES, Text
from esdash.wording import money as words
from tests import first_state, provide, trials
from tests.analysis.money_entries import DRAWN, Drawn, entry, fill, line
from tests.conftest import NOW
from tests.people import ADA

DE = Text("de")
FIGURES = ("Plan", "davon vorgesehen", "gebunden", "bezahlt", "es bleiben")  # as Drawn.sums
Book = dict[str, list[list[Any]]]


@pytest.fixture(scope="module")
def any_tiny(tiny_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    """Musterstadt in whatever state the last test left it."""
    path = tmp_path_factory.mktemp("money") / "inventory.duckdb"
    path.write_bytes(tiny_file)
    inventory = open_inventory(path, clock=lambda: NOW)
    first_state.remember(inventory)
    yield inventory
    inventory.close()


@pytest.fixture
def empty(any_tiny: Inventory) -> Inventory:
    assert first_state.put_back(any_tiny)
    return any_tiny


def book(content: bytes) -> Book:
    """Sheet → its rows from the header on."""
    sheets: Book = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        blank = next(number for number, row in enumerate(rows) if not any(row))
        sheets[sheet.title] = rows[blank + 1 :]
    return sheets


def cents(value: Any) -> Decimal:
    """The number of a cell as an amount; it has no more than two decimals."""
    amount = Decimal(repr(value))
    assert amount == amount.quantize(Decimal("0.01")), value
    return amount


def column(rows: list[list[Any]], heading: str) -> list[Decimal]:
    place = rows[0].index(heading)
    return [cents(row[place]) for row in rows[1:]]


# ---------------------------------------------------------------- adding up


@given(DRAWN)
@trials.drawn(8, 100)
def test_money_adds_up_to_the_cent_in_every_file(any_tiny: Inventory, drawn: Drawn) -> None:
    assert first_state.put_back(any_tiny)
    fill(any_tiny, drawn.lines, drawn.entries)
    _workbook_adds_up(book(exports.budget_workbook(any_tiny, DE)), drawn)
    _page_adds_up(any_tiny, drawn)
    for text, point, delimiter in ((DE, ",", ";"), (Text("en"), ".", ",")):
        rows = list(
            csv.reader(io.StringIO(exports.budget_csv(any_tiny, text).decode("utf-8-sig")), delimiter=delimiter)
        )
        found = [sum((Decimal(row[4 + n].replace(point, ".")) for row in rows[1:]), Decimal(0)) for n in range(5)]
        assert [found[n] for n in (0, 4, 2, 1, 3)] == drawn.sums
    document = json.loads(exports.budget_json(any_tiny, DE), parse_float=Decimal, parse_int=Decimal)
    for name in ("lines", "by_category", "by_year", "by_programme", "total"):
        assert [sum((row[figure] for row in document[name]), Decimal(0)) for figure in budget.SUMS] == drawn.sums
    paid = [row["paid_eur"] for row in document["by_measure"]]
    assert sum(paid, Decimal(0)) == drawn.paid
    receipts = book(exports.receipts_workbook(any_tiny, DE))["Ausgaben"]
    amounts = column(receipts, "Betrag")
    single = [amount for amount, row in zip(amounts, receipts[1:], strict=True) if row[0]]
    assert sum(single, Decimal(0)) == drawn.paid and (amounts[-1] if amounts else 0) == drawn.paid
    assert sum(amounts, Decimal(0)) == 3 * drawn.paid  # each payment, the sums of the categories, the sum at the end


def _page_adds_up(inventory: Inventory, drawn: Drawn) -> None:
    """The tables of the page, and what it says of the whole."""
    shown = [words.lines(inventory, DE, "expense")]
    shown += [words.groups(inventory, DE, "expense", what) for what in ("category", "year")]
    for frame in shown:
        for name, expected in zip(budget.SUMS, drawn.sums, strict=True):
            *parts, last = frame[name]
            assert sum(parts, Decimal(0)) == last == expected
    measures = words.measures(inventory, DE)
    assert [sum(measures[name], Decimal(0)) / 2 for name in budget.OF_MEASURE[:3]] == drawn.sums[1:4]
    said = re.findall(r"([\d.]+,\d\d)\D{0,3}€", words.sentence(inventory, DE))[:4]
    planned, paid, committed, left = (Decimal(one.replace(".", "").replace(",", ".")) for one in said)
    assert [planned, committed, paid, left] == [drawn.sums[0], *drawn.sums[2:4], abs(drawn.sums[4])]


def _workbook_adds_up(sheets: Book, drawn: Drawn) -> None:
    for name in ("Ausgaben", "Ausgaben je Kategorie", "Ausgaben je Jahr"):
        for heading, expected in zip(FIGURES, drawn.sums, strict=True):
            *parts, last = column(sheets[name], heading)
            assert sum(parts, Decimal(0)) == last == expected
    measures = sheets["Ausgaben je Maßnahme"]
    for heading, expected in zip(("vorgesehen", "gebunden", "bezahlt"), drawn.sums[1:4], strict=True):
        parts = column(measures, heading)
        assert sum(parts[:-1], Decimal(0)) == (parts[-1] if parts else 0) == expected


def test_json_has_numbers_with_two_decimals(empty: Inventory) -> None:
    fill(empty, [line("a", "Miete \u0000123.45", 2026, "1200.5")], [entry("e", "a", "paid", "0.10", "m1")])
    written = exports.budget_json(empty, DE).decode()
    assert '"planned_eur": 1200.50,' in written and '"paid_eur": 0.10,' in written
    assert json.loads(written)["lines"][0]["category"] == "Miete 123.45"


# ---------------------------------------------------------------- what stands in them


HOSTILE = ("=1+1", "@SUM(A1)", "+49", "-2", "![x](https://remote.test/y)", "a;b,c\td", "مرحبا 👩🏽‍🏫")


def test_no_text_becomes_a_formula(empty: Inventory) -> None:
    lines = [line(f"l{n}", words, 2026, "10.00", sort=n) for n, words in enumerate(HOSTILE)]
    entries = [
        entry(f"e{n}", f"l{n}", "paid", "1.00", "m1", reason=words, receipt_number=words)
        for n, words in enumerate(HOSTILE)
    ]
    fill(empty, lines, entries)
    for make in (exports.budget_workbook, exports.receipts_workbook):
        with zipfile.ZipFile(io.BytesIO(make(empty, DE))) as parts:
            sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
        assert sheets and not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    for make in (exports.budget_csv, exports.receipts_csv):
        rows = list(csv.reader(io.StringIO(make(empty, DE).decode("utf-8-sig")), delimiter=";"))
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
        assert any("'=1+1" in row for row in rows)


@pytest.fixture
def funded(empty: Inventory) -> Inventory:
    """Payments out of order, two categories, income, and what is not on a list of receipts."""
    with empty.change(ADA, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": "press", "name": "Druckhaus Elbe"}])
    bill: dict[str, Any] = {"payee_organization_id": "press", "receipt_number": None}
    fill(
        empty,
        [
            line("s26", "Sachmittel", 2026, "300.00", sort=2),
            line("p26", "Personal", 2026, "500.00", sort=1),
            line("z26", "Zuwendung", 2026, "800.00", "income", sort=3),
        ],
        [
            {**entry("a", "s26", "paid", "20.35", "m1"), **bill, "booked_on": "2026-06-01", "reason": "Faltblatt"},
            {**entry("b", "s26", "paid", "5.00"), "booked_on": "2026-05-01", "reason": "Porto"},
            {**entry("c", "p26", "paid", "100.00"), "booked_on": "2026-07-01", "reason": "Honorar"},
            entry("d", "p26", "committed", "50.00"),
            entry("e", "p26", "planned", "60.00"),
            {**entry("f", "p26", "paid", "70.00"), "cancelled_on": "2026-08-01", "cancelled_reason": "doppelt"},
            {**entry("g", "z26", "paid", "400.00"), **bill, "direction": "income", "reason": "1. Rate"},
        ],
    )
    return empty


def test_the_list_of_receipts_is_by_category_and_in_the_order_of_time(funded: Inventory) -> None:
    sheets = book(exports.receipts_workbook(funded, DE))
    expense = [[row[1], row[3], row[4], row[5], row[7]] for row in sheets["Ausgaben"][1:]]
    assert expense == [
        ["Personal", "c", None, "Honorar", 100],
        [None, None, None, "Summe Personal", 100],
        ["Sachmittel", "b", None, "Porto", 5],
        ["Sachmittel", None, "Druckhaus Elbe", "Faltblatt", 20.35],
        [None, None, None, "Summe Sachmittel", 25.35],
        [None, None, None, "Zusammen", 125.35],
    ]
    assert sheets["Ausgaben"][4][6] == "M-1 · Maßnahme 1"
    assert [row[7] for row in sheets["Einnahmen"][1:]] == [400, 400, 400]
    assert sheets["Einnahmen"][0][4] == "Einzahler (Organisation)"


def test_a_file_says_its_year(funded: Inventory) -> None:
    content = exports.receipts_workbook(funded, DE, "Engagiert", 2025)
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Ausgaben"]
    notes = [row[0].value for row in sheet.iter_rows(max_row=6)]
    assert "Nur das Jahr 2025." in notes and "Intern, nicht zur Weitergabe." in notes
    assert len(book(content)["Ausgaben"]) == 1  # the header


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_files_of_one_state_are_the_same(funded: Inventory, language: str) -> None:
    text = Text(language)
    for make in (exports.budget_workbook, exports.budget_csv, exports.budget_json, exports.receipts_workbook):
        assert make(funded, text) == make(funded, text)


@pytest.mark.browser
def test_the_list_of_receipts_prints_whole_on_a4_landscape(
    funded: Inventory, tmp_path: Path, opened_in_office: Callable[..., Path]
) -> None:
    long = [
        {**entry(f"x{n:03}", "s26", "paid", "1.01", "m1"), "reason": f"Material für die Lerngruppe in Alten, Teil {n}"}
        for n in range(80)
    ]
    with funded.change(ADA, Action.SET_UP) as change:
        change.insert("budget_entry", long)
    path = tmp_path / "belegliste.xlsx"
    path.write_bytes(exports.receipts_workbook(funded, DE))
    printed = opened_in_office(path, "pdf")
    read = subprocess.run([provide.pdftotext(), "-layout", str(printed), "-"], capture_output=True, check=True)
    pages = [page for page in read.stdout.decode().split("\f") if page.strip()]
    sheets = [page for page in pages if "Lerngruppe" in page]
    assert len(sheets) > 1
    for page in sheets:  # the header is repeated, and the last column stands beside the first on every page
        assert "Betrag" in page and "Kategorie" in page and "1,01 €" in page.replace("\N{NO-BREAK SPACE}", " ")
    size = subprocess.run(["pdfinfo", str(printed)], capture_output=True, check=True).stdout.decode()
    assert "841.89 x 595.3" in size or "841.9 x 595.3" in size or "842 x 595" in size, size
