"""METHODS M4: hidden people have a part in the sharing of places, and what rests on them lies between bounds.

One course for women in the middle of Mitte (district 01), two places. Women: 100 in Mitte, 50 in the neighbour, 4 far
away. The city hides numbers below 5: the 4, and Mitte with it. 5 of 100 women need a place; weights of the ways from
Mitte: 1, 0.68, 0.22. With nothing hidden the need in reach is 0.05 · (100 + 34 + 0.88) = 6.744, so that the course
covers 29.7 % of the need in Mitte, 20.2 % in the neighbour and 6.5 % far away.
"""

from collections.abc import Iterator

import pytest

from esdash.analysis.bounds import bounds
from esdash.analysis.coverage import coverage, gaps, handout
from esdash.analysis.selection import Selection, View
from esdash.charts.district_map import circles
from esdash.exports.tables import gap_book
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.wording import evidence, stand_in
from esdash.wording import handout as words
from esdash.wording.faces import face, of_districts
from esdash.wording.names import names_of
from tests.analysis.conftest import opened
from tests.analysis.entries import DISTRICTS, cell, enter, offer, survey
from tests.people import TEST

WOMEN = (100, 50, 4)
OPEN = (0.02 / 0.06744, 0.68 * 0.02 / 0.06744, 0.22 * 0.02 / 0.06744)  # coverage where nothing is hidden
COURSE = ("german_courses", "women")
NEAR = pytest.approx
GERMAN = Text("de")


