"""Files of the pages Initiativen and Schulungen, and of `export`: with address and contact, and back unchanged."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from esdash import exports
from esdash.analysis.records import handed_out as raw
from esdash.analysis.records import records, search
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.model.kinds import KINDS
from esdash.texts import LANGUAGES, Text
from esdash.wording import contact_points, handed_out, listing
from esdash.wording.columns import Column
from esdash.wording.names import names_of
from tests import first_state
from tests.conftest import NOW
from tests.people import TEST, TESTER

CASES = Path(__file__).parents[1] / "inventory" / "cases"
NOTES = ["Beispieldaten", "Stand heute"]
File = tuple[pd.DataFrame, list[Column]]


@pytest.fixture(scope="module")
def example(example_made: Path, lender: first_state.Lender) -> Iterator[Inventory]:
    with lender.lend(example_made.read_bytes(), lambda: NOW) as inventory:
        yield inventory


def of_initiatives(inventory: Inventory, text: Text) -> File:
    return handed_out.initiatives(inventory, text, "", {}), handed_out.initiative_columns(text)


def of_sessions(inventory: Inventory, text: Text) -> File:
    listed = listing.sessions(inventory, text)
    return handed_out.sessions(inventory, listed), handed_out.session_columns(text)


def of_organizations(inventory: Inventory, text: Text) -> File:
    return records.organizations(inventory), handed_out.organization_columns(text)


def of_contact_points(inventory: Inventory, text: Text) -> File:
    """Only active ones are on the page."""
    keys = inventory.frame("FROM contact_point_listed WHERE status = 'active'")["contact_point_id"].tolist()
    frame = contact_points.listed(inventory, names_of(inventory, text), "", {}, keys)
    return frame, contact_points.download_columns(inventory, text)


PAGES = [
    *(("initiatives", of_initiatives), ("sessions", of_sessions)),
    *(("organizations", of_organizations), ("contact-points", of_contact_points)),
]


def written(frame: pd.DataFrame, columns: list[Column], text: Text, ending: str) -> bytes:
    if ending == "csv":
        return exports.csv_file(frame, columns, text, NOTES)
    return exports.xlsx_file([exports.Sheet("Liste", "Liste", frame, columns, NOTES)], text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize(("kind", "make"), PAGES)
def test_the_file_of_a_page_comes_back_unchanged(
    example: Inventory, tmp_path: Path, kind: str, make: Callable[..., File], ending: str, language: str
) -> None:
    """All offers and dates of the example, also one past its end and two courses whose names sound alike."""
    text = Text(language)
    frame, columns = make(example, text)
    path = tmp_path / f"a.{ending}"
    path.write_bytes(written(frame, columns, text, ending))
    plan = importing.plan(example, path, kind)
    assert (plan.faults, plan.counts["unchanged"], len(plan.rows)) == ((), len(frame), len(frame))
    assert len(frame) >= 18


def test_the_numbers_of_a_person_do_not_come_back_as_those_of_the_place(example: Inventory, tmp_path: Path) -> None:
    """A place's own numbers need no consent; the file shows those of its contact too."""
    frame, columns = of_contact_points(example, Text("de"))
    assert frame["phone"].notna().any()
    (tmp_path / "a.csv").write_bytes(written(frame, columns, Text("de"), "csv"))
    plan = importing.plan(example, tmp_path / "a.csv", "contact-points")
    assert [row for row in plan.rows if {"phone", "email", "contact_id"} & set(row.values)] == []


@pytest.mark.parametrize("table", raw.TABLES)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_every_list_of_the_command_line_comes_back_unchanged(
    example: Inventory, tmp_path: Path, table: str, ending: str
) -> None:
    frame = raw.listed(example, table)
    path = tmp_path / f"a.{ending}"
    path.write_bytes(exports.table_file(table, ending, frame, "Beispieldaten", NOW, Text("de")))
    (kind,) = (name for name, kind in KINDS.items() if kind.table == table)
    plan = importing.plan(example, path, kind)
    assert (plan.faults, plan.counts["unchanged"], len(plan.rows)) == ((), len(frame), len(frame))
    assert len(frame) == example.value(f"SELECT count(*) FROM inventory.{table}")


