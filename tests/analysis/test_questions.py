"""METHODS M12: what to ask next. Figures by hand from tests/tiny_city, as in test_bounds.py."""

from random import Random
from typing import Any

import pandas as pd
import pytest

from esdash.analysis.bounds import bounds
from esdash.analysis.questions import questions
from esdash.analysis.questions.questions import Question
from esdash.analysis.selection import Selection
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.analysis import completions
from tests.analysis.entries import Row, enter, offer, online, survey
from tests.analysis.test_bounds import USUAL, leaf_rows, populate, some_offers
from tests.people import TEST
from tests.trials import amount


@pytest.fixture
def known(town: Inventory) -> Inventory:
    """Musterstadt, all people known, surveyed."""
    populate(town)
    survey(town)
    return town


def test_worth_is_the_need_that_the_unknown_keeps_open(known: Inventory) -> None:
    enter(known, online("a", capacity=None), online("b", organization_id="o2", capacity=5))
    # 34 needed; together 11 to 35 places, so thin to covered: open. The answer moves 24 of 34
    calls = questions.calls(known)
    assert calls["organization_id"].tolist() == ["o1"]
    call = calls.iloc[0]
    assert call["worth"] == pytest.approx(24, abs=1e-9)
    assert (call["fields"], call["needed"], call["questions"], call["offers"]) == (3, pytest.approx(34), 1, 1)
    assert questions.of(known, "o1") == [Question("a", "Angebot a", ("capacity",), pytest.approx(24))]
    assert questions.of(known, "o2") == []


def test_no_call_is_worth_what_is_settled_anyway(known: Inventory) -> None:
    enter(known, online("a", capacity=40), online("b", organization_id="o2", capacity=None))  # covered without b
    call = questions.calls(known).iloc[0]
    assert (call["organization_id"], call["worth"], call["fields"]) == ("o2", 0, 0)


@pytest.mark.parametrize(("asked_on", "order"), [("2026-11-20", ["o2", "o1"]), ("2026-08-01", ["o1", "o2"])])
def test_a_call_where_nobody_knew_comes_last_for_a_quarter_of_a_year(
    known: Inventory, asked_on: str, order: list[str]
) -> None:
    few = online("b", organization_id="o2", theme_ids=["essentials"], capacity=None)
    enter(known, online("a", capacity=None), few)
    assert questions.calls(known)["organization_id"].tolist() == ["o1", "o2"]
    with known.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "a", "asked_on": asked_on}])
    calls = questions.calls(known).set_index("organization_id")
    assert calls.index.tolist() == order
    assert pd.notna(calls.loc["o1", "asked_on"]) == (order == ["o2", "o1"])


def test_the_most_worth_comes_first(known: Inventory) -> None:
    enter(
        known,
        online("a", theme_ids=["essentials"], target_group_ids=None, capacity=2),  # few need it
        online("b", organization_id="o2", target_group_ids=None, capacity=20),
        online("c", organization_id="o3", theme_ids=None),  # of unknown theme: asked, last
    )
    calls = questions.calls(known)
    assert calls["organization_id"].tolist() == ["o2", "o1", "o3"]
    assert calls["worth"].is_monotonic_decreasing and calls["worth"].iloc[-1] == 0
    assert questions.calls(known, 1)["organization_id"].tolist() == ["o2"]
    assert questions.of(known, "o3") == [Question("c", "Angebot c", ("theme",), 0.0)]
    assert questions.of(known, "o3")[0].fields == ("theme_ids",)


def test_whom_to_ask_as_they_may_be_shown(known: Inventory) -> None:
    enter(known, online("a", capacity=None), online("b", organization_id="o2", theme_ids=["homework"], capacity=None))
    person = {"name": "Ada Muster", "email": "ada@example.org", "phone": "0340 1"}
    with known.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert(
            "contact",
            [
                {"contact_id": "c1", "organization_id": "o1", "role": "Leitung", "consent_scope": "internal", **person},
                {"contact_id": "c2", "organization_id": "o1", "role": "Kurse", "consent_scope": "public", **person},
            ],
        )
        change.update("initiative", [{"initiative_id": "a", "contact_id": "c2"}])
    call = questions.calls(known).set_index("organization_id").loc["o1"]
    assert (call["contact_id"], call["contact_role"], call["contact_name"]) == ("c2", "Kurse", "Ada Muster")
    with known.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "a", "contact_id": "c1"}])
    call = questions.calls(known).set_index("organization_id").loc["o1"]
    assert (call["contact_id"], call["contact_role"]) == ("c1", "Leitung")
    assert call[["contact_name", "contact_email", "contact_phone"]].isna().all()  # consent within the office only
    with known.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "a", "contact_id": None}])
        change.remove("contact", ["c1", "c2"])


