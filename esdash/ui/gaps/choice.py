"""What a person looks at on the page Weiße Flecken; the choice lives in the URL."""

from __future__ import annotations

from collections.abc import Callable, Collection

import streamlit as st

from esdash.analysis.coverage import coverage
from esdash.analysis.records import records
from esdash.analysis.selection import MEASURES, ORDERS, Selection, View
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.gaps import comparison, reach
from esdash.ui.shell import url
from esdash.ui.shell.cached import kept
from esdash.wording.names import Names

# Rows of the matrix → what its rows and columns are; a field of action unfolds into its themes.
ROWS = {
    "district": ("district", "field"),
    "target_group": ("target_group", "field"),
    "district_group": ("district", "target_group"),
}
VIEWS = ("matrix", "maps")
BESIDE = ("map", "evidence")  # what stands to the right of the matrix
PARTS = ("ranked", "white", "offers", "need", "unknown")  # what stands behind the chosen cells
FILTER_WIDTH = 172  # pixels; five filters stand in one row on a projector
DEFAULTS: dict[str, url.Value | None] = {
    "measure": MEASURES[0],
    "rows": "district",
    "group": None,
    "theme_in": None,
    "district_in": None,
    "order": ORDERS[0],
    "view": VIEWS[0],
    "beside": BESIDE[0],
    "offer": None,
    "show": PARTS[0],
    "when": [],
    "spoken": None,
    "access": [],
    "versus": None,
    "suppose": None,
}


def choose(inventory: Inventory, text: Text, names: Names) -> View:
    """The row of filters: the matrix, and the cells that the rest of the page is about."""
    themes = [key for field in names.field_ids for key in (field, *names.themes_below(field))]
    valid = {
        "measure": set(MEASURES),
        "rows": set(ROWS),
        "order": set(ORDERS),
        "view": set(VIEWS),
        "beside": set(BESIDE),
        "group": set(names.ids("target_group")),
        "theme_in": set(themes),
        "district_in": set(names.ids("district")),
        "offer": set(offer_names(inventory, text)),
        "show": set(PARTS),
        **reach.valid(names),
        **comparison.valid(inventory),
    }
    url.take("gaps", _defaults(inventory), valid)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _select("measure", "gaps.measure", list(MEASURES), lambda name: text(f"measure.{name}"), text, needed=True)
        _select("rows", "gaps.rows", list(ROWS), lambda name: text(f"rows.{name}"), text, needed=True)
        _select(
            "group", "facet.target_group", names.ids("target_group"), lambda key: names.of("target_group", key), text
        )
        _select("theme_in", "gaps.theme", themes, lambda key: theme_label(key, names), text)
        _select("district_in", "facet.district", names.ids("district"), lambda key: names.of("district", key), text)
    state = st.session_state
    theme, (rows, columns) = state["theme_in"], ROWS[state["rows"]]
    chosen = ([key] if key else [] for key in (state["group"], theme, state["district_in"]))
    field = theme and (names.parent.get(theme) or theme)
    unfolded = field if columns == "field" else None
    columns = "theme" if unfolded else columns
    return View(rows, columns, state["measure"], Selection(*map(tuple, chosen)), state["order"], unfolded)


def how(text: Text) -> str:
    """The order of the rows, and matrix or maps; returns which of the two."""
    st.segmented_control(
        text("gaps.order"),
        ORDERS,
        key="order",
        required=True,
        format_func=lambda name: text(f"order.{name}"),
        label_visibility="collapsed",
    )
    return str(
        st.segmented_control(
            text("gaps.view"),
            VIEWS,
            key="view",
            required=True,
            format_func=lambda name: text(f"gaps.view_{name}"),
            label_visibility="collapsed",
        )
    )


def beside(view: View, text: Text) -> str:
    """What stands to the right of the matrix; the map where no cell is chosen."""
    if not view.selection:
        return BESIDE[0]
    return str(
        st.segmented_control(
            text("gaps.beside"),
            BESIDE,
            key="beside",
            required=True,
            format_func=lambda name: text(f"gaps.beside_{name}"),
            label_visibility="collapsed",
        )
    )


def give(inventory: Inventory) -> None:
    """Write the whole choice into the URL, after the last widget of it."""
    url.give("gaps", _defaults(inventory))


@kept
def offer_names(inventory: Inventory, text: Text) -> dict[str, str]:
    """Running offer → its name, by name."""
    frame = records.initiatives(inventory)
    frame = frame[frame["running"]].sort_values("name", key=lambda names: names.str.casefold())
    return dict(zip(frame["initiative_id"], frame["name"], strict=True))


def part(text: Text) -> str:
    """Which part of the evidence to show."""
    chosen = st.segmented_control(
        text("gaps.show"),
        PARTS,
        key="show",
        required=True,
        format_func=lambda name: text(f"gaps.tab_{name}"),
        label_visibility="collapsed",
    )
    return str(chosen)


def _defaults(inventory: Inventory) -> dict[str, url.Value | None]:
    """Where no place can be counted, the number of offers is all there is to see."""
    countable = coverage.assessed(inventory)
    return DEFAULTS if countable else DEFAULTS | {"measure": "offers", "rows": "target_group"}


def _select(
    key: str, label: str, options: list[str], written: Callable[[str], str], text: Text, needed: bool = False
) -> None:
    st.selectbox(
        text(label),
        options,
        format_func=written,
        key=key,
        index=0 if needed else None,
        placeholder=text("word.all"),
        width=FILTER_WIDTH,
    )


def theme_label(key: str, names: Names) -> str:
    """A theme below its field of action."""
    return ("\N{EN SPACE}" if names.parent.get(key) else "") + names.of("theme", key)


def from_matrix(view: View) -> None:
    """A click into the matrix chooses its cell, and shows what stands behind it."""
    points = st.session_state["gaps_matrix"]["selection"]["points"]
    if points:
        for kind, key in zip(view.axes, points[0]["customdata"], strict=True):
            st.session_state[_FILTER[kind]] = key
        st.session_state["beside"] = "evidence"


def from_map(ids: Collection[str]) -> None:
    """A click on the map chooses the district."""
    points = st.session_state["gaps_map"]["selection"]["points"]
    if points:
        data = points[0]["customdata"]
        district = data[0] if isinstance(data, list) else data
        if district in ids:  # and not an offer
            st.session_state["district_in"] = district


def from_maps() -> None:
    """A click on one of the small maps chooses its field of action and the district, and shows the matrix."""
    points = st.session_state["gaps_maps"]["selection"]["points"]
    if points:
        st.session_state["district_in"], st.session_state["theme_in"] = points[0]["customdata"]
        st.session_state["view"], st.session_state["beside"] = "matrix", "evidence"


def clear() -> None:
    """Back to the whole city."""
    for name in ("group", "theme_in", "district_in", "offer"):
        st.session_state[name] = None
    st.session_state["beside"] = BESIDE[0]


_FILTER = {"district": "district_in", "target_group": "group", "theme": "theme_in", "field": "theme_in"}


def heading(selection: Selection, names: Names, text: Text) -> str:
    """What the tables below are about."""
    parts = [names.of("theme", key) for key in selection.themes]
    parts += [names.of("target_group", key) for key in selection.groups]
    parts += [names.of("district", key) for key in selection.districts]
    return text("gaps.evidence_of", what=" · ".join(parts)) if parts else text("gaps.evidence_city")
