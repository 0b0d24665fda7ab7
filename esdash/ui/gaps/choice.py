"""The filters and clicks of the page Weiße Flecken."""

from collections.abc import Collection
from functools import partial

import streamlit as st

from esdash.analysis.bounds import bounds
from esdash.analysis.coverage import coverage
from esdash.analysis.records import records
from esdash.analysis.selection import Selection, View
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model.folding import name_order
from esdash.texts import Text
from esdash.ui.gaps.state import GAPS, ROWS, Gaps
from esdash.ui.widgets import filters
from esdash.wording.names import Names

FILTER_WIDTH = 150  # of a filter, at least: two beside each other, also on a telephone [pixels]
ROWS_WIDTH = 290  # of the choice of the matrix, whose names are long [pixels]


def choose(inventory: Inventory, text: Text, names: Names) -> View:
    """The filters: the measure, and the selection that the rest of the page is about."""
    themes = [key for field in names.field_ids for key in (field, *names.themes_below(field))]
    groups, districts = names.ids("target_group"), names.ids("district")
    GAPS.take(
        _usual(inventory),
        group=groups,
        theme=themes,
        district=districts,
        offer=offer_names(inventory, text),
        language=names.ids("language"),
        versus=filters.past_days(inventory),
    )
    place = partial(filters.choice, placeholder=text("word.all"))
    place(Gaps.measure, text("gaps.measure"), Gaps.measure.options, lambda name: text(f"measure.{name}"))
    place(Gaps.group, text("facet.target_group"), groups, partial(names.of, "target_group"))
    place(Gaps.theme, text("gaps.theme"), themes, lambda key: theme_label(key, names))
    place(Gaps.district, text("facet.district"), districts, partial(names.of, "district"))
    theme, (rows, columns) = GAPS.theme, ROWS[GAPS.rows]
    chosen = ([key] if key else [] for key in (GAPS.group, theme, GAPS.district))
    field = theme and (names.parent.get(theme) or theme)
    unfolded = field if columns == "field" else None
    columns = "theme" if unfolded else columns
    return View(rows, columns, GAPS.measure, Selection(*map(tuple, chosen)), GAPS.order, unfolded)


def how(text: Text) -> str:
    """The choices of rows and columns, of the order of rows, and of matrix or maps; returns the last."""
    rows = text("gaps.rows")
    filters.choice(Gaps.rows, rows, list(ROWS), lambda name: text(f"rows.{name}"), width=ROWS_WIDTH)
    filters.switch(Gaps.order, text("gaps.order"), lambda name: text(f"order.{name}"))
    return filters.switch(Gaps.view, text("gaps.view"), lambda name: text(f"gaps.view_{name}"))


def _usual(inventory: Inventory) -> dict[str, str]:
    """What the page begins with: missing places, for that is the question.

    Where no places can be counted: what known offers cover at most, or their number. A link with choices and without
    a measure was made when the page began with coverage.
    """
    if coverage.assessed(inventory):
        chosen = {field.link for field in GAPS.fields()} & set(st.query_params)
        older = chosen and st.query_params.get(Gaps.measure.link) not in Gaps.measure.options
        return {} if older else {"measure": "gap"}
    if bounds.city(inventory, everywhere=True).state in (bounds.NONE_KNOWN, "not_applicable"):
        return {"measure": "offers", "rows": "target_group"}
    return {"measure": "coverage"}


@cached
def offer_names(inventory: Inventory, text: Text) -> dict[str, str]:
    """Id of each running offer → its name, sorted by name."""
    frame = records.initiatives(inventory)
    frame = frame[frame["running"]].sort_values("name", key=lambda names: names.map(name_order))
    return dict(zip(frame["initiative_id"], frame["name"], strict=True))


def part(text: Text) -> str:
    """The choice of the part of the evidence to show."""
    return filters.switch(Gaps.part, text("gaps.show"), lambda name: text(f"gaps.tab_{name}"))


def theme_label(key: str, names: Names) -> str:
    """The label of a theme with its field of action."""
    return ("\N{EN SPACE}" if names.parent.get(key) else "") + names.of("theme", key)


def from_matrix(view: View) -> None:
    """A click on the matrix chooses a cell and shows its evidence."""
    points = st.session_state["gaps_matrix"]["selection"]["points"]
    if points:
        for kind, key in zip(view.axes, points[0]["customdata"], strict=True):
            setattr(GAPS, _FIELD.get(kind, kind), key)
        GAPS.beside = "evidence"


def from_map(key: str, ids: Collection[str]) -> None:
    """A click on the map or the tile map chooses the district."""
    points = st.session_state[key]["selection"]["points"]
    if points:
        data = points[0]["customdata"]
        district = data[0] if isinstance(data, list) else data
        if district in ids:  # a click on an offer chooses no district
            GAPS.district = district


def from_maps() -> None:
    """A click on one of the small maps chooses its field of action and the district, and shows the matrix."""
    points = st.session_state["gaps_maps"]["selection"]["points"]
    if points:
        GAPS.district, GAPS.theme = points[0]["customdata"]
        GAPS.view, GAPS.beside = "matrix", "evidence"


def clear() -> None:
    """Clear the selection: back to the whole city."""
    GAPS.group = GAPS.theme = GAPS.district = GAPS.offer = None
    GAPS.beside = "map"


_FIELD = {"target_group": "group", "field": "theme"}
