"""The page state of Prioritätenliste, and the switch between its parts."""

import streamlit as st

from esdash.analysis.priorities import priorities
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell.state import Maybe, OneOf, PageState, Weight
from esdash.ui.widgets import filters

PARTS = ("list", "proposals", "voices", "versions", "answers")
KINDS = ("all", "gap", "overlap")
STEPS = 100  # weights are shown as percentages


class Priorities(PageState):
    """The open part, the kind of proposals shown, the chosen item, and the weights if not the agreed ones."""

    page = "priorities"
    part = OneOf(PARTS, link="priorities")
    kind = OneOf(KINDS)
    item = Maybe()
    answers = Maybe()  # id of the version whose answers are shown; without one the newest
    size = Weight(STEPS, link="weight_size")
    seriousness = Weight(STEPS, link="weight_seriousness")
    inequity = Weight(STEPS, link="weight_inequity")
    effectiveness = Weight(STEPS, link="weight_effectiveness")


PRIORITIES = Priorities()

_OF_PROPOSALS = ("kind", "item", *(f"weight_{name}" for name in priorities.CRITERIA))


def part(inventory: Inventory, text: Text) -> str:
    """The switch between the parts. Weights that the link does not name are the agreed ones."""
    agreed = priorities.agreed_weights(inventory)
    total = sum(agreed.values()) or 1.0
    if Priorities.part.link not in st.query_params and any(name in st.query_params for name in _OF_PROPOSALS):
        st.query_params[Priorities.part.link] = "proposals"  # links saved before the list had parts
    PRIORITIES.take({name: round(STEPS * agreed[name] / total) for name in agreed})
    return filters.switch(Priorities.part, text("items.part"), lambda name: text(f"items.part_{name}"))


def give() -> None:
    """Write the choices into the link, with the part where another choice could be one of the proposals."""
    written = PRIORITIES.as_link()
    PRIORITIES.give(*(["part"] if any(name in written for name in _OF_PROPOSALS) else []))
