"""The figures of the pages: what the analysis answers, drawn by the charts, made once for each choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from esdash import charts
from esdash.analysis import coverage, records, situation
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui import gap_choice, listing, priority
from esdash.ui.gap_choice import Choice
from esdash.ui.kept import kept
from esdash.ui.names import names


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
    known = names(inventory, text)
    frame = coverage.matrix(inventory, "field", "target_group")
    return charts.matrix(frame, known.axis("field"), known.axis("target_group"), text)


@kept
def gap_matrix(inventory: Inventory, text: Text, choice: Choice) -> Any:
    """The matrix of the page Weiße Flecken."""
    known = names(inventory, text)
    return charts.matrix(
        gap_choice.cells(inventory, choice),
        known.axis(choice.rows, unknown=choice.rows == "target_group" and choice.measure == "offers"),
        known.axis("theme" if choice.field else "field", choice.field),
        text,
        choice.measure,
    )


@kept
def gap_map(inventory: Inventory, text: Text, choice: Choice) -> Any:
    """The map of the page Weiße Flecken."""
    values, hovers = gap_choice.map_values(inventory, text, choice)
    return charts.district_map(
        records.reference(inventory, "district"),
        values,
        hovers,
        choice.district,
        outline=names(inventory, text).city["outline"],
        ramp="calm" if choice.measure == "offers" else "attention",
    )


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
