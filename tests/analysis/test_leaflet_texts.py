"""Texts of printed papers: which are printed, and whether a person has read them against today's German text."""

from collections.abc import Iterator
from datetime import date

import pytest

from esdash.analysis.leaflet import texts
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import leaflet
from tests.people import OFFICE

READ = {"reviewed_on": date(2026, 11, 1), "reviewed_by": "Sprachmittlung"}


def keep(inventory: Inventory, language: str, words: dict[str, str], **more: object) -> None:
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "Texte") as change:
        rows = [
            {"leaflet_text_id": f"{name}|{language}", "passage": name, "language_id": language, "text": said} | more
            for name, said in words.items()
        ]
        change.insert("leaflet_text", rows)


@pytest.fixture
def inventory(town: Inventory) -> Iterator[Inventory]:
    yield town


def status(inventory: Inventory, language: str, passage: str) -> str:
    return texts.texts_of(inventory, language)[passage].status


@pytest.mark.parametrize("language", leaflet.languages())
def test_every_language_says_everything(language: str) -> None:
    source, said = leaflet.standard("de"), leaflet.standard(language)
    assert [name for name in said if not name.startswith("theme_")] == list(source)
    assert {name for name in source if leaflet.places(source[name]) != leaflet.places(said[name])} == set()
    assert [name for name, words in said.items() if not words.strip() or words != " ".join(words.split())] == []


def test_usual_texts_are_drafts_until_a_person_has_read_them(inventory: Inventory) -> None:
    assert status(inventory, "de", "answer_5") == "unreviewed"
    assert status(inventory, "ar", "answer_5") == "unreviewed"
    assert texts.texts_of(inventory, "ar")["answer_5"].text.startswith("غالبًا")
    assert texts.is_draft(texts.texts_of(inventory, "ar").values())


def test_read_against_todays_german_text(inventory: Inventory) -> None:
    keep(inventory, "de", {"answer_5": "Fragen Sie den Träger."}, **READ)
    assert status(inventory, "de", "answer_5") == "reviewed"
    # the usual Persian text is no translation of the city's own German one
    assert status(inventory, "fa", "answer_5") == "outdated"
    source = texts.texts_of(inventory, "fa")["answer_5"].source_sha256
    assert source == leaflet.hashed("Fragen Sie den  Träger. ")
    keep(inventory, "fa", {"answer_5": "از سازمان بپرسید."}, source_sha256=source, **READ)
    assert status(inventory, "fa", "answer_5") == "reviewed"
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "Neuer Text") as change:
        change.update("leaflet_text", [{"leaflet_text_id": "answer_5|de", "text": "Fragen Sie vorher den Träger."}])
    assert status(inventory, "fa", "answer_5") == "outdated"


@pytest.mark.parametrize("missing", [{"source_sha256": None}, {"reviewed_on": None}])
def test_without_source_or_day_nobody_has_read_it(inventory: Inventory, missing: dict[str, None]) -> None:
    source = texts.texts_of(inventory, "fa")["title"].source_sha256
    keep(inventory, "fa", {"title": "بیایید"}, **(READ | {"source_sha256": source} | missing))
    assert status(inventory, "fa", "title") == "unreviewed"


def test_a_language_without_usual_texts_shows_german(inventory: Inventory) -> None:
    title = texts.texts_of(inventory, "vi")["title"]
    assert (title.text, title.status, title.own) == ("Mitmachen", "missing", False)


def test_questions_of_the_city_come_last_and_emptied_ones_are_left_out(inventory: Inventory) -> None:
    keep(inventory, "de", {"question_10": "Wo parke ich?", "answer_10": "Am Haus.", "question_4": "", "answer_4": ""})
    pairs = texts.questions(texts.texts_of(inventory, "tr"))
    assert [asked.passage for asked, _ in pairs] == [f"question_{n}" for n in (1, 2, 3, 5, 6, 7, 8, 10)]
    assert pairs[-1][0].status == "missing"


def test_themes_are_the_citys_and_in_other_languages_passages(inventory: Inventory) -> None:
    themes = {name: one for name, one in texts.texts_of(inventory, "ru").items() if name.startswith("theme_")}
    assert list(themes) == ["theme_german_courses", "theme_homework", "theme_counselling", "theme_essentials"]
    assert (themes["theme_homework"].source, themes["theme_homework"].status) == (
        "Lernhilfe und Hausaufgaben",
        "unreviewed",
    )
    assert status(inventory, "en", "theme_homework") == "reviewed"


def test_languages_of_the_city(inventory: Inventory) -> None:
    assert texts.languages(inventory) == ["de"]
    keep(inventory, "fa", {"title": "بیایید"})
    assert texts.languages(inventory) == ["de", "fa"]
    with inventory.change(OFFICE, Action.SET_UP, "Sprachen") as change:
        change.update(
            "city", [{"city_id": inventory.value("SELECT city_id FROM city"), "leaflet_languages": "de, ar;uk"}]
        )
    assert texts.languages(inventory) == ["de", "ar", "uk"]
