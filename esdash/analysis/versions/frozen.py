"""The frozen versions: what each says, its files, and whether the chain of checksums holds."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.inventory.steering.versions import chain


class Frozen(NamedTuple):
    """One frozen version, as its row and its content say."""

    list_version_id: str
    number: int
    title: str
    frozen_on: Any
    as_of: Any
    sha256: str
    files: list[dict[str, Any]]  # name, media_type, size, sha256
    content: Mapping[str, Any]


@cached
def versions(inventory: Inventory) -> list[Frozen]:
    """Every version, the newest first."""
    rows = inventory.rows("FROM inventory.list_version ORDER BY number DESC")
    return [_frozen(row) for row in rows]


def last(inventory: Inventory) -> Frozen | None:
    """The newest version; None if nothing has been frozen."""
    rows = inventory.rows("FROM inventory.list_version ORDER BY number DESC LIMIT 1")
    return _frozen(rows[0]) if rows else None


def adoptions(inventory: Inventory) -> list[dict[str, Any]]:
    """The decisions of meetings that adopted the list and that no version names yet, the newest first."""
    return inventory.rows("FROM list_adoption")


@cached
def faults(inventory: Inventory) -> dict[int, tuple[str, ...]]:
    """Number of a version → what of it does not agree with its checksums; without those that agree."""
    return {link.number: link.broken for link in chain(inventory) if link.broken}


def _frozen(row: Mapping[str, Any]) -> Frozen:
    try:
        content = json.loads(row["content"])
    except ValueError:  # altered past the write door: the chain says so
        content = {}
    return Frozen(
        row["list_version_id"],
        row["number"],
        row["title"],
        row["frozen_on"],
        row["as_of"],
        row["content_sha256"],
        json.loads(row["files"]),
        content,
    )
