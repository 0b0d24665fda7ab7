"""Choosing records by search and facets (search.sql, selection.sql)."""

from collections.abc import Mapping, Sequence

import pandas as pd

from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model.kinds import BY_TABLE

DECLARED = tuple(field.name for field in BY_TABLE["initiative"].filters)
# In the order of the page; also the names in the URL.
FACETS = (
    *("theme", "target_group", "district", "language", "weekday", "organization", "status", "freshness", "wanted"),
    *DECLARED,
)

OF_CONTACT_POINTS = ("audience", "barrier_free")  # facets that no other kind of record has

Chosen = Mapping[str, Sequence[str]]
Only = Sequence[str] | None


def initiatives(inventory: Inventory, query: str = "", chosen: Chosen | None = None) -> pd.DataFrame:
    """One row per initiative that holds every word of `query` and one chosen option of every chosen facet."""
    return inventory.frame("FROM initiative_selected($query, $wanted)", query=query, wanted=_wanted(chosen))


def records(
    inventory: Inventory, table: str, query: str = "", chosen: Chosen | None = None, only: Only = None
) -> pd.DataFrame:
    """One row per record of a table that fits query and facets: as keeping.listed has it, with its place.

    `only`: the records among which it is looked for; None: all.
    """
    asked = "FROM record_selected($table, $query, $wanted, CAST($only AS VARCHAR[]))"
    return inventory.frame(asked, table=table, query=query, wanted=_wanted(chosen), only=_listed(only))


def facet_counts(
    inventory: Inventory,
    query: str = "",
    chosen: Chosen | None = None,
    table: str = "initiative",
    only: Only = None,
) -> dict[str, dict[str, int]]:
    """Facet → option → number of records of a table that it would show, given the choices in the other facets.

    `only`: the records among which it is counted; None: all.
    """
    return _counts(inventory, table, query, _wanted(chosen), _listed(only))


@cached
def _counts(
    inventory: Inventory, table: str, query: str, wanted: list[str], only: list[str] | None
) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {facet: {} for facet in (*FACETS, *OF_CONTACT_POINTS)}
    asked = "FROM facet_counts($table, $query, $wanted, CAST($only AS VARCHAR[]))"
    frame = inventory.frame(asked, table=table, query=query, wanted=wanted, only=only)
    for facet, option, number in frame.itertuples(index=False):
        counts[facet][option] = number
    return counts


def as_sql() -> str:
    """The view declared_option: one row per initiative and field that its kind declares a filter: yes, no, unknown."""
    options = ["SELECT NULL AS initiative_id, NULL AS facet, NULL AS option WHERE false"]
    options += [
        f"SELECT initiative_id, '{name}', CASE WHEN {name} THEN 'yes' WHEN NOT {name} THEN 'no' ELSE 'unknown' END "
        "FROM initiative WHERE status <> 'archived'"
        for name in DECLARED
    ]
    return f"CREATE VIEW declared_option AS {' UNION ALL '.join(options)};"


def _listed(only: Only) -> list[str] | None:
    return None if only is None else sorted(only)


def _wanted(chosen: Chosen | None) -> list[str]:
    return [f"{facet}={option}" for facet, options in sorted((chosen or {}).items()) for option in sorted(options)]
