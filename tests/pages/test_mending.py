"""Mending a few fields where one reads them: a mistake, and two people at one contact; nothing of the other is lost."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory import editing
from esdash.inventory.access import Actor
from tests.pages.conftest import Behind, Opened
from tests.pages.said import in_dialog, plain, texts

SAID = texts("de")
BEN = Actor("Ben")


class Desk:
    """An offer with the dialog for phone and mail of its contact open."""

    def __init__(self, named: Opened, behind: Behind) -> None:
        self.inventory = behind
        visitor = named("initiatives", id="i001")
        button = next(one for one in visitor.button if one.label == SAID["mend.contact"])
        self.key = button.key.removeprefix("mend_contact_")
        self.visitor: AppTest = button.click().run()

    @property
    def contact(self) -> dict:
        """What is stored now, as its form would be filled."""
        return editing.draft(self.inventory(), "contact", self.key).values

    @property
    def dialog(self) -> str:
        return plain(in_dialog(self.visitor))

    def enter(self, label: str, value: str) -> None:
        next(one for one in self.visitor.text_input if one.label == label).set_value(value).run()

    def save(self, label: str = "mend.save") -> None:
        next(one for one in self.visitor.button if one.label == SAID[label]).click().run()

    def other(self, **values: str) -> None:
        """Somebody else saves first."""
        version = editing.draft(self.inventory(), "contact", self.key).version
        named = {"contact_id": self.key, **values}
        editing.save(self.inventory(), "contact", named, version, BEN, None, editing.new_key())


@pytest.fixture
def desk(named: Opened, behind: Behind) -> Desk:
    return Desk(named, behind)


def test_what_is_no_mail_is_said_at_its_field_and_not_saved(desk: Desk) -> None:
    before = desk.contact
    desk.enter("E-Mail", "kein mail")
    desk.save()
    assert desk.dialog.count("„kein mail“ ist keine E-Mail-Adresse") == 1  # what, and once
    assert desk.contact == before


def test_a_phone_without_a_digit_is_asked_about(desk: Desk) -> None:
    desk.enter("Telefon", "abc")
    assert "sieht nicht wie eine Telefonnummer aus" in desk.dialog
    assert SAID["mend.save"] not in [button.label for button in desk.visitor.button]


def test_what_somebody_else_changed_meanwhile_stays(desk: Desk) -> None:
    desk.enter("Telefon", "0340 778899")
    desk.other(email="neu@example.org")
    desk.save()
    assert (desk.contact["phone"], desk.contact["email"]) == ("0340 778899", "neu@example.org")


def test_the_same_field_changed_by_both_is_said_before_anything_is_overwritten(desk: Desk) -> None:
    desk.enter("Telefon", "0340 778899")
    desk.other(phone="0340 112233")
    desk.save()
    assert SAID["mend.conflict"] in desk.dialog and "0340 112233" in desk.dialog
    assert desk.contact["phone"] == "0340 112233"
    desk.save()
    assert desk.contact["phone"] == "0340 778899"
