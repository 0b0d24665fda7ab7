"""Handing a version over, and the city's answers: nothing lost, nothing twice, none to a wrong version."""

from __future__ import annotations

import threading
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.steering import answers, handing_over
from esdash.inventory.steering.answers import Answer
from tests.analysis.conftest import any_town, town, town_file
from tests.people import ADA, BEN
from tests.planted_versions import TITLES, entry, plant

__all__ = ["any_town", "town", "town_file"]

FROZEN, HANDED, DUE = date(2026, 9, 23), date(2026, 9, 28), date(2026, 10, 31)
ANSWERED, LATER = date(2026, 10, 12), date(2026, 11, 3)
LEARN, CAFE, GODPARENTS = TITLES


def refused(key: str, do: Any) -> UserError:
    with pytest.raises(UserError) as error:
        do()
    assert error.value.key == key, error.value
    return error.value


def stored(inventory: Inventory) -> list[dict[str, Any]]:
    return inventory.rows("SELECT * EXCLUDE (answer_id, letter) FROM answer ORDER BY answered_on, list_entry_id")


def log_length(inventory: Inventory) -> int:
    return int(inventory.value("SELECT count(*) FROM change_log"))


# ---------------------------------------------------------------- handing over


def handed(inventory: Inventory) -> tuple[Any, ...]:
    row = inventory.rows("FROM list_version")[0]
    names = ("handed_over_on", "handed_over_by", "recipient", "hand_over_note", "answer_due_on")
    return tuple(row[name] for name in names)


def test_a_version_is_handed_over_once(town: Inventory) -> None:
    version = plant(town, 1)
    for _ in range(2):
        before = log_length(town)
        handing_over.hand_over(town, ADA, version, HANDED, " Arbeitsgruppe Asyl ", "per Mail", DUE)
    assert log_length(town) == before  # the second click
    assert handed(town) == (HANDED, "Ada", "Arbeitsgruppe Asyl", "per Mail", DUE)


def test_two_people_hand_over_differently_and_only_who_saw_it_corrects(town: Inventory) -> None:
    version = plant(town, 1)
    handing_over.hand_over(town, ADA, version, HANDED, "Arbeitsgruppe Asyl", None, DUE)
    late = refused(
        "hand_over_meanwhile", lambda: handing_over.hand_over(town, BEN, version, HANDED, "Sozialamt", seen=1)
    )
    assert late.values["recipient"] == "Arbeitsgruppe Asyl"
    seen = town.value("SELECT version FROM list_version")
    handing_over.hand_over(town, BEN, version, HANDED, "Sozialamt", None, DUE, seen=seen)
    assert handed(town) == (HANDED, "Ben", "Sozialamt", None, DUE)


@pytest.mark.parametrize(
    "key, on, recipient, due",
    [
        ("hand_over_no_recipient", HANDED, "  ", DUE),
        ("hand_over_before", date(2026, 9, 22), "AG", DUE),
        ("hand_over_future", date(2026, 11, 23), "AG", None),  # the clock stands at 2026-11-22
        ("hand_over_due_before", HANDED, "AG", date(2026, 9, 27)),
    ],
)
def test_days_that_cannot_be_are_refused(town: Inventory, key: str, on: date, recipient: str, due: date) -> None:
    version = plant(town, 1)
    refused(key, lambda: handing_over.hand_over(town, ADA, version, on, recipient, None, due))
    assert handed(town) == (None,) * 5


def test_a_version_that_is_not_there_is_not_handed_over(town: Inventory) -> None:
    refused("list_version_missing", lambda: handing_over.hand_over(town, ADA, "v9", HANDED, "AG"))


def test_receipt_and_reminder_need_a_hand_over(town: Inventory) -> None:
    version = plant(town, 1)
    refused("hand_over_first", lambda: handing_over.receipt(town, ADA, version, LATER))
    handing_over.hand_over(town, ADA, version, HANDED, "AG")
    refused("hand_over_note_before", lambda: handing_over.receipt(town, ADA, version, FROZEN))
    handing_over.receipt(town, ADA, version, HANDED)
    handing_over.reminded(town, ADA, version, LATER)
    before = log_length(town)
    handing_over.reminded(town, ADA, version, LATER)
    assert log_length(town) == before
    assert town.rows("SELECT receipt_on, reminded_on FROM list_version") == [
        {"receipt_on": HANDED, "reminded_on": LATER}
    ]


