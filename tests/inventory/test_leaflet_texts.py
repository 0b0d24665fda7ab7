"""The texts of the flyer: words of the city, who has read them, and what a new German text does to the others."""

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.steering import leaflet_texts as texts
from esdash.inventory.steering.leaflet_texts import Reading, Seen
from esdash.texts.leaflet import hashed
from tests.conftest import NOW
from tests.people import ADA, BEA, TEST

GERMAN, OTHER, ENGLISH = "Wer hilft mir?", "Wer hilft uns?", "Who helps me?"


def stored(inventory: Inventory, key: str) -> dict | None:
    rows = inventory.rows("FROM inventory.leaflet_text WHERE leaflet_text_id = $key", key=key)
    return rows[0] if rows else None


def review(inventory: Inventory, passage: str, language: str, words: str, role: str, seen: Seen, actor: Actor) -> None:
    texts.review(inventory, language, [Reading(passage, words, seen)], role, actor)


def refused(key: str, do) -> None:
    with pytest.raises(UserError) as error:
        do()
    assert error.value.key == key


@pytest.fixture
def town(tiny: Inventory) -> Inventory:
    with tiny.change(TEST, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        contact = {"contact_id": "c", "organization_id": "o", "role": "Leitung", "name": "Ada Zaubermann"}
        change.insert("contact", [contact])
    return tiny


def test_a_text_is_worded_read_and_put_back(town: Inventory) -> None:
    texts.write(town, "title", "fa", "  Erste \r\n\n Zeile  ", Seen(GERMAN), ADA)
    assert stored(town, "title|fa")["text"] == "Erste\nZeile"
    assert stored(town, "title|fa")["reviewed_on"] is None
    review(town, "title", "fa", "Erste\nZeile", " Sprachmittlung  Persisch ", Seen(GERMAN, 1), BEA)
    row = stored(town, "title|fa")
    assert (row["reviewed_on"], row["reviewed_by"]) == (NOW.date(), "Sprachmittlung Persisch")
    assert (row["source_sha256"], row["version"]) == (hashed(GERMAN), 2)
    texts.back_to_usual(town, "title", "fa", Seen(GERMAN, 2), ADA)
    texts.back_to_usual(town, "title", "fa", Seen(GERMAN, 2), ADA)
    assert stored(town, "title|fa") is None


def test_a_second_click_changes_nothing(town: Inventory) -> None:
    for _ in range(2):
        texts.write(town, "title", "de", GERMAN, Seen(GERMAN), ADA)
    assert stored(town, "title|de")["version"] == 1
    for _ in range(2):
        review(town, "title", "de", GERMAN, "Projektbüro", Seen(GERMAN, 1), ADA)
    assert (stored(town, "title|de")["version"], stored(town, "title|de")["source_sha256"]) == (2, None)


def test_new_words_have_been_read_by_nobody_and_the_same_words_stay_read(town: Inventory) -> None:
    review(town, "title", "fa", ENGLISH, "Projektbüro", Seen(GERMAN, 0), ADA)
    texts.write(town, "title", "fa", ENGLISH, Seen(GERMAN, 1), ADA)
    assert stored(town, "title|fa")["reviewed_by"] == "Projektbüro"
    texts.write(town, "title", "fa", ENGLISH + "?", Seen(GERMAN, 1), ADA)
    assert stored(town, "title|fa")["reviewed_by"] is stored(town, "title|fa")["source_sha256"] is None


def test_a_review_keeps_to_the_german_text_it_was_made_against(town: Inventory) -> None:
    review(town, "title", "fa", ENGLISH, "Projektbüro", Seen(GERMAN, 0), ADA)
    for german, current in ((OTHER, False), (GERMAN, True)):
        before = stored(town, "title|de")
        texts.write(town, "title", "de", german, Seen(german, before["version"] if before else 0), BEA)
        assert (stored(town, "title|fa")["source_sha256"] == hashed(german)) is current


def test_the_second_writer_is_told(town: Inventory) -> None:
    texts.write(town, "title", "fa", ENGLISH, Seen(GERMAN), ADA)
    changed = "record_changed_meanwhile"
    refused(changed, lambda: texts.write(town, "title", "fa", "Anders", Seen(GERMAN), BEA))
    refused(changed, lambda: review(town, "title", "fa", "Anders", "Büro", Seen(GERMAN, 7), BEA))
    refused(changed, lambda: texts.back_to_usual(town, "title", "fa", Seen(GERMAN, 7), BEA))
    texts.back_to_usual(town, "title", "fa", Seen(GERMAN, 1), ADA)
    refused(changed, lambda: texts.write(town, "title", "fa", "Anders", Seen(GERMAN, 1), BEA))


@pytest.mark.parametrize(
    ("words", "role", "key"),
    [
        (" \n\u200b ", "Büro", "leaflet_text_empty"),
        ("x" * 901, "Büro", "leaflet_text_long"),
        ("Fragen Sie Ada Zaubermann.", "Büro", "names_person"),
        (ENGLISH, "Ada Zaubermann", "names_person"),
        (ENGLISH, "  ", "leaflet_needs_reader"),
        ("Who helps {name}?", "Büro", "leaflet_places"),
        ("Who helps {?", "Büro", "leaflet_places"),
    ],
)
def test_what_is_refused(town: Inventory, words: str, role: str, key: str) -> None:
    refused(key, lambda: review(town, "title", "fa", words, role, Seen(GERMAN, 0), ADA))
    assert stored(town, "title|fa") is None


def test_a_language_that_the_city_does_not_know_is_refused(town: Inventory) -> None:
    refused("reference_broken", lambda: texts.write(town, "title", "xx", ENGLISH, Seen(GERMAN), ADA))


def test_what_the_program_puts_in_stands_in_every_language(town: Inventory) -> None:
    seen = Seen("Gültig bis: {day}")
    refused("leaflet_places", lambda: texts.write(town, "word_valid_to", "fa", "Valid", seen, ADA))
    texts.write(town, "word_valid_to", "fa", "Valid until {day}", seen, ADA)
    assert stored(town, "word_valid_to|fa")["text"] == "Valid until {day}"


def test_only_a_german_question_may_be_emptied(town: Inventory) -> None:
    texts.write(town, "question_7", "de", " ", Seen(GERMAN), ADA)
    assert stored(town, "question_7|de")["text"] == ""
    for passage, language in (("question_7", "fa"), ("title", "de")):
        refused("leaflet_text_empty", lambda of=(passage, language): texts.write(town, *of, " ", Seen(GERMAN), ADA))


def test_several_are_read_at_once_or_none(town: Inventory) -> None:
    good, bad = Reading("title", ENGLISH, Seen(GERMAN)), Reading("subtitle", " ", Seen(GERMAN))
    refused("leaflet_text_empty", lambda: texts.review(town, "fa", [good, bad], "Büro", ADA))
    assert stored(town, "title|fa") is None
    texts.review(town, "fa", [good, bad._replace(words="All")], "Büro", ADA)
    assert [stored(town, f"{name}|fa")["reviewed_by"] for name in ("title", "subtitle")] == ["Büro", "Büro"]


def test_a_question_of_the_city_is_added_with_its_answer(town: Inventory) -> None:
    for _ in range(2):
        texts.add_question(town, 9, "Gibt es Kaffee?", "Oft.", ADA)
    assert (stored(town, "question_9|de")["text"], stored(town, "answer_9|de")["text"]) == ("Gibt es Kaffee?", "Oft.")
    refused("record_changed_meanwhile", lambda: texts.add_question(town, 9, "Gibt es Tee?", "Oft.", BEA))
    refused("leaflet_text_empty", lambda: texts.add_question(town, 10, "Gibt es Tee?", " ", BEA))
    assert stored(town, "question_10|de") is None
