"""How much memory stays in use after visitors who each look at another day of the past."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import date, timedelta
from pathlib import Path

from benchmarks import inventories, server, table
from benchmarks.visitor import Visitor
from esdash.inventory.file.store import LOOKBACKS_KEPT

STEPS = (0, 3, 15, 40)  # visitors
WARM_UPS = 5
MOST = 300  # limit [MB] above the beginning, for the look-backs that stay open and cached results


def run() -> bool:
    """Print the table. False if the memory grows beyond the limit."""
    with tempfile.TemporaryDirectory() as folder:
        database = inventories.copy_of(inventories.NAMES[0], Path(folder))
        with server.running(server.APP, database) as app:
            used = asyncio.run(_visits(app))
    if not used:
        print("\nMemory of look-backs: this system does not tell")
        return True
    rows = [(visitors, megabytes, megabytes - used[0]) for visitors, megabytes in zip(STEPS, used, strict=True)]
    title = f"Look-backs, example. Megabytes of the server, each visitor another day; {LOOKBACKS_KEPT} stay open"
    table.show(title, ("visitors", "MB", "more"), rows)
    return used[-1] - used[0] <= MOST


async def _visits(app: server.Server) -> list[float]:
    """Megabytes of the server after each of STEPS; empty if the system does not report memory."""
    for _ in range(WARM_UPS):
        await _visit(app, "")
    used = []
    for number in range(STEPS[-1] + 1):
        if number in STEPS:
            used.append(server.resident_megabytes(app.pid))
        day = date.fromisoformat(inventories.DAY) - timedelta(days=number + 1)
        await _visit(app, f"on={day}")
    return [megabytes for megabytes in used if megabytes is not None]


async def _visit(app: server.Server, query: str) -> None:
    async with Visitor(app.port, "gaps") as visitor:
        visitor.query = query
        await visitor.rerun()
