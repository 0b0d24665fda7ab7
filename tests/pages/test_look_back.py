"""The pages as of an earlier day: the figures of that day, the way there and back, and links that name no such day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import NOW
from tests.pages.said import table, texts, words
from tests.pages.test_every_page import assert_in_words, assert_one_language
from tests.pages.test_reads import THEN, tile

ANSWERS = ("overview", "changes", "initiatives", "trainings", "gaps", "overlaps", "priorities", "method")
DAY = date(2026, 3, 1)
THEN_WORD = f"{DAY:%Y-%m-%d}"


@pytest.mark.parametrize("page", ANSWERS)
def test_each_page_says_which_day_it_shows(app: Callable[..., AppTest], page: str) -> None:
    for language in ("de", "en"):
        visitor = app("example", page, on=THEN_WORD, lang=language)
        assert not visitor.exception, visitor.exception[0].message
        assert not visitor.error
        status = texts(language)["app.data_status"].split("{city}")[0]
        shown = next(caption.value for caption in visitor.caption if caption.value.startswith(status))
        assert ("01.03.2026" if language == "de" else "1 Mar 2026") in shown
        assert_in_words(visitor, "example")
        assert_one_language(visitor, language)


def test_figures_of_that_day_against_plain_sql(app: Callable[..., AppTest], raw: Callable[..., list[tuple]]) -> None:
    now, then = app("example"), app("example", on=THEN_WORD)
    running = raw("example", THEN + "SELECT count(*) FROM running", day=DAY)[0][0]
    assert tile(then, "Laufende Angebote")[0] == running != tile(now, "Laufende Angebote")[0]
    there = raw(
        "example",
        "SELECT record_id FROM inventory.change_log WHERE table_name = 'initiative' AND changed_at < $day "
        "+ INTERVAL 1 DAY GROUP BY ALL HAVING arg_max(after ->> 'status', change_id) = 'active'",
        day=DAY,
    )
    listed = table(app("example", "initiatives", on=THEN_WORD), "name", "organization", "themes")
    assert len(listed) >= len(there) > 0
    assert len(listed) < len(table(app("example", "initiatives"), "name", "organization", "themes"))


def test_the_day_stays_from_page_to_page_and_leaves_with_one_click(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "gaps", on=THEN_WORD)
    visitor.query_params.clear()
    visitor.switch_page("pages/initiatives.py").run()
    assert visitor.query_params["on"] == THEN_WORD
    visitor.query_params.clear()
    visitor.switch_page("pages/care.py").run()
    assert "on" not in visitor.query_params  # who keeps the inventory keeps the one of today
    assert not any(button.key == "lookback_back" for button in visitor.button)
    visitor.switch_page("pages/gaps.py").run()
    visitor.button(key="lookback_back").click().run()
    assert "on" not in visitor.query_params
    assert f"{NOW:%d.%m.%Y}" in words(visitor)
    assert "01.03.2026" not in words(visitor)


def test_choosing_a_day_writes_it_into_the_link(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "priorities")
    visitor.date_input(key="look_back_day").set_value(DAY).run()
    assert visitor.query_params["on"] == THEN_WORD
    visitor.date_input(key="look_back_day").set_value(NOW.date()).run()
    assert "on" not in visitor.query_params


@pytest.mark.parametrize("word", ["2011-01-01", "2999-01-01", "gestern", "", "2026-02-31", "**x**" * 50])
def test_a_day_that_is_none(app: Callable[..., AppTest], word: str) -> None:
    for kind in ("example", "empty"):
        visitor = app(kind, "initiatives", on=word)
        assert not visitor.exception
        assert texts("de")["lookback.unknown_day"].split(".")[0] in words(visitor)
        assert "on" not in visitor.query_params
        assert f"{NOW:%d.%m.%Y}" in words(visitor)


def test_an_inventory_of_today_has_no_past_to_choose(app: Callable[..., AppTest]) -> None:
    visitor = app("one")
    assert not visitor.date_input
