"""The effect as it is shown: rounded parts sum to the rounded change, and nothing is said without them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis.measures.effect import CAUSES, Effect, Figure
from esdash.charts import waterfall
from esdash.texts import LANGUAGES, Text
from esdash.wording import effect as words

DAY = date(2026, 3, 10)
DE = Text("de")


def effect(then: float, *parts: float) -> Effect:
    """With the parts in the order of CAUSES, the same at both ends."""
    same = {cause: Figure(part, part, part) for cause, part in zip(CAUSES, parts, strict=True)}
    now = then + sum(parts)
    return Effect(DAY, Figure(then, then, then), Figure(now, now, now), same, {})


def test_the_sentence_has_all_four_parts() -> None:
    said = words.sentence(effect(20.0, -8.0, -5.0, 10.0, 4.0), "gap_places", DE)
    assert said == (
        "Fehlende Plätze pro Woche: 20,0 am 10.03.2026, heute 21,0, also +1,0. Davon kommen aus neuen Plätzen dieser "
        "Maßnahme −8,0, aus anderen Angeboten −5,0, aus verändertem Bedarf +10,0 und aus berichtigten Daten +4,0."
    )


def test_rounded_parts_are_apportioned() -> None:
    """Three thirds of 1.0: 0.3 + 0.3 + 0.3 would not be 1.0."""
    found = words.shown(effect(0.0, 1 / 3, 1 / 3, 1 / 3, 0.0))
    assert found is not None
    assert sorted(part[0] for part in found.parts.values()) == [0.0, 0.3, 0.3, 0.4]


@given(st.floats(0, 500), st.tuples(*[st.floats(-100, 100)] * 4))
def test_shown_parts_sum_to_the_shown_change(then: float, parts: tuple[float, ...]) -> None:
    found = words.shown(effect(then, *parts))
    assert found is not None
    for end in (0, 1):
        assert round(sum(part[end] for part in found.parts.values()), 6) == round(found.now[end] - found.then[end], 6)
        assert round(found.change[end], 6) == round(found.now[end] - found.then[end], 6)
    for cause, part in zip(CAUSES, parts, strict=True):
        assert abs(found.parts[cause][0] - part) <= 0.25  # apportioning moves a tenth or two, never a figure


def test_two_ends_where_hidden_people_count() -> None:
    sides = Figure(5.0, 4.0, 6.0), Figure(3.0, 1.0, 5.5)
    parts = dict.fromkeys(CAUSES, Figure(0, 0, 0)) | {"own": Figure(-2.0, -3.0, -0.5)}
    said = words.sentence(Effect(DAY, *sides, parts, {}), "gap_places", DE)
    assert "zwischen 4,0 und 6,0 am 10.03.2026, heute zwischen 1,0 und 5,5, also zwischen −3,0 und −0,5" in said
    assert "Maßnahme zwischen −3,0 und −0,5" in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_both_figures_nothing_is_split(language: str) -> None:
    text = Text(language)
    found = Effect(DAY, None, Figure(3.0, 3.0, 3.0), {}, {})
    assert words.shown(found) is None and words.steps(found, text) == []
    assert text("word.unknown") in words.sentence(found, "gap_places", text)


def test_the_waterfall_ends_where_now_is() -> None:
    steps = words.steps(effect(20.0, -8.0, -5.0, 10.0, 4.0), DE)
    assert [(step.key, step.begins, step.length) for step in steps] == [
        ("then", 0.0, 20.0),
        ("own", 20.0, -8.0),
        ("other", 12.0, -5.0),
        ("need", 7.0, 10.0),
        ("corrected", 17.0, 4.0),
        ("now", 0.0, 21.0),
    ]
    (bars,) = waterfall(steps, DE, "Plätze").to_dict()["data"]
    assert list(zip(bars["base"], bars["x"], strict=True)) == [(0, 20), (12, 8), (7, 5), (7, 10), (17, 4), (0, 21)]
