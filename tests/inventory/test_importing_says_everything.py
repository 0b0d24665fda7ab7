"""For drawn tables of all kinds and spellings: preview and answers say everything that the import does.

Every spelling stands here with the value that it means, so that a fact that is lost is found without asking the reader.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis.duplicates import resembling
from esdash.commands.records import tables as exported
from esdash.exports import plain_csv
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.inventory.importing import Answers, Plan
from esdash.model.kinds import BY_TABLE, KINDS
from tests.first_state import Lender
from tests.people import ADA, TEST
from tests.trials import WITHOUT_SHRINKING, always_the_same


@dataclass(frozen=True)
class Note:
    """The words are no value of the field; they stand in the record's note."""


@dataclass(frozen=True)
class Unreadable:
    """The cell must be named as a fault."""


NOTE, UNREADABLE = Note(), Unreadable()
Spellings = dict[str, Any]  # text of a cell → the value that it means


def at(weekday: int, begins: int, ends: int) -> dict[str, Any]:
    return {"weekday": weekday, "begins": time(begins), "ends": time(ends)}


DAYS: Spellings = {
    **{"01.04.2027": date(2027, 4, 1), "2027-4-1": date(2027, 4, 1), "Do 01.04.2027": date(2027, 4, 1)},
    **{"8. April 2027": date(2027, 4, 8), "15.4.27": date(2027, 4, 15), "2027-05-06": date(2027, 5, 6)},
    **{"31.02.2027": UNREADABLE, "Mo 01.04.2027": UNREADABLE, "demnächst": NOTE},
}
NUMBERS: Spellings = {"15": 15, "1.200": 1200, "7": 7, "ca. 15": NOTE, "8-10": NOTE, "viele": NOTE, "-5": UNREADABLE}
PHONES: Spellings = {"0340 777001": "0340 777001", "+49 340 777002": "+49 340 777002", "0340/77 70-03": "0340/77 70-03"}
MAILS: Spellings = {
    "a@verein.example": "a@verein.example",
    "b@verein.example": "b@verein.example",
    "kein Netz": UNREADABLE,
}
WEBS: Spellings = {"https://verein.example/a": "https://verein.example/a", "info@verein.example": UNREADABLE}
TEXTS: Spellings = {"NA": None} | {
    text: text for text in ("5 € im Monat", 'Tee "und" Kuchen; gratis', "Łódź, Київ", "frei")
}
WEEKLY: Spellings = {
    **{"Mo 14-16 Uhr": [at(1, 14, 16)], "Montag: 14:00 - 16:00": [at(1, 14, 16)]},
    **{"Di u. Do 9-10": [at(2, 9, 10), at(4, 9, 10)], "Fr. 18-20 Uhr": [at(5, 18, 20)]},
    **{"jeden 1. Freitag": NOTE, "nach Absprache": NOTE},
}
THEMES: Spellings = {
    **{"Deutsch lernen": ["german_courses"], "Lernhilfe": ["homework"]},
    **{"Deutsch; Lernhilfe": ["german_courses", "homework"], "Zauberei": UNREADABLE},
}
HOURS: Spellings = {"Mo-Fr 9-12 Uhr": "Mo-Fr 09:00-12:00", "Di 14-18": "Tu 14:00-18:00"}
STREETS: Spellings = {"Musterstr. 5": "Musterstraße 5", "Musterstraße 5": "Musterstraße 5", "Gasse 2": "Gasse 2"}
NAMES: Spellings = {name: name for name in ("Treff", "Sprachcafé", "Sprach-Café", "Nähkreis", "Treff am Weg", "Chor")}
OWNERS: Spellings = {"AWO": "awo", "Verein": "verein", "verein": "verein"}

