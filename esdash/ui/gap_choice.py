"""What a person looks at on the page Weiße Flecken; the choice lives in the URL."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
import streamlit as st

from esdash.analysis import coverage, gaps
from esdash.analysis.coverage import Ids
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui import page, url
from esdash.ui.kept import kept
from esdash.ui.names import Names, names

MEASURES = ("coverage", "gap", "offers")
ROWS = ("district", "target_group")
PARTS = ("ranked", "white", "offers", "need", "unknown")  # what stands behind the chosen cells
FILTER_WIDTH = 190  # pixels; five filters stand in one row on a projector
DEFAULTS: dict[str, url.Value | None] = {
    "measure": MEASURES[0],
    "rows": ROWS[0],
    "group": None,
    "theme_in": None,
    "district_in": None,
    "show": PARTS[0],
}


class Choice(NamedTuple):
    """Measure and rows of the matrix, and the cells the rest of the page is about."""

    measure: str
    rows: str
    group: str | None
    theme: str | None  # a theme or a whole field of action
    field: str | None  # the field of action whose themes are unfolded
    district: str | None

    @property
    def groups(self) -> Ids:
        """Target groups as a restriction."""
        return [self.group] if self.group else None

    @property
    def themes(self) -> Ids:
        """Themes as a restriction."""
        return [self.theme] if self.theme else None

    @property
    def districts(self) -> Ids:
        """Districts as a restriction."""
        return [self.district] if self.district else None


def choose(inventory: Inventory, text: Text, known: Names) -> Choice:
    """The row of filters."""
    themes = [key for field in known.field_ids for key in (field, *known.themes_below(field))]
    valid = {
        "measure": set(MEASURES),
        "rows": set(ROWS),
        "group": set(known.ids("target_group")),
        "theme_in": set(themes),
        "district_in": set(known.ids("district")),
        "show": set(PARTS),
    }
    url.take("gaps", _defaults(inventory), valid)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for key, options in (("measure", MEASURES), ("rows", ROWS)):
            st.segmented_control(
                text(f"gaps.{key}"),
                options,
                key=key,
                required=True,
                format_func=lambda name, key=key: text(f"{key}.{name}"),
            )
        _select(
            "group", "facet.target_group", known.ids("target_group"), lambda key: known.of("target_group", key), text
        )
        _select("theme_in", "gaps.theme", themes, lambda key: theme_label(key, known), text)
        _select("district_in", "facet.district", known.ids("district"), lambda key: known.of("district", key), text)
    state = st.session_state
    theme = state["theme_in"]
    field = None if theme is None else known.parent.get(theme) or theme
    return Choice(state["measure"], state["rows"], state["group"], theme, field, state["district_in"])


def part(inventory: Inventory, text: Text) -> str:
    """Which part of the evidence to show; then the whole choice goes into the URL."""
    chosen = st.segmented_control(
        text("gaps.show"),
        PARTS,
        key="show",
        required=True,
        format_func=lambda name: text(f"gaps.tab_{name}"),
        label_visibility="collapsed",
    )
    url.give("gaps", _defaults(inventory))
    return str(chosen)


def _defaults(inventory: Inventory) -> dict[str, url.Value | None]:
    """Where no place can be counted, the number of offers is all there is to see."""
    countable = coverage.assessed(inventory)
    return DEFAULTS if countable else DEFAULTS | {"measure": "offers", "rows": "target_group"}


def _select(key: str, label: str, options: list[str], written: Callable[[str], str], text: Text) -> None:
    st.selectbox(
        text(label), options, format_func=written, key=key, index=None, placeholder=text("word.all"), width=FILTER_WIDTH
    )


def theme_label(key: str, known: Names) -> str:
    """A theme below its field of action."""
    return ("\N{EN SPACE}" if known.parent.get(key) else "") + known.of("theme", key)


@kept
def sentence(inventory: Inventory, text: Text, groups: Ids) -> str:
    """The answer in one sentence."""
    known = names(inventory, text)
    figures = gaps.summary(inventory, groups)
    worst = gaps.worst(inventory, groups)
    if worst is None:
        return text(
            "gaps.sentence_unknown", not_surveyed=page.bold(text.number(figures.not_surveyed)), n=figures.fields
        )
    return text(
        "gaps.sentence",
        white=page.bold(text("gaps.white_of", white=figures.white, n=figures.fields)),
        theme=page.bold(known.of("theme", worst["row_id"])),
        district=page.bold(known.of("district", worst["column_id"])),
        places=page.bold(text.count("gaps.places", round(worst["gap_places"]))),
        not_surveyed=page.bold(text.number(figures.not_surveyed)),
    )


def cells(inventory: Inventory, choice: Choice) -> pd.DataFrame:
    """One row per cell of the matrix: coverage, gap, state, and how many offers there are or reach it."""
    columns = "theme" if choice.field else "field"
    frame = coverage.matrix(inventory, choice.rows, columns, choice.groups)
    if choice.rows == "target_group":
        counts = coverage.offer_counts(inventory, choice.rows, columns)
    else:
        counts = coverage.reaching_counts(inventory, columns, choice.groups)
    frame = frame.merge(counts, on=["row_id", "column_id"], how="outer" if choice.measure == "offers" else "left")
    return frame.fillna({"offers": 0, "state": "unknown"})


def from_matrix(rows: str) -> None:
    """A click into the matrix chooses its theme and its district or target group."""
    points = st.session_state["gaps_matrix"]["selection"]["points"]
    if points:
        row, column = points[0]["customdata"]
        st.session_state["district_in" if rows == "district" else "group"] = row
        st.session_state["theme_in"] = column


def from_map() -> None:
    """A click on the map chooses the district."""
    points = st.session_state["gaps_map"]["selection"]["points"]
    if points:
        data = points[0]["customdata"]
        st.session_state["district_in"] = data[0] if isinstance(data, list) else data


@kept
def map_values(inventory: Inventory, text: Text, choice: Choice) -> tuple[dict[str, float], dict[str, str]]:
    """District → places missing (only where somebody has looked) or offers that reach it, and the hover texts."""
    known = names(inventory, text)
    values, hovers = {}, {}
    if choice.measure == "offers":
        for row in coverage.reaching_counts(inventory, "city", choice.groups).itertuples():
            values[row.row_id] = float(row.offers)
            hovers[row.row_id] = _bold(row.row_id, known) + text.count("chart.offers", row.offers)
        return values, hovers
    for row in coverage.matrix(inventory, "district", "city", choice.groups, choice.themes).itertuples():
        if pd.isna(row.gap_places):
            hovers[row.row_id] = _bold(row.row_id, known) + text(f"state.{row.state}")
        else:
            values[row.row_id] = float(row.gap_places)
            hovers[row.row_id] = _bold(row.row_id, known) + text(
                "gaps.map_hover", gap=text.number(row.gap_places, 0), coverage=text.percent(row.coverage)
            )
    return values, hovers


def _bold(district: str, known: Names) -> str:
    return f"<b>{known.of('district', district)}</b><br>"


def heading(choice: Choice, known: Names, text: Text) -> str:
    """What the tables below are about."""
    parts = []
    if choice.theme:
        parts.append(known.of("theme", choice.theme))
    if choice.group:
        parts.append(known.of("target_group", choice.group))
    if choice.district:
        parts.append(known.of("district", choice.district))
    return text("gaps.evidence_of", what=" · ".join(parts)) if parts else text("gaps.evidence_city")
