"""The script of our own in every page, and the words of Streamlit that it replaces."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import streamlit
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from esdash.serve import browser
from tests.serve import asking

STATIC = Path(streamlit.__file__).parent / "static"
PAGE = (STATIC / "index.html").read_bytes()
# Words that Streamlit puts together from pieces which stand apart in its code.
PIECES = {
    "Press Enter to apply": ("Press Enter to ", "`apply`"),
    "Press Enter to submit form": ("Press Enter to ", "submit form"),
    "Press Ctrl+Enter to apply": ("`Ctrl`", "+Enter to ", "`apply`"),
    "Press Ctrl+Enter to submit form": ("`Ctrl`", "+Enter to ", "submit form"),
    "Press ⌘+Enter to apply": ("⌘", "+Enter to ", "`apply`"),
    "Press ⌘+Enter to submit form": ("⌘", "+Enter to ", "submit form"),
    "You can only select up to 1 option. Remove an option first.": (
        "You can only select up to ",
        "`option`",
        ". Remove an option first.",
    ),
    "You can only select up to {number} options. Remove an option first.": (
        "You can only select up to ",
        "`options`",
        ". Remove an option first.",
    ),
    "month, {label}": ("month:`month`",),
    "year, {label}": ("year:`year`",),
    "day, {label}": ("day:`day`",),
    "Choose date, {date}": ("Choose date",),
    "Error: {fault}": ("Error: ",),
    ": {fault}": ("Error**: ",),
    "{number}MB": ("`MB`",),
    "{number}KB": ("`KB`",),
    "{number} option available.": (" option`", "} available."),
    "{number} options available.": (" options`", "} available."),
    "add icon": (" icon`",),
    "{number}MB per file": ("`MB`", " per file"),
    "{number}MB per file • {types}": ("`MB`", " per file", " • "),
    "File must be {number}MB or smaller.": ("File must be ", " or smaller."),
    "{number} of {all} result": (" of ", " result"),
    "{number} of {all} results": (" of ", " result", "`s`"),
    "{number} results": (" result", "`s`"),
    **{f"{name}: {{label}}": (name,) for name in ("Show/hide columns", "Search", "Fullscreen", "Close fullscreen")},
    "Clear selection: {label}": ("Clear selection",),
}


async def _streamlit(request: object) -> HTMLResponse:
    return HTMLResponse(PAGE, headers={"ETag": '"streamlit"'})


def _asked(path: str, method: str = "GET", headers: dict[str, str] | None = None) -> asking.Got:
    """The answer of a server that sends Streamlit's page, with our script in it."""
    app = Starlette(routes=[*browser.ROUTES, *(Route(one, _streamlit) for one in ("/", "/gaps", "/other"))])
    app.add_middleware(browser.WithScript)
    return asking.ask(path, method, headers, app)


def test_the_page_asks_for_our_script_before_streamlits() -> None:
    got = _asked("/gaps", headers={"If-None-Match": '"streamlit"'})
    scripts = re.findall(r'<script[^>]*src="([^"]+)"', got.body.decode())
    assert got.status == 200
    assert scripts[0] == f".{browser.PATH}"
    assert scripts[1].startswith("./static/js/index")
    assert not {"etag", "content-length"} & set(got.headers)  # of the page that it was
    assert _asked("/gaps", "HEAD").status == 200
    assert _asked("/other").body == PAGE


def test_the_page_says_its_language_and_our_name_before_any_script_runs() -> None:
    german, english = _asked("/").body.decode(), _asked("/?lang=en").body.decode()
    assert '<html lang="de">' in german
    assert '<html lang="en">' in english
    assert "<title>esdash</title>" in german
    assert "Diese Seite braucht JavaScript." in german
    assert "This page needs JavaScript." in english
    assert "You need to enable JavaScript" not in german
    assert '<html lang="de">' in _asked("/?lang=xx").body.decode()


def test_browsers_ask_for_the_script_once() -> None:
    got = asking.ask(browser.PATH)  # as the dashboard serves it
    assert got.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in got.headers["cache-control"]
    assert '"Datei wählen"' in got.body.decode()
    assert _asked("/esdash-000000000000.js").status == 404


def test_the_installed_streamlit_still_writes_what_is_replaced() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (STATIC / "static" / "js").glob("*.js"))
    gone = [
        english
        for place in browser.words().values()
        for english in place
        for piece in PIECES.get(english) or re.split(r"\{\w+\}", english)
        if piece not in code
    ]
    assert gone == []


def test_what_streamlit_inserts_is_inserted_in_german_too() -> None:
    for place in browser.words().values():
        for english, german in place.items():
            assert Counter(re.findall(r"\{\w+\}", english)) == Counter(re.findall(r"\{\w+\}", german)), english
            assert german.strip() == german != ""


def test_no_word_is_replaced_twice() -> None:
    """Else the page would go round in circles: what stands for an English word is none itself, unless the same."""
    words = browser.words().values()
    english = {one for place in words for one in place}
    assert [(one, german) for place in words for one, german in place.items() if german in english - {one}] == []
