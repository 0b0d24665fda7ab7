"""Volunteers who are active and who are wanted, each offer counted once (volunteers.sql)."""

from dataclasses import dataclass

import pandas as pd

from esdash.inventory import Inventory

KINDS = ("field", "theme", "district")
OTHERS = ("several", "mobile", "online", "unknown")  # options that are no field, theme or district


@dataclass(frozen=True)
class Sums:
    """The volunteers of all offers that run. None: no offer says a number."""

    offers: int
    active: int | None
    wanted: int | None
    active_unknown: int
    wanted_unknown: int
    searching: int
    unaskable: int


def offers(inventory: Inventory) -> pd.DataFrame:
    """One row per offer that runs today, those that want most volunteers first (volunteer_place)."""
    return inventory.frame("FROM volunteer_listed")


def by(inventory: Inventory, kind: str) -> pd.DataFrame:
    """One row per field of action, theme or district with an offer that runs; each kind adds up to `sums`.

    `option` is an id or one of OTHERS.
    """
    return inventory.frame("FROM volunteers_by($kind)", kind=kind)


def sums(inventory: Inventory) -> Sums:
    """All of them together."""
    frame = by(inventory, "field")
    return Sums(
        int(frame["offers"].sum()),
        _sum(frame["volunteers_active"]),
        _sum(frame["volunteers_wanted"]),
        *(int(frame[name].sum()) for name in ("active_unknown", "wanted_unknown", "searching", "unaskable")),
    )


def _sum(column: pd.Series) -> int | None:
    return int(column.sum()) if column.notna().any() else None
