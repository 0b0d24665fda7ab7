"""An import that is killed leaves the inventory as it was, or as it should become: nothing in between."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from esdash.inventory import importing, open_file
from esdash.inventory.access import Action
from tests.people import ADA, TEST
from tests.trials import amount

ROOT = Path(__file__).parents[2]
ROWS = 3_000
MOMENTS = amount(3, 7)
LONGEST = 0.3  # seconds after the plan; the import takes about half of it
IMPORT = """
import sys
from pathlib import Path
from esdash.inventory import importing, open_file
from esdash.inventory.access import Actor
inventory = open_file(Path(sys.argv[1]))
plan = importing.plan(inventory, Path(sys.argv[2]))
print("planned", flush=True)
importing.run(inventory, plan, Actor("Ada"))
print("imported", flush=True)
inventory.close()
print("closed", flush=True)
"""


def state(path: Path) -> tuple[int, int, int, int]:
    """Initiatives, locations, import runs and log entries of the import."""
    inventory = open_file(path)
    counts = [
        int(inventory.value(f"SELECT count(*) FROM inventory.{table}"))
        for table in ("initiative", "location", "import_run")
    ]
    logged = int(inventory.value("SELECT count(*) FROM inventory.change_log WHERE import_run_id IS NOT NULL"))
    inventory.close()
    return counts[0], counts[1], counts[2], logged


def fresh(seed: Path, path: Path) -> Path:
    """A copy of an inventory that nobody has open."""
    for beside in (".wal", ".last"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    shutil.copyfile(seed, path)
    return path


@pytest.mark.slow
def test_kill_at_any_moment(tiny_path: Path, tmp_path: Path) -> None:
    inventory = open_file(tiny_path)
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "awo", "name": "AWO"}])
    inventory.close()
    table = tmp_path / "tabelle.csv"
    rows = [f"Angebot {n};AWO;Straße {n % 500};Deutsch lernen;Mo {n % 12 + 8}:00-21:00;{n}" for n in range(ROWS)]
    table.write_text("\n".join(["Angebot;Organisation;Straße;Themen;Zeiten;Plätze", *rows]), encoding="utf-8")
    before, after = (0, 0, 0, 0), (ROWS, 500, 1, ROWS + 500)
    path = tmp_path / "copy" / "inventory.duckdb"
    path.parent.mkdir()
    chance = random.Random(20261122)
    interrupted = 0
    for wait in [0.0, *(chance.uniform(0, LONGEST) for _ in range(MOMENTS))]:
        command = [sys.executable, "-c", IMPORT, str(fresh(tiny_path, path)), str(table)]
        here = os.environ | {"TMPDIR": str(tmp_path)}  # who is killed leaves what it wrote there
        with subprocess.Popen(command, cwd=ROOT, env=here, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "planned\n"
            time.sleep(wait)
            child.kill()
            said = child.stdout.read()
        found = state(path)
        assert found == after if "imported" in said else found in (before, after)
        interrupted += found == before
    assert interrupted > 0  # otherwise all moments came too late
    again = open_file(fresh(tiny_path, path))
    importing.run(again, importing.plan(again, table), ADA)
    again.close()
    assert state(path) == after
