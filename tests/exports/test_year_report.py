"""The draft of the report: what it says of a year, that it adds up, and that it names no person."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from esdash import exports
from esdash.analysis import open_inventory
from esdash.analysis.budget import year
from esdash.analysis.measures import effect as effects
from esdash.analysis.measures import listed
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.wording import effect as wording
from tests import first_state, provide, trials
from tests.analysis.money_entries import DRAWN, Drawn, entry, fill, line
from tests.conftest import NOW
from tests.people import ADA

DE, EN = Text("de"), Text("en")


@pytest.fixture(scope="module")
def any_tiny(tiny_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    """Musterstadt in whatever state the last test left it."""
    path = tmp_path_factory.mktemp("report") / "inventory.duckdb"
    path.write_bytes(tiny_file)
    inventory = open_inventory(path, clock=lambda: NOW)
    first_state.remember(inventory)
    yield inventory
    inventory.close()


@pytest.fixture
def empty(any_tiny: Inventory) -> Inventory:
    assert first_state.put_back(any_tiny)
    return any_tiny


def lines_of(content: bytes) -> dict[str, list[str]]:
    """Heading → the lines below it, of the plain text."""
    found: dict[str, list[str]] = {}
    rows, heading = content.decode().splitlines(), ""
    for row, below in zip(rows, [*rows[1:], ""], strict=True):
        if below and set(below) == {"-"}:
            heading = row
            found[heading] = []
        elif heading and row and set(row) != {"-"}:
            found[heading].append(row.removeprefix("- ").replace("\N{NO-BREAK SPACE}", " "))
    return found


def pdf_text(content: bytes, path: Path) -> str:
    path.write_bytes(content)
    read = subprocess.run([provide.pdftotext(), "-layout", str(path), "-"], capture_output=True, check=True)
    return read.stdout.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def lived(empty: Inventory) -> Inventory:
    """A year with its successes and its failures, and something of the year before."""
    item: dict[str, Any] = {"origin": "hand", "listed_on": "2026-02-01", "listed_by": "Ada", "cost_eur": "800.00"}
    decided = {"meeting_id": "s1", "subject_table": "priority_item", "recorded": "consensus"}
    with empty.change(ADA, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": "club", "name": "Verein Brücke"}])
        change.insert("meeting", [{"meeting_id": "s1", "name": "Sitzung", "held_on": "2026-03-02"}])
        change.insert(
            "priority_item",
            [
                {**item, "priority_item_id": "p1", "title": "Lernhilfe aufbauen", "legal": True, "pearl_reason": None},
                {
                    **item,
                    "priority_item_id": "p2",
                    "title": "Chor gründen",
                    "legal": False,
                    "pearl_reason": "kein Raum",
                },
                {
                    **{**item, "listed_on": "2025-02-01"},
                    **{"priority_item_id": "p3", "title": "Altes", "legal": None, "pearl_reason": None},
                },
            ],
        )
        gone = {"priority_item_id": "p3", "ended_on": "2025-06-01", "ended_as": "dropped", "ended_reason": "überholt"}
        change.update("priority_item", [gone])
        change.insert(
            "decision",
            [
                {
                    **decided,
                    **{"decision_id": f"d{n}", "number": f"2026/{n}", "subject": subject, "result": result},
                    **{"resolution_text": words, "decided_on": "2026-03-02", "reason": reason},
                }
                for n, subject, result, words, reason in (
                    (2, "p1", "adopted", "Der Verein baut sie auf.", None),
                    (10, "p2", "rejected", "Der Chor.", "kein Raum"),
                )
            ],
        )
        change.insert("list_version", [VERSION])
        change.insert("list_entry", [ENTRY])
        refused = {"answer_id": "a1", "list_entry_id": "v|p1", "verdict": "rejected", "reason": "keine Mittel"}
        change.insert("answer", [{**refused, "answered_on": "2026-04-01", "received_via": "letter"}])
    fill(
        empty,
        [line("s26", "Sachmittel", 2026, "300.00"), line("s25", "Altlast", 2025, "77.00")],
        [entry("a", "s26", "paid", "330.10", "m1"), entry("b", "s26", "committed", "0.15", "m1")],
    )
    with empty.change(ADA, Action.SET_UP) as change:
        running = {"measure_id": "m1", "state": "running", "due_on": "2026-10-31", "closing_note": None}
        given_up = {"measure_id": "m2", "state": "dropped", "due_on": "2026-12-31", "closing_note": "niemand da"}
        change.update(
            "measure",
            [{**one, "lead_organization_id": "club", "starts_on": "2026-03-03"} for one in (running, given_up)],
        )
    return empty


VERSION = {
    **{"list_version_id": "v", "number": 1, "title": "Fassung 1", "frozen_on": "2026-03-02", "frozen_by": "Ada"},
    **{"as_of": "2026-03-02", "last_change": 1, "content": "{}", "content_sha256": "0", "files": []},
}
ENTRY = {
    **{"list_entry_id": "v|p1", "list_version_id": "v", "priority_item_id": "p1", "sort": 1, "change": "new"},
    **{"title": "Lernhilfe aufbauen", "content": {}},
}


# ---------------------------------------------------------------- what it says


def test_a_year_with_its_failures(lived: Inventory) -> None:
    found = lines_of(exports.year_report_text(lived, DE, 2026))
    assert found["Ziele des Jahres"] == [
        "Lernhilfe aufbauen (auf der Prioritätenliste seit 01.02.2026; ungeändert beschlossen, Beschluss 2026/2)",
        "Chor gründen (auf der Prioritätenliste seit 01.02.2026; abgelehnt, Beschluss 2026/10)",
    ]
    assert [row[:7].strip() for row in found["Beschlüsse"]] == ["2026/2", "2026/10"]  # as counted, not as spelt
    assert found["Maßnahmen"] == [
        "M-1 · Maßnahme 1: läuft, federführend Verein Brücke, überfällig seit dem 31.10.2026.",
        "M-2 · Maßnahme 2: aufgegeben, federführend Verein Brücke, bis 31.12.2026. niemand da",
    ]
    assert found["Wirkungen"] == [
        "Zu keiner Maßnahme ist ein Ziel in Zahlen eingetragen; Wirkungen sind deshalb unbekannt."
    ]
    assert found["Was nicht gelang"] == [
        "Aufgegeben: M-2 · Maßnahme 2. Grund: niemand da",
        "Überfällig: M-1 · Maßnahme 1, fällig war der 31.10.2026.",
        "Abgelehnt (2026/10): Der Chor. Grund: kein Raum",
        "Antwort der Stadt zu „Lernhilfe aufbauen“ am 01.04.2026: abgelehnt. Grund: keine Mittel",
        "Zurückgestellt auf der Liste: Chor gründen. Grund: kein Raum",
    ]
    money = found["Ausgaben nach Kategorien"]
    assert re.split(r"\s{2,}", money[2]) == ["Sachmittel", "300,00 €", "330,10 €", "0,15 €", "+30,25 € (+10 %)"]
    assert not any("Altlast" in row for row in money)
    assert found["Was unbekannt ist"][0].startswith("Was eine Maßnahme kostet, ist unbekannt")
    earlier = lines_of(exports.year_report_text(lived, DE, 2025))
    assert "Von der Liste genommen: Altes. Grund: überholt" in earlier["Was nicht gelang"]
    assert earlier["Beschlüsse"] == ["In diesem Jahr wurde nichts beschlossen."]


def test_a_year_of_which_nothing_is_known_says_so(empty: Inventory) -> None:
    assert year.years(empty) == []
    found = lines_of(exports.year_report_text(empty, EN, 2026))
    assert found["Expenses by category"] == ["No plan is entered for 2026; what was to be spent is unknown."]
    assert not re.search(r"€\d", exports.year_report_text(empty, EN, 2026).decode())  # unknown is not zero


def test_an_effect_stands_only_with_its_split(lived: Inventory) -> None:
    aim = {"measure": "gap_places", "theme_ids": [], "district_ids": [], "target_group_ids": [], "as_of": "2026-11-22"}
    with lived.change(ADA, Action.SET_UP) as change:
        change.update("measure", [{"measure_id": "m1", "effect": aim}])
    (effect,) = lines_of(exports.year_report_text(lived, DE, 2026))["Wirkungen"]
    figure, selection, day, _ = listed.aim(lived.rows("FROM measure WHERE measure_id = 'm1'")[0]) or pytest.fail()
    said = wording.sentence(effects.of(lived, figure, selection, day), figure, DE)
    assert (
        effect == f"M-1 · Maßnahme 1: {said}"
    )  # as the page of the measure says it, with its four parts or not at all
    assert "bewirkt" not in effect


def test_the_draft_is_a_tagged_pdf_with_entwurf_on_every_page(lived: Inventory, tmp_path: Path) -> None:
    with lived.change(ADA, Action.SET_UP) as change:
        change.insert("measure", [{"measure_id": f"x{n}", "number": f"X-{n}", "title": "Lesekreis"} for n in range(60)])
    content = exports.year_report_pdf(lived, DE, 2026)
    assert content == exports.year_report_pdf(lived, DE, 2026)
    assert b"pdfuaid" in content
    pages = pdf_text(content, tmp_path / "r.pdf").split("\f")[:-1]
    assert len(pages) > 2 and all(page.strip().startswith("Entwurf") for page in pages)
    assert f"Seite {len(pages)} von {len(pages)}" in pages[-1]
    whole = " ".join("".join(pages).split())
    assert "Sachmittel 300,00 € 330,10 € 0,15 € +30,25 € (+10 %)" in whole
    headings = [
        "Ziele des Jahres",
        "Beschlüsse",
        "Maßnahmen",
        "Wirkungen",
        "Ausgaben nach",
        "Was nicht",
        "Was unbekannt",
    ]
    assert [whole.index(word) for word in headings] == sorted(whole.index(word) for word in headings)


def test_hostile_texts_are_set_as_they_are(lived: Inventory, tmp_path: Path) -> None:
    words = '#include("x") *fett* =1+1 مرحبا 👩🏽‍🏫 <b>'
    with lived.change(ADA, Action.SET_UP) as change:
        change.update("measure", [{"measure_id": "m1", "title": words}])
    content = exports.year_report_pdf(lived, DE, 2026)
    assert b"pdfuaid" in content  # also with signs of other scripts
    read = pdf_text(content, tmp_path / "r.pdf")
    assert '#include("x") *fett* =1+1' in read
    assert sorted("مرحبا" * 3) == sorted(
        sign for sign in read if "\u0600" <= sign <= "\u06ff"
    )  # every letter, at each of three places
    assert words in exports.year_report_text(lived, DE, 2026).decode()


def test_a_draft_that_names_a_person_is_not_made(lived: Inventory) -> None:
    with lived.change(ADA, Action.SET_UP) as change:
        person = {"contact_id": "p", "organization_id": "club", "role": "Leitung", "name": "Frauke Petersen"}
        change.insert("contact", [{**person, "consent_scope": "public"}])
    assert exports.year_report_text(lived, DE, 2026)
    with lived.change(ADA, Action.SET_UP) as change:
        change.update("measure", [{"measure_id": "m2", "closing_note": "Frauke Petersen hat aufgehört"}])
    for make in (exports.year_report_text, exports.year_report_pdf):
        with pytest.raises(UserError) as refused:
            make(lived, DE, 2026)
        assert refused.value.key == "names_person"


# ---------------------------------------------------------------- adding up


@given(DRAWN)
@trials.drawn(6, 60)
def test_money_adds_up_to_the_cent_in_the_draft(any_tiny: Inventory, tmp_path: Path, drawn: Drawn) -> None:
    assert first_state.put_back(any_tiny)
    fill(any_tiny, drawn.lines, drawn.entries)
    sums = [Decimal(0)] * 4
    pdf = ""
    for of_year in (2025, 2026):
        rows = lines_of(exports.year_report_text(any_tiny, DE, of_year))["Ausgaben nach Kategorien"][2:]
        cells = [[_amount(cell) for cell in re.split(r"\s{2,}", row)[1:]] for row in rows]
        *parts, last = cells
        assert [sum(column, Decimal(0)) for column in zip(*parts, strict=True)] == last
        sums = [one + other for one, other in zip(sums, last, strict=True)]
        if not pdf:  # one of the two is enough: setting a page takes a while
            pdf = " ".join(pdf_text(exports.year_report_pdf(any_tiny, DE, of_year), tmp_path / "r.pdf").split())
            assert all(" ".join(row.split()) in pdf for row in rows)
    planned, _, committed, paid, left = drawn.sums
    assert sums == [planned, paid, committed, -left]


def _amount(cell: str) -> Decimal:
    written = cell.split(" €")[0].replace(".", "").replace(",", ".").replace("−", "-")
    return Decimal(written)


def test_json_is_read_with_the_same_amounts(lived: Inventory) -> None:
    document = json.loads(exports.budget_json(lived, DE, None, 2026), parse_float=Decimal)
    assert [row["paid_eur"] for row in document["total"]] == [Decimal("330.10")]
