"""Bounds in words (METHODS M11): the figure between its ends, why they differ, what is assumed meanwhile."""

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from esdash.analysis.bounds import bounds, probable
from esdash.analysis.bounds.bounds import EQUAL_WITHIN, NONE_KNOWN, Reason
from esdash.analysis.selection import EVERYTHING, Selection
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording import classes, figures
from esdash.wording.names import Names, names_of

_OF_NO_OFFER = ("persons", "planning")


def share(low: float | None, high: float | None, text: Text) -> str:
    """A share between two ends (0 to 1): "zwischen 20 % und 90 %"; one figure where both ends read the same."""
    return _between(low, high, lambda value: _percent(value, text), text, top=1.0)


def central(value: float | None, text: Text) -> str:
    """The central share, which is a convention: "47 % (mit Annahmen)"."""
    return text("bounds.assumed", figure=_percent(value, text))


def places(low: float | None, high: float | None, text: Text, digits: int = 0) -> str:
    """Places per week between two ends; without an upper end "mindestens …"."""
    return _between(low, high, lambda value: text.number(figures.rounded(value, digits), digits), text)


def short_share(low: float | None, high: float | None, text: Text) -> str:
    """A share between two ends for a narrow cell: "20–90 %", "≤ 46 %"; "…" where it can be anything."""
    if low is None or high is None or pd.isna(low) or pd.isna(high):
        return ""
    if low <= EQUAL_WITHIN and high >= 1 - EQUAL_WITHIN:
        return classes.SIGNS[classes.OPEN]
    first, last = _percent(low, text), _percent(high, text)
    if first == last:
        return first
    if low <= EQUAL_WITHIN:
        return text("bounds.short_at_most", high=last)
    if high >= 1 - EQUAL_WITHIN:
        return text("bounds.short_at_least", low=first)
    return text("bounds.short_between", low=text.number(figures.rounded(100 * low, 0), 0), high=last)


def short_places(low: float | None, high: float | None, text: Text) -> str:
    """Places between two ends for a narrow cell: "3,1–18,4"; empty where they are unknown."""
    if low is None or high is None or pd.isna(low) or pd.isna(high):
        return ""
    first = text.number(figures.rounded(low, 1), 1)
    if high == float("inf"):
        return text("bounds.short_at_least", low=first)
    last = text.number(figures.rounded(high, 1), 1)
    return first if first == last else text("bounds.short_between", low=first, high=last)


def why(reasons: Iterable[Reason], text: Text) -> str:
    """Why the ends differ: "weil die Plätze von 3 Angeboten unbekannt sind"; empty without a reason.

    Hidden numbers of people are named only where nothing about an offer is unknown: they move a figure least.
    """
    found = [reason for reason in reasons if reason.fact != "theme"]
    of_offers = [reason for reason in found if reason.fact not in _OF_NO_OFFER]
    named = [reason for reason in found if reason.fact != "persons" or not of_offers]
    parts = [text.count(f"bounds.of_{reason.fact}", reason.number) for reason in named]
    if not parts:
        return ""
    return text("bounds.why_one", what=parts[0]) if len(parts) == 1 else text("bounds.why_many", what=", ".join(parts))


def theme_note(reasons: Iterable[Reason], text: Text) -> str:
    """That the bounds hold for offers of known theme, and of how many it is unknown; empty where all are known."""
    unknown = next((reason.number for reason in reasons if reason.fact == "theme"), 0)
    return text.count("bounds.theme_note", unknown) if unknown else ""


def said(low: float | None, high: float | None, reasons: Sequence[Reason], text: Text) -> str:
    """The share with the reason: "zwischen 20 % und 90 %, weil die Plätze von 3 Angeboten unbekannt sind"."""
    figure, reason = share(low, high, text), why(reasons, text)
    return text("bounds.because", figure=figure, why=reason) if apart(low, high, text) and reason else figure


def state(row: Any, text: Text) -> str:
    """The word for a row of `bounds.cells` or `bounds.table`; open ones are told by the ends of their share."""
    if row.state != bounds.OPEN:
        return text(f"state.{row.state}")
    ends = ("share_low", "share_high") if hasattr(row, "share_low") else ("coverage_low", "coverage_high")
    low, high = (getattr(row, end) for end in ends)
    return share(min(1.0, low), min(1.0, high), text)


