"""The surroundings of one organisation: a circle, the table of those it is tied to, and the facts behind each tie."""

from functools import partial
from typing import Any

import streamlit as st

from esdash import charts
from esdash.analysis.actors import ties
from esdash.charts import look
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.actors import leading
from esdash.ui.actors.choice import ACTORS
from esdash.ui.shell import page
from esdash.ui.widgets import tables
from esdash.wording import actors as words
from esdash.wording.columns import headed
from esdash.wording.escaping import plain
from esdash.wording.names import Names, names_of

MOST = 24  # organisations around one; more names touch each other


def show(inventory: Inventory, text: Text, names: Names, organization_id: str) -> None:
    """The circle and the table; who has no tie is said so."""
    name = names.of("organization", organization_id)
    found = ties.partners(inventory, organization_id)
    page.heading(plain(text("actors.around_title", name=name)))
    if found.empty:
        st.info(text("actors.around_none"))
        return
    opened(inventory, text, names)
    left, right = st.columns([4, 5], gap="medium")
    with left:
        st.plotly_chart(
            _circle(inventory, text, organization_id),
            key="actors_circle",
            config=look.CONFIG,
            on_select=partial(_from_circle, organization_id),
            selection_mode="points",
            alt=text("actors.around_alt", name=name, n=len(found)),
        )
        st.caption(text("actors.around_key"))
        if len(found) > MOST:
            st.caption(text("actors.around_more", n=MOST))
    with right:
        short = words.short_names(inventory)
        found["other"] = [short[key] for key in found["other_id"]]
        found["kind_words"] = [words.kinds(of, text, briefly=True) for of in found["kinds"]]
        found["last_words"] = [words.last_words(day, inventory.today(), text) for day in found["last_on"]]
        columns = headed(
            text,
            "",
            *(("other", "actors.column_with"), ("kind_words", "actors.column_kinds"), ("n", "actors.column_facts")),
            *(("first_on", "actors.column_first"), ("last_words", "actors.column_last")),
        )
        clicked = tables.show(
            found, columns, text, "actors_partners", text("actors.around_table_alt", n=len(found)), choose=True
        )
        if clicked:
            facts(inventory, text, names, organization_id, clicked)
        else:
            st.caption(text("actors.click_partner"))


def opened(inventory: Inventory, text: Text, names: Names) -> None:
    """The facts of the pair that was clicked in the circle or the matrix, above it."""
    if ACTORS.pair:
        with st.container(border=True):
            a, b = ACTORS.pair.split("|")
            facts(inventory, text, names, a, b)
            st.button(text("actors.close_pair"), key="actors_close_pair", type="tertiary", on_click=close)


def facts(inventory: Inventory, text: Text, names: Names, one: str, other: str) -> None:
    """Each fact that ties two organisations: its kind, its days, a link to its record."""
    a, b = (names.of("organization", key) for key in (one, other))
    st.markdown(f"**{plain(text('actors.pair', a=a, b=b))}**")
    for row in ties.facts(inventory, one, other).to_dict("records"):
        said = text(
            "actors.fact", kind=text(f"actors.kind_{row['kind']}"), when=words.span(row, inventory.today(), text)
        )
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.markdown(plain(said), width="content")
            if not leading.to(row["table_name"], row["record_id"], plain(row["name"])):
                st.text(row["name"])


def close() -> None:
    """Close the facts of a pair."""
    ACTORS.pair = None


@cached
def _circle(inventory: Inventory, text: Text, organization_id: str) -> Any:
    found = ties.partners(inventory, organization_id)["other_id"].tolist()[:MOST]
    others = [key for key in ties.order(inventory) if key in set(found)]
    near = {organization_id, *others}
    hovers = words.cells(inventory, names_of(inventory, text))
    strengths = {
        pair: (sum(kinds.values()), hovers[pair].hover)
        for pair, kinds in ties.kinds_of(inventory).items()
        if set(pair) <= near
    }
    return charts.surroundings(organization_id, others, strengths, words.short_names(inventory))


def _from_circle(organization_id: str) -> None:
    """A click on an organisation opens what ties it to the one in the middle."""
    points = st.session_state["actors_circle"]["selection"]["points"]
    if points and points[0].get("customdata"):
        data = points[0]["customdata"]
        other = data[0] if isinstance(data, list) else data
        if other != organization_id:
            ACTORS.pair = "|".join(sorted((organization_id, other)))
