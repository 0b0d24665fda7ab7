"""METHODS M11: bounds of coverage although something is unknown. Figures by hand from tests/tiny_city.

German courses for adults need 20, 10 and 4 places in the districts 01, 02, 03, for women 5, 2.5 and 1 (of 100, 50, 20).
From 01 people travel with the weights 1, 0.68, 0.22; from 02: 0.68, 1, 0; from 03: 0.22, 0, 1. An offer of unknown size
holds 6 to 30 places, 15 are assumed.
"""

import itertools
from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pytest

from esdash.analysis.bounds import bounds
from esdash.analysis.coverage import coverage
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.file.conditions import Conditions
from esdash.inventory.steering import ranges
from tests.analysis import completions
from tests.analysis.completions import Offer
from tests.analysis.entries import DISTRICTS, GROUPS, LEAVES, Row, enter, offer, online, survey
from tests.people import TEST
from tests.trials import amount

USUAL = dict.fromkeys(("education", "living"), (6.0, 15.0, 30.0))
ENDS = ("low", "central", "high")
EXACT = 1e-12


def close(*numbers: float) -> Any:
    return pytest.approx(list(numbers), abs=EXACT)


def populate(inventory: Inventory, women_03: float | None = 20, threshold: int = 3, **women: float) -> None:
    """All numbers of people are known, but as given."""
    changed = {"03|women": women_03} | {f"{d[1:]}|women": n for d, n in women.items()}
    rows = [
        {"population_id": key, "persons": n, "quality": "suppressed" if n is None else "official"}
        for key, n in changed.items()
    ]
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("population", rows)
        change.update("city", [{"city_id": "musterstadt", "small_number_threshold": threshold}])


@pytest.fixture
def known(town: Inventory) -> Inventory:
    """Musterstadt, all people known, surveyed."""
    populate(town)
    survey(town)
    return town


def row_of(inventory: Inventory, theme: str, group: str, end: str) -> list[float]:
    """Coverage of a theme × group in the districts 01, 02, 03."""
    found = bounds.cells(inventory, Selection((group,), (theme,)))
    return found[f"coverage_{end}"].tolist()


def arrays(inventory: Inventory) -> dict[str, np.ndarray]:
    """Each figure of the cells as theme × group × district."""
    found = bounds.cells(inventory).set_index(["theme_id", "target_group_id", "district_id"])
    index = pd.MultiIndex.from_product([LEAVES, GROUPS, DISTRICTS])
    return {
        name: found.loc[index, name].to_numpy(dtype=float).reshape(4, 3, 3)
        for name in found.columns
        if name.rsplit("_", 1)[-1] in ENDS
    }


# ---------------------------------------------------------------- by hand


def test_where_nothing_is_unknown_there_is_one_figure(known: Inventory) -> None:
    enter(known, offer("a", capacity=10), online("b", theme_ids=["living"], target_group_ids=["women"], capacity=3))
    for end in ENDS:
        assert row_of(known, "german_courses", "adults", end) == close(10 / 27.68, 6.8 / 27.68, 2.2 / 27.68)
    found, usual = bounds.cells(known), coverage.cells(known)
    for end in ENDS:
        assert found[f"coverage_{end}"].fillna(-1).tolist() == close(*usual["saturation"].fillna(-1))
    assert set(found["state"]) <= {"white", "thin", "partial", "covered", "not_applicable"}
    assert bounds.reasons(known) == []


def test_an_unknown_size_is_a_range(known: Inventory) -> None:
    enter(known, online("a", capacity=None))  # 34 needed in the city
    found = [row_of(known, "german_courses", "adults", end)[0] for end in ENDS]
    assert found == close(6 / 34, 15 / 34, 30 / 34)
    (cell,) = bounds.cells(known, Selection(("adults",), ("german_courses",), ("01",))).to_dict("records")
    assert [cell[f"met_{end}"] for end in ENDS] == close(20 * 6 / 34, 20 * 15 / 34, 20 * 30 / 34)
    assert [cell[f"missing_{end}"] for end in ENDS] == close(20 * 4 / 34, 20 * 19 / 34, 20 * 28 / 34)
    assert (cell["state"], cell["settled"]) == ("open", False)  # thin or partial
    assert bounds.reasons(known) == [bounds.Reason("capacity", 1, ("a",))]


