"""Maßnahmen: board, one measure with its effect and forms, time line, control list, and the sentence on Lagebild."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory.steering import measures
from tests.pages.conftest import Behind
from tests.pages.said import plain, texts, words
from tests.people import ADA

SAID = texts("de")
Opened = Callable[..., AppTest]


@pytest.fixture
def page(named: Opened) -> Opened:
    return partial(named, "measures")


def press(visitor: AppTest, label: str) -> AppTest:
    found = [button for button in visitor.button if button.label == label]
    assert found, (label, [button.label for button in visitor.button])
    found[0].click().run()
    assert not visitor.exception, visitor.exception[0].message
    return visitor


def field(visitor: AppTest, label: str, place: int = 0) -> Any:
    """The widget with this label; `place`: which of several."""
    kinds = (visitor.text_input, visitor.text_area, visitor.selectbox, visitor.date_input)
    return [widget for kind in kinds for widget in kind if widget.label == label][place]


def stored(behind: Behind, key: str) -> dict[str, Any]:
    return behind().rows("FROM inventory.measure WHERE measure_id = $key", key=key)[0]


def test_the_board_says_who_until_when_and_what_is_overdue(app: Opened) -> None:
    said = plain(words(app("example", "measures")))
    assert "M-03 · Gemeinsamer Plan für Kleiderkammer und Sachspendenlager" in said
    assert "überfällig seit 22 Tagen" in said  # due on 31 October, today is 22 November
    assert "davon sind 2 überfällig, 1 wartet" in said
    assert [head.value for head in app("example", "measures").subheader][:4] == [
        *("geplant (1)", "läuft (3)", "wartet (1)", "beendet (3)")
    ]


def test_mine_are_those_of_the_organisation_in_the_link(app: Opened) -> None:
    said = words(app("example", "measures", lead="o18"))
    assert "Lerngruppe in Alten" in said and "Kleiderkammer und Sachspendenlager" not in said


def test_overdue_measures_are_a_link_on_lagebild(app: Opened) -> None:
    assert "2 Maßnahmen über der Frist" in words(app("example", "overview"))
    assert "über der Frist" not in words(app("empty", "overview"))
    visitor = app("example", "measures", asks="overdue")
    assert len([button for button in visitor.button if str(button.key).startswith("measure ma")]) == 2
    visitor.button(key="measures_every").click().run()
    assert len([button for button in visitor.button if str(button.key).startswith("measure ma")]) == 8
    assert "asks" not in visitor.query_params


@pytest.mark.parametrize("part", ["board", "timeline", "control", "money"])
def test_without_measures_each_part_says_so(app: Opened, part: str) -> None:
    visitor = app("empty", "measures", measures=part)
    assert not visitor.exception
    assert visitor.info or SAID["measures.sentence_none"] in words(visitor)


def test_a_measure_says_where_it_comes_from_and_its_effect_with_all_four_parts(app: Opened) -> None:
    said = plain(words(app("example", "measures", id="ma1")))
    assert "Beschluss 2026/4 vom 17.06.2026" in said
    assert "Fehlende Plätze pro Woche: 22,0 am 17.06.2026, heute 7,5, also −14,5." in said
    assert "aus neuen Plätzen dieser Maßnahme −14,5, aus anderen Angeboten ±0, aus verändertem Bedarf ±0" in said
    assert "aus berichtigten Daten ±0" in said
    assert "bewirkt" not in said


def test_progress_with_a_later_date_needs_a_reason(page: Opened, behind: Behind) -> None:
    visitor = page(id="ma2")
    field(visitor, SAID["measures.note_text"]).set_value("Zwei Ehrenamtliche fehlen noch")
    field(visitor, SAID["measures.fact_due"]).set_value(date(2027, 5, 31))
    press(visitor, SAID["measures.note_save"])
    assert "Es fehlt der Grund der Verzögerung" in words(visitor)
    assert stored(behind, "ma2")["due_on"] == date(2027, 3, 31)
    field(visitor, SAID["measures.note_reason"]).set_value("Der Aufruf im Herbst kam zu spät")
    press(visitor, SAID["measures.note_save"])
    assert stored(behind, "ma2")["due_on"] == date(2027, 5, 31)
    assert "Frist vom 31.03.2027 auf den 31.05.2027 verlegt" in plain(words(visitor))


def test_closing_keeps_the_line_until_a_meeting_took_note(page: Opened, behind: Behind) -> None:
    visitor = page(id="ma3")
    field(visitor, SAID["measures.finish_words"]).set_value("Der Plan liegt vor.")
    press(visitor, SAID["measures.finish_save"])
    row = stored(behind, "ma3")
    assert (row["state"], row["closing_note"], row["noted_in_meeting_id"]) == ("done", "Der Plan liegt vor.", None)
    control = page(measures="control").dataframe[0].value
    assert "grün: erledigt" in control[control["measure"].str.startswith("M-03")]["light_word"].tolist()


def test_changing_the_title_keeps_everything_else(page: Opened, behind: Behind) -> None:
    visitor = press(page(id="ma2"), SAID["measures.change"])
    before = stored(behind, "ma2")
    field(visitor, SAID["measures.fact_title"]).set_value("Lerngruppe im Treff")
    press(visitor, SAID["measures.save"])
    after = stored(behind, "ma2")
    assert (after["title"], after["version"]) == ("Lerngruppe im Treff", before["version"] + 1)
    aims = [json.loads(row["effect"]) for row in (before, after)]
    assert aims[1] == {**aims[0], "then": 3.7}  # and the figure of the day of the decision
    steps = [json.loads(row["milestones"]) for row in (before, after)]
    assert steps[0] == steps[1]
    changed = ("title", "version", "effect", "milestones")
    assert {n: v for n, v in after.items() if n not in changed} == {n: v for n, v in before.items() if n not in changed}


def test_a_measure_of_a_decision_takes_what_the_list_says(page: Opened, behind: Behind) -> None:
    visitor = press(page(), SAID["measures.new"])
    labels = field(visitor, SAID["measures.from"]).options
    (wanted,) = [label for label in labels if label.startswith("Beschluss 2026/12")]
    field(visitor, SAID["measures.from"]).select(wanted).run()
    press(visitor, SAID["measures.new_save"])
    (row,) = behind().rows("FROM inventory.measure WHERE number = 'M-09'")
    (item,) = behind().rows("FROM inventory.priority_item WHERE priority_item_id = 'p11'")
    taken = ("title", "lead_organization_id", "due_on", "priority_item_id")
    assert [row[name] for name in taken] == [item[name] for name in taken]
    assert row["decision_id"] == "d12"


def test_a_measure_without_date_is_refused_with_what_to_do(page: Opened, behind: Behind) -> None:
    visitor = press(page(), SAID["measures.new"])
    field(visitor, SAID["measures.fact_title"]).set_value("Bücherkiste")
    press(visitor, SAID["measures.new_save"])
    assert "braucht eine federführende Organisation und eine Frist" in words(visitor)
    assert "Prioritätenliste als eigenen Vorschlag" in words(visitor)
    assert field(visitor, SAID["measures.fact_title"]).value == "Bücherkiste"  # nothing typed is lost
    assert behind().value("SELECT count(*) FROM inventory.measure WHERE number = 'M-09'") == 0


def test_two_at_once_lose_nothing(page: Opened, behind: Behind) -> None:
    first, second = page(id="ma6"), page(id="ma6", author="Ben")
    for visitor, said in ((first, "Raum ist da"), (second, "Raum fehlt")):
        field(visitor, SAID["measures.note_text"]).set_value(said)
    press(first, SAID["measures.note_save"])
    press(second, SAID["measures.note_save"])
    notes = behind().rows(
        "SELECT text FROM inventory.progress_note WHERE measure_id = 'ma6' AND noted_on = '2026-11-22'"
    )
    assert [note["text"] for note in notes] == ["Raum ist da"]
    assert "inzwischen" in words(second)


def test_the_control_list_shows_overdue_lines_first(app: Opened) -> None:
    frame = app("example", "measures", measures="control").dataframe[0].value
    assert frame["light_word"].tolist()[:3] == ["rot: überfällig", "rot: überfällig", "grün: im Plan"]
    assert frame["decision"].tolist()[:2] == ["2026/2", "2026/5"]
    assert "gelb: ohne Maßnahme" in frame["light_word"].tolist()  # decision 2026/12


def test_the_timeline_has_a_table(app: Opened) -> None:
    visitor = app("example", "measures", measures="timeline", lang="en")
    frame = visitor.dataframe[0].value
    assert len(frame) == 8 and frame["due_on"].is_monotonic_increasing


def test_a_correction_in_the_form_of_an_offer_is_in_the_log_as_one(named: Opened, behind: Behind) -> None:
    for tick, means in ((False, "form"), (True, "correction")):
        visitor = named("entry", table="initiative", id="i001", edit="1")
        (places,) = [widget for widget in visitor.number_input if widget.key.endswith(" capacity")]
        places.set_value(31 + tick)
        if tick:
            (box,) = [box for box in visitor.checkbox if box.label == SAID["form_entry.correction"]]
            box.check()
        visitor.run()
        press(visitor, SAID["form_entry.save"])
        log = behind().rows("SELECT means FROM change_log WHERE record_id = 'i001' ORDER BY change_id DESC LIMIT 1")
        assert log[0]["means"] == means
    said = words(named("entry", table="initiative", id="i001"))
    assert SAID["history.means_correction"] in said


def test_a_title_is_never_read_as_markup(page: Opened, behind: Behind) -> None:
    title = "![Bild](http://fremd.example/x.png) **laut**"
    page()  # opens the inventory that is changed behind it
    key = measures.start(behind(), measures.Plan(title, "o08", date(2027, 1, 31)), ADA)
    visitor = page(id=key)
    assert "\\!\\[Bild\\]" in visitor.subheader[0].value
    assert not any("![Bild]" in node.value for node in visitor.markdown)


def test_on_an_earlier_day_the_effect_is_that_of_the_day_and_nothing_can_be_changed(app: Opened) -> None:
    visitor = app("example", "measures", id="ma1", on="2026-08-01")
    assert not visitor.exception
    assert "Fehlende Plätze pro Woche: 22,0 am 17.06.2026, heute 22,0, also ±0." in plain(words(visitor))
    assert SAID["measures.note_save"] not in [button.label for button in visitor.button]
