"""METHODS M6: points, verdicts and reasons, cases and their order; providers of a theme; ties of organisations."""

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis.overlaps import overlaps
from esdash.inventory import Inventory, merging
from esdash.inventory.access import Action
from esdash.inventory.steering import deciding
from esdash.texts import Text
from esdash.wording import overlaps as words
from tests.analysis.entries import GROUPS, Row, enter, offer, online, survey
from tests.analysis.test_coverage import STEADY
from tests.analysis.test_overlaps import other, place, weekly
from tests.people import ADA, TEST

POINTS = [f"{name}_points" for name in overlaps.SHARES]
MONDAY, TUESDAY = weekly((1, "10:00", "12:00")), weekly((2, "10:00", "12:00"))
SAME: Row = {"name": "Sprachtreff", "language_ids": ["de"]}

# ---------------------------------------------------------------- points

ANY_OFFER = st.fixed_dictionaries(
    {
        "mode": st.sampled_from(["on_site", "mobile", "online", None]),
        "location_id": st.sampled_from(["centre_01", "centre_02", "centre_03", None]),
        "target_group_ids": st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True),
        "language_ids": st.none() | st.lists(st.sampled_from(["de", "fa"]), max_size=2, unique=True),
        "times": st.sampled_from([None, [], MONDAY, TUESDAY, weekly((1, "11:00", "13:30"))]),
        "capacity": st.none() | st.integers(0, 60),
    }
)


@STEADY
@given(a=ANY_OFFER, b=ANY_OFFER)
def test_the_points_of_the_shares_add_up_to_the_score(town: Inventory, a: Row, b: Row) -> None:
    enter(town, offer("a", **a), other(**b))
    for table in ("overlap_compared(0)", "overlap_judged"):
        for row in town.frame(f"FROM {table}").itertuples():
            points = [getattr(row, name) for name in POINTS]
            assert math.fsum(value for value in points if not pd.isna(value)) == pytest.approx(row.score, abs=1e-9)
            known = [name for name in overlaps.SHARES if not pd.isna(getattr(row, f"{name}_share"))]
            assert [name for name, value in zip(overlaps.SHARES, points, strict=True) if not pd.isna(value)] == known
            assert 0 <= row.score <= 1 + 1e-9


@STEADY
@given(a=ANY_OFFER, b=ANY_OFFER)
def test_what_is_left_out_early_would_not_have_reached_the_score(town: Inventory, a: Row, b: Row) -> None:
    enter(town, offer("a", **a), other(**b))
    every, high = town.frame("FROM overlap_compared(0)"), town.frame("FROM overlap_judged")
    assert high["score"].tolist() == [score for score in every["score"] if score >= 0.7]


def test_points_of_a_pair(town: Inventory) -> None:
    """Same place, two of three groups, one of two languages; times unknown: weights .35 + .30 + .20 = .85."""
    a = offer("a", target_group_ids=["adults", "women", "children"], language_ids=["de", "fa"])
    enter(town, a, other(target_group_ids=["adults", "women"], language_ids=["de"]))
    (row,) = town.frame("FROM overlap_compared(0)").itertuples()
    assert row.known_weight == pytest.approx(0.85)
    points = [0.35 * 2 / 3 / 0.85, 0.30 / 0.85, 0.20 / 2 / 0.85]
    assert [row.groups_points, row.distance_points, row.languages_points] == pytest.approx(points)
    assert pd.isna(row.times_points)


# ---------------------------------------------------------------- saturation and replaceability


@pytest.mark.parametrize(
    ("need", "supply", "places", "share"),
    [
        (30, 40, 20, 0.5),  # the example of METHODS M6: of two offers of 20 each, 10 of the 20 places would be missed
        (30, 60, 20, 1.0),
        (30, 30, 20, 0.0),
        (30, 20, 20, 0.0),
        (34, 40, 20, 0.3),
        (0, 40, 20, 1.0),  # nobody needs it
        (None, 40, 20, None),
        (30, None, 20, None),
        (30, 40, None, None),
        (30, 40, 0, None),  # no place that could be missed
    ],
)
def test_replaceability(town: Inventory, need: Any, supply: Any, places: Any, share: float | None) -> None:
    found = town.value("SELECT replaceability($n, $s, $p)", n=need, s=supply, p=places)
    assert found is None if share is None else found == pytest.approx(share)


