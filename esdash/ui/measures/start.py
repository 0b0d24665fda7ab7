"""Starting a measure: from a decision, an answer of the city, an accepted merge of trainings, or by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.measures import origins
from esdash.inventory import Inventory
from esdash.inventory.access import Action, Actor
from esdash.inventory.editing import new_key
from esdash.inventory.steering import measures
from esdash.texts import Text
from esdash.ui.measures import plan_form
from esdash.ui.shell import author, page
from esdash.wording import measures as words
from esdash.wording.names import Names

NEW = "new"
BY_HAND = "hand"


def button(inventory: Inventory, text: Text) -> None:
    """The button for a new measure, for whoever may start one."""
    if page.may(inventory, Action.START_MEASURE):
        st.button(text("measures.new"), key="measure new", on_click=_begin, disabled=plan_form.changing() == NEW)


def form(inventory: Inventory, text: Text, names: Names) -> None:
    """The form of a new measure, once the button was pressed."""
    if plan_form.changing() != NEW or not page.may(inventory, Action.START_MEASURE):
        return
    page.heading(text("measures.new"))
    found = origins.waiting(inventory)
    labels = {BY_HAND: text("measures.by_hand")} | {row["key"]: words.origin(row, text) for row in found}
    picked = st.selectbox(text("measures.from"), list(labels), key="measure from", format_func=lambda one: labels[one])
    row = next((row for row in found if row["key"] == picked), {})
    _form(inventory, text, names, row)


def _begin() -> None:
    plan_form.begin(NEW)
    st.session_state["measure once"] = new_key()


def _form(inventory: Inventory, text: Text, names: Names, row: Mapping[str, Any]) -> None:
    key = f"plan new {row.get('key', BY_HAND)} {st.session_state.get('measure once', '')[:8]}"
    with st.form(key):
        steps = plan_form.fields(inventory, text, names, key, row)
        st.date_input(text("measures.fact_due"), row.get("due_on"), key=f"{key} due", format=text("form.date_input"))
        with st.container(horizontal=True):
            st.form_submit_button(
                text("measures.new_save"),
                type="primary",
                on_click=_start,
                args=(inventory, text, dict(row), key, steps),
            )
            st.form_submit_button(text("measures.cancel"), on_click=plan_form.end)


@author.first
def _start(inventory: Inventory, text: Text, row: Mapping[str, Any], key: str, steps: pd.DataFrame) -> None:
    origin = {name: row.get(name) for name in measures.ORIGINS}
    plan = plan_form.given(key, steps, due_on=st.session_state.get(f"{key} due"), **origin)
    once = f"m{str(st.session_state.get('measure once') or new_key())[:12]}"

    def act(actor: Actor) -> None:
        measures.start(inventory, plan_form.with_figure(inventory, plan), actor, once)

    if page.act(inventory, text, Action.START_MEASURE, act, text("measures.started", title=plan.title)):
        plan_form.end()
