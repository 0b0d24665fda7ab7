"""The list of erasures in a file beside the inventory, so that it is not lost with a damaged inventory.

It holds the marks of the table `erasure`: salted, slow hashes, which recognise a person in a backup but do not reveal
who it was.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

Erasure = dict[str, Any]  # a row of the table `erasure`; in the file beside it without actor and reason

_KEPT = "erasure_id, contact_id, erased_at, salt, marks"


def beside(path: Path) -> Path:
    """The path of the list of erasures of the inventory at `path`."""
    return path.with_name(path.name + ".erasures")


def known(path: Path) -> list[Erasure] | None:
    """The erasures noted beside the inventory at `path`; None if there is no list or it cannot be read."""
    try:
        rows = json.loads(beside(path).read_text(encoding="utf-8"))
        return [row | {"erased_at": datetime.fromisoformat(row["erased_at"])} for row in rows]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def note(path: Path, erasures: Iterable[Erasure]) -> None:
    """Add erasures to the list. If that fails, nothing is raised: the inventory itself holds them too."""
    before = known(path)
    together = {row["erasure_id"]: row for row in [*erasures, *(before or [])]}
    if before is not None and len(together) == len(before):
        return
    kept = [{name: row[name] for name in _KEPT.split(", ")} for row in together.values()]
    part = beside(path).with_name(beside(path).name + ".part")
    with suppress(OSError):
        part.write_text(json.dumps(kept, default=lambda moment: moment.isoformat()), encoding="utf-8")
        os.replace(part, beside(path))


def note_all(path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Write all erasures of the open inventory into the list beside it."""
    rows = connection.execute(f"SELECT {_KEPT} FROM inventory.erasure").fetchall()
    note(path, [dict(zip(_KEPT.split(", "), row, strict=True)) for row in rows])