@STEADY
@given(need=st.floats(0, 1e4), supply=st.floats(0, 1e4), places=st.floats(0.1, 1e4))
def test_bounds_of_replaceability(town: Inventory, need: float, supply: float, places: float) -> None:
    """A share; nothing is replaceable below the need, and more need never makes it more so."""
    one, more = (
        town.value("SELECT replaceability($n, $s, $p)", n=wanted, s=supply, p=places) for wanted in (need, need + 5)
    )
    assert -1e-9 <= one <= 1 + 1e-9
    assert more <= one + 1e-9
    if supply <= need:
        assert one == pytest.approx(0, abs=1e-9)


def test_two_offers_of_twenty_where_thirty_are_needed(town: Inventory) -> None:
    """METHODS M6 from the records on: adults need 20 places in 01 and 10 in 02."""
    served: Row = {"district_ids": ["01", "02"], "capacity": 20}
    enter(town, online("a", **served), online("b", organization_id="o2", name="Kurs am Markt", **served))
    (case,) = overlaps.open_cases(town).itertuples()
    assert (case.need, case.supply, case.saturation) == pytest.approx((30, 40, 4 / 3))
    assert list(case.replaceable) == pytest.approx([0.5, 0.5])
    assert case.surplus == pytest.approx(10)


@STEADY
@given(a=ANY_OFFER, b=ANY_OFFER, c=ANY_OFFER)
def test_bounds_of_a_case(town: Inventory, a: Row, b: Row, c: Row) -> None:
    enter(town, offer("a", **a), other(**b), offer("c", organization_id="o3", name="Sprachtreff", **c))
    for case in overlaps.open_cases(town).itertuples():
        shares = [share for share in case.replaceable if share is not None]
        assert all(-1e-9 <= share <= 1 + 1e-9 for share in shares)
        if not pd.isna(case.need):
            assert case.saturation == pytest.approx(case.supply / case.need)
            assert (case.saturation > 1) == (case.supply > case.need)
        if case.verdict == "double_structure":
            assert 0 < case.surplus <= case.capacity + 1e-9


# ---------------------------------------------------------------- verdicts and their reasons


@pytest.mark.parametrize(
    ("a", "b", "verdict", "reason"),
    [
        # one provider, like names
        (SAME | {"times": MONDAY}, SAME | {"times": MONDAY, "organization_id": "o1"}, "duplicate", "same_record"),
        (SAME | {"times": MONDAY}, SAME | {"times": None, "organization_id": "o1"}, "duplicate", "same_record"),
        (SAME | {"times": MONDAY}, SAME | {"times": TUESDAY, "organization_id": "o1"}, "repeat", "own_times"),
        (SAME | {"mode": "online", "location_id": None}, SAME | {"organization_id": "o1"}, "repeat", "own_again"),
        # two providers that carry it together
        (SAME | {"times": MONDAY, "partner_ids": ["o2"]}, SAME | {"times": TUESDAY}, "repeat", "together_times"),
        (
            {"times": MONDAY, "partner_ids": ["o2"], "language_ids": ["de"]},
            {"times": TUESDAY, "partner_ids": ["o1"], "language_ids": ["de"]},
            "repeat",
            "together_times",
        ),
        # … which names alone do not show
        (
            SAME | {"times": MONDAY, "capacity": 20},
            SAME | {"times": TUESDAY, "capacity": 20},
            "double_structure",
            "surplus",
        ),
        # one names the other as partner, but it is not called the same
        (
            {"times": MONDAY, "partner_ids": ["o2"], "language_ids": ["de"], "capacity": 5},
            {"times": TUESDAY, "language_ids": ["de"], "capacity": 5},
            "wanted",
            "within_need",
        ),
        ({"capacity": 20}, {"capacity": 20, "waiting": 1}, "wanted", "waiting"),
        ({"capacity": 20}, {"capacity": None}, "unknown", "capacity_unknown"),
        ({"capacity": 20}, {"capacity": 20}, "double_structure", "surplus"),
        # only the groups can be compared: .35 of the weight
        (
            {"capacity": 40, "mode": "online", "location_id": None, "district_ids": ["01"]},
            {"capacity": 40},
            "unknown",
            "little_known",
        ),
    ],
)
def test_verdict_and_reason(town: Inventory, a: Row, b: Row, verdict: str, reason: str) -> None:
    enter(town, offer("a", **a), other(**b))
    found = overlaps.pairs(town)
    assert found[["verdict", "reason"]].values.tolist() == [[verdict, reason]]


