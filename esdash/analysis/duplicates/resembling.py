"""The new rows of an import that resemble a record of the inventory (METHODS M5), so that a person is asked."""

from collections.abc import Callable, Collection
from typing import Any

import pandas as pd

from esdash.analysis.duplicates import duplicates
from esdash.inventory import Inventory, importing
from esdash.inventory.importing import Answers, Plan

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
    found: Alike = {}
    for match in alike.drop_duplicates("number").to_dict("records"):  # the likeliest comes first
        found[new[int(match["number"])].number] = {str(name): value for name, value in match.items()}
    return found


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