def test_unknown_groups_may_be_any_of_those_that_need_the_theme(known: Inventory) -> None:
    enter(known, online("a", target_group_ids=None, capacity=17))  # adults need 34, women 8.5
    assert row_of(known, "german_courses", "adults", "low") == close(0, 0, 0)
    assert row_of(known, "german_courses", "adults", "central") == close(*[17 / 42.5] * 3)  # all of them
    assert row_of(known, "german_courses", "adults", "high") == close(*[17 / 34] * 3)
    assert row_of(known, "german_courses", "women", "high") == close(*[17 / 8.5] * 3)
    assert pd.isna(row_of(known, "german_courses", "children", "high")).all()  # they do not need it


def test_the_only_possible_group_is_certain(known: Inventory) -> None:
    enter(known, online("a", theme_ids=["homework"], target_group_ids=None, capacity=17))  # only children need it: 34
    for end in ENDS:
        assert row_of(known, "homework", "children", end) == close(0.5, 0.5, 0.5)
    assert bounds.reasons(known) == []  # nothing hangs on the question


def test_an_unknown_place_may_be_any_district(known: Inventory) -> None:
    enter(known, offer("a", location_id=None, capacity=10))
    reach = {"01": 27.68, "02": 23.6, "03": 8.4}  # 20·w + 10·w + 4·w from there
    low = min(1 / reach["01"], 0.68 / reach["02"], 0.22 / reach["03"])
    high = max(1 / reach["01"], 0.68 / reach["02"], 0.22 / reach["03"])
    assert row_of(known, "german_courses", "adults", "low")[0] == pytest.approx(10 * low, abs=EXACT)
    assert row_of(known, "german_courses", "adults", "high")[0] == pytest.approx(10 * high, abs=EXACT)
    assert row_of(known, "german_courses", "adults", "low")[1] == 0  # from 03 nobody gets to 02
    mean = (20 * 1 / 27.68 + 10 * 0.68 / 23.6 + 4 * 0.22 / 8.4) / 34  # the districts by the need in them
    assert row_of(known, "german_courses", "adults", "central")[0] == pytest.approx(10 * mean, abs=EXACT)


def test_the_seat_of_the_organisation_is_assumed(known: Inventory) -> None:
    enter(known, offer("a", location_id=None, capacity=10))
    with known.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("organization", [{"organization_id": "o1", "district_id": "02"}])
    assert row_of(known, "german_courses", "adults", "central") == close(6.8 / 23.6, 10 / 23.6, 0)
    with known.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("organization", [{"organization_id": "o1", "district_id": None}])


def test_a_list_of_districts_has_two_readings(known: Inventory) -> None:
    enter(known, offer("a", location_id=None, district_ids=["01", "02"], capacity=10))
    # at 01: 20 + 6.8, at 02: 13.6 + 10, or it comes to both: 30
    assert row_of(known, "german_courses", "adults", "low") == close(6.8 / 23.6, 6.8 / 26.8, 0)
    assert row_of(known, "german_courses", "adults", "high") == close(10 / 26.8, 10 / 23.6, 0)
    assert row_of(known, "german_courses", "adults", "central") == close(10 / 30, 10 / 30, 0)  # as M2 reads the list


def test_an_unknown_mode_may_come_to_people(known: Inventory) -> None:
    enter(known, offer("a", mode=None, capacity=10))
    assert row_of(known, "german_courses", "adults", "central") == close(10 / 27.68, 6.8 / 27.68, 2.2 / 27.68)
    assert row_of(known, "german_courses", "adults", "low") == close(10 / 34, 6.8 / 27.68, 2.2 / 27.68)
    assert row_of(known, "german_courses", "adults", "high") == close(10 / 27.68, 10 / 34, 10 / 34)


def test_a_condition_that_is_unknown_leaves_nothing_certain(known: Inventory) -> None:
    enter(known, online("a", capacity=17))
    evening = known.under(Conditions(times=("evening",)))
    assert [row_of(evening, "german_courses", "adults", end)[0] for end in ENDS] == close(0, 0.5, 0.5)
    assert [reason.fact for reason in bounds.reasons(evening)] == ["times"]


