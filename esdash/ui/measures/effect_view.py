"""The effect of a measure: one sentence, a figure from then to now, and the table of the same."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from esdash import charts
from esdash.analysis.measures import effect, listed
from esdash.analysis.records import records
from esdash.analysis.selection import Selection
from esdash.charts import look
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.texts import Text, is_missing
from esdash.ui.shell import page, session, url
from esdash.ui.widgets import tables
from esdash.wording import effect as words
from esdash.wording.columns import headed
from esdash.wording.escaping import plain
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names, row: Mapping[str, Any]) -> None:
    """What a measure should change, and what has changed by which cause."""
    page.heading(text("effect.title"))
    aim = listed.aim(row)
    if aim is None:
        st.caption(text("effect.none"))
        return
    measure, selection, day, target = aim
    about = names.chosen(selection) or text("effect.city")
    wanted = text("effect.target", n=target) if target is not None else text("effect.no_target")
    st.caption(plain(text("effect.about", about=about, figure=text(f"effect.{measure}"), target=wanted)))
    try:
        found = effect.of(inventory, measure, selection, day, own(row))
    except UserError as error:
        session.show_error(error)
        return
    st.markdown(plain(words.sentence(found, measure, text)))
    steps = words.steps(found, text)
    if steps:
        quantity = text(f"effect.{measure}")
        figure = charts.waterfall(steps, text, quantity)
        st.plotly_chart(
            figure,
            key="effect_chart",
            config=look.CONFIG,
            alt=text("effect.alt", said=words.sentence(found, measure, text)),
        )
        frame = pd.DataFrame([{"name": step.name, "words": step.words} for step in steps])
        columns = headed(text, "", ("name", "effect.column_cause"), ("words", f"effect.{measure}"))
        tables.beside(frame, columns, text, "effect_table")
    if not own(row):
        st.caption(text("effect.no_own"))
    _unknown(inventory, text, found.unknown)
    _where(text, selection, day)


def own(row: Mapping[str, Any]) -> Collection[str]:
    """The offers that came from a measure."""
    ids = row["initiative_ids"]
    return [] if ids is None or is_missing(ids) else [str(key) for key in ids]


def _unknown(inventory: Inventory, text: Text, unknown: Mapping[str, str]) -> None:
    """Offers whose places nobody knows, by cause, each with the way to it."""
    if not unknown:
        return
    named = records.initiatives(inventory).set_index("initiative_id")["name"].to_dict()
    for cause in ("own", "other"):
        keys = [key for key, of in unknown.items() if of == cause and key in named]
        if keys:
            st.caption(text.count(f"effect.unknown_{cause}", len(keys)))
            with st.container(horizontal=True, gap="small"):
                for key in keys:
                    url.link("initiatives", plain(named[key]), id=key)


def _where(text: Text, selection: Selection, day: date) -> None:
    with st.container(horizontal=True, gap="medium"):
        group = selection.groups[0] if len(selection.groups) == 1 else None
        where = {"theme_in": selection.theme, "district_in": selection.district, "group": group}
        url.link("gaps", text("effect.then_on_page", day=day), on=f"{day:%Y-%m-%d}", **where)
        url.link("gaps", text("effect.now_on_page"), **where)
        url.link("method", text("effect.how"))
