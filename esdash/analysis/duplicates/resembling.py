"""The new rows of an import that resemble a record of the inventory (METHODS M5), so that a person is asked."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import pandas as pd

from esdash.analysis.duplicates import duplicates
from esdash.inventory import Inventory, importing
from esdash.inventory.importing import Answers, Plan
from esdash.model.folding import fold

COMPARED_AT_MOST = 20_000  # most new rows that are compared with the inventory, which takes about 6 seconds

Alike = dict[int, dict[str, Any]]  # row → the record that it resembles most: record_id, name, score, …_share


def of(inventory: Inventory, plan: Plan, without: Collection[int] = ()) -> Alike:
    """The new rows of a plan that resemble a record, each with the likeliest; `without`: rows compared before."""
    if plan.kind.table not in duplicates.TABLES:
        return {}
    new = [row for row in plan.rows if row.state == "new" and row.number not in without][:COMPARED_AT_MOST]
    places = {place["location_id"]: place for place in plan.new_locations}
    drafts = []
    for row in new:
        draft = {name: value for name, value in row.values.items() if name != plan.kind.key}
        place = places.get(draft.get("location_id"), {})
        drafts.append({"street": place.get("street"), "postcode": place.get("postcode")} | draft)
    alike: pd.DataFrame = duplicates.similar_to_each(inventory, plan.kind.table, drafts)
    names = plan.kind.same_by
    keys = alike["record_id"].unique().tolist()
    sql = f"SELECT {plan.kind.key}, {', '.join(names)} FROM inventory.{plan.kind.table} WHERE {plan.kind.key} IN $keys"
    named = {row[plan.kind.key]: _named(row, names) for row in (inventory.rows(sql, keys=keys) if keys else ())}
    found: Alike = {}
    for match in alike.to_dict("records"):  # the likeliest comes first
        row = new[int(match["number"])]
        if named.get(match["record_id"]) != _named(row.values, names):  # those of its name are compared by the plan
            found.setdefault(row.number, {str(name): value for name, value in match.items()})
    return found


def _named(record: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:
    return [fold(str(record.get(name))) for name in names]


def asked(
    inventory: Inventory,
    base: Plan,
    answers: Answers,
    alike: Alike | None = None,
    progress: Callable[[float], None] | None = None,
) -> Plan:
    """The plan with questions about the rows that resemble a record, and with answers.

    `base`: the plan without answers; `alike`: its rows that resemble a record. Rows that only an answer makes new are
    compared too.
    """
    alike = of(inventory, base) if alike is None else alike
    if not alike and answers == base.answers:
        return base

    plan = importing.again(inventory, base, answers, alike, progress)
    later = of(inventory, plan, {row.number for row in base.rows if row.state == "new"})
    return importing.again(inventory, base, answers, alike | later, progress) if later else plan
