"""kill -9 at any moment of edits, imports, merges and undos: what was acknowledged stays, nothing is half done."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from esdash.inventory import Inventory, open_file
from esdash.inventory.access import Action
from esdash.inventory.file.integrity import broken_references
from tests.inventory.replay import replayed, tables
from tests.people import TEST
from tests.trials import amount

ROOT = Path(__file__).parents[2]
MOMENTS = amount(4, 50)
ROUND = ("edit", "assure", "edit", "import", "merge", "unmerge", "undo")  # what is acknowledged, in this order
LONGEST_STEP = 0.2  # seconds; the first step waits for the start of the process
ROWS = 8  # of one import
# Loads what it needs once, then works in a process of its own per turn: starting Python each time takes longer than
# all the rest. Nothing is opened before the fork.
WORK = """
import os, sys
from pathlib import Path
from esdash.inventory import editing, importing, merging, open_file
from esdash.inventory.access import Actor

def work(path, turn, rows):
    inventory = open_file(path)
    table = path.with_name("tabelle.csv")

    def done(*words):
        print(*words, flush=True)

    def edit(step):
        draft = editing.draft(inventory, "initiative", "cafe")
        editing.save(inventory, "initiative", {**draft.values, "capacity": step, "note": f"{turn}-{step}"},
            draft.version, Actor("Ada"), f"{turn}-{step}", f"{turn}-{step}")
        done("edit", f"{turn}-{step}")

    for left in inventory.rows("FROM inventory.record_alias"):  # of a turn that was killed before it took it back
        merging.undo_merge(inventory, left["record_alias_id"], Actor("Cem"), f"left by the turn before {turn}")
    for left in importing.runs(inventory):
        if left["undone_at"] is None:
            importing.undo(inventory, left["import_run_id"], Actor("Ben"))
    step = 0
    while True:
        step += 1
        edit(step)
        editing.assure(inventory, "initiative", ["cafe"], Actor(f"{turn}-{step}"))
        done("assure", f"{turn}-{step}")
        edit(step + 1000)
        lines = [f"Angebot {turn}x{step}y{n};AWO zwei;Straße {turn}x{step}y{n % 7};{n}" for n in range(rows)]
        table.write_text("\\n".join(["Angebot;Organisation;Straße;Plätze", *lines]), encoding="utf-8")
        run = importing.run(inventory, importing.plan(inventory, table), Actor("Ada"))
        done("import", run)
        fields = {"note": f"{turn}-{step}"}
        merge = merging.merge(inventory, "organization", "awo", "awo2", fields, Actor("Cem"), f"one {turn}-{step}")
        done("merge", f"{turn}-{step}")
        merging.undo_merge(inventory, merge, Actor("Cem"), f"back {turn}-{step}")
        done("unmerge", f"{turn}-{step}")
        importing.undo(inventory, run, Actor("Ben"))
        done("undo", run)

for turn in sys.stdin:
    child = os.fork()
    if child == 0:
        work(Path(sys.argv[1]), turn.strip(), int(sys.argv[2]))
    print("pid", child, flush=True)
    os.waitpid(child, 0)
    print("killed", turn.strip(), flush=True)
"""


@pytest.fixture
def cafe_path(tiny_path: Path) -> Path:
    """A file with one offer, that nobody has open."""
    inventory = open_file(tiny_path)
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        names = {"awo": "AWO", "awo2": "AWO zwei"}
        change.insert("organization", [{"organization_id": key, "name": name} for key, name in names.items()])
        change.insert("initiative", [{"initiative_id": "cafe", "organization_id": "awo", "name": "Café"}])
    inventory.close()
    return tiny_path


@pytest.fixture
def stem(cafe_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The process whose children do the work."""
    command = [sys.executable, "-c", WORK, str(cafe_path), str(ROWS)]
    here = os.environ | {"TMPDIR": str(cafe_path.parent)}  # who is killed leaves what it wrote there
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=here, text=True, **pipes) as stem:
        yield stem
        stem.terminate()


def killed(stem: subprocess.Popen[str], turn: int, steps: int, share: float) -> list[tuple[str, str]]:
    """Work on the file until the process is killed in the middle of a step; what it acknowledged, in order.

    The step it is killed in began after `steps` others, and took about as long as the last one; counting steps instead
    of seconds reaches every kind of step on a slow machine too.
    """
    assert stem.stdin is not None and stem.stdout is not None
    print(turn, file=stem.stdin, flush=True)
    said: list[tuple[str, str]] = []
    child, began = 0, time.monotonic()
    for line in stem.stdout:
        act, what = line.split()
        if act == "killed":
            break
        if act == "pid":
            child = int(what)
        else:
            said.append((act, what))
            if len(said) < steps:
                began = time.monotonic()
        if child and len(said) >= steps:  # more, where the work was faster than the word that it had begun
            time.sleep(share * min(time.monotonic() - began, LONGEST_STEP))
            os.kill(child, signal.SIGKILL)
            child = 0
    return said


