"""The tables and the chart of a plan, cached."""

from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from esdash import charts
from esdash.analysis.bundling.bundling import Plan
from esdash.inventory import Inventory
from esdash.wording import training_plan as wording
from esdash.wording.names import Names

TOPICS_SHOWN = 30  # most topics in the chart; those with merges come first


class Tables(NamedTuple):
    """All tables of a plan by the name of their part, the chart, and how many sessions and topics it shows or omits."""

    merges: pd.DataFrame
    held: pd.DataFrame
    free: pd.DataFrame
    topics: pd.DataFrame
    access: pd.DataFrame
    uncounted: pd.DataFrame
    picture: Any
    drawn: int
    topics_left_out: int


def tables(inventory: Inventory, names: Names, plan: Plan) -> Tables:
    """All tables of a plan, cached. Callers must not change them."""
    question = ("tables of a plan", names.text.language, plan.problem.wish)
    made: Tables = inventory.once(question, lambda: _tables(inventory.today(), plan, names))
    return made


def _tables(today: date, plan: Plan, names: Names) -> Tables:
    lines = wording.timeline(plan, names)
    drawn = lines[lines["place"] < TOPICS_SHOWN]
    return Tables(
        wording.merges(plan, names),
        wording.held(plan, names.text),
        wording.free(plan, names.text),
        wording.topics(plan, names),
        wording.kept_apart(plan, names),
        wording.uncounted(plan, names.text),
        charts.bundling(drawn, today, names.text),
        len(drawn),
        lines["topic"].nunique() - drawn["topic"].nunique(),
    )
