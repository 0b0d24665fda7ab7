"""What people do with the dashboard, in a real browser against a real server, from the first start on."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from esdash.inventory import create
from esdash.ui.shell.navigation import GROUPS, UNGROUPED
from tests.browser.screenshots import PAGES, has, open_page, open_window, served, settle
from tests.pages import hostile
from tests.pages.said import texts
from tests.people import TEST

pytestmark = pytest.mark.browser

ROW = 35  # pixels of a row of a table, its header included
LANGUAGES = ("de", "en")
SIZES = {"projector": (1280, 720), "telephone": (390, 844)}
HERE = "127.0.0.1"
TOO_WIDE = """Math.max(...[document.scrollingElement, document.querySelector("[data-testid='stMain']")]
    .map(element => element.scrollWidth - element.clientWidth))"""
expect.set_options(timeout=20_000)


class Visit(NamedTuple):
    """What was found on one page of the tour over all pages."""

    page: str
    language: str
    title: str
    address: str
    too_wide: dict[str, int]  # window → pixels by which the page is wider than the window


class Tour(NamedTuple):
    """A walk over all pages: the visits, every address asked for, what the server wrote meanwhile."""

    visits: list[Visit]
    requests: list[str]
    log: str


class First(NamedTuple):
    """What the very first visitor of a new installation saw."""

    text: str
    districts: str
    made: bool


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dashboard")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """A server that starts without an inventory."""
    with served(folder / "new" / "inventory.duckdb", log=folder / "log") as opened:
        yield opened


@pytest.fixture(scope="module")
def first(chromium: Browser, address: str, folder: Path) -> First:
    """The first visit of all, by a link a colleague sent."""
    page = open_page(chromium, f"{address}/gaps?district_in=16")
    seen = First(
        page.get_by_test_id("stMain").inner_text(),
        page.get_by_role("combobox", name="Stadtbezirk").input_value(),
        (folder / "new" / "inventory.duckdb").exists(),
    )
    page.context.close()
    return seen


@pytest.fixture
def page(chromium: Browser, address: str, first: First, tmp_path: Path) -> Iterator[Page]:
    """A window on the first page; a picture of its end is kept beside the test."""
    opened = open_page(chromium, address)
    yield opened
    opened.screenshot(path=tmp_path / "end.png")
    opened.context.close()


@pytest.fixture(scope="module")
def tour(chromium: Browser, address: str, first: First, folder: Path) -> Tour:
    page = open_window(chromium)
    requests = watched(page)
    visits = walked(page, address, "de")
    page.context.close()
    return Tour(visits, requests, (folder / "log").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def hostile_tour(chromium: Browser, folder: Path) -> Tour:
    """The same tour in English, with names that look like markup or formulas; with cards, map and one detail."""
    database, log = folder / "hostile" / "inventory.duckdb", folder / "hostile.log"
    create(database, "public", hostile.fill, TEST, clock=lambda: datetime(2026, 11, 22, 10, tzinfo=UTC))
    with served(database, log=log) as opened:
        page = open_window(chromium)
        requests = watched(page)
        page.on("dialog", lambda dialog: requests.append(f"dialog: {dialog.message}") or dialog.dismiss())
        visits = walked(page, opened, "en")
        for query in ("view=cards", "view=map", "id=e0"):
            page.goto(f"{opened}/initiatives?{query}")
            settle(page)
        page.context.close()
    return Tour(visits, requests, log.read_text(encoding="utf-8"))


def walked(page: Page, address: str, language: str) -> list[Visit]:
    page.goto(f"{address}/?lang={language}")
    settle(page)
    visits = []
    for number, name in enumerate(PAGES):
        if number:
            go_to(page, name, language)
        title_is(page, texts(language)[f"{name}.title"])
        too_wide = {}
        for window in reversed(SIZES):  # the wide one last: there the links to the pages stand side by side
            page.set_viewport_size(size(window))
            with contextlib.suppress(TimeoutError):  # charts and tables follow the window one after the other
                page.wait_for_function(f"{TOO_WIDE} <= 1", timeout=5_000)
            too_wide[window] = page.evaluate(TOO_WIDE)
        visits.append(Visit(name, language, page.locator("h1").inner_text(), page.url, too_wide))
    return visits


def go_to(page: Page, name: str, language: str) -> None:
    """Through the navigation above the page, where the pages of a group stand in a menu."""
    group = next(group for group, pages in GROUPS.items() if name in pages)
    if group not in UNGROUPED:
        page.get_by_test_id("stTopNavSection").filter(has_text=texts(language)[f"navigation.{group}"]).click()
        page.get_by_test_id("stTopNavDropdownLink").nth(GROUPS[group].index(name)).click()
    else:
        page.get_by_test_id("stTopNavLink").filter(has_text=texts(language)[f"{name}.nav"]).click()


def watched(page: Page) -> list[str]:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("websocket", lambda socket: requests.append(socket.url))
    return requests


def size(window: str) -> dict[str, int]:
    width, height = SIZES[window]
    return {"width": width, "height": height}


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def title_is(page: Page, words: str) -> None:
    """Wait until the page has this title alone: while a run goes on, the one before still stands there, greyed."""
    expect(page.get_by_role("heading", level=1, name=words, exact=True)).to_be_visible()
    expect(page.locator("h1")).to_have_count(1)
    settle(page)


def choose(page: Page, label: str, option: str) -> None:
    """Open a list of filters and take the option that begins so (behind it stands how many it would show)."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=re.compile(rf"^\s*{re.escape(option)} \(\d+\)$")).click()
    page.keyboard.press("Escape")


