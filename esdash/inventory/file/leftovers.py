"""What killed work leaves beside an inventory: whole copies that no erasure would reach.

Looked for by whoever holds the inventory, so that nobody else is erasing in it; making and restoring hold nothing while
they copy, their drafts carry the number of their process.
"""

import os
import re
import time
from pathlib import Path

from esdash.inventory.file.attaching import backup_folder

_OLD = 3600  # seconds; copying an inventory takes some


def remove(path: Path) -> None:
    """Take away what is left over beside the inventory at `path` and its backups; nothing of a process at work."""
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
    """Whether the process that made the draft still runs. This one has none while it opens or erases."""
    if process == os.getpid():
        return False
    if os.name == "nt":  # no question there that does not disturb the process
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