def known_offers(row: Any, text: Text) -> str:
    """A sentence that holds where nobody has looked, for a row of `bounds.table(…, everywhere=True)`."""
    if row.state == NONE_KNOWN or row.share_high == 0:
        return text("bounds.known_none")
    low, high = _percent(row.share_low, text), _percent(row.share_high, text)
    if row.share_low <= EQUAL_WITHIN:
        return text("bounds.known_at_most", high=high)
    return text("bounds.known_exactly", figure=low) if low == high else text("bounds.known_between", low=low, high=high)


def probably(row: Any, text: Text) -> str:
    """A row of `probable.states` as a supposition: "wahrscheinlich kein Angebot"; empty where the draws differ."""
    return text(f"bounds.probably_{row.state}") if row.probable else ""


@cached
def likely(inventory: Inventory, text: Text) -> dict[tuple[str, str], tuple[str, str]]:
    """Theme × district where somebody has looked → what is probable there, and how many of the draws agree."""
    frame = probable.states(inventory)
    rows = frame[frame["surveyed"] & frame["probable"]].itertuples()
    return {(row.theme_id, row.district_id): (probably(row, text), probably_note(row, text)) for row in rows}


def probably_note(row: Any, text: Text) -> str:
    """How many of the draws agree, for a row of `probable.states`."""
    return text("bounds.probably_note", n=round(100 * row.agreement))


def themes_without(inventory: Inventory, text: Text) -> str:
    """How many themes no known offer reaches: "Zu 6 von 26 Themen ist kein Angebot bekannt."; empty if none."""
    themes = bounds.table(inventory, "theme", "city", everywhere=True)
    themes = themes[themes["state"] != "not_applicable"]
    number = int((themes["share_high"] == 0).sum())
    return text.count("bounds.themes_none", number, all=len(themes)) if number else ""


def by_field(inventory: Inventory, names: Names) -> str:
    """What the known offers cover of each field of action, in one sentence."""
    text, found = names.text, []
    table = bounds.table(inventory, "field", "city", everywhere=True).set_index("row_id")
    for key in names.field_ids:
        if key in table.index and (row := table.loc[key]).state != "not_applicable":
            none = row.state == NONE_KNOWN or row.share_high == 0
            words = text("state.none_known") if none else share(row.share_low, row.share_high, text)
            found.append(text("bounds.of_field", field=names.short("theme", key), figure=words))
    return text("bounds.by_field", fields=", ".join(found)) if found else ""


def assumptions(inventory: Inventory, names: Names, reasons: Iterable[Reason]) -> list[str]:
    """One sentence per assumption behind the central figure, for what is unknown of these reasons."""
    text, unknown = names.text, {reason.fact for reason in reasons}
    sentences = []
    if "capacity" in unknown:
        ranges = bounds.ranges(inventory).groupby(["low", "central", "high"], sort=False)["field_id"].agg(list)
        for (low, central, high), fields in ranges.items():
            same = len(ranges) == 1
            field = text("bounds_assumed.every_field") if same else ", ".join(names.of("theme", key) for key in fields)
            sentences.append(text("bounds_assumed.capacity", central=central, low=low, high=high, field=field))
    sentences += [text(f"bounds_assumed.{fact}") for fact in ("target_group", "place", "mode") if fact in unknown]
    if unknown & {"times", "languages", "barrier_free"}:
        sentences.append(text("bounds_assumed.conditions"))
    return sentences + [text(f"bounds_assumed.{fact}") for fact in _OF_NO_OFFER if fact in unknown]


@cached
def answer(inventory: Inventory, text: Text, selection: Selection = EVERYTHING) -> list[str]:
    """Sentences on the met need of the selection that hold although something is unknown; none where nothing is.

    Where nobody has looked they speak of the known offers, and there are none in a city of which no offer is known.
    """
    surveyed, reasons = bounds.city(inventory, selection), bounds.reasons(inventory, selection)
    sentences = _met(surveyed, reasons, names_of(inventory, text), inventory, selection)
    if not surveyed.cells_counted:
        sentences = _of_known_offers(inventory, text, selection)
    note = theme_note(reasons, text) if sentences or surveyed.cells_counted else ""
    return [*sentences, note] if note else sentences


