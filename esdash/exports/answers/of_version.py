"""The files around the answers, made from an inventory: of the version with this id, in this language."""

import json
from typing import Any

from esdash.analysis import answers
from esdash.errors import UserError
from esdash.exports.answers.folder import folder
from esdash.exports.answers.reminder import reminder
from esdash.exports.answers.sheet import answer_sheet
from esdash.inventory import Inventory
from esdash.inventory.steering import versions
from esdash.texts import Text
from esdash.wording import answers as words
from esdash.wording.names import names_of

Row = dict[str, Any]


def sheet_of(inventory: Inventory, text: Text, version_id: str) -> bytes:
    """The answer sheet (XLSX). It depends on the frozen version alone. Raises UserError without such a version."""
    rows = inventory.rows("FROM list_entry WHERE list_version_id = $id ORDER BY sort", id=version_id)
    entries = [{**row, "facts": words.facts(json.loads(row["content"]), text)} for row in rows]
    return answer_sheet(version(inventory, version_id), entries, _city(inventory, text), _notice(inventory, text), text)


def folder_of(inventory: Inventory, text: Text, version_id: str) -> bytes:
    """All files of the version in one folder (ZIP), the stored ones byte for byte. Raises UserError as `sheet_of`."""
    row = version(inventory, version_id)
    stored = {file["name"]: versions.file_of(inventory, version_id, file["name"]) for file in json.loads(row["files"])}
    return folder(row, stored, sheet_of(inventory, text, version_id), _city(inventory, text), text)


def reminder_of(inventory: Inventory, text: Text, version_id: str) -> bytes:
    """The reminder (PDF) of what is unanswered. Raises UserError for a version that was not handed over."""
    row = version(inventory, version_id)
    if row["handed_over_on"] is None:
        raise UserError("hand_over_first", number=row["number"])
    silent = answers.silence(inventory)
    open_entries = silent[silent["list_version_id"] == version_id].sort_values("sort").to_dict("records")
    city, notice = _city(inventory, text), _notice(inventory, text)
    return reminder(row, open_entries, city, notice, inventory.today(), text, inventory.now())


def version(inventory: Inventory, version_id: str) -> Row:
    """The version without its content. Raises UserError if there is none."""
    for row in answers.versions(inventory):
        if row["list_version_id"] == version_id:
            return row
    raise UserError("list_version_missing", version=version_id)


def _city(inventory: Inventory, text: Text) -> str:
    return str(names_of(inventory, text).city["name"])


def _notice(inventory: Inventory, text: Text) -> str:
    kind = names_of(inventory, text).city["kind"]
    return text(f"export.{kind}_note") if kind in ("example", "generated") else ""
