"""The page Lagebild in words: how much of the need is met, the tiles, the table beside the bars."""

from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.bounds import bounds as analysis
from esdash.analysis.coverage import coverage
from esdash.analysis.meetings import points
from esdash.analysis.overview import changed, situation
from esdash.analysis.priorities import items, priorities
from esdash.analysis.selection import EVERYTHING
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording import bounds, gaps
from esdash.wording import figures as shown
from esdash.wording import items as item_words
from esdash.wording import priorities as finding_words
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold
from esdash.wording.names import names_of

LEAST_NAMED = 2  # fields of action that the title of the bars names
AT_ONCE = 5  # tasks that are named as next


class Tile(NamedTuple):
    """A tile: its figure, its change with a sign (empty: none is known) and what it means."""

    value: str
    change: str = ""
    explained: str = ""


@cached
def sentence(inventory: Inventory, text: Text) -> str:
    """Which part of the known need is met, and how much is unknown, in one sentence."""
    found = situation.figures(inventory)
    if not found.initiatives:
        return text("overview.sentence_empty")
    if found.coverage is None:
        offers = {name: bold(text.number(getattr(found, name))) for name in ("initiatives", "organizations")}
        said = text("overview.sentence_unknown", unknown=bold(text.number(found.places_unknown)), **offers)
        each = bounds.by_field(inventory, names_of(inventory, text))  # the bars say it
        return " ".join([said, *(words for words in bounds.answer(inventory, text) if words != each)])
    city = analysis.city(inventory)
    apart = bounds.apart(city.share_low, city.share_high, text)
    between = bounds.short_share(city.share_low, city.share_high, text)
    return text(
        "overview.sentence",
        share=bold(_percent(found.coverage, text)),
        met=text.number(shown.rounded(found.places_met, 0), 0),
        needed=text.number(shown.rounded(found.places_needed, 0), 0),
        between=text("overview.between", between=between) if apart else "",
        unsurveyed=_percent(found.not_surveyed / found.fields, text),
    )


@cached
def tiles(inventory: Inventory, text: Text, day: date | None) -> dict[str, Tile]:
    """The tiles whose figure is known, with their change since the end of that day."""
    found = situation.figures(inventory)
    values = {
        "coverage": None if found.coverage is None else _percent(found.coverage, text),
        "initiatives": text.number(found.initiatives),
        "white": None if found.white is None else text.number(found.white),
        "double_structures": None if found.double_structures is None else text.number(found.double_structures),
        "listed": text.number(found.listed) if found.listed else None,
    }
    if found.coverage is None:
        values["organizations"] = text.number(found.organizations)
        values["incomplete"] = text.number(len(coverage.uncounted(inventory)))
    changes = _changes(inventory, text, day) if day else {}
    if found.version and found.listed:
        changes["listed"] = text("tile.version", n=found.version)
    help_ = {name: text(f"tile.{name}_help") for name in values}
    return {name: Tile(value, changes.get(name, ""), help_[name]) for name, value in values.items() if value}


def _changes(inventory: Inventory, text: Text, day: date) -> dict[str, str]:
    """The changes of the tiles, from what the page of changes counts."""
    counted, met = changed.counts(inventory, day), changed.met(inventory, day)
    more = {
        "initiatives": counted["initiative", "new"] - counted["initiative", "ended"],
        "white": counted["field", "opened"] - counted["field", "closed"],
    }
    said = {name: text.signed(number) for name, number in more.items() if number}
    if met.before is not None and met.after is not None:
        then, now = shown.rounded(met.before, 2), shown.rounded(met.after, 2)
        if then is not None and now is not None and (step := shown.difference("coverage", then, now)):
            said["coverage"] = text.count("tile.points", int(step), sign=text.signed(step))
    return said


@cached
def waiting(inventory: Inventory, text: Text) -> list[tuple[str, str]]:
    """What waits for an answer, a decision or a confirmation: its name and words; what is 0 is left out."""
    found = situation.waiting(inventory)
    counts = {name: getattr(found, name) for name in ("unanswered", "measures", "promises", "confirm")}
    if inventory.read_only:  # records are to be confirmed today, not on an earlier day
        del counts["confirm"]
    days = found.unanswered_days
    return [(name, text.count(f"overview.{name}", number, days=days)) for name, number in counts.items() if number]


