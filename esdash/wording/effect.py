"""The effect of a measure in words: a figure then and now, never without where the change came from (METHODS M13)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from esdash.analysis.measures.effect import CAUSES, Effect, Figure
from esdash.texts import Text
from esdash.wording import figures

TENTHS = 10  # places are shown to one decimal


class Step(NamedTuple):
    """One step from then to now: its name, its value in words, and where its bar begins and how long it is."""

    key: str  # then, now, or a cause
    name: str
    words: str
    begins: float
    length: float


def apportioned(parts: Mapping[str, float], total: float) -> dict[str, float]:
    """The parts rounded to one decimal so that they sum to `total`, which is rounded already (largest remainder)."""
    exact = {name: value * TENTHS for name, value in parts.items()}
    whole = {name: math.floor(round(value, 9)) for name, value in exact.items()}
    left = round(total * TENTHS) - sum(whole.values())
    order = sorted(exact, key=lambda name: (whole[name] - exact[name], name))
    for number in range(abs(left)):
        whole[order[number % len(order)] if left > 0 else order[-1 - number % len(order)]] += 1 if left > 0 else -1
    return {name: value / TENTHS for name, value in whole.items()}


class Shown(NamedTuple):
    """The figures of an effect as they are shown: each part to one decimal, at both ends where hidden people count."""

    then: tuple[float, float]
    now: tuple[float, float]
    change: tuple[float, float]
    parts: dict[str, tuple[float, float]]


def shown(effect: Effect) -> Shown | None:
    """The rounded figures, whose parts sum to the rounded change at each end; None where a side is unknown."""
    if effect.then is None or effect.now is None or not all(map(math.isfinite, (*effect.then, *effect.now))):
        return None
    one = _rounded(effect, 0)
    ends = (_rounded(effect, 1), _rounded(effect, 2))
    if all(_same(one, end) for end in ends):
        ends = (one, one)
    (then, now, parts), (then_most, now_most, parts_most) = ends
    return Shown(
        (then, then_most),
        (now, now_most),
        (round(now - then, 1), round(now_most - then_most, 1)),
        {cause: (parts[cause], parts_most[cause]) for cause in CAUSES},
    )


def _rounded(effect: Effect, end: int) -> tuple[float, float, dict[str, float]]:
    assert effect.then is not None and effect.now is not None
    then, now = (figures.rounded(side[end], 1) or 0.0 for side in (effect.then, effect.now))
    return then, now, apportioned({cause: part[end] for cause, part in effect.parts.items()}, round(now - then, 1))


def _same(one: tuple[float, float, dict[str, float]], other: tuple[float, float, dict[str, float]]) -> bool:
    """Whether two ends are shown as the same; parts may be apportioned differently in the last digit."""
    near = all(abs(one[2][cause] - other[2][cause]) < 1.5 / TENTHS for cause in one[2])
    return one[:2] == other[:2] and near


def word(ends: tuple[float, float], text: Text, signed: bool = False) -> str:
    """A shown figure: 7,5; −2,0; ±0; or between its two ends."""
    low, high = sorted(ends)
    said = [figures.signed("gap_places", end, text) if signed else text.number(end, 1) for end in (low, high)]
    return said[0] if low == high else text("bounds.between", low=said[0], high=said[1])


def sentence(effect: Effect, measure: str, text: Text) -> str:
    """Then, now, and the four parts; or why nothing can be said."""
    named = text(f"effect.{measure}")
    found = shown(effect)
    if found is None:
        sides = {name: _side(side, text) for name, side in (("then", effect.then), ("now", effect.now))}
        return text("effect.unknown", figure=named, day=effect.day, **sides)
    parts = {cause: word(found.parts[cause], text, signed=True) for cause in CAUSES}
    sides = {
        "then": word(found.then, text),
        "now": word(found.now, text),
        "change": word(found.change, text, signed=True),
    }
    return text("effect.sentence", figure=named, day=effect.day, **sides, **parts)


def _side(side: Figure | None, text: Text) -> str:
    return text("word.unknown") if side is None else word((round(side.least, 1), round(side.most, 1)), text)


def steps(effect: Effect, text: Text) -> list[Step]:
    """The steps from then to now for the figure and its table; empty where a side is unknown.

    With two ends, the bars are those of the lower one.
    """
    found = shown(effect)
    if found is None:
        return []
    at, made = (
        found.then[0],
        [Step("then", text("effect.then", day=effect.day), word(found.then, text), 0.0, found.then[0])],
    )
    for cause in CAUSES:
        part = found.parts[cause]
        made.append(Step(cause, text(f"effect.cause_{cause}"), word(part, text, signed=True), at, part[0]))
        at = round(at + part[0], 1)
    return [*made, Step("now", text("effect.now"), word(found.now, text), 0.0, found.now[0])]
