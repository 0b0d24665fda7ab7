"""Redirects /overview to the first page, which has no path of its own; old links and people use that name."""

from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from esdash.ui.shell.navigation import PAGES


def _first_page(request: Request) -> RedirectResponse:
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{query}", status_code=308)


ROUTE = Route(f"/{PAGES[0]}", _first_page)
