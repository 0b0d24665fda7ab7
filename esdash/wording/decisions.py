"""All decisions as rows in words, for the page and for files."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from esdash.analysis.meetings import points
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text, is_missing
from esdash.wording import meetings
from esdash.wording.columns import Column, headed
from esdash.wording.names import names_of


@cached
def listed(inventory: Inventory, text: Text) -> pd.DataFrame:
    """One row per decision, the newest number first, as `columns` shows them."""
    names = names_of(inventory, text)
    rows = []
    for row in points.decisions(inventory).to_dict("records"):
        said = {**row, "seats": {} if is_missing(row["seats"]) else json.loads(row["seats"])}
        task = meetings.task(said, names, text)
        rows.append(
            {
                "number": row["number"],
                "decided_on": row["decided_on"],
                "meeting": "" if is_missing(row["meeting_number"]) else row["meeting_number"],
                "point": point(row, text),
                "result": meetings.outcome(said, text),
                "resolution_text": row["resolution_text"],
                "votes": meetings.votes(said, text),
                "task": task,
                "communicated_on": row["communicated_on"],
                "superseded_by": "" if is_missing(row["superseded_by"]) else row["superseded_by"],
            }
        )
    return pd.DataFrame(rows, columns=[column.name for column in columns(text)])


def point(row: Mapping[str, Any], text: Text) -> str:
    """The name of the point; decisions go out, so a promise that was broken is not named."""
    if row["withheld"]:
        return text("minutes.withheld")
    return "" if is_missing(row["point"]) else str(row["point"])


def columns(text: Text) -> list[Column]:
    """Columns of the list of decisions."""
    names = ("number", "decided_on", "meeting", "point", "result", "resolution_text", "votes", "task")
    named = [(name, f"decisions.{name}") for name in (*names, "communicated_on", "superseded_by")]
    return headed(text, "", *named)