# Table → its columns: header, field, spellings, whether it must be filled. Places are compared by their street.
COLUMNS: dict[str, list[tuple[str, str, Spellings, bool]]] = {
    "initiative": [
        ("Angebot", "name", NAMES, True),
        ("Organisation", "organization_id", OWNERS | {"Neuer Verein": UNREADABLE}, True),
        ("Themen", "theme_ids", THEMES, False),
        ("Zeiten", "times", WEEKLY, False),
        ("Plätze", "capacity", NUMBERS, False),
        ("Beginn", "started_on", DAYS, False),
        ("Kosten", "cost", TEXTS, False),
        ("Webseite", "website", WEBS, False),
        ("Straße", "street", STREETS, False),
    ],
    "organization": [
        ("Organisation", "name", {f"{name} e. V.": f"{name} e. V." for name in ("Nord", "Süd", "Ost")}, True),
        ("Telefon", "phone", PHONES, False),
        ("E-Mail", "email", MAILS, False),
        ("Webseite", "website", WEBS, False),
        ("Straße", "street", {"Gasse 2": "Gasse 2", "Weg 9": "Weg 9"}, False),
        ("Beschreibung", "description", TEXTS, False),
    ],
    "course": [
        ("Schulung", "name", NAMES, True),
        ("Organisation", "organization_id", OWNERS, True),
        ("Stufe", "level", {"Grundlagen": "basic", "hoch": UNREADABLE}, False),
        ("Beschreibung", "description", TEXTS, False),
    ],
    "session": [
        ("Schulung", "course_id", {"Grundkurs": "grundkurs", "Aufbaukurs": "aufbaukurs", "Kurs X": UNREADABLE}, True),
        ("Datum", "starts_on", DAYS, True),
        ("Uhrzeit", "begins", {"9-10 Uhr": time(9), "14:00-15:00": time(14), "15 Uhr": time(15)}, False),
        ("Straße", "street", STREETS, False),
        ("Plätze", "seats", NUMBERS, False),
    ],
    "contact": [
        ("Funktion", "role", {role: role for role in ("Leitung", "Beratung")}, True),
        ("Organisation", "organization_id", OWNERS, True),
        ("Telefon", "phone", PHONES, False),
        ("E-Mail", "email", MAILS, False),
        ("Notiz", "note", TEXTS, False),
    ],
    "contact_point": [
        ("Anlaufstelle", "name", NAMES, True),
        ("Organisation", "organization_id", OWNERS, True),
        (
            "Öffnungszeiten",
            "opening_hours",
            {"Mo-Fr 9-12 Uhr": "Mo-Fr 09:00-12:00", "Di 14-18": "Tu 14:00-18:00"},
            False,
        ),
        ("Telefon", "phone", PHONES, False),
        ("Straße", "street", STREETS, False),
    ],
    "location": [
        ("Ort", "name", {name: name for name in ("Rathaus", "Haus Nord", "Haus Süd")}, True),
        ("Straße", "street", {"Markt 1": "Markt 1", "Gasse 2": "Gasse 2"}, False),
        ("PLZ", "postcode", {"06844": "06844", "1067": "01067", "123": UNREADABLE}, False),
    ],
}
TABLES = (*COLUMNS, "survey")
COMPUTED = {"version", "phone_e164"}  # written with every change, and nobody's fact
State = dict[tuple[str, str], dict[str, Any]]
Cell = tuple[str, Any]  # text and what it means; ("", None) for an empty one


@contextmanager
def started(lender: Lender, content: bytes, clock: Callable[[], datetime]) -> Iterator[Inventory]:
    """Musterstadt with two organisations, two trainings and an offer."""
    with lender.lend(content, clock) as inventory:
        with inventory.change(TEST, Action.EDIT_RECORDS) as change:
            change.insert("organization", [{"organization_id": key, "name": name} for key, name in OWNED.items()])
            courses = {"grundkurs": "Grundkurs", "aufbaukurs": "Aufbaukurs"}
            rows = [{"course_id": key, "organization_id": "awo", "name": name} for key, name in courses.items()]
            change.insert("course", rows)
            change.insert("location", [{"location_id": "m5", "name": "Haus", "street": "Musterstraße 5"}])
            offer = {"initiative_id": "treff", "organization_id": "awo", "name": "Treff", "capacity": 3}
            change.insert("initiative", [offer | {"location_id": "m5"}])
        yield inventory


OWNED = {"awo": "AWO", "verein": "Verein"}


def state(inventory: Inventory) -> State:
    """(table, key) → record, of everything that an import may touch."""
    return {
        (table, row[BY_TABLE[table].key]): {name: value for name, value in row.items() if name not in COMPUTED}
        for table in TABLES
        for row in inventory.rows(f"FROM inventory.{table}")
    }


def cells(columns: list[tuple[str, str, Spellings, bool]]) -> st.SearchStrategy[list[list[Cell]]]:
    of_columns = []
    for _, _, spellings, needed in columns:
        filled = st.sampled_from(sorted(spellings.items(), key=lambda pair: pair[0]))
        of_columns.append(filled if needed else st.one_of(st.just(("", None)), filled))
    return st.lists(st.tuples(*of_columns).map(list), min_size=1, max_size=7)


def planned(inventory: Inventory, table: str, content: str, path: Path, choose: Callable[[Any], str | None]) -> Plan:
    """The plan with answers until no question is new; `choose` answers each once."""
    path.write_text(content, encoding="utf-8")
    base = importing.plan(inventory, path, BY_TABLE_KIND[table], sender="Verein")
    answers, seen = Answers(), set[str]()
    plan = resembling.asked(inventory, base, answers)
    while fresh := [question for question in plan.questions if question.key not in seen]:
        seen |= {question.key for question in fresh}
        said = {question.key: choose(question.answers) for question in fresh if question.key not in plan.said}
        answers = replace(answers, given={**answers.given, **{key: one for key, one in said.items() if one}})
        plan = resembling.asked(inventory, base, answers)
    return plan


BY_TABLE_KIND = {kind.table: name for name, kind in KINDS.items()}


