"""Who was erased, kept beside the inventory as well: a damaged file must not take that along.

What stands there are the marks of the table `erasure`, salted slow hashes that recognise a person in a backup and tell
nobody who it was.
"""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

Erasure = dict[str, Any]  # a row of the table; from beside the file without those who did it and why

_KEPT = "erasure_id, contact_id, erased_at, salt, marks"


def beside(path: Path) -> Path:
    """The file with the erasures of the inventory at `path`."""
    return path.with_name(path.name + ".erasures")


def known(path: Path) -> list[Erasure] | None:
    """The erasures noted beside the inventory at `path`; None where nothing is noted or it cannot be read."""
    try:
        rows = json.loads(beside(path).read_text(encoding="utf-8"))
        return [row | {"erased_at": datetime.fromisoformat(row["erased_at"])} for row in rows]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def note(path: Path, erasures: Iterable[Erasure]) -> None:
    """Note these besides those noted already. Where that cannot be written, the inventory itself still knows them."""
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
    """Note the erasures that the open inventory knows."""
    rows = connection.execute(f"SELECT {_KEPT} FROM inventory.erasure").fetchall()
    note(path, [dict(zip(_KEPT.split(", "), row, strict=True)) for row in rows])
