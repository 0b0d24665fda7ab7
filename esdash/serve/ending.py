"""The end of the server: the inventory is written out, so that no log stays beside the file.

A signal ends the server without Python's exit handlers, which write the inventory out in other processes.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from esdash.inventory.file import shared


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """The lifespan of the server: closes all inventories at its end."""
    yield
    shared.close_all()
