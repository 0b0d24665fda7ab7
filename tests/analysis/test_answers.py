"""The state of entries, silence and pace, by days counted by hand on Musterstadt (today: 2026-11-22)."""

from __future__ import annotations

from datetime import date

import pandas as pd

from esdash.analysis import answers
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering.answers import Answer, answer
from tests.people import ADA
from tests.planted_versions import TITLES, entry, plant

LEARN, CAFE, GODPARENTS = TITLES


def test_an_entry_is_answered_open_overdue_or_not_handed_over(town: Inventory) -> None:
    plant(town, 1, (LEARN,), date(2026, 3, 1))  # never handed over
    plant(town, 2, (CAFE,), date(2026, 8, 1), date(2026, 8, 20), date(2026, 10, 31))
    plant(town, 3, (LEARN, GODPARENTS), date(2026, 9, 1), date(2026, 11, 20))
    answer(town, ADA, "v3", [Answer(entry(3, GODPARENTS), "accepted")], "letter", date(2026, 11, 22))
    said = {
        row.list_entry_id: (row.state, row.days_waiting, row.days_overdue)
        for number in (1, 2, 3)
        for row in answers.entries(town, f"v{number}").astype(object).itertuples()
    }
    waiting = {key: tuple(None if pd.isna(value) else value for value in found) for key, found in said.items()}
    assert {key: found[0] for key, found in waiting.items()} == {
        entry(1, LEARN): "kept",
        entry(2, CAFE): "overdue",
        entry(3, LEARN): "open",
        entry(3, GODPARENTS): "answered",
    }
    assert waiting[entry(2, CAFE)][1:] == (94, 22)  # 20 August → 22 November; 31 October → 22 November
    assert waiting[entry(3, LEARN)][1:] == (2, None)


def test_the_day_asked_for_is_still_in_time(town: Inventory) -> None:
    plant(town, 1, (LEARN,), date(2026, 9, 1), date(2026, 9, 1), date(2026, 11, 22))
    assert list(answers.entries(town, "v1")["state"]) == ["open"]


def test_silence_is_told_once_for_an_item_and_not_for_what_has_left_the_list(town: Inventory) -> None:
    plant(town, 1, TITLES, date(2026, 6, 1), date(2026, 6, 2), date(2026, 7, 1))
    plant(town, 2, (LEARN, CAFE), date(2026, 9, 1), date(2026, 9, 2), date(2026, 12, 1))
    plant(town, 3, (LEARN, CAFE, GODPARENTS), date(2026, 11, 1))  # not handed over: asks nothing yet
    answer(town, ADA, "v2", [Answer(entry(2, CAFE), "noted")], "letter", date(2026, 10, 2))
    found = answers.silence(town)
    assert list(zip(found["number"], found["title"], found["state"], strict=True)) == [
        (1, GODPARENTS, "overdue"),
        (2, LEARN, "open"),
    ]
    assert list(found["days_waiting"]) == [173, 81]
    with town.change(ADA, Action.SET_UP) as change:
        ended = {"ended_on": "2026-10-01", "ended_as": "done"}
        change.update("priority_item", [{"priority_item_id": "item-patenschaften", **ended}])
    assert list(answers.silence(town)["title"]) == [LEARN]
    first = answers.entries(town, "v1")  # learning and the café go on in version 2, which asks again
    assert list(zip(first["state"], first["asked_again"], strict=True)) == [("moved", 2), ("moved", 2), ("ended", 1)]
    assert not first["days_waiting"].notna().any()
    assert answers.pace(town) == (30.0, 1, 1)


def test_the_pace_is_the_median_of_first_answers(town: Inventory) -> None:
    assert answers.pace(town) == (None, 0, 0)
    plant(town, 1, TITLES, date(2026, 9, 1), date(2026, 9, 2))
    for title, day in ((LEARN, date(2026, 9, 12)), (CAFE, date(2026, 10, 2)), (LEARN, date(2026, 11, 2))):
        answer(town, ADA, "v1", [Answer(entry(1, title), "noted", f"am {day}")], "letter", day)
    assert answers.pace(town) == (20.0, 2, 1)  # 10 and 30 days; the second answer about learning does not count


def test_yesterday_nothing_was_answered(town: Inventory) -> None:
    plant(town, 1, TITLES, date(2026, 9, 1), date(2026, 9, 2))
    answer(town, ADA, "v1", [Answer(entry(1, LEARN), "noted")], "letter", date(2026, 11, 1))
    assert list(answers.given(town)["title"]) == [LEARN]
    assert list(answers.given(town, "v9")["title"]) == []
    newest = answers.handed_over(town)
    assert newest and (newest["number"], newest["entries"]) == (1, 3)
