"""Results of rounds of voices: by hand, against numpy, and what nobody can work out from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from esdash.analysis import open_inventory, voices
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import closing
from esdash.inventory.steering import voices as steering
from tests import planted_voices
from tests.conftest import NOW
from tests.people import ADA, TEST
from tests.planted_voices import ITEMS, SEATS


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, tiny_file: bytes) -> Iterator[Inventory]:
    """Musterstadt with four items; each test opens rounds of its own."""
    path = Path(tmp_path_factory.mktemp("voices")) / "inventory.duckdb"
    path.write_bytes(tiny_file)
    inventory = open_inventory(path, clock=lambda: NOW)
    planted_voices.items(inventory)
    yield inventory
    inventory.close()


Given = Mapping[str, Mapping[str, int]]  # seat → item → points


def held(inventory: Inventory, given: Given, names_shown: bool = False, most: int = 5) -> str:
    """A round of points among these seats and items that was closed; its id."""
    items = list(next(iter(given.values())))
    key = steering.open_round(
        inventory, ADA, "Wie wichtig?", items, list(given), "points", None, most, names_shown=names_shown
    )
    for seat, points in given.items():
        steering.hand_in(inventory, ADA, key, seat, points)
    steering.close_round(inventory, ADA, key, voices.named(inventory, items))
    return key


def row(frame: pd.DataFrame, item: str) -> Any:
    return next(frame[frame["priority_item_id"] == item].itertuples())


# ---------------------------------------------------------------- by hand


def test_median_quartiles_and_what_is_without_the_named_seats(town: Inventory) -> None:
    """p1 names a, p3 names c and d (planted_voices)."""
    key = held(
        town,
        {
            "a": {"p1": 5, "p2": 1, "p3": 0, "p4": 3},
            "b": {"p1": 1, "p2": 1, "p3": 0, "p4": 3},
            "c": {"p1": 1, "p2": 2, "p3": 4, "p4": 3},
            "d": {"p1": 2, "p2": 4, "p3": 4, "p4": 3},
        },
        names_shown=True,
    )
    found = voices.result(town, key)
    p1, p2, p3, p4 = (row(found, item) for item in ITEMS)
    assert (p1.n, p1.q1, p1.median, p1.q3, p1.recused) == (4, 1.0, 1.5, 2.75, 1)  # 1 1 2 5
    assert (p1.q1_without, p1.median_without, p1.q3_without) == (1.0, 1.0, 1.5)  # 1 1 2
    assert p1.contested  # a gives 5, the others 1 in the middle: 4 apart, half of the scale is 2.5
    assert (p2.n, p2.q1, p2.median, p2.q3, p2.recused) == (4, 1.0, 1.5, 2.5, 1)  # 1 1 2 4; b is named
    assert not p2.contested
    assert (p3.median, p3.recused, p3.median_without) == (2.0, 2, 0.0)  # 0 0 4 4
    assert p3.contested  # the quartiles are 4 apart
    assert (p4.median, p4.recused) == (3.0, 0)
    assert pd.isna(p4.median_without) and not p4.contested
    # By median p4 3, p3 2, p1 and p2 1.5; the mean of p1 (9/4) is above that of p2 (8/4).
    assert found["priority_item_id"].tolist() == ["p4", "p3", "p1", "p2"]
    assert found["rank"].tolist() == [1, 2, 3, 4]
    latest = voices.latest(town)
    pd.testing.assert_frame_equal(latest, found)
    told = voices.of_seats(town, key)
    assert len(told) == 16 and told["seat_organization_id"].notna().all()


def test_equal_voices_share_a_rank(town: Inventory) -> None:
    key = held(town, {seat: {"p1": 2, "p2": 2, "p3": 0, "p4": 2} for seat in "abcd"})
    assert voices.result(town, key).set_index("priority_item_id")["rank"].to_dict() == {
        **{"p1": 1, "p2": 1, "p4": 1, "p3": 4}
    }


def test_without_a_closed_round_there_is_nothing(tiny: Inventory) -> None:
    assert voices.latest(tiny).empty
    assert {"n", "median", "q1", "q3", "contested", "recused", "median_without"} <= set(voices.latest(tiny).columns)


def test_computed_and_voiced_places_and_where_they_cross() -> None:
    items = [f"p{place}" for place in range(1, 8)]
    voiced = pd.DataFrame({"priority_item_id": items, "median": [1.0, 5, 4, 3, 3, 2, 0], "mean": [1.0] * 7})
    listed = pd.DataFrame({"priority_item_id": [*items, "p9"], "priority": [90.0, 80, 80, 70, 60, 50, None, 99]})
    found = voices.compared(voiced, listed).set_index("priority_item_id")
    assert "p7" not in found.index and "p9" not in found.index  # no score; not in the round
    assert found["computed"].to_dict() == {"p1": 1, "p2": 2, "p3": 2, "p4": 4, "p5": 5, "p6": 6}
    assert found["voiced"].to_dict() == {"p1": 6, "p2": 1, "p3": 2, "p4": 3, "p5": 3, "p6": 5}
    assert found["computed_last"].to_dict() == {"p1": 1, "p2": 3, "p3": 3, "p4": 4, "p5": 5, "p6": 6}
    assert found["voiced_last"].to_dict() == {"p1": 6, "p2": 1, "p3": 2, "p4": 4, "p5": 4, "p6": 5}
    assert found["shift"].to_dict() == {"p1": -5, "p2": 1, "p3": 0, "p4": 0, "p5": 1, "p6": 1}
    assert found.index[found["crossing"]].tolist() == ["p1"]
    assert voices.compared(voiced.head(0), listed).empty


def test_items_that_got_nothing_do_not_cross_each_other() -> None:
    """Nine items without a dot share the places 2 to 10: none of them is higher or lower than computed there."""
    items = [f"p{place}" for place in range(10)]
    voiced = pd.DataFrame({"priority_item_id": items, "median": 0.0, "mean": [0.0] * 9 + [0.5]})
    listed = pd.DataFrame({"priority_item_id": items, "priority": [float(99 - place) for place in range(10)]})
    found = voices.compared(voiced, listed).set_index("priority_item_id")
    assert found["shift"].to_dict() == {**dict.fromkeys(items, 0), "p0": -1, "p9": 9}
    assert found.index[found["crossing"]].tolist() == ["p9"]


# ---------------------------------------------------------------- laws

points = st.lists(st.integers(0, 5), min_size=4, max_size=8)


@settings(max_examples=10)
@given(points, st.booleans(), st.randoms(use_true_random=False))
def test_quartiles_are_those_of_numpy_in_whatever_order_people_hand_in(
    town: Inventory, given: list[int], names_shown: bool, draw: Any
) -> None:
    seats = list(zip(SEATS, given, strict=False))
    expected = np.quantile(given, [0.25, 0.5, 0.75], method="linear")
    draw.shuffle(seats)
    key = held(town, {seat: {"p3": value, "p4": 5 - value} for seat, value in seats}, names_shown)
    found = row(voices.result(town, key), "p3")
    assert (found.q1, found.median, found.q3) == pytest.approx(expected)
    assert (found.n, found.least, found.most) == (len(given), min(given), max(given))
    assert row(voices.result(town, key), "p4").median == pytest.approx(5 - expected[1])


# ---------------------------------------------------------------- nothing can be subtracted


def published(inventory: Inventory, profiles: Sequence[Given], most: int) -> list[tuple[Any, ...]]:
    """For each round of these voices without agreed names, everything that is told once it is closed."""
    items, seats = list(next(iter(profiles[0].values()))), list(profiles[0])
    row = {"question": "?", "method": "points", "most_per_item": most, "priority_item_ids": items}
    row |= {"seat_organization_ids": seats, "handed_in_ids": seats, "opened_on": "2026-11-22", "opened_by": "Test"}
    rounds = {f"t{number}": profile for number, profile in enumerate(profiles)}
    open_voices = [
        {
            **{"open_voice_id": f"{key}|{seat}|{item}", "voice_round_id": key, "points": value},
            **{"seat_organization_id": seat, "priority_item_id": item, "recorded_by": "at_the_table"},
        }
        for key, profile in rounds.items()
        for seat, given in profile.items()
        for item, value in given.items()
    ]
    conflicts = closing.of_seats(voices.named(inventory, items), seats)
    with inventory.change(TEST, Action.CLOSE_VOICES) as change:
        closed = {"state": "closed", "named": conflicts, **row}
        change.insert("voice_round", [{"voice_round_id": key, **closed} for key in rounds])
        change.insert("open_voice", open_voices)
        done = [closing.voices(change, {"voice_round_id": key, "names_shown": False}, conflicts) for key in rounds]
        change.insert("voice", [one for kept, _ in done for one in kept])
        change.remove("open_voice", [one for _, gone in done for one in gone])
    told: dict[str, list[Any]] = defaultdict(list)
    for view in ("voice_result", "voice_reason", "voice_of_seat"):
        for one in inventory.rows(f"FROM {view} WHERE voice_round_id IN $ids", ids=list(rounds)):
            told[one.pop("voice_round_id")].append((view, *one.values()))
    stored = "SELECT voice_round_id, * EXCLUDE (voice_id, voice_round_id) FROM inventory.voice ORDER BY ALL"
    for one in inventory.rows(stored):  # what the history and its download hold, too
        told[one.pop("voice_round_id")].append(tuple(one.values()))
    with inventory.change(TEST, Action.CLOSE_VOICES) as change:
        change.remove("voice", [one["voice_id"] for one in change.rows("SELECT voice_id FROM inventory.voice")])
        change.remove("voice_round", list(rounds))
    return [tuple(told[key]) for key in rounds]


def test_three_seats_without_names_have_no_round(town: Inventory) -> None:
    """Whatever three give, nothing is told: the round is not opened, or, with a fourth seat, not closed."""
    with pytest.raises(UserError, match="voices_seats_unnamed"):
        held(town, {seat: {"p1": 1, "p4": 1} for seat in "abc"})
    before = [town.rows(f"FROM {view}") for view in ("voice_result", "voice_reason", "voice_of_seat")]
    logged = "SELECT count(*) FROM change_log WHERE table_name = 'voice'"
    entries = town.value(logged)
    key = steering.open_round(town, ADA, "Wie wichtig?", ["p1", "p4"], list("abcd"), "points", None, 1)
    for values in product((0, 1), repeat=3):
        for seat, value in zip("abc", values, strict=True):
            steering.hand_in(town, ADA, key, seat, {"p1": value, "p4": 1 - value})
        with pytest.raises(UserError, match="voices_too_few"):
            steering.close_round(town, ADA, key, {}, ["d"])
        assert [town.rows(f"FROM {view}") for view in ("voice_result", "voice_reason", "voice_of_seat")] == before
        assert town.value(logged) == entries
    steering.call_off(town, ADA, key)
    assert town.value(logged) == entries


@pytest.mark.parametrize("items", [["p1"], ["p3"], ["p4"], ["p1", "p4"]])  # name one seat, two seats, none; two dots
def test_four_seats_leave_each_other_seat_at_least_two_values(town: Inventory, items: list[str]) -> None:
    """All voices of four seats with 0 to 2: whoever knows her own and reads everything cannot tell another's.

    The only exception is the one that no result can avoid: all others gave the same.
    """
    profiles = [
        {seat: dict(zip(items, (value, 2 - value), strict=False)) for seat, value in zip("abcd", values, strict=True)}
        for values in product((0, 1, 2), repeat=4)
    ]
    alike: dict[tuple[Any, ...], list[tuple[int, ...]]] = defaultdict(list)
    for profile, told in zip(profiles, published(town, profiles, 2), strict=True):
        alike[told].append(tuple(given[items[0]] for given in profile.values()))
    for same in alike.values():
        for mine, values in product(range(4), same):
            possible = [other for other in same if other[mine] == values[mine]]  # what she can think of
            for seat in set(range(4)) - {mine}:
                others = {values[other] for other in range(4) if other != mine}
                assert len({other[seat] for other in possible}) > 1 or len(others) == 1, (items, values, mine, seat)


def test_the_rule_for_named_seats_is_needed(town: Inventory, monkeypatch: pytest.MonkeyPatch) -> None:
    """If "without" were said although one seat is named, its points could be read off: the test above would fail."""
    monkeypatch.setattr(closing, "FEWEST_UNNAMED", 1)
    with pytest.raises(AssertionError):
        test_four_seats_leave_each_other_seat_at_least_two_values(town, ["p1"])


def test_large_enough_groups_are_told_apart_without_names(town: Inventory) -> None:
    """p5 names four of eight seats: both groups have four voices, so their medians are said."""
    with town.change(TEST, Action.ENTER_RECORDS) as change:
        about = {"priority_item_id": "p5", "partner_ids": list("abcd"), "listed_on": "2026-11-01", "origin": "hand"}
        change.insert("priority_item", [about])
    key = held(town, {seat: {"p5": 4 if seat in "abcd" else 1, "p4": 0} for seat in SEATS})
    found = row(voices.result(town, key), "p5")
    assert (found.n, found.recused, found.median, found.median_without) == (8, 4, 2.5, 1.0)
    assert found.contested  # 3 apart, more than half of 5
    assert voices.of_seats(town, key).empty
    fewer = held(town, {seat: {"p5": 4 if seat in "abcd" else 1, "p4": 0} for seat in SEATS[:7]})
    found = row(voices.result(town, fewer), "p5")
    assert (found.n, found.recused) == (7, 4)
    assert pd.isna(found.median_without) and pd.isna(found.q1_without)  # three others are too few
