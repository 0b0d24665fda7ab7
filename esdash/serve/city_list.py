"""The city's page: /stadt shows the newest version of the list, /stadt/fassung-2.pdf … hand out its files.

One address that needs no explanation. It reads the inventory that the dashboard has open; only what is public is shown.
"""

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import PurePosixPath
from typing import Any, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from esdash.analysis import answers
from esdash.analysis.answers import Published
from esdash.errors import UserError
from esdash.exports.answers import folder_of, sheet_of
from esdash.inventory import Inventory, default_path
from esdash.inventory.steering.versions import MEDIA_TYPES, file_of
from esdash.model.canonical import sha256
from esdash.serve import city_page as html
from esdash.serve.city_page import Link
from esdash.texts import LANGUAGES, Text, is_missing
from esdash.ui.shell import session, url
from esdash.wording import city_list as words
from esdash.wording.answers import decided
from esdash.wording.names import Names, names_of

PATH = url.CITY
_MEDIA = {**MEDIA_TYPES, ".zip": "application/zip"}
_READ, _BESIDE = ("pdf", "xlsx", "csv"), ("json", "txt")  # endings of stored files, in the order of their links
_FILE = re.compile(r"fassung-([1-9][0-9]{0,5})(-antwortbogen|-pruefsummen)?\.(pdf|xlsx|csv|json|txt|zip)")
_INLINE = ("pdf", "txt")  # opened in the browser; others are saved

Result = TypeVar("Result")


async def _page(request: Request) -> Response:
    return await run_in_threadpool(_guarded, request, partial(_shown, request))


async def _file(request: Request) -> Response:
    return await run_in_threadpool(_guarded, request, partial(_handed_out, request))


async def _without_slash(request: Request) -> Response:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"../{PATH.strip('/')}{query}", status_code=308)


ROUTES: list[BaseRoute] = [
    Route(PATH, _page),
    Route(f"{PATH}/", _without_slash),
    Route(f"{PATH}/{{name}}", _file),
]


def _guarded(request: Request, answer: Callable[[Inventory, Text], Response]) -> Response:
    """The answer; if the inventory cannot be opened, the message why."""
    text = _text(request)
    try:
        return answer(session.at(default_path()), text)
    except UserError as error:
        what, hint = text.error(error)
        return _written(text, text("city_list.empty_title"), 503, html.text(what), html.text(hint, "quiet"))


def _shown(request: Request, inventory: Inventory, text: Text) -> Response:
    """The page of the newest version, or of the one that the address names."""
    found, names = answers.published(inventory), names_of(inventory, text)
    asked = request.query_params.get("fassung", "")
    other = Link(_address(_other(text), fassung=asked), text("city_list.other_language"))
    chosen = next((one for one in found if str(one.version["number"]) == asked), None) if asked else None
    if asked and chosen is None:
        return _nothing(text, text("city_list.no_version", number=asked[:10]))
    if not found:
        top = html.top(words.network(None, names), other, _other(text).language)
        said = (html.text(text("city_list.empty")), html.text(text("city_list.empty_hint")))
        return _written(text, text("city_list.empty_title"), 200, *said, *_how(text), top=top)
    shown = chosen or found[0]
    top = html.top(words.network(shown.version, names), other, _other(text).language)
    parts = _version(inventory, shown, found, names)
    return _written(text, text("city_list.title", number=shown.version["number"]), 200, *parts, top=top)


def _version(inventory: Inventory, shown: Published, found: list[Published], names: Names) -> list[str]:
    text, version = names.text, shown.version
    kind, newest = names.city["kind"], found[0].version["number"]
    rows = answers.entries(inventory, version["list_version_id"]).astype(object).to_dict("records")
    listed = [(_rank(row["rank"], text), row["title"], words.state(row, text)) for row in rows]
    headings = [text(f"city_list.column_{name}") for name in ("rank", "item", "state")]
    others = [
        Link(_address(text, fassung=number), text("city_list.earlier_one", number=number, decided=decided(row, text)))
        for one in found
        if (number := (row := one.version)["number"]) < newest and number != version["number"]
    ]
    newer = version["number"] < newest
    read, beside = _links(version, text)
    return [
        html.text(text(f"export.{kind}_note"), "note") if kind in ("example", "generated") else "",
        html.text(text("city_list.newer", number=newest), "note") if newer else "",
        html.text(words.sentence(shown, text)),
        html.files(text("city_list.files"), read),
        html.text(text("city_list.how_to_answer"), "quiet"),
        html.links(text("city_list.beside"), beside, "quiet"),
        html.table(text("city_list.entries"), headings, listed),
        html.text(text("city_list.more"), "quiet"),
        f"<p>{html.link(Link(_address(text), text('city_list.to_newest')))}</p>" if newer else "",
        html.links(text("city_list.earlier"), others),
        html.text(f"{text('city_list.checksum')}: {version['content_sha256']}", "quiet sum"),
        *_how(text),
    ]


