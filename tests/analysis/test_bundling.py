"""Bundling of trainings (METHODS M7), from the inventory to the plan and the verdicts."""

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis.bundling import bundling, result, topics
from esdash.analysis.bundling.bundling import Plan, Wish
from esdash.inventory import Inventory, merging
from esdash.inventory.access import Action
from tests.analysis.training_entries import enter, session
from tests.people import ADA, TEST
from tests.trials import drawn

Row = dict[str, Any]
CHEAP = Wish(price=1)


def into(inventory: Inventory, wish: Wish = CHEAP) -> dict[str, str]:
    return dict(bundling.plan(inventory, wish).into)


def losses(inventory: Inventory, pair: tuple[str, str] = ("s", "k"), wish: Wish = CHEAP) -> tuple[str, ...]:
    return bundling.prepare(inventory, wish).moves[pair].losses


def two(inventory: Inventory, s: Row | None = None, k: Row | None = None) -> None:
    """A small session s, and a larger one, k: s goes into k if nothing speaks against it, k does not fit into s."""
    enter(inventory, session("s", **{"seats": 5, **(s or {})}), session("k", **{"seats": 20, **(k or {})}))


def reasons(inventory: Inventory) -> dict[str, str]:
    return {row["session_id"]: row["reason"] for row in bundling.prepare(inventory).uncounted}


# ---------------------------------------------------------------- who fits whom


def test_two_half_empty_sessions_become_one(town: Inventory) -> None:
    two(town)
    assert into(town) == {"s": "k"}


@pytest.mark.parametrize(
    "other",
    [
        {"module_ids": ["intercultural"]},
        {"module_ids": ["asylum_law", "intercultural"]},
        {"level": "advanced"},
        {"language_ids": ["fa"]},
        {"starts_on": "2026-12-29"},  # 22 days later
        {"mode": "online", "location_id": None},
        {"status": "cancelled"},
        {"status": "held"},
        {"status": "archived"},
        {"starts_on": "2026-11-21"},  # yesterday
    ],
)
def test_what_does_not_fit(town: Inventory, other: Row) -> None:
    two(town, k=other)
    assert into(town) == {}


@pytest.mark.parametrize(
    "other",
    [
        {"module_ids": ["asylum_law", "asylum_law"]},  # named twice
        {"language_ids": ["fa", "de"]},
        {"starts_on": "2026-12-28"},  # 21 days later
        {"starts_on": "2026-11-23", "status": "planned"},
    ],
)
def test_what_fits(town: Inventory, other: Row) -> None:
    two(town, k=other)
    assert into(town) == {"s": "k"}


def test_today_still_comes(town: Inventory) -> None:
    two(town, s={"starts_on": "2026-11-22", "begins": "23:00"}, k={"begins": "18:00"})  # a Sunday, and a Monday evening
    assert into(town) == {"s": "k"}


def test_limits_of_days_and_kilometres(town: Inventory) -> None:
    """District 02 lies 0.01 degrees north of 01: 0.01 × 111.19 km = 1.11 km."""
    two(town, s={"location_id": "centre_02"}, k={"starts_on": "2026-12-10"})
    assert into(town, CHEAP._replace(days=3, km=1.2)) == {"s": "k"}
    assert into(town, CHEAP._replace(days=2, km=1.2)) == {}
    assert into(town, CHEAP._replace(days=3, km=1.1)) == {}
    move = bundling.prepare(town, CHEAP).moves["s", "k"]
    assert (move.days, move.minutes) == (3, 20)
    assert move.km == pytest.approx(1.112, abs=0.001)


def test_online_has_no_distance(town: Inventory) -> None:
    online = {"mode": "online", "location_id": None}
    two(town, s=online, k=online)
    assert into(town, CHEAP._replace(km=0)) == {"s": "k"}
    assert bundling.prepare(town).moves["s", "k"].minutes is None


def test_price_of_a_move(town: Inventory) -> None:
    """Three people, 14 days, 1.11 km: 3 × (1 + 14/7 + 1.112/3) = 10.1 prices. The session costs 300 €: 29.70 € a move
    are just what it is worth."""
    two(town, s={"location_id": "centre_02"}, k={"starts_on": "2026-12-21"})
    assert into(town, Wish(price=29)) == {"s": "k"}
    assert into(town, Wish(price=30)) == {}


def test_unknown_cost_counts_as_the_usual_and_says_so(town: Inventory) -> None:
    two(town, s={"cost_eur": None})
    figures = result.figures(bundling.plan(town))
    assert (figures.euros, figures.euros_unknown) == (300, 1)


