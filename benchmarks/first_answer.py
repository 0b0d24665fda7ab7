"""How long a page takes at the first look after a change: of this code, and of another revision in the same run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.inventories import DAY
from benchmarks.server import ROOT

CHANGES = 5

# Runs in the folder of a revision; older ones start with app.py and name no action when they change something.
_MEASURED = """
import gc, inspect, json, os, statistics, sys, time
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test
from esdash.inventory import Inventory

class Navigated(PagesManager):
    def __init__(self, *args, **kwargs):
        PagesManager.uses_pages_directory = False
        super().__init__(*args, **kwargs)

app_test.PagesManager = Navigated
entry = next(path for path in ("esdash/ui/main.py", "app.py") if os.path.exists(path))

def look(page):
    visitor = AppTest.from_file(os.path.abspath(entry), default_timeout=300)
    if page != "overview":
        visitor.switch_page(os.path.abspath(f"pages/{page}.py"))
    began = time.process_time()
    visitor.run()
    took = time.process_time() - began
    if visitor.exception:
        sys.exit(f"{page}: {visitor.exception[0].message}")
    return took * 1000

def change(inventory, number):
    signature = ["Ada"]
    if "action" in inspect.signature(Inventory.change).parameters:
        from esdash.inventory import access
        signature = [access.Actor("Ada"), access.Action.EDIT_RECORDS]
    with inventory.change(*signature) as door:
        key = door.rows("SELECT min(initiative_id) AS id FROM inventory.initiative")[0]["id"]
        door.update("initiative", [{"initiative_id": key, "capacity": number, "description": str(number)}])

pages, times = sys.argv[2:], {}
for page in pages:
    look(page)
(inventory,) = [held for held in gc.get_objects() if isinstance(held, Inventory) and not held.read_only]
for page in pages:
    taken = []
    for number in range(int(sys.argv[1])):
        look(page)
        change(inventory, number)
        taken.append(look(page))
    times[page] = statistics.median(taken)
print(json.dumps(times))
"""


def after_change(folder: Path, database: Path, pages: Sequence[str]) -> dict[str, float]:
    """Page → median milliseconds of processor time of the first look after an offer was edited, by the code there."""
    environment = os.environ | {"ESDASH_TODAY": DAY, "ESDASH_DATABASE": str(database), "PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", _MEASURED, str(CHANGES), *pages]
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    times: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return times


@contextmanager
def code_of(revision: str) -> Iterator[Path]:
    """The files of a revision, in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(["git", "archive", revision], cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=packed, check=True)
        yield Path(folder)
