"""F15: a log with a flipped bit is set aside, and the inventory opens up to the last entry that is whole."""

import random
from pathlib import Path

import pytest

from esdash.errors import UserError
from esdash.inventory import open_file
from esdash.inventory.access import Action
from esdash.inventory.file import recovery
from esdash.inventory.privacy.erasure import erase
from tests.commands.command_line import run
from tests.conftest import NOW
from tests.faults.test_f5_missing_log import beside, killed_after_20_saves
from tests.people import ADA

FLIPS = 12


def found(path: Path) -> list[str]:
    inventory = open_file(path)
    rows = inventory.rows("SELECT name FROM organization ORDER BY CAST(substr(organization_id, 2) AS INTEGER)")
    inventory.close()
    return [row["name"] for row in rows]


def test_everything_before_the_bit_and_never_anything_wrong(saved: Path) -> None:
    file, log = saved.read_bytes(), beside(saved, ".wal").read_bytes()
    note = beside(saved, ".last").read_text()
    chance = random.Random(15)
    opened = []
    for place in sorted(chance.randrange(200, len(log)) for _ in range(FLIPS)):
        flipped = bytearray(log)
        flipped[place] ^= 1 << chance.randrange(8)
        saved.write_bytes(file)
        beside(saved, ".wal").write_bytes(flipped)
        beside(saved, ".last").write_text(note)
        with pytest.raises(UserError) as caught:
            open_file(saved)
        assert caught.value.key in recovery.REASONS  # a wrong length looks like a log that was cut
        kept, lost = recovery.recover(saved, ADA, lambda: NOW)
        assert kept is not None
        assert kept.read_bytes() == bytes(flipped)
        names = found(saved)
        assert names == [f"Verein {number}" for number in range(20 - lost)]
        opened.append(len(names))
    assert opened == sorted(opened)
    assert opened[-1] >= 15  # a late bit costs little


def test_a_log_that_is_no_log_and_one_of_another_file(tiny_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "inventory.duckdb"
    other.parent.mkdir()
    other.write_bytes(tiny_path.read_bytes())
    inventory = open_file(tiny_path)  # written out once more than the other
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o0", "name": "Verein 0"}])
    inventory.close()
    killed_after_20_saves(other)
    beside(other, ".wal").rename(beside(tiny_path, ".wal"))
    with pytest.raises(UserError) as caught:
        open_file(tiny_path)
    assert caught.value.key == "log_damaged"
    assert recovery.recover(tiny_path, ADA, lambda: NOW).lost == 0
    assert found(tiny_path) == ["Verein 0"]


def test_the_command_says_where_the_log_is_and_how_much_is_gone(saved: Path) -> None:
    log = bytearray(beside(saved, ".wal").read_bytes())
    log[len(log) // 2] ^= 1
    beside(saved, ".wal").write_bytes(log)
    done = run("check", "--database", str(saved))
    assert done.exit_code == 2
    assert "esdash recover" in done.output
    done = run("recover", "--database", str(saved))
    assert done.exit_code == 0, done.output
    assert "backups" in done.output
    assert "fehlen" in done.output
    assert run("check", "--database", str(saved)).exit_code in (0, 1)


def test_an_erasure_names_the_log_that_it_cannot_rewrite(tiny_path: Path) -> None:
    inventory = open_file(tiny_path, clock=lambda: NOW)
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        change.insert(
            "contact", [{"contact_id": "c", "organization_id": "o", "role": "Büro", "name": "Erika Musterfrau"}]
        )
    inventory.close()
    killed_after_20_saves(tiny_path)
    log = bytearray(beside(tiny_path, ".wal").read_bytes())
    log[len(log) // 2] ^= 1
    beside(tiny_path, ".wal").write_bytes(log)
    kept = recovery.recover(tiny_path, ADA, lambda: NOW).log
    inventory = open_file(tiny_path, clock=lambda: NOW)
    report = erase(inventory, "c", ADA, "Wunsch")
    inventory.close()
    assert report.backups_left == (kept,)
