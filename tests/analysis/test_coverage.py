"""METHODS M1 to M3: need, reach, coverage. Figures by hand from tests/tiny_city.

German courses for adults need 10 % of 200, 100, 40 people: 20, 10 and 4 places in the districts 01, 02, 03.
From 01 people travel 10, 20, 40 minutes: weights 1, 0.68, 0.22. From 02: 20, 10, 50 minutes: 0.68, 1, 0.
"""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis.coverage import coverage, handout
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.analysis.entries import DISTRICTS, GROUPS, cell, enter, offer, online, row_of, survey
from tests.people import TEST
from tests.trials import always_the_same

STEADY = always_the_same(8, 20)


def close(*numbers: float) -> Any:
    return pytest.approx(list(numbers), abs=1e-12)


# ---------------------------------------------------------------- by hand


def test_need_is_persons_times_planning_value(town: Inventory) -> None:
    assert row_of(town, "german_courses", "adults", "places_needed") == close(20, 10, 4)
    assert row_of(town, "homework", "children", "places_needed") == close(20, 10, 4)  # 20 % of 100, 50, 20
    assert row_of(town, "essentials", "adults", "places_needed") == close(2, 1, 0.4)


def test_one_offer_reaches_less_the_longer_the_way(town: Inventory) -> None:
    enter(town, offer("a", capacity=10))
    # demand in reach 20·1 + 10·0.68 + 4·0.22 = 27.68; R = 10 / 27.68
    assert row_of(town, "german_courses", "adults", "coverage") == close(10 / 27.68, 6.8 / 27.68, 2.2 / 27.68)
    assert row_of(town, "german_courses", "adults", "places_reaching") == close(200 / 27.68, 68 / 27.68, 8.8 / 27.68)


def test_nothing_arrives_beyond_45_minutes(town: Inventory) -> None:
    enter(town, offer("a", location_id="centre_02", capacity=10))
    # 20·0.68 + 10·1 = 23.6; 03 is 50 minutes away
    assert row_of(town, "german_courses", "adults", "coverage") == close(6.8 / 23.6, 10 / 23.6, 0)


@pytest.mark.parametrize(
    ("minutes", "weight"), [(0, 1), (15, 1), (15.1, 0.68), (30, 0.68), (30.1, 0.22), (45, 0.22), (45.1, 0)]
)
def test_steps_of_the_way(town: Inventory, minutes: float, weight: float) -> None:
    enter(town, offer("a", capacity=10, district_ids=["01", "02"]))
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("district_travel", [{"district_travel_id": "01|02", "minutes": minutes}])
    reach = 10 / (20 + 10 * weight)
    assert row_of(town, "german_courses", "adults", "coverage") == close(reach, reach * weight, 0)


def test_online_reaches_everybody_alike(town: Inventory) -> None:
    enter(town, online("a", capacity=17))
    assert row_of(town, "german_courses", "adults", "coverage") == close(0.5, 0.5, 0.5)  # 17 of 34


def test_a_mobile_offer_comes_to_the_districts_it_names(town: Inventory) -> None:
    enter(town, offer("a", mode="mobile", district_ids=["02", "03"], capacity=7))
    assert row_of(town, "german_courses", "adults", "coverage") == close(0, 0.5, 0.5)  # 7 of 10 + 4


def test_a_list_of_districts_limits_an_offer(town: Inventory) -> None:
    enter(town, offer("a", district_ids=["02"], capacity=5))
    assert row_of(town, "german_courses", "adults", "coverage") == close(0, 0.5, 0)  # all 5 of 10, whatever the way


@pytest.mark.parametrize("mode", ["online", "mobile"])
def test_a_district_named_twice_counts_once(town: Inventory, mode: str) -> None:
    enter(town, offer("a", mode=mode, location_id=None, district_ids=["02", "03", "03"], capacity=7))
    assert row_of(town, "german_courses", "adults", "coverage") == close(0, 0.5, 0.5)


def test_two_groups_share_the_places(town: Inventory) -> None:
    enter(town, online("a", theme_ids=["german_courses", "counselling"], capacity=10))
    # adults: German 34, counselling 5 % = 10 + 5 + 2 = 17; together 51
    assert row_of(town, "german_courses", "adults", "coverage") == close(*[10 / 51] * 3)
    assert row_of(town, "counselling", "adults", "coverage") == close(*[10 / 51] * 3)


