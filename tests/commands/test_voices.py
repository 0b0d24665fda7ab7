"""No export holds what was handed in to a round that is open."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from esdash.analysis import open_inventory
from esdash.commands import records, steering
from esdash.inventory import Inventory
from esdash.inventory.steering import voices
from tests import planted_voices
from tests.commands.command_line import clock, run
from tests.people import ADA
from tests.planted_voices import ITEMS, SEATS

SECRET = "Zwölfmal Zauberwald"


@pytest.fixture(scope="module")
def database(empty_made: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("voices") / "i.duckdb"
    path.write_bytes(empty_made)
    inventory = open_inventory(path, clock)
    planted_voices.items(inventory)
    key = voices.open_round(inventory, ADA, "Was zuerst?", ITEMS, SEATS[:4], dots=7, most_per_item=5)
    for seat in SEATS[:4]:
        voices.hand_in(inventory, ADA, key, seat, {"p1": 5, "p2": 2}, {"p1": SECRET})
    inventory.close()
    return path


def unpacked(content: bytes) -> str:
    """The text of a file, and of all that is packed in it."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8", "replace")


def test_no_export_tells_the_voices_of_an_open_round(database: Path, tmp_path: Path) -> None:
    """Every table as JSON, else in its first format; a workbook or CSV holds the same frame."""
    for name in [*records.TABLES, *(table for table in steering.TABLES if table not in records.TABLES)]:
        form = steering.TABLES[name].formats[0] if name in steering.TABLES else "json"
        out = tmp_path / f"{name}.{form}"
        done = run("export", name, "--format", form, "--out", out, database=database)
        written = out if out.exists() else out.with_stem(f"{name}-entwurf")  # a draft says so in its name
        content = unpacked(written.read_bytes()) if done.exit_code == 0 else ""
        assert content or name in steering.TABLES, done.output  # no version, no meeting: nothing to write
        assert SECRET not in done.output + content and "open_voice" not in content, (name, form)
    hsds = tmp_path / "initiatives.zip"
    assert run("export", "initiatives", "--format", "hsds", "--out", hsds, database=database).exit_code == 0
    assert SECRET not in unpacked(hsds.read_bytes())


def test_the_history_tells_who_handed_in_and_later_not_whose_a_voice_was(database: Path, tmp_path: Path) -> None:
    out = tmp_path / "changes.csv"

    def history() -> str:
        assert run("export", "changes", "--format", "csv", "--out", out, database=database).exit_code == 0
        return out.read_text("utf-8")

    assert "handed_in_ids" in history() and ",voice,r" not in history()
    inventory: Inventory = open_inventory(database, clock)
    (found,) = voices.rounds(inventory)
    voices.close_round(inventory, ADA, found.voice_round_id, {"p1": ["a"]})
    inventory.close()
    lines = [line for line in history().splitlines() if f",voice,{found.voice_round_id}|" in line]
    assert any(SECRET in line for line in lines)
    assert [
        line for line in lines if ",seat_organization_id," in line and line.rstrip(",").endswith(tuple("abcd"))
    ] == []
    assert [line for line in lines if ",conflict," in line and "|p1|" in line and "true" in line.lower()] == []