def _met(
    row: pd.Series, reasons: Sequence[Reason], names: Names, inventory: Inventory, selection: Selection
) -> list[str]:
    """The met share of the need where somebody has looked, between its ends; nothing where both read the same."""
    text, reason = names.text, why(reasons, names.text)
    if not apart(row.share_low, row.share_high, text) or not reason:
        return []
    key = f"bounds.met_{'chosen' if selection else 'city'}{'_supposed' if inventory.conditions.supposing else ''}"
    figure = share(row.share_low, row.share_high, text)
    return [text(key, what=names.chosen(selection), figure=figure, why=reason)]


def _of_known_offers(inventory: Inventory, text: Text, selection: Selection) -> list[str]:
    """What the known offers cover where nobody has looked. Supposed offers are none; others fit no condition."""
    row = bounds.city(inventory, selection, everywhere=True)
    none_here = not row.share_high > 0
    limited = inventory.conditions.limiting
    if inventory.conditions.supposing or row.state == "not_applicable" or (none_here and limited):
        return []
    if bounds.city(inventory, everywhere=True).state == NONE_KNOWN:
        return []
    if selection or limited:
        return [known_offers(row, text)]
    more = themes_without(inventory, text), by_field(inventory, names_of(inventory, text))
    return [known_offers(row, text), *(sentence for sentence in more if sentence)]


@cached
def in_places(inventory: Inventory, text: Text, selection: Selection) -> str:
    """Needed and met places of the selection between their ends, and why; empty where both ends read the same.

    Where nobody has looked they are those that the known offers meet.
    """
    row, reason = bounds.city(inventory, selection), why(bounds.reasons(inventory, selection), text)
    if not row.cells_counted:
        row = bounds.city(inventory, selection, everywhere=True)
    if not reason or not apart(row.share_low, row.share_high, text):
        return ""
    needed, met = places(row.needed_low, row.needed_high, text, 1), places(row.met_low, row.met_high, text, 1)
    return text("bounds.in_places", needed=needed, met=met, why=reason)


@cached
def unknown_offers(inventory: Inventory, text: Text, selection: Selection) -> dict[str, str]:
    """Id of each offer that keeps the ends of the selection apart → what is unknown of it, in words."""
    facts: dict[str, list[str]] = {}
    for reason in bounds.reasons(inventory, selection):
        for key in reason.initiative_ids if reason.fact != "theme" else ():
            facts.setdefault(key, []).append(text(f"unknown.{reason.fact}_unknown"))
    return {key: text("bounds.unknown_here", facts=", ".join(words)) for key, words in facts.items()}


@cached
def assumed(inventory: Inventory, text: Text, selection: Selection = EVERYTHING) -> list[str]:
    """The sentences of `assumptions` for what is unknown in the selection."""
    return assumptions(inventory, names_of(inventory, text), bounds.reasons(inventory, selection))


@cached
def assumable(inventory: Inventory, text: Text, selection: Selection = EVERYTHING) -> bool:
    """Whether figures of the selection rest on assumptions: something is unknown where somebody has looked."""
    return bool(assumed(inventory, text, selection)) and bool(bounds.city(inventory, selection).cells_counted)


def assumption_note(inventory: Inventory, text: Text, selection: Selection = EVERYTHING) -> str:
    """In one paragraph what is assumed for the unknown of the selection."""
    return text("bounds.assumption_note", what=" ".join(assumed(inventory, text, selection)))


def apart(low: float | None, high: float | None, text: Text) -> bool:
    """Whether the two ends of a share read differently."""
    return low is not None and high is not None and _percent(low, text) != _percent(high, text)


def _percent(value: float | None, text: Text) -> str:
    return text.percent(figures.rounded(value, 2))


def _between(low: float | None, high: float | None, write: Any, text: Text, top: float | None = None) -> str:
    if low is None or high is None or pd.isna(low) or pd.isna(high):
        return text("word.unknown")
    if high == float("inf"):
        return text("bounds.at_least", low=write(low))
    first, last = write(low), write(high)
    if first == last:
        return str(first)
    none, all_of_it = low <= EQUAL_WITHIN, top is not None and high >= top - EQUAL_WITHIN
    if none == all_of_it:  # an end that says nothing is left out, but not both
        return text("bounds.between", low=first, high=last)
    return text("bounds.at_most", high=last) if none else text("bounds.at_least", low=first)
