"""All decisions as a workbook, as CSV for spreadsheets, and as JSON for programs."""

from collections.abc import Sequence

from esdash import exports
from esdash.analysis.meetings import points
from esdash.exports import Sheet
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording import decisions as words

# What programs get: results as they are stored, no names of those who wrote them down.
FIELDS = (
    *("number", "decided_on", "meeting_number", "point_number", "point", "result", "resolution_text", "reason"),
    *("recorded", "yes", "no", "abstain", "recused", "majority", "carried", "deferred_until", "referred_to"),
    *("measure_number", "lead_organization_id", "due_on", "superseded_by", "communicated_on", "view_url", "as_of"),
)


def written(inventory: Inventory, form: str, text: Text, notes: Sequence[str] = ()) -> bytes:
    """The decisions as xlsx, csv or json, the newest number first."""
    if form == "json":
        found = points.decisions(inventory)
        found["point"] = [words.point(row, text) or None for row in found.to_dict("records")]
        return exports.json_file(found[list(FIELDS)])
    frame, columns, title = words.listed(inventory, text), words.columns(text), text("meetings.decisions")
    if form == "csv":
        return exports.csv_file(frame, columns, text, list(notes))
    return exports.xlsx_file([Sheet(title[:31], title, frame, columns, list(notes))], text, inventory.now())
