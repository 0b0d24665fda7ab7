"""What stands behind a cell of the matrix: its gaps, its offers, its need, what nobody knows."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from esdash.analysis.coverage import coverage, gaps
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import url
from esdash.ui.shell.cached import kept
from esdash.ui.widgets import tables
from esdash.ui.widgets.names import names_of
from esdash.wording import gaps as wording
from esdash.wording.columns import Column
from esdash.wording.escaping import plain


def show(inventory: Inventory, text: Text, part: str, selection: Selection) -> None:
    """One part of what stands behind the chosen cells; without a choice about the whole city."""
    if part == "unknown":
        _unknown(inventory, text)
    else:
        parts = {"ranked": _ranked, "white": _white, "offers": _offers, "need": _need}
        parts[part](inventory, text, selection)


def _ranked(inventory: Inventory, text: Text, selection: Selection) -> None:
    frame = _gaps_in_words(inventory, text, selection)
    if frame.empty:
        st.info(text("gaps.no_gap"))
        return
    columns = wording.columns(text)
    tables.show(frame, columns, text, "gaps_ranked", text("gaps.ranked_alt", n=len(frame)))
    tables.downloads(inventory, frame, columns, text("gaps.download_title"), "gaps", text)


def _white(inventory: Inventory, text: Text, selection: Selection) -> None:
    frame = _white_in_words(inventory, text, selection)
    if frame.empty:
        st.info(text("gaps.no_white"))
        return
    columns = [
        Column("theme", text("column.theme"), "text", 44),
        Column("district", text("column.district"), "text", 44),
        Column("gap_places", text("column.gap_places"), "decimal"),
    ]
    tables.show(frame, columns, text, "gaps_white", text("gaps.white_alt", n=len(frame)))


def _offers(inventory: Inventory, text: Text, selection: Selection) -> None:
    frame = coverage.offers(inventory, selection)
    if frame.empty:
        st.info(text("gaps.no_offer"))
        return
    st.caption(text("gaps.offers_note"))
    columns = [
        Column("name", text("column.name"), "text", 40),
        Column("organization", text("column.organization"), "text", 40),
        Column("minutes", text("column.minutes"), "integer"),
        Column("capacity", text("column.capacity"), "integer"),
        Column("places", text("column.places_here"), "decimal"),
    ]
    tables.opening(frame, columns, text, "gaps_offers", text("gaps.offers_alt", n=len(frame)), _offer(frame))


def _need(inventory: Inventory, text: Text, selection: Selection) -> None:
    frame = _need_in_words(inventory, text, selection)
    columns = [
        *(Column(name, text(f"column.{name}"), "text", 28) for name in ("theme", "target_group", "district")),
        Column("persons_word", text("column.persons"), "text", 14),
        Column("places_per_100", text("column.places_per_100"), "decimal"),
        Column("places_needed", text("column.places_needed"), "decimal"),
        Column("state_word", text("column.state_word")),
        Column("quality_word", text("column.quality_word")),
        Column("population_as_of", text("column.population_as_of"), "date"),
        Column("population_source", text("column.population_source"), "text", 40),
        Column("planning_reason", text("column.planning_reason"), "text", 40),
        Column("surveyed_on", text("column.surveyed_on"), "date"),
        Column("surveyed_by", text("column.surveyed_by")),
    ]
    tables.show(frame, columns, text, "gaps_need", text("gaps.need_alt", n=len(frame)))


@kept
def _gaps_in_words(inventory: Inventory, text: Text, selection: Selection) -> pd.DataFrame:
    return wording.in_words(gaps.ranked(inventory, selection), names_of(inventory, text))


@kept
def _white_in_words(inventory: Inventory, text: Text, selection: Selection) -> pd.DataFrame:
    names = names_of(inventory, text)
    frame = coverage.matrix(inventory, "theme", "district", selection)
    frame = frame[frame["state"] == "white"].sort_values("gap_places", ascending=False, kind="stable")
    frame["theme"] = [names.of("theme", key) for key in frame["row_id"]]
    frame["district"] = [names.of("district", key) for key in frame["column_id"]]
    return frame


@kept
def _need_in_words(inventory: Inventory, text: Text, selection: Selection) -> pd.DataFrame:
    return wording.in_words(coverage.need(inventory, selection), names_of(inventory, text))


@kept
def _unknown_in_words(inventory: Inventory, text: Text) -> pd.DataFrame:
    frame = coverage.uncounted(inventory)
    reasons = [name for name in frame if name.endswith("_unknown")]
    frame["what"] = [
        ", ".join(text(f"unknown.{reason}") for reason in reasons if getattr(row, reason)) for row in frame.itertuples()
    ]
    return frame


def _unknown(inventory: Inventory, text: Text) -> None:
    frame = _unknown_in_words(inventory, text)
    if frame.empty:
        st.info(text("gaps.nothing_unknown"))
        return
    st.markdown(text.count("gaps.uncounted", len(frame)))
    columns = [Column("name", text("column.name"), "text", 40), Column("what", text("column.unknown_what"), "text", 40)]
    tables.opening(frame, columns, text, "gaps_unknown", text("gaps.unknown_alt", n=len(frame)), _offer(frame))


def _offer(frame: pd.DataFrame) -> Callable[[str], None]:
    """The way to the offer of a row."""
    named = dict(zip(frame["initiative_id"].astype(str), frame["name"], strict=True))
    return lambda key: url.link("initiatives", plain(named[key]), id=key)
