"""Findings as proposals for the list, their evidence, and the sliders for the weights: the part "Vorschläge"."""

import json
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from esdash import charts
from esdash.analysis.priorities import findings, priorities
from esdash.charts import look
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.priorities import item_actions, item_form, unscored
from esdash.ui.priorities.choice import KINDS, PRIORITIES, STEPS, Priorities
from esdash.ui.shell import page, printing, screen, session, url
from esdash.ui.widgets import empty, filters, tables
from esdash.wording import figures as shown
from esdash.wording import priorities as words
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names

Weights = tuple[tuple[str, float], ...]  # criterion, weight

SHOWN_IN_CHART = 10


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The proposals in their order, with sliders for the weights and the evidence of the chosen one."""
    sentence = st.empty()
    kind, chosen_weights = _filters(text, names)
    try:
        items = listed(inventory, text, chosen_weights)
    except UserError as error:
        session.show_error(error)
        return
    if kind in findings.UNSCORED:
        unscored.show(inventory, text, names, [kind])
        return
    shown = _filtered(open_items(items, kind), names)
    if shown.empty:
        sentence.markdown(text("priorities.sentence_empty"))
        empty.explain(inventory, text, text("priorities.empty"))
    else:
        _ranked(inventory, text, shown, chosen_weights, sentence)
    if kind == KINDS[0]:
        unscored.show(inventory, text, names, findings.UNSCORED)
    aside = items["put_aside"].astype(bool)
    others(items[aside], "put_aside", "pearl_reason", text)
    others(items[~aside & items["closed"]], "closed", "ended_reason", text)


def _filters(text: Text, names: Names) -> tuple[str, Weights]:
    """The controls in one row: kind, themes and districts, the weights behind a button."""
    first, *others, last = st.columns([5, 2.5, 2.5, 1.6], gap="small", vertical_alignment="bottom")
    with first:
        kind = filters.switch(Priorities.kind, text("priorities.kind"), lambda name: text(f"kind.{name}"))
    for place, field, name in zip(others, (Priorities.theme, Priorities.district), ("theme", "district"), strict=True):
        label = text("items.theme" if name == "theme" else "items.where")
        with place:
            filters.choices(field, label, names.ids(name), partial(names.of, name), text)
    with last, st.empty() if printing.on() else st.popover(text("priorities.weights_short"), width="stretch"):
        if not printing.on():
            st.caption(text("priorities.weights_note"))
        return kind, tuple(weights(text).items())


def _filtered(items: pd.DataFrame, names: Names) -> pd.DataFrame:
    """The items of the chosen themes (of a field: all of its themes) and districts; ranks stay those among all."""
    themes = [below for key in PRIORITIES.theme for below in [key, *names.themes_below(key)]]
    return findings.chosen(items, findings.SCORED, themes, PRIORITIES.district)


def _ranked(inventory: Inventory, text: Text, shown: pd.DataFrame, chosen_weights: Weights, sentence: Any) -> None:
    """The sentence, the chart of the first proposals, and the table of all."""
    top = shown.iloc[0]
    said = {"first": bold(top["title"]), "stable": words.stable(top["near"], text)}
    sentence.markdown(text("priorities.sentence", n=bold(text.number(len(shown))), **said))
    page.heading(text("priorities.chart", n=min(SHOWN_IN_CHART, len(shown))))
    chart = figure(text, shown.head(SHOWN_IN_CHART))
    st.plotly_chart(chart, key="priorities_chart", config=look.CONFIG, alt=text("priorities.chart_alt"))
    _table(inventory, shown, text, chosen_weights)


def _table(inventory: Inventory, shown: pd.DataFrame, text: Text, chosen_weights: Weights) -> None:
    """All proposals as a table, and above it the evidence of the chosen one."""
    page.heading(text("priorities.table"))
    above = st.container(border=True)
    columns = words.columns(text)
    table = shown[["item_id", *(column.name for column in columns)]]
    alt = text("priorities.table_alt", n=len(table))
    picked = tables.show(table, columns, text, "priorities_table", alt, choose=True)
    tables.downloads(inventory, shown, columns, text("priorities.download_title"), "priorities", text)
    if picked:
        PRIORITIES.item = picked
    item = chosen(shown, PRIORITIES.item)
    with above:
        evidence(inventory, item, text, hanging(inventory, text, chosen_weights).get(item.item_id))


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


def weights(text: Text) -> dict[str, int]:
    """Sliders, one for each criterion; on paper their values where they are not the agreed ones."""
    names = priorities.CRITERIA
    if printing.on():
        for name in names:
            if getattr(Priorities, name).link in st.query_params:
                printing.chosen(f"{text(f'criterion.{name}')}: {getattr(PRIORITIES, name)}")
        return {name: getattr(PRIORITIES, name) for name in names}
    for name in names:
        key = getattr(Priorities, name).key
        st.slider(text(f"criterion.{name}"), 0, STEPS, key=key, help=text(f"criterion.{name}_help"), format="%d")
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
    if isinstance(item.priority_item_id, str):
        url.here("priorities", text("items.listed_as"), "listed_item", item=item.priority_item_id)
        item_actions.take_back_button(inventory, text, item.priority_item_id)
    else:
        item_form.take_button(inventory, text, item.item_id, primary=True)
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


def figure(text: Text, head: pd.DataFrame) -> Any:
    """The chart of the criteria of these proposals."""
    return charts.priorities(head, [f"{row.rank}. {row.title}" for row in head.itertuples()], text, screen.narrow())