def kept(inventory: Inventory, act: str, what: str) -> bool:
    """Whether something that was acknowledged is in the file."""
    asked = {
        "edit": "SELECT count(*) FROM inventory.change_log WHERE reason = $what",
        "assure": "SELECT count(*) FROM inventory.change_log WHERE after ->> '$.assured_by' = $what "
        "AND before ->> '$.assured_by' IS DISTINCT FROM $what",
        "import": "SELECT count(*) FROM inventory.import_run WHERE import_run_id = $what",
        "merge": "SELECT count(*) > 0 FROM inventory.change_log WHERE reason = 'one ' || $what",
        "unmerge": "SELECT count(*) > 0 FROM inventory.change_log WHERE reason = 'back ' || $what",
        "undo": "SELECT count(*) FROM inventory.import_run WHERE import_run_id = $what AND undone_at IS NOT NULL",
    }
    return inventory.value(asked[act], what=what) == 1


def check_whole(inventory: Inventory) -> None:
    """Every import and every undo wrote all of its entries or none, and nobody saved twice."""
    assert replayed(inventory) == tables(inventory)
    per_run = inventory.rows(
        "SELECT import_run_id, means, count(*) AS n FROM inventory.change_log "
        "WHERE import_run_id IS NOT NULL GROUP BY ALL"
    )
    runs = {row["import_run_id"]: row["undone_at"] for row in inventory.rows("FROM inventory.import_run")}
    expected = {(run, "import"): ROWS + 7 for run in runs}
    expected |= {(run, "undo"): ROWS + 7 for run, undone in runs.items() if undone}
    assert {(row["import_run_id"], row["means"]): row["n"] for row in per_run} == expected
    merged = "SELECT count(*) AS n FROM inventory.change_log WHERE means = 'merge' GROUP BY reason"
    # A merge and its way back each touch two organisations, the alias, and the offers of whole imports that follow.
    assert {row["n"] % ROWS for row in inventory.rows(merged)} <= {3}
    aliases = inventory.value("SELECT count(*) FROM inventory.record_alias")
    assert aliases == inventory.value("SELECT count(*) FROM inventory.organization WHERE status = 'archived'")
    belongs = inventory.rows("SELECT DISTINCT organization_id AS o FROM initiative WHERE initiative_id <> 'cafe'")
    assert {row["o"] for row in belongs} <= {"awo" if aliases else "awo2"}
    assert broken_references(inventory) == []
    still = sum(undone is None for undone in runs.values())
    assert inventory.value("SELECT count(*) FROM inventory.initiative") == 1 + ROWS * still
    assert inventory.value("SELECT count(*) FROM inventory.location") == 7 * still
    edits = "SELECT count(*) FROM inventory.change_log WHERE means = 'form' AND reason IS NOT NULL"
    assert inventory.value(edits) == inventory.value("SELECT count(*) FROM inventory.write_key")


@pytest.mark.slow
def test_kill_at_any_moment(cafe_path: Path, stem: subprocess.Popen[str]) -> None:
    chance = random.Random(20261122)
    acknowledged: list[tuple[str, str]] = []
    last: list[str] = []
    for turn in range(MOMENTS + 30):
        missing = [number for number, act in enumerate(ROUND, start=1) if act not in last]
        if turn >= MOMENTS and not missing:  # some moments more, until it was killed after work of every kind
            break
        more = turn >= MOMENTS  # these at once: on a busy machine the work is ahead of the word of it
        now = killed(stem, turn, missing[0] if more else 1 + turn % len(ROUND), 0 if more else chance.uniform(0, 1))
        acknowledged += now
        last.append(now[-1][0])
        inventory = open_file(cafe_path)
        assert [entry for entry in (acknowledged if turn % 10 == 9 else now) if not kept(inventory, *entry)] == []
        check_whole(inventory)
        inventory.close()
    assert set(last) == set(ROUND)
    assert not list(cafe_path.parent.glob("backups/*.part")) or len(list(cafe_path.parent.glob("backups/*"))) < 30
