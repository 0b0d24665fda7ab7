"""Gaps in words: the tables and the sentence of the page Weiße Flecken, the values of its map."""

from datetime import date

import pandas as pd

from esdash.analysis.coverage import comparison, coverage
from esdash.analysis.coverage import gaps as ranking
from esdash.analysis.judgements import LEAST_GAP_PLACES
from esdash.analysis.selection import Selection, View
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording import figures
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold, hover
from esdash.wording.names import Axis, Names, names_of


@cached
def sentence(inventory: Inventory, text: Text, selection: Selection) -> str:
    """The answer of the page in one sentence."""
    found = ranking.summary(inventory, selection)
    gaps = ranked(inventory, text, selection)
    if gaps.empty:
        return text("gaps.sentence_unknown", not_surveyed=bold(text.number(found.not_surveyed)), n=found.fields)
    worst = gaps.iloc[0]
    return text(
        "gaps.sentence",
        white=bold(text("gaps.white_of", white=found.white, n=found.fields)),
        least=LEAST_GAP_PLACES,
        theme=bold(worst["theme"]),
        district=bold(worst["district"]),
        places=bold(text("gaps.places", n=figures.word("gap_places", worst["gap_places"], text))),
        not_surveyed=bold(text.number(found.not_surveyed)),
    )


def compared_sentence(before: Inventory, after: Inventory, text: Text, selection: Selection, day: date | None) -> str:
    """What differs between the two states that are compared, in one sentence."""
    found = comparison.difference(before, after, selection.only_groups)
    surveyed = {"n": bold(text.number(found.surveyed)), "white": bold(text.number(found.surveyed_white))}
    gap = {side: figures.rounded(places, 1) for side, places in zip(comparison.SIDES, found[-2:], strict=True)}
    return text(
        "gaps.compared_since" if day else "gaps.compared_supposed",
        day=day,
        surveyed=text("gaps.surveyed_since", **surveyed) if found.surveyed else "",
        closed=bold(text.number(found.closed)),
        opened=bold(text.number(found.opened)),
        **{side: bold(figures.word("gap_places", places, text)) for side, places in gap.items()},
    )