def test_a_mistaken_hand_over_is_taken_back_until_the_city_answers(town: Inventory) -> None:
    version = plant(town, 1)
    handing_over.hand_over(town, ADA, version, HANDED, "AG", None, DUE)
    handing_over.receipt(town, ADA, version, HANDED)
    for _ in range(2):
        handing_over.take_back(town, ADA, version, "falsche Fassung")
    assert handed(town) == (None,) * 5
    handing_over.hand_over(town, ADA, version, HANDED, "AG", None, DUE)
    answers.answer(town, ADA, version, [Answer(entry(1, LEARN), "noted")], "letter", ANSWERED)
    refused("hand_over_answered", lambda: handing_over.take_back(town, ADA, version))


# ---------------------------------------------------------------- answers


def letter(*, learn: str = "accepted", cafe: str = "rejected", number: int = 1) -> list[Answer]:
    return [
        Answer(entry(number, LEARN), learn, " ", "Jugendamt", "51-3", None, Decimal("1200")),  # type: ignore[arg-type]
        Answer(entry(number, CAFE), cafe, "Dafür ist kein Geld da.", next_on=LATER),  # type: ignore[arg-type]
    ]


def test_all_answers_of_a_letter_are_stored_together_and_once(town: Inventory) -> None:
    version = plant(town, 1, handed_over_on=HANDED)
    key = answers.answer(town, ADA, version, letter(), "letter", ANSWERED)
    assert key and answers.answer(town, BEN, version, letter(), "letter", ANSWERED) is None
    assert [
        (row["list_entry_id"], row["verdict"], row["reason"], row["cost_committed_eur"], row["answered_on"])
        for row in stored(town)
    ] == [
        (entry(1, LEARN), "accepted", None, Decimal("1200.00"), ANSWERED),
        (entry(1, CAFE), "rejected", "Dafür ist kein Geld da.", None, ANSWERED),
    ]
    assert town.rows("SELECT DISTINCT letter FROM answer") == [{"letter": key}]


def test_a_later_answer_supersedes_and_the_earlier_one_stays(town: Inventory) -> None:
    version = plant(town, 1, handed_over_on=HANDED)
    answers.answer(town, ADA, version, letter(), "letter", ANSWERED)
    answers.answer(town, ADA, version, [Answer(entry(1, CAFE), "accepted_in_part")], "meeting", LATER)
    answers.answer(town, ADA, version, [Answer(entry(1, CAFE), "accepted")], "meeting", LATER)  # the same day
    rows = town.rows("FROM answer WHERE list_entry_id = $id", id=entry(1, CAFE))
    by_verdict = {row["verdict"]: row for row in rows}
    assert len(rows) == 3
    assert by_verdict["accepted_in_part"]["supersedes_id"] == by_verdict["rejected"]["answer_id"]
    assert by_verdict["accepted"]["supersedes_id"] == by_verdict["accepted_in_part"]["answer_id"]
    last = town.rows("SELECT verdict FROM entry_answer WHERE list_entry_id = $id", id=entry(1, CAFE))
    assert last == [{"verdict": "accepted"}]


def test_a_letter_that_turns_up_late_does_not_hide_a_newer_answer(town: Inventory) -> None:
    version = plant(town, 1, handed_over_on=HANDED)
    answers.answer(town, ADA, version, [Answer(entry(1, LEARN), "accepted")], "letter", LATER)
    answers.answer(town, ADA, version, [Answer(entry(1, LEARN), "noted")], "letter", ANSWERED)
    assert town.rows("SELECT verdict FROM entry_answer") == [{"verdict": "accepted"}]


def test_an_answer_to_an_entry_of_another_version_is_refused_as_a_whole(town: Inventory) -> None:
    plant(town, 1, handed_over_on=HANDED)
    second = plant(town, 2, handed_over_on=HANDED)
    mixed = [Answer(entry(2, CAFE), "noted"), Answer(entry(1, LEARN), "accepted")]
    error = refused("answer_other_version", lambda: answers.answer(town, ADA, second, mixed, "letter", ANSWERED))
    assert (error.values["other"], error.values["number"]) == (1, 2)
    assert stored(town) == []


