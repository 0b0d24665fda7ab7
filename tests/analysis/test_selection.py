"""What a question is about: a selection of the city's cells, and a matrix of them."""

import pytest

from esdash.analysis.coverage import coverage
from esdash.analysis.selection import EVERYTHING, Selection, View
from esdash.inventory import Inventory
from tests.analysis.entries import enter, online, survey

SOME = Selection(("women",), ("german_courses",), ("01",))


def test_what_is_not_named_is_everything() -> None:
    assert not EVERYTHING and Selection() == EVERYTHING
    assert EVERYTHING.bound() == {"groups": None, "themes": None, "districts": None}
    assert Selection(districts=("01", "02")).bound() == {"groups": None, "themes": None, "districts": ["01", "02"]}
    assert (
        SOME and SOME.everywhere == Selection(("women",), ("german_courses",)) and SOME.only_groups.groups == ("women",)
    )


def test_a_single_theme_and_district() -> None:
    assert (SOME.theme, SOME.district) == ("german_courses", "01")
    assert (EVERYTHING.theme, Selection(districts=("01", "02")).district) == (None, None)


def test_equal_views_are_one_key_of_a_cache() -> None:
    assert len({View(selection=SOME), View(selection=Selection(("women",), ("german_courses",), ("01",)))}) == 1


@pytest.mark.parametrize(
    ("rows", "columns", "beyond"),
    [
        ("district", "field", Selection(("women",))),
        ("district", "theme", Selection(("women",))),
        ("target_group", "field", Selection((), (), ("01",))),
        ("district", "target_group", Selection((), ("german_courses",))),
    ],
)
def test_a_matrix_is_narrowed_by_what_it_does_not_show(rows: str, columns: str, beyond: Selection) -> None:
    assert View(rows, columns, selection=SOME).beyond == beyond


def test_a_question_keeps_to_its_selection(town: Inventory) -> None:
    """The same three lists narrow cells, need and offers alike."""
    survey(town)
    enter(town, online("a", district_ids=["01"], capacity=10, target_group_ids=["women"]))
    for found in (coverage.cells(town, SOME), coverage.need(town, SOME)):
        assert found[["theme_id", "target_group_id", "district_id"]].to_numpy().tolist() == [
            ["german_courses", "women", "01"]
        ]
    assert coverage.offers(town, SOME)["initiative_id"].tolist() == ["a"]
    assert coverage.offers(town, Selection(("adults",), ("german_courses",), ("01",))).empty
