"""The filters and clicks of the page Weiße Flecken."""

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from esdash.analysis.bounds import bounds
from esdash.analysis.coverage import coverage
from esdash.analysis.records import records
from esdash.analysis.selection import Selection, View
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model.folding import name_order
from esdash.texts import Text
from esdash.ui.gaps.state import GAPS, ROWS, Gaps
from esdash.ui.shell import printing, screen
from esdash.ui.shell.state import Field
from esdash.ui.widgets import filters
from esdash.wording.names import Names

# Widths of the filters: all of them and the rarer choices stand in one line on a projector [pixels]
WIDTHS = {"measure": 165, "group": 160, "theme": 190, "district": 145}


def line(text: Text) -> DeltaGenerator:
    """The place of all choices: one line, folded away on a telephone."""
    if screen.narrow() and not printing.on():
        return st.expander(text("word.choices"))
    return st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="gaps_choices")


def more(text: Text) -> DeltaGenerator:
    """The place of the rarer choices; it stands out where one of them changes what is shown."""
    if printing.on():
        return st.container()
    words = text("word.more")
    changed = GAPS.versus not in (None, filters.OTHER_DAY) or GAPS.figures != Gaps.figures.default
    return st.popover(f":orange[**{words}**]" if changed else words, type="tertiary")


def choose(inventory: Inventory, text: Text, names: Names) -> View:
    """The filters: the measure, and the selection that the rest of the page is about."""
    themes = [key for field in names.field_ids for key in (field, *names.themes_below(field))]
    groups, districts = names.ids("target_group"), names.ids("district")
    offers = offer_names(inventory, text)
    GAPS.take(
        _usual(inventory, districts, offers),
        group=groups,
        theme=themes,
        district=districts,
        offer=offers,
        language=names.ids("language"),
        versus=filters.past_days(inventory),
    )
    place = partial(_place, screen.narrow())
    place(Gaps.measure, text("gaps.measure"), Gaps.measure.options, lambda name: text(f"measure.{name}"))
    place(Gaps.group, text("facet.target_group"), groups, partial(names.of, "target_group"), text("gaps.all_groups"))
    place(Gaps.theme, text("gaps.theme"), themes, partial(theme_label, names), text("gaps.all_themes"))
    district = partial(names.of, "district")
    place(Gaps.district, text("facet.district"), districts, district, text("gaps.all_districts"), _district)
    theme, (rows, columns) = GAPS.theme, ROWS[GAPS.rows]
    chosen = ([key] if key else [] for key in (GAPS.group, theme, GAPS.district))
    field = theme and (names.parent.get(theme) or theme)
    unfolded = field if columns == "field" else None
    columns = "theme" if unfolded else columns
    return View(rows, columns, GAPS.measure, Selection(*map(tuple, chosen)), GAPS.order, unfolded)


def _place(
    narrow: bool,
    field: Field[Any],
    label: str,
    options: Sequence[str],
    words: Callable[[str], str],
    placeholder: str = "",
    on_change: Callable[[], None] | None = None,
) -> None:
    width = "stretch" if narrow else WIDTHS[field.name]
    filters.choice(field, label, options, words, placeholder, width, labelled=False, on_change=on_change)


def how(text: Text) -> None:
    """The choices of matrix or maps, of rows and columns, and of the order of rows."""
    filters.switch(Gaps.view, text("gaps.view"), lambda name: text(f"gaps.view_{name}"))
    filters.choice(Gaps.rows, text("gaps.rows"), list(ROWS), lambda name: text(f"rows.{name}"))
    filters.switch(Gaps.order, text("gaps.order"), lambda name: text(f"order.{name}"))


def _usual(inventory: Inventory, districts: Collection[str], offers: Collection[str]) -> dict[str, str]:
    """What the page begins with: missing places, for that is the question.

    Where no places can be counted: what known offers cover at most, or their number. A link with choices and without
    a measure was made when the page began with coverage. A link that names a district means its evidence,
    one that names an offer the map of its reach.
    """
    beside = {}
    if st.query_params.get(Gaps.offer.link) in offers:
        beside = {"beside": "map"}
    elif st.query_params.get(Gaps.district.link) in districts:
        beside = {"beside": "evidence"}
    return beside | _usual_measure(inventory)


def beside_too() -> list[str]:
    """What the link says in any case, because a link without it would mean the evidence, or the map."""
    return ["beside"] if GAPS.district or GAPS.offer else []


def _usual_measure(inventory: Inventory) -> dict[str, str]:
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


def theme_label(names: Names, key: str) -> str:
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
    """A click on the map or the tile map chooses the district and shows its evidence."""
    points = st.session_state[key]["selection"]["points"]
    if points:
        data = points[0]["customdata"]
        district = data[0] if isinstance(data, list) else data
        if district in ids:  # a click on an offer chooses no district
            GAPS.district, GAPS.beside = district, "evidence"


def from_maps() -> None:
    """A click on one of the small maps chooses its field of action and the district, and shows the matrix."""
    points = st.session_state["gaps_maps"]["selection"]["points"]
    if points:
        GAPS.district, GAPS.theme = points[0]["customdata"]
        GAPS.view, GAPS.beside = "matrix", "evidence"


def clear() -> None:
    """Clear the selection: back to the whole city."""
    GAPS.group = GAPS.theme = GAPS.district = GAPS.offer = None
    GAPS.beside = "tiles"


def _district() -> None:
    """Who chooses a district wants to know what is behind it."""
    if GAPS.district:
        GAPS.beside = "evidence"


_FIELD = {"target_group": "group", "field": "theme"}