def test_unknown_hours_are_not_zero(town: Inventory) -> None:
    two(town, s={"hours": None})
    figures = result.figures(bundling.plan(town))
    assert (figures.hours, figures.hours_unknown) == (0, 1)
    assert result.merges(bundling.plan(town))["hours"].isna().all()


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ({"seats": None}, "seats"),
        ({"booked": None}, "booked"),
        ({"seats": 5, "booked": 6}, "overbooked"),
        ({"module_ids": None}, "modules"),
        ({"module_ids": []}, "modules"),
        ({"level": None}, "level"),
        ({"language_ids": None}, "language"),
        ({"mode": None}, "mode"),
        ({"location_id": None}, "place"),
        ({"location_id": "nowhere"}, "place"),
    ],
)
def test_what_is_unknown_is_named_and_left_alone(town: Inventory, missing: Row, reason: str) -> None:
    two(town, s=missing)
    assert reasons(town) == {"s": reason}
    plan = bundling.plan(town)
    assert (plan.into, list(plan.problem.sessions)) == ({}, ["k"])
    assert result.uncounted(plan.problem)["session_id"].tolist() == ["s"]


def test_an_unknown_waiting_list_is_nobody_to_be_placed_but_not_none(town: Inventory) -> None:
    two(town, s={"waiting": None, "booked": 5}, k={"booked": 18})
    plan = bundling.plan(town)
    assert plan.problem.placed == {}
    assert result.held(plan).set_index("session_id")["waiting"].isna().to_dict() == {"s": True, "k": False}


# ---------------------------------------------------------------- access


def test_too_far_for_people_of_the_district_itself(town: Inventory) -> None:
    """02 → 03 takes 50 minutes, more than the 45 that anybody goes."""
    two(town, s={"location_id": "centre_02"}, k={"location_id": "centre_03"})
    assert losses(town) == ("way",)
    assert bundling.prepare(town).moves["s", "k"].lost_district_ids == ("02",)
    assert into(town) == {}


def test_too_far_for_people_of_a_neighbouring_district(town: Inventory) -> None:
    """01 → 03 takes 40 minutes, but who came to 01 from 02 in 20 minutes would need 50."""
    two(town, k={"location_id": "centre_03"})
    assert bundling.prepare(town).moves["s", "k"].lost_district_ids == ("02",)
    assert into(town) == {}


def test_the_way_that_nobody_knows(town: Inventory) -> None:
    two(town, s={"location_id": "centre_02"}, k={"location_id": "centre_01"})
    assert losses(town) == ()
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.remove("district_travel", ["02|01"])
    assert losses(town) == ("way_unknown",)


@pytest.mark.parametrize("place", ["steps_01", "unknown_01"])
def test_a_barrier_free_place_is_not_given_up_for_another(town: Inventory, place: str) -> None:
    two(town, k={"location_id": place})
    assert losses(town) == ("barrier_free",)
    assert into(town) == {}
    two(town, s={"location_id": place})
    assert losses(town) == ()
    assert into(town) == {"s": "k"}


def test_a_language_is_not_given_up(town: Inventory) -> None:
    two(town, s={"language_ids": ["de", "fa"], "seats": 10})
    move = bundling.prepare(town).moves["s", "k"]
    assert (move.losses, move.lost_language_ids) == (("language",), ("fa",))
    assert losses(town, ("k", "s")) == ()
    assert into(town) == {"k": "s"}  # the other way round nobody loses anything


@pytest.mark.parametrize(
    ("of_s", "of_k", "lost"),
    [
        ({"begins": "17:00"}, {"begins": "16:59"}, True),
        ({"begins": "17:00"}, {"begins": "17:00"}, False),
        ({"begins": "17:00"}, {"begins": None}, True),  # nobody knows whether they can come
        ({"begins": None}, {"begins": "10:00"}, False),
        ({"begins": "10:00"}, {"begins": "19:00"}, False),
        ({"starts_on": "2026-12-05", "begins": "10:00"}, {"begins": "10:00"}, True),  # a Saturday
        ({"starts_on": "2026-12-06", "begins": None}, {"begins": "18:00"}, False),  # a Sunday
    ],
)
def test_evenings_and_weekends(town: Inventory, of_s: Row, of_k: Row, lost: bool) -> None:
    two(town, s=of_s, k=of_k)
    assert losses(town) == (("free_time",) if lost else ())