def test_a_missing_planning_value_may_be_nothing(known: Inventory) -> None:
    with known.change(TEST, Action.EDIT_RECORDS) as change:
        change.remove("planning_value", ["german_courses|women"])
    enter(known, online("a", target_group_ids=["adults", "women"], capacity=17))
    (cell,) = bounds.cells(known, Selection(("women",), ("german_courses",), ("01",))).to_dict("records")
    assert [cell[f"needed_{end}"] for end in ENDS] == close(0, 0, 10)  # at most 10 of 100, as adults
    assert cell["state"] == "open" and cell["planning_unknown"]
    assert [row_of(known, "german_courses", "adults", end)[0] for end in ENDS] == close(17 / 51, 0.5, 0.5)
    assert bounds.reasons(known) == [bounds.Reason("planning", 1, ())]


def test_an_offer_of_unknown_theme_counts_nowhere_and_is_said(known: Inventory) -> None:
    enter(known, online("a", theme_ids=None))
    assert bounds.cells(known)["coverage_high"].max() == 0
    assert bounds.reasons(known, Selection(("adults",))) == [bounds.Reason("theme", 1, ("a",))]


def test_where_nobody_looked_nothing_is_white(town: Inventory) -> None:
    populate(town)
    survey(town, ["german_courses"])
    enter(town, online("a", theme_ids=["counselling"], target_group_ids=["women"], capacity=None))
    states = bounds.cells(town).set_index(["theme_id", "target_group_id", "district_id"])["state"]
    assert states["german_courses", "adults", "01"] == "white"
    assert states["essentials", "adults", "01"] == "none_known"
    assert states["counselling", "women", "01"] == "not_surveyed"
    assert states["homework", "adults", "01"] == "not_applicable"
    found = bounds.table(town, "theme", "city").set_index("row_id")
    assert found["state"].to_dict() == {
        "german_courses": "white",
        "essentials": "none_known",
        "counselling": "not_surveyed",
        "homework": "none_known",
    }
    assert pd.isna(found.loc["essentials", "share_high"])  # nobody looked, so nothing counts
    assert bounds.table(town, "theme", "city", everywhere=True).set_index("row_id").loc["essentials", "share_high"] == 0


def test_no_offer_meets_more_than_its_places(known: Inventory) -> None:
    """Without a place: each district alone may get all, the city not more than the offer has."""
    enter(known, offer("a", location_id=None, capacity=10))
    assert bounds.cells(known)["met_high"].sum() > 13
    city = bounds.city(known, Selection(("adults",), ("german_courses",)))
    assert (city["met_high"], city["missing_low"]) == (pytest.approx(10, abs=EXACT), pytest.approx(24, abs=EXACT))
    assert city["share_high"] == pytest.approx(10 / 34, abs=EXACT)
    two = bounds.city(known, Selection(("adults",), ("german_courses",), ("02", "03")))
    assert two["met_high"] == pytest.approx(10 * 4 / 8.4, abs=EXACT)  # from 03; from 02 only 4.2


# ---------------------------------------------------------------- hidden people


def test_hidden_people_share_the_rest(town: Inventory) -> None:
    """Women: 170 in the city, 100 in 01, 2 in 03: 02 is hidden with it, and both share 70."""
    survey(town)
    populate(town, women_03=2, d02=68)
    enter(town, online("a", target_group_ids=["women"], capacity=4))
    found = bounds.cells(town, Selection(("women",), ("german_courses",)))
    assert found["persons_unknown"].tolist() == [False, True, True]
    assert [found[f"needed_{end}"].tolist() for end in ENDS] == [
        close(5, 0.05, 0.05),
        close(5, 1.75, 1.75),
        close(5, 3.45, 3.45),  # 70 - 1
    ]
    assert found["coverage_low"].tolist() == close(*[4 / 11.9] * 3)  # 5 + 3.45 + 3.45
    assert found["coverage_high"].tolist() == close(*[4 / 5.1] * 3)
    assert bounds.reasons(town) == [bounds.Reason("persons", 2, ())]