def written_as_said(plan: Plan, before: State, after: State) -> None:
    """Every cell that changed is in a new row, in a difference or in what comes beside; and the reverse."""
    said: dict[tuple[str, str], dict[str, Any]] = {}
    for row in plan.rows:
        if row.state in ("new", "changed"):
            said[plan.kind.table, str(row.record_id)] = row.values
            if row.state == "changed":
                assert {one.field: one.after for one in row.differences} == row.values
                old = before[plan.kind.table, str(row.record_id)]
                assert {one.field: one.before for one in row.differences} == {name: old[name] for name in row.values}
        else:
            assert not row.values
    for one in plan.beside:
        said[one.table, one.record_id] = {**said.get((one.table, one.record_id), {}), **one.values}
        if one.version is not None:
            assert {difference.field for difference in one.differences} == set(one.values)
    assert before.keys() <= after.keys()
    assert {key for key in after if before.get(key) != after[key]} == {key for key, values in said.items() if values}
    for key, values in said.items():
        assert {name: after[key][name] for name in values if name not in COMPUTED} == {
            name: value for name, value in values.items() if name not in COMPUTED
        }
        if key in before:
            changed = {name for name, value in after[key].items() if before[key][name] != value}
            assert changed <= values.keys()


def lost(plan: Plan, after: State, header: list[str], fields: list[str], rows: list[list[Cell]]) -> list[str]:
    """The cells whose fact is neither in the inventory nor named."""
    found = []
    faults = {(fault.row, fault.column) for fault in plan.faults}
    asked = {question.row for question in plan.questions if question.topic in ("place", "plausible")}
    told = " ".join(str(value) for notice in plan.notices for value in notice.values.values())
    owners = {plan.said.get(question.key) for question in plan.questions if question.topic == "organization"}
    new = {one.record_id for one in plan.beside if one.table == "organization"}
    questions = {question.row for question in plan.questions}
    for row, drawn in zip(plan.rows, rows, strict=True):
        if row.state == "faulty":
            assert any(fault.row == row.number for fault in plan.faults)
            continue
        if row.state in ("open", "skipped"):
            assert row.number in questions or any(q.topic in ("organization", "kind") for q in plan.questions)
            continue
        record = after[plan.kind.table, str(row.record_id)]
        for column, field, (text, meant) in zip(header, fields, drawn, strict=True):
            if not text or (row.number, column) in faults:
                continue
            named = bool(re.search(rf"\b{row.number}, {re.escape(column)}\b", told))
            note = str(record.get("note") or "") + str(record.get("hours_note") or "")
            if isinstance(meant, Note):
                right = named and text in note
            elif isinstance(meant, Unreadable):
                named_owner = column == "Organisation" and text == "Neuer Verein"  # made on the way, or a known one
                right = named_owner and record["organization_id"] in {*owners, *new}
            elif field == "street" and plan.kind.table not in ("organization", "location"):
                place = after.get(("location", str(record["location_id"])), {})
                right = place.get("street", "").replace("str.", "straße") == meant or row.number in asked
            else:
                right = record[field] == meant or row.number in asked
            if not right:
                found.append(
                    f"row {row.number} {row.state}, {column}: {text!r} is {record.get(field)!r}, not {meant!r}"
                )
    return found


def as_text(header: list[str], rows: list[list[Cell]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(
        [header, *([text for text, _ in row] for row in rows)]
    )
    return out.getvalue()


@pytest.mark.parametrize("table", COLUMNS)
def test_nothing_is_done_that_is_not_said(
    table: str, lender: Lender, tiny_file: bytes, clock: Callable[[], datetime], tmp_path: Path
) -> None:
    columns = COLUMNS[table]
    header, fields = [column[0] for column in columns], [column[1] for column in columns]

    @always_the_same(3, 60, **WITHOUT_SHRINKING)
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        def choose(answers: tuple[str, ...]) -> str | None:
            return data.draw(st.one_of(st.none(), st.sampled_from(answers)), "answer")

        with started(lender, tiny_file, clock) as inventory:
            for number in range(2):  # the second list meets what the first has brought
                rows = data.draw(cells(columns), "rows")
                content = as_text(header, rows)
                before = state(inventory)
                plan = planned(inventory, table, content, tmp_path / f"{number}.csv", choose)
                importing.run(inventory, plan, ADA, backup=False)
                importing.learn(inventory, plan, ADA)
                after = state(inventory)
                written_as_said(plan, before, after)
                assert lost(plan, after, header, fields, rows) == []
                again = planned(inventory, table, content, tmp_path / "again.csv", lambda _: None)
                waited = {one.number for one in plan.rows if one.state == "open"}  # theirs may come in now
                other = [
                    (one.number, one.state, one.values)
                    for one in again.rows
                    if one.state in ("new", "changed") and one.number not in waited
                ]
                assert other == [], (content, [(one.number, one.state) for one in plan.rows], plan.said, again.said)
                assert waited or again.beside == ()
            comes_back(inventory, tmp_path)

    draw()


def comes_back(inventory: Inventory, folder: Path) -> None:
    """What the import has made leaves in our own files and comes back unchanged."""
    for name in ("organizations", "initiatives", "courses", "sessions", "contact-points"):
        frame = exported()[name](inventory)
        if len(frame):
            (folder / "out.csv").write_bytes(plain_csv(frame))
            plan = importing.plan(inventory, folder / "out.csv", name)
            assert {row.state for row in plan.rows} == {"unchanged"}, (name, plan.faults, plan.rows)
            assert plan.beside == ()
