"""The files of a frozen version of the priority list, made from nothing but what the version says."""

import json
from collections.abc import Mapping
from typing import Any

from esdash.exports.lists import paper, tables
from esdash.exports.reports.setting import Attachment
from esdash.inventory.steering.versions import MEDIA_TYPES
from esdash.model.canonical import canonical, sha256
from esdash.texts import Text

CHECKSUMS = "pruefsummen.txt"


def stem(number: int) -> str:
    """The name of the files of a version, without its ending."""
    return f"prioritaetenliste-fassung-{number}"


def render(content: Mapping[str, Any], text: Text | None = None) -> dict[str, bytes]:
    """Name → bytes of every file of a version: PDF, XLSX, CSV, JSON and the checksums of these.

    `content` is what the version says, as its canonical text gives it back; nothing else is looked at, neither the
    inventory nor the clock, so that the same content gives the same bytes with the same program. The labels are in the
    language of the content, unless `text` has another.
    """
    content = json.loads(canonical(content))
    text = text or Text(content["language"])
    checksum, name = sha256(canonical(content)), stem(content["number"])
    table, document = tables.csv(content, checksum, text), _document(content, checksum, text)
    inside = [
        Attachment(f"{name}.json", document, MEDIA_TYPES[".json"], text("versions.attached_json"), "source"),
        Attachment(f"{name}.csv", table.decode(), MEDIA_TYPES[".csv"], text("versions.attached_csv"), "alternative"),
    ]
    files = {
        f"{name}.pdf": paper.pdf(content, checksum, inside, text),
        f"{name}.xlsx": tables.workbook(content, checksum, text),
        f"{name}.csv": table,
        f"{name}.json": document.encode(),
    }
    lines = [f"{sha256(files[one])}  {one}\n" for one in sorted(files)]
    return files | {CHECKSUMS: "".join(lines).encode()}


def _document(content: Mapping[str, Any], checksum: str, text: Text) -> str:
    """The content as JSON, with a head that says what it is, as data packages have it."""
    head = {
        "name": stem(content["number"]),
        "title": f"{text('versions.list_title')}, {content['title']}",
        "version": str(content["number"]),
        "description": text("versions.people"),
        "resources": [{"name": stem(content["number"]), "path": f"{stem(content['number'])}.csv", "format": "csv"}],
        "sha256": checksum,
    }
    return canonical({"datapackage": head, "content": content})