def test_who_would_lose_access_is_named(town: Inventory) -> None:
    two(town, s={"location_id": "centre_02", "language_ids": ["de", "fa"]}, k={"location_id": "centre_03"})
    (row,) = result.kept_apart(bundling.plan(town)).to_dict("records")
    assert (row["pair"], row["people"]) == ("s|k", 3)
    assert row["losses"] == ("way", "language")
    assert (row["lost_district_ids"], row["lost_language_ids"]) == (("02",), ("fa",))


# ---------------------------------------------------------------- pins and bans


def test_a_pin_goes_before_access_and_price(town: Inventory) -> None:
    two(town, k={"location_id": "steps_01"})
    pinned = Wish(price=1000, pinned=(("s", "k"),))
    plan = bundling.plan(town, pinned)
    assert plan.into == {"s": "k"}
    assert result.merges(plan)[["origin", "losses"]].to_numpy().tolist() == [["pinned", ("barrier_free",)]]


def test_a_ban_is_kept(town: Inventory) -> None:
    two(town, s={"seats": 10, "cost_eur": 310})
    assert into(town) == {"s": "k"}
    assert into(town, CHEAP._replace(forbidden=(("s", "k"),))) == {"k": "s"}
    assert into(town, CHEAP._replace(forbidden=(("s", "k"), ("k", "s")))) == {}


def test_pins_that_contradict_each_other_are_named_and_the_rest_works(town: Inventory) -> None:
    rows = [session(key, seats=20) for key in "abcd"]
    enter(town, *rows, session("e", seats=20, module_ids=["intercultural"]))
    pairs = [("a", "b"), ("a", "c"), ("b", "d"), ("d", "a"), ("c", "e"), ("x", "a"), ("c", "d")]
    plan = bundling.plan(town, Wish(pinned=tuple(pairs), forbidden=(("c", "d"),)))
    assert plan.into["a"] == "b"
    refused = {pair: (refusal.why, refusal.other) for pair, refusal in plan.problem.refused.items()}
    assert refused == {
        ("a", "c"): ("twice", ("a", "b")),
        ("b", "d"): ("takes", ("a", "b")),
        ("d", "a"): ("given_up", ("a", "b")),
        ("c", "e"): ("unfit", None),
        ("x", "a"): ("gone", None),
        ("c", "d"): ("forbidden", None),
    }


def test_pins_share_the_seats(town: Inventory) -> None:
    """k has 20 seats and 3 people: 9 more fit, another 9 do not."""
    enter(town, session("k", seats=20), *(session(key, booked=9) for key in "ab"))
    plan = bundling.plan(town, Wish(pinned=(("a", "k"), ("b", "k"))))
    assert {pair: refusal.why for pair, refusal in plan.problem.refused.items()} == {("b", "k"): "seats"}
    assert plan.into["a"] == "k"


# ---------------------------------------------------------------- waiting people


def test_waiting_people_come_before_bundling(town: Inventory) -> None:
    """Five wait at w. k has 7 free seats: five for them, so that the three people of s do not fit any more."""
    enter(town, session("w", booked=10, waiting=5), session("k", booked=3), session("s", seats=4))
    problem = bundling.prepare(town, CHEAP)
    assert problem.placed == {("w", "k"): 5}
    assert into(town) == {}
    enter(town, session("w", booked=10, waiting=4), session("k", booked=3), session("s", seats=4))
    assert into(town) == {"s": "k"}  # 3 + 4 + 3 = 10 seats
    (row,) = result.free_seats(bundling.prepare(town)).to_dict("records")
    assert (row["session_id"], row["kept_id"], row["people"], row["days"], row["km"]) == ("w", "k", 4, 0, 0)


def test_who_waits_gets_a_free_seat_of_the_own_session_first(town: Inventory) -> None:
    enter(town, session("w", booked=8, waiting=2), session("k"))
    assert bundling.prepare(town).placed == {("w", "w"): 2}


def test_a_session_that_takes_waiting_people_is_held(town: Inventory) -> None:
    """k would go into the cheaper s; but the person who waits at w can only come to k, where Persian is spoken."""
    k, s = session("k", language_ids=["de", "fa"]), session("s", cost_eur=10)
    enter(town, k, {**s, "language_ids": ["de", "fa"]})
    assert into(town) == {"k": "s"}
    enter(town, k, s, session("w", booked=10, waiting=1, language_ids=["fa"]))
    assert bundling.prepare(town).placed == {("w", "k"): 1}
    assert into(town) == {"s": "k"}