JOINT: Row = {"times": MONDAY, "partner_ids": ["o2"], "capacity": 12, "language_ids": ["de"]}
AGAIN: Row = {"times": MONDAY, "partner_ids": ["o1"], "capacity": 12, "language_ids": ["de"]}  # by o2, another name


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ({}, {}, "joint_record"),
        ({}, {"partner_ids": None}, "joint_record"),  # only one side names the other
        ({"partner_ids": None}, {}, "joint_record"),
        ({}, {"language_ids": ["fa"], "capacity": 20, "waiting": 3}, "joint_record"),  # whatever else differs
        (
            {},
            {"target_group_ids": ["women", "children", "adults"], "language_ids": ["fa"]},
            "joint_record",
        ),  # score .57
        ({"partner_ids": ["o3"]}, {"organization_id": "o3", "partner_ids": ["o1"]}, "joint_record"),
        ({"partner_ids": ["o2", "o3"]}, {"organization_id": "o1", "partner_ids": ["o3", "o2"]}, "joint_record"),
        ({}, {"times": TUESDAY}, "together_times"),
        ({}, {"times": None}, "within_need"),  # at another time, for all that is known
        ({"partner_ids": None}, {"partner_ids": None}, "within_need"),  # nobody says that they do it together
        ({"partner_ids": ["o3"]}, {"partner_ids": ["o3"]}, "within_need"),  # both with a third
    ],
)
def test_a_joint_offer_entered_by_both_partners(town: Inventory, a: Row, b: Row, reason: str) -> None:
    enter(town, offer("a", **JOINT | a), other(**AGAIN | b))
    assert overlaps.pairs(town)["reason"].tolist() == [reason]


def test_a_joint_offer_at_two_places_is_no_double_entry(town: Inventory) -> None:
    enter(town)
    near, far = place(town, "near", 0.2), place(town, "far", 0.3)
    enter(town, offer("a", **JOINT), other(**AGAIN | {"location_id": near}))
    assert overlaps.pairs(town)["verdict"].tolist() == ["duplicate"]
    enter(town, offer("a", **JOINT), other(**AGAIN | {"location_id": far}))
    assert overlaps.pairs(town)["verdict"].tolist() == ["wanted"]


def test_places_without_coordinates_are_not_one_place(town: Inventory) -> None:
    """Both lie in district 01, whose centre stands for them when distances are computed."""
    enter(town)
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("location", [{"location_id": key, "name": key, "district_id": "01"} for key in ("x", "y")])
    enter(town, offer("a", **JOINT | {"location_id": "x"}), other(**AGAIN | {"location_id": "y"}))
    assert overlaps.pairs(town)["verdict"].tolist() == ["wanted"]
    enter(town, offer("a", **JOINT | {"location_id": "x"}), other(**AGAIN | {"location_id": "x"}))
    assert overlaps.pairs(town)["verdict"].tolist() == ["duplicate"]