def _how(text: Text) -> list[str]:
    sentences = [html.text(text(f"city_list.how_{place}")) for place in (1, 2, 3)]
    return [html.heading(text("city_list.how"), "how"), *sentences]


def _links(version: dict[str, Any], text: Text) -> tuple[list[Link], list[Link]]:
    """The files of a version that people open, with the answer sheet; and those for programs and for checking."""
    number = version["number"]
    stored = {PurePosixPath(file["name"]).suffix.lstrip("."): file for file in json.loads(version["files"])}
    language = "" if text.language == LANGUAGES[0] else f"?lang={text.language}"
    found = {}
    for ending in stored:
        label = text(f"city_list.file_{ending}") if ending in (*_READ, *_BESIDE) else ending
        if ending == "pdf":
            label = text("city_list.kilobytes", label=label, n=max(round(stored[ending]["size"] / 1000), 1))
        middle = "-pruefsummen" if ending == "txt" else ""
        found[ending] = Link(f"{PATH}/fassung-{number}{middle}.{ending}", label)
    sheet = Link(f"{PATH}/fassung-{number}-antwortbogen.xlsx{language}", text("city_list.file_sheet"))
    together = Link(f"{PATH}/fassung-{number}.zip{language}", text("city_list.file_folder"))
    return (
        [*(found[ending] for ending in _READ if ending in found), sheet],
        [*(found[ending] for ending in _BESIDE if ending in found), together],
    )


def _handed_out(request: Request, inventory: Inventory, text: Text) -> Response:
    """A file of a version, with its checksum as the mark by which a browser knows whether it has it already."""
    match = _FILE.fullmatch(request.path_params["name"])
    versions = {one.version["number"]: one.version for one in answers.published(inventory)}
    if match is None:
        return _nothing(text, text("city_list.no_file"))
    version = versions.get(int(match.group(1)))
    if version is None:
        return _nothing(text, text("city_list.no_version", number=match.group(1)))
    content = _content(inventory, version, match.group(2) or "", match.group(3), text)
    if content is None:
        return _nothing(text, text("city_list.no_file"))
    mark = f'"{sha256(content)}"'
    ending = match.group(3)
    headers = {
        "ETag": mark,
        "Cache-Control": "no-cache",
        "Content-Disposition": f'{"inline" if ending in _INLINE else "attachment"}; filename="{match.group(0)}"',
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    if mark in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=_MEDIA[f".{ending}"], headers=headers)


def _content(inventory: Inventory, version: dict[str, Any], part: str, ending: str, text: Text) -> bytes | None:
    key = version["list_version_id"]
    if part == "-antwortbogen":
        return sheet_of(inventory, text, key) if ending == "xlsx" else None
    if ending == "zip":
        return None if part else folder_of(inventory, text, key)
    if (part == "-pruefsummen") != (ending == "txt"):
        return None
    names = [
        file["name"] for file in json.loads(version["files"]) if PurePosixPath(file["name"]).suffix == f".{ending}"
    ]
    return file_of(inventory, key, names[0]) if names else None


def _nothing(text: Text, said: str) -> HTMLResponse:
    back = f"<p>{html.link(Link(_address(text), text('city_list.back')))}</p>"
    return _written(text, said, 404, html.text(text("city_list.no_file_hint")), back)


def _written(text: Text, title: str, status: int, *parts: str, top: str = "") -> HTMLResponse:
    return HTMLResponse(
        html.page(text.language, title, top, html.title(title), *parts), status_code=status, headers=html.HEADERS
    )


def _rank(rank: Any, text: Text) -> str:
    return text("city_list.unranked") if is_missing(rank) else str(int(rank))


def _address(text: Text, **query: Any) -> str:
    """The page in this language, from any address of the page."""
    asked = {"lang": "" if text.language == LANGUAGES[0] else text.language, **query}
    pairs = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    return f"{PATH}?{pairs}" if pairs else PATH


def _other(text: Text) -> Text:
    return Text(next(language for language in LANGUAGES if language != text.language))


def _text(request: Request) -> Text:
    """In the language of the address; German otherwise, for the page is for the city."""
    return Text(request.query_params.get("lang", LANGUAGES[0]))
