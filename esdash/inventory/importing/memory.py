"""Remembering for each sender how a person answered the questions of an import."""

from typing import Any
from uuid import uuid4

from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.preview import Plan
from esdash.inventory.merging import resolved
from esdash.model.folding import fold

Row = dict[str, Any]


def answers(inventory: Inventory, sender: str | None, kind: str) -> dict[str, str]:
    """Mark of a question → how it was answered in the latest file of this sender and kind; empty without a sender."""
    return {mark: row["answer"] for mark, row in _rows(inventory, sender, kind).items()}


def merged(inventory: Inventory, table: str) -> dict[str, tuple[str, ...]]:
    """Key of a kept record → keys of the records merged into it, about which people may have answered."""
    found: dict[str, tuple[str, ...]] = {}
    for old, kept in resolved(inventory, table).items():
        found[kept] = (*found.get(kept, ()), old)
    return found


def new_rows(inventory: Inventory, plan: Plan) -> tuple[list[Row], list[Row]]:
    """The rows of sender_answer to add, and those to change, for the answers that can come up again."""
    known = _rows(inventory, plan.sender, plan.kind.name)
    added: list[Row] = []
    changed: list[Row] = []
    for question in plan.questions:
        answer = plan.said.get(question.key)
        if not plan.sender or not question.about or answer is None or question.key in plan.from_memory:
            continue
        if question.topic == "missing" and answer != question.safe:  # what one import ended, its undoing brings back
            continue
        before = known.get(question.mark)
        said = {"answer": answer, "learned_on": inventory.today()}
        if before is None:
            row = {"sender_answer_id": uuid4().hex, "sender": plan.sender, "kind": plan.kind.name}
            added.append({**row, "topic": question.topic, "mark": question.mark, **said})
        elif before["answer"] != answer:
            changed.append({"sender_answer_id": before["sender_answer_id"], "version": before["version"], **said})
    return list({row["mark"]: row for row in added}.values()), changed


def _rows(inventory: Inventory, sender: str | None, kind: str) -> dict[str, Row]:
    if not sender:
        return {}
    rows = inventory.rows("FROM inventory.sender_answer WHERE kind = $kind ORDER BY learned_on", kind=kind)
    return {row["mark"]: row for row in rows if fold(row["sender"]) == fold(sender)}
