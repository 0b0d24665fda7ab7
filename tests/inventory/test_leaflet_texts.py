"""The texts of the flyer: words of the city, who has read them, and what a change of the German text does to the others."""

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import leaflet_texts as texts
from esdash.inventory.steering.leaflet_texts import Seen
from esdash.model.leaflet import sha256
from tests.conftest import NOW
from tests.people import ADA, BEA, TEST

GERMAN, OTHER, ENGLISH = "Wer hilft mir?", "Wer hilft uns?", "Who helps me?"


def stored(inventory: Inventory, key: str) -> dict | None:
    rows = inventory.rows("FROM inventory.leaflet_text WHERE leaflet_text_id = $key", key=key)
    return rows[0] if rows else None


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
    texts.write(town, "title", "fa", "  Erste \r\n\n Zeile  ", Seen(), ADA)
    assert stored(town, "title|fa")["text"] == "Erste\nZeile"
    assert stored(town, "title|fa")["reviewed_on"] is None
    texts.review(town, "title", "fa", "Erste\nZeile", " Sprachmittlung  Persisch ", Seen(1, GERMAN), BEA)
    row = stored(town, "title|fa")
    assert (row["reviewed_on"], row["reviewed_by"]) == (NOW.date(), "Sprachmittlung Persisch")
    assert (row["source_sha256"], row["version"]) == (sha256(GERMAN), 2)
    texts.back_to_standard(town, "title", "fa", Seen(2), ADA)
    texts.back_to_standard(town, "title", "fa", Seen(2), ADA)
    assert stored(town, "title|fa") is None


def test_a_second_click_changes_nothing(town: Inventory) -> None:
    for _ in range(2):
        texts.write(town, "title", "de", GERMAN, Seen(), ADA)
    assert stored(town, "title|de")["version"] == 1
    for _ in range(2):
        texts.review(town, "title", "de", GERMAN, "Projektbüro", Seen(1, GERMAN), ADA)
    assert (stored(town, "title|de")["version"], stored(town, "title|de")["source_sha256"]) == (2, None)


def test_new_words_have_been_read_by_nobody_and_the_same_words_stay_read(town: Inventory) -> None:
    texts.review(town, "title", "fa", ENGLISH, "Projektbüro", Seen(0, GERMAN), ADA)
    texts.write(town, "title", "fa", ENGLISH, Seen(1), ADA)
    assert stored(town, "title|fa")["reviewed_by"] == "Projektbüro"
    texts.write(town, "title", "fa", ENGLISH + "?", Seen(1), ADA)
    assert stored(town, "title|fa")["reviewed_by"] is stored(town, "title|fa")["source_sha256"] is None


def test_a_review_keeps_to_the_german_text_it_was_made_against(town: Inventory) -> None:
    texts.review(town, "title", "fa", ENGLISH, "Projektbüro", Seen(0, GERMAN), ADA)
    for german, current in ((OTHER, False), (GERMAN, True)):
        before = stored(town, "title|de")
        texts.write(town, "title", "de", german, Seen(before["version"] if before else 0), BEA)
        assert (stored(town, "title|fa")["source_sha256"] == sha256(german)) is current


def test_the_second_writer_is_told(town: Inventory) -> None:
    texts.write(town, "title", "fa", ENGLISH, Seen(), ADA)
    changed = "record_changed_meanwhile"
    refused(changed, lambda: texts.write(town, "title", "fa", "Anders", Seen(), BEA))
    refused(changed, lambda: texts.review(town, "title", "fa", "Anders", "Büro", Seen(7, GERMAN), BEA))
    refused(changed, lambda: texts.back_to_standard(town, "title", "fa", Seen(7), BEA))
    texts.back_to_standard(town, "title", "fa", Seen(1), ADA)
    refused(changed, lambda: texts.write(town, "title", "fa", "Anders", Seen(1), BEA))


@pytest.mark.parametrize(
    ("words", "role", "key"),
    [
        (" \n\u200b ", "Büro", "leaflet_text_empty"),
        ("x" * 901, "Büro", "leaflet_text_long"),
        ("Fragen Sie Ada Zaubermann.", "Büro", "names_person"),
        (ENGLISH, "Ada Zaubermann", "names_person"),
        (ENGLISH, "  ", "leaflet_needs_reader"),
    ],
)
def test_what_is_refused(town: Inventory, words: str, role: str, key: str) -> None:
    refused(key, lambda: texts.review(town, "title", "fa", words, role, Seen(0, GERMAN), ADA))
    assert stored(town, "title|fa") is None


def test_a_language_that_the_city_does_not_know_is_refused(town: Inventory) -> None:
    refused("reference_broken", lambda: texts.write(town, "title", "xx", ENGLISH, Seen(), ADA))
