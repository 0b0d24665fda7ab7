"""Automatic backups beside the inventory file: made without closing the file; older ones are thinned out."""

import itertools
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from esdash.errors import UserError
from esdash.inventory.file import last_change
from esdash.inventory.file.attaching import backup_folder

KEPT = 10  # automatic backups; most mistakes are noticed within ten imports, the others within the month


def copy(source: Path, target: Path) -> None:
    """Copy a file that may be open here, by a child process.

    When a process closes any handle of a file, POSIX drops all locks that the process holds on it: copying in this
    process would let a second process into the open inventory.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("copy_failed", path=target, details=error) from error
    part = target.with_name(target.name + ".part")
    command = [sys.executable, "-c", "import shutil, sys; shutil.copyfile(*sys.argv[1:])", str(source), str(part)]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        part.unlink(missing_ok=True)
        raise UserError("copy_failed", path=target, details=finished.stderr.strip().splitlines()[-1])
    os.replace(part, target)


def keep(path: Path, reason: str, moment: datetime) -> Path:
    """Make an automatic backup of the file at `path`, which has no log beside it; older backups are thinned out."""
    folder = backup_folder(path)
    name = f"{path.stem}-auto-{moment:%Y-%m-%d-%H%M%S}"
    taken = {file.name.removesuffix(".part") for file in folder.glob(f"{name}-*")}
    number = next(n for n in itertools.count(1) if not any(file.startswith(f"{name}-{n:02}-") for file in taken))
    target = folder / f"{name}-{number:02}-{reason}.duckdb"
    copy(path, target)
    kept = sorted(folder.glob(f"{path.stem}-auto-*.duckdb"))
    begin = len(f"{path.stem}-auto-")
    last_of_month = {file.name[begin : begin + len("2026-11")]: file for file in kept}
    for file in kept[:-KEPT]:
        if file not in last_of_month.values():
            file.unlink(missing_ok=True)
    for leftover in folder.glob(f"{path.stem}-auto-*.part"):  # of a copy that was interrupted
        leftover.unlink(missing_ok=True)
    return target


def remove(path: Path) -> None:
    """Delete a database file, with the log that DuckDB keeps beside it."""
    for leftover in (path, path.with_name(path.name + ".wal"), last_change.beside(path)):
        leftover.unlink(missing_ok=True)
