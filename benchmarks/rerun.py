"""How much longer a rerun of each page takes than one of a blank page, from the request to the last message."""

from __future__ import annotations

import asyncio
import csv
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import date, timedelta
from pathlib import Path

from benchmarks import first_answer, inventories, server, table
from benchmarks.visitor import PageFailed, Visitor
from esdash.inventory import default_city
from esdash.ui.shell.navigation import PAGES

RERUNS = 30
WARM_UPS = 3
CHANGES = 10
REPEATED = 500
LIMITS = dict(zip(inventories.NAMES, (60, 150), strict=True))  # milliseconds on top of the blank page
WORDS = ("deutsch", "sprache", "kinder", "mentor", "cafe", "beratung", "sport", "garten", "musik", "lernen")


def run(against: str | None = None) -> bool:
    """Print the tables. False where a page breaks its limit or fails. `against`: a revision to compare with."""
    with tempfile.TemporaryDirectory() as folder:
        if against:
            _compare(Path(folder), against)
        kept = [_measure(name, Path(folder)) for name in inventories.NAMES]
    return all(kept)


def _compare(folder: Path, against: str) -> None:
    """The first look after a change, now and in another revision, each on a fresh example made by its own code."""
    with first_answer.code_of(against) as code:
        before = first_answer.after_change(code, folder / "before.duckdb", PAGES)
    now = first_answer.after_change(server.ROOT, folder / "now.duckdb", PAGES)
    rows = [(page, now[page], before[page], f"× {now[page] / before[page]:.2f}") for page in PAGES]
    total, total_before = sum(now.values()), sum(before.values())
    rows.append(("all", total, total_before, f"× {total / total_before:.2f}"))
    title = "First look after an offer was edited. Milliseconds of processor time, median"
    table.show(title, ("page", "after a change", against, "ratio"), rows)


def _measure(name: str, folder: Path) -> bool:
    database = inventories.copy_of(name, folder)
    with server.running(server.BLANK) as blank, server.running(server.APP, database) as app:
        rows: list[tuple[object, ...]] = []
        failures = []
        for page in PAGES:
            try:
                rows.append(_row(page, blank.port, app.port, LIMITS[name]))
            except PageFailed as failure:
                failures.append(str(failure))
        title = f"Rerun, {name}. Milliseconds, median of {RERUNS}; at most {LIMITS[name]} more than the blank page"
        heading = ("page", "rerun", "blank", "more", "ratio", "kept", "filter changed", "kB first / later")
        table.show(title, heading, rows)
        if failures:
            print("", *failures, sep="\nFAILED ")
        working = [str(row[0]) for row in rows]
        before, after = asyncio.run(_memory(app, working, REPEATED // 5)), asyncio.run(_memory(app, working, REPEATED))
        if before and after:
            print(f"\nMemory after {REPEATED} more reruns over all pages: {before:.0f} → {after:.0f} MB")
    return not failures and all(row[5] == "yes" for row in rows)


def _row(page: str, blank: int, app: int, limit: float) -> tuple[object, ...]:
    floor, time, first, later = asyncio.run(alternating(blank, app, page))
    verdict = "yes" if time - floor <= limit else "NO"
    changed = asyncio.run(_changing(app, page))
    return (page, time, floor, time - floor, table.ratio(time, floor), verdict, changed, f"{first:.0f} / {later:.0f}")


async def alternating(blank: int, app: int, page: str, query: str = "") -> tuple[float, float, float, float]:
    """Medians of the blank page and of `page` (with that query), and kilobytes that its first and its last run sent.

    They run in turns, so that changes in the load of the computer affect both.
    """
    async with Visitor(blank) as floor, Visitor(app, page) as visitor:
        visitor.query = query
        await visitor.rerun()
        first = visitor.kilobytes
        pairs = [(await floor.rerun(), await visitor.rerun()) for _ in range(WARM_UPS + RERUNS)][WARM_UPS:]
        floor, time = (statistics.median(times) for times in zip(*pairs, strict=True))
        return floor, time, first, visitor.kilobytes


async def _changing(app: int, page: str) -> float | None:
    """Median of reruns whose results are not cached; None for a page without filters."""
    async with Visitor(app, page) as visitor:
        await visitor.rerun()
        times = []
        for query in _queries(page):
            visitor.query = query
            times.append(await visitor.rerun())
    return statistics.median(times) if times else None


def _queries(page: str) -> Iterator[str]:
    """CHANGES different values for a filter of the page, as URLs."""
    today = date.fromisoformat(inventories.DAY)
    if page == "overview":
        yield from (f"since={today - timedelta(days=40 + change)}" for change in range(CHANGES))
    elif page == "initiatives":
        yield from (f"q={word}" for word in WORDS[:CHANGES])
    elif page == "actors":
        yield from (f"actors=help&words={word}" for word in WORDS[:CHANGES])
    elif page == "trainings":
        yield from (f"module={key}" for key in _ids("modules.csv", "module_id"))
    elif page == "priorities":
        yield from (f"priorities=proposals&weight_size={50 + change}" for change in range(CHANGES))
    elif page == "gaps":
        yield from (f"district_in={key}" for key in _ids("districts.csv", "district_id"))


def _ids(file: str, column: str) -> list[str]:
    with (default_city() / file).open(encoding="utf-8-sig", newline="") as rows:
        return [row[column] for row in csv.DictReader(rows)][:CHANGES]


async def _memory(app: server.Server, pages: list[str], reruns: int) -> float | None:
    """Megabytes of the server after that many reruns, page after page."""
    async with AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(Visitor(app.port, page)) for page in pages]
        for number in range(reruns):
            await visitors[number % len(visitors)].rerun()
    return server.resident_megabytes(app.pid)
