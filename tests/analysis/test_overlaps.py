"""METHODS M6: the same work twice. Shares by hand in Musterstadt, verdicts of the planted cases of data/example."""

import math
from typing import Any

import pandas as pd
import pytest

from esdash.analysis.overlaps import overlaps
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.analysis.entries import Row, enter, offer, online
from tests.people import TEST

KM = 360 / (2 * math.pi * 6371)  # degrees of latitude in a kilometre


def weekly(*times: tuple[int, str, str]) -> list[Row]:
    return [{"weekday": day, "begins": begins, "ends": ends} for day, begins, ends in times]


def place(inventory: Inventory, name: str, north_km: float) -> str:
    """A location that far north of the middle of district 01."""
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert(
            "location",
            [{"location_id": name, "name": name, "district_id": "01", "lat": 52.005 + north_km * KM, "lon": 11.005}],
        )
    return name


def pair(inventory: Inventory) -> dict[str, Any]:
    """The shares of the only two offers, whatever their score."""
    frame = inventory.frame("FROM overlap_compared(0)")
    assert len(frame) == 1
    return frame.iloc[0].to_dict()


def other(**fields: Any) -> Row:
    """An offer of another organisation."""
    return offer("b", **{"organization_id": "o2", "name": "Kurs am Markt", **fields})


# ---------------------------------------------------------------- shares


def test_four_shares_and_their_weighted_mean(town: Inventory) -> None:
    enter(town)
    north = place(town, "north", 1)
    enter(
        town,
        offer(
            "a",
            target_group_ids=["adults", "women"],
            language_ids=["de", "fa"],
            times=weekly((1, "10:00", "12:00")),
        ),
        other(
            location_id=north,
            language_ids=["de"],
            times=weekly((1, "11:00", "12:30"), (2, "09:00", "10:00")),
        ),
    )
    found = pair(town)
    assert found["groups_share"] == pytest.approx(1 / 2)  # adults of adults, women
    assert found["kilometres"] == pytest.approx(1, abs=1e-9)
    assert found["distance_share"] == pytest.approx(0.6065306597, abs=1e-9)  # exp(−1/2)
    assert found["languages_share"] == pytest.approx(1 / 2)
    assert found["times_share"] == pytest.approx(60 / 120)  # Monday 11 to 12, of the shorter offer's two hours
    assert found["score"] == pytest.approx(0.35 / 2 + 0.30 * 0.6065306597 + 0.20 / 2 + 0.15 / 2, abs=1e-9)


@pytest.mark.parametrize(
    ("unknown", "score"),
    [
        ({"language_ids": None}, (0.35 / 2 + 0.30 + 0.15) / 0.80),
        ({"times": None}, (0.35 / 2 + 0.30 + 0.20) / 0.85),
        ({"language_ids": None, "times": None}, (0.35 / 2 + 0.30) / 0.65),
        ({"location_id": None}, (0.35 / 2 + 0.20 + 0.15) / 0.70),
        ({"location_id": None, "language_ids": None, "times": None}, 1 / 2),
    ],
)
def test_an_unknown_share_drops_out(town: Inventory, unknown: Row, score: float) -> None:
    """Same place, language and time; groups ½."""
    same = {"language_ids": ["de"], "times": weekly((1, "10:00", "12:00"))}
    enter(town, offer("a", target_group_ids=["adults", "women"], **same), other(**same | unknown))
    assert pair(town)["score"] == pytest.approx(score)


@pytest.mark.parametrize(
    ("km", "share"), [(0, 1.0), (0.5, 0.8824969026), (1, 0.6065306597), (2, 0.1353352832), (3, 0.0111089965)]
)
def test_distance(town: Inventory, km: float, share: float) -> None:
    enter(town)
    north = place(town, "north", km)
    enter(town, offer("a"), other(location_id=north))
    assert pair(town)["distance_share"] == pytest.approx(share, abs=1e-8)  # exp(−km²/2)


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [
        ([(1, "10:00", "12:00")], [(1, "10:00", "12:00")], 1.0),
        ([(1, "10:00", "12:00")], [(2, "10:00", "12:00")], 0.0),  # another day
        ([(1, "10:00", "12:00")], [(1, "12:00", "13:00")], 0.0),  # one after the other
        ([(1, "10:00", "14:00")], [(1, "11:00", "12:00")], 1.0),  # inside
        ([(1, "10:00", "12:00"), (3, "10:00", "12:00")], [(1, "11:00", "12:00"), (3, "11:30", "13:30")], 90 / 180),
        ([], [(1, "10:00", "12:00")], None),  # no fixed times: nothing to compare
    ],
)
def test_times(town: Inventory, a: list[Any], b: list[Any], share: float | None) -> None:
    enter(town, offer("a", times=weekly(*a)), other(times=weekly(*b)))
    found = pair(town)["times_share"]
    assert pd.isna(found) if share is None else found == pytest.approx(share)


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [
        (["de"], ["de"], 1.0),
        (["de"], ["fa"], 0.0),
        (["de"], [], 0.0),
        ([], [], None),
        (None, ["de"], None),
        (["de"], None, None),
    ],
)
def test_languages(town: Inventory, a: Any, b: Any, share: float | None) -> None:
    enter(town, offer("a", language_ids=a), other(language_ids=b))
    found = pair(town)["languages_share"]
    assert pd.isna(found) if share is None else found == pytest.approx(share)


def test_two_online_offers_are_at_the_same_place(town: Inventory) -> None:
    enter(town, online("a"), online("b", organization_id="o2"))
    assert pair(town)["distance_share"] == 1


