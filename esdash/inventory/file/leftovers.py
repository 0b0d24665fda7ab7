"""Removing the copies that a killed process leaves beside an inventory, because an erasure would miss them.

Only the process that has the inventory open does this, so no erasure of another process is running. Making and
restoring an inventory copy without having it open; the names of their drafts hold the number of their process.
"""

import os
import re
import time
from pathlib import Path

from esdash.inventory.file.attaching import backup_folder

_OLD = 3600  # seconds; copying an inventory takes some


def remove(path: Path) -> None:
    """Delete leftover copies beside the inventory at `path` and its backups, except those of a running process."""
    draft = re.compile(re.escape(path.name) + r"\.(\d+)\.draft(\..+)?")
    for file in path.parent.glob("*"):
        made = draft.fullmatch(file.name)
        erasing = file.name.startswith(path.name + ".erasing")
        if erasing or (made and not _at_work(int(made[1]), file)):
            file.unlink(missing_ok=True)
    for file in backup_folder(path).glob("*.duckdb*"):
        if ".erasing" in file.name or (file.name.endswith(".part") and _old(file)):
            file.unlink(missing_ok=True)


def _at_work(process: int, file: Path) -> bool:
    """Whether another process that is still running made the draft; this process has none while it opens or erases."""
    if process == os.getpid():
        return False
    if os.name == "nt":  # Windows: asking whether a process runs would end it
        return not _old(file)
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _old(file: Path) -> bool:
    try:
        return time.time() - file.stat().st_mtime > _OLD
    except OSError:
        return False
