"""The script of our own in every page: the document's language, how wide the window is, Streamlit's words in German.

Streamlit writes its own words in English and sends one page for both languages. So the page that it sends gets one more
script before its own, with an address that changes with what it holds; browsers ask for it once.
"""

import json
import re
import tomllib
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from esdash.model.canonical import sha256
from esdash.texts import LANGUAGES, Text
from esdash.ui.shell import screen
from esdash.ui.shell.navigation import PAGES

_PAGES = {"/", *(f"/{name}" for name in PAGES)}
_UNWANTED = {b"accept-encoding", b"if-none-match", b"if-modified-since"}  # would bring a page that cannot be changed
_HEADERS = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}


def words() -> dict[str, dict[str, str]]:
    """Where Streamlit writes (a CSS selector) → its words → ours; {name} stands for what is inserted."""
    read = tomllib.loads(Path(__file__).with_name("browser_words.toml").read_text(encoding="utf-8"))
    return {place["where"]: place["words"] for place in read.values()}


def _script() -> str:
    given = {"places": list(words().items()), "cookie": screen.COOKIE, "narrow": screen.NARROW}
    code = Path(__file__).with_name("browser.js").read_text(encoding="utf-8")
    return f'"use strict";\n((given) => {{\n{code}}})({json.dumps(given, ensure_ascii=False)});\n'


_SCRIPT = _script()
PATH = f"/esdash-{sha256(_SCRIPT.encode())[:12]}.js"


async def _served(request: Request) -> Response:
    if request.url.path != PATH:  # a page from before an upgrade
        return PlainTextResponse("", 404)
    return Response(_SCRIPT, media_type="text/javascript", headers=_HEADERS)


ROUTES: list[BaseRoute] = [Route("/esdash-{mark}.js", _served)]


class WithScript:
    """Puts the script into the page that Streamlit sends for the address of a page; all else passes through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["path"] not in _PAGES:
            await self.app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def answer(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            headers = MutableHeaders(raw=list(start["headers"]))
            if headers.get("content-type", "").startswith("text/html"):
                body = _with_script(body, _language(scope))
                del headers["etag"], headers["content-length"]
            await send({**start, "headers": headers.raw})
            await send({"type": "http.response.body", "body": body})

        plain = [(name, value) for name, value in scope["headers"] if name not in _UNWANTED]
        await self.app({**scope, "headers": plain}, receive, answer)


def _language(scope: Scope) -> str:
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    return asked if asked in LANGUAGES else LANGUAGES[0]


@lru_cache(maxsize=8)
def _with_script(page: bytes, language: str) -> bytes:
    """The page with our script before all others, our name and, for browsers without scripts, a sentence of ours."""
    text = page.decode()
    text = text.replace('<html lang="en">', f'<html lang="{language}">', 1)
    text = text.replace("<head>", f'<head>\n    <script src=".{PATH}"></script>', 1)
    text = text.replace("<title>Streamlit</title>", "<title>esdash</title>", 1)
    sentence = escape(Text(language)("app.no_script"))
    return re.sub(r"(?s)(<noscript>).*?(</noscript>)", rf"\1<p>{sentence}</p>\2", text, count=1).encode()