def test_a_joint_offer_counts_its_places_once(town: Inventory) -> None:
    """Adults need 34 places; 12 reach them and not 24."""
    enter(town, offer("a", **JOINT), other(**AGAIN))
    (case,) = overlaps.open_cases(town).to_dict("records")
    assert (case["verdict"], case["reason"], case["places_at_stake"]) == ("duplicate", "joint_record", 12)
    assert (case["supply"], case["need"]) == pytest.approx((12, 34))
    found = overlaps.sums(town, case)
    assert found == pytest.approx((12, 0, 34, 12, 0, 1))
    german = Text("de")
    assert words.reason(case, german) == (
        "Dieselben Träger, derselbe Ort, dieselbe Zeit: derselbe Termin, zweimal eingetragen."
    )
    assert words.sums(found, german) == [
        "Diese Menschen brauchen 34 Plätze pro Woche. Für sie gibt es 12 Plätze in diesen Angeboten und 0 in anderen, "
        "zusammen 12.",
        "Was zweimal eingetragen ist, zählt hier einmal. Der Versorgungsgrad rechnet mit beiden Einträgen, bis sie "
        "zusammengeführt sind.",
    ]


def test_what_is_entered_twice_makes_no_surplus_for_a_third(town: Inventory) -> None:
    """20 + 10 places for 34, not 20 + 20 + 10; of two entries the one with more places counts."""
    third = offer("c", organization_id="o3", name="Abendschule", capacity=10, language_ids=["de"])
    enter(town, offer("a", **JOINT | {"capacity": 15}), other(**AGAIN | {"capacity": 20}), third)
    found = overlaps.pairs(town).set_index(["a_id", "b_id"])
    assert found["verdict"].to_dict() == {("a", "b"): "duplicate", ("a", "c"): "wanted", ("b", "c"): "wanted"}
    assert found["supply"].tolist() == pytest.approx([30, 30, 30])


def test_people_decide_whether_it_is_entered_twice(town: Inventory) -> None:
    enter(town, offer("a", **JOINT), other(**AGAIN))
    deciding.decide(town, ["a", "b"], "wanted", ADA, "zwei Räume")
    assert overlaps.pairs(town)["supply"].tolist() == pytest.approx([24])
    enter(town, offer("a", capacity=10), other(capacity=10))  # nothing says that they are one
    assert overlaps.pairs(town)["supply"].tolist() == pytest.approx([20])
    deciding.decide(town, ["a", "b"], "duplicate", ADA, "ein Kurs")
    assert overlaps.pairs(town)["supply"].tolist() == pytest.approx([10])


def test_the_three_sums_of_a_case(town: Inventory) -> None:
    """a and b (20 places each) are the case; c, online in another language, is not like them and reaches the same need.

    a is also for women, who need places, so part of its 20 places is for them.
    """
    a = offer("a", capacity=20, target_group_ids=["adults", "women"], language_ids=["de"], times=MONDAY)
    b = other(capacity=20, target_group_ids=["adults"], language_ids=["de"], times=MONDAY)
    enter(town, a, b, online("c", organization_id="o3", name="Abendschule", capacity=15, language_ids=["fa"]))
    case = overlaps.open_cases(town).iloc[0].to_dict()
    assert list(case["initiative_ids"]) == ["a", "b"]
    found = overlaps.sums(town, case)
    places = town.frame("SELECT initiative_id, target_group_id, sum(places) AS places FROM offer_places GROUP BY ALL")
    of = places.set_index(["initiative_id", "target_group_id"])["places"]
    assert of["a", "adults"] < 20
    assert found.here == pytest.approx(of["a", "adults"] + 20)
    assert found.elsewhere == pytest.approx(15)
    assert (found.needed, found.capacity, found.unknown, found.twice) == (pytest.approx(34), 40, 0, 0)
    assert found.here + found.elsewhere == pytest.approx(case["supply"])


