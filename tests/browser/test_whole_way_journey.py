"""The whole way: a finding is taken onto the list, weighed, decided, frozen, handed to the city, answered, controlled.

Pictures of each step are saved into the folder ESDASH_PICTURES, if it is given.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screenshots import known_as, open_page, open_window, said, settle
from tests.pages.said import texts

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAID = texts("de")
TITLE = "Wohnhilfe in Roßlau aufbauen: 6 Plätze pro Woche"


def test_from_a_finding_to_what_became_of_it(chromium: Browser, address: str, tmp_path: Path) -> None:
    page = open_page(chromium, f"{address}/priorities?priorities=proposals&item=gap%7Chousing%7C22")
    page.set_default_timeout(20_000)
    take(page)
    weigh(page, address)
    meet(page, address)
    hand_over(page, address)
    as_the_city(chromium, address, tmp_path)
    answers(page, address, tmp_path)
    next_agenda(page, address)
    measure(page, address, tmp_path)


def take(page: Page) -> None:
    """A finding becomes a priority, with a title that names a task."""
    button(page, SAID["items.take"])
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name=SAID["author.name"]).fill("Ada Lovelace")
    dialog.get_by_role("textbox", name=SAID["items.title"]).fill(TITLE)
    dialog.get_by_role("textbox", name=SAID["items.measure"]).fill("Eine Wohnsprechstunde im Begegnungshaus.")
    dialog.get_by_role("textbox", name=SAID["items.reason"]).fill("In Roßlau fehlt sie ganz.")
    look(page, "1-take")
    dialog.get_by_role("button", name=SAID["items.take_now"], exact=True).click()
    settle(page)
    page.get_by_role("radio", name=SAID["items.part_list"]).click()
    settle(page)
    page.get_by_role("button", name=TITLE).click()  # opens below its row
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    look(page, "2-on-the-list")


def weigh(page: Page, address: str) -> None:
    """Four voices, one after the other around one laptop, then the round is closed although seats are missing."""
    page.goto(f"{address}/priorities?priorities=voices")
    settle(page)
    sign(page)
    page.get_by_text(SAID["voices.start_another"]).click()
    settle(page)
    button(page, SAID["voices.start_now"])
    for seat in range(4):
        page.get_by_role("combobox", name=SAID["voices.seat"]).click()
        page.get_by_role("option").nth(seat).click()
        settle(page)
        button(page, SAID["voices.go"])
        button(page, SAID["voices.begin"])
        all_of_them = page.get_by_text("Vergeben: 0 von").inner_text().split()[3]
        page.get_by_role("radio", name=all_of_them, exact=True).nth(seat % 2).click()  # on one of the first two
        settle(page)
        if seat == 0:
            look(page, "3-voice")
        button(page, SAID["voices.hand_in"])
        button(page, SAID["voices.go_on"])
    look(page, "4-handed-in")
    page.get_by_text(SAID["voices.close"], exact=True).click()
    settle(page)
    page.get_by_test_id("stCheckbox").get_by_text(SAID["voices.close_confirm"]).click()
    settle(page)
    button(page, SAID["voices.close_now"])
    said(page, SAID["voices.closed"])
    look(page, "5-result")


def meet(page: Page, address: str) -> None:
    """The coming meeting: its agenda, a decision with lead and date, the list adopted, closed."""
    page.goto(f"{address}/meetings")
    settle(page)
    sign(page)
    look(page, "6-proposed")
    button(page, SAID["agenda.take_all"])
    look(page, "7-agenda")
    page.get_by_test_id("stMain").get_by_role("button", name="Heute beginnen").click()
    page.get_by_role("dialog").get_by_role("combobox", name=SAID["meetings.seats_present"]).click()
    for _ in range(5):
        page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    settle(page)
    page.get_by_role("dialog").get_by_role("button", name=SAID["meetings.begin_now"]).click()
    settle(page)
    said(page, "läuft")
    expect(page.get_by_role("combobox", name=SAID["meetings.which"])).to_have_value(re.compile("läuft"))
    finish(page)


def finish(page: Page) -> None:
    """Decide what is new and the list, then close."""
    decide(page, TITLE, "9-decided", lead=True)
    decide(page, "Prioritätenliste als Fassung 3", "10-adopted")
    page.get_by_role("radio", name=SAID["meetings.part_minutes"]).click()
    settle(page)
    look(page, "11-closing")
    button(page, SAID["closing.close"])
    said(page, "SG/003/2026 ist geschlossen.")
    look(page, "12-closed")


def decide(page: Page, point: str, picture: str, lead: bool = False) -> None:
    """Adopt a point without objection; a task gets its lead and its date."""
    choose(page, SAID["decide.point"], point)
    if lead:
        choose(page, SAID["decide.lead"], "Willkommen in Roß")
        page.get_by_role("group", name=SAID["decide.due"]).get_by_role("spinbutton").first.click()
        page.keyboard.type("31032027")
        settle(page)
    look(page, f"{picture}-before")
    button(page, SAID["decide.now"])
    look(page, picture)


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a select box by a part of its words."""
    page.get_by_role("combobox", name=label).click()
    page.keyboard.type(option)
    page.get_by_role("option").filter(has_text=option).first.click()
    settle(page)