@cached
def worst(inventory: Inventory, text: Text) -> tuple[str, dict[str, str]] | None:
    """The largest gap in few words, and the theme and district of the link to it; None if no gap is known."""
    ranked = gaps.ranked(inventory, text, EVERYTHING)
    if ranked.empty:
        return None
    row = ranked.iloc[0]
    places = shown.word("gap_places", row["gap_places"], text)
    names = names_of(inventory, text)
    where = {name: names.short(name, row[f"{name}_id"]) for name in ("theme", "district")}
    said = text("overview.worst", n=places, **where)
    return said, {"theme_in": str(row["theme_id"]), "district_in": str(row["district_id"]), "beside": "evidence"}


@cached
def by_field(inventory: Inventory, text: Text) -> pd.DataFrame:
    """One row per field of action, the least met first: its name, met part also in words, places needed and met.

    Where no cell can be assessed the words, and `most`, are what the known offers can meet (METHODS M11).
    """
    frame = shown.shown(situation.met_by_field(inventory))
    names = names_of(inventory, text)
    frame = frame.assign(most=None, share=[shown.word("coverage", value, text) for value in frame["coverage"]])
    if frame["coverage"].isna().all():
        ends = analysis.table(inventory, "field", "city", everywhere=True).set_index("row_id").loc[frame["row_id"]]
        between = zip(ends["share_low"], ends["share_high"], strict=True)
        words = [bounds.short_share(low, high, text) or text("word.unknown") for low, high in between]
        frame = frame.assign(most=ends["share_high"].to_numpy(), share=words).sort_values("most", ignore_index=True)
    return frame.assign(
        name=[names.of("theme", key) for key in frame["row_id"]],
        short=[names.short("theme", key) for key in frame["row_id"]],
    )


def least_met(frame: pd.DataFrame, text: Text) -> str:
    """The title of the bars: which fields of action are met least; without any figure, what they show."""
    known = frame[frame["coverage"].notna()]
    if frame["most"].notna().any():
        return text("overview.by_field_most")
    if len(known) <= LEAST_NAMED:
        return text("overview.by_field")
    first, second = known["short"].head(LEAST_NAMED)
    return text("overview.least", first=first, second=second)


def field_columns(text: Text) -> list[Column]:
    """Columns of the table beside the bars."""
    named = Column("name", text("column.field_of_action"), "text", 40)
    share = Column("share", text("measure.coverage"), width=16)
    return [named, share, *headed(text, "", "places_needed", "places_met", "gap_places")]


def growth_columns(text: Text) -> list[Column]:
    """Columns of the table beside the chart of growth."""
    return headed(text, "", "day", "offers", "places")


@cached
def first_items(inventory: Inventory, text: Text) -> pd.DataFrame:
    """The first items of the priority list, in words; empty while nobody has taken any."""
    return item_words.in_words(items.on_list(inventory).head(AT_ONCE), text, names_of(inventory, text))


@cached
def first_findings(inventory: Inventory, text: Text) -> pd.DataFrame:
    """The first findings, as tasks that nobody has taken onto the list yet: rank, title and, in short, why."""
    frame = finding_words.in_words(priorities.open_items(inventory).head(AT_ONCE), text)
    rows = list(frame.itertuples())
    return frame.assign(
        title=[finding_words.title(row, text) for row in rows],
        short=[finding_words.short_reason(row, text) for row in rows],
    )


@cached
def next_meeting(inventory: Inventory, text: Text) -> tuple[str, str] | None:
    """The coming meeting with the number of its points, and its id; None if none is planned."""
    coming: Any = points.coming(inventory)
    if coming is None:
        return None
    rows = points.agenda(inventory, coming["meeting_id"])
    on = sum(row["state"] != "withdrawn" and row["kind"] != "block" for row in rows)
    said = text.count("meetings.points", on) if on else text("overview.no_points")
    return text("overview.next_meeting", day=coming["held_on"], points=said), str(coming["meeting_id"])


def _percent(value: float, text: Text) -> str:
    return text.percent(shown.rounded(value, 2))
