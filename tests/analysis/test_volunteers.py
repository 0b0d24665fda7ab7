"""Volunteers by field, theme and district add up; wishes that found nothing are shown only as far as they may be."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import product
from typing import Any

import pandas as pd
import pytest

from esdash.analysis.volunteers import volunteers, wishes
from esdash.analysis.volunteers.wishes import Unmet
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.wording import volunteers as words
from esdash.wording.names import names_of
from tests.conftest import NOW
from tests.people import TEST

MONDAY = NOW.date() - timedelta(days=6)


def offer(
    key: str, active: int | None, wanted: int | None, themes: list[str] | None, place: str | None, **more: Any
) -> Any:
    given = {
        "theme_ids": themes,
        "location_id": place,
        "mode": "on_site",
        "contact_id": None,
        "status": "active",
        **more,
    }
    counts = {"volunteers_active": active, "volunteers_wanted": wanted}
    return {"initiative_id": key, "organization_id": "a", "name": f"Angebot {key}", **counts, **given}


OFFERS = [
    offer("lernen", 3, 4, ["homework"], "l1"),
    offer("deutsch", 2, 0, ["german_courses"], "l1"),
    offer("beides", 5, 1, ["homework", "german_courses"], "l2"),
    offer("rat", None, 2, ["counselling"], "l2", contact_id="ada"),
    offer("quer", 1, None, ["homework", "essentials"], None, mode="mobile"),
    offer("netz", 7, 6, None, None, mode="online"),
    offer("ort", None, None, ["living"], None),
    offer("pause", 50, 50, ["homework"], "l1", status="paused"),
]


@pytest.fixture
def house(town: Inventory) -> Inventory:
    reached = {"phone": "1", "last_reached_on": NOW.date(), "consent_scope": "public", "consent_on": NOW.date()}
    with town.change(TEST, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": "a", "name": "Haus A"}])
        change.insert(
            "location", [{"location_id": f"l{n}", "name": f"Haus {n}", "district_id": f"0{n}"} for n in (1, 2)]
        )
        change.insert("contact", [{"contact_id": "ada", "organization_id": "a", "role": "Leitung", **reached}])
        change.insert("initiative", OFFERS)
    return town


def table(inventory: Inventory, kind: str) -> dict[str, tuple[int, int | None, int | None, int, int]]:
    frame = volunteers.by(inventory, kind).astype(object)
    frame = frame.where(frame.notna(), None)
    columns = ["offers", "volunteers_active", "volunteers_wanted", "active_unknown", "wanted_unknown"]
    return {row[0]: row[1:] for row in frame[["option", *columns]].itertuples(index=False, name=None)}


def test_each_division(house: Inventory) -> None:
    assert table(house, "field") == {
        "unknown": (1, 7, 6, 0, 0),
        "education": (3, 10, 5, 0, 0),
        "living": (2, None, 2, 2, 1),
        "several": (1, 1, None, 0, 1),
    }
    assert table(house, "theme") == {
        "unknown": (1, 7, 6, 0, 0),
        "homework": (1, 3, 4, 0, 0),
        "counselling": (1, None, 2, 1, 0),
        "several": (2, 6, 1, 0, 1),
        "german_courses": (1, 2, 0, 0, 0),
        "living": (1, None, None, 1, 1),
    }
    assert table(house, "district") == {
        "online": (1, 7, 6, 0, 0),
        "01": (2, 5, 4, 0, 0),
        "02": (2, 5, 3, 1, 0),
        "mobile": (1, 1, None, 0, 1),
        "unknown": (1, None, None, 1, 1),
    }


def test_they_add_up_to_the_city(house: Inventory, example: Inventory) -> None:
    assert volunteers.sums(house) == volunteers.Sums(7, 18, 13, 2, 2, 4, 3)
    for inventory in (house, example):
        sums = volunteers.sums(inventory)
        for kind in volunteers.KINDS:
            frame = volunteers.by(inventory, kind)
            assert (frame["offers"].sum(), frame["volunteers_active"].sum()) == (sums.offers, sums.active)
            assert frame["volunteers_wanted"].sum() == sums.wanted
        assert len(volunteers.offers(inventory)) == sums.offers


def test_an_empty_city_knows_nothing(town: Inventory) -> None:
    assert volunteers.sums(town) == volunteers.Sums(0, None, None, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("sums", "said"),
    [
        ((0, None, None, 0, 0, 0, 0), "Zurzeit läuft kein Angebot."),
        ((3, None, None, 3, 3, 0, 0), "Wie viele Ehrenamtliche mitwirken oder gesucht werden, ist noch nicht bekannt."),
        ((3, 5, None, 0, 3, 0, 0), "Ob weitere gesucht werden, ist nicht überall bekannt."),
        ((3, 5, 0, 0, 1, 0, 0), "Ob weitere gesucht werden, ist nicht überall bekannt."),
        ((3, 5, 0, 0, 0, 0, 0), "Zurzeit werden keine weiteren gesucht."),
    ],
)
def test_what_nobody_has_said_is_not_nothing(sums: tuple[Any, ...], said: str) -> None:
    frame = pd.DataFrame({"title": ["Arbeit"], "volunteers_wanted": [sums[2] or 0]})
    assert words.sentence(volunteers.Sums(*sums), frame, Text("de")).endswith(said)


def test_words(house: Inventory) -> None:
    names = names_of(house, Text("de"))
    frame = words.divided(house, "district", names)
    assert words.sentence(volunteers.sums(house), frame, names.text) == (
        "In **7** laufenden Angeboten wirken **18** Ehrenamtliche mit, **13** werden noch gesucht, "
        "die meisten hier: **online** (6)."
    )
    assert words.unknown(volunteers.sums(house), names.text) == [
        "Bei 2 Angeboten ist nicht bekannt, wie viele aktiv sind.",
        "Bei 2 Angeboten ist nicht bekannt, ob jemand gesucht wird.",
    ]
    listed = words.offers(house, names).set_index("initiative_id")
    assert listed["in_finder"].to_dict() == {
        **dict.fromkeys(("netz", "lernen", "beides"), "nein, keine Ansprechperson"),
        **{"rat": "ja", "deutsch": "nein, niemand gesucht"},
        **dict.fromkeys(("quer", "ort"), "nein, Bedarf unbekannt"),
    }


# ---------------------------------------------------------------- wishes


def wish(number: int, unmet: int, week: date = MONDAY - timedelta(weeks=1), **parts: str) -> dict[str, Any]:
    of = {"theme_id": None, "district_id": None, "time_slot": None, "language_id": None, **parts}
    return {"wish_id": f"w{number}", "week": week, **of, "searches": unmet + 1, "nothing_found": unmet}


def counted(inventory: Inventory, *rows: dict[str, Any]) -> dict[str, list[tuple[str, int | None, bool]]]:
    with inventory.change(TEST, Action.SET_UP) as change:
        change.insert("wish", list(rows))
    shown = wishes.unmet(inventory)
    return {part: [(one.option, one.times, one.small) for one in options] for part, options in shown.parts.items()}


def test_what_is_large_enough_is_shown(town: Inventory) -> None:
    """The tiny city's threshold is 3."""
    found = counted(
        town,
        wish(1, 4, theme_id="homework", time_slot="evening"),
        wish(2, 3, theme_id="homework", time_slot="weekend", language_id="fa"),
        wish(3, 5, theme_id="counselling", time_slot="evening", week=MONDAY - timedelta(weeks=26)),
        wish(4, 9, theme_id="essentials", week=MONDAY - timedelta(weeks=27)),  # too long ago
        wish(6, 9, theme_id="essentials", week=MONDAY),  # this week is not over
        wish(5, 0, theme_id="german_courses"),  # nothing was missing
    )
    assert found["theme"] == [("homework", 7, False), ("counselling", 5, False)]
    assert found["time"] == [("evening", 9, False), ("weekend", 3, False)]
    assert found["language"] == [("any", 9, False), ("fa", 3, False)]
    assert found["district"] == [("any", 12, False)]


