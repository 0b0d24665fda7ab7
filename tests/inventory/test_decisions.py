"""Decisions of a running meeting: words, votes, numbers, two people at once, what follows."""

import threading
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering.meetings import agenda, decisions, majority
from esdash.inventory.steering.meetings.majority import Votes
from esdash.inventory.steering.meetings.said import Said
from tests.inventory.meetings import add, run
from tests.people import ADA, BEA

YES = Said("adopted", "Die Lernhilfe wird aufgebaut.")


def kept(inventory: Inventory) -> list[dict[str, Any]]:
    return inventory.rows("FROM decision ORDER BY number")


def test_a_decision_holds_what_was_said(tiny: Inventory) -> None:
    meeting, (item,) = run(tiny, "Lernhilfe in Alten")
    said = Said(
        "adopted_changed", "Acht Plätze ab Mai.", "counts", Votes(2, 1), reason="Raum ist frei", view_url="?a=1"
    )
    key = decisions.decide(tiny, ADA, item, said)
    (row,) = kept(tiny)
    assert row["decision_id"] == key and (row["number"], row["decided_on"]) == ("2026/1", date(2026, 11, 22))
    assert (row["yes"], row["no"], row["abstain"], row["recused"]) == (2, 1, None, None)
    assert (row["majority"], row["carried"], row["meeting_id"]) == ("simple", True, meeting)
    assert tiny.value("SELECT state FROM agenda_item") == "decided"


def test_without_objection_invents_no_votes(tiny: Inventory) -> None:
    _, (item,) = run(tiny, "Punkt")
    decisions.decide(tiny, ADA, item, YES)
    (row,) = kept(tiny)
    assert (row["recorded"], row["yes"], row["no"], row["abstain"], row["carried"]) == (
        "consensus",
        None,
        None,
        None,
        True,
    )


def test_seats_vote_one_by_one(tiny: Inventory) -> None:
    _, (item,) = run(tiny, "Punkt")
    seats = {"a": "yes", "b": "no", "c": "recused"}
    with pytest.raises(UserError, match="decision_without_majority"):  # one for, one against
        decisions.decide(tiny, ADA, item, Said("adopted", "Ja.", "by_seat", seats=seats))
    decisions.decide(tiny, ADA, item, Said("rejected", "Ja.", "by_seat", seats=seats))
    (row,) = kept(tiny)
    assert (row["yes"], row["no"], row["abstain"], row["recused"], row["carried"]) == (1, 1, 0, 1, False)


def test_a_second_click_changes_nothing_and_another_decision_replaces_with_trace(tiny: Inventory) -> None:
    _, (item,) = run(tiny, "Punkt")
    first = decisions.decide(tiny, ADA, item, YES)
    assert decisions.decide(tiny, ADA, item, YES) == first
    with pytest.raises(UserError, match="decision_meanwhile"):  # Bea has not seen Ada's
        decisions.decide(tiny, BEA, item, Said("rejected", "Nein."))
    second = decisions.decide(tiny, BEA, item, Said("rejected", "Nein."), replaces=first)
    assert [(row["number"], row["supersedes_id"]) for row in kept(tiny)] == [("2026/1", None), ("2026/2", first)]
    with pytest.raises(UserError, match="decision_meanwhile"):  # the first is not what stands now
        decisions.decide(tiny, ADA, item, YES, replaces=first)
    assert decisions.decide(tiny, BEA, item, Said("rejected", "Nein."), replaces=first) == second