def test_waiting_people_are_not_sent_where_they_lose_access(town: Inventory) -> None:
    two(town, s={"booked": 5, "waiting": 3}, k={"location_id": "steps_01"})
    assert bundling.prepare(town).placed == {}


def test_a_session_at_which_people_still_wait_is_held(town: Inventory) -> None:
    """All seats of k are needed for the first 7 of 9 who wait: two still wait at w."""
    enter(town, session("w", seats=3, booked=3, waiting=9), session("k"))
    plan = bundling.plan(town, CHEAP)
    assert plan.problem.placed == {("w", "k"): 7}
    assert plan.into == {}
    assert result.held(plan).set_index("session_id")["waiting"].to_dict() == {"w": 2, "k": 0}


DAYS = ["2026-12-07", "2026-12-12", "2026-12-21"]
DRAWN = st.lists(
    st.builds(
        dict,
        starts_on=st.sampled_from(DAYS),
        location_id=st.sampled_from(["centre_01", "centre_02", "centre_03", "steps_01"]),
        begins=st.sampled_from(["09:00", "18:00", None]),
        language_ids=st.sampled_from([["de"], ["de", "fa"], ["fa"]]),
        seats=st.one_of(st.none(), st.integers(0, 12)),
        booked=st.one_of(st.none(), st.integers(0, 12)),
        waiting=st.one_of(st.none(), st.integers(0, 4)),
        cost_eur=st.one_of(st.none(), st.integers(0, 400)),
        organization_id=st.sampled_from(["o1", "o2", "o3"]),
    ),
    min_size=1,
    max_size=7,
)
PAIRS = st.lists(st.sampled_from(list(permutations("0123456", 2))), max_size=3, unique=True)
several = drawn(12, 40)


def holds_all_rules(plan: Plan) -> None:
    """Never more people than seats, everybody placed once, only where it may be."""
    problem, sessions = plan.problem, plan.problem.sessions
    people = {key: row["booked"] for key, row in sessions.items() if key not in plan.into}
    for session_id, kept in plan.into.items():
        people[kept] += sessions[session_id]["booked"]  # fails where the target is given up itself
    assert sum(people.values()) == sum(row["booked"] for row in sessions.values())
    for (source, target), number in problem.placed.items():
        people[target] += number
        assert number <= sessions[source]["waiting"]
    assert all(people[key] <= sessions[key]["seats"] for key in people)
    for pair in plan.into.items():
        move = problem.moves[pair]
        assert pair in problem.settled.pairs or (
            not move.losses and move.days <= problem.wish.days and move.km <= problem.wish.km
        )
        assert pair not in problem.wish.forbidden
    assert all(plan.into.get(session_id) == kept for session_id, kept in problem.settled.pairs)
    assert set(problem.wish.pinned) == set(problem.settled.pairs) | set(problem.refused)


@given(DRAWN, PAIRS, PAIRS, st.sampled_from([0, 1, 5, 30]))
@several
def test_rules_hold_for_any_sessions_pins_and_bans(
    town: Inventory, drawn: list[Row], pinned: list, forbidden: list, price: int
) -> None:
    enter(town, *(session(str(number), **row) for number, row in enumerate(drawn)))
    wish = Wish(price=price, pinned=tuple(pinned), forbidden=tuple(forbidden))
    problem = bundling.prepare(town, wish)
    plans = list(bundling.improve(problem))
    for plan in plans:
        holds_all_rules(plan)
    assert [plan.cost for plan in plans] == sorted((plan.cost for plan in plans), reverse=True)
    assert plans[-1].optimal
    assert len(plans) == 1 + plans[0].components
    again = bundling.plan(town, wish)
    assert (again.into, again.cost) == (plans[-1].into, plans[-1].cost)


@given(DRAWN)
@several
def test_waiting_people_are_never_worse_off_by_the_plan(town: Inventory, drawn: list[Row]) -> None:
    """As many get a seat as without any bundling, and what they get is held."""
    enter(town, *(session(str(number), **row) for number, row in enumerate(drawn)))
    nothing = bundling.plan(town, Wish(forbidden=tuple(permutations("0123456", 2))))
    assert nothing.into == {}
    plan = bundling.plan(town, Wish(price=0))
    assert plan.problem.placed == nothing.problem.placed
    assert not {target for _, target in plan.problem.placed} & set(plan.into)
    still = [key for key in plan.problem.sessions if plan.problem.still_waiting(key)]
    assert not set(still) & set(plan.into)  # nor does a waiting list lose its session


# ---------------------------------------------------------------- verdicts


