"""Files made to stop, overfill or deceive their reader: refused with the reason, by a process that ends in time."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from esdash.errors import UserError
from esdash.inventory import importing
from esdash.inventory.importing.read import hsds, limits, spreadsheets, workbook
from esdash.model.kinds import HEADERS
from esdash.texts import Text
from tests.conftest import NOW
from tests.inventory.hostile_files import FILES, HEADER, SPREADSHEET, packed

ROOT = Path(__file__).parents[2]
MOST_MEGABYTES = 250  # that the whole run may add to the process that serves the pages


def read_in(path: Path) -> object:
    """As the app reads a file of this ending."""
    return hsds.tables(path, NOW.date()) if importing.is_document(path) else importing.read_table(path)


READ_ALL = r"""
import re, sys
from pathlib import Path
from esdash.errors import UserError
from tests.inventory.hostile_files import FILES
from tests.inventory.test_hostile_files import read_in

def most_memory():
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text()).group(1))

usual = most_memory()
folder = Path(sys.argv[1])
for name, (build, _) in FILES.items():
    path = folder / name
    build(path) if name == "folder.csv" else None
    try:
        read_in(path)
        key = "read"
    except UserError as error:
        key = error.key
    print(name, key, (most_memory() - usual) // 1024, flush=True)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All the files, made once: by another process, whose memory is not that of the reader."""
    folder = tmp_path_factory.mktemp("hostile")
    make = "import sys; from pathlib import Path; from tests.inventory.hostile_files import FILES\n"
    make += "for name, (build, _) in FILES.items(): name == 'folder.csv' or build(Path(sys.argv[1]) / name)"
    subprocess.run([sys.executable, "-c", make, str(folder)], cwd=ROOT, check=True)
    return folder


@pytest.mark.slow
def test_each_is_refused_with_its_reason_and_one_process_outlives_them_all(folder: Path) -> None:
    command = [sys.executable, "-c", READ_ALL, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    told = [line.split() for line in done.stdout.splitlines()]
    assert {name: key for name, key, _ in told} == {name: key for name, (_, key) in FILES.items()}
    assert max(int(megabytes) for _, _, megabytes in told) < MOST_MEGABYTES


@pytest.mark.parametrize("key", sorted({key for _, key in FILES.values()}))
def test_every_reason_is_said_in_both_languages(key: str) -> None:
    values = {"file": "a", "limit": 1, "rows": 1, "columns": 1, "cells": 1, "characters": 1, "row": "1"}
    for language in ("de", "en"):
        assert all(Text(language).error(UserError(key, **values)))


def test_a_child_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sleeper = f"import os, time; open({str(tmp_path / 'id')!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    monkeypatch.setattr(workbook, "_START", sleeper)
    monkeypatch.setattr(limits, "MAX_SECONDS", 2)
    begin = time.monotonic()
    with pytest.raises(UserError, match="import_too_slow"):
        spreadsheets.table(packed(tmp_path / "a.xlsx"), HEADERS)
    assert time.monotonic() - begin < 60
    assert not Path(f"/proc/{(tmp_path / 'id').read_text()}").exists()


def test_a_child_may_not_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMORY_BYTES", 30_000_000)
    with pytest.raises(UserError, match="import_damaged"):
        spreadsheets.table(packed(tmp_path / "a.xlsx", HEADER + " " * 40_000_000), HEADERS)


def test_a_link_to_another_workbook_is_never_followed(tmp_path: Path) -> None:
    """The value that was there when the file was saved counts; nothing is opened."""
    rows = HEADER + "<row><c t='str'><f>'file:///etc/[hostname]x'!A1</f><v>Tafel</v></c></row>"
    link = f'<externalLink xmlns="{SPREADSHEET}"><externalBook/></externalLink>'
    parts = {"xl/externalLinks/externalLink1.xml": link}
    found = spreadsheets.table(packed(tmp_path / "a.xlsx", rows, parts=parts), HEADERS)
    assert found.rows[0].cells == ("Tafel",)


def test_strange_but_harmless_workbooks_are_read(tmp_path: Path) -> None:
    """Rows and cells without names, prefixes, texts in pieces, hints how to pronounce, escaped characters."""
    rows = (
        "<row><c t='inlineStr'><is><r><t>Organi</t></r><r><t>sation</t></r><rPh><t>?</t></rPh></is></c>"
        "<c t='str'><v>Notiz</v></c><c t='str'><v>Quelle</v></c></row>"
        "<row><c t='s'><v>0</v></c><c t='str'><v>a_x000D_\nb_x005F_x0041_ _xD83D__xDE00_</v></c>"
        "<c t='str'><f>\"\"</f><v></v></c></row>"
    )
    strings = f'<x:sst xmlns:x="{SPREADSHEET}"><x:si><x:r><x:t>Ta</x:t></x:r><x:r><x:t>fel</x:t></x:r></x:si></x:sst>'
    found = spreadsheets.table(packed(tmp_path / "a.xlsx", rows, parts={"xl/sharedStrings.xml": strings}), HEADERS)
    assert found.header == ("Organisation", "Notiz", "Quelle")
    assert found.rows[0].cells == ("Tafel", "a\nb_x0041_ 😀", "")