def test_a_hidden_group_makes_no_false_white_spot(town: Inventory) -> None:
    """One course, the women of its own district hidden: it is reached, and the others do not get all places."""
    survey(town)
    populate(town, women_03=2, d02=4, d01=50)
    enter(town, offer("a", target_group_ids=["women"], location_id="centre_03", capacity=1))
    found = bounds.cells(town, Selection(("women",), ("german_courses",))).set_index("district_id")
    assert found.loc["03", "coverage_low"] > 0 and found.loc["03", "state"] != "white"


@pytest.mark.parametrize("seed", range(amount(3, 12)))
def test_hidden_numbers_change_no_bound(town: Inventory, seed: int) -> None:
    """Only published numbers are used: other numbers behind the same publication give the same figures."""
    draw = Random(seed)
    survey(town)
    enter(
        town,
        offer("a", target_group_ids=None, capacity=7),
        online("b", theme_ids=["living"], target_group_ids=["women", "adults"], capacity=None),
    )

    def everything() -> list[pd.DataFrame]:
        tables = [bounds.table(town, *axes) for axes in (("theme", "district"), ("city", "city"), ("district", "city"))]
        return [bounds.cells(town), *tables]

    populate(town, women_03=1, d02=40 + draw.randint(1, 60), d01=60)
    before = everything()
    populate(town, women_03=2, d02=40 + draw.randint(1, 60), d01=60)
    for one, other in zip(before, everything(), strict=True):
        pd.testing.assert_frame_equal(one, other)
    populate(town, women_03=2, d02=40, d01=61)  # a number that is shown does change them
    assert not everything()[0].equals(before[0])


# ---------------------------------------------------------------- every completion lies between the bounds


def tried(number: int) -> list[Row]:
    """Two offers of which much is unknown."""
    return [
        [
            offer("a", target_group_ids=None, capacity=None, location_id=None, mode=None),
            offer("b", theme_ids=["german_courses", "counselling"], target_group_ids=["adults"], location_id=None),
        ],
        [
            offer("a", theme_ids=["living"], target_group_ids=None, capacity=None),
            offer("b", location_id=None, district_ids=["02", "03"], capacity=None),
        ],
        [
            online("a", theme_ids=["education"], target_group_ids=None, capacity=9),
            offer("b", theme_ids=["essentials"], target_group_ids=None, location_id=None, capacity=4),
        ],
    ][number]


@pytest.mark.parametrize("number", range(3))
def test_bounds_are_attained_and_never_passed(known: Inventory, number: int) -> None:
    """All places, groups and ends of sizes are tried; the least and the most coverage are the bounds, exactly."""
    rows = tried(number)
    enter(known, *rows)
    made = [list(completions.all_of(row, USUAL)) for row in leaf_rows(rows)]
    apart = [np.array([completions.coverage(completions.PEOPLE, [one]) for one in each]) for each in made]
    found = arrays(known)
    need = found["needed_low"] > 0
    for end, over in (("low", np.min), ("high", np.max)):
        expected = sum(over(each, axis=0) for each in apart)
        assert np.abs((found[f"coverage_{end}"] - expected)[need]).max() < EXACT
    _none_outside(known, [completions.PEOPLE] * len(made[0]) * len(made[1]), list(itertools.product(*made)))


def _none_outside(inventory: Inventory, people: Sequence[np.ndarray], completed: Sequence[Sequence[Offer]]) -> None:
    """Met and missing need and the share of each of these completions lie between the bounds of every matrix."""
    reached = [completions.met(p, c) for p, c in zip(people, completed, strict=True)]
    met, missing = (np.array([each[place] for each in reached]) for place in (0, 1))
    theme, group, district = ((np.array(n), axis) for n, axis in ((LEAVES, 1), (GROUPS, 2), (DISTRICTS, 3)))
    for kinds in (("city", "city"), ("theme", "city"), ("district", "city"), ("theme", "district")):
        frame = bounds.table(inventory, *kinds).set_index(["row_id", "column_id"])
        for (row, column), line in frame.iterrows():
            of = [slice(None)] * 3
            for kind, key in zip(kinds, (row, column), strict=True):
                if kind != "city":
                    names, axis = {"theme": theme, "target_group": group, "district": district}[kind]
                    of[axis - 1] = slice(list(names).index(key), list(names).index(key) + 1)
            m, g = (figure[:, *of].sum(axis=(1, 2, 3)) for figure in (met, missing))
            if not (m + g).any():
                assert line["state"] == "not_applicable"
                continue
            assert line["met_low"] - EXACT <= m.min() and m.max() <= line["met_high"] + EXACT, (kinds, row, column)
            assert line["missing_low"] - EXACT <= g.min() and g.max() <= line["missing_high"] + EXACT
            share = m / (m + g)
            assert line["share_low"] - EXACT <= share.min() and share.max() <= line["share_high"] + EXACT
            for name in ("met", "missing", "share", "needed"):
                assert line[f"{name}_low"] - EXACT <= line[f"{name}_central"] <= line[f"{name}_high"] + EXACT, name
    found = arrays(inventory)
    for name, figure in (("met", met), ("missing", missing)):
        assert (found[f"{name}_low"] - EXACT <= figure).all() and (figure <= found[f"{name}_high"] + EXACT).all()


