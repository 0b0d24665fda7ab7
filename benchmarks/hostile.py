"""How long each hostile file takes to be refused, and what memory that costs the process that serves the pages."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import table
from tests.inventory.hostile_files import FILES, packed

REPEATS = 5
LIMIT_MILLISECONDS = 1000
BARE = [
    sys.executable,
    "-I",
    "-S",
    "-c",
    "import zipfile, json, xml.parsers.expat",
]  # what a reading process starts with
ORDINARY = "an ordinary XLSX file without rows"
_READ = r"""
import re, sys, time
from pathlib import Path
from esdash.errors import UserError
from esdash.inventory.importing import hsds, read
from esdash.inventory.importing.kinds import HEADERS

def most_memory():
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text()).group(1))

def refused(path):
    try:
        hsds.tables(path) if path.suffix == ".json" else read.table(path, HEADERS)
    except UserError as error:
        return error.key

path = Path(sys.argv[1])
before = most_memory()
times = []
for _ in range(int(sys.argv[2])):
    began = time.perf_counter()
    key = refused(path)
    times.append((time.perf_counter() - began) * 1000)
print(key, (most_memory() - before) / 1024, *times)
"""


def run() -> bool:
    """Print the table; False if a file is refused for another reason or takes longer than the limit."""
    kept = True
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = table.median_milliseconds(lambda: subprocess.run(BARE, check=True), REPEATS)
        _, ordinary, _ = _measured(packed(folder / "usual.xlsx"))
        rows += [("a process that starts Python", bare, None, None, None), _row(ORDINARY, "", ordinary, 0.0, ordinary)]
        for file, (build, expected) in FILES.items():
            key, milliseconds, megabytes = _measured(build(folder / file))
            kept = kept and key == expected and milliseconds < LIMIT_MILLISECONDS
            rows.append(_row(file, key, milliseconds, megabytes, ordinary))
    heading = ("file", "refused as", "milliseconds", "ratio to ordinary", "MB more")
    rows[0] = (rows[0][0], None, bare, table.ratio(bare, ordinary), None)
    table.show(f"Refusing hostile files: median of {REPEATS}; limit {LIMIT_MILLISECONDS} ms", heading, rows)
    return kept


def _row(name: str, key: str, milliseconds: float, megabytes: float, ordinary: float) -> tuple[object, ...]:
    return (name, key, milliseconds, table.ratio(milliseconds, ordinary), megabytes)


def _measured(path: Path) -> tuple[str, float, float]:
    """Reason, milliseconds, megabytes; in a process of its own, so that memory counts from the start."""
    command = [sys.executable, "-c", _READ, str(path), str(REPEATS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    key, megabytes, *times = done.stdout.split()
    return key, statistics.median(map(float, times)), float(megabytes)