@pytest.mark.parametrize(
    "key, said, on",
    [
        ("answer_needs_reason", Answer(entry(1, LEARN), "rejected", "  "), ANSWERED),
        ("answer_needs_reason", Answer(entry(1, LEARN), "deferred"), ANSWERED),
        ("answer_needs_reason", Answer(entry(1, LEARN), "not_responsible"), ANSWERED),
        ("answer_future", Answer(entry(1, LEARN), "noted"), date(2026, 11, 23)),
        ("answer_before", Answer(entry(1, LEARN), "noted"), date(2026, 9, 22)),
        ("answer_next_before", Answer(entry(1, LEARN), "noted", next_on=HANDED), ANSWERED),
        ("answer_cost_negative", Answer(entry(1, LEARN), "accepted", cost_committed_eur=Decimal("-1")), ANSWERED),
        ("answer_no_entry", Answer("v1|gone", "noted"), ANSWERED),
    ],
)
def test_an_answer_that_cannot_be_is_refused(town: Inventory, key: str, said: Answer, on: date) -> None:
    version = plant(town, 1, handed_over_on=HANDED)
    refused(key, lambda: answers.answer(town, ADA, version, [Answer(entry(1, CAFE), "noted"), said], "letter", on))
    assert stored(town) == []


def test_one_letter_answers_an_entry_once(town: Inventory) -> None:
    version = plant(town, 1)
    twice = [Answer(entry(1, LEARN), "accepted"), Answer(entry(1, LEARN), "noted")]
    refused("answer_twice", lambda: answers.answer(town, ADA, version, twice, "letter", ANSWERED))


def test_a_letter_is_taken_back_and_what_came_after_stays(town: Inventory) -> None:
    version = plant(town, 1, handed_over_on=HANDED)
    one = Answer(entry(1, LEARN), "noted")
    first = answers.answer(town, ADA, version, [one], "letter", ANSWERED)
    middle = answers.answer(town, ADA, version, letter(learn="accepted_in_part"), "letter", date(2026, 10, 20))
    answers.answer(town, ADA, version, [Answer(entry(1, LEARN), "accepted")], "meeting", LATER)
    assert first and middle
    assert answers.take_back(town, ADA, middle, "gehört zu einer anderen Liste") == 2
    assert answers.take_back(town, ADA, middle) == 0
    rows = {row["verdict"]: row for row in town.rows("FROM answer")}
    assert rows.keys() == {"noted", "accepted"}
    assert rows["accepted"]["supersedes_id"] == rows["noted"]["answer_id"]


def test_a_letter_on_which_a_measure_rests_stays(town: Inventory) -> None:
    from esdash.inventory.access import Action

    version = plant(town, 1, handed_over_on=HANDED)
    key = answers.answer(town, ADA, version, letter(), "letter", ANSWERED)
    answer_id = town.value("SELECT min(answer_id) FROM answer")
    with town.change(ADA, Action.SET_UP) as change:
        change.insert("measure", [{"measure_id": "m", "title": "Lernhilfe", "answer_id": answer_id}])
    assert key
    refused("answer_has_measure", lambda: answers.take_back(town, ADA, key))
    assert len(stored(town)) == 2


def test_two_people_answering_at_once_lose_nothing(town: Inventory) -> None:
    version = plant(town, 1, handed_over_on=HANDED)
    ready = threading.Barrier(4)

    def record(said: Answer) -> None:
        ready.wait()
        answers.answer(town, ADA, version, [said], "letter", ANSWERED)

    said = [Answer(entry(1, LEARN), "accepted"), Answer(entry(1, LEARN), "noted"), Answer(entry(1, CAFE), "noted")]
    threads = [threading.Thread(target=record, args=(one,)) for one in (*said, said[0])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((row["list_entry_id"], row["verdict"]) for row in stored(town)) == [
        (entry(1, LEARN), "accepted"),  # said twice, stored once
        (entry(1, LEARN), "noted"),
        (entry(1, CAFE), "noted"),
    ]
    assert len(town.rows("FROM entry_answer")) == 2
