"""What a record that ends looks like."""

from collections.abc import Mapping
from datetime import date
from typing import Any


def ended(record: Mapping[str, Any], table: str, today: date) -> dict[str, Any]:
    """The columns that change when a record ends today: a training date that is still to come is cancelled.

    An offer ends today; one that has not begun ends on the day of its begin.
    """
    if table == "initiative":
        end = record["ended_on"] if record["ended_on"] and record["ended_on"] <= today else today
        return {"status": "ended", "ended_on": max(end, record["started_on"] or end)}
    return {"status": "cancelled" if table == "session" else "ended"}
