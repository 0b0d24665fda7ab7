"""The call sheet says what the page says; the workbook of questions comes back and changes what is answered."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from esdash import exports
from esdash.analysis.questions import questions
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.wording import questions as wording
from esdash.wording.names import Names
from tests.commands.command_line import clock, run
from tests.first_state import Lender
from tests.people import TESTER
from tests.provide import pdftotext

HEADER, FIRST = 4, 5  # rows
GREY = "FFE3E6EA"
ANSWERS = {
    "de": {"Plätze pro Woche": 15, "Zielgruppen": "Erwachsene", "Quelle": "Anruf", "Bestätigt von": "Ada"},
    "en": {"Places per week": 15, "Target groups": "Adults", "Source": "Anruf", "Confirmed by": "Ada"},
}


@pytest.fixture
def example(example_made: Path, lender: Lender) -> Iterator[Inventory]:
    with lender.lend(example_made.read_bytes(), clock) as inventory:
        yield inventory


def book(inventory: Inventory, language: str) -> openpyxl.Workbook:
    text = Text(language)
    options = importing.option_names(inventory, exports.ANSWERED, language)
    calls = wording.in_words(inventory, text)
    content = exports.answer_book(calls, options, Names(inventory, text), text, clock())
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.parametrize("language", ["de", "en"])
def test_answers_come_back_and_nothing_else_changes(example: Inventory, language: str, tmp_path: Path) -> None:
    file = tmp_path / "fragen.xlsx"
    filled = book(example, language)
    sheet = filled.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[HEADER] if cell.value}
    assert sheet.cell(FIRST, 2).value == "i036"  # the offer on which most needed places hang
    assert "hier" not in (asked := sheet.cell(FIRST, 4).value) and asked.startswith(
        "Beispiel-Kirchengemeinde St. Muster\n"
    )
    filled.save(file)
    untouched = importing.plan(example, file)
    assert (untouched.kind.name, untouched.faults, untouched.notices) == ("initiatives", (), ())
    assert {row.state for row in untouched.rows} == {"unchanged"} and len(untouched.rows) == 13
    for heading, answer in ANSWERS[language].items():
        sheet.cell(FIRST, columns[heading]).value = answer
    filled.save(file)
    before = {row["initiative_id"]: row for row in example.rows("FROM inventory.initiative")}
    plan = importing.plan(example, file)
    assert plan.counts == {"new": 0, "changed": 1, "unchanged": 12, "faulty": 0, "open": 0, "skipped": 0}
    importing.run(example, plan, TESTER)
    after = {row["initiative_id"]: row for row in example.rows("FROM inventory.initiative")}
    assert [key for key in after if after[key] != before[key]] == ["i036"]
    answered = {"capacity": 15, "target_group_ids": ["adults"], "source": "Anruf", "assured_by": "Ada"}
    assert after["i036"] == before["i036"] | answered | {"version": before["i036"]["version"] + 1}
    assert "i036" not in {one.initiative_id for one in questions.of(example, "o09")}


def test_cells_that_nobody_asks_about_are_grey(example: Inventory) -> None:
    sheet = book(example, "de").worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[HEADER] if cell.value}
    colours = {name: sheet.cell(FIRST, column).fill.fgColor.rgb for name, column in columns.items()}
    grey = {name for name, colour in colours.items() if colour == GREY}
    assert grey == {"Themen", "Form", "Ort", "Straße", "Postleitzahl", "Stadtbezirk"}


def test_names_that_look_like_formulas_come_back_as_they_are(example: Inventory, tmp_path: Path) -> None:
    with example.change(TESTER, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "i036", "name": "=1+1"}])
    file = tmp_path / "fragen.xlsx"
    book(example, "de").save(file)
    assert {row.state for row in importing.plan(example, file).rows} == {"unchanged"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_call_sheet_says_what_the_page_says(example: Inventory, language: str, tmp_path: Path) -> None:
    text = Text(language)
    calls = wording.in_words(example, text, 3)
    file = tmp_path / "a.pdf"
    file.write_bytes(exports.call_sheet(calls, Names(example, text), text, clock()))
    paper = subprocess.run([pdftotext(), "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    said = " ".join(paper.replace("\u200b", "").split())
    places = []
    for call in calls:
        assert call.worth in said
        assert all(words in said for one in call.questions for words in wording.asked(one, text))
        places.append(said.index(call.organization))
    assert places == sorted(places)
    assert text("export.example_note") in said


def test_the_command_writes_list_sheet_and_workbook(example_made: Path, tmp_path: Path) -> None:
    path = tmp_path / "b.duckdb"
    path.write_bytes(example_made.read_bytes())
    listed = run("export", "questions", database=path)
    assert listed.exit_code == 0, listed.stderr
    header, first, *rest = listed.stdout.splitlines()
    assert header.startswith("organization_id,organization,contact,initiative_id,name,fact,question,worth,helps")
    assert first.startswith("o09,Beispiel-Kirchengemeinde St. Muster,") and ",i036," in first
    assert len(rest) == 17  # 18 questions
    for name in ("a.pdf", "a.xlsx"):
        assert run("export", "questions", "--out", tmp_path / name, database=path).exit_code == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")
    assert run("import", tmp_path / "a.xlsx", "--dry-run", database=path).exit_code == 0


def test_an_inventory_without_questions_has_a_sheet_that_says_so(tiny: Inventory) -> None:
    text = Text("de")
    content = exports.call_sheet([], Names(tiny, text), text, clock())
    assert content.startswith(b"%PDF")
