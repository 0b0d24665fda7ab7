"""What the server answers besides Streamlit's own: one small file for each route and each middleware.

Middleware is plain ASGI (a class with `__call__(scope, receive, send)`), the first of the list sees a request first.
"""

from pathlib import Path

from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from esdash.serve import overview
from esdash.serve.ending import lifespan as lifespan
from esdash.serve.unknown_address import UnknownAddress

SCRIPT = Path(__file__).parents[1] / "ui" / "main.py"
ROUTES: list[BaseRoute] = [overview.ROUTE]
MIDDLEWARE = [Middleware(UnknownAddress)]