@pytest.fixture(scope="module")
def mitte(town_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    for inventory in opened(town_file, tmp_path_factory.mktemp("mitte")):
        survey(inventory)
        enter(inventory, offer("course", target_group_ids=["women"], capacity=2))
        with inventory.change(TEST, Action.EDIT_RECORDS) as change:
            change.update("city", [{"city_id": "musterstadt", "small_number_threshold": 5}])
            change.update("district", [{"district_id": "01", "residents": 1000}])  # so that Mitte is hidden first
            rows = zip(DISTRICTS, WOMEN, strict=True)
            change.update(
                "population", [{"population_id": f"{d}|women", "persons": n, "quality": "official"} for d, n in rows]
            )
            change.update("city_total", [{"target_group_id": "women", "persons": sum(WOMEN)}])
        yield inventory


def test_mitte_is_hidden_beside_the_four(mitte: Inventory) -> None:
    people = [cell(mitte, *COURSE, district)["quality"] for district in DISTRICTS]
    assert people == ["suppressed", "official", "suppressed"]


def test_hidden_people_share_the_places_by_what_their_total_leaves_for_each(mitte: Inventory) -> None:
    """154 - 50 = 104 for two districts: 52 each. The need in reach is 0.05 · (52 + 34 + 0.22 · 52) = 4.872."""
    found = [cell(mitte, *COURSE, district) for district in DISTRICTS]
    assert [one["places_needed"] for one in found] == NEAR([2.6, 2.5, 2.6])
    assert [one["saturation"] for one in found] == NEAR([2 / 4.872, 0.68 * 2 / 4.872, 0.22 * 2 / 4.872])
    assert sum(one["places_reaching"] for one in found) == NEAR(2)  # no place counts twice, none is lost
    assert [one["with_stand_in"] for one in found] == [True] * 3
    other = cell(mitte, "german_courses", "adults", "01")
    assert (other["with_stand_in"], other["state"]) == (False, "white")


def test_the_bounds_contain_what_is_true(mitte: Inventory) -> None:
    """1 to 103 people in either: 2 / (0.05 · (103 + 34 + 22.66)) = 25.1 % to 2 / (0.05 · (1 + 34 + 0.22)) in Mitte."""
    found = bounds.cells(mitte, Selection(groups=("women",), themes=("german_courses",)))
    low, high = 2 / 7.983, 2 / 1.761
    assert found["coverage_low"].tolist() == NEAR([low, 0.68 * low, 0.22 * low])
    assert found["coverage_high"].tolist() == NEAR([high, 0.68 * high, 0.22 * high])
    for truth, below, above in zip(OPEN, found["coverage_low"], found["coverage_high"], strict=True):
        assert below < truth < above
    assert found["state"].tolist() == ["open", "open", "thin"]  # 25.1 to 113.6 %, 17.0 to 77.2 %, 5.5 to 25.0 %


def test_the_figure_with_a_stand_in_is_the_one_with_assumptions(mitte: Inventory) -> None:
    for axes in (("theme", "district"), ("target_group", "city"), ("city", "city")):
        table = bounds.table(mitte, *axes).merge(coverage.matrix(mitte, *axes), on=["row_id", "column_id"])
        table = table[table["cells_assessed"] > 0]
        assert table["share_central"].tolist() == NEAR(table["coverage"].tolist())
        assert table["missing_central"].tolist() == NEAR(table["gap_places"].tolist())
        assert table["with_stand_in"].tolist() == (table["missing_low"] < table["missing_high"]).tolist()


def test_no_white_spot_where_the_course_is(mitte: Inventory) -> None:
    women = coverage.matrix(mitte, "theme", "district", Selection(groups=("women",))).set_index(["row_id", "column_id"])
    assert women.loc[("german_courses", "01"), "state"] == "thin"
    assert not set(gaps.white(mitte)["district_id"]) & {"01"} or "german_courses" not in set(
        gaps.white(mitte)["theme_id"]
    )
    ranked = gaps.ranked(mitte, Selection(groups=("women",), themes=("german_courses",))).set_index("district_id")
    assert ranked["with_stand_in"].all()
    assert ranked.loc["01", "gap_places"] == NEAR(2.6 - 2.6 * 2 / 4.872)


def test_places_of_the_course_lie_between_two_ends(mitte: Inventory) -> None:
    """1 woman in Mitte and 103 far away: 2 · 1 / (1 + 34 + 22.66). 103 and 1: 2 · 103 / (103 + 34 + 0.22)."""
    here = coverage.offers(mitte, Selection(groups=("women",), themes=("german_courses",), districts=("01",))).iloc[0]
    assert (here["places_least"], here["places_most"]) == NEAR((2 / 57.66, 206 / 137.22))
    whole = coverage.offers(mitte).iloc[0]
    assert (whole["places_least"], whole["places"], whole["places_most"]) == NEAR((2, 2, 2))
    behind = handout.evidence(mitte, Selection(groups=("women",), themes=("german_courses",))).set_index("district_id")
    listed = behind.loc["01", "offers"][0]
    assert (listed["places_least"], listed["places_most"]) == NEAR((2 / 57.66, 206 / 137.22))


# ---------------------------------------------------------------- in words


def test_the_evidence_says_two_ends_and_no_figure(mitte: Inventory) -> None:
    """Needed: 0.05 · 1 to 0.05 · 103 = 5.15. Met: at most all of it, at least 0.05 · 25.05 %."""
    course = Selection(groups=("women",), themes=("german_courses",))
    need = evidence.need(mitte, GERMAN, course).set_index("district_id")
    here, beside = need.loc["01"].to_dict(), need.loc["02"].to_dict()
    assert here["persons_word"] == "unter Schwelle"
    assert stand_in.word(here, "places_needed", GERMAN) == "zwischen 0,1 und 5,2"
    assert stand_in.word(here, "coverage", GERMAN) == here["state_word"] == "mindestens 25\N{NO-BREAK SPACE}%"
    assert (
        stand_in.word(beside, "coverage", GERMAN)
        == beside["state_word"]
        == "zwischen 17\N{NO-BREAK SPACE}% und 77\N{NO-BREAK SPACE}%"
    )
    assert stand_in.figure(beside, "places_needed", GERMAN) == 2.5  # known, and one figure
    said = evidence.calculation(beside, GERMAN)
    assert said.endswith("je 100 werden 5 Plätze gebraucht: 2,5. Davon gedeckt: zwischen 0,4 und 1,9.")
    assert "zwischen 0,1 und 5,2" in evidence.calculation(here, GERMAN)
    offers = coverage.offers(mitte, Selection(("women",), ("german_courses",), ("01",)))
    assert evidence.offer_here(offers.iloc[0].to_dict(), GERMAN).startswith("Plätze hier: zwischen 0,0 und 1,5")
    sums = evidence.sums(mitte, GERMAN, Selection(("women",), ("german_courses",), ("02",)))
    assert (sums["needed"], sums["met"], sums["gap"]) == ("2,5", "zwischen 0,4 und 1,9", "zwischen 0,6 und 2,1")


def test_the_workbook_says_the_same(mitte: Inventory) -> None:
    view = View("theme", "district", selection=Selection(groups=("women",), themes=("german_courses",)))
    sheet = gap_book.evidence_sheet(words.of(mitte, names_of(mitte, GERMAN), view), GERMAN)
    rows = sheet.frame.set_index("district")
    assert rows["places_met"].tolist().count("zwischen 0,4 und 1,9") == 1
    assert not any(isinstance(value, float) for value in rows["coverage"])


def test_the_matrix_and_its_hover_say_two_ends(mitte: Inventory) -> None:
    """With the adults of Mitte, who have no course, the field needs 20 + 0.05 to 5.15; the neighbour 10 + 2.5."""
    shown = face(mitte, GERMAN, View("district", "theme", selection=Selection(groups=("women",)))).cells
    here, beside = shown["01", "german_courses"], shown["02", "german_courses"]
    assert (here.value, here.word.replace("\N{NO-BREAK SPACE}", " "), here.step) == (None, "≥ 25 %", "open")
    assert beside.value is None and beside.word.startswith("17–77")
    assert any("zwischen 0,4 und 1,9" in line for line in beside.hover)
    assert not any("0,7" in line for line in beside.hover)  # 0.68 · 2.5 · 2 / 4.872, the figure with the stand-in
    missing = face(mitte, GERMAN, View("district", "theme", "gap", Selection(groups=("women",)))).cells
    assert missing["02", "german_courses"].word == "0,6–2,1"


def test_a_figure_between_two_ends_has_a_circle_of_the_lower_one(mitte: Inventory) -> None:
    women = Selection(groups=("women",), themes=("german_courses",))
    shown = face(mitte, GERMAN, of_districts(View("district", "theme", "gap", women)))
    beside = shown.cells["02", "city"]
    assert beside.value is None and beside.word == "0,6–2,1" and round(beside.least or 0, 1) == 0.6
    sizes = {circle.district_id: circle.size for circle in circles(shown)}
    assert sizes["02"] == NEAR(
        (beside.least or 0) / max(cell.least or cell.value or 0 for cell in shown.cells.values())
    )
