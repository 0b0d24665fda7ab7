"""Pictures of every page and state, to be looked at: python -m tests.browser.pictures FOLDER, and those of the README.

Only what a window shows without scrolling, in three sizes, and what is printed on A4; one folder for each inventory and
language. `--help` lists how to take fewer. Without --pages the six pictures of the README's tour are taken as well.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser, Page

from esdash.examples.start import start
from esdash.ui.shell.navigation import PAGES
from tests.browser.screenshots import browser, open_window, served, settle
from tests.conftest import NOW
from tests.pages.visits import VISITS

SIZES = {"1280": (1280, 720), "1920": (1920, 1080), "390": (390, 844)}
PAPER = "A4"
INVENTORIES = ("example", "public", "empty")
LANGUAGES = ("de", "en")

TOUR_FOLDER = Path(__file__).parents[2] / "docs" / "tour"
TOUR_MOST = 300_000  # bytes of all pictures together: a README is read over slow lines too
# Name of the picture → page and what its link asks for.
TOUR: dict[str, tuple[str, dict[str, str]]] = {
    "1-lagebild": ("overview", {}),
    "2-weisse-flecken": ("gaps", {"theme_in": "homework", "district_in": "03"}),
    "3-doppelstrukturen": ("overlaps", {}),
    "4-prioritaeten": ("priorities", {}),
    "5-schulungen": ("trainings", {}),
    "6-anlaufstellen": ("contact_points", {}),
}


def main() -> None:
    """Take the pictures that the command line asks for."""
    asked = _asked()
    with browser() as opened, tempfile.TemporaryDirectory() as scratch:
        for kind in asked.inventories:
            path = Path(scratch) / kind / "inventory.duckdb"
            start(path, kind, clock=lambda: NOW)
            with served(path) as address:
                for language in asked.languages:
                    _all(opened, address, asked.folder / kind / language, language, asked)
                if kind == "example" and not asked.pages:
                    _tour(opened, address)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.pictures", description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("screenshots"))
    parser.add_argument("--pages", nargs="+", choices=PAGES, default=[])
    parser.add_argument("--inventories", nargs="+", choices=INVENTORIES, default=INVENTORIES)
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument("--sizes", nargs="+", choices=(*SIZES, PAPER), default=(*SIZES, PAPER))
    return parser.parse_args()


def _all(opened: Browser, address: str, folder: Path, language: str, asked: argparse.Namespace) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    states = [(page, query) for page, query in VISITS if not asked.pages or page in asked.pages]
    for size in asked.sizes:
        width, height = SIZES.get(size, SIZES["1280"])
        window = open_window(opened, width, height)
        for page, query in states:
            path = folder / f"{'-'.join([page, *query.values(), size]).replace('|', '+')}.png"
            if size == PAPER:
                _visit(window, address, page, {**query, "print": "1", "lang": language})
                window.pdf(path=path.with_suffix(".pdf"), format="A4", print_background=True)
            else:
                _visit(window, address, page, {**query, "lang": language})
                window.screenshot(path=path)
        window.context.close()


def _tour(opened: Browser, address: str) -> None:
    window = open_window(opened, *SIZES["1280"])
    TOUR_FOLDER.mkdir(exist_ok=True)
    for name, (page, query) in TOUR.items():
        _visit(window, address, page, query)
        (TOUR_FOLDER / f"{name}.png").write_bytes(_light(window.screenshot()))
    window.context.close()


def _light(picture: bytes) -> bytes:
    """The picture with few colours, which a page of text and bars does not miss."""
    found = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        image.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(found, "PNG", optimize=True)
    return found.getvalue()


def _visit(window: Page, address: str, page: str, query: Mapping[str, str]) -> None:
    path = "" if page == PAGES[0] else page  # the first page is the address itself
    window.goto(f"{address}/{path}?{urlencode(query)}")
    settle(window)


if __name__ == "__main__":
    main()
