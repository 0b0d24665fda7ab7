"""Views and macros are bound once for each process, in a file of its own that goes with it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from esdash.inventory import open_file
from esdash.inventory.access import Action
from esdash.inventory.file import opening
from tests.people import TEST

ROOT = Path(__file__).parents[2]
VIEW = "CREATE VIEW names AS SELECT organization_id, name FROM organization ORDER BY 1"

OPEN = """
import os, sys
from pathlib import Path
from esdash.inventory import open_file
from esdash.inventory.file import opening
open_file(Path(sys.argv[1])).close()
folder = opening._folder(os.getpid())
print(folder, len(list(folder.iterdir())), flush=True)
if os.fork() == 0:
    sys.exit()  # a child that ends must leave its parent's folder alone
os.wait()
print(folder.exists(), flush=True)
"""


@pytest.fixture
def two(tiny_path: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two inventories, in which different organisations are."""
    other = tmp_path / "other" / "inventory.duckdb"
    other.parent.mkdir()
    other.write_bytes(tiny_path.read_bytes())
    for path, name in ((tiny_path, "Nord"), (other, "Süd")):
        inventory = open_file(path)
        with inventory.change(TEST, Action.EDIT_RECORDS) as change:
            change.insert("organization", [{"organization_id": "o", "name": name}])
        inventory.close()
    return tiny_path, other


def test_two_inventories_share_the_views_and_not_the_rows(two: tuple[Path, Path]) -> None:
    first, second = (open_file(path, [VIEW]) for path in two)
    written = len(opening._written)
    assert [inventory.value("SELECT name FROM names") for inventory in (first, second)] == ["Nord", "Süd"]
    first.close()
    again = open_file(two[0], [VIEW])
    assert len(opening._written) == written
    assert again.value("SELECT name FROM names") == "Nord"
    assert second.value("SELECT name FROM names") == "Süd"
    again.close()
    second.close()


def test_a_past_day_answers_by_the_same_views(tiny_path: Path, clock: Callable[[], datetime]) -> None:
    inventory = open_file(tiny_path, [VIEW], clock)
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Nord"}])
    assert inventory.as_of(inventory.today()).value("SELECT name FROM names") == "Nord"
    inventory.close()


def test_a_column_that_no_table_has_is_found_at_opening(tiny_path: Path) -> None:
    for _ in range(2):  # what failed once is not taken for done
        with pytest.raises(duckdb.BinderException, match="nmae"):
            open_file(tiny_path, ["CREATE VIEW wrong AS SELECT nmae FROM organization"])


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no fork")
def test_the_file_goes_with_its_process_and_not_with_a_child(tiny_path: Path) -> None:
    command = [sys.executable, "-c", OPEN, str(tiny_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    first, second = done.stdout.splitlines()
    folder, files = first.rsplit(" ", 1)
    assert int(files) > 0
    assert second == "True"
    assert not Path(folder).exists()