def test_a_field_of_action_stands_for_all_its_themes(town: Inventory) -> None:
    enter(town, online("a", theme_ids=["education"], target_group_ids=["adults", "children"], capacity=17))
    # German for adults 34, homework for children 34; German for children and homework for adults do not apply
    assert row_of(town, "german_courses", "adults", "coverage") == close(0.25, 0.25, 0.25)
    assert row_of(town, "homework", "children", "coverage") == close(0.25, 0.25, 0.25)
    assert coverage.cells(town)["places_reaching"].sum() == pytest.approx(17, abs=1e-12)


def test_a_field_and_its_theme_are_not_counted_twice(town: Inventory) -> None:
    enter(town, online("a", theme_ids=["education", "german_courses"], capacity=17))
    assert row_of(town, "german_courses", "adults", "coverage") == close(0.5, 0.5, 0.5)


def test_matrix_is_weighted_by_need(town: Inventory) -> None:
    survey(town)
    enter(town, online("a", district_ids=["01"], capacity=10), online("b", district_ids=["03"], capacity=8))
    matrix = coverage.matrix(town, "theme", "city", Selection(("adults",))).set_index("row_id")
    # German: 10 of 20, 0 of 10, 8 of 4. Met 10 + 0 + 4 of 34; gap 10 + 10 + 0, what 03 has too much fills no gap
    assert matrix.loc["german_courses", "coverage"] == pytest.approx(14 / 34)
    assert matrix.loc["german_courses", "gap_places"] == pytest.approx(20)


@pytest.mark.parametrize(
    "changed", [{"status": "planned"}, {"status": "paused"}, {"status": "archived"}, {"ended_on": "2026-11-21"}]
)
def test_only_running_offers_count(town: Inventory, changed: dict[str, str]) -> None:
    enter(town, online("a", **changed))
    assert coverage.cells(town)["places_reaching"].sum() == 0


def test_an_offer_runs_on_its_last_day(town: Inventory) -> None:
    enter(town, online("a", ended_on="2026-11-22"))  # today
    assert coverage.cells(town)["places_reaching"].sum() == pytest.approx(10)


# ---------------------------------------------------------------- states


@pytest.mark.parametrize(
    ("capacity", "state", "gap"),
    [(0, "white", 4), (1, "thin", 3), (2, "partial", 2), (3, "partial", 1), (4, "covered", 0), (9, "covered", 0)],
)
def test_states_of_a_surveyed_cell(town: Inventory, capacity: int, state: str, gap: float) -> None:
    survey(town)
    enter(town, online("a", district_ids=["03"], capacity=capacity))  # 03 needs 4
    found = cell(town, "german_courses", "adults", "03")
    assert (found["state"], found["gap_places"]) == (state, pytest.approx(gap))


def test_no_offer_is_white_only_where_somebody_looked(town: Inventory) -> None:
    survey(town, ["german_courses"], ["01"])
    assert cell(town, "german_courses", "adults", "01")["state"] == "white"
    nobody = cell(town, "german_courses", "adults", "02")
    assert nobody["state"] == "not_surveyed"
    assert pd.isna(nobody["gap_places"])


def test_what_does_not_apply(town: Inventory) -> None:
    survey(town, ["counselling"], ["02"], state="not_applicable")
    assert cell(town, "counselling", "adults", "02")["state"] == "not_applicable"  # survey says so
    assert cell(town, "homework", "adults", "01")["state"] == "not_applicable"  # planning value 0
    assert cell(town, "counselling", "adults", "02")["places_needed"] == 0


def test_people_whom_nobody_has_counted_are_an_unknown_need(town: Inventory) -> None:
    survey(town)
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.remove("population", ["03|women"])
    found = cell(town, "german_courses", "women", "03")
    assert found["state"] == "unknown"
    assert all(pd.isna(found[name]) for name in ("persons", "places_needed", "coverage", "gap_places"))


def test_an_unknown_planning_value_is_an_unknown_need(town: Inventory) -> None:
    survey(town)
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.remove("planning_value", ["german_courses|adults"])
    found = cell(town, "german_courses", "adults", "01")
    assert found["state"] == "unknown"
    assert pd.isna(found["places_needed"])


def test_an_unknown_capacity_is_not_zero(town: Inventory) -> None:
    survey(town)
    enter(town, offer("a", capacity=None, location_id="centre_02"))
    states = row_of(town, "german_courses", "adults", "state")
    assert states == ["unknown", "unknown", "white"]  # 03 is out of its reach
    assert pd.isna(cell(town, "german_courses", "adults", "01")["gap_places"])
    uncounted = coverage.uncounted(town)
    assert uncounted[["initiative_id", "capacity_unknown", "place_unknown"]].values.tolist() == [["a", True, False]]


