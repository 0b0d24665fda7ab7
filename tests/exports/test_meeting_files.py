"""Minutes as PDF and text, decisions as tables: what was decided, functions and seats only, also by command."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from esdash.analysis import open_inventory
from esdash.analysis.meetings import points
from esdash.exports.meetings import decisions as decision_files
from esdash.exports.meetings import minutes as minutes_files
from esdash.inventory import Inventory
from esdash.inventory.steering.meetings import closing, decisions, minutes
from esdash.inventory.steering.meetings.closing import Seen
from esdash.inventory.steering.meetings.majority import Votes
from esdash.inventory.steering.meetings.said import Said
from esdash.inventory.steering.versions import last_change_of
from esdash.texts import Text
from esdash.wording import minutes as minutes_words
from tests.conftest import NOW
from tests.inventory.meetings import run
from tests.inventory.test_closing import FOLLOWS
from tests.people import ADA
from tests.provide import pdftotext

TEXT = Text("de")


@pytest.fixture
def held(tiny: Inventory) -> tuple[Inventory, str]:
    """A running meeting with two decided points and one that is open."""
    meeting, (first, second, _) = run(tiny, "Lernhilfe in Alten", "Fahrtkosten", "Später")
    decisions.decide(tiny, ADA, first, Said("adopted_changed", "Acht Plätze ab Mai.", "counts", Votes(2, 0, 1)))
    decisions.decide(tiny, ADA, second, Said("referred", "Das prüft das Amt.", referred_to="Sozialamt"))
    return tiny, meeting


def read_pdf(content: bytes) -> str:
    command = [pdftotext(), "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


def row(inventory: Inventory, meeting: str) -> dict[str, Any]:
    found = points.meeting(inventory, meeting)
    assert found
    return found


def test_the_draft_says_what_was_decided(held: tuple[Inventory, str]) -> None:
    inventory, meeting = held
    assert minutes_words.draft(inventory, meeting, TEXT) == (
        "Niederschrift: Erste Sitzung\n"
        "SG/001/2026 · 22.11.2026\n"
        "Anwesend (3): Haus A, Haus B, Haus C\n"
        "Entschuldigt (1): Haus D\n"
        "Gäste: 1\n"
        "Beschlussfähig: 3 Sitze sind anwesend, 3 nötig.\n\n"
        "– Lernhilfe in Alten\n"
        "Beschluss 2026/1: geändert beschlossen\n"
        "Acht Plätze ab Mai.\n"
        "Abstimmung: Ja: 2, Nein: 0, Enthaltung: 1 (einfache Mehrheit: erreicht)\n\n"
        "– Fahrtkosten\n"
        "Beschluss 2026/2: verwiesen an: Sozialamt\n"
        "Das prüft das Amt.\n"
        "Abstimmung: ohne Gegenstimme\n\n"
        "– Später\n"
        "Ohne Beschluss; der Punkt geht in die nächste Sitzung."
    )


def test_an_edited_text_is_only_added_to(held: tuple[Inventory, str]) -> None:
    inventory, meeting = held
    minutes.write(inventory, ADA, meeting, "Von Hand; Beschluss 2026/1 wie besprochen.")
    assert minutes_words.current(inventory, row(inventory, meeting), TEXT).startswith("Von Hand")
    (more,) = minutes_words.missing_in(inventory, row(inventory, meeting), TEXT)
    assert "2026/2" in more
    minutes.append(inventory, ADA, meeting, more)
    assert minutes_words.missing_in(inventory, row(inventory, meeting), TEXT) == []
    assert row(inventory, meeting)["minutes"].startswith("Von Hand; Beschluss 2026/1 wie besprochen.\n\n– Fahrtkosten")


def test_files_of_closed_minutes_hold_corrections_and_checksum_and_no_person(held: tuple[Inventory, str]) -> None:
    inventory, meeting = held
    text = minutes_words.draft(inventory, meeting, TEXT)
    closing.close(inventory, ADA, meeting, Seen(text, last_change_of(inventory), None, FOLLOWS))
    minutes.correct(inventory, ADA, meeting, "ab Mai", "ab Juni", "Tippfehler")
    known = row(inventory, meeting)
    plain = minutes_files.plain_text(inventory, known, TEXT).decode()
    said = "Berichtigung vom 22.11.2026: statt „ab Mai“ gilt „ab Juni“. Grund: Tippfehler"
    assert plain == f"{text}\n\n{said}\n\nPrüfsumme des Textes (SHA-256): {known['minutes_sha256']}\n"
    made = minutes_files.pdf(inventory, known, TEXT, NOW)
    assert made == minutes_files.pdf(inventory, known, TEXT, NOW)
    read = " ".join(read_pdf(made).split())
    for words in ("Niederschrift: Erste Sitzung", "Beschluss 2026/2", "ab Juni", "Seite 1 von 1"):
        assert words in read
    for file in (plain, read, decision_files.written(inventory, "json", TEXT).decode()):
        assert "Ada" not in file and "Möller" not in file  # nobody who wrote it down, nobody of the contacts


def test_decisions_as_tables_say_the_same(held: tuple[Inventory, str]) -> None:
    inventory, _ = held
    second = inventory.value("SELECT agenda_item_id FROM agenda_item WHERE sort = 2")
    first = inventory.value("SELECT decision_id FROM decision WHERE number = '2026/2'")
    decisions.decide(inventory, ADA, second, Said("withdrawn", "Zurück."), first)
    told = json.loads(decision_files.written(inventory, "json", TEXT))
    assert [(one["number"], one["result"], one["superseded_by"]) for one in told] == [
        ("2026/3", "withdrawn", None),
        ("2026/2", "referred", "2026/3"),
        ("2026/1", "adopted_changed", None),
    ]
    lines = decision_files.written(inventory, "csv", TEXT).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Beschluss;Tag;Sitzung;Punkt;Ergebnis;Wortlaut;Abstimmung")
    assert lines[2].startswith("2026/2;22.11.2026;SG/001/2026;Fahrtkosten;verwiesen an: Sozialamt;")
    book = openpyxl.load_workbook(io.BytesIO(decision_files.written(inventory, "xlsx", TEXT)))
    cells = [[cell.value for cell in line] for line in book.worksheets[0].iter_rows()]
    assert any("geändert beschlossen" in line and "Acht Plätze ab Mai." in line for line in cells)


@pytest.fixture
def closed(tmp_path: Path, example_made: Path) -> Iterator[Path]:
    path = tmp_path / "i.duckdb"
    path.write_bytes(example_made.read_bytes())
    yield path


def test_the_commands(closed: Path, tmp_path: Path) -> None:
    from tests.commands.command_line import run as command

    told = json.loads(command("export", "decisions", "--format", "json", database=closed).stdout)
    inventory = open_inventory(closed, clock=lambda: NOW)
    assert len(told) == inventory.value("SELECT count(*) FROM decision")
    number = inventory.value("SELECT number FROM meeting WHERE meeting_id = 'm01'")
    inventory.close()
    done = command("export", "minutes", "--meeting", number, "--out", str(tmp_path / "m.pdf"), database=closed)
    assert done.exit_code == 0 and number in read_pdf((tmp_path / "m.pdf").read_bytes())
    wrong = command("export", "minutes", "--meeting", "SG/099/2026", database=closed)
    assert wrong.exit_code == 2 and f"Bekannt sind: SG/002/{number[-4:]}, {number}" in wrong.output


def test_a_paragraph_of_which_nothing_shows_is_left_out_of_the_pdf(held: tuple[Inventory, str]) -> None:
    inventory, meeting = held
    minutes.write(inventory, ADA, meeting, "Vorweg\n\n\ufffe\uffff\n\n\x00\nNachher")
    said = read_pdf(minutes_files.pdf(inventory, row(inventory, meeting), TEXT, NOW))
    assert "Vorweg" in said and "Nachher" in said