def test_online_and_on_site_cannot_be_compared_by_distance(town: Inventory) -> None:
    enter(town, online("a"), other())
    assert pd.isna(pair(town)["distance_share"])


@pytest.mark.parametrize(
    "fields",
    [
        {"organization_id": "o1"},
        {"theme_ids": ["counselling"]},
        {"target_group_ids": ["women"]},
        {"theme_ids": None},
        {"target_group_ids": []},
        {"status": "paused"},
        {"ended_on": "2026-11-21"},
    ],
)
def test_no_pair(town: Inventory, fields: Row) -> None:
    enter(town, offer("a"), other())
    assert len(town.frame("FROM overlap_compared(0)")) == 1
    enter(town, offer("a"), other(**fields))
    assert len(town.frame("FROM overlap_compared(0)")) == 0


def test_a_pair_by_a_field_of_action(town: Inventory) -> None:
    enter(town, offer("a"), other(theme_ids=["education"]))
    assert list(pair(town)["theme_ids"]) == ["german_courses"]


# ---------------------------------------------------------------- verdicts


@pytest.mark.parametrize(
    ("a", "b", "verdict", "saturation"),
    [
        ({"capacity": 20}, {"capacity": 20}, "double_structure", 40 / 34),
        ({"capacity": 17}, {"capacity": 17}, "wanted", 1.0),  # exactly what is needed
        ({"capacity": 10}, {"capacity": 10}, "wanted", 20 / 34),
        ({"capacity": 20}, {"capacity": 20, "waiting": 1}, "wanted", 40 / 34),
        ({"capacity": 20, "waiting": 0}, {"capacity": None}, "unknown", 20 / 34),
        ({"capacity": 20}, {"capacity": 20, "name": "Angebote a"}, "duplicate", 20 / 34),  # entered twice, counts once
    ],
)
def test_verdict(town: Inventory, a: Row, b: Row, verdict: str, saturation: float) -> None:
    """Both reach all three districts, which need 20 + 10 + 4 places."""
    enter(town, offer("a", **a), other(**b))
    found = overlaps.pairs(town)
    assert found["verdict"].tolist() == [verdict]
    assert found["saturation"].tolist() == pytest.approx([saturation])


def test_the_same_name_elsewhere_or_at_another_time_is_no_duplicate(town: Inventory) -> None:
    same = {"name": "Deutschkurs", "capacity": 20, "language_ids": ["de"]}
    enter(
        town,
        offer("a", times=weekly((1, "10:00", "12:00")), **same),
        other(times=weekly((2, "10:00", "12:00")), **same),
    )
    assert overlaps.pairs(town)["verdict"].tolist() == ["double_structure"]


@pytest.mark.parametrize(
    ("begin", "pairs"), [("2026-11-22", 1), ("2026-12-31", 0), (None, 1)], ids=["that day", "another day", "goes on"]
)
def test_events_on_different_days_are_no_double_work(town: Inventory, begin: str | None, pairs: int) -> None:
    here = place(town, "here", 0)
    day = {"location_id": here, "name": "Konzert", "times": None}
    ends = {"started_on": begin, "ended_on": begin}
    enter(town, offer("a", **day, started_on="2026-11-22", ended_on="2026-11-22"), other(**{**day, **ends}))
    assert len(overlaps.pairs(town)) == pairs


def test_linked_pairs_are_one_case(town: Inventory) -> None:
    enter(
        town,
        offer("a", capacity=20),
        other(capacity=20),
        offer("c", organization_id="o3", name="Sprachtreff", capacity=15),
    )
    assert len(overlaps.pairs(town)) == 3
    case = overlaps.cases(town).iloc[0]
    assert len(overlaps.cases(town)) == 1
    assert list(case["initiative_ids"]) == ["a", "b", "c"]
    assert (case["smallest"], case["capacity"]) == (15, 55)
    assert case["saturation"] == pytest.approx(55 / 34)


# ---------------------------------------------------------------- planted in the example

PLANTED = {  # data/example/README.md
    "double_structure": {
        ("i006", "i007"),
        ("i006", "i077"),
        ("i007", "i077"),
        ("i045", "i091"),
        ("i021", "i070"),
        ("i054", "i101"),
    },
    "wanted": {("i002", "i049"), ("i009", "i089"), ("i032", "i058")},
    "duplicate": {("i016", "i063"), ("i010", "i084"), ("i022", "i076"), ("i029", "i096")},
    "repeat": {("i023", "i024")},
}


def by_verdict(inventory: Inventory) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for a, b, verdict in overlaps.pairs(inventory)[["a_id", "b_id", "verdict"]].itertuples(index=False):
        found.setdefault(verdict, set()).add((a, b))
    return found


@pytest.mark.parametrize("verdict", ["double_structure", "duplicate", "repeat"])
def test_the_planted_ones_and_no_others(example: Inventory, verdict: str) -> None:
    """Duplicates also of one organisation: they stand here because a place counted twice looks like a surplus."""
    assert by_verdict(example)[verdict] == PLANTED[verdict]


def test_what_is_wanted_in_parallel_is_found(example: Inventory) -> None:
    assert by_verdict(example)["wanted"] >= PLANTED["wanted"]


def test_cases_of_the_example(example: Inventory) -> None:
    cases = overlaps.cases(example)
    assert [list(ids) for ids in cases["initiative_ids"]] == [
        ["i006", "i007", "i077"],
        ["i021", "i070"],
        ["i045", "i091"],
        ["i054", "i101"],
    ]
    assert (cases["saturation"] > 1).all()
