"""Three worked examples of the methods with today's figures: each row and each sum as the pages show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from esdash.analysis.coverage import gaps as ranking
from esdash.analysis.judgements import OVERLAP_HIGH, OVERLAP_WEIGHTS
from esdash.analysis.overlaps import overlaps
from esdash.analysis.priorities import moving_up, priorities
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model.rounding import half_up
from esdash.texts import Text, is_missing
from esdash.wording import evidence, figures, stand_in
from esdash.wording import gaps as gap_words
from esdash.wording import overlaps as case_words
from esdash.wording import priorities as item_words
from esdash.wording.names import names_of

_PLACES = ("places_needed", "places_met", "gap_places")


@dataclass(frozen=True)
class Worked:
    """A calculation: what it is about, its rows under their headings, the total, what follows, the link to the page.

    Each row has a cell for each heading. `link`: page, label, parameters.
    """

    about: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...]
    therefore: tuple[str, ...]
    link: tuple[str, str, dict[str, Any]]


@cached
def examples(inventory: Inventory, text: Text) -> dict[str, Worked | None]:
    """The three examples by name; None where the inventory has nothing of the kind yet."""
    return {"gap": _gap(inventory, text), "overlap": _overlap(inventory, text), "priority": _priority(inventory, text)}


def _gap(inventory: Inventory, text: Text) -> Worked | None:
    """The largest gap: people × planning value for each group, what is met, what is missing."""
    worst = ranking.worst(inventory)
    if worst is None:
        return None
    names, selection = (
        names_of(inventory, text),
        Selection(themes=(worst["theme_id"],), districts=(worst["district_id"],)),
    )
    found = evidence.need(inventory, text, selection)
    counted = found[found["gap_places"].notna()].to_dict("records")
    whole = gap_words.ranked(inventory, text, selection).iloc[0].to_dict()
    rows = tuple(
        (
            row["target_group"],
            row["persons_word"],
            text.number(row["places_per_100"]),
            *(stand_in.word(row, name, text) for name in _PLACES),
        )
        for row in counted
    )
    return Worked(
        f"{whole['theme']}, {names.of('district', worst['district_id'])}",
        (text("column.target_group"), *(text(f"worked.{head}") for head in ("people", "per_100", *_PLACES))),
        rows,
        (text("worked.total"), "", "", *(stand_in.word(whole, name, text) for name in _PLACES)),
        (*_rounding([[row[name] for name in _PLACES] for row in counted], [whole[name] for name in _PLACES], 1, text),
         text("worked.gap_therefore", share=figures.word("coverage", whole["coverage"], text))),
        ("gaps", text("worked.gap_link"), {"theme": worst["theme_id"], "district": worst["district_id"]}),
    )  # fmt: skip


def _overlap(inventory: Inventory, text: Text) -> Worked | None:
    """The heaviest undecided case: the likeness of its most similar pair, the places, and the verdict."""
    cases = overlaps.open_cases(inventory)
    if cases.empty:
        return None
    case = cases.iloc[0].to_dict()
    pair = overlaps.pairs_of(inventory, list(case["initiative_ids"])).iloc[0].to_dict()
    rows, remarks = _likeness(pair, text)
    verdict = text(f"overlaps.verdict_{case['verdict']}")
    return Worked(
        text("worked.pair", a=pair["a_name"], b=pair["b_name"]),
        tuple(text(f"worked.{head}") for head in ("compared", "agrees", "weight", "points")),
        rows,
        (text("worked.likeness"), "", "", text.number(pair["score"], 2)),
        (
            *remarks,
            text("worked.overlap_high", least=text.number(OVERLAP_HIGH, 2)),
            *case_words.sums(overlaps.sums(inventory, case), text),
            text("worked.verdict", verdict=verdict, reason=case_words.reason(case, text)),
        ),
        ("overlaps", text("worked.overlap_link"), {"case": case["case_id"]}),
    )


def _likeness(pair: Mapping[Any, Any], text: Text) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """What is compared in a pair of offers, and remarks about how its points become the likeness."""
    rows, points, known = [], [], 0.0
    for name, weight in OVERLAP_WEIGHTS.items():
        share = pair[f"{name}_share"]
        unknown = is_missing(share)
        own = text("word.unknown") if unknown else text.number(share * weight, 2)
        rows.append((text(f"overlaps.share_{name}"), text.percent(share), text.number(weight, 2), own))
        if not unknown:
            known += weight
            points.append([half_up(share * weight, 2)])
    if known < 1 - 1e-9:
        return tuple(rows), (text("worked.overlap_unknown", known=text.number(known, 2)),)
    return tuple(rows), _rounding(points, [pair["score"]], 2, text)


def _priority(inventory: Inventory, text: Text) -> Worked | None:
    """The first finding: each criterion between its anchors, times its weight."""
    items = priorities.open_items(inventory)
    if items.empty:
        return None
    shown = next(item_words.in_words(items.head(1), text).itertuples())
    item = items.iloc[0].to_dict()
    weights, anchors = priorities.checked_weights(priorities.agreed_weights(inventory)), moving_up.anchors(inventory)
    rows = tuple(_criterion(name, item, anchors[name], weights[name], text) for name in priorities.CRITERIA)
    points = [[half_up(item[f"{name}_points"], 1)] for name in priorities.CRITERIA]
    return Worked(
        str(shown.title),
        tuple(text(f"worked.{head}") for head in ("criterion", "value", "ends", "part", "weight", "points")),
        rows,
        (text("worked.total"), "", "", "", "", text.number(item["priority"], 1)),
        (*_rounding(points, [item["priority"]], 1, text), str(shown.reason)),
        ("priorities", text("worked.priority_link"), {"priorities": "proposals"}),
    )


def _criterion(
    name: str, item: Mapping[Any, Any], ends: tuple[float, float], weight: float, text: Text
) -> tuple[str, ...]:
    """A criterion: its value, between which ends it counts, the part of the way, its weight, its points."""
    low, high, value = (
        text.number(number, 1) if name == "size" else text.percent(number) for number in (*ends, item[name])
    )
    part, points = text.percent(item[f"{name}_value"]), text.number(item[f"{name}_points"], 1)
    return (
        text(f"criterion.{name}"),
        value,
        text("worked.from_to", low=low, high=high),
        part,
        text.percent(weight),
        points,
    )


def _rounding(rows: list[list[Any]], total: list[Any], digits: int, text: Text) -> tuple[str, ...]:
    """That the total is worked out from exact figures, where the rounded ones above do not add up to it."""
    sums = [sum(float(value) for value in column if not is_missing(value)) for column in zip(*rows, strict=True)]
    exact = all(
        half_up(added, digits) == half_up(float(whole), digits) for added, whole in zip(sums, total, strict=True)
    )
    return () if exact else (text("worked.rounded"),)
