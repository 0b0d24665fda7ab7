"""The answer sheet comes back: each way it can be wrong has its message, and nothing is half done."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis import answers, open_inventory
from esdash.errors import UserError
from esdash.exports.answers import sheet_of
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.inventory.importing import answer_sheets
from esdash.inventory.importing.answer_sheets import COLUMNS, SheetPlan
from esdash.inventory.importing.read.spreadsheets import clean
from esdash.inventory.steering.answers import VERDICTS
from esdash.texts import Text
from tests.analysis.conftest import any_town, town, town_file
from tests.conftest import NOW
from tests.people import ADA, BEN
from tests.planted_versions import TITLES, entry, plant

__all__ = ["any_town", "town", "town_file"]

LEARN, CAFE, GODPARENTS = TITLES
HANDED = date(2026, 9, 28)
TODAY = date(2026, 11, 22)
HEADER = 6  # row of the header, as the spreadsheet counts
ROWS = {LEARN: 7, CAFE: 8, GODPARENTS: 9}

Edit = Callable[[Any], None]
Once = tuple[Inventory, list[list[Any]]]
ANSWERED: dict[str, dict[str, Any]] = {
    LEARN: {"verdict": "angenommen", "responsible_office": "Jugendamt", "cost_committed_eur": 1200.5},
    CAFE: {"verdict": "zurückgestellt", "reason": "Erst nach dem Haushalt.", "next_on": date(2027, 3, 1)},
}


@pytest.fixture
def handed(town: Inventory) -> Inventory:
    """Musterstadt with version 1, handed over."""
    plant(town, 1, handed_over_on=HANDED)
    return town


@pytest.fixture(scope="module")
def handed_once(tiny_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Once]:
    """As `handed`, with the cells of its sheet; for a test that changes nothing."""
    path = tmp_path_factory.mktemp("handed") / "inventory.duckdb"
    path.write_bytes(tiny_file)
    inventory = open_inventory(path, clock=lambda: NOW)
    plant(inventory, 1, handed_over_on=HANDED)
    page = openpyxl.load_workbook(io.BytesIO(sheet_of(inventory, Text(), "v1"))).active
    assert page is not None
    yield inventory, [list(row) for row in page.iter_rows(values_only=True)]
    inventory.close()


def put(page: Any, title: str, **cells: Any) -> None:
    for name, value in cells.items():
        page.cell(ROWS[title], COLUMNS.index(name) + 1).value = value


def filled(inventory: Inventory, edit: Edit | None = None, version: str = "v1", name: str = "bogen.xlsx") -> Path:
    """The sheet of a version, filled in with ANSWERED and edited, as Excel saves it."""
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(inventory, Text(), version)))
    page = book.active
    assert page is not None
    for title, cells in ANSWERED.items():
        put(page, title, **cells)
    if edit:
        edit(page)
    path = Path(str(inventory.path)).parent / name
    book.save(path)
    return path


def planned(inventory: Inventory, path: Path, on: date = TODAY) -> SheetPlan:
    return answer_sheets.plan(inventory, answer_sheets.read(path), on)


def stored(inventory: Inventory) -> list[tuple[str, str]]:
    rows = inventory.rows("FROM entry_answer ORDER BY list_entry_id")
    return [(row["list_entry_id"], row["verdict"]) for row in rows]


def faults(plan: SheetPlan) -> list[tuple[int, str]]:
    return [(fault.row, fault.error.key) for fault in plan.faults]


def notices(plan: SheetPlan) -> list[str]:
    return [Text()(notice.key, **notice.values) for notice in plan.notices]


BOTH = [(entry(1, LEARN), "accepted"), (entry(1, CAFE), "deferred")]

# ---------------------------------------------------------------- what goes in


def test_a_filled_sheet_is_stored_and_undone_as_an_import(handed: Inventory) -> None:
    plan = planned(handed, filled(handed))
    assert [(row.number, row.state, row.title) for row in plan.rows] == [
        (7, "new", LEARN),
        (8, "new", CAFE),
        (9, "open", GODPARENTS),
    ]
    assert (plan.number, plan.undated, plan.faults) == (1, 2, ())
    assert notices(plan) == [f"Ohne Antwort bleiben in diesem Bogen: {GODPARENTS} (Anzahl: 1)."]
    run = answer_sheets.run(handed, plan, ADA, "Antwort der Stadt")
    assert answer_sheets.run(handed, plan, ADA) == run  # a double click
    assert stored(handed) == BOTH
    row = handed.rows("FROM answer WHERE verdict = 'accepted'")[0]
    assert (row["cost_committed_eur"], row["answered_on"]) == (Decimal("1200.50"), TODAY)
    assert (row["responsible_office"], row["received_via"], row["letter"]) == ("Jugendamt", "sheet", run)
    assert handed.value("SELECT next_on FROM answer WHERE verdict = 'deferred'") == date(2027, 3, 1)
    found = importing.runs(handed)
    assert [(one["file_name"], one["kind"], one["rows_new"], one["rows_changed"]) for one in found] == [
        ("bogen.xlsx", "answers", 2, 0)
    ]
    importing.undo(handed, run, BEN, "falsche Datei")
    assert stored(handed) == []
    assert len(answers.silence(handed)) == 3


def test_the_same_sheet_twice_changes_nothing_and_says_so(handed: Inventory) -> None:
    path = filled(handed)
    answer_sheets.run(handed, planned(handed, path, date(2026, 10, 12)), ADA)
    again = planned(handed, path)
    assert [row.state for row in again.rows] == ["unchanged", "unchanged", "open"]
    assert again.already_imported is not None
    with pytest.raises(UserError, match="answer_sheet_nothing"):
        answer_sheets.run(handed, again, ADA)
    assert len(handed.rows("FROM answer")) == 2


def test_two_offices_answer_on_two_sheets(handed: Inventory) -> None:
    answer_sheets.run(handed, planned(handed, filled(handed), date(2026, 10, 12)), ADA)

    def other(page: Any) -> None:
        for title in (LEARN, CAFE):
            put(page, title, **dict.fromkeys(COLUMNS[3:10]))
        put(page, CAFE, verdict="teilweise", responsible_office="Sozialamt")
        put(page, GODPARENTS, verdict="nicht zuständig", reason="Aufgabe des Landkreises.")

    plan = planned(handed, filled(handed, other, name="sozialamt.xlsx"))
    assert [(row.title, row.state, row.before and row.before["verdict"]) for row in plan.rows] == [
        (LEARN, "open", "accepted"),
        (CAFE, "changed", "deferred"),
        (GODPARENTS, "new", None),
    ]
    answer_sheets.run(handed, plan, ADA)
    assert stored(handed) == [
        (entry(1, LEARN), "accepted"),
        (entry(1, GODPARENTS), "not_responsible"),
        (entry(1, CAFE), "accepted_in_part"),
    ]
    assert len(handed.rows("FROM answer")) == 4  # the earlier one about the café stays


def test_an_empty_sheet_stores_nothing_and_names_what_is_open(handed: Inventory) -> None:
    path = Path(str(handed.path)).parent / "leer.xlsx"
    path.write_bytes(sheet_of(handed, Text(), "v1"))
    plan = planned(handed, path)
    assert [row.state for row in plan.rows] == ["open"] * 3
    with pytest.raises(UserError, match="answer_sheet_nothing"):
        answer_sheets.run(handed, plan, ADA)


def test_an_english_sheet_and_days_as_text_are_read(handed: Inventory) -> None:
    def edit(page: Any) -> None:
        put(page, LEARN, verdict="In part", answered_on="12.10.2026", cost_committed_eur="1.200,50 €")
        put(page, CAFE, next_on="1. März 2027", answered_on="2026-10-13")

    plan = planned(handed, filled(handed, edit))
    first, second = plan.news
    assert (first.verdict, first.answered_on, first.cost_committed_eur) == (
        *("accepted_in_part", date(2026, 10, 12)),
        Decimal("1200.50"),
    )
    assert (second.answered_on, second.next_on, plan.undated) == (date(2026, 10, 13), date(2027, 3, 1), 0)


@pytest.mark.parametrize("delimiter, encoding", [(";", "utf-8-sig"), (",", "utf-8"), (";", "cp1252")])
def test_a_sheet_saved_as_csv_is_read(handed: Inventory, delimiter: str, encoding: str) -> None:
    page = openpyxl.load_workbook(filled(handed)).active
    assert page is not None
    path = Path(str(handed.path)).parent / "bogen.csv"
    with path.open("w", encoding=encoding, newline="", errors="replace") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows(
            [cell.strftime("%d.%m.%Y") if hasattr(cell, "strftime") else cell for cell in row]
            for row in page.iter_rows(values_only=True)
        )
    answer_sheets.run(handed, planned(handed, path), ADA)
    assert stored(handed) == BOTH


# ---------------------------------------------------------------- what is refused as a whole


def test_an_answer_to_version_2_does_not_land_on_version_3(handed: Inventory) -> None:
    plant(handed, 2, handed_over_on=HANDED)
    plant(handed, 3, handed_over_on=HANDED)
    plan = planned(handed, filled(handed, version="v2"))
    assert notices(plan)[0].startswith("Der Bogen gehört zu Fassung 2; übergeben ist inzwischen Fassung 3.")
    answer_sheets.run(handed, plan, ADA)
    assert stored(handed) == [(entry(2, LEARN), "accepted"), (entry(2, CAFE), "deferred")]

    def renumbered(page: Any) -> None:
        for title in TITLES:
            put(page, title, version=3)

    with pytest.raises(UserError, match="answer_sheet_other_version") as refused:
        planned(handed, filled(handed, renumbered, "v2"))
    assert (refused.value.values["said"], refused.value.values["number"]) == ("3", 2)
    assert not answers.entries(handed, "v3")["answer_id"].notna().any()


def test_a_sheet_of_another_city_is_refused(handed: Inventory) -> None:
    path = filled(handed)
    with handed.change(ADA, Action.SET_UP) as change:  # the same numbers and entries, another content
        change.update("list_version", [{"list_version_id": "v1", "content_sha256": "f" * 64}])
    with pytest.raises(UserError, match="answer_sheet_foreign"):
        planned(handed, path)


def test_rows_of_two_versions_in_one_sheet_are_refused(handed: Inventory) -> None:
    plant(handed, 2, handed_over_on=HANDED)
    other = openpyxl.load_workbook(filled(handed, version="v2", name="zwei.xlsx")).active
    assert other is not None

    def mixed(page: Any) -> None:
        for place in range(1, len(COLUMNS) + 1):
            page.cell(ROWS[CAFE], place).value = other.cell(ROWS[CAFE], place).value

    with pytest.raises(UserError, match="answer_sheet_mixed"):
        planned(handed, filled(handed, mixed))


@pytest.mark.parametrize(
    "key, edit",
    [
        (
            "answer_sheet_no_keys",
            lambda page: [put(page, title, version=None, entry=None, checksum=None) for title in TITLES],
        ),
        ("answer_sheet_not_one", lambda page: page.delete_cols(len(COLUMNS))),
        ("answer_sheet_column_missing", lambda page: page.delete_cols(COLUMNS.index("verdict") + 1)),
    ],
)
def test_a_sheet_without_its_columns_or_keys_is_refused(handed: Inventory, key: str, edit: Edit) -> None:
    with pytest.raises(UserError, match=key):
        planned(handed, filled(handed, edit))


# ---------------------------------------------------------------- rows with a fault


def added(page: Any) -> None:
    page.cell(10, COLUMNS.index("verdict") + 1).value = "angenommen"
    page.cell(10, COLUMNS.index("title") + 1).value = "Ein neuer Wunsch"


def copied(page: Any) -> None:
    for place in range(1, len(COLUMNS) + 1):
        page.cell(10, place).value = page.cell(7, place).value


@pytest.mark.parametrize(
    "row, key, edit",
    [
        (7, "answer_sheet_word", lambda page: put(page, LEARN, verdict="ja")),
        (7, "answer_sheet_key_edited", lambda page: put(page, LEARN, entry="item-patenschaften")),
        (7, "answer_sheet_key_edited", lambda page: put(page, LEARN, checksum="0000-0000-0000")),
        (7, "answer_sheet_key_edited", lambda page: put(page, LEARN, checksum=None)),
        (7, "answer_sheet_version_edited", lambda page: put(page, LEARN, version=2)),
        (9, "answer_sheet_no_verdict", lambda page: put(page, GODPARENTS, reason="Das prüfen wir noch.")),
        (9, "answer_needs_reason", lambda page: put(page, GODPARENTS, verdict="abgelehnt")),
        (10, "answer_sheet_row_added", added),
        (10, "answer_sheet_row_twice", copied),
        (8, "import_not_date", lambda page: put(page, CAFE, next_on="nach Ostern")),
        (8, "import_wrong_weekday", lambda page: put(page, CAFE, next_on="Di 08.03.2027")),
        (8, "import_date_without_year", lambda page: put(page, CAFE, next_on="8.3.")),
        (7, "amount_unreadable", lambda page: put(page, LEARN, cost_committed_eur="etwa 1000")),
        (7, "answer_future", lambda page: put(page, LEARN, answered_on=date(2026, 12, 24))),
    ],
)
def test_one_wrong_row_keeps_the_whole_sheet_out(handed: Inventory, row: int, key: str, edit: Edit) -> None:
    plan = planned(handed, filled(handed, edit))
    assert faults(plan) == [(row, key)]
    assert all(Text(language).error(plan.faults[0].error) for language in ("de", "en"))
    with pytest.raises(UserError, match="answer_sheet_faulty"):
        answer_sheets.run(handed, plan, ADA)
    assert stored(handed) == [] and importing.runs(handed) == []


def test_a_reason_that_names_a_known_person_is_refused(handed: Inventory) -> None:
    with handed.change(ADA, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": "a", "name": "Haus A"}])
        person = {"name": "Erika Mustermann", "role": "Leitung"}
        change.insert("contact", [{"contact_id": "c", "organization_id": "a", **person}])
    named = "Frau Erika Mustermann prüft das."
    plan = planned(handed, filled(handed, lambda page: put(page, CAFE, reason=named)))
    assert faults(plan) == [(8, "names_person")]


def test_a_deleted_row_is_said_and_a_remark_below_is_left_out(handed: Inventory) -> None:
    def edit(page: Any) -> None:
        page.delete_rows(ROWS[GODPARENTS])
        page.cell(11, 2).value = "Mit freundlichen Grüßen"
        page.cell(11, 3).value = "Stadtverwaltung"

    plan = planned(handed, filled(handed, edit))
    assert notices(plan) == [
        f"Im Bogen fehlen Zeilen der Fassung; diese Einträge bleiben, wie sie sind: {GODPARENTS} (Anzahl: 1).",
        "Diese Zeilen gehören zu keinem Eintrag und bleiben weg: 11.",
    ]
    answer_sheets.run(handed, plan, ADA)
    assert stored(handed) == BOTH


def test_answers_that_come_meanwhile_make_the_plan_outdated(handed: Inventory) -> None:
    from esdash.inventory.steering.answers import Answer, answer

    plan = planned(handed, filled(handed))
    answer(handed, BEN, "v1", [Answer(entry(1, LEARN), "noted")], "letter", TODAY)
    with pytest.raises(UserError, match="import_outdated"):
        answer_sheets.run(handed, plan, ADA)
    assert stored(handed) == [(entry(1, LEARN), "noted")]


def test_an_answer_that_a_later_one_supersedes_keeps_its_import(handed: Inventory) -> None:
    from esdash.inventory.steering.answers import Answer, answer

    run = answer_sheets.run(handed, planned(handed, filled(handed), date(2026, 10, 12)), ADA)
    answer(handed, BEN, "v1", [Answer(entry(1, LEARN), "noted")], "letter", TODAY)
    with pytest.raises(importing.UndoConflicts):
        importing.undo(handed, run, ADA)
    assert len(handed.rows("FROM answer")) == 3


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cf", "Mn")), max_size=40
)


@given(
    verdict=st.sampled_from(VERDICTS),
    words=st.lists(WORDS, min_size=3, max_size=3),
    next_on=st.none() | st.dates(TODAY, date(2099, 12, 31)),
    cost=st.none() | st.decimals(0, 9_999_999, places=2, allow_nan=False),
)
def test_what_is_written_into_a_sheet_comes_back(
    handed_once: tuple[Inventory, list[list[Any]]],
    verdict: Any,
    words: list[str],
    next_on: date | None,
    cost: Decimal | None,
) -> None:
    """Saved as CSV, as a German spreadsheet program does."""
    reason, office, reference = ("Weil: " + words[0], words[1].strip("'"), words[2].strip("'"))
    inventory, rows = handed_once[0], [list(row) for row in handed_once[1]]
    said = {"verdict": Text()(f"verdict.{verdict}"), "reason": reason, "responsible_office": office}
    said |= {"office_reference": reference, "next_on": next_on and f"{next_on:%d.%m.%Y}"}
    said["cost_committed_eur"] = None if cost is None else f"{cost:.2f}".replace(".", ",")
    for name, value in said.items():
        rows[6][COLUMNS.index(name)] = value
    path = Path(str(inventory.path)).parent / "bogen.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    plan = planned(inventory, path)
    assert plan.faults == ()
    (answer,) = plan.news
    assert (answer.verdict, answer.next_on, answer.cost_committed_eur) == (verdict, next_on, cost)
    given = (answer.reason, answer.responsible_office, answer.office_reference)
    assert given == tuple(clean(one) or None for one in (reason, office, reference))
