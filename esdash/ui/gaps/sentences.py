"""What the page Weiße Flecken shows: the cells and axes of its matrix, the values of its map, its sentence."""

from __future__ import annotations

from datetime import date

import pandas as pd

from esdash import charts
from esdash.analysis.coverage import comparison, coverage, gaps
from esdash.analysis.records import records
from esdash.analysis.selection import Selection, View
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell.cached import kept
from esdash.ui.widgets.names import names_of
from esdash.wording.columns import Column
from esdash.wording.escaping import bold
from esdash.wording.names import Axis, Names


@kept
def sentence(inventory: Inventory, text: Text, selection: Selection) -> str:
    """The answer in one sentence."""
    names = names_of(inventory, text)
    figures = gaps.summary(inventory, selection)
    worst = gaps.worst(inventory, selection)
    if worst is None:
        return text("gaps.sentence_unknown", not_surveyed=bold(text.number(figures.not_surveyed)), n=figures.fields)
    return text(
        "gaps.sentence",
        white=bold(text("gaps.white_of", white=figures.white, n=figures.fields)),
        theme=bold(names.of("theme", worst["row_id"])),
        district=bold(names.of("district", worst["column_id"])),
        places=bold(text.count("gaps.places", round(worst["gap_places"]))),
        not_surveyed=bold(text.number(figures.not_surveyed)),
    )


def cells(inventory: Inventory, view: View) -> pd.DataFrame:
    """One row per cell of the matrix: coverage, gap, state, and how many offers there are or reach it."""
    frame = coverage.matrix(inventory, *view.axes, view.beyond)
    if view.rows == "target_group":
        counts = coverage.offer_counts(inventory, *view.axes)
    else:
        counts = coverage.reaching_counts(inventory, *view.axes, view.beyond)
    frame = frame.merge(counts, on=["row_id", "column_id"], how="outer" if view.measure == "offers" else "left")
    return frame.fillna({"offers": 0, "state": "unknown"})


def axes(inventory: Inventory, view: View, names: Names) -> tuple[Axis, Axis]:
    """Rows and columns of the matrix; the rows with the heaviest gaps first where a person wants that."""
    unknown = view.rows == "target_group" and view.measure == "offers"
    axis = names.axis(view.rows, unknown=unknown)
    if view.order == "severity":
        frame = coverage.matrix(inventory, *view.axes, view.beyond)
        heavy = frame.groupby("row_id")["row_severity"].first().fillna(-1.0)
        axis = axis.sorted(lambda key: -float(heavy.get(key, -1.0)))
    return axis, names.axis(view.columns, view.field)


def title(view: View, names: Names, text: Text, compared: bool) -> str:
    """What the matrix shows."""
    measure = ("change_gap" if view.measure == "gap" else "change") if compared else view.measure
    words = text(
        "gaps.matrix_title",
        measure=text(f"gaps.title_{measure}"),
        rows=text(f"axis.{view.rows}"),
        columns=text(f"axis.{view.columns}"),
    )
    return words + (f" ({names.of('theme', view.field)})" if view.field else "")


def legend(view: View, text: Text, compared: bool) -> str:
    """What the signs mean."""
    if compared:
        return text("gaps.legend_compared")
    return text("gaps.legend_offers" if view.measure == "offers" else "gaps.legend")


def as_table(inventory: Inventory, view: View, names: Names) -> tuple[pd.DataFrame, list[Column]]:
    """The matrix as a table: one row per row, one column per column, each cell in words."""
    rows, columns = axes(inventory, view, names)
    text, frame = names.text, cells(inventory, view)
    words = {(cell.row_id, cell.column_id): charts.matrix_word(cell, view.measure, text) for cell in frame.itertuples()}
    unknown = text("state.unknown")
    table = pd.DataFrame(
        {
            "row": rows.full,
            **{key: [words.get((row, key), unknown) for row in rows.ids] for key in columns.ids},
        }
    )
    label = text(f"axis.{view.rows}")
    named = [Column(key, name, "text", 16) for key, name in zip(columns.ids, columns.short, strict=True)]
    return table, [Column("row", label, "text", 30), *named]


@kept
def map_values(inventory: Inventory, text: Text, view: View) -> tuple[dict[str, float], dict[str, str]]:
    """District → places missing (only where somebody has looked) or offers that reach it, and the hover texts."""
    names = names_of(inventory, text)
    values, hovers = {}, {}
    if view.measure == "offers":
        for row in coverage.reaching_counts(inventory, "district", "city", view.selection.only_groups).itertuples():
            values[row.row_id] = float(row.offers)
            hovers[row.row_id] = _bold(row.row_id, names) + text.count("chart.offers", row.offers)
        return values, hovers
    for row in coverage.matrix(inventory, "district", "city", view.selection.everywhere).itertuples():
        if pd.isna(row.gap_places):
            hovers[row.row_id] = _bold(row.row_id, names) + text(f"state.{row.state}")
        else:
            values[row.row_id] = float(row.gap_places)
            hovers[row.row_id] = _bold(row.row_id, names) + text(
                "gaps.map_hover", gap=text.number(row.gap_places, 0), coverage=text.percent(row.coverage)
            )
    return values, hovers


def _bold(district: str, names: Names) -> str:
    return f"<b>{names.of('district', district)}</b><br>"


@kept
def reach_values(inventory: Inventory, text: Text, offer: str) -> tuple[dict[str, float], dict[str, str]]:
    """District → share of the way that counts for one offer (1: near), and the hover texts with the minutes."""
    names = names_of(inventory, text)
    values, hovers = {}, {key: _bold(key, names) + text("gaps.not_reached") for key in names.ids("district")}
    for row in coverage.reach(inventory, offer).itertuples():
        values[row.district_id] = float(row.weight)
        hovers[row.district_id] = _bold(row.district_id, names) + (
            text("gaps.comes_here")
            if pd.isna(row.minutes)
            else text("gaps.minutes_away", n=text.number(row.minutes, 0))
        )
    return values, hovers


def offer_points(inventory: Inventory, view: View, offer: str | None) -> pd.DataFrame:
    """One row per running offer with a place that the choice is about: lat, lon, name, key."""
    frame = records.initiatives(inventory)
    wanted = {offer} if offer else set(coverage.offers(inventory, view.selection.everywhere)["initiative_id"])
    frame = frame[frame["lat"].notna() & frame["initiative_id"].isin(wanted)]
    return frame[["lat", "lon", "name"]].assign(key=frame["initiative_id"])


def compared_sentence(before: Inventory, after: Inventory, text: Text, view: View, day: date | None) -> str:
    """What differs, in words."""
    compared = comparison.compare(before, after, "theme", "district", view.selection.only_groups)
    figures, changes = comparison.difference(compared), compared["change"].value_counts()
    return text(
        "gaps.compared_since" if day else "gaps.compared_supposed",
        day=day,
        closed=bold(text.number(changes.get("closed", 0))),
        opened=bold(text.number(changes.get("opened", 0))),
        before=bold(text.number(figures.gap_before, 0)),
        after=bold(text.number(figures.gap_after, 0)),
    )
