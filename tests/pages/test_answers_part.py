"""The part "Antworten" of Prioritätenliste, as staff use it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory import Inventory
from esdash.inventory.steering.answers import Answer, answer
from esdash.ui.shell import session
from tests.pages.said import said as everything
from tests.people import BEN
from tests.planted_versions import TITLES, entry, plant

Opened = Callable[..., AppTest]

LEARN, CAFE, GODPARENTS = TITLES
FROZEN, HANDED, DUE = date(2026, 9, 23), date(2026, 9, 28), date(2026, 10, 31)


def said(visitor: AppTest) -> str:
    """All words of the page, without the signs that escape Markdown."""
    return "\n".join(one.words for one in everything(visitor)).replace("\\", "")


def widget(visitor: AppTest, kind: str, label: str, place: int = 0) -> Any:
    found = [one for one in getattr(visitor, kind) if one.label == label]
    assert found, [one.label for one in getattr(visitor, kind)]
    return found[place]


@pytest.fixture
def page(at: Opened, lent: Callable[[str], Path]) -> Callable[..., AppTest]:
    """The part, opened by somebody who gave a name, on an inventory without records."""

    def opened(**query: str) -> AppTest:
        visitor = at(lent("empty"), "priorities", priorities="answers", **query)
        visitor.session_state["author"] = "Ada"
        visitor.run()
        assert not visitor.exception, visitor.exception[0].message
        return visitor

    return opened


@pytest.fixture
def part(page: Callable[..., AppTest], lent: Callable[[str], Path]) -> Callable[..., AppTest]:
    """As `page`, with one version that was handed over on a day, or not at all."""

    def opened(handed_over_on: date | None = HANDED, **query: str) -> AppTest:
        due = DUE if handed_over_on else None
        plant(session.at(lent("empty")), 1, handed_over_on=handed_over_on, due_on=due)
        return page(**query)

    return opened


@pytest.fixture
def behind(lent: Callable[[str], Path]) -> Callable[[], Inventory]:
    """The inventory that the page has open."""
    return lambda: session.at(lent("empty"))


def test_without_a_version_it_says_what_is_missing(at: Opened, lent: Callable[[str], Path]) -> None:
    visitor = at(lent("empty"), "priorities", priorities="answers")
    assert "noch keine Fassung" in said(visitor)


def test_a_version_is_handed_over_with_the_recipient_of_the_city(
    part: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    visitor = part(None)
    assert widget(visitor, "text_input", "An wen").value == "Arbeitsgruppe Asyl"
    widget(visitor, "date_input", "Übergeben am").set_value(HANDED)
    widget(visitor, "date_input", "Antwort erbeten bis (freiwillig)").set_value(DUE)
    widget(visitor, "button", "Als übergeben eintragen").click().run()
    row = behind().rows("FROM list_version")[0]
    assert (row["handed_over_on"], row["answer_due_on"], row["recipient"]) == (HANDED, DUE, "Arbeitsgruppe Asyl")
    assert row["handed_over_by"] == "Ada"
    assert "3 Einträge aus Fassung 1 sind seit 55 Tagen ohne Antwort, erbeten bis 31.10.2026." in said(visitor)
    assert f"- {LEARN}\n- {CAFE}\n- {GODPARENTS}" in said(visitor)


def test_all_answers_of_a_letter_are_saved_at_once(
    part: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    visitor = part()
    widget(visitor, "selectbox", "Antwort", 0).select("accepted")
    widget(visitor, "selectbox", "Antwort", 2).select("rejected")
    widget(visitor, "button", "Antworten speichern").click().run()
    assert "Zu „Patenschaften in Roßlau“ fehlt der Grund." in said(visitor)
    assert behind().rows("FROM answer") == []
    assert widget(visitor, "selectbox", "Antwort", 0).value == "accepted"  # what was typed is still there
    widget(visitor, "text_input", "Grund", 2).input("Dafür ist kein Geld da.")
    widget(visitor, "date_input", "Datum der Antwort").set_value(date(2026, 10, 12))
    widget(visitor, "button", "Antworten speichern").click().run()
    rows = behind().rows("FROM answer ORDER BY list_entry_id")
    assert [(row["list_entry_id"], row["verdict"], row["answered_on"]) for row in rows] == [
        (entry(1, LEARN), "accepted", date(2026, 10, 12)),
        (entry(1, GODPARENTS), "rejected", date(2026, 10, 12)),
    ]
    assert len({row["letter"] for row in rows}) == 1
    assert "2 Antworten sind gespeichert." in said(visitor)
    assert "Beantwortet sind **2** von 3 Einträgen." in said(visitor)
    assert "Bis zur ersten Antwort vergehen in der Mitte 14 Tage" in said(visitor)
    assert widget(visitor, "selectbox", "Antwort", 0).value is None  # only the café is left, and its row is empty


def test_a_row_without_an_answer_is_not_lost_silently(
    part: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    visitor = part()
    widget(visitor, "text_input", "Grund", 1).input("Das prüfen wir noch.")
    widget(visitor, "button", "Antworten speichern").click().run()
    assert "Es ist etwas eingetragen, aber keine Antwort gewählt" in said(visitor)
    widget(visitor, "text_input", "Grund", 1).input("")
    widget(visitor, "button", "Antworten speichern").click().run()
    assert "Es ist keine Antwort gewählt" in said(visitor)
    assert behind().rows("FROM answer") == []


def test_a_letter_is_taken_back(part: Callable[..., AppTest], behind: Callable[[], Inventory]) -> None:
    visitor = part()
    answer(behind(), BEN, "v1", [Answer(entry(1, LEARN), "noted")], "letter", date(2026, 10, 12))
    visitor.run()
    assert "Schreiben vom 12.10.2026: 1 Antwort" in said(visitor)
    widget(visitor, "button", "Schreiben zurücknehmen").click().run()
    assert behind().rows("FROM answer") == [] and "1 Antwort ist zurückgenommen." in said(visitor)


def test_receipt_and_reminder_are_noted_and_the_day_is_corrected(
    part: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    visitor = part()
    widget(visitor, "button", "Heute erinnert").click().run()
    assert behind().value("SELECT reminded_on FROM list_version") == date(2026, 11, 22)
    widget(visitor, "date_input", "Übergeben am").set_value(date(2026, 9, 29))
    widget(visitor, "date_input", "Eingang bestätigt am (freiwillig)").set_value(date(2026, 10, 1))
    widget(visitor, "button", "Angaben speichern").click().run()
    row = behind().rows("FROM list_version")[0]
    days = [row[name] for name in ("handed_over_on", "receipt_on", "reminded_on")]
    assert days == [date(2026, 9, 29), date(2026, 10, 1), date(2026, 11, 22)]


def test_an_earlier_version_and_its_silence_stay_in_sight(
    part: Callable[..., AppTest], page: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    part()
    plant(behind(), 2, (LEARN, CAFE), date(2026, 11, 1), date(2026, 11, 2))
    answer(behind(), BEN, "v2", [Answer(entry(2, LEARN), "noted")], "letter", date(2026, 11, 12))
    visitor = page(answers="v2")
    assert "1 Eintrag aus Fassung 1 ist seit 55 Tagen ohne Antwort, erbeten bis 31.10.2026." in said(visitor)
    assert "1 Eintrag aus Fassung 2 ist seit 20 Tagen ohne Antwort." in said(visitor)
    earlier = page(answers="v1")
    assert "2 stehen auch in einer späteren Fassung; dort wird die Antwort erwartet." in said(earlier)
    assert earlier.dataframe[0].value["state_word"].tolist() == [
        *["weiter in Fassung 2"] * 2,
        "überfällig seit 22 Tagen",
    ]


def test_the_past_saves_nothing(app: Opened) -> None:
    visitor = app("example", "priorities", priorities="answers", on="2026-11-21")
    assert not visitor.exception
    saving = {"Als übergeben eintragen", "Antworten speichern", "Angaben speichern", "Heute erinnert"}
    assert not saving & {button.label for button in visitor.button}
