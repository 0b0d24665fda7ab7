"""An unknown address gets a sentence in the visitor's language and a link back.

Streamlit itself would send its page for every address, which then says in English that there is no such page.
"""

from html import escape
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from esdash.serve import city_list
from esdash.texts import LANGUAGES, Text
from esdash.ui.shell.navigation import PAGES

_KNOWN = {"/", city_list.PATH, *(f"/{name}" for name in PAGES)}


class UnknownAddress:
    """Answers requests for unknown addresses instead of Streamlit; files and messages pass through."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["path"] in _KNOWN:
            await self.app(scope, receive, send)
            return
        replaced = False

        async def answer(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start" and message["status"] == 200:
                replaced = Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
                if replaced:
                    await _page(scope)(scope, receive, send)
            if not replaced:
                await send(message)

        await self.app(scope, receive, answer)


def _page(scope: Scope) -> HTMLResponse:
    language = _language(scope)
    text = Text(language)
    back = "/" if language == LANGUAGES[0] else f"/?lang={language}"
    title, sentence, link = (escape(text(f"app.unknown_address{part}")) for part in ("", "_hint", "_back"))
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>esdash</title>'
        f'<h1>{title}</h1><p>{sentence}</p><p><a href="{back}">{link}</a></p></html>',
        status_code=404,
    )


def _language(scope: Scope) -> str:
    """The language of the address, else the browser's first language that we have, else German."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [])
    accepted = Headers(scope=scope).get("accept-language", "").split(",")
    wanted = [*asked, *(entry.split(";")[0].strip()[:2].lower() for entry in accepted)]
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])
