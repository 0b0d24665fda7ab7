"""The items of the priority list, their evidence, and the sliders for the weights."""

import json
from typing import Any

import pandas as pd
import streamlit as st

from esdash import charts
from esdash.analysis.priorities import priorities
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.shell import page, url
from esdash.ui.shell.state import Maybe, OneOf, PageState, Weight
from esdash.ui.widgets import proposal
from esdash.wording import figures as shown
from esdash.wording import priorities as words
from esdash.wording.escaping import bold, plain

Weights = tuple[tuple[str, float], ...]  # criterion, weight

KINDS = ("all", "gap", "overlap")
STEPS = 100  # weights are shown as percentages


class Priorities(PageState):
    """The kind of items shown, the item whose evidence is shown, and the weights if not the agreed ones."""

    page = "priorities"
    kind = OneOf(KINDS)
    item = Maybe()
    size = Weight(STEPS, link="weight_size")
    seriousness = Weight(STEPS, link="weight_seriousness")
    inequity = Weight(STEPS, link="weight_inequity")
    effectiveness = Weight(STEPS, link="weight_effectiveness")


PRIORITIES = Priorities()


@cached
def listed(inventory: Inventory, text: Text, weights: Weights) -> pd.DataFrame:
    """One row per item with title, reason and stability in words. Raises UserError for invalid weights."""
    items, stability = priorities.ranked(inventory, dict(weights)), priorities.stability(inventory, dict(weights))
    items = items.merge(stability[["item_id", "near"]], how="left", on="item_id")
    return words.in_words(items, text, hanging(inventory, text, weights))


@cached
def hanging(inventory: Inventory, text: Text, weights: Weights) -> dict[str, str]:
    """Item → that its place hangs on something unknown, in one sentence."""
    return words.hanging(priorities.between(inventory, dict(weights)), text)


def open_items(items: pd.DataFrame, kind: str | None) -> pd.DataFrame:
    """The items of a kind that are neither put aside nor decided."""
    wanted = (items["kind"] == kind) | (kind == KINDS[0])
    return items[~items["put_aside"].astype(bool) & (items["decision_status"] == "open") & wanted]


def first(inventory: Inventory, text: Text, count: int) -> None:
    """The first items as a short list."""
    items = _agreed(inventory, text).head(count)
    if items.empty:
        st.info(text("priorities.empty"))
    for item in items.itertuples():
        st.markdown(bold(f"{item.rank}. {words.title(item, text)}") + "  \n" + plain(words.short_reason(item, text)))


@cached
def _agreed(inventory: Inventory, text: Text) -> pd.DataFrame:
    return words.in_words(priorities.open_items(inventory), text)


def take(inventory: Inventory) -> None:
    """Read the link into the page state; weights that it does not name are the agreed ones."""
    agreed = priorities.agreed_weights(inventory)
    total = sum(agreed.values()) or 1.0
    PRIORITIES.take({name: round(STEPS * agreed[name] / total) for name in agreed})


def weights(text: Text) -> dict[str, int]:
    """Sliders, one for each criterion."""
    names = priorities.CRITERIA
    for place, name in zip(st.columns(len(names), gap="medium"), names, strict=True):
        key = getattr(Priorities, name).key
        place.slider(text(f"criterion.{name}"), 0, STEPS, key=key, help=text(f"criterion.{name}_help"), format="%d")
    return {name: getattr(PRIORITIES, name) for name in names}


def evidence(inventory: Inventory, item: Any, text: Text, unknown: str | None) -> None:
    """The evidence of an item: its reason, its criteria, links to the records. `unknown`: what its place hangs on."""
    page.heading(words.title(item, text))
    st.markdown(plain(words.reason(item, text)))
    if unknown:
        st.markdown(plain(unknown))
        url.link("care", text("priorities.ask"), care="ask")
    kind = "_overlap" if item.kind == "overlap" else ""
    figures = [
        (f"criterion.{name}{kind}", text(f"criterion.{name}_value", n=_in_unit(name, item, text)))
        for name in priorities.CRITERIA
    ]
    for place, (label, value) in zip(st.columns(len(figures)), figures, strict=True):
        place.metric(text(label), value)
    if isinstance(item.proposal, str):
        st.text(words.proposal(json.loads(item.proposal), text))
    proposal.withdraw(inventory, text, item.item_id, item.proposal)
    if item.kind == "gap":
        url.link(
            "gaps", text("priorities.open_gap"), measure="gap", theme_in=item.theme_id, district_in=item.district_id
        )
    else:
        part = {"overlaps": "decided"} if item.decided else {"case": "+".join(item.initiative_ids)}
        url.link("overlaps", text("priorities.open_case"), **part)
        for key, name in zip(item.initiative_ids, item.initiative_names, strict=True):
            url.link("initiatives", plain(name), id=key)


def others(items: pd.DataFrame, heading: str, explained_by: str, text: Text) -> None:
    """The items that were put aside or decided, each with the reason; they never vanish."""
    if len(items):
        page.heading(text(f"priorities.{heading}"))
    for title, reason in items[["title", explained_by]].itertuples(index=False):
        st.markdown(f"{bold(title)}  \n{plain(text.value(reason))}")


def chosen(items: pd.DataFrame, item_id: str | None) -> Any:
    """The row of the chosen item; the first row if none is chosen, or one that is not on the open list."""
    rows = items[items["item_id"] == item_id]
    return next((rows if len(rows) else items).head(1).itertuples(), None)


def _in_unit(name: str, item: Any, text: Text) -> str:
    return shown.word("places", item.places, text) if name == "size" else text.percent(getattr(item, name))


@cached
def figure(inventory: Inventory, text: Text, weights: Weights, kind: str, count: int) -> Any:
    """The chart of the criteria of the first `count` open items."""
    head = open_items(listed(inventory, text, weights), kind).head(count)
    titles = [f"{row.rank}. {row.title}" for row in head.itertuples()]
    return charts.priorities(head, titles, text)
