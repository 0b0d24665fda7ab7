"""What our own file of faulty rows says of itself: kind, sender and mapping, as properties of the document.

People see nothing of it; spreadsheet programs keep such properties when they save.
"""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from esdash.inventory import zipped
from esdash.model.fields import Field
from esdash.model.kinds import KINDS

PROPERTY = "esdash.import."  # followed by the number of the piece
PIECE = 250  # characters of one property; Excel allows 255
MOST = 400  # pieces
_PART = "docProps/custom.xml"
_MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Told:
    """The kind of a table, who sent it, folded header → field, field → folded word → our id."""

    kind: str
    sender: str | None = None
    columns: Mapping[str, str | None] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)


def properties(told: Told) -> dict[str, str]:
    """Name → text of the properties that say it; none if it is too long, and then the file is one like any other."""
    document = {"kind": told.kind, "sender": told.sender, "columns": told.columns, "values": told.values}
    text = json.dumps(document)
    pieces = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
    return {f"{PROPERTY}{n}": piece for n, piece in enumerate(pieces)} if len(pieces) <= MOST else {}


def found(content: bytes) -> Told | None:
    """What an XLSX file, already checked, says of itself; None if it says nothing, or nothing that can be meant."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if _PART not in archive.namelist() or archive.getinfo(_PART).file_size > _MOST_BYTES:
                return None
            said = _read(archive.read(_PART))
    except (*zipped.DAMAGED, expat.ExpatError, _Doctype):
        return None
    pieces = (said.get(f"{PROPERTY}{n}") for n in range(MOST))
    text = "".join(piece for piece in pieces if piece)
    try:
        document = json.loads(text) if text else None
        json.dumps(document, ensure_ascii=False).encode()  # half a character has no place in the inventory
        return _understood(document) if document else None
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return None


def _understood(document: Any) -> Told | None:
    """The document as Told, without fields that the kind does not have."""
    kind = KINDS[document["kind"]]
    sender = document["sender"]
    columns = {str(header): name for header, name in document["columns"].items() if name in (None, *kind.by_name)}
    values = {
        name: {str(word): our_id for word, our_id in words.items() if our_id is None or isinstance(our_id, str)}
        for name, words in document["values"].items()
        if name in kind.by_name and _has_words(kind.field(name))
    }
    return Told(kind.name, sender if isinstance(sender, str) else None, columns, values)


def _has_words(field: Field) -> bool:
    """Whether words of a field can have meanings: a free text, a number or a date says itself what it says."""
    return field.type in ("boolean", "choice", "choices", "reference", "references", "place")


class _Doctype(Exception):
    """Properties have no document type; whoever writes one wants to make us read more than the file."""


def _read(part: bytes) -> dict[str, str]:
    """Name → text of the custom properties."""
    texts: dict[str, str] = {}
    name: str | None = None

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if tag.rpartition(":")[2] == "property":
            name = attributes.get("name")

    def said(piece: str) -> None:
        if name and name.startswith(PROPERTY):
            texts[name] = texts.get(name, "") + piece

    def end(tag: str) -> None:
        nonlocal name
        if tag.rpartition(":")[2] == "property":
            name = None

    def doctype(*_: Any) -> None:
        raise _Doctype

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, said, end
    parser.Parse(part, True)
    return texts
