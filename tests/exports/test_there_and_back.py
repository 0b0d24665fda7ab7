"""What goes out comes back identical: every kind, every field, as CSV and XLSX (property test).

A valid record is one that a form or an import can make: its texts hold no characters that nobody sees, and do not say
"unknown". Unknown (NULL) and known to be empty (an empty list) are two different things, and stay so.
"""

import re
import string
from datetime import date, time, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis import open_inventory
from esdash.analysis.records import handed_out
from esdash.exports import Column, Sheet, columns_of, csv_file, plain_csv, xlsx_file
from esdash.inventory import Inventory, create, importing, open_file
from esdash.inventory.access import Action
from esdash.inventory.importing import Answers
from esdash.inventory.importing.read.spreadsheets import clean
from esdash.model import rules
from esdash.model.fields import Kind
from esdash.model.folding import is_unknown
from esdash.model.kinds import KINDS
from esdash.model.phones import DIALLED
from esdash.texts import Text
from tests.commands.command_line import clock
from tests.conftest import NOW, load_tiny_city
from tests.people import TESTER
from tests.trials import WITHOUT_SHRINKING, always_the_same

SIGNS = string.ascii_letters + string.digits + "äöüÄÖÜßéłçñ „“–…€½;,:.'\"=+-@#&<>()[]{}|\\/%$*?!~^_\n\t😀س漢"
AWKWARD = (
    *("=1+1", "+49 340 12", "-5", "@SUM(A1)", "'=1", "''-x", "'s Haus", "00123", "1e5", "1.234,5", "31.02.2026"),
    *('"', '""', ";", ",", "a\nb", "a;b", "#1 im Bezirk", "_x0041_", "WAHR", "Summe", "keine", "alle", "%s", "{x}"),
    *("x" * 5_000, "NULL", "None", "nan", "0", "ja", "[]", "C:\\neu", "Zeile\n\nZeile", "<b>&amp;</b>", "sep=;"),
)


def valid(text: str) -> bool:
    """Whether a form would keep the text as it is."""
    cell_error = text.startswith("#") and " " not in text
    return bool(text) and clean(f"{text}") == text and not is_unknown(text) and not cell_error


texts = st.one_of(st.sampled_from(AWKWARD), st.text(SIGNS, min_size=1, max_size=40).map(str.strip)).filter(
    lambda text: valid(text) and (valid(text[1:]) if text[:1] == "'" else True)
)
days = st.dates(date(1950, 1, 1), date(2099, 12, 31))
clocks = st.times().map(lambda t: time(t.hour, t.minute))
maybe = st.none()


def weekly() -> st.SearchStrategy[list[dict[str, Any]]]:
    span = st.tuples(st.integers(1, 7), st.integers(0, 700), st.integers(1, 700)).map(
        lambda t: {"weekday": t[0], "begins": _clock(t[1]), "ends": _clock(t[1] + t[2])}
    )
    return st.lists(span, max_size=4, unique_by=lambda s: (s["weekday"], s["begins"])).map(
        lambda spans: sorted(spans, key=lambda s: (s["weekday"], s["begins"], s["ends"]))
    )


def fortnightly() -> st.SearchStrategy[list[dict[str, Any]]]:
    entry = st.tuples(days, clocks, clocks).filter(lambda t: t[1] != t[2])
    made = entry.map(lambda t: {"starts_on": str(t[0]), "begins": str(t[1]), "ends": str(t[2])})
    return st.lists(made, max_size=3, unique_by=str).map(
        lambda them: sorted(them, key=lambda e: (e["starts_on"], e["begins"], e["ends"]))
    )


def periods() -> st.SearchStrategy[list[dict[str, Any]]]:
    reasons = st.none() | texts.map(lambda text: re.sub(r"\s*[;\n]\s*", ", ", text).strip()).filter(valid)
    entry = st.tuples(days, st.none() | st.integers(0, 400), reasons)
    made = entry.map(
        lambda t: {
            "first_day": str(t[0]),
            "last_day": None if t[1] is None else str(t[0] + timedelta(days=t[1])),
            "reason": t[2],
        }
    )
    return st.lists(made, max_size=3, unique_by=str).map(
        lambda them: sorted(them, key=lambda e: (e["first_day"], e["last_day"] or "9", e["reason"] or ""))
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


IDS = {
    "organization": ["o1", "o2"],
    "contact": ["c1", "c2"],
    "course": ["k1", "k2"],
    "location": ["l1", "l2"],
    "contact_point": ["p1", "p2"],
    "district": ["01", "02", "03"],
    "theme": ["homework", "german_courses", "education"],
    "target_group": ["children", "women"],
    "language": ["de", "fa"],
    "module": ["asylum_law", "intercultural"],
}
BY_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "text": texts,
    "integer": st.integers(0, rules.MOST["integer"]),
    "decimal": st.integers(1, 10**10).map(lambda number: number / 10**6),
    "coordinate": st.integers(-80 * 10**6, 80 * 10**6).map(lambda number: number / 10**6),
    "date": days.map(str),
    "time": clocks.map(str),
    "times": weekly(),
    "fortnightly": fortnightly(),
    "periods": periods(),
    "opening": st.sampled_from(
        [
            *("Mo,We 14:00-17:00", "24/7", "Mo-Fr 09:00-12:00; PH off", "Tu[1,3] 16:00-18:00", "Th[-1] 10:00-12:00"),
            *("Fr 22:00-02:00, Sa 10:00-12:00", "Mo 16:00-24:00; PH 10:00-12:00", "Apr-Oct Mo 10:00-12:00"),
        ]
    ),
    "boolean": st.booleans(),
    "postcode": st.integers(0, 99_999).map(lambda number: f"{number:05}"),
    "email": st.sampled_from(["büro@beispiel.de", "a+b@example.org"]),
    "website": st.sampled_from(["www.example.org/a?b=c&d=%20", "https://bücher.example/#x"]),
}


