"""Choosing initiatives by search and facets. The method is search.sql and selection.sql."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from esdash.inventory import Inventory

# In the order of the page; also the names in the URL.
FACETS = ("theme", "target_group", "district", "language", "weekday", "organization", "status", "freshness", "wanted")

Chosen = Mapping[str, Sequence[str]]


def initiatives(inventory: Inventory, query: str = "", chosen: Chosen | None = None) -> pd.DataFrame:
    """One row per initiative that holds every word of `query` and one chosen option of every chosen facet."""
    return inventory.frame("FROM initiative_selected($query, $wanted)", query=query, wanted=_wanted(chosen))


def facet_counts(inventory: Inventory, query: str = "", chosen: Chosen | None = None) -> dict[str, dict[str, int]]:
    """Facet → option → how many initiatives it shows beside what is chosen in the other facets."""
    counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    frame = inventory.frame("FROM facet_counts($query, $wanted)", query=query, wanted=_wanted(chosen))
    for facet, option, number in frame.itertuples(index=False):
        counts[facet][option] = number
    return counts


def _wanted(chosen: Chosen | None) -> list[str]:
    return [f"{facet}={option}" for facet, options in sorted((chosen or {}).items()) for option in sorted(options)]