@pytest.mark.parametrize(
    ("sums", "figures"),
    [
        ((118.4, 27.4, 71.6, 125, 0, 0), ("72", "118", "28", "146")),  # 118.4 + 27.4 = 145.8: what is shown adds up
        ((0.5, 0.5, 0.4, 1, 0, 0), ("0", "1", "0", "1")),
    ],
)
def test_the_sums_add_up_as_shown(sums: tuple[Any, ...], figures: tuple[str, ...]) -> None:
    needed, here, elsewhere, supply = figures
    assert words.sums(overlaps.Sums(*sums), Text("de"))[0] == (
        f"Diese Menschen brauchen {needed} Plätze pro Woche. Für sie gibt es {here} Plätze in diesen Angeboten und "
        f"{elsewhere} in anderen, zusammen {supply}."
    )


def test_what_the_sums_leave_out_is_said() -> None:
    said = words.sums(overlaps.Sums(118.4, 27.4, 71.6, 125, 1, 0), Text("de"))
    assert said[1:] == [
        "Diese Angebote haben 125 Plätze; 7 davon sind für andere Menschen.",
        "Bei 1 dieser Angebote ist die Zahl der Plätze unbekannt; sie fehlt in der Summe.",
    ]
    assert words.sums(overlaps.Sums(0, None, None, 20, 0, 0), Text("de")) == []  # the need is unknown


@pytest.mark.parametrize(
    ("kilometres", "said"),
    [
        (0.0, "am selben Ort"),
        (0.004, "am selben Ort"),
        (0.123, "120 m"),
        (0.994, "990 m"),
        (0.996, "1,0 km"),
        (3.21, "3,2 km"),
    ],
)
def test_distances_in_words(kilometres: float, said: str) -> None:
    assert words.distance(kilometres, Text("de")) == said
    assert words.distance(None, Text("de")) == "unbekannt"


def test_the_same_provider_elsewhere(town: Inventory) -> None:
    enter(town)
    north = place(town, "north", 0.5)
    same = SAME | {"times": MONDAY}
    enter(town, offer("a", **same), other(**same | {"organization_id": "o1", "location_id": north}))
    assert overlaps.pairs(town)["reason"].tolist() == ["own_place"]


def test_nobody_knows_the_need(town: Inventory) -> None:
    """Nobody has counted the women in 03."""
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.remove("population", ["03|women"])
    women: Row = {"target_group_ids": ["women"], "location_id": None, "district_ids": ["03"], "mode": "online"}
    enter(town, offer("a", **women), other(**women))
    assert overlaps.pairs(town)["reason"].tolist() == ["need_unknown"]


def test_a_hidden_need_decides_only_where_both_its_ends_agree(town: Inventory) -> None:
    """Women in 03 are 1 to 69, who need 0.05 to 3.45 places: 4 places are too many for sure, 2 may be needed."""
    women: Row = {"target_group_ids": ["women"], "location_id": None, "district_ids": ["03"], "mode": "online"}
    for capacity, reason in ((2, "surplus"), (1, "need_unknown")):
        enter(town, offer("a", **women, capacity=capacity), other(**women, capacity=capacity))
        assert overlaps.pairs(town)["reason"].tolist() == [reason]


def test_a_pair_that_people_found_to_be_no_duplicate(town: Inventory) -> None:
    same = SAME | {"times": MONDAY, "capacity": 20}
    enter(town, offer("a", **same), other(**same))
    assert overlaps.pairs(town)["reason"].tolist() == ["same_record"]
    merging.dismiss(town, "initiative", "a", "b", ADA, "zwei Gruppen")
    assert overlaps.pairs(town)["reason"].tolist() == ["surplus"]


# ---------------------------------------------------------------- cases


