"""Gaps in words: the tables and the sentence of the page Weiße Flecken, the values of its map."""

from collections.abc import Callable
from datetime import date

import pandas as pd

from esdash.analysis.bounds import bounds as analysis
from esdash.analysis.coverage import comparison, coverage
from esdash.analysis.coverage import gaps as ranking
from esdash.analysis.judgements import LEAST_GAP_PLACES
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording import bounds, conditions, ends, figures
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold, hover
from esdash.wording.names import Names, names_of

Mark = Callable[[object], str]  # how a figure stands out: bold on the page, plain in a file


def sentence(inventory: Inventory, names: Names, selection: Selection, mark: Mark = bold) -> str:
    """The answer of the page in one sentence; it says what counts as reachable, and what is only supposed."""
    text, found, gaps = names.text, ranking.summary(inventory, selection), ranked(inventory, names.text, selection)
    asked = inventory.conditions
    reachable = ", ".join(conditions.reachable(asked, names))
    under = text("gaps.under", what=mark(reachable)) + " " if reachable else ""
    under += text("gaps.under_assumptions") + " " if asked.assumed else ""
    if selection.groups:
        under += text("gaps.under_groups", groups=mark(names.all("target_group", selection.groups))) + " "
    if gaps.empty:
        return under + text("gaps.sentence_unknown", not_surveyed=mark(text.number(found.not_surveyed)), n=found.fields)
    worst = gaps.iloc[0]
    return under + text(
        "gaps.sentence_supposed" if asked.supposing else "gaps.sentence",
        white=mark(text("gaps.white_of", white=found.white, n=found.fields)),
        least=LEAST_GAP_PLACES,
        theme=mark(worst["theme"]),
        district=mark(worst["district"]),
        places=mark(text("gaps.places", n=figures.word("gap_places", worst["gap_places"], text))),
        not_surveyed=mark(text.number(found.not_surveyed)),
    )


def picture(title: str, inventory: Inventory, names: Names) -> str:
    """The title of a picture of the page, which says what counts as reachable, and what is only supposed."""
    text, asked = names.text, inventory.conditions
    if reachable := ", ".join(conditions.reachable(asked, names)):
        title = text("gaps.picture_under", title=title, what=reachable)
    return text("gaps.picture_supposed", title=title) if asked.supposing else title


def compared_sentence(
    before: Inventory, after: Inventory, text: Text, selection: Selection, day: date | None, mark: Mark = bold
) -> str:
    """What differs between the two states that are compared, in one sentence."""
    found = comparison.difference(before, after, selection)
    surveyed = {"n": mark(text.number(found.surveyed)), "white": mark(text.number(found.surveyed_white))}
    new = text("gaps.surveyed_since", **surveyed) if found.surveyed else ""
    if found.gap_before is None:
        return text("gaps.compared_nothing", day=day, surveyed=new) if day else text("gaps.compared_nothing_supposed")
    gap = {side: figures.rounded(places, 1) for side, places in zip(comparison.SIDES, found[-2:], strict=True)}
    return text(
        "gaps.compared_since" if day else "gaps.compared_supposed",
        day=day,
        surveyed=new,
        closed=mark(text.number(found.closed)),
        opened=mark(text.number(found.opened)),
        **{side: mark(figures.word("gap_places", places, text)) for side, places in gap.items()},
    ) + ("" if day or selection else _closing(after, gap, text, mark))


def _closing(after: Inventory, gap: dict[str, float | None], text: Text, mark: Mark) -> str:
    """How many of the supposed places close a gap, and where the rest goes; empty where other things are supposed."""
    asked, (then, now) = after.conditions, (gap[side] or 0.0 for side in comparison.SIDES)
    places, closing = sum(offer.capacity for offer in asked.offers), figures.rounded(then - now, 1) or 0.0
    rest = figures.rounded(places - closing, 1) or 0.0
    if not asked.offers or asked.growth or asked.planning or rest <= 0 or closing < 0:
        return ""
    words = {"places": places, "closing": closing, "rest": rest}
    return " " + text("gaps.closing", **{name: mark(text.number(number, 1)) for name, number in words.items()})


def named(names: Names, selection: Selection) -> str:
    """The page and what is chosen on it, as the name of a point of an agenda."""
    chosen = names.chosen(selection)
    return f"{names.text('gaps.nav')}: {chosen}" if chosen else names.text("gaps.nav")


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
    apart = analysis.table(inventory, "theme", "district", selection)
    frame = ends.beside(ranking.ranked(inventory, selection), apart, ("theme_id", "district_id"))
    between = [
        "" if pd.isna(low) else bounds.places(low, high, text, 1)
        for low, high in zip(frame["gap_places_low"], frame["gap_places_high"], strict=True)
    ]
    found = _named(frame, names_of(inventory, text)).assign(gap_between=between)
    # by what is shown, so that no larger figure stands below a smaller one
    return found.sort_values("gap_places", ascending=False, kind="stable", ignore_index=True)


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


def columns(text: Text, unknown: bool) -> list[Column]:
    """Columns of the table of gaps. `unknown`: some hang on something unknown, and have two ends."""
    return _columns(text, "gap_between") if unknown else _columns(text)


def file_columns(text: Text, unknown: bool) -> list[Column]:
    """Columns of the file of gaps: each figure that hangs on something unknown at least, with assumptions, at most."""
    return _columns(text, *ends.COLUMNS) if unknown else _columns(text)


def _columns(text: Text, *more: str) -> list[Column]:
    named = ("gap_places", "places_needed", "places_met", "coverage", "state_word")
    return headed(text, "", "theme", "district", *named, *more, ("target_groups", "column.target_groups_missing"))


def heading(names: Names, selection: Selection) -> str:
    """The heading above the tables: the chosen target groups, themes and districts."""
    if not selection:
        return names.text("gaps.evidence_city")
    return names.text("gaps.evidence_of", what=names.chosen(selection))


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