def some_offers(draw: Random) -> list[Row]:
    """Six offers, each with something unknown."""
    themes = [[theme] for theme in LEAVES] + [["education"], ["german_courses", "counselling"]]
    rows = []
    for name in "abcdef":
        served = draw.choice([None, None, ["01", "02"], ["03"]])
        fields: dict[str, Any] = {
            "theme_ids": draw.choice(themes),
            "target_group_ids": draw.choice([None, ["adults"], ["women", "adults"], ["children"]]),
            "capacity": draw.choice([None, 4, 12]),
            "mode": draw.choice([None, "on_site", "on_site", "mobile"]),
            "location_id": draw.choice([None, "centre_01", "centre_02"]),
            "district_ids": served,
        }
        if fields["mode"] == "mobile" or (served and fields["location_id"]):
            fields["location_id"] = None
        rows.append(offer(name, **fields))
    return rows


def leaf_rows(rows: Sequence[Row]) -> list[Row]:
    """The same with the themes of a field of action in its place."""
    whole = {"education": ["german_courses", "homework"], "living": ["counselling", "essentials"]}
    return [{**row, "theme_ids": [t for n in row["theme_ids"] for t in whole.get(n, [n])]} for row in rows]


@pytest.mark.parametrize("seed", range(amount(6, 40)))
def test_no_drawn_completion_lies_outside(known: Inventory, seed: int) -> None:
    """Also with hidden people: women of 02 and 03 share what is left of the published 170."""
    draw = Random(seed)
    populate(known, women_03=2, d02=48, d01=120)
    rows = some_offers(draw)
    enter(known, *rows)
    people, completed = [], []
    for _ in range(60):
        one = completions.PEOPLE.copy()
        hidden = draw.choice([1, 49, draw.randint(1, 49)])  # 50 = 170 - 120 for two districts
        one[2] = [120, hidden, 50 - hidden]
        people.append(one)
        completed.append([completions.drawn(row, USUAL, draw) for row in leaf_rows(rows)])
    _none_outside(known, people, completed)


@pytest.mark.parametrize("seed", range(amount(3, 20)))
def test_an_answer_inside_its_range_widens_nothing(known: Inventory, seed: int) -> None:
    draw = Random(100 + seed)
    rows = some_offers(draw)
    truth = {row["initiative_id"]: completions.drawn(row, USUAL, draw) for row in leaf_rows(rows)}
    enter(known, *rows)
    before = _ends(known)
    for key, one in truth.items():
        for field in draw.sample(["capacity", "target_group_ids", "mode"], 3):
            place = next(n for n, row in enumerate(rows) if row["initiative_id"] == key)
            row = rows[place]
            asked = row["location_id"] is None and row["mode"] != "mobile" if field == "mode" else row[field] is None
            if not asked or (field == "mode" and row["district_ids"]):  # a place within the list cannot be written
                continue
            rows[place] = completions.answered(row, one, field)
            enter(known, *rows)
            after = _ends(known)
            for (low, high), (lower, higher) in zip(before, after, strict=True):
                assert (lower >= low - EXACT).all() and (higher <= high + EXACT).all(), (key, field)
            before = after