def row_of_offers(town: Inventory, count: int, step_km: float, **fields: Any) -> list[str]:
    """Offers of as many organisations, each so far north of the one before."""
    enter(town)
    names = [f"p{number:02}" for number in range(count)]
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": name, "name": name} for name in names])
    places = [place(town, f"at_{name}", step_km * number) for number, name in enumerate(names)]
    words = [
        "Lesekreis",
        "Sprachcafé",
        "Kurs am Markt",
        "Treff im Hof",
        "Wortwerk",
        "Abendschule",
        "Klub",
        "Deutsch",
        "Kiez",
    ]
    enter(
        town,
        *(
            offer(name, organization_id=name, location_id=where, name=words[number % len(words)], **fields)
            for number, (name, where) in enumerate(zip(names, places, strict=True))
        ),
    )
    return names


def test_a_case_says_what_it_amounts_to(town: Inventory) -> None:
    enter(town, offer("b", capacity=20), offer("a", organization_id="o2", name="Kurs am Markt", capacity=30))
    (case,) = overlaps.open_cases(town).itertuples()
    assert (case.case_id, list(case.initiative_ids)) == ("a+b", ["a", "b"])
    assert list(case.initiative_names) == ["Kurs am Markt", "Angebot b"]
    assert (list(case.theme_ids), list(case.target_group_ids), list(case.district_ids)) == (
        ["german_courses"],
        ["adults"],
        ["01"],
    )
    # 50 places for 34; without a (30) there are 20 for 34: 14 missed; without b (20) 30 for 34: 4 missed
    assert case.surplus == pytest.approx(16)
    assert list(case.replaceable) == pytest.approx([1 - 14 / 30, 1 - 4 / 20])
    assert case.weight == pytest.approx(1.0 * 1.0 * 16)  # urgency × score × places beyond the need


def test_weights_of_the_other_verdicts(town: Inventory) -> None:
    same = SAME | {"times": MONDAY}
    enter(town, offer("a", capacity=10, **same), other(capacity=12, **same))
    assert overlaps.open_cases(town)["weight"].tolist() == pytest.approx([0.5 * 10])  # a duplicate: 22 − 12 count twice
    enter(town, offer("a", capacity=10), other(capacity=12, waiting=1))
    assert overlaps.open_cases(town)["weight"].tolist() == pytest.approx([0.1 * 22])


def test_a_short_chain_is_one_case(town: Inventory) -> None:
    """Neighbours at 0.8 km are alike (.92 of .30), those at 1.6 km are not (.65 − .22)."""
    names = row_of_offers(town, 4, 0.9, capacity=40)
    found = overlaps.pairs(town)
    assert ("p00", "p03") not in set(zip(found["a_id"], found["b_id"], strict=True))
    assert [list(ids) for ids in overlaps.open_cases(town)["initiative_ids"]] == [names]


def test_a_long_chain_is_cut_where_its_links_are_weakest(town: Inventory) -> None:
    """Nine offers in a row, in three groups of close ones: no case of nine."""
    enter(town)
    names = row_of_offers(town, 9, 0.0, capacity=40)
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        for number in range(9):
            group, within = divmod(number, 3)
            north = group * 0.9 + within * 0.05
            change.update(
                "location", [{"location_id": f"at_p{number:02}", "lat": 52.005 + north * 360 / (2 * math.pi * 6371)}]
            )
    cases = overlaps.open_cases(town)
    assert sorted(list(ids) for ids in cases["initiative_ids"]) == [names[0:3], names[3:6], names[6:9]]


def test_many_offers_at_one_place_stay_one_case(town: Inventory) -> None:
    """They are all alike: that is no chain."""
    names = row_of_offers(town, 9, 0.0, capacity=40)
    assert [list(ids) for ids in overlaps.open_cases(town)["initiative_ids"]] == [names]


def test_no_offers_no_cases(town: Inventory) -> None:
    enter(town)
    for question in (overlaps.open_cases, overlaps.cases, overlaps.pairs, overlaps.providers):
        assert len(question(town)) == 0
    assert overlaps.decisions(town) == []
    assert len(overlaps.ties(town, 5)) == 0


def test_the_heaviest_case_of_the_example(example: Inventory) -> None:
    cases = overlaps.open_cases(example)
    assert cases["case_id"][0] == "i006+i007+i077"  # three organisations, most places beyond the need
    assert cases["weight"].is_monotonic_decreasing
    assert not cases["case_id"].isin(["i002+i049", "i023+i024"]).any()  # decided in the example


