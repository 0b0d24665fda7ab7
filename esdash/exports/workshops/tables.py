"""Ideas and promises as XLSX and CSV for people, and as JSON for programs.

The file of promises is internal: broken ones are in it.
"""

import pandas as pd

from esdash import exports
from esdash.analysis.records import records
from esdash.analysis.workshops import listed
from esdash.exports import Sheet
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording import workshops as words
from esdash.wording.columns import Column

# What programs get, with the names of the code.
IDEA_FIELDS = (
    *("idea_id", "text", "workshop_id", "workshop", "collected_on", "organization_id", "theme_id", "district_id"),
    *("standing", "similar_to_id", "parked_reason", "priority_item_id", "listed_on"),
)
PROMISE_FIELDS = (
    *("commitment_id", "organization_id", "contact_role", "text", "workshop_id", "workshop", "meeting_id", "given_on"),
    *("due_on", "theme_id", "district_id", "state", "standing", "checked_on", "measure_id", "measure_number", "note"),
)


def ideas(inventory: Inventory, text: Text, form: str) -> bytes:
    """All ideas as xlsx, csv or json, the newest first."""
    if form == "json":
        frame = pd.DataFrame(listed.ideas(inventory), columns=list(IDEA_FIELDS), dtype=object)
        return exports.json_file(exports.marked(frame, _notice(inventory, text)))
    columns, title = words.idea_columns(text), text("workshops.part_ideas")
    return _written(inventory, words.idea_rows(inventory, text), columns, title, text, form)


def commitments(inventory: Inventory, text: Text, form: str) -> bytes:
    """All promises with their state as xlsx, csv or json, open ones first."""
    if form == "json":
        frame = pd.DataFrame(listed.promises(inventory), columns=list(PROMISE_FIELDS), dtype=object)
        return exports.json_file(exports.marked(frame, _notice(inventory, text)))
    columns, title = words.promise_columns(text), text("promises.download")
    return _written(inventory, words.promise_rows(inventory, text), columns, title, text, form)


# ---------------------------------------------------------------- inside


def _written(
    inventory: Inventory, frame: pd.DataFrame, columns: list[Column], title: str, text: Text, form: str
) -> bytes:
    status, notice = records.status(inventory), _notice(inventory, text)
    notes = [*([notice] if notice else []), text("app.data_status", city=status["name"], day=status["today"])]
    if form == "csv":
        return exports.csv_file(frame, columns, text, notes)
    return exports.xlsx_file([Sheet(title[:31], title, frame, columns, notes)], text, inventory.now())


def _notice(inventory: Inventory, text: Text) -> str | None:
    example = records.status(inventory)["kind"] in ("example", "generated")
    return text("app.example_note") if example else None
