"""A workshop is recorded with an idea and a promise, and the promise stands on the next agenda."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screenshots import known_as, open_page, settle
from tests.pages.said import texts

pytestmark = pytest.mark.browser

SAID = texts("de")
PROMISE = "Stellt den Saal für den Adventskaffee bereit"


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).first.click()
    settle(page)


def sign(page: Page) -> None:
    """Whoever writes says their name, once in a session."""
    known_as(page, "Ada Lovelace")


def date(page: Page, label: str, digits: str) -> None:
    """Type a day into its field: the parts of a date take the digits one after the other."""
    page.get_by_test_id("stForm").get_by_role("group", name=label).first.get_by_role("spinbutton").first.click()
    page.keyboard.type(digits)


def test_what_was_promised_in_a_workshop_stands_on_the_next_agenda(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/workshops")
    page.set_default_timeout(20_000)
    sign(page)
    press(page, SAID["workshops.record"])
    page.get_by_role("textbox", name=SAID["workshops.name"], exact=True).fill("Werkstattgespräch Advent")
    date(page, SAID["workshops.day"], "20112026")
    press(page, SAID["workshops.record_now"])
    expect(page.get_by_role("heading", name="Werkstattgespräch Advent")).to_be_visible()
    page.get_by_role("textbox", name=SAID["ideas.what"]).first.fill("Kekse aus vielen Ländern backen")
    press(page, SAID["ideas.add_now"])
    expect(page.get_by_text("Kekse aus vielen Ländern backen")).to_be_visible()
    press(page, SAID["promises.add"])
    page.get_by_role("textbox", name=SAID["promises.what"]).first.fill(PROMISE)
    who = page.get_by_role("combobox", name=SAID["promises.who"]).first
    who.fill("Kastanienhof")
    page.get_by_role("option", name="Musterkulturhaus Kastanienhof e. V.").click()
    date(page, SAID["promises.until"], "01122026")
    press(page, SAID["promises.add_now"])
    expect(page.get_by_text(PROMISE)).to_be_visible()

    page.goto(f"{address}/meetings")  # the next one is on 2 December
    settle(page)
    sign(page)
    press(page, SAID["agenda.take_all"])
    page.goto(f"{address}/meetings?meetings=decide")
    settle(page)
    page.get_by_role("combobox", name=SAID["decide.point"]).click()
    page.keyboard.type(PROMISE)
    page.get_by_role("option").filter(has_text=PROMISE).first.click()
    settle(page)
    expect(page.get_by_text("Zugesagt von: Musterkulturhaus Kastanienhof e. V.")).to_be_visible()
    expect(page.get_by_role("button", name=SAID["promises.kept_do"], exact=True)).to_be_visible()
