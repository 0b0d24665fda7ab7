"""export coverage and export gaps: tables, workbook, map data and report; and no hidden number in any of them."""

import csv
import io
import json
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from esdash.analysis import open_inventory
from esdash.analysis.coverage import coverage
from esdash.analysis.selection import Selection
from esdash.inventory.access import Action
from tests.analysis.attacker import ranges
from tests.commands.command_line import clock, run
from tests.people import TEST
from tests.provide import pdftotext

HIDDEN = "unter Schwelle"
WORDS = {"nicht erhoben", "unbekannt", "trifft nicht zu", "kein Angebot bekannt"}
HOSTILE = ["#set page(fill: red)", '"); #panic("x")', "*fett* _kursiv_ <b>x</b> [y](z)", "=1+1", "\x00\x1f😀 كلمة 漢字"]


@cache
def rows_of(path: Path, sheet: int = 0) -> tuple[list[str], list[dict[str, Any]]]:
    """The notes above a table, and its rows."""
    lines = [list(line) for line in openpyxl.load_workbook(path).worksheets[sheet].iter_rows(values_only=True)]
    start = next(n for n, line in enumerate(lines) if line[0] is None) + 1
    return [str(line[0]) for line in lines[: start - 1]], [
        dict(zip(map(str, lines[start]), line, strict=True)) for line in lines[start + 1 :]
    ]


