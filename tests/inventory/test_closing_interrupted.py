"""kill -9 at any moment of closing and freezing: meeting, version and what goes on are all there, or nothing is."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from esdash.inventory import open_file
from esdash.inventory.file.integrity import broken_references
from esdash.inventory.steering import versions
from tests.conftest import NOW
from tests.inventory.replay import replayed, tables
from tests.inventory.test_closing import adopted, counts
from tests.inventory.test_importing_interrupted import fresh
from tests.trials import amount

ROOT = Path(__file__).parents[2]
MOMENTS = amount(3, 20)
# Loads what it needs once; each turn closes the meeting in a process of its own.
WORK = """
import os, sys
from datetime import date
from pathlib import Path
from esdash.inventory import open_file
from esdash.inventory.access import Actor
from esdash.inventory.steering.meetings import closing
from esdash.inventory.steering.meetings.meetings import Plan
from esdash.inventory.steering.versions import Draft, last_change_of
from esdash.model.canonical import canonical

def work(path, meeting, decision, day):
    inventory = open_file(path)
    entry = {"entry_key": "p1", "title": "Lernhilfe", "change": "new"}
    content = canonical({"number": 1, "previous_sha256": None, "entries": [entry]})
    files = {f"liste{n}.json": content.encode() * 20000 for n in range(4)}
    now = last_change_of(inventory)
    draft = Draft(1, "Fassung 1", content, files, now, day, meeting, decision)
    seen = closing.Seen("Niederschrift", now, draft, Plan("Danach", date(2099, 1, 1)))
    print("begins", flush=True)
    closing.close(inventory, Actor("Ada"), meeting, seen)
    print("closed", flush=True)
    sys.stdin.read()

path, meeting, decision, day = Path(sys.argv[1]), sys.argv[2], sys.argv[3], date.fromisoformat(sys.argv[4])
for turn in sys.stdin:
    child = os.fork()
    if child == 0:
        work(path, meeting, decision, day)
    print("pid", child, flush=True)
    os.waitpid(child, 0)
    print("killed", flush=True)
"""


@pytest.fixture
def seed(tiny_path: Path) -> Iterator[tuple[Path, list[str]]]:
    """A file with a running meeting that adopted the list, which nobody has open, and what names the meeting."""
    inventory = open_file(tiny_path, clock=lambda: NOW)
    meeting, draft = adopted(inventory)
    inventory.close()
    yield tiny_path, [meeting, str(draft.decision_id), f"{draft.as_of:%Y-%m-%d}"]


def state(path: Path) -> tuple[object, ...]:
    """What closing writes: state and minutes of the meeting, and how many rows there are. The file is whole."""
    inventory = open_file(path)
    said = inventory.rows("SELECT meeting_state, minutes, number FROM inventory.meeting ORDER BY number NULLS LAST")[0]
    assert broken_references(inventory) == [] and replayed(inventory) == tables(inventory)
    assert [link.broken for link in versions.chain(inventory)] == [()] * counts(inventory)[0]
    found = (said["meeting_state"], said["minutes"], *counts(inventory))
    inventory.close()
    return found


@pytest.mark.slow
def test_kill_at_any_moment(seed: tuple[Path, list[str]], tmp_path: Path) -> None:
    source, named = seed
    path = tmp_path / "copy" / "inventory.duckdb"
    path.parent.mkdir()
    before, after = ("held", None, 0, 0, 0, 1, 2), ("closed", "Niederschrift", 1, 4, 1, 2, 3)
    chance, longest, found = random.Random(20261122), 0.0, []
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    command = [sys.executable, "-c", WORK, str(path), *named]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"TMPDIR": str(tmp_path)}, text=True, **pipes) as stem:
        assert stem.stdin is not None and stem.stdout is not None
        for moment in [1.0, *(chance.uniform(0, 1) for _ in range(MOMENTS))]:  # the first time to the end, to time it
            fresh(source, path)
            print("go", file=stem.stdin, flush=True)
            child, said, began = 0, [], 0.0
            while not child or "begins" not in said:
                word, *rest = stem.stdout.readline().split()
                child, began = (int(rest[0]), began) if word == "pid" else (child, time.monotonic())
                said.append(word)
            if moment == 1.0:
                said.append(stem.stdout.readline().strip())
                longest = time.monotonic() - began
            else:
                time.sleep(moment * longest)
            os.kill(child, signal.SIGKILL)
            while "killed" not in said:
                said.append(stem.stdout.readline().strip())
            found.append(state(path))
            assert found[-1] in (before, after)
            assert found[-1] == after or "closed" not in said  # what was acknowledged stays
        stem.terminate()
    assert before in found[1:]  # otherwise all moments came too late
