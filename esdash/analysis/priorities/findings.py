"""Findings that could be taken onto the list: gaps and double structures with points, merges and ideas without."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.bundling import bundling, result
from esdash.analysis.coverage import coverage
from esdash.analysis.overlaps import overlaps
from esdash.analysis.priorities import priorities
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.cached import cached

GROUPS_NAMED = 3  # the target groups that miss most places; more would say nothing
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
    found["priority_item_id"] = found["item_id"].map(listed(inventory))
    return found.sort_values(["euros", "item_id"], ascending=[False, True], ignore_index=True)


@cached
def ideas(inventory: Inventory) -> pd.DataFrame:
    """One row per idea, the newest first: item_id, text, workshop, collected_on, theme and district.

    Without those that were merged into another or parked.
    """
    found = inventory.frame(
        "SELECT 'idea|' || idea_id AS item_id, 'idea' AS kind, i.* EXCLUDE (version, priority_item_id), "
        "t.name_de AS theme_de, t.name_en AS theme_en, d.name AS district "
        "FROM idea_listed AS i LEFT JOIN theme AS t ON t.theme_id = i.theme_id "
        "LEFT JOIN district AS d ON d.district_id = i.district_id WHERE i.standing NOT IN ('merged', 'parked') "
        "ORDER BY collected_on DESC NULLS LAST, idea_id"
    )
    return found.assign(priority_item_id=found["item_id"].map(listed(inventory)))


@cached
def listed(inventory: Inventory) -> dict[str, str]:
    """Finding → its item, for those on the list."""
    rows = inventory.rows("FROM finding_item WHERE listed_on IS NOT NULL AND ended_on IS NULL")
    return {row["finding_id"]: row["priority_item_id"] for row in rows}


# ---------------------------------------------------------------- one finding

_FIGURES_OF = {
    "gap": ("places_needed", "places_met", "gap_places", "places_reaching", "coverage", "persons"),
    "overlap": ("supply", "need", "saturation", "surplus", "score"),
    "bundling": ("people", "days", "km", "seats", "hours", "euros"),
    "idea": (),
}


class About(NamedTuple):
    """What a finding says of an item: for whom and where, its figures, the organisations that it names."""

    theme_ids: list[str]
    target_group_ids: list[str]
    district_ids: list[str]
    figures: dict[str, float]  # known ones only
    organization_ids: list[str]
    course: str | None = None  # of a merge
    kept_course: str | None = None
    idea: str | None = None
    case: str | None = None  # of an overlap that is not decided, as the page Doppelstrukturen names it


@cached
def about(inventory: Inventory, finding_id: str) -> About | None:
    """What the finding says today; None if it is not there any more."""
    kind, *parts = finding_id.split("|")
    match kind, parts:
        case "gap", [theme, district]:
            return _gap(inventory, theme, district)
        case "overlap", [offer]:
            return _overlap(inventory, offer)
        case "bundling", [session, kept]:
            return _merge(inventory, session, kept)
        case "idea", [idea]:
            return _idea(inventory, idea)
    return None


def _known(kind: str, row: Mapping[Any, Any]) -> dict[str, float]:
    return {name: float(row[name]) for name in _FIGURES_OF[kind] if name in row and not pd.isna(row[name])}


def _gap(inventory: Inventory, theme: str, district: str) -> About | None:
    selection = Selection(themes=(theme,), districts=(district,))
    cells = coverage.matrix(inventory, "city", "city", selection).to_dict("records")
    if not cells or pd.isna(cells[0]["gap_places"]):
        return None
    need = coverage.need(inventory, selection)
    groups = need[need["gap_places"].fillna(0) > 0].sort_values("gap_places", ascending=False)["target_group_id"]
    return About([theme], list(dict.fromkeys(groups))[:GROUPS_NAMED], [district], _known("gap", cells[0]), [])


def _overlap(inventory: Inventory, offer: str) -> About | None:
    cases = overlaps.cases(inventory)
    for case in cases[cases["case_id"] == offer].to_dict("records"):
        themes, groups, districts = (list(case[f"{name}_ids"]) for name in ("theme", "target_group", "district"))
        carriers = _carriers(inventory, list(case["initiative_ids"]))
        named = None if case["decided"] else "+".join(case["initiative_ids"])
        return About(themes, groups, districts, _known("overlap", case), carriers, case=named)
    return None


def _carriers(inventory: Inventory, offers: list[str]) -> list[str]:
    rows = inventory.rows("FROM initiative WHERE initiative_id IN $ids", ids=offers)
    return sorted({key for row in rows for key in [row["organization_id"], *(row["partner_ids"] or [])]})


def _merge(inventory: Inventory, session: str, kept: str) -> About | None:
    rows = inventory.rows(
        "SELECT session_id, name, organization_id FROM session JOIN course USING (course_id) WHERE session_id IN $ids",
        ids=[session, kept],
    )
    found = {row["session_id"]: row for row in rows}
    if len(found) < 2:
        return None
    proposed = merges(inventory)
    figures = [_known("bundling", row) for row in proposed[proposed["pair"] == f"{session}|{kept}"].to_dict("records")]
    carriers = sorted({row["organization_id"] for row in rows})
    return About([], [], [], (figures or [{}])[0], carriers, found[session]["name"], found[kept]["name"])


def _idea(inventory: Inventory, idea: str) -> About | None:
    for row in inventory.rows("FROM idea WHERE idea_id = $id AND state = 'new'", id=idea):
        where = [[row[name]] if row[name] else [] for name in ("theme_id", "district_id")]
        return About(where[0], [], where[1], {}, [], idea=row["text"])
    return None