def chosen(page: Page, number: int) -> list[str]:
    """What a list of filters has chosen, without the counts."""
    tags = page.get_by_test_id("stMultiSelect").nth(number).get_by_test_id("stMultiSelectTagsContainer")
    return sorted(re.findall(r"([^\n]+?) \(\d+\)", tags.inner_text().replace("\u2002", "")))


def click_row(page: Page, number: int) -> None:
    """Click on the beginning of a row: its name, or its box if rows can be ticked; the table is one canvas."""
    table = page.get_by_test_id("stDataFrame").first
    table.hover(
        position={"x": ROW / 2, "y": ROW * (number + 0.5) + 2}
    )  # scrolls there, and the canvas sees the pointer
    settle(page)
    table.click(position={"x": ROW / 2, "y": ROW * (number + 0.5) + 2})


def download(page: Page, label: str) -> tuple[str, bytes]:
    with page.expect_download() as started:
        page.get_by_role("button", name=label, exact=True).first.click()
    return started.value.suggested_filename, Path(started.value.path()).read_bytes()


def csv_rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def xlsx_rows(content: bytes) -> tuple[list[str], list[dict[str, object]]]:
    """Lines above the table, and the table as one dictionary per row."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    lines = [list(row) for row in sheet.iter_rows(values_only=True)]
    header = next(number for number, line in enumerate(lines) if sum(cell is not None for cell in line) > 3)
    above = [str(line[0]) for line in lines[:header] if line[0]]
    return above, [dict(zip(lines[header], line, strict=True)) for line in lines[header + 1 :]]


def test_the_first_visit_of_all_may_be_a_link_to_a_page(first: First) -> None:
    assert first.made
    assert texts("de")["gaps.title"] in first.text
    assert texts("de")["app.example_banner"] in first.text  # the last line
    assert "EN" in first.text
    assert "Nachweis: Zoberberg" in first.text
    assert first.districts == "Zoberberg"


def test_a_tile_leads_to_its_records(page: Page) -> None:
    tile = page.get_by_test_id("stMetric").filter(has_text=texts("de")["tile.initiatives"])
    figure = tile.get_by_test_id("stMetricValue").inner_text()
    page.get_by_role("link", name=texts("de")["tile.initiatives_open"].format(n=figure)).click()
    title_is(page, texts("de")["initiatives.title"])
    assert query(page) == {"status": ["active"]}
    assert f"{figure} Angebote von" in page.get_by_test_id("stMain").inner_text()


def test_search_filter_share_open_and_return(page: Page, address: str) -> None:
    page.goto(f"{address}/initiatives")
    settle(page)
    page.get_by_role("textbox", name="Suche").fill("Deutch")  # meant is Deutsch
    page.keyboard.press("Enter")
    has(page, q="Deutch")
    choose(page, "Thema", "Deutsch lernen")
    has(page, theme="german_courses")
    choose(page, "Zielgruppe", "Erwachsene (27 bis 59 Jahre)")
    has(page, theme="german_courses", target_group="adults")
    # The counts behind the options have changed by now; what was chosen before must survive another choice.
    choose(page, "Zielgruppe", "Frauen")
    has(page, target_group="women")
    choose(page, "Thema", "Grundbildung und Alphabetisierung")
    has(page, theme="literacy")
    link = {"q": ["Deutch"], "theme": ["german_courses", "literacy"], "target_group": ["adults", "women"]}
    assert query(page) == link
    assert chosen(page, 0) == ["Deutsch lernen", "Grundbildung und Alphabetisierung"]
    sentence = page.get_by_text(re.compile(r"\d+ Angebote von \d+ im Bestand")).inner_text()

    page.reload()
    settle(page)
    assert query(page) == link
    assert page.get_by_role("textbox", name="Suche").input_value() == "Deutch"
    assert chosen(page, 0) == ["Deutsch lernen", "Grundbildung und Alphabetisierung"]
    assert chosen(page, 1) == ["Erwachsene (27 bis 59 Jahre)", "Frauen"]
    assert page.get_by_text(re.compile(r"\d+ Angebote von \d+ im Bestand")).inner_text() == sentence

    name, content = download(page, texts("de")["word.download_csv"])
    assert name == "esdash-initiatives-2026-11-22.csv"
    rows = csv_rows(content)
    assert len(rows) == int(sentence.split()[0]) > 1
    for row in rows:
        assert re.search("Deutsch lernen|Grundbildung und Alphabetisierung", row["Themen"])
        assert re.search("Erwachsene|Frauen", row["Zielgruppen"])
    name, content = download(page, texts("de")["word.download_xlsx"])
    assert name == "esdash-initiatives-2026-11-22.xlsx"
    above, cells = xlsx_rows(content)
    assert texts("de")["app.example_note"] in above
    assert [row["Angebot"] for row in cells] == [row["Angebot"] for row in rows]
    for text, cell in zip(rows, cells, strict=True):
        assert text["Plätze pro Woche"] == ("" if cell["Plätze pro Woche"] is None else str(cell["Plätze pro Woche"]))
        assert cell["Bestätigt am"] is None or f"{cell['Bestätigt am']:%d.%m.%Y}" == text["Bestätigt am"]

    for number, back in ((1, "button"), (2, "browser")):
        click_row(page, number)
        page.get_by_role("link", name=rows[number - 1]["Angebot"]).click()  # above the table; rows stand as in the file
        title_is(page, rows[number - 1]["Angebot"])
        assert "id" in query(page)
        if back == "button":
            page.get_by_role("button", name=texts("de")["detail.back"]).click()
        else:
            page.go_back()
        title_is(page, texts("de")["initiatives.title"])
        has(page, id=None)
        assert query(page) == link
        assert chosen(page, 0) == ["Deutsch lernen", "Grundbildung und Alphabetisierung"]


def test_weights_by_keyboard(page: Page) -> None:
    go_to(page, "priorities", "de")
    title_is(page, texts("de")["priorities.title"])
    page.get_by_role("radio", name=texts("de")["items.part_proposals"]).click()
    has(page, priorities="proposals")
    agreed = [row["Priorität"] for row in csv_rows(download(page, texts("de")["word.download_csv"])[1])]
    page.get_by_text(texts("de")["priorities.weights_short"], exact=True).click()
    slider = page.get_by_role("slider", name=texts("de")["criterion.size"])
    before = slider.input_value()
    slider.focus()
    page.keyboard.press("End")
    has(page, weight_size="100")
    expect(slider).to_be_focused()  # the focus of the keyboard stays where it was
    weighted = [row["Priorität"] for row in csv_rows(download(page, texts("de")["word.download_csv"])[1])]
    assert weighted != agreed
    assert sorted(weighted) == sorted(agreed)
    assert weighted[0] in page.get_by_text("An erster Stelle steht").inner_text()
    above, cells = xlsx_rows(download(page, texts("de")["word.download_xlsx"])[1])
    assert [row["Priorität"] for row in cells] == weighted
    assert texts("de")["app.example_note"] in above
    page.go_back()
    has(page, weight_size=None)
    title_is(page, texts("de")["priorities.title"])
    page.get_by_text(texts("de")["priorities.weights_short"], exact=True).click()
    expect(slider).to_have_value(before)
    page.go_back()
    page.go_back()
    title_is(page, texts("de")["overview.title"])


def test_the_language_stays_over_pages_and_in_the_address(page: Page) -> None:
    page.get_by_role("radio", name="EN").click()
    title_is(page, texts("en")["overview.title"])
    has(page, lang="en")
    for name in ("gaps", "method"):
        go_to(page, name, "en")
        title_is(page, texts("en")[f"{name}.title"])
        has(page, lang="en")
    page.reload()
    title_is(page, texts("en")["method.title"])
    page.go_back()
    title_is(page, texts("en")["gaps.title"])
    has(page, lang="en")
    page.get_by_role("radio", name="DE").click()
    title_is(page, texts("de")["gaps.title"])
    has(page, lang=None)


def test_every_page_in_both_languages(tour: Tour, hostile_tour: Tour) -> None:
    visits = [*tour.visits, *hostile_tour.visits]
    for visit in visits:
        assert visit.title == texts(visit.language)[f"{visit.page}.title"]
        assert ("lang=en" in visit.address) == (visit.language == "en")
    assert sorted((visit.language, visit.page) for visit in visits) == sorted(product(LANGUAGES, PAGES))


def test_no_page_scrolls_sideways(tour: Tour, hostile_tour: Tour) -> None:
    wide = [visit for visit in (*tour.visits, *hostile_tour.visits) if max(visit.too_wide.values()) > 1]
    assert wide == []


def test_no_request_leaves_the_machine(tour: Tour, hostile_tour: Tour) -> None:
    assert len(tour.requests) > 20
    asked = [urlsplit(request) for request in (*tour.requests, *hostile_tour.requests)]
    assert {f"{url.scheme}://{url.hostname}" for url in asked if url.scheme not in ("data", "blob")} <= {
        f"http://{HERE}",
        f"ws://{HERE}",
    }


def test_the_server_has_nothing_to_complain_about(tour: Tour, hostile_tour: Tour) -> None:
    for log in (tour.log, hostile_tour.log):
        assert "You can now view" in log
        complaints = re.compile("warn|error|exception|traceback|deprecat", re.IGNORECASE)
        assert [line for line in log.splitlines() if complaints.search(line)] == []
