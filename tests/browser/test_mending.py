"""What is mended where one is: clicks of the tasks, messages in sight, and one's name that outlives a reload."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.clicks import Clicks
from tests.browser.screenshots import give_name, known_as, open_page, settle
from tests.pages.said import texts

pytestmark = pytest.mark.browser

SAID = texts("de")
IN_SIGHT = """
    () => [...document.querySelectorAll("[class*='st-key-message_'] [data-testid='stAlert']")].map(box => {
        const { top, bottom } = box.getBoundingClientRect();
        return [box.textContent, top >= 40 && bottom <= window.innerHeight];
    })
"""


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """Lagebild, opened by somebody whose name the browser knows."""
    opened = open_page(chromium, address)
    opened.set_default_timeout(20_000)
    known_as(opened, "Ada Lovelace")
    yield opened
    opened.context.close()


def told(page: Page, words: str) -> None:
    """One message with these words, and it is in sight."""
    expect(page.locator("[class*='st-key-message_']").first).to_contain_text(words)
    settle(page)
    page.wait_for_timeout(1000)  # after a moment it is moved into sight once more
    shown = page.evaluate(IN_SIGHT)
    assert len(shown) == 1 and shown[0][1], shown
    assert page.get_by_test_id("stToast").count() == 0


def down(page: Page) -> None:
    """To the end of the page, as somebody who works there."""
    page.evaluate("() => { const main = document.querySelector(\"[data-testid='stMain']\"); main.scrollTop = 1e6; }")
    settle(page)


def button(page: Page, key: str, place: int = 0) -> None:
    page.get_by_test_id("stMain").get_by_role("button", name=SAID[key], exact=True).nth(place).click()
    settle(page)


def test_a_wrong_phone_found_by_search_is_mended_in_three_clicks(page: Page) -> None:
    clicks = Clicks(page)
    page.get_by_placeholder(SAID["find.placeholder"]).press_sequentially("Sprachcaffe am Stadtpark", delay=10)
    found = page.get_by_role("link", name="Sprachcafé am Stadtpark")
    expect(found).to_be_visible()
    settle(page)
    clicks.on(found, "the offer")
    clicks.on(page.get_by_role("button", name=SAID["mend.contact"], exact=True), "change the phone")
    dialog = page.get_by_role("dialog")
    phone = dialog.get_by_role("textbox", name="Telefon")
    phone.fill("abc")
    phone.press("Tab")
    expect(dialog.get_by_text("sieht nicht wie eine Telefonnummer aus", exact=False)).to_be_visible()
    phone.fill("0340 778899")
    phone.press("Tab")
    expect(dialog.get_by_text("sieht nicht wie eine Telefonnummer aus", exact=False)).to_have_count(0)
    settle(page)
    clicks.on(dialog.get_by_role("button", name=SAID["mend.save"], exact=True), "save")
    told(page, "Gespeichert")
    clicks.at_most(3)
    page.get_by_role("button", name=SAID["mend.contact"], exact=True).click()  # the page shows it with consent only
    expect(dialog.get_by_role("textbox", name="Telefon")).to_have_value("0340 778899")


def test_a_name_is_asked_for_once_and_outlives_a_reload(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/care?care=stale&stale=course")
    page.get_by_test_id("stDataFrame").last.click(position={"x": 20, "y": 52})
    settle(page)
    page.get_by_role("button", name=re.compile("1 Eintrag bestätigen")).click()
    give_name(page, "Bea Änderung")
    told(page, "bestätigt")
    kept = next(cookie for cookie in page.context.cookies() if cookie["name"] == "esdash_name")
    assert kept["httpOnly"] and kept["sameSite"] == "Lax"
    page.reload()
    settle(page)
    page.get_by_role("button", name="Bea Änderung").click()
    page.get_by_role("button", name=SAID["author.forget"], exact=True).click()
    settle(page)
    page.reload()
    settle(page)
    expect(page.get_by_role("button", name="Bea Änderung")).to_have_count(0)
    page.context.close()


def test_the_message_is_in_sight_wherever_one_worked(page: Page, address: str) -> None:
    page.goto(f"{address}/initiatives?id=i013")
    settle(page)
    button(page, "action.assure")
    told(page, "stimmt noch")

    page.goto(f"{address}/entry?table=organization&id=o02&edit=1")
    settle(page)
    page.get_by_role("textbox", name="Kurzname").fill("Neu")
    down(page)
    button(page, "form_entry.save")
    told(page, "gespeichert")

    page.goto(f"{address}/overlaps?case=i021%2Bi070")
    settle(page)
    page.get_by_test_id("stForm").get_by_text(SAID["overlaps.verdict_wanted"], exact=True).click()
    page.get_by_label(SAID["overlaps.why"]).fill("Beide haben Stammgäste")
    down(page)
    button(page, "overlaps.decide_now")
    told(page, "Entschieden")

    page.goto(f"{address}/care?care=doubles&doubles=initiative")
    settle(page)
    page.get_by_role("button", name=SAID["doubles.merge"]).click()
    settle(page)
    page.wait_for_timeout(500)
    top = page.get_by_role("heading", name="Aus zwei Einträgen wird einer").bounding_box()
    assert top and 0 <= top["y"] < 360  # the form begins at its top
    button(page, "merge.now")
    told(page, "Zusammengeführt")


def test_a_new_offer_with_time_place_and_a_new_organisation(page: Page) -> None:
    """Presses that open a list count as well; only going on to the next field, as with the key Tab, does not."""
    clicks, main = Clicks(page), page.get_by_test_id("stMain")

    def chosen(label: str, typed: str) -> None:
        """Open a list, type in it, press what it finds."""
        field = main.get_by_role("combobox", name=label, exact=False)
        clicks.on(field, f"open {label}")
        field.press_sequentially(typed, delay=10)
        clicks.on(page.get_by_role("option").filter(has_text=typed), f"choose {label}")

    def written(label: str, entry: str) -> None:
        main.get_by_role("textbox", name=label).fill(entry)
        page.keyboard.press("Tab")
        settle(page)

    clicks.on(page.get_by_test_id("stTopNavSection").filter(has_text=SAID["navigation.keeping"]), "menu")
    clicks.on(page.get_by_test_id("stTopNavDropdownLink").filter(has_text=SAID["entry.nav"]), "page")
    clicks.on(main.get_by_role("button", name=SAID["entry.new"], exact=True), "new")
    written("Angebot", "Zirkus Kunterbunt")
    chosen("Träger", "Verein Wendehammer")
    expect(main.get_by_text("wird beim Speichern als Organisation angelegt", exact=False)).to_be_visible()
    chosen(SAID["form_times.weekday"], "Mittwoch")
    written(SAID["form_times.from"], "15:00")
    written(SAID["form_times.to"], "17:00")
    clicks.on(main.get_by_text(SAID["form_place.new"], exact=True), "new place")
    expect(main.get_by_role("textbox", name="Angebot")).to_have_value("Zirkus Kunterbunt")
    assert main.get_by_text(SAID["error.edit_place_needs_address"], exact=False).count() == 0  # nothing typed yet
    written("Straße", "Am Wendehammer 3")
    chosen("Stadtbezirk", "Kochstedt")
    clicks.on(main.get_by_role("button", name=SAID["form_entry.save"], exact=True), "save")
    told(page, "Zirkus Kunterbunt ist angelegt")
    clicks.at_most(12)
    for once_written in ("Verein Wendehammer", "Mi 15:00–17:00", "Am Wendehammer 3"):
        expect(main).to_contain_text(once_written)


def test_what_is_archived_is_said_in_sight(page: Page, address: str) -> None:
    page.goto(f"{address}/entry?table=initiative&id=i044")
    settle(page)
    button(page, "action.more")
    page.get_by_role("button", name=SAID["action.archive"], exact=True).click()
    told(page, "archiviert")
