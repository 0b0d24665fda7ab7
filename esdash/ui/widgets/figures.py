"""The figures of the pages: what the analysis answers, drawn by the charts, made once for each choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from esdash import charts
from esdash.analysis.coverage import comparison, coverage
from esdash.analysis.overview import situation
from esdash.analysis.records import records
from esdash.analysis.selection import Selection, View
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.gaps import sentences
from esdash.ui.priorities import priority
from esdash.ui.shell.cached import kept
from esdash.ui.widgets import listing
from esdash.ui.widgets.names import names_of


@kept
def offers_by_field(inventory: Inventory, text: Text) -> Any:
    """Running offers of each field of action."""
    return charts.offers_by_field(situation.offers_by_field(inventory), text)


@kept
def growth(inventory: Inventory, text: Text) -> Any:
    """How the number of running offers grew."""
    return charts.growth(situation.growth(inventory), text)


@kept
def overview_matrix(inventory: Inventory, text: Text) -> Any:
    """Coverage of fields of action × target groups."""
    names = names_of(inventory, text)
    frame = coverage.matrix(inventory, "field", "target_group")
    return charts.matrix(frame, names.axis("field"), names.axis("target_group"), text)


@kept
def gap_matrix(inventory: Inventory, text: Text, view: View) -> Any:
    """The matrix of the page Weiße Flecken."""
    rows, columns = sentences.axes(inventory, view, names_of(inventory, text))
    return charts.matrix(sentences.cells(inventory, view), rows, columns, text, view.measure)


def change_matrix(before: Inventory, after: Inventory, text: Text, view: View) -> Any:
    """What differs between two states, in the matrix of the page Weiße Flecken."""
    rows, columns = sentences.axes(after, view, names_of(after, text))
    compared = comparison.compare(before, after, *view.axes, view.beyond)
    return charts.change_matrix(compared, rows, columns, text, view.measure)


@kept
def gap_map(inventory: Inventory, text: Text, view: View, offer: str | None) -> Any:
    """The map of the page Weiße Flecken: the measure, the offers as points, or the reach of one offer."""
    names = names_of(inventory, text)
    values, hovers = (
        sentences.reach_values(inventory, text, offer) if offer else sentences.map_values(inventory, text, view)
    )
    return charts.district_map(
        records.reference(inventory, "district"),
        values,
        hovers,
        view.selection.district,
        points=sentences.offer_points(inventory, view, offer),
        outline=names.city["outline"],
        ramp="calm" if offer or view.measure == "offers" else "attention",
    )


@kept
def gap_maps(inventory: Inventory, text: Text, selection: Selection) -> Any:
    """One small map per field of action."""
    names = names_of(inventory, text)
    frame = coverage.matrix(inventory, "district", "field", selection)
    whole = coverage.matrix(inventory, "field", "city", selection).set_index("row_id")
    fields = names.axis("field")
    titles = [
        f"<b>{name}</b><br>" + text("gaps.small_title", coverage=text.percent(whole["coverage"].get(key)))
        for key, name in zip(fields.ids, fields.short, strict=True)
    ]
    return charts.small_maps(records.reference(inventory, "district"), frame, fields, titles, text)


@kept
def sessions(inventory: Inventory, text: Text, modules: Sequence[str], providers: Sequence[str]) -> Any:
    """The time line of training sessions."""
    shown = listing.time_line(inventory, text, modules, providers)
    return charts.sessions(shown.sort_values(["organization", "course"]), inventory.today(), text)


@kept
def priorities(inventory: Inventory, text: Text, weights: priority.Weights, kind: str, count: int) -> Any:
    """What the first `count` open items are made of."""
    head = priority.open_items(priority.listed(inventory, text, weights), kind).head(count)
    titles = [f"{row.rank}. {row.title}" for row in head.itertuples()]
    return charts.priorities(head, titles, text)
