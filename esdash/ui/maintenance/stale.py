"""Records whose confirmation has run out: their number by kind, and confirming one or several."""

import pandas as pd
import streamlit as st

from esdash import charts
from esdash.analysis.maintenance import freshness
from esdash.charts import look
from esdash.inventory import Inventory, editing
from esdash.inventory.access import Action, Actor
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.maintenance import choice
from esdash.ui.shell import author, page
from esdash.ui.widgets import empty, tables
from esdash.wording import labels
from esdash.wording.columns import Column, headed


def show(inventory: Inventory, text: Text) -> None:
    """The figure, the switch between kinds, and the table to select from."""
    states = _states(inventory, text)
    if states.empty:
        empty.lead(text)
        return
    page.heading(text("stale.figure"))
    figure = charts.freshness(states, text)
    st.plotly_chart(figure, key="care_freshness", config=look.CONFIG, alt=text("stale.figure_alt"))
    tables.beside(states, _state_columns(text), text, "freshness_table")

    counts = freshness.past_time(inventory)["table_name"].value_counts().to_dict()
    page.heading(text.count("stale.heading", sum(counts.values())))
    kind = choice.kinds(text, choice.KEPT_TABLES, counts, choice.Care.stale)
    frame = _worded(inventory, text, kind)
    if frame.empty:
        st.success(text("stale.nothing"))
        return
    _table(inventory, frame, text)


def _table(inventory: Inventory, frame: pd.DataFrame, text: Text) -> None:
    key = f"stale_table_{st.session_state.setdefault('stale_confirmed', 0)}"  # a new table has no chosen rows
    columns = _columns(text)
    rows = tables.ticking(frame, columns, text, key, text("stale.table_alt", n=len(frame))).rows
    chosen = [(str(table), str(record)) for table, record in frame.iloc[rows][["table_name", "record_id"]].to_numpy()]
    if page.allowed(inventory, text, Action.CONFIRM):
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.button(
                text.count("stale.confirm", len(chosen)) if chosen else text("stale.confirm_none"),
                key="stale_confirm",
                type="primary",
                disabled=not chosen,
                on_click=_confirm,
                args=(inventory, chosen, text),
            )
            st.caption(text("stale.hint"))
    tables.downloads(inventory, frame, columns, text("stale.download_title"), "ueberfaellig", text)


@author.first
def _confirm(inventory: Inventory, chosen: list[tuple[str, str]], text: Text) -> None:
    def act(actor: Actor) -> None:
        for table in dict.fromkeys(table for table, _ in chosen):
            editing.assure(inventory, table, [record for of, record in chosen if of == table], actor)

    done = text.count("stale.confirmed", len(chosen))
    if page.act(inventory, text, Action.CONFIRM, act, done):
        st.session_state["stale_confirmed"] += 1


@cached
def _states(inventory: Inventory, text: Text) -> pd.DataFrame:
    frame = freshness.by_kind(inventory)
    frame["kind_word"] = [labels.kind(text, table, several=True) for table in frame["table_name"]]
    return frame


@cached
def _worded(inventory: Inventory, text: Text, kind: str) -> pd.DataFrame:
    frame = freshness.past_time(inventory)
    frame = frame[frame["table_name"] == kind] if kind != choice.ALL else frame
    frame = frame.reset_index(drop=True)
    frame["kind_word"] = [labels.kind(text, table) for table in frame["table_name"]]
    frame["state_word"] = [text(f"care_state.{state}") for state in frame["state"]]
    return frame


def _columns(text: Text) -> list[Column]:
    named = (("name", "care_column.name"), ("kind_word", "care_column.kind"))
    return headed(
        text, "", *named, ("organization", "facet.organization"), ("state_word", "care_column.state"), "assured_on"
    )


def _state_columns(text: Text) -> list[Column]:
    states = [Column(state, text(f"care_state.{state}"), "integer") for state in freshness.STATES]
    return [*headed(text, "", ("kind_word", "care_column.kind"), ("records", "care_column.records")), *states]
