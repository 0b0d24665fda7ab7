"""F1: a full disk stops a change or a backup, and nothing else; when there is room again, everything works again.

DuckDB gives up a file whose checkpoint fails. The disk is full for real on a small file system where this machine lets
tests mount one (each test prints which way was taken), and a limit on the size of files elsewhere.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FULL = """
import os, signal, sys
from contextlib import contextmanager
from pathlib import Path
from esdash.errors import UserError
from esdash.inventory import open_file
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import attaching

path, disk = Path(sys.argv[1]), sys.argv[2]
inventory, ada = open_file(path), Actor("Ada")

@contextmanager
def full(left=0):
    if disk == "limit":
        import resource
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (left + 4096, resource.RLIM_INFINITY))
        yield
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    else:
        ballast, free = path.parent / "ballast", os.statvfs(path.parent)
        ballast.write_bytes(b"x" * max(0, free.f_bavail * free.f_frsize - left))
        yield
        ballast.unlink()

def add(key, rows=1):
    with inventory.change(ada, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": f"{key}{n}", "name": "n" * (1 if rows == 1 else 300)}
                                       for n in range(rows)])

def said(do):
    try:
        do()
    except UserError as error:
        print(error.key)
    else:
        print("done")

def count():
    return inventory.value("SELECT count(*) FROM organization")

def checkpoint():
    with inventory.exclusive(ada, Action.BACK_UP) as cursor:
        cursor.execute("CHECKPOINT inventory")

def written_out():
    with inventory.written_out(ada, Action.BACK_UP):
        pass
"""
CHECKPOINT = """
add("before")
with full():
    said(checkpoint)
    print(count())  # reads go on, on the full disk
print(count())
add("after")
print(count())
said(written_out)
inventory.close()
inventory = open_file(path)
print(count())
"""
COMMIT = """
add("before")
with full(300_000 if disk == "mounted" else 0):
    said(lambda: add("large", 5000))
    print(count())
add("after")
print(count())
inventory.close()
inventory = open_file(path)
print(count())
"""
SPACE = """
before = (path.stat().st_mtime_ns, path.stat().st_size)
attaching.SPACE_NEEDED = 10**9
said(written_out)
print(before == (path.stat().st_mtime_ns, path.stat().st_size))
"""
COMMITTED = """
import duckdb
class Torn:  # the commit is in the file, and what DuckDB does after it fails
    def __init__(self, cursor): self.cursor = cursor
    def execute(self, sql, *values):
        result = self.cursor.execute(sql, *values)
        if sql == "COMMIT":
            raise duckdb.IOException("The database has been invalidated. Original error: No space left on device")
        return result
import contextlib
whole = inventory._cursor
@contextlib.contextmanager
def torn(*asked):
    with whole(*asked) as cursor:
        yield Torn(cursor)
inventory._cursor = torn
said(lambda: add("kept"))
inventory._cursor = whole
print(count())
"""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder on a disk of 40 MB, and how it is filled: "mounted", or "limit" where nothing may be mounted."""
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(small)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    print(
        "the disk is", "a mounted one of 40 MB" if mounted else "limited by RLIMIT_FSIZE: nothing may be mounted here"
    )
    yield small, "mounted" if mounted else "limit"
    if mounted:
        subprocess.run(["umount", "--lazy", str(small)], check=True)


def run(what: str, path: Path, disk: str) -> list[str]:
    command = [sys.executable, "-c", FULL + what, str(path), disk]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def placed(tiny_file: bytes, folder: Path) -> Path:
    path = folder / "inventory.duckdb"
    path.write_bytes(tiny_file)
    return path


@pytest.mark.parametrize("way", ["as it is", "limit"])
def test_a_failed_checkpoint_reopens_by_itself(way: str, disk: tuple[Path, str], tiny_file: bytes) -> None:
    folder, how = disk
    answers = run(CHECKPOINT, placed(tiny_file, folder), "limit" if way == "limit" else how)
    assert answers == ["file_reopened", "1", "1", "2", "done", "2"]


def test_a_change_that_does_not_fit_is_refused_and_the_next_one_is_kept(
    disk: tuple[Path, str], tiny_file: bytes
) -> None:
    folder, how = disk
    assert run(COMMIT, placed(tiny_file, folder), how) == ["disk_full", "1", "2", "2"]


def test_room_is_looked_for_before_the_file_is_written_out(tiny_path: Path) -> None:
    assert run(SPACE, tiny_path, "limit") == ["disk_nearly_full", "True"]


def test_a_change_that_was_saved_before_the_failure_counts_as_saved(tiny_path: Path) -> None:
    assert run(COMMITTED, tiny_path, "limit") == ["done", "1"]
