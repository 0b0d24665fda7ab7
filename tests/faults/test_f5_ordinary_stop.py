"""F5: whoever stops the server in an ordinary way leaves no log beside the file, which is then whole on its own."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from esdash.inventory import open_file

ROOT = Path(__file__).parents[2]
SERVES = """
import signal, sys, time
from pathlib import Path
from esdash.inventory import open_file
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import shared
inventory = shared.inventory(Path(sys.argv[1]), open_file)
with inventory.change(Actor("Ada"), Action.EDIT_RECORDS) as change:
    change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # as Streamlit ends
print("saved", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_in_the_log(tiny_path: Path, stop: signal.Signals) -> None:
    command = [sys.executable, "-c", SERVES, str(tiny_path)]
    log = tiny_path.with_name(tiny_path.name + ".wal")
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "saved\n"
        assert log.exists()
        time.sleep(0.1)
        server.send_signal(stop)
        server.wait(timeout=30)
    assert not log.exists()
    alone = tiny_path.with_name("alone.duckdb")
    alone.write_bytes(tiny_path.read_bytes())
    inventory = open_file(alone)
    assert inventory.value("SELECT name FROM organization") == "Verein"
    inventory.close()
