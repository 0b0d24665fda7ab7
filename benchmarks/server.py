"""A Streamlit server in its own process, on this computer only."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.inventories import DAY

ROOT = Path(__file__).resolve().parents[1]
APP, BLANK = ROOT / "app.py", ROOT / "benchmarks" / "blank.py"
SECONDS_TO_START = 60


class Server(NamedTuple):
    """The port and the process of a server."""

    port: int
    pid: int


@contextmanager
def running(script: Path, database: Path | None = None) -> Iterator[Server]:
    """A server of `script` with the configuration of the repository, ready to answer; stopped at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.address", "127.0.0.1"]
    command += ["--client.showErrorDetails", "full"]  # so that a failing page shows its error
    environment = os.environ | {"ESDASH_TODAY": DAY} | ({"ESDASH_DATABASE": str(database)} if database else {})
    process = subprocess.Popen(
        [*command, "--server.port", str(port)], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(process, port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=SECONDS_TO_START)


def resident_megabytes(pid: int) -> float | None:
    """The memory that a process really uses [MB]; None if the system does not report it (outside Linux)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def _wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not start")