def test_an_offer_says_how_one_gets_there_and_whom_to_ask(example: Inventory) -> None:
    """Its function and the organisation's own numbers; persons: tests/contracts/test_personal_data.py."""
    frame, columns = of_initiatives(example, Text("de"))
    names = [column.name for column in columns]
    assert len({column.label for column in columns}) == len(columns)  # no two columns of one heading
    assert {"place", "street", "postcode", "district", "website", "organization_phone", "initiative_id"} <= set(names)
    by_id = frame.set_index("initiative_id")
    asked = by_id[by_id["contact_id"].notna()]
    assert len(asked) and asked["contact_role"].notna().all()
    placed = by_id[by_id["location_id"].notna()]
    places = {row["location_id"]: row for row in example.rows("FROM located")}
    for _, row in placed.iterrows():
        of = places[row["location_id"]]
        assert [row["place"], row["street"], row["postcode"]] == [of["name"], of["street"], of["postcode"]]


CHOSEN: list[tuple[str, search.Chosen, list[str]]] = [
    ("", {}, ["Ohne Auswahl"]),
    ("deutsch", {}, ["Suche: „deutsch“"]),
    (
        "",
        {"theme": ["german_courses", "education"], "wanted": ["yes"], "status": ["active"]},
        ["Thema: Deutsch lernen oder Bildung und Sprache", "Ehrenamtliche: Ehrenamtliche gesucht", "Status: aktiv"],
    ),
    ("", {"childcare": ["unknown"], "weekday": ["1"]}, ["Kinderbetreuung: unbekannt", "Wochentag: Montag"]),
]


@pytest.mark.parametrize(("query", "chosen", "said"), CHOSEN, ids=["all", "query", "facets", "unknown"])
def test_the_filter_stands_in_words_and_what_it_leaves_out_is_said(
    example: Inventory, query: str, chosen: search.Chosen, said: list[str]
) -> None:
    text = Text("de")
    rows = len(handed_out.initiatives(example, text, query, chosen))
    notes = handed_out.initiative_notes(example, text, query, chosen, rows)
    assert notes[: len(said)] == said
    everything = records.initiatives(example)
    archived = int((everything["status"] == "archived").sum())
    others = len(everything) - archived - rows
    assert f"Zeilen: {rows} von {len(everything)} Angeboten im Bestand" in notes
    assert (f"Nicht in der Auswahl und nicht in der Datei: {others}" in notes) == (others > 0)
    assert f"Archiviert und nicht in der Datei: {archived}" in notes and archived > 0
    assert "zugestimmt" in notes[-1]


def test_the_dates_that_a_list_leaves_out_are_counted(example: Inventory) -> None:
    names = names_of(example, Text("de"))
    said = handed_out.session_notes(names, ["data_protection", "asylum_law"], ["o08"], 3, 10)
    assert said[0].startswith("Modul: ") and " oder " in said[0]
    assert said[1:] == [
        f"Organisation: {names.of('organization', 'o08')}",
        "Vergangen oder abgesagt und nicht in der Datei: 7 Termine",
    ]
    assert handed_out.session_notes(names, [], [], 3, 3) == ["Ohne Auswahl"]


def two_dates(inventory: Inventory) -> None:
    for file, kind in (("org.csv", "organizations"), ("courses.csv", "courses")):
        importing.run(inventory, importing.plan(inventory, CASES / file, kind), TESTER, backup=False)
    plan = importing.plan(inventory, CASES / "session_two_places_one_name.csv", "sessions")
    assert (plan.faults, plan.counts["new"]) == ((), 2)
    importing.run(inventory, plan, TESTER, backup=False)


def places(inventory: Inventory) -> list[tuple[Any, ...]]:
    asked = inventory.rows(
        "SELECT s.starts_on, l.street, l.postcode FROM inventory.session AS s JOIN inventory.location AS l "
        "USING (location_id) ORDER BY 1"
    )
    return [(f"{row['starts_on']}", row["street"], row["postcode"]) for row in asked]


TWO = [("2027-03-05", "Musterweg 1", "06844"), ("2027-03-06", "Musterweg 1", "06849")]


