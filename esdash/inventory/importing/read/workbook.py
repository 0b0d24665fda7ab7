"""Reading XLSX, XLS, XLSB and ODS: the content is checked, then a child with limits of memory and time reads it.

A file of 1 kB with a single cell at XFD1048576 costs a common reader 94 seconds and 5 GB.
"""

import importlib.util
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
ENDINGS = (".xlsx", ".xls", ".xlsb", ".ods")
REFUSED = {".xlsm": "import_macros", ".xltm": "import_macros"}
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_STREAMS = ("EncryptedPackage", "_VBA_PROJECT", "Workbook", "Book")  # what a container may hold
_NO_MEMORY = b"memory allocation of"  # what the child says when a far cell needs more memory than it may have
# Without site-packages and without our own, which open the inventory: the child imports from these two folders only.
_START = "import sys; sys.path += sys.argv[1:3]; from guarded.child import main; main(sys.argv[3:])"


@dataclass(frozen=True)
class Sheet:
    """One sheet: numbered rows. `beyond_limits`: the sheet has more than may be read."""

    title: str
    rows: list[tuple[int, list[str]]]
    beyond_limits: bool
    headings: tuple[int, ...] = ()  # numbers of rows with nothing but one cell across several columns
    filled_down: tuple[int, ...] = ()  # numbers of rows that take what stands in a merged cell
    unfilled: tuple[tuple[int, int], ...] = ()  # row and column of cells that do not, because it is a number
    hidden: tuple[int, ...] = ()
    concealed: bool = False  # hidden, and not read
    unseen: bool = False  # hidden rows, errors, merged areas and formats could not be told


def sheets(path: Path, content: bytes) -> list[Sheet]:
    """The sheets of a workbook; of hidden ones the title. Raises UserError, saying why, for every other file."""
    command = child(_checked(path.name, content), path)
    try:
        finished = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=limits.MAX_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UserError("import_too_slow", file=path.name, seconds=limits.MAX_SECONDS) from error
    if finished.returncode != 0:
        if _NO_MEMORY in finished.stderr:
            raise UserError("import_too_many_cells", file=path.name, rows=limits.MAX_ROWS, columns=limits.MAX_COLUMNS)
        raise UserError("import_damaged", file=path.name)
    answer = json.loads(finished.stdout)
    if answer.get("refused") == "locked":
        raise UserError("import_encrypted", file=path.name)
    if "refused" in answer:
        raise UserError("import_too_full", file=path.name, cells=limits.MAX_CELLS)
    return [Sheet(**{name: _fixed(name, value) for name, value in sheet.items()}) for sheet in answer["sheets"]]


def child(form: str, path: Path) -> list[str]:
    """The command of the process that reads a file of this format."""
    most = (limits.MAX_ROWS + 1, limits.MAX_COLUMNS, limits.MAX_CHARACTERS, limits.MAX_CELLS)
    bounds = map(str, (*most, limits.MAX_MEMORY_BYTES, limits.MAX_SECONDS))
    return [sys.executable, "-I", "-S", "-c", _START, *_folders(), form, str(path), *bounds]


def _folders() -> tuple[str, str]:
    """Where the child finds its own modules, and python-calamine."""
    library = importlib.util.find_spec("python_calamine")
    found = Path(library.origin).parents[1] if library and library.origin else Path()
    return str(Path(__file__).parent), str(found)


def _fixed(name: str, value: Any) -> Any:
    if name == "unfilled":
        return tuple((row, column) for row, column in value)
    return tuple(value) if isinstance(value, list) and name != "rows" else value


def _checked(name: str, content: bytes) -> str:
    """The format of a file, by its content and not its name, before anything is unzipped. Raises UserError."""
    if content.startswith(OLE):
        return _checked_container(name, content)
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
            if any(member.endswith("vbaProject.bin") or member.startswith("Basic/") for member in names):
                raise UserError("import_macros", file=name)
            if "mimetype" in names and archive.read("mimetype").strip() == _ODS and "content.xml" in names:
                return _checked_ods(name, archive)
            if "[Content_Types].xml" not in names or not any(member.startswith("xl/") for member in names):
                raise UserError("import_kind_of_file", file=name)
            if "xl/workbook.bin" in names:  # its type says that it may have macros, always
                return "xlsb"
            if b"macroEnabled" in archive.read("[Content_Types].xml"):
                raise UserError("import_macros", file=name)
            return "xlsx"
    except zipped.DAMAGED as error:
        key = "import_damaged" if content.startswith(ZIP) else "import_kind_of_file"
        raise UserError(key, file=name) from error


def _checked_container(name: str, content: bytes) -> str:
    """XLS; what else lies in such containers is refused."""
    streams = {stream: stream.encode("utf-16-le") in content for stream in _STREAMS}
    if streams["EncryptedPackage"]:
        raise UserError("import_encrypted", file=name)
    if streams["_VBA_PROJECT"]:
        raise UserError("import_macros", file=name)
    if not streams["Workbook"] and not streams["Book"]:
        raise UserError("import_kind_of_file", file=name)
    return "xls"


def _checked_ods(name: str, archive: zipfile.ZipFile) -> str:
    manifest = "META-INF/manifest.xml"
    if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
        raise UserError("import_encrypted", file=name)
    return "ods"
