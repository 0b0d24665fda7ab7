"""The minutes of a meeting and the list of decisions as files, made when somebody clicks."""

from esdash.analysis.meetings import points
from esdash.exports.meetings import decisions as decision_files
from esdash.exports.meetings import minutes
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.meetings.choice import Row
from esdash.ui.widgets import files, tables
from esdash.ui.widgets.files import File


def buttons(inventory: Inventory, text: Text, meeting: Row) -> None:
    """The minutes as PDF and as text."""
    key = (meeting["meeting_id"],)
    name = f"niederschrift-{meeting['number'] or meeting['held_on']}".replace("/", "-")
    files.buttons(
        inventory,
        text,
        File("minutes.pdf", name, "pdf", _pdf, key),
        File("minutes.txt", name, "txt", _text, key),
    )


def decisions(inventory: Inventory, text: Text) -> None:
    """All decisions as workbook and CSV."""
    files.buttons(
        inventory,
        text,
        File("word.download_xlsx", "beschluesse", "xlsx", _decisions, ("xlsx",)),
        File("word.download_csv", "beschluesse", "csv", _decisions, ("csv",)),
    )


def _pdf(inventory: Inventory, text: Text, meeting_id: str) -> bytes:
    meeting = points.meeting(inventory, meeting_id)
    return minutes.pdf(inventory, meeting, text, inventory.now()) if meeting else b""


def _text(inventory: Inventory, text: Text, meeting_id: str) -> bytes:
    meeting = points.meeting(inventory, meeting_id)
    return minutes.plain_text(inventory, meeting, text) if meeting else b""


def _decisions(inventory: Inventory, text: Text, form: str) -> bytes:
    return decision_files.written(inventory, form, text, tables.export_notes(inventory, text))