# ---------------------------------------------------------------- providers of a theme


@pytest.mark.parametrize(
    ("places", "largest_share"),
    [
        ([("o1", 10), ("o2", 10), ("o3", 10)], 1 / 3),
        ([("o1", 10), ("o1", 20)], 1.0),
        ([("o1", 30), ("o2", 10)], 0.75),
        ([("o1", 30), ("o2", 10), ("o3", None)], 0.75),  # of the known places
        ([("o1", None)], None),
    ],
)
def test_providers_and_the_share_of_the_largest(
    town: Inventory, places: list[Any], largest_share: float | None
) -> None:
    enter(town, *(offer(f"i{n}", organization_id=who, capacity=size) for n, (who, size) in enumerate(places)))
    (row,) = overlaps.providers(town).itertuples()
    assert pd.isna(row.largest_share) if largest_share is None else row.largest_share == pytest.approx(largest_share)
    assert row.offers == len(places)
    assert row.organizations == len({who for who, _ in places})
    unknown = sum(size is None for _, size in places)
    assert (row.offers_unknown, row.organizations_unknown) == (unknown, unknown)


def test_an_offer_of_two_themes_counts_half_in_each(town: Inventory) -> None:
    enter(
        town,
        offer("a", theme_ids=["german_courses", "homework"], capacity=20),
        other(theme_ids=["homework"], capacity=30),
    )
    found = overlaps.providers(town).set_index("theme_id")
    assert found["places"].to_dict() == {"german_courses": 10, "homework": 40}
    assert found.loc["homework", ["largest_id", "largest_share"]].tolist() == ["o2", 0.75]


# ---------------------------------------------------------------- ties between organisations


def test_who_overlaps_and_who_complements(town: Inventory) -> None:
    """o1 and o2 offer the same; o3 helps the same people in the same district with something else."""
    enter(
        town,
        offer("a", capacity=20),
        other(capacity=20),
        offer("c", organization_id="o3", theme_ids=["counselling"]),
        offer(
            "d", organization_id="o3", theme_ids=["counselling"], target_group_ids=["women"], location_id="centre_02"
        ),
    )
    found = overlaps.ties(town, 5)
    assert found[["a_id", "b_id", "kind"]].values.tolist() == [
        ["o1", "o2", "overlap"],
        ["o1", "o3", "complement"],
        ["o2", "o3", "complement"],
    ]
    overlap, complement = found.iloc[0], found.iloc[1]
    assert (overlap["strength"], overlap["doubles"], list(overlap["theme_ids"])) == (1.0, 1, ["german_courses"])
    assert (complement["strength"], list(complement["target_group_ids"]), list(complement["district_ids"])) == (
        1,
        ["adults"],
        ["01"],
    )
    only = overlaps.ties(town, 5, "o1")
    assert only["b_id"].tolist() == ["o2", "o3"]
    fewer = overlaps.ties(town, 1)
    assert (fewer["kind"].tolist(), fewer["ties"].tolist()) == (["overlap", "complement"], [1, 2])


def test_a_theme_in_common_is_no_complement(town: Inventory) -> None:
    enter(
        town,
        offer("a", theme_ids=["german_courses", "counselling"]),
        offer("b", organization_id="o2", theme_ids=["counselling", "essentials"], language_ids=["fa"]),
    )
    assert "complement" not in overlaps.ties(town, 5)["kind"].tolist()


def test_a_repetition_ties_nobody(town: Inventory) -> None:
    enter(town, offer("a", **SAME | {"times": MONDAY, "partner_ids": ["o2"]}), other(**SAME | {"times": TUESDAY}))
    assert len(overlaps.ties(town, 5)) == 0
    survey(town, ["german_courses"])  # whether somebody has looked changes nothing here
    assert len(overlaps.ties(town, 5)) == 0