def test_a_small_one_is_hidden_and_others_with_it(town: Inventory) -> None:
    found = counted(
        town,
        wish(1, 4, theme_id="counselling"),
        wish(2, 5, theme_id="german_courses"),
        wish(3, 1, theme_id="essentials"),
    )
    # 1 + 4 leave the 1 too little room (at least 7), 1 + 4 + 5 enough (at least 10)
    assert found["theme"] == [
        ("counselling", None, False),
        ("german_courses", None, False),
        ("essentials", None, True),
    ]
    assert [row[:2] for row in found["district"]] == [("any", 10)]


def test_where_nothing_protects_a_small_one_nothing_is_shown(town: Inventory) -> None:
    found = counted(town, wish(1, 1, theme_id="homework"), wish(2, 4, theme_id="counselling"))
    assert found["theme"] == [("counselling", None, False), ("homework", None, False)]  # nor which of them is small
    assert [row[1] for rows in found.values() for row in rows] == [None] * 5
    assert not wishes.unmet(town).any_shown


@pytest.mark.parametrize("threshold", [2, 3, 4])
def test_each_hidden_number_can_be_anything_below_the_threshold(threshold: int) -> None:
    """For whoever knows the rule, the sum, which numbers are shown and which hidden ones are small."""
    possible: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(1, 13), repeat=3):
        hidden = wishes.kept_back(counts, threshold)
        if hidden:
            seen = tuple("small" if n < threshold else "more" if i in hidden else n for i, n in enumerate(counts))
            possible[sum(counts), seen].append(counts)
    assert possible
    for (total, seen), tables in possible.items():
        if total > 13:  # beyond, a larger one would have to be more than was tried
            continue
        for place, sign in enumerate(seen):
            if sign == "small":
                assert {counts[place] for counts in tables} == set(range(1, threshold)), (total, seen)


def test_a_city_without_a_threshold_shows_all() -> None:
    assert wishes.kept_back([1, 2, 1], 0) == wishes.kept_back([1, 2, 1], 1) == set()


def test_words_of_wishes(town: Inventory) -> None:
    names = names_of(town, Text("de"))
    said = [words.times(one, 3, names.text) for one in (Unmet("a", 12, False), Unmet("b", None, True))]
    assert [*said, words.times(Unmet("c", None, False), 3, names.text)] == ["12", "weniger als 3", "nicht gezeigt"]
    assert [words.wish(*of, names) for of in (("time", "evening"), ("theme", "homework"), ("district", "any"))] == [
        *("Abend", "Lernhilfe und Hausaufgaben", "egal"),
    ]
