"""Coverage under conditions: what counts as reachable, and what if. Figures by hand from tests/tiny_city.

German courses for adults need 20, 10 and 4 places in the districts 01, 02, 03 (10 % of 200, 100, 40 people).
"""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given

from esdash.analysis.coverage import coverage, gaps
from esdash.analysis.selection import Selection
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.file.conditions import NOTHING, Conditions, Growth, NewOffer, Planning
from tests.analysis.entries import cell, enter, offer, online, row_of, survey
from tests.analysis.test_coverage import OFFERS, STEADY, close, covered
from tests.people import TEST

ADULTS = ("german_courses", "adults")
NEW = NewOffer("Neuer Kurs", 17, ("german_courses",), ("adults",), mode="online")


def slot(weekday: int, begins: str, ends: str) -> dict[str, Any]:
    return {"weekday": weekday, "begins": begins, "ends": ends}


# ---------------------------------------------------------------- what counts as reachable


@pytest.mark.parametrize(
    ("times", "wanted", "state"),
    [
        ([slot(2, "17:00", "19:00")], "evening", "partial"),  # 17 of 34 places
        ([slot(2, "16:59", "19:00")], "evening", "white"),
        ([slot(2, "16:59", "19:00")], "daytime", "partial"),
        ([slot(6, "18:00", "19:00")], "evening", "white"),  # Saturday is weekend at any hour
        ([slot(6, "18:00", "19:00")], "weekend", "partial"),
        ([slot(5, "10:00", "11:00"), slot(7, "10:00", "11:00")], "weekend", "partial"),  # one of its times is enough
        ([slot(5, "10:00", "11:00")], "weekend", "white"),
        (None, "evening", "unknown"),
        ([], "evening", "unknown"),  # no fixed times: nobody can say
    ],
)
def test_time_of_day_and_week(town: Inventory, times: Any, wanted: str, state: str) -> None:
    survey(town)
    enter(town, online("a", capacity=17, times=times))
    assert row_of(town, *ADULTS, "state") == ["partial"] * 3
    assert row_of(town.under(Conditions(times=(wanted,))), *ADULTS, "state") == [state] * 3


def test_one_of_several_times_or_languages_is_enough(town: Inventory) -> None:
    enter(town, online("a", capacity=17, times=[slot(6, "18:00", "19:00")], language_ids=["fa"]))
    asked = town.under(Conditions(times=("evening", "weekend"), languages=("de", "fa")))
    assert row_of(asked, *ADULTS, "coverage") == close(0.5, 0.5, 0.5)


@pytest.mark.parametrize(("languages", "state"), [(["de", "fa"], "partial"), (["de"], "white"), (None, "unknown")])
def test_language(town: Inventory, languages: list[str] | None, state: str) -> None:
    survey(town)
    enter(town, online("a", capacity=17, language_ids=languages))
    assert row_of(town.under(Conditions(languages=("fa",))), *ADULTS, "state") == [state] * 3


@pytest.mark.parametrize(
    ("mode", "free", "state"),
    [
        ("on_site", True, "thin"),
        ("on_site", False, "white"),
        ("on_site", None, "unknown"),
        ("online", None, "thin"),  # needs no place
        ("mobile", False, "thin"),
    ],
)
def test_barrier_free(town: Inventory, mode: str, free: bool | None, state: str) -> None:
    survey(town)
    enter(town, offer("a", mode=mode, capacity=2))
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("location", [{"location_id": "centre_01", "barrier_free": free}])
    assert cell(town.under(Conditions(barrier_free=True)), *ADULTS, "01")["state"] == state


def test_what_is_left_out_for_certain_is_not_unknown(town: Inventory) -> None:
    survey(town)
    enter(
        town, online("day", times=[slot(2, "10:00", "12:00")], language_ids=None), online("dark", language_ids=["fa"])
    )
    asked = town.under(Conditions(times=("evening",), languages=("fa",)))
    listed = coverage.uncounted(asked).set_index("initiative_id")
    assert list(listed.index) == ["dark"]
    assert bool(listed.loc["dark", "times_unknown"])
    assert not bool(listed.loc["dark", "languages_unknown"])
    assert row_of(asked, *ADULTS, "state") == ["unknown"] * 3
    assert coverage.uncounted(town).empty