def hand_over(page: Page, address: str) -> None:
    """The frozen version goes to the city, with the day by which an answer is asked for."""
    page.goto(f"{address}/priorities?priorities=answers")
    settle(page)
    sign(page)
    look(page, "13-hand-over")
    button(page, SAID["hand_over.save"])
    expect(page.get_by_text("ist am 22.11.2026 an")).to_be_visible()
    look(page, "14-handed-over")


def as_the_city(chromium: Browser, address: str, tmp_path: Path) -> None:
    """The city opens one address and takes PDF, XLSX and the answer sheet."""
    window = open_window(chromium)
    window.goto(f"{address}/stadt")
    expect(window.get_by_role("heading", name="Prioritätenliste, Fassung 3")).to_be_visible()
    expect(window.get_by_text(TITLE)).to_be_visible()
    if folder := os.environ.get("ESDASH_PICTURES"):
        window.screenshot(path=Path(folder) / "15-city.png")
    for label, name in (("PDF", "list.pdf"), ("Excel", "list.xlsx"), ("Antwortbogen", "sheet.xlsx")):
        with window.expect_download() as loading:
            window.get_by_role("link", name=label).first.click()
        loading.value.save_as(tmp_path / name)
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF-")
    listed = openpyxl.load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert any(TITLE in map(str, row) for row in listed.iter_rows(values_only=True))
    window.context.close()


def answers(page: Page, address: str, tmp_path: Path) -> None:
    """The filled sheet comes back by the import."""
    book = openpyxl.load_workbook(tmp_path / "sheet.xlsx")
    sheet = book.worksheets[0]
    heads = {cell.value: cell.column for row in sheet.iter_rows() for cell in row if cell.value == "Antwort"}
    (line,) = [cell.row for row in sheet.iter_rows() for cell in row if cell.value == TITLE]
    sheet.cell(line, heads["Antwort"], "angenommen")
    book.save(tmp_path / "answered.xlsx")
    page.goto(f"{address}/imports?import=answers")
    settle(page)
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(tmp_path / "answered.xlsx")
    settle(page)
    look(page, "16-answer-preview")
    button(page, SAID["sheet_import.run_one"].format(n=1))
    said(page, "1 Antwort zu Fassung 3 ist gespeichert.")
    look(page, "17-answered")


def next_agenda(page: Page, address: str) -> None:
    """The next meeting is to talk about the answer."""
    page.goto(f"{address}/meetings")
    settle(page)
    look(page, "18-next-agenda")
    expect(page.get_by_text("vorgeschlagen")).to_be_visible()
    sign(page)
    button(page, SAID["agenda.take_all"])
    page.get_by_role("link", name=SAID["meetings.present"]).click()
    settle(page)
    for number in range(1, 5):
        look(page, f"19-presented-{number}")
        page.keyboard.press("ArrowRight")
    settle(page)
    expect(page.get_by_text("Punkt 4 von")).to_be_visible()
    page.get_by_role("link", name=SAID["present.leave"]).click()
    settle(page)
    page.get_by_role("radio", name=SAID["meetings.part_decide"]).click()
    settle(page)
    choose(page, SAID["decide.point"], "Antworten der Stadt zur Fassung 3")
    expect(page.get_by_text("Geantwortet: 1 angenommen.")).to_be_visible()
    look(page, "19-answer")


def measure(page: Page, address: str, tmp_path: Path) -> None:
    """What came of it: the measure of the decision, the effect of an older one, the control list."""
    page.goto(f"{address}/measures")
    settle(page)
    expect(page.get_by_text("M-09")).to_be_visible()
    look(page, "20-board")
    page.goto(f"{address}/measures?id=ma1")
    settle(page)
    effect = page.get_by_role("heading", name=SAID["effect.title"], exact=True)
    effect.scroll_into_view_if_needed()
    expect(page.get_by_text("Davon kommen aus neuen Plätzen dieser Maßnahme").first).to_be_visible()
    look(page, "21-effect")
    page.goto(f"{address}/measures?measures=control")
    settle(page)
    look(page, "22-control")
    with page.expect_download() as loading:
        button(page, SAID["word.download_xlsx"])
    loading.value.save_as(tmp_path / "control.xlsx")
    rows = openpyxl.load_workbook(tmp_path / "control.xlsx").worksheets[0].iter_rows(values_only=True)
    assert any("M-09" in str(row) and "2026/15" in str(row) for row in rows)


def sign(page: Page) -> None:
    """Enter one's name."""
    known_as(page, "Ada Lovelace")


def button(page: Page, name: str) -> None:
    page.get_by_test_id("stMain").get_by_role("button", name=name, exact=True).first.click()
    settle(page)


def look(page: Page, name: str) -> None:
    settle(page)
    if folder := os.environ.get("ESDASH_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png")
