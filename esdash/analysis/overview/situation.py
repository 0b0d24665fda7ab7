"""Where the city stands: the figures of the page Lagebild, and what waits for whom."""

from typing import NamedTuple

import pandas as pd

from esdash.analysis.answers import answers
from esdash.analysis.coverage import coverage, gaps
from esdash.analysis.maintenance import freshness
from esdash.analysis.measures import listed
from esdash.analysis.priorities import items, priorities
from esdash.analysis.workshops import listed as workshops
from esdash.inventory import Inventory
from esdash.inventory.cached import cached


class Figures(NamedTuple):
    """The figures of Lagebild; None is unknown."""

    initiatives: int  # running offers
    places_unknown: int  # of them, of unknown size
    organizations: int
    coverage: float | None  # met part of the known need (0 to 1), over all assessed cells
    places_needed: float | None  # per week
    places_met: float | None
    fields: int  # themes × districts that apply
    not_surveyed: int  # of them, those nobody has looked at
    white: int | None
    double_structures: int | None  # without cases that people decided otherwise, as its list shows them
    listed: int  # on the priority list, also those that were put aside
    version: int | None  # number of the last frozen version of the list


class Waiting(NamedTuple):
    """What waits: for an answer of the city, for whoever is in the lead, for those who promised, for the office."""

    unanswered: int
    unanswered_days: int  # since the hand-over, the longest
    measures: int  # overdue
    promises: int  # overdue
    confirm: int  # records whose confirmation has run out, or that were never confirmed


@cached
def figures(inventory: Inventory) -> Figures:
    """The figures of today."""
    offers, found = inventory.rows("FROM situation")[0], gaps.summary(inventory)
    known = coverage.assessed(inventory)  # if no cell can be assessed, missing places are unknown, not zero
    city = coverage.matrix(inventory, "city", "city").iloc[0]
    versions = answers.versions(inventory)
    return Figures(
        **offers,
        coverage=float(city["coverage"]) if known else None,
        places_needed=float(city["places_needed"]) if known else None,
        places_met=float(city["places_met"]) if known else None,
        fields=found.fields,
        not_surveyed=found.not_surveyed,
        white=found.white if known else None,
        double_structures=int((priorities.open_items(inventory)["kind"] == "overlap").sum()) if known else None,
        listed=len(items.on_list(inventory)),
        version=versions[0]["number"] if versions else None,
    )


@cached
def waiting(inventory: Inventory) -> Waiting:
    """What waits today."""
    silent, asks = answers.silence(inventory), listed.measures(inventory)["asks"]
    return Waiting(
        unanswered=len(silent),
        unanswered_days=int(silent["days_waiting"].max()) if len(silent) else 0,
        measures=int((asks == "overdue").sum()),
        promises=workshops.counts(inventory).overdue,
        confirm=len(freshness.past_time(inventory)),
    )


def met_by_field(inventory: Inventory) -> pd.DataFrame:
    """One row per field of action (row_id): places needed and met [per week], coverage (0 to 1), the least first.

    Fields of which nothing is known come last, with unknown figures.
    """
    found = coverage.matrix(inventory, "field", "city")
    return found.sort_values("coverage", na_position="last", kind="stable", ignore_index=True)


def growth(inventory: Inventory) -> pd.DataFrame:
    """One row per month end of the last 18 months and today: running offers, known places."""
    return inventory.frame("FROM growth")