def test_offers_behind_a_cell_say_whether_they_count(town: Inventory) -> None:
    enter(
        town,
        online("evening", times=[slot(2, "18:00", "19:00")], capacity=17),
        online("dark", capacity=17),
        online("day", times=[slot(2, "10:00", "12:00")]),
    )
    asked = town.under(Conditions(times=("evening",), offers=(NEW,)))
    found = coverage.offers(asked, Selection(themes=("german_courses",))).set_index("name")
    assert found["places"].to_dict() == pytest.approx(
        {"Angebot evening": 17, "Angebot dark": float("nan"), "Neuer Kurs": float("nan")}, nan_ok=True
    )
    assert found["supposed"].to_dict() == {"Angebot evening": False, "Angebot dark": False, "Neuer Kurs": True}
    counts = coverage.reaching_counts(asked, "district", "theme").set_index(["row_id", "column_id"])["offers"]
    assert counts["01", "german_courses"] == 3


# ---------------------------------------------------------------- what if


def test_another_planning_value(town: Inventory) -> None:
    supposed = town.under(Conditions(planning=(Planning("german_courses", "adults", 20),)))
    assert row_of(supposed, *ADULTS, "places_needed") == close(40, 20, 8)
    assert row_of(town, *ADULTS, "places_needed") == close(20, 10, 4)
    said = coverage.need(supposed, Selection(("adults",), ("german_courses",), ("01",))).iloc[0]
    assert (said["places_per_100"], bool(said["planning_supposed"]), pd.isna(said["planning_reason"])) == (
        20,
        True,
        True,
    )


def test_a_planning_value_where_there_is_none_and_one_of_zero(town: Inventory) -> None:
    survey(town)
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.remove("planning_value", ["german_courses|adults"])
    entries = (Planning("german_courses", "adults", 5), Planning("counselling", "adults", 0))
    supposed = town.under(Conditions(planning=entries))
    assert row_of(supposed, *ADULTS, "places_needed") == close(10, 5, 2)
    assert row_of(supposed, "counselling", "adults", "state") == ["not_applicable"] * 3


def test_more_people_where_the_number_is_known(town: Inventory) -> None:
    entries = (Growth("adults", "03", 100), Growth("adults", "03", 20), Growth("women", "03", 100))
    supposed = town.under(Conditions(growth=entries))
    assert row_of(supposed, *ADULTS, "places_needed") == close(20, 10, 16)  # 10 % of 40 + 120
    assert pd.isna(cell(supposed, "german_courses", "women", "03")["persons"])  # unknown stays unknown


@STEADY
@given(offers=OFFERS)
def test_a_supposed_offer_counts_as_an_entered_one(town: Inventory, offers: list[dict[str, Any]]) -> None:
    enter(town, *offers)
    real = covered(town)
    *there, last = offers
    enter(town, *there)
    place = last["location_id"]
    if not last["theme_ids"] or not last["target_group_ids"] or (place is None and last["mode"] in (None, "on_site")):
        return
    supposed = NewOffer(
        name="Neu",
        capacity=last["capacity"],
        theme_ids=tuple(last["theme_ids"]),
        target_group_ids=tuple(last["target_group_ids"]),
        district_id=place.removeprefix("centre_") if place else None,
        mode=last["mode"] or "on_site",
        district_ids=None if last["district_ids"] is None else tuple(last["district_ids"]),
    )
    pd.testing.assert_series_equal(covered(town.under(Conditions(offers=(supposed,)))), real, rtol=1e-12, atol=1e-12)


def test_every_question_answers_under_conditions(town: Inventory) -> None:
    survey(town)
    supposed = town.under(Conditions(offers=(NEW,)))
    assert gaps.summary(supposed).white == gaps.summary(town).white - 3  # German in three districts
    assert gaps.ranked(supposed, Selection(("adults",), ("german_courses",)))["gap_places"].sum() == pytest.approx(17)
    assert coverage.offer_counts(supposed, "theme", "target_group")["offers"].sum() == 1
    assert coverage.offer_counts(town, "theme", "target_group").empty


def test_nothing_of_it_is_saved(town: Inventory) -> None:
    entries = town.value("SELECT count(*) FROM change_log")
    supposed = town.under(Conditions(offers=(NEW,)))
    coverage.cells(supposed)
    with pytest.raises(UserError, match="inventory_supposed"), supposed.change(TEST, Action.EDIT_RECORDS):
        pass
    supposed.close()
    assert town.value("SELECT count(*) FROM change_log") == entries
    assert town.value("SELECT count(*) FROM initiative") == 0
    assert town.under(NOTHING) is town
    assert supposed.under(NOTHING) is town


