"""kill -9 while seats hand in and a round is closed: a round is open with its voices, or closed with its result."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from esdash.analysis import open_inventory
from esdash.inventory import Inventory
from esdash.inventory.steering import voices
from tests import planted_voices
from tests.conftest import NOW
from tests.people import ADA
from tests.planted_voices import ITEMS
from tests.trials import amount

ROOT = Path(__file__).parents[2]
MOMENTS = amount(3, 20)
LONGEST_STEP = 0.1  # seconds
# Rounds one after the other, until the process is killed: opened, handed in by four seats, closed.
WORK = """
import sys
from pathlib import Path
from esdash.inventory import open_file
from esdash.inventory.access import Actor
from esdash.inventory.steering import voices

inventory, ada = open_file(Path(sys.argv[1])), Actor("Ada")
items, turn = ["p1", "p2", "p3", "p4"], sys.argv[2]
for number in range(1000):
    body = f"{turn}-{number}"
    key = voices.open_round(inventory, ada, body, items, list("abcd"), "points", None, 5, body_id=None)
    for seat in "abcd":
        voices.hand_in(inventory, ada, key, seat, {item: 3 for item in items}, {"p1": seat})
        print("in", key, flush=True)
    voices.close_round(inventory, ada, key, {"p1": ["a"]})
    print("closed", key, flush=True)
"""


def killed(path: Path, turn: int, steps: int, share: float) -> list[tuple[str, str]]:
    """Work until the process is killed in the middle of the step after so many; what it acknowledged."""
    said: list[tuple[str, str]] = []
    command = [sys.executable, "-c", WORK, str(path), str(turn)]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE) as work:
        assert work.stdout is not None
        began = time.monotonic()
        for line in work.stdout:
            act, key = line.split()
            said.append((act, key))
            if len(said) == steps:
                time.sleep(share * min(time.monotonic() - began, LONGEST_STEP))
                os.kill(work.pid, signal.SIGKILL)
            began = time.monotonic()
    return said


def check_whole(inventory: Inventory, acknowledged: list[tuple[str, str]]) -> None:
    told = Counter(acknowledged)
    open_voices = Counter(row["voice_round_id"] for row in inventory.rows("FROM inventory.open_voice"))
    given = Counter(row["voice_round_id"] for row in inventory.rows("FROM inventory.voice"))
    for row in inventory.rows("FROM inventory.voice_round"):
        key, handed_in = row["voice_round_id"], len(row["handed_in_ids"])
        assert handed_in >= told["in", key]
        if row["state"] == "closed":
            assert (open_voices[key], given[key]) == (0, 4 * len(ITEMS))
        else:
            assert ("closed", key) not in told
            assert (open_voices[key], given[key]) == (handed_in * len(ITEMS), 0)


@pytest.mark.slow
def test_kill_while_handing_in_and_closing(tiny_path: Path) -> None:
    inventory = open_inventory(tiny_path, lambda: NOW)
    planted_voices.items(inventory)
    inventory.close()
    chance, acknowledged = random.Random(20261122), list[tuple[str, str]]()
    for turn in range(MOMENTS):
        acknowledged += killed(tiny_path, turn, 5 if turn == 0 else chance.choice((3, 4, 4, 5)), chance.uniform(0, 1))
        inventory = open_inventory(tiny_path, lambda: NOW)
        check_whole(inventory, acknowledged)
        for row in inventory.rows("FROM inventory.voice_round WHERE state = 'open'"):  # one open round at a time
            call_off(inventory, row["voice_round_id"])
        acknowledged = [entry for entry in acknowledged if closed(inventory, entry[1])]
        inventory.close()
    assert acknowledged  # some rounds were closed


def call_off(inventory: Inventory, key: str) -> None:
    voices.call_off(inventory, ADA, key)
    assert inventory.rows("FROM inventory.open_voice WHERE voice_round_id = $key", key=key) == []


def closed(inventory: Inventory, key: str) -> bool:
    return bool(inventory.rows("FROM inventory.voice_round WHERE voice_round_id = $key AND state = 'closed'", key=key))
