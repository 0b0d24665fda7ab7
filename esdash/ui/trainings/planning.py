"""The plan for a choice: made once, and while it gets better, the greedy answer and how far the work is."""

import time
from collections.abc import Callable

import streamlit as st

from esdash.analysis.bundling import bundling
from esdash.analysis.bundling.bundling import Plan, Wish
from esdash.inventory import Inventory
from esdash.texts import Text

QUIET_SECONDS = 0.3  # whoever waits less needs no bar
LARGE = 20  # sessions that hang together, from which on the best plan may take its time


def plan(inventory: Inventory, wish: Wish, text: Text, first: Callable[[Plan], object]) -> Plan:
    """The best plan that is found in time. `first` shows an answer that is still being improved."""
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
