"""Findings that could be taken onto the list: gaps and double structures with points, merges and ideas without."""

from collections.abc import Mapping, Sequence

import pandas as pd

from esdash.analysis.bundling import bundling, result
from esdash.analysis.priorities import priorities
from esdash.inventory import Inventory
from esdash.inventory.cached import cached

SCORED = ("gap", "overlap")
UNSCORED = ("bundling", "idea")


def scored(
    inventory: Inventory,
    weights: Mapping[str, float] | None = None,
    kinds: Sequence[str] = SCORED,
    themes: Sequence[str] = (),
    districts: Sequence[str] = (),
) -> pd.DataFrame:
    """One row per finding with points, as `priorities.ranked` orders them, of these kinds, themes and districts.

    `priority_item_id` is set where it is on the list. Ranks are those among all findings; a filter changes none.
    """
    return chosen(priorities.ranked(inventory, weights), kinds, themes, districts)


def chosen(found: pd.DataFrame, kinds: Sequence[str], themes: Sequence[str], districts: Sequence[str]) -> pd.DataFrame:
    """The rows of these kinds, themes and districts; without any, all of them."""
    wanted = found["kind"].isin(kinds)
    for column, keys in (("theme_id", themes), ("district_id", districts)):
        if keys:
            wanted &= found[column].isin(keys)
    return found[wanted].reset_index(drop=True)


@cached
def merges(inventory: Inventory) -> pd.DataFrame:
    """One row per proposed merge of training dates, the largest saving first: item_id, both dates, people, euros."""
    found = result.merges(bundling.plan(inventory))
    found = found.assign(item_id="bundling|" + found["pair"].astype(str), kind="bundling")
    found["priority_item_id"] = found["item_id"].map(_listed(inventory))
    return found.sort_values(["euros", "item_id"], ascending=[False, True], ignore_index=True)


@cached
def ideas(inventory: Inventory) -> pd.DataFrame:
    """One row per idea of a workshop, the newest first: item_id, text, workshop, collected_on, theme and district."""
    found = inventory.frame(
        "SELECT 'idea|' || idea_id AS item_id, 'idea' AS kind, i.* EXCLUDE (version), t.name_de AS theme_de, "
        "t.name_en AS theme_en, d.name AS district FROM idea AS i LEFT JOIN theme AS t USING (theme_id) "
        "LEFT JOIN district AS d USING (district_id) ORDER BY collected_on DESC NULLS LAST, idea_id"
    )
    return found.assign(priority_item_id=found["item_id"].map(_listed(inventory)))


def _listed(inventory: Inventory) -> dict[str, str]:
    """Finding → its item, for those on the list."""
    rows = inventory.rows("FROM finding_item WHERE listed_on IS NOT NULL AND ended_on IS NULL")
    return {row["finding_id"]: row["priority_item_id"] for row in rows}
