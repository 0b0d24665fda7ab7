"""How long the start takes: making and opening the inventory, and showing the first page."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path

from benchmarks import inventories, server, table
from benchmarks.visitor import Visitor
from esdash import analysis

STARTS = 5


def run() -> bool:
    """Print the table. No limit: always True."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        blank = statistics.median(_first_page(server.BLANK, None) for _ in range(STARTS))
        rows: list[tuple[object, ...]] = [("a blank page", blank, "× 1.0")]
        new = [_first_page(server.APP, folder / f"new-{number}.duckdb") for number in range(STARTS)]
        rows.append(("very first start, makes the example", statistics.median(new), _to(blank, new)))
        for inventory in inventories.NAMES:
            path = inventories.copy_of(inventory, folder)
            times = [_first_page(server.APP, path) for _ in range(STARTS)]
            rows.append((f"start, {inventory}", statistics.median(times), _to(blank, times)))
        table.show(
            f"From starting the server to its first page. Milliseconds, median of {STARTS}",
            ("what", "time", "ratio to blank"),
            rows,
        )
        opening = []
        for inventory in inventories.NAMES:
            path = folder / f"{inventory.replace(' ', '-')}.duckdb"
            opening.append((inventory, table.median_milliseconds(partial(_open, path), STARTS)))
        table.show(f"Opening the inventory. Milliseconds, median of {STARTS}", ("inventory", "time"), opening)
    return True


def _open(path: Path) -> None:
    analysis.open_inventory(path, inventories.clock).close()


def _to(blank: float, times: list[float]) -> str:
    return table.ratio(statistics.median(times), blank)


def _first_page(script: Path, database: Path | None) -> float:
    async def visit(port: int) -> None:
        async with Visitor(port) as visitor:
            await visitor.rerun()

    began = time.perf_counter()
    with server.running(script, database) as started:
        asyncio.run(visit(started.port))
        return (time.perf_counter() - began) * 1000
