"""Open Referral HSDS 3 documents as tables for the importer: organisations, places, contacts, then initiatives.

Each table is planned and run like a spreadsheet, in this order, because initiatives refer to the others. Our own
exports carry our keys and fields in `attributes`. Of a foreign document, ids are the sender's: what they mean here is
found when a table is planned (importing/documents.py), and whatever has no field here is kept as text or named.
A person is imported only with consent stated in the document; otherwise only the function is.
"""

import hashlib
import json
from datetime import date
from pathlib import Path

from esdash.errors import UserError
from esdash.inventory.importing.read.cells import clean
from esdash.inventory.importing.read.hsds import document, facts, rows, schedules, shapes, values
from esdash.inventory.importing.read.hsds.facts import Source
from esdash.inventory.importing.read.hsds.rows import KINDS, Made
from esdash.inventory.importing.read.limits import MAX_BYTES, MAX_OBJECTS, MAX_ROWS
from esdash.inventory.importing.read.notices import Notice
from esdash.inventory.importing.read.spreadsheets import Row, Table

ENDING = ".json"


def tables(path: Path, today: date) -> dict[str, Table]:
    """Kind → table, in the order of importing, without kinds that the document does not contain.

    `today`: what the document says of days before is over.

    Raises UserError for a file that is missing, too large or not an HSDS document.
    """
    if not path.is_file():
        raise UserError("import_missing", file=path.name)
    if path.stat().st_size > MAX_BYTES:
        raise UserError("import_too_large", file=path.name, limit=MAX_BYTES // 1_000_000)
    content = path.read_bytes()
    if content.count(b"{") + content.count(b"[") > MAX_OBJECTS:
        raise UserError("import_hsds", file=path.name)
    try:
        found = document.contents(json.loads(content.decode("utf-8-sig")))
        many = len(found.services) + sum(map(len, found.twins.values())) > MAX_ROWS
        made = {} if many else rows.Builder(today).build(found)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UserError("import_hsds", file=path.name) from error
    if many or max(map(len, made.values())) > MAX_ROWS:
        raise UserError("import_too_many_cells", file=path.name, rows=MAX_ROWS, columns=MAX_ROWS)
    digest = hashlib.sha256(content).hexdigest()
    there = [kind for kind in KINDS if made[kind]]
    left = {there[-1]: tuple(found.left)}  # what belongs to no record is told once, with the last table
    return {kind: _table(path.name, digest, kind, list(made[kind].values()), left.get(kind, ())) for kind in there}


def _table(name: str, digest: str, kind: str, made: list[Made], left: tuple[Notice, ...]) -> Table:
    header = dict.fromkeys([*(field for row in made for field in row.cells), "note"])
    if any(row.source.schedules is not None for row in made):
        header |= {"times": None}  # known only when they are read in the city's time zone
    for row in made:
        row.cells |= {"note": "; ".join(row.source.note)} if row.source.note else {}
    return Table(
        name=name,
        sha256=digest,
        header=tuple(header),
        header_row=0,
        rows=tuple(
            Row(
                number,
                tuple(clean(str(row.cells.get(field, ""))) for field in header),
                source=row.source,
                faults=tuple(row.faults),
            )
            for number, row in enumerate(made, 1)
        ),
        sheet=kind,
        notices=left,
    )
