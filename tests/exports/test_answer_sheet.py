"""The answer sheet, the folder of a version, and the reminder: for people to fill in, and the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from esdash.analysis import open_inventory
from esdash.errors import UserError
from esdash.exports.answers import folder_of, reminder_of, sheet_of
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.importing import answer_sheets
from esdash.inventory.importing.answer_sheets import COLUMNS
from esdash.inventory.steering.answers import Answer, answer
from esdash.inventory.steering.handing_over import hand_over
from esdash.texts import Text
from tests.conftest import NOW
from tests.people import ADA
from tests.planted_versions import TITLES, entry, plant
from tests.provide import pdftotext

LEARN, CAFE, GODPARENTS = TITLES
WORDS = "angenommen,teilweise,zurückgestellt,abgelehnt,nicht zuständig,zur Kenntnis genommen"
FILES = {"liste.csv": b"Titel\n", "liste.pdf": b"%PDF \x00\xff", "liste.json": b"{}"}
HANDED = date(2026, 10, 12)
FIRST = 7  # first row of the entries, as the spreadsheet counts
VERDICT, CHECKSUM = COLUMNS.index("verdict") + 1, len(COLUMNS)


@pytest.fixture
def handed(tiny: Inventory) -> Inventory:
    plant(tiny, 1, handed_over_on=date(2026, 8, 20), frozen_on=date(2026, 8, 1), due_on=date(2026, 10, 31), files=FILES)
    return tiny


def text_of(pdf: bytes, tmp_path: Path, *options: str) -> str:
    (tmp_path / "a.pdf").write_bytes(pdf)
    command = [pdftotext(), *options, str(tmp_path / "a.pdf"), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.replace("\u200b", "")


def listed(page: object) -> list[tuple[str, str]]:
    """The cells of each drop-down list, and its words."""
    rules = page.data_validations.dataValidation  # type: ignore[attr-defined]
    return [(str(rule.sqref), rule.formula1.strip('"')) for rule in rules if rule.type == "list"]


def test_the_keys_are_locked_and_the_answers_are_not(handed: Inventory) -> None:
    page = openpyxl.load_workbook(io.BytesIO(sheet_of(handed, Text(), "v1"))).active
    assert page is not None and page.protection.sheet
    locked = [name for name, cell in zip(COLUMNS, page[FIRST], strict=True) if cell.protection.locked]
    assert locked == ["rank", "title", "facts", "version", "entry", "checksum"]
    assert [page.cell(FIRST + place, 2).value for place in range(3)] == list(TITLES)
    assert listed(page) == [("D7:D9", WORDS)]
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 9, 0)


def test_a_title_that_looks_like_a_formula_stays_a_text(tiny: Inventory) -> None:
    plant(tiny, 1, ("=1+1", "Haus"))
    page = openpyxl.load_workbook(io.BytesIO(sheet_of(tiny, Text(), "v1"))).active
    assert page is not None
    assert (page.cell(FIRST, 2).value, page.cell(FIRST, 2).data_type) == ("=1+1", "s")


def test_sheet_and_folder_are_the_same_bytes_a_year_and_an_answer_later(handed: Inventory) -> None:
    sheet, folder = sheet_of(handed, Text(), "v1"), folder_of(handed, Text(), "v1")
    answer(handed, ADA, "v1", [Answer(entry(1, LEARN), "accepted")], "letter", date(2026, 10, 12))
    path = handed.path
    handed.close()
    later = open_inventory(path, clock=lambda: NOW.replace(year=2027))
    assert (sheet_of(later, Text(), "v1"), folder_of(later, Text(), "v1")) == (sheet, folder)
    later.close()


def test_the_folder_holds_the_stored_files_and_their_checksums(handed: Inventory) -> None:
    with zipfile.ZipFile(io.BytesIO(folder_of(handed, Text(), "v1"))) as archive:
        found = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
        assert {name.partition("/")[0] for name in archive.namelist()} == {"Prioritaetenliste-Fassung-1"}
    assert {name: found[name] for name in FILES} == FILES
    assert found.keys() - FILES.keys() == {"Antwortbogen-Fassung-1.xlsx", "LIESMICH.txt", "pruefsummen.txt"}
    sums = dict(reversed(line.split("  ")) for line in found["pruefsummen.txt"].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in FILES.items()}
    readme = found["LIESMICH.txt"].decode()
    assert "Antwort erbeten bis 31.10.2026" in readme and all(name in readme for name in (*FILES, "Antwortbogen"))


def test_there_is_no_sheet_of_a_version_that_is_not_there(tiny: Inventory) -> None:
    with pytest.raises(UserError, match="list_version_missing"):
        sheet_of(tiny, Text(), "v7")


@pytest.mark.browser
def test_libreoffice_keeps_the_lists_and_prints_one_page_wide(
    handed: Inventory, tmp_path: Path, opened_in_office: Callable[[Path, str], Path]
) -> None:
    file = tmp_path / "bogen.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(handed, Text(), "v1")))
    page = book.active
    assert page is not None
    page.cell(FIRST, VERDICT).value = "abgelehnt"
    page.cell(FIRST, VERDICT + 1).value = "Dafür ist kein Geld da."
    page.cell(FIRST, VERDICT + 4).value = date(2026, 10, 12)
    book.save(file)
    saved = opened_in_office(file, "xlsx")
    page = openpyxl.load_workbook(saved).active
    assert page is not None and page.protection.sheet
    assert listed(page) == [("D7:D9", WORDS)]
    plan = answer_sheets.plan(handed, answer_sheets.read(saved))
    assert plan.faults == ()
    assert [(one.verdict, one.answered_on) for one in plan.news] == [("rejected", date(2026, 10, 12))]
    paper = text_of(opened_in_office(saved, "pdf").read_bytes(), tmp_path, "-layout")
    first = next(line for line in paper.splitlines() if LEARN[:9] in line)
    assert str(page.cell(FIRST, CHECKSUM).value)[:9] in first  # the last column is on the same page
    assert paper.count("\f") == 1


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_reminder_names_what_is_open_and_nothing_else(handed: Inventory, language: str, tmp_path: Path) -> None:
    answer(handed, ADA, "v1", [Answer(entry(1, CAFE), "noted")], "letter", date(2026, 10, 12))
    text = Text(language)
    pdf = reminder_of(handed, text, "v1")
    assert pdf == reminder_of(handed, text, "v1")
    said = " ".join(text_of(pdf, tmp_path).split())
    assert LEARN in said and GODPARENTS in said and CAFE not in said
    for day in (date(2026, 8, 20), date(2026, 10, 31), date(2026, 11, 22)):
        assert text.date(day) in said
    assert text("reminder.to", recipient="Arbeitsgruppe Asyl") in said
    assert text("reminder.due_past", due=date(2026, 10, 31), n=2, all=3) in said


def test_there_is_no_reminder_before_the_hand_over(tiny: Inventory) -> None:
    plant(tiny, 1)
    with pytest.raises(UserError, match="hand_over_first"):
        reminder_of(tiny, Text(), "v1")


def test_no_file_around_the_answers_names_a_person(handed: Inventory, tmp_path: Path) -> None:
    people = {"none": ("Zaubermann", None), "public": ("Walroswinkel", "public")}
    with handed.change(ADA, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": "a", "name": "Haus A"}])
        for key, (name, scope) in people.items():
            of = {"contact_id": key, "organization_id": "a", "role": "Leitung", "name": name, "consent_scope": scope}
            change.insert("contact", [of])
    with pytest.raises(UserError, match="names_person"):  # not even with consent: files stay, a consent does not
        answer(handed, ADA, "v1", [Answer(entry(1, LEARN), "noted", "Frau Walroswinkel fragt.")], "letter", HANDED)
    with pytest.raises(UserError, match="names_person"):
        hand_over(handed, ADA, "v1", HANDED, "Herr Zaubermann, Sozialamt", seen=1)
    with zipfile.ZipFile(io.BytesIO(sheet_of(handed, Text(), "v1"))) as book:
        said = b"".join(book.read(name) for name in book.namelist()).decode(errors="replace")
    said += text_of(reminder_of(handed, Text(), "v1"), tmp_path)
    assert LEARN in said and not [name for name in ("Zaubermann", "Walroswinkel", "Ada") if name in said]
