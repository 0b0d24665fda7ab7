"""Freezing a version of the list: numbered, chained, refused when it is outdated or names a person."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.privacy import erasure
from esdash.inventory.privacy.naming import refuse_people
from esdash.inventory.steering.versions import Draft, chain, file_of, freeze, last_change_of, write
from esdash.model.canonical import canonical, sha256
from tests.people import ADA, BEN

ITEM: dict[str, Any] = {
    **{"entry_key": "p1", "rank": 1, "previous_rank": None, "change": "new", "change_reason": "Aus der Erhebung."},
    "title": "Lernhilfe in Alten aufbauen: 8 Plätze",
}


@pytest.fixture
def town(tiny: Inventory) -> Inventory:
    """Musterstadt with one item, one organisation and its contact: a function with a person's name."""
    with tiny.change(ADA, Action.SET_UP, "Liste") as change:
        change.insert("priority_item", [{"priority_item_id": "p1", "origin": "hand", "title": "Lernhilfe"}])
        change.insert("organization", [{"organization_id": "a", "name": "Haus A", "phone": "0340 111222"}])
        person = {"name": "Erika Mustermann", "email": "erika@haus-a.example", "phone": "+49 340 204-1234"}
        change.insert("contact", [{"contact_id": "c", "organization_id": "a", "role": "Leitung", **person}])
    return tiny


def draft(inventory: Inventory, number: int = 1, **more: Any) -> Draft:
    last = inventory.value("SELECT content_sha256 FROM inventory.list_version WHERE number = $n", n=number - 1)
    content = {"number": number, "previous_sha256": last, "entries": [ITEM], **more}
    files = {"liste.pdf": b"%PDF \x00\xff", "liste.json": canonical(content).encode()}
    changed, today = last_change_of(inventory), inventory.today()
    return Draft(number, f"Fassung {number}", canonical(content), files, changed, today)


def refused(inventory: Inventory, one: Draft) -> str:
    with pytest.raises(UserError) as error:
        freeze(inventory, ADA, one)
    return error.value.key


def test_a_frozen_version_keeps_content_files_and_entries(town: Inventory) -> None:
    one = draft(town)
    assert freeze(town, ADA, one) == "v1"
    row = town.rows("FROM inventory.list_version")[0]
    assert (row["number"], row["frozen_by"], row["content"]) == (1, "Ada", one.content)
    assert row["content_sha256"] == sha256(one.content) and row["previous_sha256"] is None
    assert [(file["name"], file["media_type"], file["size"]) for file in json.loads(row["files"])] == [
        ("liste.json", "application/json", len(one.content.encode())),
        ("liste.pdf", "application/pdf", 7),
    ]
    assert {name: file_of(town, "v1", name) for name in one.files} == one.files
    entry = town.rows("FROM inventory.list_entry")[0]
    assert [entry[name] for name in ("list_entry_id", "rank", "change", "title")] == ["v1|p1", 1, "new", ITEM["title"]]
    assert json.loads(entry["content"]) == ITEM
    with pytest.raises(UserError, match="version_no_file"):
        file_of(town, "v1", "liste.doc")


def test_a_draft_is_refused_once_something_has_changed_or_been_frozen(town: Inventory) -> None:
    one = draft(town)
    with town.change(BEN, Action.EDIT_RECORDS) as change:
        change.update("organization", [{"organization_id": "a", "short_name": "HA"}])
    assert refused(town, one) == "version_outdated"
    freeze(town, ADA, one := draft(town))
    assert refused(town, one) == "version_outdated"  # a second click
    assert refused(town, draft(town, 3)) == "version_outdated"  # no number is left out
    assert refused(town, draft(town, 2, previous_sha256="0" * 64)) == "version_outdated"
    assert [link.number for link in chain(town)] == [1]


def test_what_the_same_transaction_wrote_before_does_not_make_the_draft_older(town: Inventory) -> None:
    one = draft(town)
    with town.change(ADA, Action.FREEZE_LIST, "Sitzung schließen") as change:
        change.update("organization", [{"organization_id": "a", "short_name": "HA"}])
        assert write(change, one, "Ada", town.today()) == "v1"
    assert [link.broken for link in chain(town)] == [()]


def test_of_two_who_freeze_at_once_one_is_told(town: Inventory) -> None:
    one = draft(town)

    def attempt(_: int) -> str:
        try:
            return freeze(town, ADA, one)
        except UserError as error:
            return error.key

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == ["v1", *["version_outdated"] * 3]
    assert len(chain(town)) == 1 and town.value("SELECT count(*) FROM inventory.list_file") == 2


NAMED = (
    "Erika Mustermann übernimmt das",
    "bei ERIKA  MUSTERMANN fragen",
    "Mail an erika@haus-a.example",
    "Tel. 0340/204 12 34",
    "0049 340 2041234",
)


@pytest.mark.parametrize("words", NAMED)
def test_a_text_that_names_a_person_is_not_frozen(town: Inventory, words: str) -> None:
    entry = ITEM | {"partners": [f"Haus A, {words}"]}
    with pytest.raises(UserError, match="names_person") as error:
        freeze(town, ADA, draft(town, entries=[entry]))
    assert words.split()[-1] in str(error.value.values["where"])
    assert refused(town, replace(draft(town), title=f"Fassung 1: {words}")) == "names_person"
    assert chain(town) == []


def test_an_earlier_name_of_a_contact_is_known_too(town: Inventory) -> None:
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("contact", [{"contact_id": "c", "name": "Anna Beispiel", "email": None, "phone": None}])
    for words in NAMED:
        with pytest.raises(UserError, match="names_person"):
            refuse_people(town, words)
    refuse_people(town, None, "", "Die Leitung von Haus A, Tel. 0340 111222; Mustermannstraße 3; 2041234567")


