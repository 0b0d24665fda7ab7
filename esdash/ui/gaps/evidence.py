"""The evidence of the chosen cells: gaps, offers, need, and what is unknown."""

from collections.abc import Callable
from textwrap import shorten

import pandas as pd
import streamlit as st

from esdash.analysis.coverage import coverage
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.gaps import handouts
from esdash.ui.shell import printing, url
from esdash.ui.widgets import tables
from esdash.wording import evidence as behind
from esdash.wording import faces, stand_in
from esdash.wording import gaps as wording
from esdash.wording.columns import headed
from esdash.wording.escaping import plain

GROUPS_ON_PAPER = 44  # letters of the target groups of a gap
MOST_ON_PAPER = 30  # rows of the whole city, the largest first; the files have them all
# Of the need, what is left to the files: beside it a sheet has no room for the names.
_NOT_ON_PAPER = ("population_as_of", "population_source", "planning_reason", "surveyed_on", "surveyed_by")


def show(inventory: Inventory, text: Text, part: str, selection: Selection) -> None:
    """One part of the evidence of the chosen cells, or of the whole city."""
    if part == "unknown":
        _unknown(inventory, text)
    else:
        parts = {"ranked": _ranked, "white": _white, "offers": _offers, "need": _need}
        parts[part](inventory, text, selection)


def _ranked(inventory: Inventory, text: Text, selection: Selection) -> None:
    frame = wording.ranked(inventory, text, selection)
    if frame.empty:
        st.info(text("gaps.no_gap"))
        return
    some = bool(frame["gap_between"].any())
    listed = frame
    if printing.on():  # whole lists of groups would leave a few rows on each sheet
        short = [shorten(text.value(groups), GROUPS_ON_PAPER, placeholder=" …") for groups in frame["target_groups"]]
        listed = frame.assign(target_groups=short)
    tables.show(
        listed,
        wording.columns(text, some),
        text,
        "gaps_ranked",
        text("gaps.ranked_alt", n=len(frame)),
        most=_most(selection),
    )
    columns = wording.file_columns(text, some)
    heading = faces.under(text("gaps.download_title"), inventory.conditions.assumed, text)
    tables.downloads(inventory, frame, columns, heading, handouts.named("gaps", inventory, text), text)


def _white(inventory: Inventory, text: Text, selection: Selection) -> None:
    frame = wording.white(inventory, text, selection)
    if frame.empty:
        st.info(text("gaps.no_white"))
        return
    columns = headed(text, "", "theme", "district", "gap_places")
    tables.show(frame, columns, text, "gaps_white", text("gaps.white_alt", n=len(frame)), most=_most(selection))


def _offers(inventory: Inventory, text: Text, selection: Selection) -> None:
    frame = coverage.offers(inventory, selection)
    if frame.empty:
        st.info(text("gaps.no_offer"))
        return
    st.caption(text("gaps.offers_note"))
    frame = stand_in.apart(frame.assign(with_stand_in=frame["places"].notna()), ("places",), text)
    columns = headed(text, "initiative", "name", "organization", "minutes", "capacity")
    columns += headed(text, "initiative", ("places", "column.places_here"))
    if frame["places_between"].notna().any():
        columns += headed(text, "initiative", ("places_between", "column.places_here_between"))
    alt = text("gaps.offers_alt", n=len(frame))
    tables.opening(frame, columns, text, "gaps_offers", alt, _offer(frame), most=_most(selection))


def _need(inventory: Inventory, text: Text, selection: Selection) -> None:
    frame = behind.need(inventory, text, selection)
    frame = stand_in.apart(frame, ("places_needed",), text)
    between = ["places_needed_between"] if frame["places_needed_between"].notna().any() else []
    columns = [
        *headed(text, "", "theme", "target_group", "district", ("persons_word", "column.persons"), "places_per_100"),
        *headed(text, "", "places_needed", *between, "state_word"),
        *(headed(text, "", ("coverage_between", "column.gap_between")) if frame["coverage_between"].any() else []),
        *headed(text, "", "quality_word", "population_as_of", "population_source"),
        *headed(text, "survey", "planning_reason", "surveyed_on", "surveyed_by"),
    ]
    if printing.on():
        columns = [column for column in columns if column.name not in _NOT_ON_PAPER]
    tables.show(frame, columns, text, "gaps_need", text("gaps.need_alt", n=len(frame)), most=_most(selection))


def _unknown(inventory: Inventory, text: Text) -> None:
    frame = wording.uncounted(inventory, text)
    if frame.empty:
        st.info(text("gaps.nothing_unknown"))
        return
    st.markdown(text.count("gaps.uncounted", len(frame)))
    columns = headed(text, "initiative", "name", "unknown_what")
    tables.opening(frame, columns, text, "gaps_unknown", text("gaps.unknown_alt", n=len(frame)), _offer(frame))


def _most(selection: Selection) -> int | None:
    """How many rows stand on paper; None: all of them."""
    return None if selection else MOST_ON_PAPER


def _offer(frame: pd.DataFrame) -> Callable[[str], None]:
    """The link to the offer of a row."""
    named = dict(zip(frame["initiative_id"].astype(str), frame["name"], strict=True))
    return lambda key: url.link("initiatives", plain(named[key]), id=key)
