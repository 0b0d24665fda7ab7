"""Contacts as cards: read back by two readers, nobody without consent, umlauts, separators and long lines intact."""

from __future__ import annotations

from typing import Any

import pytest
import vobject
from icalendar import Component

from esdash import exports
from esdash.analysis.contact_points import cards
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.wording.names import names_of
from tests.conftest import NOW
from tests.people import ADA

LONG = "Koordination für Übergänge, Öffnungen; und Ähnliches " * 4
NAME = "Verein Süd; Nord, Ost \\ West"
CONTACTS: list[dict[str, Any]] = [
    {"contact_id": "a", "role": LONG.strip(), "name": "Ada Zaubermann", "phone": "+49 340 1", "email": "a@example.org"}
    | {"consent_scope": "public", "language_ids": ["de", "fa"]},
    {
        "contact_id": "b",
        "role": "Büro",
        "name": None,
        "phone": None,
        "email": "b@example.org",
        "consent_scope": "public",
    },
    {"contact_id": "c", "role": "Intern", "name": "Eva Geheim", "phone": "+49 340 3", "consent_scope": "internal"},
    {"contact_id": "d", "role": "Abgelaufen", "name": "Olga Still", "phone": "+49 340 4", "consent_scope": "public"}
    | {"consent_until": "2026-11-21"},
    {"contact_id": "e", "role": "Archiviert", "name": "Udo Fort", "phone": "+49 340 5", "consent_scope": "public"}
    | {"status": "archived"},
    {"contact_id": "f", "role": "Ohne Weg", "name": "Ina Weglos", "consent_scope": "public"},
]


@pytest.fixture
def town(tiny: Inventory) -> Inventory:
    with tiny.change(ADA, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": NAME, "website": "https://example.org/a,b;c"}])
        place = {"location_id": "l", "name": "Haus Überall", "street": "Straße 1, Hof", "postcode": "06844"}
        change.insert("location", [place])
        for contact in CONTACTS:
            change.insert("contact", [{"organization_id": "o", **contact}])
        of = {"organization_id": "o", "location_id": "l"}
        change.insert("contact_point", [{"contact_point_id": "p", "name": "Laden", "contact_id": "a", **of}])
        own = {"contact_point_id": "q", "name": "Empfang", "phone": "+49 340 9", **of}
        change.insert("contact_point", [own])
    return tiny


def written(inventory: Inventory) -> bytes:
    names = names_of(inventory, Text("de"))
    return exports.vcard_file(cards.cards(inventory), names, names.city, NOW, "Alles erfunden.")


def test_two_readers_read_the_same_cards(town: Inventory) -> None:
    file = written(town)
    by_vobject = {card.uid.value: card for card in vobject.readComponents(file.decode("utf-8"))}
    by_icalendar = {str(card["UID"]): card for card in Component.from_ical(file, multiple=True)}
    keys = ["contact-a", "contact-b", "contact-point-q"]
    assert sorted(by_vobject) == sorted(by_icalendar) == [f"{key}@musterstadt.esdash" for key in keys]
    card = by_vobject["contact-a@musterstadt.esdash"]
    assert card.version.value == "3.0"
    assert card.fn.value == f"{LONG.strip()}, {NAME}"
    assert card.org.value == [NAME] and card.role.value == LONG.strip() == card.title.value
    assert (card.tel.value, card.email.value) == ("+49 340 1", "a@example.org")
    assert card.tel.params["TYPE"] == ["WORK", "VOICE"]
    assert (card.adr.value.street, card.adr.value.city, card.adr.value.code) == (
        *("Straße 1, Hof", "Musterstadt", "06844"),
    )
    assert card.url.value == "https://example.org/a%2Cb%3Bc"
    assert (
        card.note.value
        == "Ansprechperson: Ada Zaubermann\nOrt: Haus Überall\nSprachen: Deutsch, Persisch (Farsi)\nAlles erfunden."
    )
    assert card.rev.value == "2026-11-22T10:00:00Z"
    other = by_icalendar["contact-a@musterstadt.esdash"]
    assert str(other["FN"]).replace("\\", "") == card.fn.value.replace("\\", "")
    assert str(other["EMAIL"]) == card.email.value


def test_a_card_begins_with_its_version_and_no_line_is_too_long(town: Inventory) -> None:
    lines = written(town).split(b"\r\n")
    assert [lines[place + 1] for place, line in enumerate(lines) if line == b"BEGIN:VCARD"] == [b"VERSION:3.0"] * 3
    assert max(len(line) for line in lines) <= 75
    b"".join(lines).decode("utf-8")


def test_nobody_without_consent_of_today_is_in_it(town: Inventory) -> None:
    content = written(town).decode("utf-8").replace("\r\n ", "")
    for hidden in ("Geheim", "Still", "Fort", "Weglos", "Intern", "340 3", "340 4", "340 5"):
        assert hidden not in content
    assert "Zaubermann" in content
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("contact", [{"contact_id": "a", "consent_scope": "internal"}])
    assert "Zaubermann" not in written(town).decode("utf-8").replace("\r\n ", "")


def test_a_contact_point_with_its_own_phone_is_a_card_of_the_place(town: Inventory) -> None:
    found = {card.uid.value: card for card in vobject.readComponents(written(town).decode("utf-8"))}
    card = found["contact-point-q@musterstadt.esdash"]
    assert (card.fn.value, card.tel.value) == (f"Empfang, {NAME}", "+49 340 9")


def test_without_contacts_the_file_is_empty(tiny: Inventory) -> None:
    assert written(tiny) == b""