def test_where_nobody_looked_is_a_visit(town: Inventory) -> None:
    populate(town)
    survey(town, ["german_courses"])
    enter(town, online("a", theme_ids=["counselling"], target_group_ids=["women"], capacity=None))
    visits = questions.visits(town).set_index(["theme_id", "district_id"])
    # counselling: 5 % of 200 adults, 2 % of 100 women; essentials: 1 % of 100, 200, 100; homework: 20 % of 100 children
    assert visits["needed"].to_dict() == {
        **{("homework", d): pytest.approx(n) for d, n in (("01", 20), ("02", 10), ("03", 4))},
        **{("counselling", d): pytest.approx(n) for d, n in (("01", 12), ("02", 6), ("03", 2.4))},
        **{("essentials", d): pytest.approx(n) for d, n in (("01", 4), ("02", 2), ("03", 0.8))},
    }
    assert visits["needed"].is_monotonic_decreasing
    assert not visits.loc[("counselling", "01"), "none_known"] and visits.loc[("homework", "01"), "none_known"]
    assert len(questions.visits(town, Selection(themes=("living",), districts=("01",)))) == 2
    assert len(questions.visits(town, limit=2)) == 2


@pytest.mark.parametrize("seed", range(amount(3, 15)))
def test_an_answer_removes_exactly_its_question(known: Inventory, seed: int) -> None:
    draw = Random(200 + seed)
    rows: list[Row] = [{**row, "organization_id": f"o{1 + n % 3}"} for n, row in enumerate(some_offers(draw))]
    truth = {row["initiative_id"]: completions.drawn(row, USUAL, draw) for row in leaf_rows(rows)}
    enter(known, *rows)
    before = open_questions(known)
    for place, row in enumerate(rows):
        key = row["initiative_id"]
        for fact, field in (("capacity", "capacity"), ("target_group", "target_group_ids")):
            if (key, fact) not in before:
                continue
            rows[place] = completions.answered(rows[place], truth[key], field)
            enter(known, *rows)
            after = open_questions(known)
            assert before - after == {(key, fact)} and not after - before
            before = after
    assert before <= {(key, fact) for key in truth for fact in ("mode", "place")}


def open_questions(inventory: Inventory) -> set[tuple[str, str]]:
    calls = questions.calls(inventory)
    found = [question for key in calls["organization_id"] for question in questions.of(inventory, key)]
    asked = {(question.initiative_id, fact) for question in found for fact in question.facts}
    assert calls["questions"].sum() == len(asked)
    return asked


def test_with_the_public_facts_there_are_calls_in_order(public: Inventory) -> None:
    calls = questions.calls(public, 10)
    assert len(calls) == 10 and (calls["worth"] > 0).all()
    assert calls["worth"].is_monotonic_decreasing
    assert len(questions.visits(public)) == 650  # nobody has looked anywhere: 26 themes × 25 districts
    city = bounds.city(public, everywhere=True)
    assert (city["share_low"], round(float(city["share_high"]), 2), city["state"]) == (0, 0.46, "not_surveyed")
    themes = bounds.table(public, "theme", "city", everywhere=True)
    assert (themes["state"] == "none_known").sum() == 6


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from esdash.analysis import open_inventory
    from esdash.examples.start import start
    from tests.conftest import NOW

    path = tmp_path_factory.mktemp("public") / "i.duckdb"
    start(path, "public", clock=lambda: NOW)
    inventory = open_inventory(path, clock=lambda: NOW)
    yield inventory
    inventory.close()


def test_nothing_is_asked_where_all_is_known(known: Inventory) -> None:
    enter(known, offer("a"))
    assert questions.calls(known).empty and questions.visits(known).empty
    assert isinstance(questions.calls(known), pd.DataFrame)
