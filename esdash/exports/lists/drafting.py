"""The draft of the next version: what would be frozen now, with its files."""

from typing import Any

from esdash.analysis.priorities import items
from esdash.analysis.versions import frozen
from esdash.analysis.voices import voices
from esdash.errors import UserError
from esdash.exports.lists.content import Content, composed
from esdash.exports.lists.files import render, stem
from esdash.inventory import Inventory
from esdash.inventory.steering.versions import Draft, last_change_of
from esdash.model.canonical import canonical
from esdash.texts import LANGUAGES, Text
from esdash.wording import versions as words
from esdash.wording.names import names_of

# A version is written in the language of the city, whoever clicks: one list has one content and one checksum.
OF_THE_CITY = LANGUAGES[0]


def draft(inventory: Inventory, meeting_id: str | None = None, decision_id: str | None = None) -> Draft:
    """The next version as it would be frozen now, adopted by this decision of this meeting.

    Raises UserError for a meeting or decision that does not exist. It holds until the inventory changes.
    """
    last_change = last_change_of(inventory)
    content = next_content(inventory, meeting_id, decision_id)
    return Draft(
        content["number"],
        content["title"],
        canonical(content),
        render(content),
        last_change,
        inventory.today(),
        meeting_id,
        decision_id,
    )


def next_content(inventory: Inventory, meeting_id: str | None = None, decision_id: str | None = None) -> Content:
    """What the next version would say."""
    text = Text(OF_THE_CITY)
    before = frozen.last(inventory)
    meeting = _row(inventory, "meeting", meeting_id, "number", "name", "held_on")
    decision = _row(inventory, "decision", decision_id, "number", "result", "decided_on")
    number = before.number + 1 if before else 1
    adopted = decision["decided_on"] if decision else None
    head = {
        "number": number,
        "title": words.title(number, adopted, inventory.today(), text),
        "meeting": meeting,
        "decision": decision,
        "previous_sha256": before.sha256 if before else None,
    }
    return composed(
        items.on_list(inventory),
        items.ended(inventory),
        voices.latest(inventory),
        before.content if before else None,
        head,
        inventory,
        names_of(inventory, text),
    )


def paper(inventory: Inventory, text: Text) -> bytes:
    """The list as it is today as a PDF, in the language of the reader; it says that nothing is adopted."""
    content = next_content(inventory)
    content["title"] = text("versions.title_draft", number=content["number"], day=inventory.today())
    return render(content, text)[f"{stem(content['number'])}.pdf"]


def _row(inventory: Inventory, table: str, key: str | None, *columns: str) -> dict[str, Any] | None:
    if key is None:
        return None
    rows = inventory.rows(f"SELECT {', '.join(columns)} FROM inventory.{table} WHERE {table}_id = $key", key=key)
    if not rows:
        raise UserError("version_adopted_by_nothing", id=key)
    return rows[0]
