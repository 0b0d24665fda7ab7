"""Whether a file is one of a frozen version: unchanged; the same content saved anew; changed, and where; unknown."""

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any, Literal, NamedTuple

from esdash.analysis.versions import comparing, frozen
from esdash.analysis.versions.comparing import Cells, Field
from esdash.analysis.versions.frozen import Frozen
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.importing.read import attached, spreadsheets, workbook
from esdash.inventory.importing.read.limits import MAX_BYTES, MAX_OBJECTS
from esdash.inventory.steering.versions import file_of
from esdash.model.canonical import canonical, sha256
from esdash.model.folding import fold

FORMAT = "esdash-list-version/"  # how the content of every version begins to say what it is
ALIKE = 0.5  # share of equal cells from which on a table is a changed one of ours and not another table
ENDINGS = (".pdf", ".json", ".xlsx", ".csv", ".txt")

_Both = Callable[[str, bytes], tuple[Cells, Cells]]  # name and bytes of a frozen file → its cells, those of the other
Answer = Literal["unchanged", "resaved", "changed", "unknown"]
Compared = Literal["file", "bare", "attached", "content", "cells"]


class Verdict(NamedTuple):
    """What a file is.

    `compared`: the file byte for byte; nothing but that, because a PDF is bare of an attached list; the list attached
    to a PDF; the content of a JSON; the cells.
    """

    answer: Answer
    compared: Compared
    number: int | None = None  # of the version
    title: str = ""
    file: str = ""  # the frozen file that it was compared with
    fields: tuple[Field, ...] = ()


def verify(inventory: Inventory, name: str, content: bytes) -> Verdict:
    """What a file is, by its bytes first and what it says second.

    Raises UserError, saying why, for a file that is too large, encrypted, damaged or made to stop its reader.
    """
    if len(content) > MAX_BYTES:
        raise UserError("import_too_large", file=name, limit=MAX_BYTES // 1_000_000)
    versions, checksum = frozen.versions(inventory), sha256(content)
    for version in versions:
        for file in version.files:
            if file["sha256"] == checksum:
                return Verdict("unchanged", "file", version.number, version.title, file["name"])
    if content[:1024].lstrip().startswith(attached.PDF):
        inside = _inside(content)
        return _of_content(versions, inside, "bare" if inside is None else "attached", ".pdf")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{"):
        return _of_content(versions, _content(content), "content", ".json")
    if content.startswith((workbook.ZIP, workbook.OLE)) or name.lower().endswith(".xlsx"):
        now = _sheets(name, content)
        return _of_cells(inventory, versions, ".xlsx", lambda kept, stored: (_sheets(kept, stored), now))
    if name.lower().endswith(".csv"):
        return _of_cells(inventory, versions, ".csv", lambda kept, stored: _rows(kept, stored, name, content))
    if name.lower().endswith(ENDINGS):
        return Verdict("unknown", "file")
    raise UserError("verify_kind_of_file", file=name)


def _of_content(versions: list[Frozen], content: Mapping[str, Any] | None, compared: Compared, ending: str) -> Verdict:
    if content is None:
        return Verdict("unknown", compared)
    checksum = sha256(canonical(content))
    version = next((one for one in versions if one.sha256 == checksum), None)
    if version is not None:
        return Verdict("resaved", compared, version.number, version.title, _named(version, ending))
    version = next((one for one in versions if one.number == content.get("number")), None)
    if version is None:
        return Verdict("unknown", compared)
    fields = tuple(comparing.of_contents(version.content, content))
    return Verdict("changed", compared, version.number, version.title, _named(version, ending), fields)


def _of_cells(inventory: Inventory, versions: list[Frozen], ending: str, both: _Both) -> Verdict:
    """Compare with the table of every version; the one that is most alike is meant."""
    best: tuple[float, Frozen | None, list[Field]] = (0.0, None, [])
    for version in versions:
        if kept := _named(version, ending):
            before, now = both(kept, file_of(inventory, version.list_version_id, kept))
            share = comparing.alike(before, now)
            best = max(best, (share, version, comparing.of_cells(before, now)), key=lambda one: one[0])
    share, meant, fields = best
    if meant is None or share < ALIKE:
        return Verdict("unknown", "cells")
    answer: Answer = "changed" if fields else "resaved"
    return Verdict(answer, "cells", meant.number, meant.title, _named(meant, ending), tuple(fields))


def _named(version: Frozen, ending: str) -> str:
    names = [str(file["name"]) for file in version.files]
    return next((name for name in names if PurePath(name).suffix == ending), "")


def _inside(content: bytes) -> Mapping[str, Any] | None:
    """The content of a version among the files inside a PDF."""
    found = (_content(file) for file in attached.files_in(content) if file.lstrip()[:1] == b"{")
    return next((one for one in found if one is not None), None)


def _content(document: bytes) -> Mapping[str, Any] | None:
    """The content of a version in a JSON document, with or without its head; None if it is another document."""
    if document.count(b"{") + document.count(b"[") > MAX_OBJECTS:
        return None
    try:
        read = json.loads(document.decode("utf-8-sig"), parse_float=str)
        content = read.get("content", read)
        canonical(content)
        return content if str(content["format"]).startswith(FORMAT) else None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _sheets(name: str, content: bytes) -> Cells:
    """The filled cells of every visible sheet, as the guarded reader of imports gives them."""
    with _on_disk(name, content) as path:
        sheets = workbook.sheets(path, content)
    return {
        (sheet.title, f"{spreadsheets.column_letter(column)}{row}"): text.strip()
        for sheet in sheets
        for row, texts in sheet.rows
        for column, text in enumerate(texts)
        if text.strip()
    }


def _rows(kept: str, stored: bytes, name: str, content: bytes) -> tuple[Cells, Cells]:
    """The cells of the frozen table and of the other one: number of the row, name of the column."""
    ours = _table(kept, stored, ())
    return _cells(ours), _cells(_table(name, content, [fold(heading) for heading in ours.header]))


def _table(name: str, content: bytes, known: Sequence[str]) -> spreadsheets.Table:
    with _on_disk(name, content) as path:
        return spreadsheets.table(path, known)


@contextmanager
def _on_disk(name: str, content: bytes) -> Iterator[Path]:
    """The file where the readers of imports can open it, under a name that is one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / (re.sub(r"[^\w. -]", "_", PurePath(name).name)[-80:] or "_")
        path.write_bytes(content)
        yield path


def _cells(table: spreadsheets.Table) -> Cells:
    return {
        (str(number), heading): cell
        for number, row in enumerate(table.rows, start=1)
        for heading, cell in zip(table.header, row.cells, strict=True)
        if cell
    }
