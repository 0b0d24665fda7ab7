"""Anlaufstellen, part Texte: states by language, wording, reading, questions of the city's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Behind
from tests.pages.said import texts, words

SAID = texts("de")
Opened = Callable[..., AppTest]


@pytest.fixture
def page(named: Opened) -> Opened:
    return partial(named, "contact_points", contact_points="texts")


def press(visitor: AppTest, label: str) -> AppTest:
    found = [button for button in visitor.button if button.label == label]
    assert found, (label, [button.label for button in visitor.button])
    found[0].click().run()
    assert not visitor.exception, visitor.exception[0].message
    return visitor


def typed(visitor: AppTest, label: str, value: str) -> None:
    kinds = (visitor.text_area, visitor.text_input)
    next(widget for kind in kinds for widget in kind if widget.label == label).set_value(value)


def states(visitor: AppTest) -> dict[str, list[Any]]:
    frame = next(table.value for table in visitor.dataframe if "missing" in table.value)
    return {row["language"]: [int(row[name]) for name in frame.columns[1:]] for row in frame.to_dict("records")}


@pytest.mark.parametrize("kind", ["empty", "public", "hostile"])
@pytest.mark.parametrize("query", [{}, {"text_language": "ar", "text": "word_valid_to"}, {"text": "<b>x</b>"}])
def test_every_inventory_says_what_is_read_and_what_not(app: Opened, kind: str, query: dict[str, str]) -> None:
    visitor = app(kind, "contact_points", contact_points="texts", **query)
    assert not visitor.exception
    for reviewed, outdated, unreviewed, missing, total in states(visitor).values():
        assert reviewed + outdated + unreviewed + missing == total


def test_reading_needs_a_function_and_goes_on_to_the_next(page: Opened, behind: Behind) -> None:
    visitor = page("public", text="title")
    press(visitor, SAID["leaflet.read_next"])
    assert SAID["error.leaflet_needs_reader"] in words(visitor)
    typed(visitor, SAID["leaflet.reader"], "Projektbüro")
    press(visitor, SAID["leaflet.read_next"])
    row = behind().rows("FROM leaflet_text WHERE leaflet_text_id = 'title|de'")[0]
    assert (row["text"], row["reviewed_by"]) == ("Mitmachen", "Projektbüro")
    assert visitor.query_params["text"] == "subtitle"
    assert states(visitor)["Deutsch"][0] == states(page("public"))["Deutsch"][0]


def test_a_changed_source_outdates_and_the_old_words_bring_back(page: Opened) -> None:
    visitor = page("public", text_language="ar", text="title")
    typed(visitor, SAID["leaflet.reader"], "Sprachmittlung")
    press(visitor, SAID["leaflet.read_next"])
    before = states(visitor)["Arabisch"]
    for said, change in (("Mach mit", -1), ("Mitmachen", 0)):
        visitor = page("public", text="title")
        typed(visitor, SAID["leaflet.text_german"], said)
        press(visitor, SAID["leaflet.save"])
        after = states(visitor)["Arabisch"]
        assert (after[0] - before[0], after[1] - before[1]) == (change, -change)


def test_own_words_and_back_to_the_usual_ones(page: Opened, behind: Behind) -> None:
    visitor = page("public", text_language="en", text="answer_1")
    typed(visitor, SAID["leaflet.words"], "\u2067Everybody.\u2069")
    press(visitor, SAID["leaflet.save"])
    assert behind().value("SELECT text FROM leaflet_text WHERE leaflet_text_id = 'answer_1|en'") == "Everybody."
    press(visitor, SAID["leaflet.back_to_usual"])
    assert behind().value("SELECT count(*) FROM leaflet_text WHERE leaflet_text_id = 'answer_1|en'") == 0


def test_a_question_of_the_city_is_added_and_another_left_out(page: Opened, behind: Behind) -> None:
    visitor = page("public", text="question_7")
    total = states(visitor)["Arabisch"][4]
    press(visitor, SAID["leaflet.leave_out"])
    assert states(visitor)["Arabisch"][4] == total - 1
    typed(visitor, SAID["leaflet.add_question"], "Gibt es Kaffee?")
    typed(visitor, SAID["leaflet.add_answer"], "Oft.")
    press(visitor, SAID["leaflet.add_save"])
    assert states(visitor)["Arabisch"][4] == total + 1
    assert behind().value("SELECT text FROM leaflet_text WHERE leaflet_text_id = 'answer_9|de'") == "Oft."


def test_a_text_that_runs_from_the_right_is_isolated(app: Opened) -> None:
    visitor = app("example", "contact_points", contact_points="texts", text_language="ar", text="question_1")
    assert visitor.text_area[0].value.startswith("\u2067")
