"""Answer sheets on the page Importieren: upload, preview, take over, undo; wrong ones get their sentence."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from esdash.exports.answers import sheet_of
from esdash.inventory import Inventory
from esdash.inventory.importing.answer_sheets import COLUMNS
from esdash.texts import Text
from esdash.ui.shell import session
from tests.pages.said import plain, texts, words
from tests.planted_versions import TITLES, entry, plant

DE = texts("de")
LEARN, CAFE, GODPARENTS = TITLES
Opened = Callable[..., AppTest]


@pytest.fixture
def inventory(at: Opened, lent: Callable[[str], Path]) -> Inventory:
    """An inventory without records, with one version that was handed over."""
    found = session.at(lent("empty"))
    plant(found, 1, handed_over_on=date(2026, 9, 28))
    return found


def sheet(inventory: Inventory, **cells: Any) -> bytes:
    """The answer sheet with the first entry answered like this."""
    book = openpyxl.load_workbook(io.BytesIO(sheet_of(inventory, Text(), "v1")))
    assert book.active is not None
    for name, value in cells.items():
        book.active.cell(7, COLUMNS.index(name) + 1).value = value
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def visit(at: Opened, inventory: Inventory, part: str = "answers") -> AppTest:
    visitor = at(Path(str(inventory.path)), "imports", **{"import": part})
    return visitor


def upload(visitor: AppTest, content: bytes, name: str = "bogen.xlsx") -> AppTest:
    visitor.file_uploader[0].upload(name, content).run()
    assert not visitor.exception
    return visitor


def click(visitor: AppTest, label: str) -> AppTest:
    (button,) = [button for button in visitor.button if plain(button.label) == label]
    return button.click().run()


def test_from_the_sheet_to_the_answers_and_back(at: Opened, inventory: Inventory) -> None:
    visitor = upload(visit(at, inventory), sheet(inventory, verdict="angenommen", responsible_office="Jugendamt"))
    assert "Der Bogen gehört zu Fassung 1: 1 neue Antwort, 2 Zeilen ohne Antwort." in words(visitor)
    assert f"Ohne Antwort bleiben in diesem Bogen: {CAFE}; {GODPARENTS} (Anzahl: 2)." in words(visitor)
    visitor.session_state["author"] = "Ada"
    (day,) = visitor.date_input
    day.set_value(date(2026, 10, 12)).run()
    assert visitor.dataframe[0].value["verdict"].tolist() == ["angenommen, 12.10.2026"]
    click(visitor, "1 Antwort übernehmen")
    assert "1 Antwort zu Fassung 1 ist gespeichert." in words(visitor)
    row = inventory.rows("FROM answer")[0]
    assert (row["list_entry_id"], row["verdict"], row["answered_on"]) == (
        entry(1, LEARN),
        "accepted",
        date(2026, 10, 12),
    )
    assert visitor.dataframe[-1].value["kind"].tolist()[0] == "Antworten der Stadt"
    upload(visitor, sheet(inventory, verdict="angenommen", responsible_office="Jugendamt"))
    assert "1 Antwort ist schon gespeichert" in words(visitor)
    assert visitor.button(key="sheet_run").disabled


def test_a_sheet_given_as_a_table_is_recognised(at: Opened, inventory: Inventory) -> None:
    visitor = upload(visit(at, inventory, "tables"), sheet(inventory, verdict="abgelehnt", reason="Kein Geld."))
    assert "Der Bogen gehört zu Fassung 1: 1 neue Antwort" in words(visitor)
    assert visitor.query_params["import"] == "answers"


def test_a_wrong_word_is_named_and_nothing_can_be_taken_over(at: Opened, inventory: Inventory) -> None:
    visitor = upload(visit(at, inventory), sheet(inventory, verdict="ja"))
    assert "In diesem Bogen ist 1 Angabe falsch." in words(visitor)
    assert "Zeile 7, Spalte „Antwort“: „ja“ ist keine der sechs Antworten. Möglich sind: angenommen," in words(visitor)
    assert visitor.button(key="sheet_run").disabled


@pytest.mark.parametrize(
    "content, why",
    [
        (b"Angebot;Organisation\nLesekreis;Haus A\n", "ist kein Antwortbogen"),
        (b"Fassung;Eintrag;Pr\xc3\xbcfsumme;Antwort;Grund\n1;a;b;ja;\n", "gehört zu keiner Fassung"),
        (b"", "leer"),
    ],
)
def test_another_table_gets_its_sentence(at: Opened, inventory: Inventory, content: bytes, why: str) -> None:
    visitor = upload(visit(at, inventory), content, "tabelle.csv")
    assert why in words(visitor)
    assert not [button for button in visitor.button if button.key == "sheet_run"]
