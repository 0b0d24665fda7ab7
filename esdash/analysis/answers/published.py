"""What the city sees: the versions that a meeting adopted or that were handed over, and how each differs."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from esdash.analysis.answers.answers import versions
from esdash.inventory import Inventory


class Published(NamedTuple):
    """A version for the city: its row, and how many entries are new against the version before, done, dropped or put
    aside (empty for the first).
    """

    version: dict[str, Any]
    before: int | None  # number of the version before
    changes: dict[str, int]


def published(inventory: Inventory) -> list[Published]:
    """The versions for the city, the newest first. What is frozen without a decision and kept is none of them."""
    every = {row["number"]: row for row in versions(inventory)}
    contents: dict[int, Mapping[str, Any]] = {
        row["number"]: _content(row["content"]) for row in inventory.rows("SELECT number, content FROM list_version")
    }
    found = []
    for number, row in every.items():
        if row["adopted_on"] is None and row["handed_over_on"] is None:
            continue
        before = number - 1 if number - 1 in every else None
        changes = {} if before is None else _changes(contents[number], contents[before])
        found.append(Published(row, before, changes))
    return found


def _changes(now: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, int]:
    listed, stood = _keys(now, "entries"), _keys(before, "entries")
    gone = [entry.get("ended_as") for entry in now.get("gone", [])]
    return {
        "new": len(listed - stood),
        "done": gone.count("done"),
        "dropped": gone.count("dropped"),
        "put_aside": len(_keys(now, "aside") & stood),
    }


def _keys(content: Mapping[str, Any], part: str) -> set[str]:
    return {entry["entry_key"] for entry in content.get(part, [])}


def _content(written: str) -> Mapping[str, Any]:
    try:
        content = json.loads(written)
    except ValueError:  # altered past the write door: the chain of checksums says so
        return {}
    return content if isinstance(content, dict) else {}
