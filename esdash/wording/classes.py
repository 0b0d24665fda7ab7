"""The classes of the figures of a matrix or map, with fixed limits, and the key that names them.

The limits do not depend on what is in view: the same colour means the same in every matrix, on every map and page.
"""

from collections.abc import Iterable
from typing import NamedTuple

from esdash.texts import Text
from esdash.wording import figures

# Missing places per week: below 3 is a small need (METHODS M3); a field × district of the example lacks some ten.
MISSING = {"gap": (3, 10, 30, 100), "gap_per_100": (0.5, 1, 2, 5)}
_NAMES = {"gap": "gap_places", "gap_per_100": "gap_per_100"}
# Changes from this size on are large: percentage points, places, places per 100 people, offers.
LARGE_CHANGE = {"coverage": 10, "gap": 10, "gap_per_100": 1, "offers": 3}
MOST_OFFERS = 5  # "5 and more" is one class

UNASSESSED = ("unknown", "not_surveyed", "none_known", "not_applicable")  # states without figures
OPEN = "open"  # the entry of the key for figures whose class hangs on something unknown
SIGNS = {
    **{"white": "✕", "small": "○", "unknown": "?", "not_surveyed": "?", "not_applicable": "\N{EN DASH}"},
    **{"none_known": "?", OPEN: "…"},
    **{"closed": "✓", "opened": "✕", "lost": "?"},
}
_SINGLE = ("thin", "partial", "covered")
_QUARTERS = tuple(f"quarter_{number}" for number in range(1, 5))
_NO_OFFER = ("white", "small")  # also signs beside figures
_ASKED = (OPEN, "none_known")
_REST = (*_NO_OFFER, OPEN, "not_surveyed", "none_known", "not_applicable")
_CHANGES = ("worse_2", "worse_1", "same", "better_1", "better_2")


class Entry(NamedTuple):
    """One entry of the key: its class, its sign (or empty), what it means, and whether it is framed."""

    step: str
    sign: str
    label: str
    framed: bool


def of_offers(offers: int) -> str:
    """The class of a number of offers."""
    return f"offers_{min(offers, MOST_OFFERS)}"


def of_missing(measure: str, value: float) -> str:
    """The class of missing places, or of missing places per 100 people: more missing is stronger."""
    return f"missing_{sum(value >= limit for limit in MISSING[measure]) + 1 if value else 0}"


def of_change(measure: str, value: float) -> str:
    """The class of a difference: better or worse, a little or much, around 0."""
    if not value:
        return "same"
    better = value > 0 if measure in ("coverage", "offers") else value < 0
    return f"{'better' if better else 'worse'}_{2 if abs(value) >= LARGE_CHANGE[measure] else 1}"


def key(measure: str, compared: bool, steps: Iterable[str], text: Text) -> list[Entry]:
    """The key of a matrix and its map. `steps`: the classes in them, which say what else than figures is drawn."""
    there = {"not_surveyed" if step == "unknown" else step for step in steps}
    if compared:
        return [*(Entry(step, "", _change(step, measure, text), False) for step in _CHANGES), *_signs(text)]
    if measure == "offers":
        numbers = [text.number(n) for n in range(MOST_OFFERS)] + [text("key.from", least=text.number(MOST_OFFERS))]
        shades = [Entry(f"offers_{n}", "", label, False) for n, label in enumerate(numbers)]
        return [*shades, *(_state(step, text) for step in ("not_surveyed", *_ASKED) if step in there)]
    if measure in MISSING:
        shades = [Entry(f"missing_{n}", "", label, False) for n, label in enumerate(_missing(measure, text))]
        return [*shades, *(_state(step, text) for step in _REST if step in there or step in _NO_OFFER)]
    shades = [_state(step, text) for step in (*_SINGLE, *_QUARTERS) if step in _QUARTERS or there & {*_SINGLE}]
    if there & {*_SINGLE} and not there & {*_QUARTERS}:
        shades = [_state(step, text) for step in _SINGLE]
    return [*shades, *(_state(step, text) for step in _REST if step in there)]


def in_words(entries: Iterable[Entry]) -> str:
    """The key in one line, for those who do not see the colours; from left to right."""
    return " · ".join(f"{entry.sign} {entry.label}".strip() for entry in entries)


def _missing(measure: str, text: Text) -> list[str]:
    """The labels of the classes of missing places, from none to most."""
    limits = [text.number(limit) for limit in MISSING[measure]]
    none = figures.word(_NAMES[measure], 0.0, text)
    return [none, text("key.below", below=limits[0]), *(text("key.from", least=limit) for limit in limits)]


def _change(step: str, measure: str, text: Text) -> str:
    if step == "same":
        return "±0"
    return text(f"key.{step}", n=text.number(LARGE_CHANGE[measure]))


def _state(step: str, text: Text) -> Entry:
    return Entry(step, SIGNS.get(step, ""), text(f"key.{step}"), step == "white")


def _signs(text: Text) -> list[Entry]:
    return [
        Entry("same", "✓", text("key.closed"), False),
        Entry("same", "✕", text("key.opened"), True),
        Entry("not_surveyed", "?", text("key.not_both"), False),
    ]
