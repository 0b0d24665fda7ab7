"""F5: after an ordinary stop of esdash there is no log beside the file, which is then complete on its own."""

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import server
from benchmarks.visitor import Visitor
from esdash.inventory import open_file
from tests.faults.test_f5_missing_log import beside

ROOT = Path(__file__).parents[2]
FORGETS_TO_CLOSE = """
import sys
from pathlib import Path
from esdash.inventory import open_file
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import shared
inventory = shared.inventory(Path(sys.argv[1]), open_file)
with inventory.change(Actor("Ada"), Action.EDIT_RECORDS) as change:
    change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
print(Path(sys.argv[1] + ".wal").exists())
"""


def organizations(path: Path) -> int:
    alone = path.with_name("alone.duckdb")
    alone.write_bytes(path.read_bytes())
    inventory = open_file(alone)
    found = inventory.value("SELECT count(*) FROM organization")
    inventory.close()
    return int(found)


def test_the_server_is_told_to_stop(saved: Path) -> None:
    async def visit(port: int) -> None:
        async with Visitor(port, "method") as visitor:
            await visitor.rerun()

    with server.running(server.APP, saved) as app:
        with ThreadPoolExecutor(1) as alone:  # a browser of another test may have a loop running in this thread
            alone.submit(asyncio.run, visit(app.port)).result()
        assert beside(saved, ".wal").exists()  # it has the inventory open
    assert not beside(saved, ".wal").exists()
    assert organizations(saved) == 20


def test_a_process_that_ends(tiny_path: Path) -> None:
    command = [sys.executable, "-c", FORGETS_TO_CLOSE, str(tiny_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "True\n"
    assert not beside(tiny_path, ".wal").exists()
    assert organizations(tiny_path) == 1
