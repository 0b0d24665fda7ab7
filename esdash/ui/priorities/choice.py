"""The page state of Prioritätenliste, and the switch between its parts."""

import streamlit as st

from esdash.analysis.priorities import findings, priorities
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell.state import Many, Maybe, OneOf, PageState, Weight
from esdash.ui.widgets import filters
from esdash.wording.names import Names

PARTS = ("list", "proposals", "voices", "versions", "answers")
KINDS = ("all", "gap", "overlap", "bundling", "idea")
STEPS = 100  # weights are shown as percentages


class Priorities(PageState):
    """The open part, which proposals are shown, the chosen item or finding, and the weights if not the agreed ones."""

    page = "priorities"
    part = OneOf(PARTS, link="priorities")
    kind = OneOf(KINDS)
    theme = Many()
    district = Many()
    item = Maybe()
    answers = Maybe()  # id of the version whose answers are shown; without one the newest
    round = Maybe()  # id of the closed round of voices whose result is shown; without one the last
    size = Weight(STEPS, link="weight_size")
    seriousness = Weight(STEPS, link="weight_seriousness")
    inequity = Weight(STEPS, link="weight_inequity")
    effectiveness = Weight(STEPS, link="weight_effectiveness")


PRIORITIES = Priorities()

_OF_PROPOSALS = ("kind", "theme", "district", *(f"weight_{name}" for name in priorities.CRITERIA))


def part(inventory: Inventory, text: Text, names: Names) -> str:
    """The switch between the parts. Weights that the link does not name are the agreed ones."""
    agreed = priorities.agreed_weights(inventory)
    total = sum(agreed.values()) or 1.0
    if Priorities.part.link not in st.query_params and _means_proposals(inventory):
        st.query_params[Priorities.part.link] = "proposals"
    weights = {name: round(STEPS * agreed[name] / total) for name in agreed}
    PRIORITIES.take(weights, theme=names.ids("theme"), district=names.ids("district"))
    words = {name: text(f"items.part_{name}") for name in PARTS}
    return filters.switch(Priorities.part, text("items.part"), words.__getitem__, on_change=_begin)


def _begin() -> None:
    """Another part begins with all it has, not with what was chosen in the one before."""
    PRIORITIES.item = None


def _means_proposals(inventory: Inventory) -> bool:
    """Whether a link without a part means the proposals, as links saved before the list had parts do."""
    item = st.query_params.get("item")
    if item and ("|" not in item or item in findings.listed(inventory)):  # the item itself, or a finding on the list
        return False
    return bool(item) or any(name in st.query_params for name in _OF_PROPOSALS)


def give() -> None:
    """Write the choices into the link, with the part where another choice could be one of the proposals."""
    written = PRIORITIES.as_link()
    PRIORITIES.give(*(["part"] if any(name in written for name in (*_OF_PROPOSALS, "item")) else []))
