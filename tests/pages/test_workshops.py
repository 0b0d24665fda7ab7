"""Werkstatt: the sentence, a workshop with its ideas and promises, similar ideas, what became of a promise, paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory.steering import commitments, ideas
from tests.pages import hostile
from tests.pages.conftest import Behind
from tests.pages.said import plain, texts, words
from tests.people import ADA

SAID = texts("de")
Opened = Callable[..., AppTest]


@pytest.fixture
def page(named: Opened) -> Opened:
    return partial(named, "workshops")


def press(visitor: AppTest, label: str, place: int = 0) -> AppTest:
    found = [button for button in visitor.button if button.label == label]
    assert found, (label, [button.label for button in visitor.button])
    found[place].click().run()
    assert not visitor.exception, visitor.exception[0].message
    return visitor


def field(visitor: AppTest, label: str, place: int = 0) -> Any:
    """The widget with this label; `place`: which of several."""
    kinds = (visitor.text_input, visitor.text_area, visitor.selectbox, visitor.date_input, visitor.number_input)
    return [widget for kind in kinds for widget in kind if widget.label == label][place]


def stored(behind: Behind, table: str, key: str) -> dict[str, Any]:
    return behind().rows(f"FROM inventory.{table} WHERE {table}_id = $key", key=key)[0]


def test_the_sentence_adds_up(app: Opened) -> None:
    said = plain(words(app("example", "workshops")))
    assert "12 Ideen: 1 auf der Liste, 9 neu, 1 zusammengelegt, 1 zurückgestellt." in said
    assert (
        "9 Zusagen: 3 gehalten, 4 offen (davon 1 überfällig, 1 als Maßnahme), 1 gebrochen (intern), 1 zurückgegeben."
    ) in said


@pytest.mark.parametrize("part", ["workshops", "ideas", "promises"])
def test_an_empty_inventory_says_the_next_step(app: Opened, part: str) -> None:
    visitor = app("empty", "workshops", workshops=part)
    assert SAID["workshops.sentence_none"] in words(visitor) and visitor.info
    if part != "workshops":
        assert SAID["ideas.to_workshops"] in words(visitor)


def test_a_workshop_shows_who_was_there_and_what_came_of_it(app: Opened) -> None:
    said = plain(words(app("example", "workshops", workshop="ws5")))
    for part in (
        "Ehrenamtsladen Beispielstadt",
        "12 Gäste",
        "Feste Ansprechpersonen für Ehrenamtliche auf einem Faltblatt veröffentlichen.",
        "auf der Liste seit 09.09.2026",
        "15.09.2026 · gehalten, festgestellt am 14.09.2026",
        "ohne Termin · offen",
    ):
        assert part in said, part
    assert "0 Gäste" in plain(words(app("example", "workshops", workshop="ws4")))  # nobody, and not unknown
    assert "Zahl der Gäste unbekannt" in plain(words(app("example", "workshops", workshop="ws2")))


def test_paper_has_open_and_kept_promises_only(app: Opened) -> None:
    visitor = app("example", "workshops", workshop="ws5", print="1")
    said = words(visitor)
    assert "Stellt die gemeinsame Liste der Anlaufstellen zusammen" in said  # kept
    assert "Übernimmt die Vertretung" not in said  # given back
    assert "überfällig" not in said and "Liest das Faltblatt auf Ukrainisch gegen" in said  # late is open
    assert "Prüft eine Sprechstunde" not in words(app("example", "workshops", workshop="ws3", print="1"))  # broken
    assert [button.key for button in visitor.button] == ["print_back"]


def test_a_workshop_is_recorded_with_an_idea_and_a_promise(page: Opened, behind: Behind) -> None:
    visitor = press(page(), SAID["workshops.record"])
    press(visitor, SAID["workshops.record_now"])
    assert "Es fehlt der Name oder der Tag" in words(visitor)
    field(visitor, SAID["workshops.name"]).set_value("Werkstattgespräch Advent")
    field(visitor, SAID["workshops.day"], 1).set_value(date(2026, 11, 20))
    field(visitor, SAID["workshops.guests"]).set_value(3)
    press(visitor, SAID["workshops.record_now"])
    field(visitor, SAID["ideas.what"], 0).set_value("Kekse backen")
    field(visitor, SAID["ideas.what"], 2).set_value("Lieder in vielen Sprachen")
    press(visitor, SAID["ideas.add_now"])
    press(visitor, SAID["promises.add"])
    field(visitor, SAID["promises.what"]).set_value("Stellt den Saal bereit")
    press(visitor, SAID["promises.add_now"])
    assert "welche Organisation das zusagt" in words(visitor)
    assert field(visitor, SAID["promises.what"]).value == "Stellt den Saal bereit"  # nothing typed is lost
    field(visitor, SAID["promises.who"]).set_value("o07")
    field(visitor, SAID["promises.until"]).set_value(date(2026, 12, 1))
    press(visitor, SAID["promises.add_now"])
    (row,) = behind().rows("FROM inventory.workshop WHERE name = 'Werkstattgespräch Advent'")
    assert (row["held_on"], row["guests"]) == (date(2026, 11, 20), 3)
    of_it = {"id": row["workshop_id"]}
    said = behind().rows("SELECT text FROM inventory.idea WHERE workshop_id = $id ORDER BY idea_id", **of_it)
    assert [one["text"] for one in said] == ["Kekse backen", "Lieder in vielen Sprachen"]
    (promise,) = behind().rows("FROM inventory.commitment WHERE workshop_id = $id", **of_it)
    assert (promise["organization_id"], promise["due_on"]) == ("o07", date(2026, 12, 1))
    assert visitor.query_params["workshop"] in (row["workshop_id"], [row["workshop_id"]])


def test_similar_ideas_are_put_together_and_separated(page: Opened, behind: Behind) -> None:
    visitor = page(workshops="ideas")
    assert "1 Gruppe von Ideen klingt ähnlich" in words(visitor)
    press(visitor, SAID["ideas.similar_merge"])
    assert stored(behind, "idea", "d10")["similar_to_id"] == "d02"  # the older one stays
    assert "klingt ähnlich" not in words(visitor)
    visitor = press(page(workshops="ideas", idea="d02"), SAID["ideas.separate"])
    assert stored(behind, "idea", "d10")["state"] == "new"
    press(page(workshops="ideas"), SAID["ideas.similar_apart"])
    assert stored(behind, "idea", "d10")["state"] == "new"
    assert "klingt ähnlich" not in words(page(workshops="ideas"))


def test_an_idea_is_parked_and_taken_up_again(page: Opened, behind: Behind) -> None:
    visitor = page(workshops="ideas", idea="d11")
    field(visitor, SAID["ideas.park_why"]).set_value("Die Schlüssel fehlen")
    press(visitor, SAID["ideas.park_now"])
    assert "zurückgestellt: Die Schlüssel fehlen" in plain(words(visitor))
    press(visitor, SAID["ideas.take_up"])
    assert stored(behind, "idea", "d11")["state"] == "new"
    assert SAID["items.take"] in [button.label for button in visitor.button]  # onto the list from here
    assert SAID["items.take"] not in [button.label for button in page(workshops="ideas", idea="d09").button]


def test_a_promise_is_kept_reopened_and_becomes_a_measure(page: Opened, behind: Behind) -> None:
    visitor = page(workshops="promises", promise="z07")
    assert "überfällig seit 12 Tagen" in words(visitor)  # due on 10 November, today is 22 November
    press(visitor, SAID["promises.end_now"])  # the first form: kept
    assert (stored(behind, "commitment", "z07")["state"], stored(behind, "commitment", "z07")["note"]) == ("kept", None)
    press(visitor, SAID["promises.reopen"])
    field(visitor, SAID["promises.measure_due"]).set_value(date(2027, 1, 31))
    press(visitor, SAID["promises.measure_now"])
    (measure,) = behind().rows("FROM inventory.measure WHERE number = 'M-09'")
    assert stored(behind, "commitment", "z07")["measure_id"] == measure["measure_id"]
    assert "wird als Maßnahme M-09 verfolgt" in words(visitor)


def test_a_promise_not_kept_needs_a_note_without_names(page: Opened, behind: Behind) -> None:
    visitor = page(workshops="promises", promise="z04")
    press(visitor, SAID["promises.end_now"], 1)
    assert "Es fehlt, woran es lag" in words(visitor)
    field(visitor, SAID["promises.broken_note"]).set_value("Kein Termin gefunden")
    press(visitor, SAID["promises.end_now"], 1)
    assert stored(behind, "commitment", "z04")["state"] == "broken"
    assert SAID["promises.internal"] in words(visitor)


def test_two_at_once_lose_nothing(page: Opened, behind: Behind) -> None:
    first, second = page(workshops="promises", promise="z08"), page(workshops="promises", promise="z08", author="Ben")
    for visitor, day in ((first, date(2026, 12, 10)), (second, date(2026, 12, 20))):
        field(visitor, SAID["promises.move_day"]).set_value(day)
        press(visitor, SAID["promises.move_now"])
    assert stored(behind, "commitment", "z08")["due_on"] == date(2026, 12, 10)
    assert "inzwischen" in words(second)


def test_the_group_marks_a_promise_where_it_stands_on_the_agenda(named: Opened, behind: Behind) -> None:
    named("meetings")
    with_point = {"agenda_item_id": "zz", "meeting_id": "m03", "sort": 99, "name": "Zusage", "kind": "commitment"}
    from esdash.inventory.access import Action

    with behind().change(ADA, Action.SET_UP) as change:
        change.insert("agenda_item", [{**with_point, "subject_table": "commitment", "subject": "z07"}])
    visitor = named("meetings", meetings="decide", point="zz")
    press(visitor, SAID["promises.end_now"])
    assert stored(behind, "commitment", "z07")["state"] == "kept"


def test_other_pages_name_promises_where_it_fits(app: Opened) -> None:
    agenda = plain(words(app("example", "meetings", meetings="agenda")))
    assert "Offen und ohne Termin, deshalb auf keiner Tagesordnung" in agenda
    assert "1 Zusage über der Frist" in words(app("example", "overview"))
    overdue = app("example", "workshops", workshops="promises", promise_state="overdue")
    lines = [button.key for button in overdue.button if str(button.key).startswith("promise_z")]
    assert len(lines) == 1
    proposals = plain(words(app("example", "priorities", priorities="proposals", kind="idea")))
    assert "ohne Werkstattgespräch, eingegangen am 21.09.2026" in proposals and "unbekannt, unbekannt" not in proposals
    assert "Fahrdienst" not in proposals and "Faltblatt mit festen" not in proposals  # parked, merged


def test_what_people_write_is_never_read_as_markup(page: Opened, behind: Behind) -> None:
    page()
    mean = f"{hostile.PICTURE} {hostile.LINK} **laut**"
    (idea,) = ideas.add(behind(), [ideas.Idea(mean, "ws5")], ADA)
    (promise,) = commitments.add(behind(), [commitments.Promise(mean, "o08", workshop_id="ws5")], ADA)
    for query in (
        {"workshop": "ws5"},
        {"workshop": "ws5", "print": "1"},
        {"workshops": "ideas", "idea": idea},
        {"workshops": "promises", "promise": promise},
    ):
        visitor = page(**query)
        assert not any(
            "![Bild]" in str(node.value) for node in (*visitor.markdown, *visitor.subheader, *visitor.caption)
        )


def test_the_past_shows_its_own_state_and_changes_nothing(app: Opened) -> None:
    visitor = app("example", "workshops", workshops="promises", on="2026-08-01")
    said = plain(words(visitor))
    assert "8 Zusagen: 1 gehalten, 7 offen." in said  # z04 was given in October, only z01 was kept in June
    assert SAID["promises.add"] not in [button.label for button in visitor.button]