def test_an_unknown_capacity_beside_a_known_one(town: Inventory) -> None:
    survey(town)
    enter(town, online("a", capacity=None), online("b", capacity=17))
    assert row_of(town, "german_courses", "adults", "state") == ["partial"] * 3


def test_what_cannot_be_counted_is_listed_with_its_reason(town: Inventory) -> None:
    enter(
        town,
        offer("fine"),
        offer("no_place", location_id=None),
        offer("served", location_id=None, district_ids=["01"]),  # its place is unknown, what it serves is not
        online("no_group", target_group_ids=None),
        online("no_theme", theme_ids=[]),
    )
    listed = coverage.uncounted(town).set_index("initiative_id").drop(columns="name")
    reasons = {key: [name for name, is_so in row.items() if is_so] for key, row in listed.to_dict("index").items()}
    assert reasons == {
        "no_place": ["place_unknown"],
        "no_group": ["target_group_unknown"],
        "no_theme": ["theme_unknown"],
    }


def test_survey_share_leaves_out_what_does_not_apply(town: Inventory) -> None:
    survey(town, ["german_courses"], ["01", "02"])
    survey(town, ["homework"], ["03"], state="not_applicable")
    assert handout.survey_share(town) == pytest.approx(2 / 11)  # 4 themes × 3 districts, one does not apply


# ---------------------------------------------------------------- what holds for all offers

OFFERS = st.lists(
    st.fixed_dictionaries(
        {
            "mode": st.sampled_from(["on_site", "mobile", "online", None]),
            "location_id": st.sampled_from(["centre_01", "centre_02", "centre_03", None]),
            "district_ids": st.none() | st.lists(st.sampled_from(DISTRICTS), max_size=3),
            "theme_ids": st.lists(
                st.sampled_from(["education", "living", "german_courses", "counselling", "essentials"]), max_size=2
            ),
            "target_group_ids": st.lists(st.sampled_from(GROUPS), max_size=3, unique=True),
            "capacity": st.integers(0, 60),
        }
    ),
    min_size=1,
    max_size=5,
).map(lambda rows: [offer(f"i{number}", **row) for number, row in enumerate(rows)])


def covered(inventory: Inventory) -> pd.Series:
    keys = ["theme_id", "target_group_id", "district_id"]
    return coverage.cells(inventory).set_index(keys)["saturation"].dropna()


def capacity_that_reaches_need(inventory: Inventory) -> int:
    """Σ capacity of the running offers with a need above 0 in their reach; the rules once more, in plain Python."""
    cells = coverage.cells(inventory)
    needed = cells[cells["places_needed"] > 0]
    need = set(zip(needed["theme_id"], needed["target_group_id"], needed["district_id"], strict=True))
    parents = {row["theme_id"]: row["parent_id"] for row in inventory.rows("FROM theme")}
    homes = {row["location_id"]: row["district_id"] for row in inventory.rows("FROM location")}
    districts = [row["district_id"] for row in inventory.rows("FROM district")]
    near = {
        (row["from_district_id"], row["to_district_id"])
        for row in inventory.rows("FROM district_travel")
        if row["minutes"] <= 45
    }
    total = 0
    for row in inventory.rows("FROM initiative"):
        past = row["ended_on"] is not None and row["ended_on"] < inventory.today()
        if row["status"] != "active" or past or row["capacity"] is None:
            continue
        served = districts if row["district_ids"] is None else row["district_ids"]
        home = homes.get(row["location_id"])
        if (row["mode"] or "on_site") == "on_site":
            if home is not None:
                served = [district for district in served if (home, district) in near]
            elif row["district_ids"] is None:
                served = []
        named = set(row["theme_ids"] or [])
        themes = [theme for theme, parent in parents.items() if theme in named or parent in named]
        groups = row["target_group_ids"] or []
        if any((theme, group, district) in need for theme in themes for group in groups for district in served):
            total += row["capacity"]
    return total


def test_no_place_is_lost_or_counted_twice_in_the_example(example: Inventory) -> None:
    reaching = coverage.cells(example)["places_reaching"].sum()
    assert reaching == pytest.approx(capacity_that_reaches_need(example), abs=1e-9)
    assert reaching > 1000