@pytest.mark.parametrize("form", ["plain.csv", "plain.xlsx", "de.csv", "de.xlsx", "en.csv", "en.xlsx"])
@pytest.mark.parametrize("with_key", [True, False], ids=["key", "no key"])
def test_two_places_of_one_name_come_back_as_two(tiny: Inventory, tmp_path: Path, form: str, with_key: bool) -> None:
    """Two dates in one street of one name with two postcodes, as a list of the command line and of the page."""
    two_dates(tiny)
    assert places(tiny) == TWO
    language, _, ending = form.partition(".")
    if language == "plain":
        frame = raw.listed(tiny, "session")
        frame = frame if with_key else frame.drop(columns=["session_id", "location_id"]).rename(
            columns={"place": "location_id"}
        )  # fmt: skip
        content = exports.table_file("sessions", ending, frame, None, NOW, Text("de"))
    else:
        frame, columns = of_sessions(tiny, Text(language))
        columns = [column for column in columns if with_key or column.name != "session_id"]
        content = written(frame, columns, Text(language), ending)
    (tmp_path / f"s.{ending}").write_bytes(content)
    plan = importing.plan(tiny, tmp_path / f"s.{ending}", "sessions")
    assert (plan.faults, plan.counts["unchanged"], len(plan.rows)) == ((), 2, 2)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_two_places_of_one_name_go_into_another_inventory(
    tiny: Inventory, tmp_path: Path, ending: str, tiny_file: bytes, lender: first_state.Lender
) -> None:
    """Without their places first, and with them."""
    two_dates(tiny)
    tables = {"locations": raw.listed(tiny, "location"), "sessions": raw.listed(tiny, "session")}
    for name, frame in tables.items():
        (tmp_path / f"{name}.{ending}").write_bytes(exports.table_file(name, ending, frame, None, NOW, Text("de")))
    for first in (("sessions",), ("locations", "sessions")):
        folder = tmp_path / "-".join(first)
        folder.mkdir()
        (folder / "i.duckdb").write_bytes(tiny_file)
        other = importing_into(folder / "i.duckdb")
        for name in first:
            importing.run(other, importing.plan(other, tmp_path / f"{name}.{ending}", name), TESTER, backup=False)
        assert places(other) == TWO
        other.close()


def importing_into(path: Path) -> Inventory:
    from esdash.analysis import open_inventory

    inventory = open_inventory(path, lambda: NOW)
    for file, kind in (("org.csv", "organizations"), ("courses.csv", "courses")):
        importing.run(inventory, importing.plan(inventory, CASES / file, kind), TESTER, backup=False)
    return inventory


def test_a_name_that_is_spelt_exactly_is_not_taken_for_one_that_sounds_like_it(tiny: Inventory, tmp_path: Path) -> None:
    with tiny.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        names = {"a": "Asylrecht", "b": "Asyl-Recht", "c": "Sprach-Café"}
        change.insert("course", [{"course_id": k, "organization_id": "o", "name": n} for k, n in names.items()])
    rows = "Schulung;Datum\nAsylrecht;01.03.2027\nAsyl-Recht;02.03.2027\nSprachcafé;03.03.2027\nasyl recht;04.03.2027\n"
    (tmp_path / "s.csv").write_text(rows, encoding="utf-8")
    plan = importing.plan(tiny, tmp_path / "s.csv", "sessions")
    assert [row.values["course_id"] for row in plan.rows if row.state == "new"] == ["a", "b", "c"]
    assert [fault.error.key for fault in plan.faults] == ["import_ambiguous"]


def test_the_notes_stand_in_both_files(example: Inventory) -> None:
    text, notes = Text("de"), ["Suche: „deutsch“", "Zeilen: 1"]
    frame, columns = of_initiatives(example, text)
    book = exports.xlsx_file([exports.Sheet("a", "a", frame, columns, notes)], text)
    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(book)).active.iter_rows(max_row=4, values_only=True)]
    assert cells[1:3] == notes
    (_, first, *_) = csv.reader(
        io.StringIO(exports.csv_file(frame, columns, text, notes).decode("utf-8-sig")), delimiter=";"
    )
    assert first[-1] == " · ".join(notes)
