"""A dashboard on a free port, a browser, and windows that wait until nothing moves any more."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Browser, Page, expect, sync_playwright

from esdash.texts import Text
from esdash.ui.shell.author import COOKIE as NAME_COOKIE
from esdash.ui.shell.explained import COOKIE
from esdash.ui.shell.navigation import PAGES
from tests.provide import chromium

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-3d-apis",  # no WebGL: office machines and remote desktops often have none
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def served(database: Path, today: str = "2026-11-22", log: Path | None = None, script: str = "app.py") -> Iterator[str]:
    """The dashboard on a free loopback port; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"ESDASH_DATABASE": str(database), "ESDASH_TODAY": today, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "streamlit", "run", script]
    with open(log or os.devnull, "wb") as output:
        process = subprocess.Popen(
            [*command, "--server.port", str(port)], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/_stcore/health")
            yield address
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(address: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=1).read()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(address)


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield opened
        finally:
            opened.close()


# Notes when the page last asked the server for something, and when anything was last done or changed in it.
NOTING = """
    (() => {
        const noted = window.esdashNoted = {asked: -Infinity, open: false, changed: performance.now()};
        const send = WebSocket.prototype.send;
        WebSocket.prototype.send = function (...data) {
            noted.asked = performance.now();
            noted.open = true;
            return send.apply(this, data);
        };
        const done = 'pointerdown pointerup click keydown input change popstate resize scroll';
        for (const kind of done.split(' ')) addEventListener(kind, () => { noted.changed = performance.now(); }, true);
        new MutationObserver(records => {
            noted.changed = performance.now();
            const state = 'data-test-script-state';
            if (records.some(r => r.attributeName === state && r.oldValue === 'running')) noted.open = false;
        }).observe(document, {
            subtree: true, childList: true, characterData: true, attributes: true, attributeOldValue: true
        });
    })()
"""
# A run answers what was asked, except that some messages ask for no run; a table tells of a click after 0.15 s.
# A new installation makes its example while other tests begin; an upper bound, nothing waits for it.
PATIENCE = 180_000  # milliseconds
SETTLED = """
    () => {
        const app = document.querySelector('.stApp'), noted = window.esdashNoted, now = performance.now();
        return app && app.dataset.testScriptState === 'notRunning'
            && document.querySelector("[data-testid='stAppViewContainer'] h1")
            && !document.querySelector("[data-testid='stSkeleton']")
            && !(noted.open && now - noted.asked < 3000)
            && now - Math.max(noted.asked, noted.changed) > 250;
    }
"""


def open_window(
    browser: Browser, width: int = 1280, height: int = 720, locale: str = "de-DE", explained: bool = True
) -> Page:
    """A window of its own, still empty; `explained`: of somebody who has put away what explains each page."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale=locale, color_scheme="light")
    context.add_init_script(NOTING)
    page = context.new_page()
    if explained:
        script = f"document.cookie = '{COOKIE}={'.'.join(PAGES)}; path=/'"
        context.add_init_script(f"if (!document.cookie.includes('{COOKIE}')) {script}")
    return page


def open_page(browser: Browser, address: str, width: int = 1280, height: int = 720, locale: str = "de-DE") -> Page:
    """A page that has finished loading, in a window of its own."""
    page = open_window(browser, width, height, locale)
    page.goto(address)
    settle(page)
    return page


def known_as(page: Page, name: str) -> None:
    """Open the page again as somebody whose name the browser keeps from an earlier visit."""
    page.context.add_cookies([{"name": NAME_COOKIE, "value": quote(name), "url": page.url}])
    page.reload()
    settle(page)


def give_name(page: Page, name: str) -> None:
    """Answer the dialog that asks for one's name once a button needs it; what was wanted is done then."""
    dialog = page.get_by_role("dialog").filter(has=page.get_by_label(Text("de")("author.name"), exact=True))
    dialog.get_by_label(Text("de")("author.name"), exact=True).fill(name)
    dialog.get_by_role("button", name=Text("de")("author.go_on"), exact=True).click()
    settle(page)


def settle(page: Page) -> None:
    """Wait until the run that an entry caused has ended, the charts are drawn and nothing moves any more."""
    page.wait_for_function(SETTLED, timeout=PATIENCE)


def has(page: Page, **wanted: str | None) -> None:
    """Wait until the run has ended and the address has these parameters, perhaps with others (None: no parameters)."""
    page.wait_for_function(
        "wanted => { const q = new URLSearchParams(location.search);"
        " return Object.entries(wanted).every(([k, v]) => v === null ? !q.has(k) : q.getAll(k).includes(v)) }",
        arg=wanted,
        timeout=20_000,
    )
    settle(page)


def said(page: Page, words: str) -> None:
    """Wait until it stands on the page; a note in the corner says it too."""
    expect(page.get_by_test_id("stMain").get_by_text(words)).to_be_visible()