def pdf_text(path: Path) -> str:
    return subprocess.run([pdftotext(), "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def book(example_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("book") / "gaps.xlsx"
    assert run("export", "gaps", "--out", path, database=example_file).exit_code == 0
    return path


# ---------------------------------------------------------------- workbook


def test_the_matrix_as_seen(book: Path) -> None:
    notes, rows = rows_of(book)
    assert notes[0] == "Fehlende Plätze pro Woche nach Stadtbezirk und Handlungsfeld"
    assert notes[1] == "Beispieldaten: alle Einträge sind erfunden."
    assert "22.11.2026" in notes[2]
    assert re.fullmatch(r"\d+\s% der Felder aus Thema und Stadtbezirk, die zutreffen, sind erhoben\.", notes[3])
    assert len(rows) == 25 and len(rows[0]) == 8
    for row in rows:
        for value in list(row.values())[1:]:
            assert isinstance(value, float | int) or value in WORDS or value.startswith(("zwischen", "höchstens")), (
                value
            )


def test_white_looks_different_from_not_surveyed(example_file: Path, tmp_path: Path) -> None:
    book = tmp_path / "themes.xlsx"
    wanted = ["--rows", "theme", "--columns", "district"]  # the example has white spots only by theme
    assert run("export", "gaps", *wanted, "--out", book, database=example_file).exit_code == 0
    sheet = openpyxl.load_workbook(book).worksheets[0]
    cells = [cell for line in sheet.iter_rows(min_row=7, min_col=2) for cell in line]
    white = [cell for cell in cells if isinstance(cell.value, float | int) and "✕" in cell.number_format]
    assert len(white) == 5
    not_surveyed = [cell for cell in cells if cell.value == "nicht erhoben"]
    assert white and not_surveyed
    assert {cell.fill.fgColor.rgb for cell in white}.isdisjoint({cell.fill.fgColor.rgb for cell in not_surveyed})
    assert {cell.border.left.style for cell in white} == {"medium"}


def test_the_evidence_adds_up_to_the_matrix(book: Path) -> None:
    _, matrix = rows_of(book)
    _, evidence = rows_of(book, 1)
    column = next(key for key in matrix[0] if key.startswith("Bildung"))
    place = next(row for row in matrix if not isinstance(row[column], str))
    name = place["Stadtbezirk"]
    behind = [
        row["fehlende Plätze pro Woche"]
        for row in evidence
        if row["Stadtbezirk"] == name and row["Handlungsfeld"] == "Bildung und Sprache"
    ]
    ends = [value for value in behind if isinstance(value, str) and value not in WORDS]  # hidden people have a part
    at_most = sum(float(value.split()[-1].replace(",", ".")) for value in ends)
    known = sum(value for value in behind if not isinstance(value, str))
    assert known - 0.5 <= place[column] <= known + at_most + 0.5


def test_the_evidence_names_sources_offers_and_survey(book: Path) -> None:
    notes, rows = rows_of(book, 1)
    first = rows[0]
    assert first["Einstufung"] == "kein Angebot" and first["fehlende Plätze pro Woche"] > 0
    for column in ("Quelle der Personenzahl", "Stichtag", "Begründung des Planungswerts", "erhoben am", "wie erhoben"):
        assert first[column]
    gaps = [row["fehlende Plätze pro Woche"] for row in rows]
    numbers = [value for value in gaps if not isinstance(value, str)]
    assert numbers == sorted(numbers, reverse=True)
    unknown = [place for place, value in enumerate(gaps) if value in WORDS]
    assert unknown == list(range(unknown[0], len(gaps)))  # what nobody has looked at is not among the gaps
    assert any(
        re.search(r": Plätze hier: \d+(,\d)?, \d+ Min\. Weg", str(row["Angebote, die hierher reichen"])) for row in rows
    )
    assert any("nachgesehen" in note for note in notes)


# ---------------------------------------------------------------- options


def test_options_choose_rows_columns_and_filters(example_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.xlsx"
    wanted = ["--rows", "target_group", "--columns", "theme", "--measure", "coverage", "--theme", "Bildung und Sprache"]
    assert run("export", "coverage", *wanted, "--district", "22", "--out", out, database=example_file).exit_code == 0
    notes, rows = rows_of(out)
    assert notes[0] == "Gedeckter Bedarf nach Zielgruppe und Thema (Bildung und Sprache, Roßlau)"
    assert any(note.startswith("Gewählt: Bildung und Sprache · Roßlau. Nachweis und Liste") for note in notes)
    assert {row["Stadtbezirk"] for row in rows_of(out, 1)[1]} == {"Roßlau"}
    assert len(rows) == 8


def test_csv_is_one_table(example_file: Path) -> None:
    def table(*arguments: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(run("export", *arguments, database=example_file).stdout)))

    for spelled in ("roßlau", "ROSSLAU", " Roßlau ", "rosslau"):
        assert {row["district_id"] for row in table("gaps", "--district", spelled)} == {"22"}
    assert len(table("coverage", "--rows", "district", "--columns", "field")) == 25 * 7
    assert len(table("coverage")) > len(table("coverage", "--group", "women")) > 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gaps", "--district", "Atlantis"), "„Atlantis“ gibt es in dieser Stadt nicht"),
        (("gaps", "--theme", "*x*"), "--theme: „*x*“"),
        (("gaps", "--theme", "None"), "--theme: „None“"),
        (("gaps", "--rows", "wochentag"), "möglich sind district"),
        (("gaps", "--rows", "field", "--columns", "theme"), "keine zwei Seiten"),
        (("gaps", "--measure", "coverage"), "immer alle Maße"),
        (("gaps", "--since", "01.01.1800"), "stellt keinen Tag gegenüber"),
        (("gaps", "--rows", "district", "--since", "01.01.1800"), "der Bestand beginnt"),
        (("courses", "--group", "women"), "weder eine Matrix noch einen Bericht"),
        (("courses", "--format", "pdf", "--out", "x.pdf"), "weder eine Matrix noch einen Bericht"),
        (("gaps", "--format", "pdf"), "--out"),
    ],
)
def test_what_does_not_do_gets_a_sentence(arguments: tuple[str, ...], said: str, example_file: Path) -> None:
    result = run("export", *arguments, database=example_file)
    assert result.exit_code == 2
    assert said in result.stderr


# ---------------------------------------------------------------- map data


