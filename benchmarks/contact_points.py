"""Reruns of the parts of Anlaufstellen, Werkstatt and Akteure, on top of a blank page."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from benchmarks import inventories, rerun, server, table
from benchmarks.visitor import PageFailed

ONE = dict(zip(inventories.NAMES, ("p19", "cpt-5"), strict=True))  # the contact point that is open
PARTS = (
    ("contact_points", "list", ""),
    ("contact_points", "list, open today and reliable", "open=today&reliable=1"),
    ("contact_points", "list, a search", "q=sprach"),
    ("contact_points", "map", "as=map"),
    ("contact_points", "one above the list", "id=ONE"),
    *(("contact_points", part, f"contact_points={part}") for part in ("finder", "volunteers", "print", "texts")),
    ("workshops", "workshops", ""),
    ("actors", "actors", ""),
    ("actors", "cards", "view=cards"),
)


def run() -> bool:
    """Print the tables. False where a part breaks its limit or fails."""
    with tempfile.TemporaryDirectory() as folder:
        kept = [_measure(name, Path(folder)) for name in inventories.NAMES]
    return all(kept)


def _measure(name: str, folder: Path) -> bool:
    database, limit = inventories.copy_of(name, folder), rerun.LIMITS[name]
    rows: list[tuple[object, ...]] = []
    with server.running(server.BLANK) as blank, server.running(server.APP, database) as app:
        for page, part, query in PARTS:
            try:
                asked = query.replace("ONE", ONE[name])
                floor, time, first, later = asyncio.run(rerun.alternating(blank.port, app.port, page, asked))
            except PageFailed as failure:
                rows.append((page, part, "FAILED", str(failure)[:60], "", "", "NO", ""))
                continue
            verdict = "yes" if time - floor <= limit else "NO"
            size = f"{first:.0f} / {later:.0f}"
            rows.append((page, part, time, floor, time - floor, table.ratio(time, floor), verdict, size))
    title = f"Contact points, {name}. Milliseconds, median of {rerun.RERUNS}; at most {limit} more than the blank page"
    heading = ("page", "part", "rerun", "blank", "more", "ratio", "kept", "kB first / later")
    table.show(title, heading, rows)
    return all(row[6] == "yes" for row in rows)
