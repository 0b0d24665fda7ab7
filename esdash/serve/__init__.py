"""The server's own routes and middleware beside Streamlit's, one small file each.

Middleware is plain ASGI (a class with `__call__(scope, receive, send)`); the first in the list gets a request first.
"""

from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from esdash.serve import browser, city_list, overview, own_name, training_calendar
from esdash.serve.ending import lifespan as lifespan
from esdash.serve.unknown_address import UnknownAddress

SCRIPT = Path(__file__).parents[1] / "ui" / "main.py"
ROUTES: list[BaseRoute] = [
    overview.ROUTE,
    *browser.ROUTES,
    *city_list.ROUTES,
    *training_calendar.ROUTES,
    *own_name.ROUTES,
]
MIDDLEWARE = [Middleware(UnknownAddress), Middleware(browser.WithScript)]