def test_districts_with_their_figures(example_file: Path) -> None:
    answer = json.loads(run("export", "gaps", "--format", "geojson", database=example_file).stdout)
    features = {feature["properties"]["name"]: feature for feature in answer["features"]}
    assert len(features) == 25
    figures = features["Roßlau"]["properties"]
    assert features["Roßlau"]["geometry"]["type"] in ("Polygon", "MultiPolygon")
    assert figures["notice"] and figures["as_of"] == "2026-11-22"
    assert 0 < figures["coverage_least"] <= figures["coverage_most"] < 1 and 0 < figures["survey_share"] <= 1
    assert 0 < figures["gap_places_least"] <= figures["gap_places_most"]
    for name in ("coverage", "gap_places"):  # one figure, or two ends
        assert (figures[name] is None) is (figures[f"{name}_most"] - figures[f"{name}_least"] > 1e-9)
    assert re.fullmatch(r"quarter_[1-4]|open", figures["state_education"])
    hidden = [key for key, value in features["Brambach"]["properties"].items() if value == "suppressed"]
    assert hidden and all(
        features["Brambach"]["properties"][key.replace("quality", "persons")] is None for key in hidden
    )


# ---------------------------------------------------------------- report


def test_report_says_it_all(example_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    assert run("export", "gaps", "--out", out, database=example_file).exit_code == 0
    said = " ".join(pdf_text(out).split())
    for words in (
        *("Wo fehlen Angebote?", "Beispieldaten: alle Einträge sind erfunden.", "Stand 22.11.2026"),
        *("sind erhoben", "Roßlau", "150–151", "Elbe", "Mulde", "Lage vereinfacht"),
        *("Die zehn größten Lücken", "Was unbekannt ist", "unter Schwelle"),
        *("nicht erhoben", "GeoBasis-DE", "Interkulturelle Öffnung", "Erhoben am"),
        *("Was an Unbekanntem hängt", "Seite 4 von 4"),
    ):
        assert words in said, words
    info = subprocess.run(["pdfinfo", out], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Tagged:\s+yes", info) and re.search(r"Pages:\s+4", info)
    images = subprocess.run(["pdfimages", "-list", out], capture_output=True, text=True, check=True).stdout
    assert len(images.splitlines()) == 2  # the heading alone: the maps are paths
    assert b"pdfuaid" in out.read_bytes()


def test_report_in_english_and_of_an_empty_city(empty_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    assert run("export", "coverage", "--out", out, database=empty_file, language="en").exit_code == 0
    said = " ".join(pdf_text(out).split())
    for words in (
        "Where are offers missing?",
        "No gap can be put into figures yet",
        "not surveyed",
        "No gap is known",
    ):
        assert words in said, words
    assert not re.search(r"\bnan\b|None|Weiße", said)


def test_hostile_names_are_names(example_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "i.duckdb"
    shutil.copyfile(example_file, path)
    inventory = open_inventory(path, clock)
    names = [*HOSTILE, "Lang" * 60]
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        for table in ("initiative", "organization"):
            ids = [row[f"{table}_id"] for row in change.rows(f"FROM inventory.{table}")]
            change.update(table, [{f"{table}_id": key, "name": names[n % len(names)]} for n, key in enumerate(ids)])
        change.update("district", [{"district_id": "22", "name": "#pagebreak()" * 9, "short_name": "*Roß* #x $y$ \\"}])
        change.update("theme", [{"theme_id": "work", "name_de": 'Arbeit "]; #panic() [" 漢', "short_de": "x"}])
    inventory.close()
    out = tmp_path / "a.pdf"
    result = run("export", "gaps", "--out", out, database=path)
    assert result.exit_code == 0, result.stderr
    said = pdf_text(out).replace("\n", " ")
    assert "*Roß* #x $y$ \\" in said and "#panic()" in said
    assert run("export", "gaps", "--theme", "work", "--out", tmp_path / "a.xlsx", database=path).exit_code == 0


# ---------------------------------------------------------------- small numbers


@pytest.fixture(scope="module", params=[(3, 1), (10, 3)], ids=str)
def secretive(
    request: pytest.FixtureRequest, example_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, int, dict[tuple[str, str], int]]]:
    """The example with random people, many of them few; the file, its threshold, and the truth."""
    threshold, seed = request.param
    path = tmp_path_factory.mktemp("secretive") / "i.duckdb"
    shutil.copyfile(example_file, path)
    inventory, draw = open_inventory(path, clock), random.Random(seed)
    keys = [tuple(row["population_id"].split("|")) for row in inventory.rows("SELECT population_id FROM population")]
    people = {key: draw.choice([0, 1, 2, threshold - 1, threshold, 7, 31, draw.randint(0, 400)]) for key in keys}
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("city", [{"city_id": "dessau-rosslau", "small_number_threshold": threshold}])
        change.update("population", [{"population_id": "|".join(key), "persons": n} for key, n in people.items()])
        for group in {group for _, group in keys}:
            total = sum(number for (_, of), number in people.items() if of == group)
            change.update("city_total", [{"target_group_id": group, "persons": total}])
    inventory.close()
    yield path, threshold, people


def test_no_export_tells_a_hidden_number(secretive: tuple[Path, int, Any], tmp_path: Path) -> None:
    """Read from the files themselves: what they leave of the total is a range, and nothing in them differs from it."""
    path, threshold, people = secretive
    book = tmp_path / "a.xlsx"
    wish = ("export", "coverage", "--theme", "education")
    assert run(*wish, "--out", book, database=path).exit_code == 0
    _, evidence = rows_of(book, 1)
    cells = list(csv.DictReader(io.StringIO(run(*wish, database=path).stdout)))
    shown = {(row["district_id"], row["target_group_id"]): row for row in cells}
    found = {key: float(row["persons"]) if row["persons"] else None for key, row in shown.items()}
    small = {key for key, number in people.items() if 0 < number < threshold}
    assert small and all(found[key] is None for key in small)
    for group in {group for _, group in people}:
        total = sum(number for (_, of), number in people.items() if of == group)
        of_group = {district: number for (district, of), number in found.items() if of == group}
        assert all(high - low >= threshold for low, high in ranges(of_group, total).values())
    # no figure of a hidden cell, in any form
    for row in cells:
        if row["quality"] == "suppressed" and row["state"] != "not_applicable":
            # one figure only where it holds however many they are: no offer reaches anybody, or all is met
            assert not row["places_needed"]
            assert (row["coverage"], row["gap_places"]) in (("", ""), ("0", ""), ("1", ""), ("1", "0"))
    for row in evidence:
        if row["Güte der Zahl"] == HIDDEN:
            assert row["Personen"] == HIDDEN
            needed, missing = row["gebrauchte Plätze pro Woche"], row["fehlende Plätze pro Woche"]
            assert needed == 0 or isinstance(needed, str)  # two ends
            assert missing == 0 or isinstance(missing, str)
    assert sum(row["Personen"] == HIDDEN for row in evidence) == sum(row["quality"] == "suppressed" for row in cells)


def test_sums_leave_nothing_over(secretive: tuple[Path, int, Any]) -> None:
    """No matrix, whatever its rows, columns and filters, holds more than the cells that are shown."""
    path, _, _ = secretive
    inventory = open_inventory(path, clock)
    cells = coverage.cells(inventory)
    visible = cells[cells["gap_places"].notna()]
    for rows, columns in (("target_group", "city"), ("district", "city"), ("theme", "district"), ("city", "field")):
        for groups in ((), ("asylum",)):
            matrix = coverage.matrix(inventory, rows, columns, Selection(groups))
            parts = visible if not groups else visible[visible["target_group_id"].isin(groups)]
            for figure in ("places_needed", "places_reaching", "gap_places"):
                assert matrix[figure].sum() == pytest.approx(parts[figure].sum()), (rows, columns, figure)
    inventory.close()


def test_map_data_and_report_keep_the_secret(secretive: tuple[Path, int, Any], tmp_path: Path) -> None:
    path, threshold, people = secretive
    answer = json.loads(run("export", "gaps", "--format", "geojson", database=path).stdout)
    for feature in answer["features"]:
        figures = feature["properties"]
        for group in {group for _, group in people}:
            true = people[figures["district_id"], group]
            shown = figures[f"persons_{group}"]
            assert shown in (None, true)
            assert (shown is None) == (figures[f"quality_{group}"] == "suppressed")
            assert shown is None or shown == 0 or shown >= threshold
    assert run("export", "gaps", "--out", tmp_path / "a.pdf", database=path).exit_code == 0
    mentioned = {int(n) for n in re.findall(r"\b(\d+) Personen \(", pdf_text(tmp_path / "a.pdf"))}
    assert mentioned and min(mentioned) >= threshold