def verdicts(inventory: Inventory, wish: Wish = CHEAP) -> dict[str, str]:
    frame = topics.topics(bundling.plan(inventory, wish))
    return dict(zip(frame["topic"], frame["verdict"], strict=True))


@pytest.mark.parametrize(
    ("rows", "verdict"),
    [
        ([{}], "single"),
        ([{}, {}], "repeat"),
        ([{"booked": 10, "waiting": 4}, {"booked": 10}, {"booked": 10}], "repeat"),
        ([{}, {"organization_id": "o2"}], "double_structure"),
        ([{"booked": 5}, {"booked": 5, "organization_id": "o2"}], "fine"),  # half full is not half empty
        ([{"booked": 10}, {"booked": 10, "organization_id": "o2"}], "wanted"),
        ([{}, {"booked": 10, "waiting": 1, "organization_id": "o2"}], "wanted"),
        ([{}, {"organization_id": "o2", "starts_on": "2027-02-01"}], "fine"),  # too far apart to be merged
        ([{}, {}, {"organization_id": "o2", "starts_on": "2027-02-01"}], "fine"),  # merged within one provider only
        ([{"seats": None}, {"seats": None, "organization_id": "o2"}], "unknown"),
    ],
)
def test_verdict_of_a_topic(town: Inventory, rows: list[Row], verdict: str) -> None:
    enter(town, *(session(key, **row) for key, row in zip("abc", rows, strict=False)))
    assert verdicts(town) == {"asylum_law|basic": verdict}


ONCE = {"name": "Asylrecht für Ehrenamtliche"}
TWICE = {"name": "Asyl-Recht für Ehrenamtliche"}


def test_the_same_course_entered_twice_is_a_duplicate_and_counts_once(town: Inventory) -> None:
    enter(town, session("a", booked=10, waiting=2, **ONCE), session("b", booked=10, waiting=2, **TWICE), session("k"))
    plan = bundling.plan(town)
    assert reasons(town) == {"b": "twin"}
    assert plan.problem.uncounted[0]["twin_id"] == "a"
    assert plan.problem.placed == {("a", "k"): 2}  # not four
    (topic,) = topics.topics(plan).to_dict("records")
    assert (topic["verdict"], topic["sessions"], topic["seats"], topic["waiting"]) == ("duplicate", 2, 20, 2)


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Arbeitsmarkt verstehen"},
        {"organization_id": "o2"},
        {"starts_on": "2026-12-08"},
        {"begins": "14:00"},
        {"location_id": "centre_02"},
    ],
)
def test_what_is_no_duplicate(town: Inventory, other: Row) -> None:
    enter(town, session("a", **ONCE), session("b", **{**TWICE, **other}))
    assert reasons(town) == {}


def test_a_pair_that_people_found_to_be_no_duplicate(town: Inventory) -> None:
    enter(town, session("a", **ONCE), session("b", **TWICE))
    merging.dismiss(town, "course", "a", "b", ADA, "zwei Gruppen")
    assert reasons(town) == {}
    assert verdicts(town) == {"asylum_law|basic": "repeat"}


# ---------------------------------------------------------------- the example, by hand

# Price 5 €. Each line: what is kept, at which cost, and why no other plan is cheaper. A move of n people over d days
# and x km weighs 5·n·(1 + d/7 + x/3).
PLANTED = {
    # 6 + 5 + 7 = 18 people fit into 20 seats of s105 (300 €), not into 16 of the others; s103 is by day.
    "intercultural": {"s098": "s105", "s103": "s105"},
    # s122 (Saturday) takes 6 + 4 + 5 = 15 of 16; it cannot go to the others, which are by day.
    "intercultural, second round": {"s125": "s122", "s128": "s122"},
    # s106 (240 €) takes 6 + 5 + 4 = 15 of 18; s100 is not barrier-free, s109 has 12 seats.
    "german_teaching": {"s100": "s106", "s109": "s106"},
    # only s118 has room for 6 + 5 + 8 = 19 of 20; s112 is not barrier-free.
    "trauma": {"s112": "s118", "s115": "s118"},
    # s117 (380 €) → s113 weighs 5·7·(1 + 1 + 0.1) = 73 €: 180 + 240 + 73 = 494 €. All into s117 would weigh
    # 380 + 5·5·(1 + 2 + 0.7) + 5·6·(1 + 1 + 0.1) = 380 + 80 + 63 = 536 €.
    "closeness": {"s117": "s113"},
    # s121 (180 €) takes 5 of s124; s127 in Roßlau stays, because its neighbours would lose access.
    "child_protection": {"s124": "s121"},
    # six who wait at s096 go to s102 first; 6 + 6 + 5 = 17 of 20 seats. s136 has no registration yet.
    "asylum_law": {"s108": "s102", "s136": "s133"},
}


