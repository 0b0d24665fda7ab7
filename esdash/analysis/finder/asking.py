"""Whom a volunteer asks: when somebody is there, and which contact point helps where no offer fits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from esdash.analysis.contact_points import openings
from esdash.analysis.contact_points.points import points
from esdash.analysis.finder.finder import Wishes
from esdash.inventory import Inventory
from esdash.model.opening import Opening

# What holds at a contact point, from the best for somebody who wants to ask today to what must be asked first.
_ORDER = ("open", "later", "closed", "appointment", "call", "unknown")


@dataclass(frozen=True)
class Desk:
    """A contact point that can be asked: its row of `points`, what holds there now, whether the language is spoken."""

    point: dict[str, Any]
    opening: Opening
    spoken: bool


def instead(inventory: Inventory, wishes: Wishes) -> Desk | None:
    """The contact point for volunteers to ask where no offer fits; None if none was reached lately.

    Only active ones that were reached and have a phone or mail that may be shown. First those that are open now, then
    those that open later today, then by the next opening; of equal ones first where the wished language is spoken.
    """
    now = openings.of(inventory)
    desks = [
        Desk(row, now[row["contact_point_id"]], wishes.language in _ids(row["language_ids"]))
        for row in _askable(inventory)
        if row["contact_point_id"] in now
    ]
    return min(desks, key=_usefulness, default=None)


def of_contacts(inventory: Inventory, contacts: list[str]) -> dict[str, tuple[str, Opening]]:
    """contact_id → name of the contact point at which this contact is asked, and what holds there now."""
    frame = points(inventory)
    there = frame[(frame["status"] == "active") & frame["contact_id"].isin(contacts)]
    if there.empty:
        return {}
    now = openings.of(inventory)
    found: dict[str, tuple[str, Opening]] = {}
    for key, contact, name in there[["contact_point_id", "contact_id", "name"]].itertuples(index=False):
        if key in now:
            found.setdefault(contact, (name, now[key]))
    return found


def _askable(inventory: Inventory) -> list[dict[str, Any]]:
    frame = points(inventory)
    reached = (frame["status"] == "active") & (frame["reach"] == "reached")
    frame = frame[reached & (frame["phone"].notna() | frame["email"].notna())]
    rows: list[dict[str, Any]] = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [row for row in rows if "volunteers" in _ids(row["audiences"])]


def _usefulness(desk: Desk) -> tuple[int, datetime, bool, str, str]:
    later = desk.opening.begins or desk.opening.next_opening or datetime.max
    day = desk.opening.on if desk.opening.state == "open" else later.date()
    return (
        _ORDER.index(desk.opening.state),
        datetime.combine(day, datetime.min.time()),
        not desk.spoken,
        str(desk.point["name"]),
        str(desk.point["contact_point_id"]),
    )


def _ids(value: Any) -> list[str]:
    return [] if value is None or value is pd.NA or isinstance(value, float) else list(value)