def in_words(frame: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Cells of coverage (theme × target group × district) with names for ids and words for states."""
    text = names.text
    frame["theme"] = [names.of("theme", key) for key in frame["theme_id"]]
    frame["target_group"] = [names.of("target_group", key) for key in frame["target_group_id"]]
    frame["district"] = [names.of("district", key) for key in frame["district_id"]]
    frame["state_word"] = frame["state"].map(lambda value: text(f"state.{value}"))
    frame["quality_word"] = [text(f"quality.{v}") if isinstance(v, str) else None for v in frame["quality"]]
    frame["persons_word"] = [
        people(persons, quality, text) for persons, quality in zip(frame["persons"], frame["quality"], strict=True)
    ]
    return frame


@cached
def ranked(inventory: Inventory, text: Text, selection: Selection) -> pd.DataFrame:
    """One row per theme × district with a gap, the one with most places missing first."""
    return _named(ranking.ranked(inventory, selection), names_of(inventory, text))


@cached
def need(inventory: Inventory, text: Text, selection: Selection) -> pd.DataFrame:
    """One row per theme × target group × district: its need, and the source of the figures."""
    return in_words(coverage.need(inventory, selection), names_of(inventory, text))


@cached
def white(inventory: Inventory, text: Text, selection: Selection) -> pd.DataFrame:
    """One row per white spot, the most places first."""
    return _named(ranking.white(inventory, selection), names_of(inventory, text))


def _named(frame: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Gaps (theme × district) with names for ids, words for states, and the groups whose places are missing."""
    text = names.text
    return figures.shown(frame).assign(
        theme=[names.of("theme", key) for key in frame["theme_id"]],
        district=[names.of("district", key) for key in frame["district_id"]],
        state_word=[text(f"state.{state}") for state in frame["state"]],
        target_groups=[
            ", ".join(names.of("target_group", group["target_group_id"]) for group in groups)
            for groups in frame["target_groups"]
        ],
    )


def uncounted(inventory: Inventory, text: Text) -> pd.DataFrame:
    """One row per running offer that could not be counted, with what is unknown (`unknown_what`) in words."""
    frame = coverage.uncounted(inventory)
    reasons = [name for name in frame if name.endswith("_unknown")]
    frame["unknown_what"] = [
        ", ".join(text(f"unknown.{reason}") for reason in reasons if row[reason]) for row in frame.to_dict("records")
    ]
    return frame


def people(persons: float, quality: str | None, text: Text) -> str:
    """A number of people as a table shows it; a hidden small number says so instead of "unknown" (METHODS M4)."""
    return text("quality.suppressed") if quality == "suppressed" else text.number(persons, 0)


def offer_here(places: float | None, minutes: float | None, text: Text) -> str:
    """How many places of an offer reach a cell, and the minutes of travel (None: the offer comes to people)."""
    here = (
        text("handout.places_unknown")
        if places is None or pd.isna(places)
        else text("handout.places_here", places=round(places, 1))
    )
    way = (
        text("handout.comes")
        if minutes is None or pd.isna(minutes)
        else text("handout.minutes", minutes=round(minutes))
    )
    return f"{here}, {way}"


def columns(text: Text) -> list[Column]:
    """Columns of the table and the download of gaps."""
    named = ("gap_places", "places_needed", "places_met", "coverage", "state_word")
    return headed(text, "", "theme", "district", *named, ("target_groups", "column.target_groups_missing"))


def heading(names: Names, selection: Selection) -> str:
    """The heading above the tables: the chosen target groups, themes and districts."""
    text = names.text
    parts = [names.of("theme", key) for key in selection.themes]
    parts += [names.of("target_group", key) for key in selection.groups]
    parts += [names.of("district", key) for key in selection.districts]
    return text("gaps.evidence_of", what=" · ".join(parts)) if parts else text("gaps.evidence_city")


def title(names: Names, view: View, compared: bool) -> str:
    """The title of the matrix: its measure, rows and columns."""
    text = names.text
    measure = ("change_gap" if view.measure == "gap" else "change") if compared else view.measure
    words = text(
        "gaps.matrix_title",
        measure=text(f"gaps.title_{measure}"),
        rows=text(f"axis.{view.rows}"),
        columns=text(f"axis.{view.columns}"),
    )
    return words + (f" ({names.of('theme', view.field)})" if view.field else "")


def legend(view: View, text: Text, compared: bool) -> str:
    """The legend of the matrix: what its signs and colours mean."""
    if compared:
        return text("gaps.legend_compared")
    return text("gaps.legend_offers" if view.measure == "offers" else "gaps.legend")


def axes(inventory: Inventory, names: Names, view: View) -> tuple[Axis, Axis]:
    """Rows and columns of the matrix, in the order of the city, or the rows with the largest gaps first."""
    unknown = view.rows == "target_group" and view.measure == "offers"
    axis = names.axis(view.rows, unknown=unknown)
    if view.order == "severity":
        frame = coverage.matrix(inventory, *view.axes, view.beyond)
        heavy = frame.groupby("row_id")["row_severity"].first().fillna(-1.0)
        axis = axis.sorted(lambda key: -float(heavy.get(key, -1.0)))
    return axis, names.axis(view.columns, view.field)


@cached
def map_values(inventory: Inventory, text: Text, view: View) -> tuple[dict[str, float], dict[str, str]]:
    """District → places missing (only where somebody has looked) or offers that reach it, and the hover texts."""
    names, selection = names_of(inventory, text), view.selection
    values, words = {}, {}
    if view.measure == "offers":
        for row in coverage.reaching_counts(inventory, "district", "city", selection.only_groups).itertuples():
            values[row.row_id], words[row.row_id] = float(row.offers), text.count("chart.offers", row.offers)
        return values, _hovers(words, names)
    for row in figures.shown(coverage.matrix(inventory, "district", "city", selection.everywhere)).itertuples():
        if pd.isna(row.gap_places):
            words[row.row_id] = text(f"state.{row.state}")
        else:
            values[row.row_id] = float(row.gap_places)
            gap, share = (figures.word(name, getattr(row, name), text) for name in ("gap_places", "coverage"))
            words[row.row_id] = text("gaps.map_hover", gap=gap, coverage=share)
    return values, _hovers(words, names)


def reach_values(inventory: Inventory, names: Names, offer: str) -> tuple[dict[str, float], dict[str, str]]:
    """District → share of the way that counts for one offer (1: near), and the hover texts with the minutes."""
    text, values = names.text, {}
    words = {key: text("gaps.not_reached") for key in names.ids("district")}
    for row in coverage.reach(inventory, offer).itertuples():
        values[row.district_id], minutes = float(row.weight), text.number(row.minutes, 0)
        words[row.district_id] = text("gaps.comes_here" if pd.isna(row.minutes) else "gaps.minutes_away", n=minutes)
    return values, _hovers(words, names)


def _hovers(words: dict[str, str], names: Names) -> dict[str, str]:
    return {district: hover(names.of("district", district), line) for district, line in words.items()}
