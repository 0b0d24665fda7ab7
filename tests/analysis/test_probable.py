"""METHODS M11: what is probable by theme × district, drawn like the known of the same field."""

import pandas as pd
import pytest

from esdash.analysis.bounds import bounds, probable
from esdash.analysis.coverage import coverage
from esdash.inventory import Inventory
from esdash.inventory.file.conditions import Conditions
from tests.analysis.entries import enter, offer, online, survey
from tests.analysis.test_bounds import populate

EVENING = [{"weekday": 1, "begins": "18:00", "ends": "20:00"}]
MORNING = [{"weekday": 1, "begins": "09:00", "ends": "11:00"}]


@pytest.fixture
def known(town: Inventory) -> Inventory:
    """Musterstadt, all people known, surveyed."""
    populate(town)
    survey(town)
    return town


def states(inventory: Inventory) -> pd.DataFrame:
    return probable.states(inventory).set_index(["theme_id", "district_id"])


def test_where_nothing_is_unknown_all_draws_agree(known: Inventory) -> None:
    enter(
        known,
        offer("a", capacity=10),
        offer("b", location_id="centre_02", capacity=60),
        online("c", theme_ids=["living"], target_group_ids=["women"], capacity=3),
    )
    found = states(known)
    assert (found["agreement"] == 1).all() and found["probable"].all() and found["surveyed"].all()
    matrix = coverage.matrix(known, "theme", "district").set_index(["row_id", "column_id"])
    assert found.index.sort_values().tolist() == matrix.index[matrix["places_needed"] > 0].sort_values().tolist()
    for key, share in matrix["coverage"].dropna().items():
        word = "white" if share == 0 else "thin" if share < 0.5 else "partial" if share < 1 - 1e-9 else "covered"
        assert found.loc[key, "state"] == word


def test_the_unknown_is_like_the_known_of_its_field(known: Inventory) -> None:
    """Thirty courses of 50 places are known: one more is probably as large, though 6 would be possible."""
    alike = [online(f"k{n}", theme_ids=["homework"], target_group_ids=["children"], capacity=50) for n in range(30)]
    enter(known, *alike, online("a", target_group_ids=["adults", "women"], capacity=None))  # 42.5 needed
    found = states(known).loc["german_courses"]
    assert found["state"].tolist() == ["covered"] * 3 and found["probable"].all()
    table = bounds.table(known, "theme", "district")
    assert set(table.loc[table["row_id"] == "german_courses", "state"]) == {"open"}


def test_where_the_known_differ_the_share_of_the_draws_is_said(known: Inventory) -> None:
    sizes = [
        online(f"k{n}", theme_ids=["homework"], target_group_ids=["children"], capacity=c)
        for n, c in enumerate((6, 50))
    ]
    enter(known, *sizes, online("a", target_group_ids=["adults", "women"], capacity=None))
    found = states(known).loc["german_courses"]
    assert found["agreement"].between(0.4, 0.7).all() and not found["probable"].any()


def test_unknown_groups_are_those_that_others_serve(known: Inventory) -> None:
    alike = [online(f"k{n}", theme_ids=["homework"], target_group_ids=["women"], capacity=1) for n in range(3)]
    enter(known, *alike, online("a", target_group_ids=None, capacity=500))  # women only: adults get nothing
    found = states(known).loc["german_courses"]
    assert found["state"].tolist() == ["thin"] * 3  # 8.5 of 42.5
    assert (found["agreement"] == 1).all()


def test_unknown_places_are_where_others_are(known: Inventory) -> None:
    alike = [offer(f"k{n}", theme_ids=["homework"], target_group_ids=["children"], capacity=1) for n in range(30)]
    enter(known, *alike, offer("a", target_group_ids=["adults", "women"], location_id=None, capacity=500))
    found = states(known)
    assert found.loc[("german_courses", "03"), "state"] == "covered"  # from 01 all are reached, from 02 nobody there
    assert found.loc[("german_courses", "03"), "agreement"] >= 0.9


def test_an_unknown_time_fits_as_often_as_those_of_others(known: Inventory) -> None:
    usual = {"theme_ids": ["homework"], "target_group_ids": ["children"], "capacity": 5}
    late = [online(f"k{n}", times=EVENING if n else MORNING, **usual) for n in range(10)]
    enter(known, *late, online("a", target_group_ids=["adults", "women"], capacity=500))
    found = states(known.under(Conditions(times=("evening",)))).loc["german_courses"]
    assert found["state"].tolist() == ["covered"] * 3 and (found["agreement"] < 1).all()


def test_the_draws_are_the_same_every_time(known: Inventory) -> None:
    enter(known, online("a", capacity=None, target_group_ids=None), offer("b", location_id=None, mode=None))
    before = probable.states(known).copy()
    known.forget()
    pd.testing.assert_frame_equal(probable.states(known), before)


def test_nothing_known_to_draw_from_leaves_the_agreed_range(town: Inventory) -> None:
    populate(town)
    enter(town, offer("a", capacity=None, target_group_ids=None, location_id=None, mode=None))
    found = probable.states(town)
    assert len(found) == 12 and not found["surveyed"].any()
    assert found.loc[found["theme_id"] == "counselling", "state"].unique().tolist() == ["white"]
    enter(town)
    assert (probable.states(town)["state"] == "white").all()
