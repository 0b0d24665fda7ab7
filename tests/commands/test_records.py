"""import, check and export: what they say, what they leave with, what they write."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from icalendar import Calendar

from esdash.commands import gaps, steering
from esdash.commands.records import FORMATS, TABLES
from esdash.inventory import open_file
from tests.commands.command_line import break_a_session, run
from tests.inventory.office_files import xls

EXAMPLE_NOTE = "Beispieldaten: alle Einträge sind erfunden."

# ---------------------------------------------------------------- import


@pytest.fixture
def organizations(tmp_path: Path) -> Path:
    path = tmp_path / "träger.csv"
    path.write_bytes("Organisation;Telefon;Quatsch\r\nVerein Ä;'+49 340 123456;x\r\n;2;\r\n".encode("cp1252"))
    return path


def test_a_dry_run_changes_nothing(organizations: Path, empty_file: Path) -> None:
    before = empty_file.read_bytes()
    result = run("import", organizations, "--dry-run", database=empty_file)
    assert result.exit_code == 1  # a row has a fault
    assert "1 neu, 0 geändert, 0 unverändert, 1 fehlerhaft" in result.stdout
    assert "Nichts wurde geändert." in result.stdout
    assert "Zeile 3" in result.stderr
    inventory = open_file(empty_file)
    assert inventory.value("SELECT count(*) FROM organization") == 0
    inventory.close()
    assert empty_file.read_bytes() == before


def test_import(organizations: Path, empty_file: Path) -> None:
    arguments = ["--kind", "organizations", "--json", "--actor", "Büro", "--reason", "Liste vom Mai"]
    result = run("import", organizations, *arguments, database=empty_file)
    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert answer["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "faulty": 1, "open": 0, "skipped": 0}
    assert [fault["row"] for fault in answer["faults"]] == [3]
    inventory = open_file(empty_file)
    assert inventory.rows("SELECT name, phone FROM organization") == [{"name": "Verein Ä", "phone": "+49 340 123456"}]
    log = inventory.rows("FROM change_log WHERE table_name = 'organization'")
    inventory.close()
    assert [(row["actor"], row["reason"], row["means"]) for row in log] == [("Büro", "Liste vom Mai", "import")]
    assert log[0]["import_run_id"] == answer["import_run_id"]


def test_the_second_import_of_a_file_finds_nothing_new(tmp_path: Path, empty_file: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("Organisation\nVerein Ä\n", encoding="utf-8")
    assert run("import", file, database=empty_file).exit_code == 0
    again = run("import", file, database=empty_file)
    assert again.exit_code == 0
    assert "0 neu, 0 geändert, 1 unverändert" in again.stdout


def test_a_mapping_names_foreign_columns(tmp_path: Path, empty_file: Path) -> None:
    (tmp_path / "a.csv").write_text("Wer denn\nVerein Ä\n", encoding="utf-8")
    (tmp_path / "m.json").write_text('{"columns": {"Wer denn": "name"}}', encoding="utf-8")
    arguments = ["--kind", "organizations", "--mapping", tmp_path / "m.json"]
    result = run("import", tmp_path / "a.csv", *arguments, database=empty_file)
    assert result.exit_code == 0, result.stderr
    assert "1 neu" in result.stdout


def test_the_sheet_of_a_workbook_is_named(tmp_path: Path, empty_file: Path) -> None:
    sheets = {name: [["Organisation", "Telefon"], [name, "0340 1"]] for name in ("Nord", "Süd")}
    path = xls(tmp_path / "a.xls", sheets)
    told = run("import", path, "--sheet", "Süd", database=empty_file)
    assert told.exit_code == 0, told.stderr
    assert "Gelesen wird das Blatt „Süd“; nicht gelesen werden: Nord." in told.stdout
    assert names(empty_file) == ["Süd"]
    refused = run("import", path, "--sheet", "Ost", database=empty_file)
    assert refused.exit_code == 2
    assert "kein Blatt „Ost“" in refused.stderr and "„Nord“, „Süd“" in refused.stderr


def names(path: Path) -> list[str]:
    inventory = open_file(path)
    found = [row["name"] for row in inventory.rows("SELECT name FROM organization ORDER BY name")]
    inventory.close()
    return found


def test_a_file_that_is_no_table(tmp_path: Path, empty_file: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    result = run("import", tmp_path / "a.xlsx", database=empty_file)
    assert result.exit_code == 2
    assert result.stderr.startswith("Fehler: ")


# ---------------------------------------------------------------- check


def test_check_of_a_sound_inventory(empty_file: Path) -> None:
    result = run("check", database=empty_file)
    assert (result.exit_code, result.stdout) == (0, "0 Fehler, 0 Hinweise.\n")


def test_check_finds_errors_and_notices(empty_file: Path) -> None:
    break_a_session(empty_file)
    result = run("check", database=empty_file)
    assert result.exit_code == 1
    assert "Schulungstermin mit mehr Anmeldungen als Plätzen (1)\n    session  s  Grundkurs  9 > 8" in result.stdout
    assert "Angebot ohne Thema (12)" in result.stdout
    assert "… und 2 weitere (alle mit --json)" in result.stdout
    assert result.stdout.endswith("1 Fehler, 48 Hinweise.\n")  # 12 offers without theme, group, place and capacity


def test_check_for_programs(empty_file: Path) -> None:
    break_a_session(empty_file)
    result = run("check", "--json", database=empty_file)
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["errors"], answer["notices"], len(answer["faults"])) == (1, 1, 48, 49)
    assert answer["faults"][0]["code"] == "overbooked"


# ---------------------------------------------------------------- export


@pytest.mark.parametrize("name", [name for name in TABLES if name not in (*gaps.NAMES, *steering.TABLES)])
def test_export_of_every_table(name: str, example_file: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", name, database=example_file).stdout)))
    records = json.loads(run("export", name, "--format", "json", database=example_file).stdout)
    assert len(rows) == len(records) > 0
    assert list(rows[0]) == list(records[0])
    assert {row["notice"] for row in rows} == {record["notice"] for record in records} == {EXAMPLE_NOTE}
    result = run("export", name, "--out", tmp_path / "a.xlsx", database=example_file)
    assert result.exit_code == 0, result.stderr
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    if name == "questions":  # a form to fill in: tests/exports/test_call_files.py
        assert EXAMPLE_NOTE in str([cell.value for row in sheet["A1:D3"] for cell in row])
        return
    assert sheet["A2"].value == EXAMPLE_NOTE
    assert sheet["A3"].value == "Stand 22.11.2026"
    assert sheet.max_row == len(rows) + 5


def test_export_of_places(example_file: Path) -> None:
    collection = json.loads(run("export", "initiatives", "--format", "geojson", database=example_file).stdout)
    points = [feature["geometry"]["coordinates"] for feature in collection["features"] if feature["geometry"]]
    assert points
    assert all(12 < lon < 12.5 and 51.7 < lat < 52 for lon, lat in points)


def test_export_without_places_is_refused(example_file: Path) -> None:
    result = run("export", "courses", "--format", "geojson", database=example_file)
    assert result.exit_code == 2
    assert "keine Orte" in result.stderr


def test_export_as_of_an_earlier_day(example_file: Path) -> None:
    def number(*arguments: str) -> int:
        return len(
            json.loads(run("export", "initiatives", "--format", "json", *arguments, database=example_file).stdout)
        )

    assert 0 < number("--as-of", "31.12.2025") == number("--as-of", "2025-12-31") < number()


@pytest.mark.parametrize("day", ["31.02.2026", "gestern", "01.01.1990", "01.01.2030"])
def test_export_as_of_a_day_that_does_not_do(day: str, example_file: Path) -> None:
    result = run("export", "gaps", "--as-of", day, database=example_file)
    assert result.exit_code == 2
    assert result.stderr.startswith("Fehler: ")


@pytest.mark.parametrize("form", FORMATS)
def test_the_ending_of_the_file_says_the_form(form: str, example_file: Path, tmp_path: Path) -> None:
    out = tmp_path / f"a.{form.upper()}"
    assert run("export", "initiatives", "--out", out, database=example_file).exit_code == 0
    beginnings = {"csv": b"initiative_id,", "xlsx": b"PK", "json": b"[", "geojson": b'{\n "type": "FeatureCollection"'}
    assert out.read_bytes().startswith(beginnings[form])


def test_dates_of_trainings_as_a_calendar(example_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "termine.ics"
    assert run("export", "sessions", "--out", out, database=example_file).exit_code == 0
    dates = Calendar.from_ical(out.read_bytes()).walk("VEVENT")
    assert len(dates) == 140  # data/example/README.md; none is archived, seven are called off
    assert sum(date["status"] == "CANCELLED" for date in dates) == 7
    assert all(EXAMPLE_NOTE in str(date["description"]) for date in dates)
    printed = run("export", "sessions", "--format", "ics", database=example_file)
    assert printed.stdout.startswith("BEGIN:VCALENDAR")


def test_contacts_as_cards_and_for_the_welcome_guide(example_file: Path, tmp_path: Path) -> None:
    cards, guide = tmp_path / "k.vcf", tmp_path / "w.csv"
    assert run("export", "contacts", "--out", cards, database=example_file).exit_code == 0
    assert cards.read_bytes().startswith(b"BEGIN:VCARD\r\nVERSION:3.0\r\n")
    assert run("export", "welcome-guide", "--out", guide, database=example_file).exit_code == 0
    written = guide.read_text(encoding="utf-8-sig")
    assert "Beispieldaten" in written and "Empfang Wortreich" in written and "So kommt man hin" in written
    refused = run("export", "initiatives", "--format", "vcf", database=example_file)
    assert refused.exit_code == 2


def test_only_dates_make_a_calendar(example_file: Path) -> None:
    result = run("export", "courses", "--format", "ics", database=example_file)
    assert result.exit_code == 2
    assert "sessions" in result.stderr


def test_a_workbook_needs_a_file(example_file: Path) -> None:
    result = run("export", "gaps", "--format", "xlsx", database=example_file)
    assert result.exit_code == 2
    assert "--out" in result.stderr


def test_a_place_that_cannot_be_written(example_file: Path, tmp_path: Path) -> None:
    result = run("export", "gaps", "--out", tmp_path / "nowhere" / "a.csv", database=example_file)
    assert result.exit_code == 2
    assert "konnte nicht geschrieben werden" in result.stderr


# ---------------------------------------------------------------- exchange with other networks


def test_hsds_from_one_inventory_into_another(example_file: Path, empty_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.json"
    assert run("export", "initiatives", "--format", "hsds", "--out", out, database=example_file).exit_code == 0
    before = empty_file.read_bytes()
    tried = run("import", out, "--dry-run", "--json", database=empty_file)
    assert tried.exit_code == 0, tried.stderr
    assert [(part["kind"], part["import_run_id"]) for part in json.loads(tried.stdout)] == [
        ("organizations", None),
        ("locations", None),
        ("contacts", None),
        ("initiatives", None),
        ("contact-points", None),
    ]
    assert empty_file.read_bytes() == before
    assert run("import", out, database=empty_file).exit_code == 0
    again = run("import", out, database=empty_file)
    assert "119 unverändert" in again.stdout
    table = tmp_path / "a.csv"
    assert run("export", "initiatives", "--format", "hxl", "--out", table, database=empty_file).exit_code == 0
    assert "119 unverändert, 0 fehlerhaft" in run("import", table, database=empty_file).stdout


def test_only_initiatives_have_the_forms_of_other_networks(example_file: Path) -> None:
    result = run("export", "gaps", "--format", "hsds", database=example_file)
    assert (result.exit_code, "gibt es nur für initiatives" in result.stderr) == (2, True)
