"""The first visit to a page explains it in three sentences, until they are put away; a question mark has them again."""

from __future__ import annotations

import re

import pytest

from esdash.texts import LANGUAGES, Text
from esdash.ui.shell import explained, screen
from esdash.ui.shell.navigation import PAGES
from tests.pages.conftest import Opened
from tests.pages.said import words

DE = Text("de")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_at_most_three_short_sentences(page: str, language: str) -> None:
    sentences = re.split(r"(?<=[.!?]) (?=[^a-z])", Text(language)(f"help.{page}"))
    assert len(sentences) <= 3 and max(map(len, sentences)) <= 160


def test_they_stand_there_until_put_away(app: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "told", lambda: True)
    visitor = app("empty", "trainings")
    assert words(visitor).count(DE("help.trainings")) == 2  # below the title, and behind the question mark
    visitor.button(key="first_visit_done").click().run()
    assert words(visitor).count(DE("help.trainings")) == 1
    visitor.switch_page("pages/gaps.py").run()
    assert words(visitor).count(DE("help.gaps")) == 2
    visitor.switch_page("pages/trainings.py").run()
    assert words(visitor).count(DE("help.trainings")) == 1


def test_a_later_visit_of_the_same_browser_is_spared(app: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "told", lambda: True)
    monkeypatch.setattr(explained, "_explained", lambda: {"gaps", "trainings"})
    assert words(app("empty", "gaps")).count(DE("help.gaps")) == 1
    assert words(app("empty", "care")).count(DE("help.care")) == 2


def test_a_browser_without_cookies_is_not_told_again_and_again(app: Opened) -> None:
    assert words(app("empty", "gaps")).count(DE("help.gaps")) == 1