def _ends(inventory: Inventory) -> list[tuple[np.ndarray, np.ndarray]]:
    """Lower and upper bounds of the cells and of some matrices."""
    found = []
    cells = bounds.cells(inventory).fillna(0)
    for name in ("coverage", "met", "missing"):
        found.append((cells[f"{name}_low"].to_numpy(float), cells[f"{name}_high"].to_numpy(float)))
    for axes in (("city", "city"), ("theme", "district"), ("target_group", "city")):
        frame = bounds.table(inventory, *axes)
        for name in ("met", "missing", "share"):
            ends = (frame[f"{name}_{end}"].fillna(0).to_numpy(float) for end in ("low", "high"))
            found.append(tuple(ends))
    return found


def test_the_example_with_everything_filled_in_has_one_figure(lived: Inventory) -> None:
    """Threshold 0, every unknown filled: the three figures are equal, and those of METHODS M2."""
    usual = {"capacity": 12, "target_group_ids": ["adults", "women"], "mode": "on_site"}
    offers = lived.rows("SELECT * FROM bound_offer")
    place = lived.value("SELECT min(location_id) FROM location WHERE district_id = '01'")
    with lived.change(TEST, Action.EDIT_RECORDS) as change:
        for row in offers:
            fields = [name for name in ("capacity", "mode") if row[f"{name}_unknown"]]
            fields += ["target_group_ids"] if row["target_group_unknown"] else []
            filled: Row = {name: usual[name] for name in fields}
            if row["place_unknown"]:
                filled |= {"location_id": place, "district_ids": None}
            if filled:
                change.update("initiative", [{"initiative_id": row["initiative_id"], **filled}])
        change.update("city", [{"city_id": lived.value("SELECT city_id FROM city"), "small_number_threshold": 0}])
    assert bounds.reasons(lived) == []
    found, expected = bounds.cells(lived), coverage.cells(lived)
    assert (found["coverage_low"].notna() == (expected["places_needed"] > 0)).all()
    for end in ENDS:
        assert np.abs(found[f"coverage_{end}"] - expected["saturation"]).max() < EXACT
        assert np.abs(found[f"needed_{end}"] - expected["places_needed"]).max() < EXACT
    assert not set(found["state"]) & {"open"}
    for axes in (("theme", "district"), ("field", "district"), ("target_group", "city"), ("city", "city")):
        table = bounds.table(lived, *axes).merge(coverage.matrix(lived, *axes), on=["row_id", "column_id"])
        for end in ENDS:
            assert np.abs(table[f"needed_{end}"] - table["places_needed"]).max() < 1e-9
            assert np.abs(table[f"missing_{end}"] - table["gap_places"]).max() < 1e-9
        assert np.abs(table["share_high"] - table["share_low"]).max() < EXACT
        assert np.abs(table["share_central"] - table["coverage"]).max() < 1e-9
        looked = table[table["cells_assessed"] > 0]
        assert looked["state_x"].tolist() == looked["state_y"].tolist()


# ---------------------------------------------------------------- agreed ranges


def test_an_agreed_range_holds_from_then_on(known: Inventory) -> None:
    enter(known, online("a", capacity=None), online("b", theme_ids=["essentials"], capacity=None))
    ranges.agree(known, [ranges.Range("education", 8, 12, 20)], TEST, "Auszählung der Kurse")
    found = [row_of(known, "german_courses", "adults", end)[0] for end in ENDS]
    assert found == close(8 / 34, 12 / 34, 20 / 34)
    assert row_of(known, "essentials", "adults", "high")[0] == pytest.approx(30 / 3.4, abs=EXACT)  # the usual range
    agreed = bounds.ranges(known).set_index("field_id")
    assert agreed.loc["education", "reason"] == "Auszählung der Kurse"
    assert str(agreed.loc["education", "agreed_on"])[:10] == "2026-11-22"
    assert pd.isna(agreed.loc["living", "agreed_on"])


def test_an_offer_of_two_fields_lies_in_both_ranges(known: Inventory) -> None:
    ranges.agree(known, [ranges.Range("education", 8, 12, 20), ranges.Range("living", 2, 20, 40)], TEST, "Probe")
    enter(known, online("a", theme_ids=["german_courses", "counselling"], capacity=None))  # 34 + 17 needed
    found = [row_of(known, "german_courses", "adults", end)[0] for end in ENDS]
    assert found == close(2 / 51, 16 / 51, 40 / 51)
