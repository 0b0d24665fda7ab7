"""Frozen versions of the priority list: numbered, unchangeable, each with the checksum of the one before (a chain).

The files are kept as bytes, because a later version of the program or of a font would set the same content in other
bytes. What a version says is one canonical text (`esdash.model.canonical`); its entries are rows too, to be answered.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath
from typing import Any, NamedTuple

from esdash.errors import UserError
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import last_change
from esdash.inventory.file.change import Change
from esdash.inventory.file.store import Inventory
from esdash.inventory.privacy.naming import Reader, refuse_people
from esdash.model.canonical import canonical, sha256, texts

MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".json": "application/json",
    ".txt": "text/plain",
}


@dataclass(frozen=True)
class Draft:
    """What would be frozen: made from an inventory at its last change, and valid only as long as nothing changes."""

    number: int
    title: str
    content: str  # canonical JSON
    files: Mapping[str, bytes] = field(repr=False)
    last_change: int
    as_of: date
    meeting_id: str | None = None
    decision_id: str | None = None


class Link(NamedTuple):
    """One version in the chain; `broken` names what does not agree, the keys of texts."""

    number: int
    list_version_id: str
    sha256: str
    broken: tuple[str, ...]  # content, previous, entries, files


def freeze(inventory: Inventory, actor: Actor, draft: Draft) -> str:
    """Store the draft as the next version; returns its id. Raises UserError as `write` does."""
    with inventory.change(actor, Action.FREEZE_LIST, draft.title) as change:
        return write(change, draft, actor.name, inventory.today())


def write(change: Change, draft: Draft, actor_name: str, on: date) -> str:
    """Store the draft in a transaction that is already open; returns the id of the version.

    Raises UserError if the inventory has changed since the draft was made (what this transaction wrote itself does not
    count), if another version was frozen meanwhile, if the content is not canonical, and if a text names a known
    person.
    """
    content = json.loads(draft.content)
    if canonical(content) != draft.content:
        raise ValueError("the content of a version is canonical JSON")
    last = change.rows("FROM inventory.list_version ORDER BY number DESC LIMIT 1")
    number, previous = (last[0]["number"] + 1, last[0]["content_sha256"]) if last else (1, None)
    told = (draft.number, content.get("number"), content.get("previous_sha256"), draft.last_change)
    if told != (number, number, previous, change.last_before):
        raise UserError("version_outdated", number=draft.number)
    refuse_people(change, draft.title, *texts(content))
    key = f"v{number}"
    version = {
        "list_version_id": key,
        "number": number,
        "title": draft.title,
        "meeting_id": draft.meeting_id,
        "decision_id": draft.decision_id,
        "frozen_on": on,
        "frozen_by": actor_name,
        "as_of": draft.as_of,
        "last_change": draft.last_change,
        "content": draft.content,
        "content_sha256": sha256(draft.content),
        "previous_sha256": previous,
        "files": [_described(name, draft.files[name]) for name in sorted(draft.files)],
    }
    change.insert("list_version", [version])
    change.insert("list_entry", [_row(key, place, entry) for place, entry in enumerate(content["entries"], start=1)])
    change.insert_bytes(
        "list_file",
        [
            {"list_file_id": f"{key}|{name}", "list_version_id": key, "name": name, "content": draft.files[name]}
            for name in sorted(draft.files)
        ],
    )
    return key


def last_change_of(reader: Reader) -> int:
    """The number of the last change, which a draft names."""
    return int(reader.rows(f"SELECT ({last_change.LAST}) AS number")[0]["number"])


def file_of(inventory: Inventory, list_version_id: str, name: str) -> bytes:
    """A file of a version as it was frozen. Raises UserError if there is none of that name."""
    key = f"{list_version_id}|{name}"
    rows = inventory.rows("SELECT content FROM inventory.list_file WHERE list_file_id = $key", key=key)
    if not rows:
        raise UserError("version_no_file", version=list_version_id, file=name)
    return bytes(rows[0]["content"])


def chain(inventory: Inventory) -> list[Link]:
    """Every version in order, with what of it does not agree with its checksums: nothing, if nobody has altered it."""
    versions = inventory.rows("FROM inventory.list_version ORDER BY number")
    entries = inventory.rows("FROM inventory.list_entry ORDER BY list_version_id, sort")
    files = inventory.rows("FROM inventory.list_file ORDER BY list_file_id")
    links: list[Link] = []
    before: str | None = None
    for version in versions:
        key = version["list_version_id"]
        kept = [row for row in entries if row["list_version_id"] == key]
        agrees = {
            "content": sha256(version["content"]) == version["content_sha256"],
            "previous": _previous(version) == (before, before),
            "entries": _entries_agree(version, kept),
            "files": [_described(row["name"], row["content"]) for row in files if row["list_version_id"] == key]
            == json.loads(version["files"]),
        }
        broken = tuple(name for name, holds in agrees.items() if not holds)
        links.append(Link(version["number"], key, version["content_sha256"], broken))
        before = sha256(version["content"])
    return links


def _previous(version: Mapping[str, Any]) -> tuple[Any, Any]:
    """The checksum of the version before, as the row and as the content name it."""
    return version["previous_sha256"], _content(version).get("previous_sha256")


def _entries_agree(version: Mapping[str, Any], rows: list[dict[str, Any]]) -> bool:
    found = _content(version).get("entries", [])
    wanted = [_row(version["list_version_id"], place, entry) for place, entry in enumerate(found, start=1)]
    kept = [{name: row[name] for name in _ROW} for row in rows]
    return [row | {"content": json.loads(row["content"])} for row in kept] == wanted


def _content(version: Mapping[str, Any]) -> dict[str, Any]:
    try:
        content = json.loads(version["content"])
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


_ROW = (
    *("list_entry_id", "list_version_id", "priority_item_id", "sort", "rank", "previous_rank"),
    *("change", "change_reason", "title", "content"),
)


def _row(key: str, place: int, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The row of an entry, from what the content says of it."""
    item = entry["entry_key"]
    same = {name: entry.get(name) for name in ("rank", "previous_rank", "change", "change_reason", "title")}
    row = {"list_entry_id": f"{key}|{item}", "list_version_id": key, "priority_item_id": item, "sort": place}
    return {name: (row | same | {"content": dict(entry)})[name] for name in _ROW}


def _described(name: str, content: bytes) -> dict[str, Any]:
    media_type = MEDIA_TYPES.get(PurePath(name).suffix, "application/octet-stream")
    return {"name": name, "media_type": media_type, "size": len(content), "sha256": sha256(bytes(content))}