@STEADY
@given(offers=OFFERS)
def test_no_place_is_lost_or_counted_twice(town: Inventory, offers: list[dict[str, Any]]) -> None:
    enter(town, *offers)
    reaching = coverage.cells(town)["places_reaching"].sum()
    assert reaching == pytest.approx(capacity_that_reaches_need(town), abs=1e-9)


@STEADY
@given(offers=OFFERS)
def test_twice_the_capacity_is_twice_the_coverage(town: Inventory, offers: list[dict[str, Any]]) -> None:
    enter(town, *offers)
    before = covered(town)
    enter(town, *(row | {"capacity": 2 * row["capacity"]} for row in offers))
    pd.testing.assert_series_equal(covered(town), 2 * before, rtol=1e-12, atol=1e-12)


@STEADY
@given(offers=OFFERS)
def test_one_more_offer_lowers_no_coverage(town: Inventory, offers: list[dict[str, Any]]) -> None:
    enter(town, *offers[1:])
    before = covered(town)
    enter(town, *offers)
    assert (covered(town) - before).min() >= -1e-12


@STEADY
@given(offers=OFFERS, more=st.lists(st.integers(0, 40), min_size=5, max_size=5))
def test_more_places_lower_no_coverage(town: Inventory, offers: list[dict[str, Any]], more: list[int]) -> None:
    enter(town, *offers)
    before = covered(town)
    enter(
        town,
        *(row | {"capacity": row["capacity"] + extra} for row, extra in zip(offers, more, strict=False)),
    )
    assert (covered(town) - before).min() >= -1e-12


@STEADY
@given(offers=OFFERS)
def test_a_new_offer_opens_no_gap(town: Inventory, offers: list[dict[str, Any]]) -> None:
    """Also where nobody knows its places: then nothing gets worse, but a white spot may become unknown."""
    if not town.value("SELECT count(*) FROM survey"):
        survey(town)
    enter(town, *offers[1:])
    before = coverage.cells(town)
    unknown_before = before["state"] == "unknown"
    for newest in (offers[0], offers[0] | {"capacity": None}):
        enter(town, newest, *offers[1:])
        after = coverage.cells(town)
        assert (after["gap_places"] - before["gap_places"]).max() <= 1e-9
        assert not ((after["state"] == "white") & (before["state"] != "white") & ~unknown_before).any()


@STEADY
@given(
    offers=OFFERS,
    far=st.sampled_from(DISTRICTS),
    minutes=st.lists(st.sampled_from([0, 15, 16, 30, 31, 45, 46]), min_size=3, max_size=3),
    longer=st.lists(st.integers(0, 30), min_size=3, max_size=3),
)
def test_a_longer_way_never_raises_the_coverage(
    town: Inventory, offers: list[dict[str, Any]], far: str, minutes: list[int], longer: list[int]
) -> None:
    def travel(ways: list[int]) -> None:
        rows = [{"district_travel_id": f"{d}|{far}", "minutes": way} for d, way in zip(DISTRICTS, ways, strict=True)]
        with town.change(TEST, Action.EDIT_RECORDS) as change:
            change.update("district_travel", rows)

    enter(town, *offers)
    travel(minutes)
    before = covered(town)
    travel([way + more for way, more in zip(minutes, longer, strict=True)])
    difference = (covered(town) - before).xs(far, level="district_id")
    assert difference.max() <= 1e-12


# ---------------------------------------------------------------- matrix: per 100 people, severity, folded


def test_gap_per_100_counts_a_person_once(town: Inventory) -> None:
    survey(town)
    enter(town, online("a", district_ids=["01"], capacity=4))
    row = coverage.matrix(town, "target_group", "district").set_index(["row_id", "column_id"]).loc[("adults", "01")]
    # German 20 − 4, counselling 10, essentials 2 places; 200 people, however many themes
    assert row[["gap_places", "persons", "gap_per_100"]].tolist() == pytest.approx([28, 200, 14])
    # severity of the themes 3, 3, 1: 16·3 + 10·3 + 2
    assert row["severity"] == pytest.approx(80)


def test_gap_per_100_over_groups_is_their_weighted_mean(town: Inventory) -> None:
    survey(town)
    enter(town)
    row = (
        coverage.matrix(town, "theme", "district", Selection(themes=("german_courses",)))
        .set_index("column_id")
        .loc["01"]
    )
    # adults 20 of 200, women 5 of 100; children need none
    assert row["gap_per_100"] == pytest.approx(100 * 25 / 300)
    assert pd.isna(row["persons"])


