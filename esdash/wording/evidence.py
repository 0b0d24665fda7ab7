"""The evidence of a cell in words: its need as a calculation, and the offers that reach it.

Where hidden people have a part in a figure (METHODS M4) it reads as the two ends between which it lies, everywhere.
"""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esdash.analysis.bounds import bounds
from esdash.analysis.coverage import coverage
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text, is_missing
from esdash.wording import bounds as ends
from esdash.wording import ends as unknown
from esdash.wording import figures, gaps
from esdash.wording.names import names_of
from esdash.wording.stand_in import word

_SUMS = {"needed": "places_needed", "met": "places_met", "gap": "gap_places"}


@cached
def need(inventory: Inventory, text: Text, selection: Selection) -> pd.DataFrame:
    """One row per theme × target group × district, the largest gap first: its need, and the source of the figures.

    coverage_between: the share met between its ends (METHODS M11); empty where both read the same.
    """
    keys = ("theme_id", "target_group_id", "district_id")
    frame = unknown.beside(coverage.need(inventory, selection), bounds.cells(inventory, selection), keys)
    between = [
        "" if is_missing(low) else ends.share(low, high, text)
        for low, high in zip(frame["coverage_low"], frame["coverage_high"], strict=True)
    ]
    return in_words(frame, inventory, text).assign(coverage_between=between)


def in_words(frame: pd.DataFrame, inventory: Inventory, text: Text) -> pd.DataFrame:
    """Cells of coverage as shown, with names and words; where hidden people decide the state, the ends of the share."""
    found = gaps.in_words(figures.shown(frame), names_of(inventory, text))
    ends_said = [word(row, "coverage", text) for row in found.to_dict("records")]
    return found.assign(state_word=found["state_word"].where(found["state_settled"], ends_said))


@cached
def sums(inventory: Inventory, text: Text, selection: Selection) -> dict[str, str]:
    """The sums of the selection (needed, met, gap) as two ends in words; empty where no hidden number moves one."""
    cell = coverage.matrix(inventory, "city", "city", selection)
    if cell.empty or not cell.iloc[0]["with_stand_in"] or not cell.iloc[0]["cells_assessed"]:
        return {}
    row = figures.shown(cell).iloc[0].to_dict()
    words = {key: word(row, name, text) for key, name in _SUMS.items()}
    return words if any(words[key] != figures.word(name, row[name], text) for key, name in _SUMS.items()) else {}


def calculation(row: Mapping[str, Any], text: Text) -> str:
    """The need of a theme × target group × district as a calculation, and how much of it is met."""
    if row["state"] == "not_applicable":
        return text("gaps.calculation_none")
    hidden = is_missing(row["persons"])
    if hidden and is_missing(row["places_needed"]):
        return text("gaps.calculation_people", persons=row["persons_word"])
    if is_missing(row["places_per_100"]):
        return text("gaps.calculation_planning", persons=row["persons_word"])
    words = text(
        "gaps.calculation_hidden" if hidden else "gaps.calculation",
        persons=row["persons_word"],
        quality=f" ({row['quality_word']})" if row["quality"] in ("official", "estimated") else "",
        per_100=text.number(row["places_per_100"]),
        needed=word(row, "places_needed", text),
    )
    if is_missing(row["gap_places"]):
        state = row["state"]
        return f"{words} {text(f'drawer.{state}')}"
    return f"{words} " + text("gaps.calculation_met", met=word(row, "places_met", text))


def offer_here(offer: Mapping[str, Any], text: Text) -> str:
    """How many places of an offer reach a cell, and the minutes of travel (None: the offer comes to people)."""
    places, minutes = offer["places"], offer["minutes"]
    here = (
        text("handout.places_unknown")
        if is_missing(places)
        else text("handout.places_here", places=ends.places(offer["places_least"], offer["places_most"], text, 1))
    )
    way = text("handout.comes") if is_missing(minutes) else text("handout.minutes", minutes=round(minutes))
    return f"{here}, {way}"
