"""Two people at two screens: one hands in, the other sees only that it was handed in, also on the wire."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from tests.browser.screenshots import known_as, open_page, open_window, settle
from tests.pages.said import texts

pytestmark = pytest.mark.browser

SAID = texts("de")
SECRET = "Zwölfmal Zauberwald"
PICTURES = os.environ.get("ESDASH_PICTURES")  # a folder for looking at each step


def listening(page: Page) -> Callable[[], bytes]:
    """All that the server sends to this page over its websocket, from now on."""
    frames: list[bytes] = []

    def keep(frame: str | bytes) -> None:
        frames.append(frame.encode() if isinstance(frame, str) else frame)

    def opened(socket: WebSocket) -> None:
        socket.on("framereceived", keep)

    page.on("websocket", opened)
    return lambda: b"".join(frames)


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"voices-{name}.png"))


def press(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()
    settle(page)


def sit_down(page: Page, seat: str) -> None:
    """Let a seat come to the laptop."""
    settle(page)
    page.get_by_role("combobox", name=SAID["voices.seat"]).fill(seat)
    page.get_by_role("option", name=seat).first.click()
    settle(page)
    press(page, SAID["voices.go"])
    expect(page.get_by_role("heading", name=SAID["voices.booth"].format(seat=seat))).to_be_in_viewport()
    expect(page.get_by_text("Bis die Runde geschlossen ist")).to_be_in_viewport()  # before the first dot
    press(page, SAID["voices.begin"])
    expect(page.get_by_text("Bis die Runde geschlossen ist")).to_be_in_viewport()


def test_one_hands_in_and_another_sees_only_that(chromium: Browser, address: str) -> None:
    page = open_page(chromium, f"{address}/priorities?priorities=voices")
    other = open_window(chromium)
    heard = listening(other)
    other.goto(f"{address}/priorities?priorities=voices")
    settle(other)
    for one in (page, other):
        one.set_default_timeout(20_000)
    known_as(page, "Ada Lovelace")
    picture(page, "1-result")
    page.get_by_text(SAID["voices.start_another"], exact=True).click()
    settle(page)
    picture(page, "2-start")
    page.get_by_role("radiogroup", name=SAID["voices.names"]).get_by_text(SAID["voices.names_shown"]).click()
    settle(page)
    press(page, SAID["voices.start_now"])
    expect(page.get_by_text(SAID["voices.started"]).first).to_be_visible()
    picture(page, "3-open")

    page.get_by_role("combobox", name=SAID["voices.seat"]).fill("e")
    page.get_by_role("option").nth(1).wait_for()
    seats = page.get_by_role("option").all_inner_texts()
    page.keyboard.press("Escape")
    sit_down(page, seats[0])
    picture(page, "4-booth-before")
    page.get_by_role("textbox", name=SAID["voices.why"]).first.fill(SECRET)
    page.get_by_role("textbox", name=SAID["voices.why"]).first.press("Enter")
    settle(page)
    expect(page.get_by_text("Vergeben: 0 von")).to_be_visible()
    total = int(page.get_by_text("Vergeben: 0 von").inner_text().split(" von ")[1].split()[0])
    for place in range(total):  # one dot on each of the first items
        page.get_by_test_id("stButtonGroup").filter(has=page.get_by_role("radio", name="1", exact=True)).nth(
            place
        ).get_by_role("radio", name="1", exact=True).click()
        settle(page)
    picture(page, "4-booth")
    press(page, SAID["voices.hand_in"])
    expect(page.get_by_text("hat abgegeben. Die Seite ist leer").first).to_be_visible()
    assert SECRET not in page.content()
    picture(page, "5-handed-in")
    press(page, SAID["voices.go_on"])

    other.reload()
    settle(other)
    expect(other.get_by_text("1 von 7 Sitzen hat abgegeben.")).to_be_visible()
    picture(other, "6-other")
    assert SECRET.encode() not in heard()
    sit_down(page, seats[1])  # the next one at the same laptop
    assert SECRET not in page.content()
    assert page.get_by_role("textbox", name=SAID["voices.why"]).first.input_value() == ""
    expect(page.get_by_text("Vergeben: 0 von")).to_be_visible()
    press(page, SAID["voices.cancel"])

    page.get_by_text(SAID["voices.close"], exact=True).click()
    settle(page)
    page.get_by_text(SAID["voices.close_confirm"]).click()
    settle(page)
    picture(page, "7-closing")
    press(page, SAID["voices.close_now"])
    expect(page.get_by_text(SAID["voices.closed"]).first).to_be_visible()
    picture(page, "8-result-named")
    other.reload()
    settle(other)
    assert SECRET.encode() in heard()  # after closing all may read it: the test listens to the right wire
