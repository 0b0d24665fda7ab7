"""The counts of changes by kind, each a button that shows its list beside them."""

from collections.abc import Mapping
from datetime import date
from functools import partial

import streamlit as st

from esdash.analysis.overview import changed, situation
from esdash.charts import look
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.changes import choice
from esdash.ui.overview import figures
from esdash.ui.shell import page, url
from esdash.ui.widgets import tables
from esdash.wording import changes as words
from esdash.wording import overview

Counts = Mapping[tuple[str, str], int]

ROOM = 515  # pixels beside the counts on a projector
NAME_WIDTH = 135  # pixels: the longest name of a kind


def show(inventory: Inventory, text: Text, day: date, counts: Counts) -> None:
    """Every count, kind by kind, and beside them the list behind the chosen one."""
    of = choice.shown(counts)
    left, right = st.columns([8, 7], gap="medium")
    with left, st.container(gap=None):
        for kind in changed.KINDS:
            _line(kind, text, counts, of)
    with right:
        if of:
            _list(inventory, text, day, *of)


def _line(kind: str, text: Text, counts: Counts, of: tuple[str, str] | None) -> None:
    """One kind with what happened to it; the count whose list is shown stands out and is no link."""
    found = [(way, counts[kind, way]) for way in changed.WAYS[kind] if counts[kind, way]]
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(words.kind(kind, text), width=NAME_WIDTH)
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            for way, number in found:
                label = words.short(kind, way, number, text)
                if (kind, way) == of:
                    st.markdown(f"**{label}**", width="content")
                    continue
                key, show = f"changes_{kind}_{way}", partial(choice.choose, kind, way)
                st.button(f":primary[{label} →]", key=key, type="tertiary", on_click=show)
            if not found:
                st.caption(text("changes.none"), width="content")


def _list(inventory: Inventory, text: Text, day: date, kind: str, way: str) -> None:
    """The rows behind one count; a click on one shows the way to it."""
    frame, columns = words.listed(inventory, text, day, kind, way), words.columns(kind, way, text)
    heading = words.heading(kind, way, len(frame), text)
    page.heading(heading)
    st.caption(text(f"changes.explained_{way}"))
    if frame.empty:
        return
    alt = text("changes.list_alt", heading=heading)
    table, way_to = f"changes_{kind}_{way}_table", partial(_open, text, kind)
    tables.opening(frame, columns, text, table, alt, way_to, room=ROOM)


def _open(text: Text, kind: str, key: str) -> None:
    """The way to one row of a list."""
    if kind == "field":
        theme, _, district = key.partition("|")
        url.link("gaps", text("changes.open_field"), theme_in=theme, district_in=district, beside="evidence")
    elif kind == "decision":
        url.link("meetings", text("changes.open_decision"), meetings="all")
    elif kind == "initiative":
        url.link("initiatives", text("changes.open_record"), id=key)
    elif kind == "contact_point":
        url.link("contact_points", text("changes.open_record"), id=key)
    else:
        url.link("entry", text("changes.open_record"), table=kind, id=key)


def growth(inventory: Inventory, text: Text) -> None:
    """How the number of running offers grew."""
    page.heading(text("changes.growth"))
    frame = situation.growth(inventory)
    if len(frame) > 1:
        figure = figures.growth(inventory, text)
        st.plotly_chart(figure, key="growth", config=look.CONFIG, alt=text("changes.growth_alt"))
        tables.beside(frame, overview.growth_columns(text), text, "growth_table")
    else:
        st.info(text("changes.growth_young", day=inventory.today()))
