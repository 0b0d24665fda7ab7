"""Items of the priority list whose place hangs on something unknown (METHODS M8, M11). Figures from tests/tiny_city."""

import pytest

from esdash.analysis.priorities import priorities
from esdash.inventory import Inventory
from esdash.texts import LANGUAGES, Text
from esdash.wording import priorities as words
from tests.analysis.entries import Row, enter, offer, online, survey
from tests.analysis.test_bounds import populate

ITEM = "gap|german_courses|01"


def mobile(capacity: float | None) -> Row:
    """It comes to people in 01, where adults need 20 places."""
    return offer("a", mode="mobile", location_id=None, district_ids=["01"], capacity=capacity)


@pytest.fixture
def known(town: Inventory) -> Inventory:
    populate(town)
    survey(town)
    return town


def places(inventory: Inventory) -> dict[str, int]:
    found = priorities.ranked(inventory)
    return {row.item_id: int(row.rank) for row in found.itertuples() if not row.closed}


def test_an_item_hangs_on_an_offer_of_unknown_size(known: Inventory) -> None:
    """Of 25 places that adults and women need in 01, the offer of 6 to 30 places meets 6 to 20."""
    enter(known, mobile(None), online("b", theme_ids=["german_courses"], target_group_ids=["women"], capacity=1))
    found = priorities.between(known).set_index("item_id")
    row = found.loc[ITEM]
    assert [row.places_low, row.places_high] == pytest.approx([25 - 20 - 5 / 8.5, 25 - 6 - 5 / 8.5])
    assert row["first"] < row["last"] and not row.may_leave
    order = places(known)
    for size in (6, 15, 30):  # whatever the answer is, the item stands between the two
        enter(known, mobile(size), online("b", theme_ids=["german_courses"], target_group_ids=["women"], capacity=1))
        assert row["first"] <= places(known)[ITEM] <= row["last"]
        assert ITEM not in set(priorities.between(known)["item_id"])
    enter(known, mobile(None), online("b", theme_ids=["german_courses"], target_group_ids=["women"], capacity=1))
    assert places(known) == order


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_so_in_one_sentence(known: Inventory, language: str) -> None:
    enter(known, mobile(None), offer("c", location_id="centre_02", capacity=40), online("d", capacity=20))
    found = priorities.between(known)
    said = words.hanging(found, Text(language))
    for row in found.itertuples():
        places, ranks = (
            Text(language).number(row.places_high, 1),
            f"{row.first} {'bis' if language == 'de' else 'to'} {row.last}",
        )
        assert places in said[row.item_id]
        assert ranks in said[row.item_id] or row.first == row.last
    assert all(
        ("gehört" in said[row.item_id] or "belongs" in said[row.item_id]) == row.may_leave for row in found.itertuples()
    )
