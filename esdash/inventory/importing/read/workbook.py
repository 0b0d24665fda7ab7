"""Reading XLSX files: the content is checked, then a child process with limits of memory and time reads the file.

A file of 1 kB with a single cell at XFD1048576 costs a common reader 94 seconds and 5 GB.
"""

import io
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from esdash.errors import UserError
from esdash.inventory import zipped
from esdash.inventory.importing.read import limits

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # first bytes of .xls and of encrypted .xlsx
REFUSED = {
    ".xls": "import_xls",
    ".xlsm": "import_macros",
    ".xltm": "import_macros",
    ".xlsb": "import_kind_of_file",
    ".ods": "import_kind_of_file",
}
_CHILD = Path(__file__).with_name("xlsx_child.py")


@dataclass(frozen=True)
class Sheet:
    """One visible sheet: numbered rows. `beyond_limits`: the sheet has more than may be read."""

    title: str
    rows: list[tuple[int, list[str]]]
    beyond_limits: bool
    headings: tuple[int, ...] = ()  # numbers of rows with nothing but one cell across several columns
    filled_down: tuple[int, ...] = ()  # numbers of rows that take a text from a merged cell
    hidden: tuple[int, ...] = ()


def sheets(path: Path, content: bytes) -> list[Sheet]:
    """The visible sheets of an XLSX file. Raises UserError, saying why, for every other file."""
    _check(path.name, content)
    command = [sys.executable, "-I", "-S", str(_CHILD), str(path)]
    for limit in (limits.MAX_ROWS + 1, limits.MAX_COLUMNS, limits.MAX_CHARACTERS, limits.MAX_CELLS):
        command.append(str(limit))
    command += [str(limits.MAX_MEMORY_BYTES), str(limits.MAX_SECONDS)]
    try:
        finished = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=limits.MAX_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UserError("import_too_slow", file=path.name, seconds=limits.MAX_SECONDS) from error
    if finished.returncode != 0:
        raise UserError("import_damaged", file=path.name)
    answer = json.loads(finished.stdout)
    if "refused" in answer:
        raise UserError("import_too_full", file=path.name, cells=limits.MAX_CELLS)
    return [Sheet(**{name: _fixed(name, value) for name, value in sheet.items()}) for sheet in answer["sheets"]]


def _fixed(name: str, value: Any) -> Any:
    return tuple(value) if isinstance(value, list) and name != "rows" else value


def _check(name: str, content: bytes) -> None:
    """Refuse files by their content, not their name, before anything is unzipped. Raises UserError."""
    if content.startswith(OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise UserError("import_encrypted" if encrypted else "import_xls", file=name)
    if zipped.has_more_entries(content, limits.MAX_MEMBERS):
        raise UserError("import_too_full", file=name, cells=limits.MAX_CELLS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > limits.MAX_UNZIPPED_BYTES:
                raise UserError("import_unzips_too_large", file=name, limit=limits.MAX_UNZIPPED_BYTES // 1_000_000)
            if any(member.flag_bits & 1 for member in members):
                raise UserError("import_encrypted", file=name)
            names = {member.filename for member in members}
            if any(member.endswith("vbaProject.bin") for member in names):
                raise UserError("import_macros", file=name)
            if "[Content_Types].xml" not in names or not any(member.startswith("xl/") for member in names):
                raise UserError("import_kind_of_file", file=name)
            if b"macroEnabled" in archive.read("[Content_Types].xml"):
                raise UserError("import_macros", file=name)
    except zipped.DAMAGED as error:
        key = "import_damaged" if content.startswith(ZIP) else "import_kind_of_file"
        raise UserError(key, file=name) from error