def test_two_people_at_once_have_one_outcome_each(tiny: Inventory) -> None:
    """Eight threads decide about four points, each point by two people who disagree."""
    _, items = run(tiny, "Eins", "Zwei", "Drei", "Vier")
    ready, refused = threading.Barrier(8), []

    def act(item: str, result: str) -> None:
        ready.wait()
        try:
            decisions.decide(tiny, ADA, item, Said(result, result))
        except UserError as error:
            refused.append(error.key)

    threads = [threading.Thread(target=act, args=(item, said)) for item in items for said in ("adopted", "rejected")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["decision_meanwhile"] * 4
    assert [row["number"] for row in kept(tiny)] == ["2026/1", "2026/2", "2026/3", "2026/4"]
    assert {row["agenda_item_id"] for row in kept(tiny)} == set(items)


def test_a_number_is_never_used_twice(tiny: Inventory) -> None:
    meeting, (item,) = run(tiny, "Punkt")
    decisions.decide(tiny, ADA, item, YES)
    for number in ("2026/1", "2026/99"):  # past the function: the file itself refuses it, and counts on from it
        row = {
            "decision_id": number,
            "number": number,
            "meeting_id": meeting,
            "result": "noted",
            "recorded": "consensus",
        }
        row |= {"resolution_text": "x", "decided_on": date(2026, 11, 22)}
        try:
            with tiny.change(ADA, Action.DECIDE_POINT) as change:
                change.insert("decision", [row])
        except UserError as error:
            assert (number, error.key) == ("2026/1", "rule_broken")
    (other,) = add(tiny, meeting, "Noch einer", agenda_item_id="other")
    decisions.decide(tiny, ADA, other, YES)
    assert [row["number"] for row in kept(tiny)] == ["2026/1", "2026/100", "2026/99"]


def test_lead_and_date_make_a_measure_which_follows_the_decision(tiny: Inventory) -> None:
    _, (item,) = run(tiny, "Lernhilfe in Alten")
    said = Said("adopted", "Ja.", lead_organization_id="b", due_on=date(2027, 5, 1))
    first = decisions.decide(tiny, ADA, item, Said("adopted", "Ja."))
    assert tiny.rows("FROM measure") == []
    assert decisions.decide(tiny, ADA, item, said) == first  # the lead is named later
    (row,) = tiny.rows("FROM measure")
    assert (row["number"], row["title"], row["decision_id"]) == ("M-01", "Lernhilfe in Alten", first)
    assert (row["lead_organization_id"], row["due_on"], row["state"]) == ("b", date(2027, 5, 1), "planned")
    second = decisions.decide(tiny, ADA, item, Said("adopted_changed", "Ja, kleiner."), replaces=first)
    assert [(r["decision_id"], r["state"]) for r in tiny.rows("FROM measure")] == [(second, "planned")]
    decisions.decide(tiny, ADA, item, Said("rejected", "Nein."), replaces=second)
    assert [r["state"] for r in tiny.rows("FROM measure")] == ["dropped"]


REFUSED = {
    "decision_lead_and_date": Said("adopted", "Ja.", lead_organization_id="b"),
    "decision_due_before": Said("adopted", "Ja.", lead_organization_id="b", due_on=date(2026, 1, 1)),
    "decision_referred_to": Said("referred", "Weiter.", referred_to=" "),
    "decision_deferred_until": Said("deferred", "Später.", deferred_until=date(2026, 11, 22)),
    "decision_consensus_counts": Said("adopted", "Ja.", votes=Votes(3, 0)),
    "decision_needs_counts": Said("adopted", "Ja.", "counts", Votes(3)),
    "decision_too_many": Said("adopted", "Ja.", "counts", Votes(3, 0, 1)),  # three seats are present
    "decision_without_majority": Said("adopted", "Ja.", "counts", Votes(1, 1)),
    "decision_with_majority": Said("rejected", "Nein.", "counts", Votes(2, 1)),
    "decision_long": Said("adopted", "x" * 2001),
    "meeting_no_seat": Said("adopted", "Ja.", "by_seat", seats={"d": "yes"}),  # excused
    "names_person": Said("adopted", "Käthe Möller fragt an."),
}


def test_what_is_refused_decides_nothing(tiny: Inventory) -> None:
    _, (item,) = run(tiny, "Punkt")
    for key, said in REFUSED.items():
        with pytest.raises(UserError, match=f"^{key}"):
            decisions.decide(tiny, ADA, item, said)
    assert kept(tiny) == [] and tiny.value("SELECT state FROM agenda_item") == "pending"


def test_a_point_that_somebody_took_off_the_agenda_is_not_decided(tiny: Inventory) -> None:
    _, (item,) = run(tiny, "Punkt")
    agenda.remove(tiny, BEA, item)
    with pytest.raises(UserError, match="point_withdrawn"):
        decisions.decide(tiny, ADA, item, YES)
    assert kept(tiny) == [] and tiny.value("SELECT state FROM agenda_item") == "withdrawn"


@given(st.integers(0, 40), st.integers(0, 40))
def test_majorities_in_whole_numbers(yes: int, no: int) -> None:
    votes = Votes(yes, no, 40)  # abstentions count for neither side
    assert majority.met("counts", votes, "simple") == (yes - no > 0)
    assert majority.met("counts", votes, "two_thirds") == (yes > 0 and 3 * yes >= 2 * (yes + no))


@pytest.mark.parametrize(
    ("present", "quorum", "met"),
    [(["a", "b"], 3, False), (["a", "b", "c"], 3, True), (None, 3, None), (["a"], None, None)],
)
def test_a_quorum_is_met_or_not_or_unknown(present: list[str] | None, quorum: int | None, met: bool | None) -> None:
    assert majority.quorate({"present_organization_ids": present}, {"quorum": quorum}) is met


def test_a_block_is_decided_at_once_with_a_number_each(tiny: Inventory) -> None:
    meeting, (block, *_) = run(tiny, "Einig")
    with tiny.change(ADA, Action.EDIT_AGENDA) as change:
        change.insert(
            "priority_item",
            [
                {
                    "priority_item_id": "p1",
                    "measure": "Acht Plätze.",
                    "lead_organization_id": "b",
                    "due_on": "2027-05-01",
                }
            ],
        )
        rows = [("i1", "p1", "pending"), ("i2", None, "pending"), ("i3", None, "withdrawn")]
        change.insert(
            "agenda_item",
            [
                {"agenda_item_id": key, "meeting_id": meeting, "sort": 9, "name": key, "kind": "item", "state": state}
                | {"block_id": block, "subject_table": subject and "priority_item", "subject": subject}
                for key, subject, state in rows
            ],
        )
    made = decisions.decide_block(tiny, ADA, block, Said("adopted", "Wie vorgeschlagen."))
    assert decisions.decide_block(tiny, ADA, block, Said("adopted", "Wie vorgeschlagen.")) == []
    said = {row["agenda_item_id"]: (row["number"], row["resolution_text"]) for row in kept(tiny)}
    assert said == {"i1": ("2026/1", "Acht Plätze."), "i2": ("2026/2", "Wie vorgeschlagen.")} and len(made) == 2
    assert tiny.value("SELECT priority_item_id FROM measure") == "p1"
    assert tiny.value("SELECT result FROM item_decision WHERE priority_item_id = 'p1'") == "adopted"


def test_those_who_brought_a_point_are_told(tiny: Inventory) -> None:
    _, (item,) = run(tiny, "Punkt")
    key = decisions.decide(tiny, ADA, item, YES)
    with pytest.raises(UserError, match="decision_told_to_come"):
        decisions.communicated(tiny, ADA, [key], date(2026, 11, 23))
    decisions.communicated(tiny, ADA, [key], date(2026, 11, 22))
    decisions.communicated(tiny, ADA, [key], date(2026, 11, 21))
    assert kept(tiny)[0]["communicated_on"] == date(2026, 11, 22)