def test_planted_merges(example: Inventory) -> None:
    plan = bundling.plan(example)
    assert plan.into == {session_id: kept for merged in PLANTED.values() for session_id, kept in merged.items()}
    assert plan.optimal


def test_planted_merges_where_moves_are_cheap(example: Inventory) -> None:
    """At 1 € a move, all into s117 weighs 380 + 16 + 13 = 409 €, two sessions 180 + 240 + 15 = 435 €."""
    assert into(example).items() >= {("s110", "s117"), ("s113", "s117")}


def test_figures_of_the_example(example: Inventory) -> None:
    """48 sessions come; s097 stands there twice, of s138 nobody knows the bookings. Given up are the twelve above."""
    figures = result.figures(bundling.plan(example))
    assert (figures.before, figures.after) == (46, 34)
    assert figures.people == 6 + 5 + 5 + 5 + 4 + 6 + 5 + 7 + 5 + 4 + 5 + 0
    assert figures.seats == 16 + 14 + 16 + 16 + 12 + 16 + 12 + 20 + 14 + 16 + 16 + 16
    assert figures.euros == 180 + 320 + 240 + 300 + 450 + 240 + 320 + 380 + 320 + 380 + 240 + 180
    assert figures.hours == 6 + 12 + 6 + 5 + 10 + 6 + 4 + 6 + 4 + 6 + 6 + 5
    assert figures.hours_unknown == figures.euros_unknown == 0
    assert figures.longest_days == 14  # s112 → s118


def test_planted_waiting_lists(example: Inventory) -> None:
    problem = bundling.prepare(example)
    assert problem.placed == {("s096", "s102"): 6, ("s126", "s129"): 5}
    found = result.free_seats(problem)
    assert found[["session_id", "kept_id", "people", "days"]].to_numpy().tolist() == [
        ["s096", "s102", 6, 6],
        ["s126", "s129", 5, 7],
    ]


def test_people_around_rosslau_would_lose_access(example: Inventory) -> None:
    """Meinsdorf, Mühlstedt and Streetz/Natho: 20 to 30 minutes to Roßlau, 49 to 60 to the inner city."""
    apart = result.kept_apart(bundling.plan(example)).set_index("pair")
    assert apart.loc["s127|s121", "losses"] == ("way",)
    assert apart.loc["s127|s121", "lost_district_ids"] == ("23", "24", "25")
    assert apart.loc["s127|s121", "people"] == 4
    assert apart.loc["s120|s116", "losses"] == ("barrier_free",)
    assert set(apart.index) == {"s127|s121", "s120|s116"}


def test_planted_verdicts(example: Inventory) -> None:
    found = verdicts(example, bundling.USUAL)
    assert found["volunteer_role|basic"] == "repeat"  # k34, three times on purpose
    assert found["asylum_law|basic"] == "duplicate"  # k11 and k35
    assert found["prejudice|basic"] == "wanted"
    for topic in ("intercultural", "german_teaching", "trauma", "closeness+volunteer_role", "child_protection"):
        assert found[f"{topic}|basic"] == "double_structure", topic
    assert found["supervision|basic"] == "fine"
    assert found["intercultural|advanced"] == "single"


def test_the_course_held_three_times_on_purpose_is_never_a_double_structure(example: Inventory) -> None:
    for price in (0, 5, 30):
        for days in (7, 21, 120):
            plan = bundling.plan(example, Wish(days=days, km=20, price=price))
            found = topics.topics(plan).set_index("topic")["verdict"]
            assert found["volunteer_role|basic"] == "repeat"
            assert not {"s094", "s101", "s107"} & set(plan.into)


def test_planted_unknowns(example: Inventory) -> None:
    assert reasons(example) == {"s097": "twin", "s138": "booked"}


def test_an_inventory_without_sessions(town: Inventory) -> None:
    enter(town)
    plan = bundling.plan(town)
    assert (plan.into, plan.cost, plan.bound, plan.gap, plan.components) == ({}, 0, 0, 0, 0)
    for table in (result.merges, result.held, result.kept_apart, topics.topics):
        assert table(plan).empty
    assert result.free_seats(plan.problem).empty
    assert result.uncounted(plan.problem).empty
