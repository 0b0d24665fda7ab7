"""How long refusing each hostile file takes, and how much memory it costs the process that serves the pages."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from benchmarks import table
from tests.inventory.hostile_files import FILES, packed

REPEATS = 5
LIMIT_MILLISECONDS = 1000
# The command that starts the child process for workbooks.
BARE = [
    sys.executable,
    "-I",
    "-S",
    "-c",
    "import zipfile, json, xml.parsers.expat",
]
ORDINARY = "an ordinary XLSX file without rows"
_READ = r"""
import os, re, statistics, sys, time
from pathlib import Path
from esdash.errors import UserError
from esdash.inventory import importing

def most_memory():
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text()).group(1))

def refused(path):
    try:
        importing.hsds.tables(path) if importing.is_document(path) else importing.read_table(path)
    except UserError as error:
        return error.key

path = Path(sys.argv[1])
before = most_memory()
waited, worked = [], []
for _ in range(int(sys.argv[2])):
    began, busy = time.perf_counter(), sum(os.times()[:4])
    key = refused(path)
    waited.append((time.perf_counter() - began) * 1000)
    worked.append((sum(os.times()[:4]) - busy) * 1000)
print(key, (most_memory() - before) / 1024, statistics.median(waited), statistics.median(worked))
"""


def run() -> bool:
    """Print the table. False if a file is refused for a wrong reason, or needs more computing time than the limit.

    On a quiet computer, the waiting time is the computing time.
    """
    kept = True
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = table.median_milliseconds(lambda: subprocess.run(BARE, check=True), REPEATS)
        rows.append(("a process that starts Python", None, bare, None, None, None))
        usual = _measured(packed(folder / "usual.xlsx"))
        rows.append(_row(ORDINARY, usual, usual.waited))
        for file, (build, expected) in FILES.items():
            found = _measured(build(folder / file))
            kept = kept and found.key == expected and found.worked < LIMIT_MILLISECONDS
            rows.append(_row(file, found, usual.waited))
    heading = ("file", "refused as", "waited", "computed", "waited, ratio to ordinary", "MB more")
    table.show(
        f"Refusing hostile files: milliseconds, median of {REPEATS}; limit {LIMIT_MILLISECONDS} computed", heading, rows
    )
    return kept


class Measured(NamedTuple):
    """Reason of the refusal, waiting time [ms], computing time [ms], growth of the parent process [MB]."""

    key: str
    waited: float
    worked: float
    megabytes: float


def _row(name: str, found: Measured, ordinary: float) -> tuple[object, ...]:
    return (name, found.key, found.waited, found.worked, table.ratio(found.waited, ordinary), found.megabytes)


def _measured(path: Path) -> Measured:
    """Measure in a new process, so that memory is counted from the start."""
    command = [sys.executable, "-c", _READ, str(path), str(REPEATS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    key, megabytes, waited, worked = done.stdout.split()
    return Measured(key, float(waited), float(worked), float(megabytes))
