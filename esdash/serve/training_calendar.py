"""The calendar of all trainings, to subscribe to: /kalender/schulungen.ics, with ?lang=en in English.

Calendars ask again and again, so a request that names the state it has gets no second copy. Only public facts: what the
file of the page holds, without people who wait. Whoever has the address may read; a secret in it would be checked in
`_asked`, and written by `url.calendar`.
"""

from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from esdash import exports
from esdash.analysis.trainings import calendar
from esdash.errors import UserError
from esdash.inventory import Inventory, default_path
from esdash.model.canonical import sha256
from esdash.texts import LANGUAGES, Text
from esdash.ui.shell import session, url

FOLDER, _, NAME = url.CALENDAR.rpartition("/")
AGAIN_SECONDS = 600  # when to ask again if the inventory cannot be opened, as while a backup is put back
_HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "Cache-Control": "no-cache"}


async def _asked(request: Request) -> Response:
    text = Text(request.query_params.get("lang", LANGUAGES[0]))
    if request.path_params["name"] != NAME:
        return _said(
            request, 404, text("calendar.no_calendar"), text("calendar.no_calendar_hint", address=url.CALENDAR)
        )
    return await run_in_threadpool(_answered, request, text)


ROUTES: list[BaseRoute] = [Route(f"{FOLDER}/{{name:path}}", _asked)]


def _answered(request: Request, text: Text) -> Response:
    try:
        content, changed = _content(session.at(default_path()), text)
    except UserError as error:
        answer = _said(request, 503, text("calendar.not_now"), *text.error(error))
        answer.headers["Retry-After"] = str(AGAIN_SECONDS)
        return answer
    headers = {
        **_HEADERS,
        "ETag": f'"{sha256(content)}"',
        "Last-Modified": format_datetime(changed, usegmt=True),
        "Content-Disposition": f'inline; filename="{NAME}"',
        "Content-Language": text.language,
    }
    if _has_it(request, headers["ETag"], changed):
        return Response(status_code=304, headers=headers)
    return _written(request, 200, content, "text/calendar", headers)


def _content(inventory: Inventory, text: Text) -> tuple[bytes, datetime]:
    """The file, and when something was changed last; made anew only when something changes."""

    def made() -> tuple[bytes, datetime]:
        changed = calendar.changed(inventory).astimezone(UTC).replace(microsecond=0)
        return exports.trainings_calendar(inventory, text, public=True), changed

    found: tuple[bytes, datetime] = inventory.once(("training calendar", text.language), made)
    return found


def _has_it(request: Request, mark: str, changed: datetime) -> bool:
    """Whether the calendar has this state already; its mark counts before the time (RFC 9110)."""
    if (marks := request.headers.get("if-none-match")) is not None:
        return any(one.strip().removeprefix("W/") in (mark, "*") for one in marks.split(","))
    try:
        since = parsedate_to_datetime(request.headers.get("if-modified-since", ""))
    except ValueError:
        return False
    return changed <= (since if since.tzinfo else since.replace(tzinfo=UTC))


def _said(request: Request, status: int, *sentences: str) -> Response:
    """An error in words; calendars show the status, people who open the address read the sentences."""
    return _written(request, status, "\n".join(sentences).encode(), "text/plain", dict(_HEADERS))


def _written(request: Request, status: int, content: bytes, media: str, headers: dict[str, str]) -> Response:
    headers |= {"Content-Type": f"{media}; charset=utf-8", "Content-Length": str(len(content))}
    return Response(b"" if request.method == "HEAD" else content, status, headers)
