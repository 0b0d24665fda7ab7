"""The server: this machine only, under its own name, and no download past our own."""

from __future__ import annotations

import socket
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def status(address: str, host: str) -> int:
    """What a websocket gets that names this host, as a page does whose name was turned to this machine."""
    port = urlsplit(address).port
    with socket.create_connection(("127.0.0.1", port or 0)) as wire:
        try:
            with connect(f"ws://{host}:{port}/_stcore/stream", sock=wire, origin=f"http://{host}:{port}", proxy=None):  # type: ignore[arg-type]
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_the_machine_itself_is_answered(address: str, host: str) -> None:
    assert status(address, host) == 101


@pytest.mark.parametrize("host", ["evil.test", "127.0.0.1.evil.test", "localhost.evil.test", "192.168.0.5"])
def test_another_name_is_refused(address: str, host: str) -> None:
    assert status(address, host) == 403


def test_it_listens_on_this_machine_only_without_being_told(address: str) -> None:
    assert CONFIG["server"]["address"] == "127.0.0.1"
    port = urlsplit(address).port
    listening = [
        line.split()[1].split(":")
        for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
        if table.exists()
        for line in table.read_text().splitlines()[1:]
        if line.split()[3] == "0A"  # listening
    ]
    hosts = {host for host, at in listening if int(at, 16) == port}
    assert hosts in ({"0100007F"}, set())  # 127.0.0.1 as the kernel writes it; empty where there is no such table


def test_tables_have_no_download_of_their_own() -> None:
    assert CONFIG["client"]["disableDataExport"] is True