def test_what_is_public_of_an_organisation_names_no_person(town: Inventory) -> None:
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("contact", [{"contact_id": "c", "name": "Leitung", "email": None, "phone": "0340 11 12 22"}])
    refuse_people(town, "Leitung von Haus A, Tel. 0340 111222")


def test_mail_and_phone_of_an_erased_person_are_known_by_their_marks(town: Inventory) -> None:
    erasure.erase(town, "c", ADA, "Wunsch")
    for words in NAMED[2:]:
        with pytest.raises(UserError, match="names_erased_person"):
            refuse_people(town, words)
    refuse_people(town, "Mail an buero@haus-a.example, Tel. 0340 204-9999")


def test_an_erasure_leaves_frozen_versions_as_they_are_and_names_them(town: Inventory) -> None:
    """Gerda became a contact after version 1 had named her; version 2 and the note about the hand-over are later."""
    freeze(town, ADA, draft(town, entries=[ITEM | {"title": "Lernhilfe mit Gerda Später"}]))
    freeze(town, ADA, draft(town, 2))
    with town.change(ADA, Action.HAND_OVER_LIST) as change:
        change.update("list_version", [{"list_version_id": "v1", "recipient": "Amt", "hand_over_note": "Gerda Später"}])
        change.insert("contact", [{"contact_id": "g", "organization_id": "a", "role": "Kasse", "name": "Gerda Später"}])
        body = {
            "body_id": "b",
            "name": "Steuerungsgruppe",
            "short_name": "SG",
            "kind": "steering",
            "majority": "simple",
            "seat_organization_ids": ["a"],
        }
        change.insert("body", [body])
        closed = {"meeting_id": "m", "body_id": "b", "name": "Sitzung", "held_on": "2026-11-20"}
        change.insert("meeting", [{**closed, "minutes": "Gerda Später berichtet.", "minutes_sha256": sha256("alt")}])
    kept = [town.rows("SELECT content, files FROM inventory.list_version ORDER BY number"), frozen_log(town)]
    report = erasure.erase(town, "g", ADA, "Wunsch")
    assert report.versions_left == (1,)
    assert [link.broken for link in chain(town)] == [(), ()]
    assert [town.rows("SELECT content, files FROM inventory.list_version ORDER BY number"), frozen_log(town)] == kept
    assert town.value("SELECT title FROM inventory.list_entry WHERE list_version_id = 'v1'").endswith("Gerda Später")
    assert town.value("SELECT hand_over_note FROM inventory.list_version WHERE number = 1") == "[gelöscht]"
    assert "Gerda" not in json.dumps(town.rows("SELECT after->>'hand_over_note' AS note FROM inventory.change_log"))
    said = "[gelöscht] berichtet."
    assert town.rows("SELECT minutes, minutes_sha256 FROM inventory.meeting") == [
        {"minutes": said, "minutes_sha256": sha256(said)}
    ]
    assert erasure.erase(town, "c", ADA, "Wunsch").versions_left == ()


def frozen_log(inventory: Inventory) -> list[dict[str, Any]]:
    """What the history says about the words of the versions."""
    return inventory.rows(
        "SELECT change_id, after->>'content' AS content, after->>'title' AS title FROM inventory.change_log "
        "WHERE table_name IN ('list_version', 'list_entry') ORDER BY change_id"
    )


@pytest.mark.parametrize(
    ("sql", "broken"),
    [
        ("UPDATE inventory.list_version SET content = replace(content, 'Alten', 'Neuen') WHERE number = 1", "content"),
        ("UPDATE inventory.list_version SET previous_sha256 = NULL WHERE number = 2", "previous"),
        ("UPDATE inventory.list_entry SET rank = 7 WHERE list_version_id = 'v1'", "entries"),
        ("DELETE FROM inventory.list_entry WHERE list_version_id = 'v1'", "entries"),
        ("UPDATE inventory.list_file SET content = 'x'::BLOB WHERE list_file_id = 'v1|liste.pdf'", "files"),
        ("DELETE FROM inventory.list_file WHERE list_file_id = 'v1|liste.pdf'", "files"),
    ],
)
def test_the_chain_shows_what_was_altered_past_the_door(town: Inventory, sql: str, broken: str) -> None:
    freeze(town, ADA, draft(town))
    freeze(town, ADA, draft(town, 2))
    assert [link.broken for link in chain(town)] == [(), ()]
    with town.exclusive(ADA, Action.SET_UP) as cursor:
        cursor.execute(sql)
    found = {link.number: link.broken for link in chain(town)}
    assert any(broken in faults for faults in found.values())


def test_an_altered_version_whose_own_checksum_was_mended_breaks_the_next_one(town: Inventory) -> None:
    freeze(town, ADA, draft(town))
    freeze(town, ADA, draft(town, 2))
    forged = town.value("SELECT content FROM inventory.list_version WHERE number = 1").replace("8 Plätze", "9 Plätze")
    with town.exclusive(ADA, Action.SET_UP) as cursor:
        cursor.execute(
            "UPDATE inventory.list_version SET content = $c, content_sha256 = $s WHERE number = 1",
            {"c": forged, "s": sha256(forged)},
        )
    assert {link.number: "previous" in link.broken for link in chain(town)} == {1: False, 2: True}


def test_the_day_and_the_reason_are_in_the_log(town: Inventory) -> None:
    freeze(town, ADA, draft(town))
    log = town.rows("FROM inventory.change_log WHERE table_name = 'list_version'")
    assert [(row["actor"], row["reason"], row["means"]) for row in log] == [("Ada", "Fassung 1", "form")]
    assert town.value("SELECT frozen_on FROM inventory.list_version") == datetime(2026, 11, 22, tzinfo=UTC).date()
