"""The inventory of Musterstadt that the server has open, and how to ask the server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from esdash.inventory.file import shared
from esdash.ui.shell import session
from tests import first_state
from tests.serve import asking
from tests.serve.asking import Ask, Got


@pytest.fixture(scope="module")
def opened(tiny_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The inventory of Musterstadt that the page has open; every test gets it in its first state."""
    path = tmp_path_factory.mktemp("served") / "inventory.duckdb"
    path.write_bytes(tiny_file)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ESDASH_TODAY", "2026-11-22")
        first_state.remember(session.at(path))
    yield path
    shared.close(path)


@pytest.fixture
def ask(opened: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ask]:
    monkeypatch.setenv("ESDASH_DATABASE", str(opened))
    monkeypatch.setenv("ESDASH_TODAY", "2026-11-22")

    def asked(path: str, method: str = "GET", **headers: str) -> Got:
        return asking.ask(path, method, headers)

    yield asked
    assert first_state.put_back(session.at(opened))
