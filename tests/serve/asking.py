"""A request to the routes and the middleware of the server, without a server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from starlette.applications import Starlette
from starlette.types import ASGIApp

from esdash.serve import MIDDLEWARE, ROUTES


class Got(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def words(self) -> str:
        """What stands there, without the signs of HTML."""
        return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", self.body.decode(), flags=re.S).split())


Ask = Callable[..., Got]


def ask(
    path: str,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    app: ASGIApp | None = None,
    body: bytes = b"",
) -> Got:
    """One request to the server, or to another app, and its answer."""
    with ThreadPoolExecutor(1) as aside:  # a browser that other tests drive may run a loop of its own in this thread
        return aside.submit(asyncio.run, _asked(path, method, headers or {}, app, body)).result()


async def _asked(path: str, method: str, headers: dict[str, str], app: ASGIApp | None, body: bytes) -> Got:
    bare, _, query = path.partition("?")
    scope = {
        **{"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http"},
        **{"path": bare, "raw_path": bare.encode(), "query_string": query.encode(), "root_path": ""},
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        **{"client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80)},
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await (app or Starlette(routes=ROUTES, middleware=MIDDLEWARE))(scope, receive, send)
    start = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return Got(sent[0]["status"], start, b"".join(message.get("body", b"") for message in sent[1:]))
