"""template: what is filled in is imported as it stands, the example is not."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from esdash.inventory import importing, open_file
from esdash.inventory.access import Action
from tests.commands.command_line import clock, run
from tests.people import TESTER

# heading → what somebody fills in, and what it must become
FILLED = {
    "Angebot": ("Sprachcafé", "name", "Sprachcafé"),
    "Träger": ("Verein Ä", "organization_id", "a"),
    "Themen": ("Lernhilfe und Hausaufgaben; Wohnungssuche", "theme_ids", None),
    "Status": ("geplant", "status", "planned"),
    "Form": ("vor Ort", "mode", "on_site"),
    "Zeiten": ("Di 15:00-17:00", "times", None),
    "Plätze pro Woche": (14, "capacity", 14),
    "Ansprechperson": ("Leitung", "contact_id", "k"),
    "Beginn": (date(2026, 10, 1), "started_on", date(2026, 10, 1)),
    "Postleitzahl": ("06844", "location_postcode", None),
    "Straße": ("Hauptstraße 1", "location_street", None),
    "Stadtbezirk": ("Zoberberg", "location_district_id", None),
}


@pytest.fixture
def path(empty_file: Path) -> Path:
    inventory = open_file(empty_file, clock=clock)
    with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "a", "name": "Verein Ä"}])
        change.insert("contact", [{"contact_id": "k", "organization_id": "a", "role": "Leitung", "name": "Ada Geheim"}])
    inventory.close()
    return empty_file


def headings(sheet: object) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[4] if cell.value}  # type: ignore[index]


def test_a_filled_template_is_imported_without_mapping(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "vorlage.xlsx"
    result = run("template", "initiatives", "--out", file, database=path)
    assert result.exit_code == 0, result.stderr
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    places = headings(sheet)
    inventory = open_file(path, clock=clock)
    themes = [row["name_de"] for row in inventory.rows("FROM theme WHERE parent_id IS NOT NULL ORDER BY sort")]
    for heading, (value, _, _) in FILLED.items():
        sheet.cell(5, places[heading]).value = "; ".join(themes[:2]) if heading == "Themen" else value
    book.save(file)
    plan = importing.plan(inventory, file)
    assert (plan.kind.name, plan.faults, plan.unmatched, len(plan.rows)) == ("initiatives", (), (), 1)
    assert [notice.key for notice in plan.notices] == ["import.notice_locations"]
    importing.run(inventory, plan, TESTER)
    offer = inventory.rows("FROM initiative")[0]
    place = inventory.rows("FROM location")[0]
    inventory.close()
    assert {name: offer[name] for _, name, expected in FILLED.values() if expected} == {
        name: expected for _, name, expected in FILLED.values() if expected
    }
    assert len(offer["theme_ids"]) == 2
    assert (offer["times"][0]["weekday"], f"{offer['times'][0]['begins']:%H:%M}") == (2, "15:00")
    assert (place["street"], place["postcode"], offer["location_id"]) == (
        "Hauptstraße 1",
        "06844",
        place["location_id"],
    )


def test_lists_help_and_example(path: Path, tmp_path: Path) -> None:
    file = tmp_path / "vorlage.xlsx"
    run("template", "initiatives", "--out", file, database=path)
    book = openpyxl.load_workbook(file)
    sheet, lists = book.worksheets
    places = headings(sheet)
    assert (sheet["A3"].value, lists.sheet_state) == ("Beispiel:", "veryHidden")
    assert sheet.cell(3, places["Angebot"]).value == "Beispieltext"
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    districts = rules[sheet.cell(5, places["Stadtbezirk"]).coordinate]
    assert districts.type == "list"
    cells = lists[districts.formula1.removeprefix("Listen!").replace("$", "")]
    assert [cell.value for (cell,) in cells][:2] == [row["name"] for row in _districts(path)[:2]]
    assert len(cells) == 25
    assert all(rule.prompt for rule in rules.values())
    content = "".join(str(cell.value) for page in book.worksheets for row in page.iter_rows() for cell in row)
    assert "Geheim" not in content


def _districts(path: Path) -> list[dict]:
    inventory = open_file(path, clock=clock)
    rows = inventory.rows("FROM district ORDER BY sort")
    inventory.close()
    return rows


@pytest.mark.parametrize("kind", importing.KINDS)
@pytest.mark.parametrize("language", ["de", "en"])
def test_an_empty_template_of_every_kind_is_recognised(kind: str, language: str, path: Path, tmp_path: Path) -> None:
    file = tmp_path / "v.xlsx"
    assert run("template", kind, "--out", file, database=path, language=language).exit_code == 0
    empty = run("import", file, "--dry-run", "--kind", kind, database=path, language=language)
    assert empty.exit_code == 2
    assert "4" in empty.stderr  # no rows below row 4: the header was found, the example was not taken for a row
