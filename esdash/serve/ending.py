"""What happens when the server ends: the inventory is written out, and nothing stays in the log beside it.

The server ends by its signal, without Python's own end, at which everybody else writes the inventory out.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from esdash.inventory.file import shared


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[None]:
    """From the start of the server to its end."""
    yield
    shared.close_all()
