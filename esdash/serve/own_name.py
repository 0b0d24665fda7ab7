"""Keeps the visitor's own name in the browser: POST /mein-name sets it as a cookie, an empty name takes it away.

The pages send it when it changes (esdash/ui/shell/author.py). Only they may: a page of another origin is refused.
"""

import json
from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from esdash.ui.shell import author, url

KEPT_SECONDS = 180 * 24 * 3600  # half a year without a visit; a new name begins it anew
LONGEST_BODY = 1000  # bytes; a name of 60 characters needs at most 760 as JSON


async def _keep(request: Request) -> Response:
    if not _from_here(request) or request.headers.get("content-type", "") != "application/json":
        return Response(status_code=403)
    name = _name(await _body(request))
    if name is None:
        return Response(status_code=400)
    answer = Response(status_code=204, headers={"Cache-Control": "no-store"})
    about = {"path": "/", "httponly": True, "samesite": "lax", "secure": request.url.scheme == "https"}
    if name:
        answer.set_cookie(author.COOKIE, quote(name, safe=""), max_age=KEPT_SECONDS, **about)  # type: ignore[arg-type]
    else:
        answer.delete_cookie(author.COOKIE, **about)  # type: ignore[arg-type]
    return answer


ROUTES: list[BaseRoute] = [Route(url.OWN_NAME, _keep, methods=["POST"])]


def _from_here(request: Request) -> bool:
    """Whether a page of this server asks."""
    return urlsplit(request.headers.get("origin", "")).netloc == request.headers.get("host", "-")


async def _body(request: Request) -> bytes:
    """The body, cut off where it is longer than any name."""
    found = b""
    async for part in request.stream():
        found += part
        if len(found) > LONGEST_BODY:
            return b""
    return found


def _name(body: bytes) -> str | None:
    """The name as it is kept, empty to forget it; None if the body holds none."""
    try:
        name = json.loads(body)["name"]
    except (ValueError, KeyError, TypeError):
        return None
    return author.cleaned(name) if isinstance(name, str) else None
