"""Questions to the inventory. Each module holds the functions, the .sql beside it the method."""

from __future__ import annotations

from pathlib import Path

from esdash.analysis import judgements
from esdash.inventory import Inventory, files, open_file

_HERE = Path(__file__).parent

# In the order of loading: later ones build on earlier ones.
_RELATIONS = (
    "base",
    "records",
    "small_numbers",
    "conditions",
    "coverage",
    "gaps",
    "duplicates",
    "overlap_decisions",
    "overlaps",
    "overlap_cases",
    "overlap_network",
    "training",
    "calendar",
    "bundling",
    "search",
    "selection",
    "situation",
    "priorities",
    "handout",
    "history",
    "freshness",
    "links",
    "keeping",
)


def definitions() -> list[str]:
    """The views and table macros of all questions, loaded into the connection when the inventory opens."""
    return [judgements.as_sql(), *((_HERE / f"{name}.sql").read_text(encoding="utf-8") for name in _RELATIONS)]


def open_inventory(path: Path | None = None, clock: files.Clock = files.utc_now) -> Inventory:
    """The inventory at `path` (default: where ESDASH_DATABASE says), ready to be asked. Raises UserError."""
    return open_file(path or files.default_path(), definitions(), clock)
