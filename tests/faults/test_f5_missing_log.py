"""F5: changes that were saved and are not there any more are noticed at the next start."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from esdash.errors import UserError
from esdash.inventory import backups, open_file
from esdash.inventory.access import Action
from esdash.inventory.file import last_change, recovery
from tests.people import ADA

ROOT = Path(__file__).parents[2]
SAVES = """
import os, signal, sys
from pathlib import Path
from esdash.inventory import open_file
from esdash.inventory.access import Action, Actor
inventory = open_file(Path(sys.argv[1]))
for number in range(20):
    with inventory.change(Actor("Ada"), Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": f"o{number}", "name": f"Verein {number}"}])
os.kill(os.getpid(), signal.SIGKILL)
"""


def beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def killed_after_20_saves(path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", SAVES, str(path)], cwd=ROOT, check=False, timeout=60)
    assert done.returncode == -9


def opened(path: Path) -> int:
    inventory = open_file(path)
    found = inventory.value("SELECT count(*) FROM organization")
    inventory.close()
    return int(found)


def refusal(path: Path) -> UserError:
    with pytest.raises(UserError) as caught:
        open_file(path)
    return caught.value


def test_with_its_log_everything_is_there(saved: Path) -> None:
    assert opened(saved) == 20
    assert not beside(saved, ".wal").exists()  # closing would write it out
    assert opened(saved) == 20


def test_a_missing_log_is_said_and_the_log_can_still_be_put_back(saved: Path, tmp_path: Path) -> None:
    log = beside(saved, ".wal").rename(tmp_path / "elsewhere.wal")
    for _ in range(2):  # it is said again until somebody does something
        error = refusal(saved)
        assert (error.key, error.values["n"]) == ("changes_missing", 20)
    log.rename(beside(saved, ".wal"))
    assert opened(saved) == 20


def test_a_log_that_is_cut_is_said(saved: Path) -> None:
    log = beside(saved, ".wal")
    whole = log.read_bytes()
    os.truncate(log, len(whole) // 2)
    error = refusal(saved)
    assert error.key == "changes_missing"
    assert 0 < int(str(error.values["n"])) < 20
    log.write_bytes(whole)  # nothing was written meanwhile
    assert opened(saved) == 20


def test_going_on_without_them_knowingly(saved: Path) -> None:
    beside(saved, ".wal").unlink()
    assert refusal(saved).key == "changes_missing"
    assert recovery.recover(saved, ADA) == (None, 20)
    assert opened(saved) == 0
    inventory = open_file(saved)
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "new", "name": "Neu"}])
    inventory.close()
    assert opened(saved) == 1


@pytest.mark.parametrize("content", [None, "", "no number", "1"])
def test_a_note_that_is_missing_torn_or_behind_stops_nobody(saved: Path, content: str | None) -> None:
    """Behind: killed between the commit and the note. Missing: the file was copied elsewhere with its log."""
    if content is None:
        last_change.forget(saved)
    else:
        last_change.beside(saved).write_text(content, encoding="utf-8")
    assert opened(saved) == 20


def test_a_restored_backup_misses_nothing(saved: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.duckdb"
    inventory = open_file(saved)
    backups.write(inventory, empty, ADA)
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "later", "name": "Später"}])
    inventory.close()
    backups.restore(empty, saved, ADA)
    assert opened(saved) == 20


def test_the_page_says_it_and_goes_on_at_a_click(at: Callable[..., AppTest], saved: Path) -> None:
    beside(saved, ".wal").unlink()
    visitor = at(saved, "method")
    assert "fehlen die letzten 20 Änderungen" in visitor.error[0].value
    (button,) = [button for button in visitor.button if button.label == "Ohne diese Änderungen weiterarbeiten"]
    button.click().run()
    assert [error.value for error in visitor.error] == []
    assert not visitor.exception
