"""Making and caching the plan for a choice; meanwhile the greedy plan and a progress bar are shown."""

import time
from collections.abc import Callable

import streamlit as st

from esdash.analysis.bundling import bundling
from esdash.analysis.bundling.bundling import Plan, Wish
from esdash.inventory import Inventory
from esdash.texts import Text

QUIET_SECONDS = 0.3  # seconds before a progress bar is shown
LARGE = 20  # connected sessions from which the best plan may take long


def plan(inventory: Inventory, wish: Wish, text: Text, first: Callable[[Plan], object]) -> Plan:
    """The best plan found within the time limit. `first` is called with a plan that is still being improved."""
    spot = st.empty()
    finished: list[Plan] = inventory.once(("plan", wish), list)
    if finished:
        return finished[0]
    began = time.monotonic()
    steps = bundling.improve(bundling.prepare(inventory, wish))
    best = next(steps)
    if any(len(outcome.component.sites) >= LARGE for outcome in best.outcomes):
        first(best)
    bar = None
    for best in steps:
        if bar is None and best.done < best.components and time.monotonic() - began > QUIET_SECONDS:
            first(best)
            bar = spot.progress(0.0)
        if bar is not None:
            words = text(
                "plan.improving", done=best.done, of=best.components, held=len(best.problem.sessions) - len(best.into)
            )
            bar.progress(best.done / best.components, words)
    if bar is not None:
        spot.empty()
    finished.append(best)
    return best
