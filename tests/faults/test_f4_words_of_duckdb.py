"""F4: only damage is called damage, because on reading that word people restore an older backup."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, open_file
from esdash.inventory.access import Action
from esdash.inventory.file import attaching
from esdash.inventory.file.attaching import explained
from esdash.texts import Text
from tests.people import ADA

ROOT = Path(__file__).parents[2]
# What DuckDB 2.0 says (collected by provoking it, those of other systems from their own words) → the message.
SAYINGS = [
    ('IO Error: Could not set lock on file "i.duckdb": Conflicting lock is held', "inventory_in_use"),
    ("IO Error: Cannot open file: being used by another process", "inventory_in_use"),
    ("Binder Error: Unique file handle conflict: cannot attach", "inventory_in_use"),
    ('IO Error: Could not write file "i.duckdb": No space left on device', "disk_full"),
    ('IO Error: Could not write file "i.duckdb.wal": File too large', "disk_full"),
    ("IO Error: Could not write file: Disk quota exceeded", "disk_full"),
    ("IO Error: There is not enough space on the disk.", "disk_full"),
    ('IO Error: Cannot open file "i.duckdb": Read-only file system', "disk_read_only"),
    ("IO Error: The media is write protected.", "disk_read_only"),
    ('IO Error: Could not read from file "i.duckdb": Input/output error', "disk_fault"),
    ('IO Error: Cannot open file "i.duckdb": Too many open files', "too_many_files"),
    ('IO Error: Cannot open file "i.duckdb": Permission denied', "inventory_no_access"),
    ('IO Error: Cannot open file "i.duckdb": Operation not permitted', "inventory_no_access"),
    ('Failure while replaying WAL file "i.duckdb.wal": Corrupt WAL file: entry at byte position 27', "log_damaged"),
    ('Failure while replaying WAL file "i.duckdb.wal": WAL does not match database file.', "log_damaged"),
    ("This WAL was created for this database file, but the WAL checkpoint iteration does not match the database file. "
     "That means the WAL was created for a newer version of this database.", "log_damaged"),
    ('Failure while replaying WAL file "i.duckdb.wal": No space left on device', "disk_full"),
    ("IO Error: Trying to read a database file with version number 99, we can only read 64", "inventory_newer"),
    ("Corrupt database file: computed checksum 1 does not match stored checksum 2 in block at location 3",
     "inventory_damaged"),
    ('IO Error: The file "i.duckdb" exists, but it is not a valid DuckDB database file!', "inventory_damaged"),
    ('IO Error: Could not read enough bytes from file "i.duckdb": attempted to read 4096 bytes', "inventory_damaged"),
    ("Something that nobody has heard of", "inventory_not_opened"),
]  # fmt: skip
# What a person can type; DuckDB repeats it in what it says about a value.
TYPED = [saying for saying, _ in SAYINGS] + ["WAL", "checksum", "newer version", 'Halle "WAL", version number 7']
UNTOUCHED = {key for _, key in SAYINGS} - {"inventory_damaged"}


@pytest.mark.parametrize(("saying", "key"), SAYINGS)
def test_each_saying_gets_its_words(saying: str, key: str) -> None:
    error = explained(RuntimeError(saying), Path("i.duckdb"))
    assert error.key == key
    for language in ("de", "en"):
        what, hint = Text(language).error(error)
        assert "{" not in what + hint


@pytest.mark.parametrize("typed", TYPED)
def test_what_somebody_typed_is_no_damage(tiny: Inventory, typed: str) -> None:
    rows = [{"organization_id": "o", "name": typed}] * 2
    with pytest.raises(UserError, match="rule_broken"), tiny.change(ADA, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{**row, "organization_id": typed} for row in rows])
    with pytest.raises(UserError, match="rule_broken") as refused, tiny.change(ADA, Action.ENTER_RECORDS) as change:
        change.insert("initiative", [{"initiative_id": "i", "organization_id": "o", "name": "x", "assured_on": typed}])
    of_duckdb = refused.value.__cause__
    assert isinstance(of_duckdb, duckdb.ConversionException)
    assert typed in str(of_duckdb)
    late = duckdb.TransactionException(f'Failed to commit: PRIMARY KEY constraint violation: duplicate key "{typed}"')
    for error in (of_duckdb, late):
        assert attaching.of_the_disk(error, Path("i.duckdb")) is None


@pytest.mark.parametrize("kind", [duckdb.IOException, duckdb.TransactionException, duckdb.FatalException, OSError])
def test_what_the_disk_says_is_heard(kind: type[Exception]) -> None:
    error = attaching.of_the_disk(kind("Failed to commit: No space left on device"), Path("i.duckdb"))
    assert error is not None
    assert error.key == "disk_full"


@pytest.mark.parametrize("key", sorted(UNTOUCHED))
def test_nobody_is_advised_to_restore_where_the_data_are_fine(key: str) -> None:
    error = UserError(key, path=Path("i.duckdb"), backups=Path("backups"), details="x")
    what, hint = Text("de").error(error)
    assert "beschädigt" not in what or key == "log_damaged"
    assert "esdash restore" not in hint
    assert "restore" not in Text("en").error(error)[1].replace("do not restore", "").replace(
        "Do not restore", ""
    ).replace("Restore a backup only if", "")


def test_a_file_system_that_can_only_be_read(tiny_file: bytes, tmp_path: Path) -> None:
    """For real where tests may mount; else the words above are all that can be tried."""
    folder = tmp_path / "locked"
    folder.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(folder)], capture_output=True, check=False)
    if done.returncode != 0:
        print("nothing may be mounted here: only the words were tried")
        return
    try:
        (folder / "inventory.duckdb").write_bytes(tiny_file)
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        with pytest.raises(UserError) as caught:
            open_file(folder / "inventory.duckdb")
        assert caught.value.key == "disk_read_only"
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_too_many_open_files(tiny_path: Path) -> None:
    script = """
import resource, sys
from pathlib import Path
import duckdb
from esdash.errors import UserError
from esdash.inventory import open_file
ready = duckdb.connect(":memory:")  # DuckDB itself ends the process where it cannot even start
duckdb.connect = lambda *where: ready
resource.setrlimit(resource.RLIMIT_NOFILE, (60, 60))
held = []
try:
    while True:
        held.append(open("/dev/null"))
except OSError:
    pass
try:
    open_file(Path(sys.argv[1]))
except UserError as error:
    print(error.key)
"""
    command = [sys.executable, "-c", script, str(tiny_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout == "too_many_files\n", done.stderr
