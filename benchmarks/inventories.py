"""The measured inventories, the example and a large one; made once and stored in a temporary folder."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from esdash.examples import generate
from esdash.examples.start import start
from esdash.inventory import default_city
from esdash.inventory.access import Actor
from esdash.inventory.file import files

DAY = "2026-11-22"  # fixed, so that figures do not depend on the day of measuring
LARGE = 5000
ACTOR = Actor("benchmark")
NAMES = ("example", f"{LARGE} initiatives")


def clock() -> datetime:
    """Ten in the morning of the day of measuring."""
    return datetime.combine(datetime.fromisoformat(DAY), datetime.min.time().replace(hour=10), UTC)


def copy_of(name: str, folder: Path) -> Path:
    """A fresh copy of one inventory of NAMES in `folder`, so that two measurements never meet in one file."""
    kept = Path(tempfile.gettempdir()) / "esdash-benchmarks" / f"{name.replace(' ', '-')}-{_state_of_the_code()}.duckdb"
    if not kept.exists():
        print(f"making the inventory: {name} …", flush=True)
        draft = kept.with_name(f"{kept.name}.{os.getpid()}")
        make(name, draft)
        os.replace(draft, kept)
    folder.mkdir(parents=True, exist_ok=True)
    return Path(shutil.copy(kept, folder / f"{name.replace(' ', '-')}.duckdb"))


def make(name: str, path: Path) -> None:
    """Make one inventory of NAMES."""
    if name == NAMES[0]:
        start(path, "example", default_city(), files.DATA / "example", clock)
    else:
        generate.make(path, default_city(), LARGE, clock=clock)


def _state_of_the_code() -> str:
    """A hash of all code and data from which the inventories are made."""
    folders = (default_city(), files.DATA / "example", Path(generate.__file__).parent, Path(files.__file__).parent)
    digest = hashlib.sha256(DAY.encode())
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.suffix not in ("", ".pyc")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