def test_answers_of_different_conditions_are_kept_apart_and_forgotten_together(town: Inventory) -> None:
    supposed = town.under(Conditions(offers=(NEW,)))
    assert len({town.state, supposed.state, town.under(Conditions(barrier_free=True)).state}) == 3
    assert town.under(Conditions(offers=(NEW,))).state == supposed.state
    assert row_of(supposed, *ADULTS, "coverage") == close(0.5, 0.5, 0.5)
    assert row_of(town, *ADULTS, "coverage") == close(0, 0, 0)
    enter(town, online("a", capacity=17))
    assert row_of(supposed, *ADULTS, "coverage") == close(1, 1, 1)  # also for one made before the change
    supposed.forget()
    assert supposed.revision == town.revision


def test_an_earlier_day_under_conditions(lived: Inventory) -> None:
    day = lived.today().replace(month=6, day=1)
    condition = Conditions(times=("evening",))
    then = lived.as_of(day).under(condition)
    assert lived.under(condition).as_of(day).state == then.state
    assert then.today() == day
    reaching = coverage.cells(then)["places_reaching"].sum()
    assert 0 < reaching < coverage.cells(lived.as_of(day))["places_reaching"].sum()


# ---------------------------------------------------------------- in and out


def test_conditions_in_a_link() -> None:
    full = Conditions(
        times=("evening",),
        languages=("fa",),
        barrier_free=True,
        planning=(Planning("german_courses", "adults", 7.5),),
        growth=(Growth("adults", "01", 30),),
        offers=(NewOffer("Café „Ü“", 5, ("homework",), ("children",), "02", times="3 17:00-18:30", language_ids=()),),
    )
    assert Conditions.from_json(full.to_json()) == full
    assert NOTHING.to_json() == "{}"
    assert Conditions.from_json("{}") == NOTHING
    assert not NOTHING
    assert full


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", "3", "[" * 20_000, '{"more": 1}', '{"times": "evening"}', '{"barrier_free": 1}'),
        *('{"planning": [3]}', '{"planning": [{"theme_id": "german_courses"}]}', '{"growth": {}}', '{"times": [null]}'),
        *('{"offers": [{"name": "\\ud800", "capacity": 1, "theme_ids": [], "target_group_ids": []}]}',),
        *('{"growth": [{"target_group_id": "adults", "district_id": "01", "persons": "3"}]}',),
    ],
)
def test_a_text_that_holds_no_conditions(text: str) -> None:
    with pytest.raises(UserError, match="conditions_unreadable"):
        Conditions.from_json(text)


def offered(**fields: Any) -> Conditions:
    usual = {"name": "Neu", "capacity": 5, "theme_ids": ("homework",), "target_group_ids": ("children",)}
    return Conditions(offers=(NewOffer(**{**usual, "district_id": "01", **fields}),))


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        (Conditions(times=("night",)), "conditions_unknown"),
        (Conditions(languages=("xx",)), "conditions_unknown"),
        (Conditions(planning=(Planning("nothing", "adults", 1),)), "conditions_unknown"),
        (Conditions(planning=(Planning("education", "adults", 1),)), "conditions_unknown"),  # a field, not a theme
        (Conditions(planning=(Planning("homework", "adults", -1),)), "conditions_number"),
        (Conditions(planning=(Planning("homework", "adults", float("nan")),)), "conditions_number"),
        (
            Conditions(planning=(Planning("homework", "adults", 1), Planning("homework", "adults", 2))),
            "conditions_twice",
        ),
        (Conditions(growth=(Growth("adults", "01", float("inf")),)), "conditions_number"),
        (Conditions(growth=(Growth("adults", "01", 10**400),)), "conditions_number"),
        (Conditions(growth=(Growth("adults", "99", 1),)), "conditions_unknown"),
        (Conditions(growth=(Growth("'; DROP TABLE x", "01", 1),)), "conditions_unknown"),
        (Conditions(growth=tuple(Growth("adults", "01", number) for number in range(201))), "conditions_too_many"),
        (offered(capacity=-5), "conditions_number"),
        (offered(name=" "), "conditions_offer"),
        (offered(theme_ids=()), "conditions_offer"),
        (offered(target_group_ids=()), "conditions_offer"),
        (offered(district_id=None), "conditions_offer"),
        (offered(district_id="99"), "conditions_unknown"),
        (offered(district_ids=("99",)), "conditions_unknown"),
        (offered(mode="by post"), "conditions_unknown"),
        (offered(times="8 25:00-26:00"), "conditions_unknown"),
        (offered(language_ids=("xx",)), "conditions_unknown"),
    ],
)
def test_conditions_that_cannot_be_meant(any_town: Inventory, wrong: Conditions, key: str) -> None:
    with pytest.raises(UserError, match=key):
        any_town.under(wrong)