def value(kind: Kind, name: str) -> st.SearchStrategy[Any]:
    field = kind.field(name)
    if field.type in ("reference", "place"):
        found: st.SearchStrategy[Any] = st.sampled_from(IDS[field.target or "location"])
    elif field.type == "references":
        found = st.lists(st.sampled_from(IDS[field.target]), unique=True)
    elif field.type == "choice":
        found = st.sampled_from(field.ids)
    elif field.type == "choices":
        found = st.lists(st.sampled_from(field.ids), unique=True)
    elif name in rules.DONE:
        found = st.dates(date(1950, 1, 1), NOW.date()).map(str)
    else:
        found = BY_TYPE[field.type]
    if field.type == "text":  # a name gets a number behind it
        found = found.filter(lambda text: len(text) + 4 <= rules.most_letters(field))
    return found if field.required or name == "status" else maybe | found


@st.composite
def made(draw: st.DrawFn, kind: Kind, columns: list[str]) -> list[dict[str, Any]]:
    """Some records of a kind with all their fields, none like another, none that breaks a rule."""
    rows: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, 8))):
        row = {kind.key: f"{'ß' if number else ''}a{number}"}
        row |= {name: draw(value(kind, name)) for name in columns if name != kind.key}
        if "name" in kind.same_by:
            row["name"] = f"{row['name']} {number}"
        if kind.table == "contact":
            row["role"] = f"{row['role']} {number}"
            row["consent_scope"] = row["consent_scope"] or "internal"
        if kind.table == "survey":
            row |= {"theme_id": IDS["theme"][number % 3], "district_id": IDS["district"][number // 3]}
            row |= {"survey_id": f"{row['theme_id']}|{row['district_id']}"}
            row |= {"surveyed_on": row["surveyed_on"] or "2026-01-01", "reason": row["reason"] or "Grund"}
        if kind.table == "session":
            row["starts_on"] = str(date(2026, 1, 1) + timedelta(days=number))
            row |= (
                {"begins": "09:00", "ends": draw(st.sampled_from(["10:30", "23:59"]))}
                if row["begins"]
                else {"ends": None}
            )
        for first, last in (("started_on", "ended_on"), ("starts_on", "ends_on")):
            if row.get(first) and row.get(last):
                row[first], row[last] = sorted((row[first], row[last]))
        if row.get("ended_on") and row["ended_on"] < str(NOW.date()) and row.get("status") == "active":
            row["status"] = "ended"
        rows.append(row)
    return rows


def fill(inventory: Inventory) -> None:
    """Musterstadt with what the records name."""
    load_tiny_city(inventory)
    with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert(
            "organization", [{"organization_id": key, "name": f"Verein {key}"} for key in IDS["organization"]]
        )
        change.insert("location", [{"location_id": key, "name": f"Haus {key}"} for key in IDS["location"]])
        of = {"organization_id": "o1"}
        change.insert("contact", [{"contact_id": key, "role": f"Büro {key}"} | of for key in IDS["contact"]])
        points = [{"contact_point_id": key, "name": f"Treff {key}"} | of for key in IDS["contact_point"]]
        change.insert("contact_point", points)
        change.insert("course", [{"course_id": key, "name": f"Kurs {key}"} | of for key in IDS["course"]])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("filled") / "i.duckdb"
    create(path, "empty", fill, TESTER, clock)
    return path.read_bytes()


def opened(folder: Path, name: str, content: bytes) -> Inventory:
    (folder / name).write_bytes(content)
    return open_file(folder / name, clock=clock)


def files(frame: pd.DataFrame, kind: Kind) -> dict[str, bytes]:
    """The same rows in every form that they leave in."""
    labels = {field.name: field for field in kind.fields}
    found = {"plain.csv": plain_csv(frame)}
    for language in ("de", "en"):
        text = Text(language)
        columns = [Column(c.name, labels[c.name].headings.of(language)[0], c.kind) for c in columns_of(frame)]
        found[f"{language}.csv"] = csv_file(frame, columns, text)
        found[f"{language}.xlsx"] = xlsx_file([Sheet("Liste", "Liste", frame, columns, ["Stand heute"])], text)
    found["names.xlsx"] = xlsx_file([Sheet("Liste", "Liste", frame, columns_of(frame))], Text("de"))
    return found


def stored(inventory: Inventory, kind: Kind) -> list[str]:
    """The columns of a table that people fill in; the number to dial follows from the phone."""
    return [column for column in inventory.columns(kind.table) if column not in ("version", DIALLED)]


FEW = always_the_same(2, 2, **WITHOUT_SHRINKING)


@pytest.mark.parametrize("name", KINDS)
def test_every_field_there_and_back(name: str, filled: bytes) -> None:
    kind = KINDS[name]

    @FEW
    @given(st.data())
    def there_and_back(data: st.DataObject) -> None:
        with TemporaryDirectory() as folder_name:
            folder = Path(folder_name)
            inventory = opened(folder, "full.duckdb", filled)
            columns = stored(inventory, kind)
            assert {c for c in columns if c not in {field.name for field in kind.fields}} == set()
            rows = data.draw(made(kind, columns))
            with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
                change.insert(kind.table, rows)
            keys = [row[kind.key] for row in rows]
            asked = f"SELECT {', '.join(columns)} FROM inventory.{kind.table} WHERE {kind.key} IN $keys ORDER BY ALL"
            before = inventory.rows(asked, keys=keys)
            frame = inventory.frame(asked, keys=keys)
            for file, content in files(frame, kind).items():
                (folder / file).write_bytes(content)
                plan = importing.plan(inventory, folder / file, name)
                assert (file, plan.faults, plan.unmatched) == (file, (), ())
                assert [(file, row.differences) for row in plan.rows if row.state != "unchanged"] == []
                assert len(plan.rows) == len(rows)
            inventory.close()
            file = data.draw(st.sampled_from(sorted(files(frame, kind))))
            empty = opened(folder, "empty.duckdb", filled)
            plan = importing.plan(empty, folder / file, name)
            taken = Answers({question.key: "take" for question in plan.questions if question.topic == "plausible"})
            plan = importing.plan_table(empty, plan.table, name, plan.mapping, answers=taken)
            assert (file, plan.faults, plan.counts["new"]) == (file, (), len(rows))
            importing.run(empty, plan, TESTER, backup=False)
            after = empty.rows(asked, keys=keys)
            empty.close()
            assert (file, after) == (file, before)

    there_and_back()


@FEW
@given(st.data())
def test_the_lists_of_the_command_line_change_nothing_when_they_come_back(data: st.DataObject) -> None:
    """Lists have names and figures beside the fields; those must not be taken for something else."""
    with TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        create(folder / "i.duckdb", "empty", fill, TESTER, clock)
        inventory = open_inventory(folder / "i.duckdb", clock)
        for kind in KINDS.values():
            columns = stored(inventory, kind)
            with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
                change.insert(kind.table, data.draw(made(kind, columns)))
        lists = {name: partial(handed_out.listed, table=KINDS[name].table) for name in KINDS}
        for name, asked in lists.items():
            frame = asked(inventory)
            (folder / "a.csv").write_bytes(plain_csv(frame))
            (folder / "a.xlsx").write_bytes(xlsx_file([Sheet("a", "a", frame, columns_of(frame))], Text("de")))
            for ending in ("csv", "xlsx"):
                plan = importing.plan(inventory, folder / f"a.{ending}", name)
                assert (name, ending, plan.faults) == (name, ending, ())
                assert [(name, ending, row.differences) for row in plan.rows if row.state != "unchanged"] == []
        inventory.close()


def test_a_text_that_a_cell_cannot_hold_is_not_cut_in_silence(filled: bytes, tmp_path: Path) -> None:
    inventory = opened(tmp_path, "i.duckdb", filled)
    with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
        change.update("organization", [{"organization_id": "o1", "note": "ä" * 40_000}])
    frame = inventory.frame("SELECT organization_id, name, note FROM organization ORDER BY 1")
    (tmp_path / "a.xlsx").write_bytes(xlsx_file([Sheet("a", "a", frame, columns_of(frame))], Text("de")))
    plan = importing.plan(inventory, tmp_path / "a.xlsx", "organizations")
    assert [(fault.row, fault.column, fault.error.key) for fault in plan.faults] == [(4, "note", "import_cut_cell")]
    (tmp_path / "a.csv").write_bytes(plain_csv(frame))
    assert importing.plan(inventory, tmp_path / "a.csv", "organizations").counts["unchanged"] == 2
    inventory.close()
