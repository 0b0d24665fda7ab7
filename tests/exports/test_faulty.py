"""The file of faulty rows: as sent, with what to change, and importable again."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from esdash.exports import FaultyRow, faulty_file
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.wording.imports import advice
from tests.conftest import NOW
from tests.people import ADA, TESTER

SENT = (
    "Angebot;Organisation;Plätze;PLZ;Beginn;;Notiz\n"
    "Nähcafé;AWO;12;06844;01.02.2026;x;gut\n"  # this one is fine
    "=1+1;AWO;20 O;01067;31.02.2026;y;+49 340\n"
    "Töpfern;#REF!;1.234;6844;1.2.26;; \n"
    "Kochen;AWO;3;06844;;;;etwas rechts davon\n"
)


def rows_of(plan: importing.Plan, text: Text) -> list[FaultyRow]:
    """As the page puts them together."""
    return [
        FaultyRow(
            row.cells,
            row.beyond,
            [advice(text, fault) for fault in plan.faults if fault.row == row.number],
            frozenset(fault.column for fault in plan.faults if fault.row == row.number),
        )
        for row in plan.table.rows
        if row.number in {fault.row for fault in plan.faults}
    ]


@pytest.fixture
def plan(tiny: Inventory, tmp_path: Path) -> importing.Plan:
    with tiny.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "awo", "name": "AWO"}])
    (tmp_path / "liste.csv").write_text(SENT, encoding="utf-8")
    return importing.plan(tiny, tmp_path / "liste.csv")


@pytest.mark.parametrize("language", ["de", "en"])
def test_rows_come_back_as_they_were_sent(tiny: Inventory, plan: importing.Plan, tmp_path: Path, language: str) -> None:
    text = Text(language)
    assert {fault.row for fault in plan.faults} == {3, 4, 5}
    path = tmp_path / "zurück.xlsx"
    path.write_bytes(faulty_file(plan.table.header, rows_of(plan, text), text, NOW))
    again = importing.plan(tiny, path)
    assert (plan.unmatched, again.unmatched) == (("F",), ("G",))  # not what we wrote into the first column
    assert again.table.header[1:] == plan.table.header
    sent = {row.number: row for row in plan.table.rows}
    for row, number in zip(again.table.rows, (3, 4, 5), strict=True):
        assert row.cells[1:] == sent[number].cells
        assert row.beyond == sent[number].beyond

    def shape(of: importing.Plan) -> list[tuple[str, str, str]]:
        return [(fault.column, fault.value, fault.error.key) for fault in of.faults]

    assert shape(again) == shape(plan)


def test_advice_and_marks(plan: importing.Plan) -> None:
    text = Text("de")
    book = openpyxl.load_workbook(io.BytesIO(faulty_file(plan.table.header, rows_of(plan, text), text, NOW)))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]][:4] == ["Was zu ändern ist", "Angebot", "Organisation", "Plätze"]
    said = sheet["A2"].value
    assert said.splitlines()[0].startswith("Zeile 3, Spalte „Plätze“: „20 O“ ist keine ganze Zahl.")
    assert "Zeile 3, Spalte „Beginn“: „31.02.2026“ ist kein Datum." in said
    assert said.count("der Rest der Zeile kommt herein") == 2 and "der Rest" not in sheet["A3"].value
    marked = {
        cell.coordinate
        for row in sheet.iter_rows(min_row=2, min_col=2)
        for cell in row
        if cell.fill.fgColor.rgb == "FFFCE4D6"
    }
    assert marked == {"D2", "F2", "C3", "I4"}
    assert sheet["B2"].value == "=1+1" and sheet["B2"].data_type == "s"  # no formula


def test_corrected_it_is_imported(tiny: Inventory, plan: importing.Plan, tmp_path: Path) -> None:
    text = Text("de")
    path = tmp_path / "zurück.xlsx"
    path.write_bytes(faulty_file(plan.table.header, rows_of(plan, text), text, NOW))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["D2"], sheet["F2"], sheet["C3"], sheet["I4"] = 20, "28.02.2026", "AWO", None
    book.save(path)
    corrected = importing.plan(tiny, path)
    assert (corrected.faults, corrected.counts["new"]) == ((), 3)
    importing.run(tiny, corrected, ADA)
    records = tiny.rows(
        "SELECT name, capacity, CAST(started_on AS VARCHAR) AS day FROM inventory.initiative ORDER BY name"
    )
    assert [tuple(row.values()) for row in records] == [
        ("=1+1", 20, "2026-02-28"),
        ("Kochen", 3, None),
        ("Töpfern", 1234, "2026-02-01"),
    ]


MAPPED = (
    "Was;Wer;Für;Wann\n"
    "Nähcafé;A-Verein;Damen;01.02.2026\n"
    "Kochen;A-Verein;Damen;01.02.2026\n"
    "Lesen;A-Verein;Damen;01.02.2026\n"
)
SAID = {
    "columns": {"Was": "name", "Wer": "organization_id", "Für": "target_group_ids", "Wann": "started_on"},
    "values": {"target_group_ids": {"Damen": "women"}, "organization_id": {"A-Verein": "awo"}},
}


def returned(tiny: Inventory, folder: Path, sent: str, mapping: object, sender: str | None) -> Path:
    """The file of faulty rows of a list with a mapping."""
    (folder / "liste.csv").write_text(sent, encoding="utf-8")
    plan = importing.plan(tiny, folder / "liste.csv", "initiatives", mapping, sender)  # type: ignore[arg-type]
    text, path = Text("de"), folder / "zurück.xlsx"
    path.write_bytes(faulty_file(plan.table.header, rows_of(plan, text), text, NOW, importing.told_with(plan)))
    return path


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("sender", ["Jobcenter", None])
def test_the_corrected_file_brings_its_mapping(tiny: Inventory, tmp_path: Path, sender: str | None) -> None:
    path = returned(
        tiny, tmp_path, MAPPED.replace("Kochen;A-Verein;Damen", "Kochen;A-Verein;Damen und mehr"), SAID, sender
    )
    book = openpyxl.load_workbook(path)
    assert (book.sheetnames, book.worksheets[0]["B1"].value) == (["Fehlerhafte Zeilen"], "Was")  # nothing in sight
    book.worksheets[0]["D2"] = "Damen"
    book.save(path)
    again = importing.plan(tiny, path)
    assert (again.kind.name, again.sender, again.faults, again.questions) == ("initiatives", sender, (), ())
    assert (again.columns.guessed, again.unmatched) == (False, ())
    (row,) = again.rows
    given = {name: row.values[name] for name in ("name", "organization_id", "target_group_ids")}
    assert given == {"name": "Kochen", "organization_id": "awo", "target_group_ids": ["women"]}
    assert importing.likely_kind(again.table) == "initiatives"
    assert importing.plan(tiny, path, mapping={"columns": {"Wann": None}}).columns.left_out == (
        "Wann",
    )  # who says more


@pytest.mark.usefixtures("plan")
def test_the_owner_comes_back_as_well(tiny: Inventory, tmp_path: Path) -> None:
    path = returned(tiny, tmp_path, "Angebot;Status\nLesen;läuft aus\nChor;aktiv\n", {"owner": "AWO"}, None)
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["C2"] = "aktiv"
    book.save(path)
    again = importing.plan(tiny, path)
    assert [(row.state, row.values["organization_id"]) for row in again.rows] == [("new", "awo")]


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize(
    "said",
    [
        "{",
        "[]",
        '{"kind": "people", "sender": null, "columns": {}, "values": {}}',
        '{"kind": ["initiatives"], "sender": 1, "columns": 2, "values": 3}',
        '{"kind": "initiatives", "sender": null, "columns": {"x": "actor"}, "values": {"x": {}}}',
        "[" * 100_000,
        '{"kind": "initiatives", "sender": "\\ud800", "columns": {}, "values": {}}',
        '{"kind": "initiatives", "sender": null, "columns": {}, "values": {"name": {"lesen": "Kochen"}}}',
    ],
)
def test_what_a_file_says_of_itself_is_not_trusted(tiny: Inventory, tmp_path: Path, said: str) -> None:
    path = tmp_path / "fremd.xlsx"
    properties = {f"esdash.import.{n}": said[at : at + 250] for n, at in enumerate(range(0, len(said), 250))}
    row = FaultyRow(["Lesen", "AWO"], [], ["?"], frozenset())
    path.write_bytes(faulty_file(["Angebot", "Organisation"], [row], Text("de"), NOW, properties))
    again = importing.plan(tiny, path)
    assert (again.kind.name, [row.state for row in again.rows]) == ("initiatives", ["new"])
    assert (again.sender, again.rows[0].values["name"]) == (None, "Lesen")
