"""Every page and state on a projector and a telephone: nothing sticks out, no words overlap, the answer is in sight."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from esdash.ui.shell.navigation import PAGES
from tests.browser.measures import measured, overlapping, tiny
from tests.browser.screenshots import open_window, settle
from tests.pages.visits import VISITS

pytestmark = pytest.mark.browser

TELEPHONE, PROJECTOR = (390, 844), (1280, 720)
LEAST_SIZE = 9  # pixels of the words of a chart
FIRST = {page: dict(query) for page, query in reversed(VISITS)}  # each page as it opens


def names(states: list[tuple[str, dict[str, str]]]) -> list[str]:
    return ["-".join([page, *query.values()]) for page, query in states]


@pytest.fixture(scope="module")
def telephone(chromium: Browser) -> Iterator[Page]:
    window = open_window(chromium, *TELEPHONE)
    yield window
    window.context.close()


@pytest.fixture(scope="module")
def projector(chromium: Browser) -> Iterator[Page]:
    window = open_window(chromium, *PROJECTOR)
    yield window
    window.context.close()


def visit(window: Page, address: str, page: str, query: dict[str, str]) -> None:
    path = "" if page == PAGES[0] else page  # the first page is the address itself
    window.goto(f"{address}/{path}?{urlencode(query)}")
    settle(window)


STATES = [(page, query) for page, query in VISITS if "print" not in query]


@pytest.mark.parametrize(("page", "query"), STATES, ids=names(STATES))
def test_on_a_telephone(
    telephone: Page, address: str, page: str, query: dict[str, str], request: pytest.FixtureRequest
) -> None:
    if len(query) > 1 and not request.config.getoption("thorough"):
        pytest.skip("each page and part; what a longer link asks for with --thorough")
    visit(telephone, address, page, query)
    seen = measured(telephone)
    assert (seen.sideways, seen.wide) == (0, [])
    assert overlapping(seen) == []
    assert tiny(seen, LEAST_SIZE) == []


@pytest.mark.parametrize("page", PAGES)
def test_on_a_projector(projector: Page, address: str, page: str) -> None:
    visit(projector, address, page, FIRST.get(page, {}))
    seen = measured(projector)
    assert (seen.sideways, seen.wide) == (0, [])
    assert overlapping(seen) == []
    assert tiny(seen, LEAST_SIZE) == []
    assert 0 < seen.title < 150 and seen.picture is not None and seen.picture < 480
