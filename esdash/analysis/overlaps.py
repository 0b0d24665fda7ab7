"""Overlap: the same work twice (METHODS M6). The method is overlaps.sql."""

from __future__ import annotations

import pandas as pd

from esdash.inventory import Inventory


def pairs(inventory: Inventory) -> pd.DataFrame:
    """One row per pair of similar offers of different organisations: four shares, score, saturation, verdict."""
    return inventory.frame("FROM overlap_judged ORDER BY score DESC, a_id, b_id")


def cases(inventory: Inventory) -> pd.DataFrame:
    """One row per case of double structures: its offers, themes, groups, places beyond the need."""
    return inventory.frame("FROM overlap_case_found")