def test_gap_per_100_is_unknown_where_nobody_has_counted_the_people(town: Inventory) -> None:
    survey(town)
    enter(town)
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.remove("population", ["03|women"])
    row = coverage.matrix(town, "target_group", "district").set_index(["row_id", "column_id"]).loc[("women", "03")]
    assert row["state"] == "unknown"
    assert all(pd.isna(row[name]) for name in ("persons", "gap_places", "gap_per_100", "severity"))


def test_offers_per_target_group_and_district(town: Inventory) -> None:
    enter(town, offer("a", location_id="centre_02", capacity=None), online("b", target_group_ids=["women", "adults"]))
    counts = coverage.reaching_counts(town, "target_group", "district").set_index(["row_id", "column_id"])["offers"]
    assert counts.to_dict() == {
        **{("adults", "01"): 2, ("adults", "02"): 2, ("adults", "03"): 1},  # from 02 to 03 it is too far
        **{("women", "01"): 1, ("women", "02"): 1, ("women", "03"): 1},
    }
    assert coverage.reaching_counts(town, "target_group", "district", Selection(themes=("living",))).empty


# ---------------------------------------------------------------- what is missing


def test_an_inventory_without_anything(town: Inventory) -> None:
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        tables = ("population", "planning_value", "district_travel", "city_total", "theme", "target_group", "district")
        for table in tables:
            key = "target_group_id" if table == "city_total" else f"{table}_id"
            change.remove(table, [row[key] for row in change.rows(f"FROM inventory.{table}")])
    for rows, columns in (("theme", "district"), ("target_group", "district"), ("city", "city")):
        assert coverage.matrix(town, rows, columns).empty
    assert coverage.cells(town).empty
    assert handout.survey_share(town) is None
    assert not coverage.assessed(town)


def test_a_city_of_one_district(town: Inventory) -> None:
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        for table in ("population", "district_travel", "district"):
            keys = [row[f"{table}_id"] for row in change.rows(f"FROM inventory.{table}")]
            change.remove(table, [key for key in keys if {"02", "03"} & set(key.split("|"))])
    survey(town, districts=["01"])
    enter(town, offer("a", capacity=5))
    assert coverage.cells(town)["district_id"].unique().tolist() == ["01"]
    assert cell(town, "german_courses", "adults", "01")["coverage"] == pytest.approx(5 / 20)


def test_a_district_without_people_and_one_of_which_nobody_knows(town: Inventory) -> None:
    survey(town)
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("population", [{"population_id": "01|adults", "persons": 0}])
        change.remove("population", ["02|adults"])
    enter(town, online("a", capacity=4))
    # nobody is there: nothing is needed; of 02 nobody knows, but 340 of the city less 40 in 03 share the places
    assert row_of(town, "german_courses", "adults", "state") == ["not_applicable", "unknown", "thin"]
    assert row_of(town, "german_courses", "adults", "saturation")[2] == pytest.approx(4 / 34)
    row = coverage.matrix(town, "target_group", "district", Selection(("adults",))).set_index("column_id")
    assert pd.isna(row.loc["01", "gap_per_100"])
    assert row.loc["01", "state"] == "not_applicable"


# ---------------------------------------------------------------- the real city


def test_an_offer_in_rosslau_does_not_cover_waldersee_unless_it_is_online(dessau: Inventory) -> None:
    names = {row["name"]: row["district_id"] for row in dessau.rows("FROM district")}
    rosslau, waldersee = names["Roßlau"], names["Waldersee"]
    survey(dessau, ["german_courses"], [rosslau, waldersee])
    enter(dessau, offer("a", location_id=f"centre_{rosslau}", capacity=500))
    assert cell(dessau, "german_courses", "adults", rosslau)["state"] == "covered"
    assert cell(dessau, "german_courses", "adults", waldersee)["state"] == "white"  # the Elbe lies between
    enter(dessau, offer("a", mode="mobile", location_id=None, district_ids=[waldersee], capacity=500))
    assert cell(dessau, "german_courses", "adults", waldersee)["state"] == "covered"  # it comes to people
    enter(dessau, offer("a", location_id=f"centre_{rosslau}", district_ids=[waldersee], capacity=500))
    assert cell(dessau, "german_courses", "adults", waldersee)["state"] == "white"  # a list makes no way shorter
    enter(dessau, online("a", district_ids=[rosslau], capacity=500))
    assert cell(dessau, "german_courses", "adults", waldersee)["state"] == "white"
    enter(dessau, online("a", capacity=500))
    assert cell(dessau, "german_courses", "adults", waldersee)["state"] == "covered"
