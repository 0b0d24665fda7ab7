"""What to ask next (METHODS M12), worked out in questions.sql: calls to organisations, visits to districts."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from esdash.analysis.selection import EVERYTHING, Selection
from esdash.inventory import Inventory

# Fact of an offer that may be unknown → the field of a record that answers it; barrier_free is a field of its place.
FIELDS = {
    **{"theme": "theme_ids", "target_group": "target_group_ids", "capacity": "capacity", "mode": "mode"},
    **{"place": "location_id", "times": "times", "languages": "language_ids", "barrier_free": "barrier_free"},
}


class Question(NamedTuple):
    """What is unknown of one offer: the facts in the order of asking, and the needed places that they keep open."""

    initiative_id: str
    name: str
    facts: tuple[str, ...]
    worth: float

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the form that answer the question, in the same order."""
        return tuple(FIELDS[fact] for fact in self.facts)


def calls(inventory: Inventory, limit: int | None = None) -> pd.DataFrame:
    """One row per organisation of which something is unknown, the most worth first, at most `limit`.

    worth: places needed per week that its unknown facts keep open. fields: theme × district that its answers help
    with; needed: places needed there per week. offers and questions: how many. asked_on: all of it was asked that day
    and nobody knew (else NULL), so that the call comes last. Whom to ask, as it may be shown:
    contact_id, contact_role, contact_name, contact_phone, contact_email, last_reached_on; and phone, email and website
    of the organisation.
    """
    found = inventory.frame("FROM question_call")
    return found if limit is None else found.head(limit)


def of(inventory: Inventory, organization_id: str) -> list[Question]:
    """One entry per offer of an organisation of which something is unknown, the one on which most hangs first."""
    found = inventory.frame("FROM question WHERE organization_id = $id", id=organization_id)
    return [
        Question(str(key), str(rows["name"].iloc[0]), tuple(rows["fact"]), float(rows["worth"].iloc[0]))
        for key, rows in found.groupby("initiative_id", sort=False)
    ]


def visits(inventory: Inventory, selection: Selection = EVERYTHING, limit: int | None = None) -> pd.DataFrame:
    """One row per theme_id × district_id where nobody has looked, the most needed first: needed [places per week].

    field_id; none_known: no known offer reaches it, so that a visit may find the first one, or a white spot.
    """
    found = inventory.frame(
        "FROM question_visit WHERE ($themes IS NULL OR list_has_any($themes, [theme_id, field_id])) "
        "AND ($districts IS NULL OR list_contains($districts, district_id))",
        themes=selection.bound()["themes"],
        districts=selection.bound()["districts"],
    )
    return found if limit is None else found.head(limit)
