"""`export` of the decisions of meetings, and of the minutes of one."""

from collections.abc import Mapping
from typing import Any

from esdash.commands.terminal import Terminal
from esdash.errors import UserError
from esdash.inventory import Inventory

Wish = Mapping[str, Any]  # option → value; None: not given


def written_decisions(inventory: Inventory, form: str, wish: Wish, terminal: Terminal) -> bytes:
    """All decisions, also replaced ones, the newest number first."""
    from esdash.exports.meetings import decisions

    return decisions.written(inventory, form, terminal.text)


def written_minutes(inventory: Inventory, form: str, wish: Wish, terminal: Terminal) -> bytes:
    """The minutes of the meeting with this number; without a number, those of the last one that was closed."""
    from esdash.analysis.meetings import points
    from esdash.exports.meetings import minutes

    number = wish["meeting"]
    held = [row for row in points.meetings(inventory) if row["meeting_state"] in ("held", "closed")]
    found = [row for row in held if row["number"] == number or (number is None and row["meeting_state"] == "closed")]
    if not found:
        known = ", ".join(str(row["number"]) for row in held if row["number"]) or "–"
        raise UserError("export_meeting" if number else "export_no_minutes", number=number, known=known)
    make = minutes.pdf if form == "pdf" else minutes.plain_text
    return make(inventory, found[0], terminal.text)
