"""Modules: who teaches them, when they come next, and what nobody teaches."""

from typing import Any

from esdash.analysis.trainings import training
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.analysis.training_entries import enter, session
from tests.people import TEST


def module(inventory: Inventory, key: str) -> dict[str, Any]:
    frame = training.modules(inventory).astype(object)
    row = frame.where(frame.notna(), None).set_index("module_id").loc[key].to_dict()
    return {name: row[name] for name in ("providers", "courses", "sessions", "next_on", "free", "waiting")}


NOBODY = {"providers": 0, "courses": 0, "sessions": 0, "next_on": None, "free": 0, "waiting": 0}


def test_what_nobody_teaches_is_in_and_has_no_unknown_seats(town: Inventory) -> None:
    enter(town, session("a"))
    assert module(town, "intercultural") == NOBODY


def test_a_training_of_several_days_is_to_come_until_its_last_day(town: Inventory) -> None:
    """Today is 22 November: a has begun and runs until tomorrow, b until today; c is over, d is called off."""
    days = {"a": ("2026-11-20", "2026-11-23"), "b": ("2026-11-21", "2026-11-22"), "c": ("2026-11-19", "2026-11-21")}
    enter(town, *(session(key, starts_on=first) for key, (first, _) in days.items()), session("d", status="cancelled"))
    with town.change(TEST, Action.EDIT_RECORDS) as change:
        change.update("session", [{"session_id": key, "ends_on": last} for key, (_, last) in days.items()])
    coming = training.sessions(town).set_index("session_id")["upcoming"]
    assert coming[coming].index.tolist() == ["a", "b"]
    asylum_law = module(town, "asylum_law")
    assert (asylum_law["sessions"], f"{asylum_law['next_on']:%Y-%m-%d}") == (2, "2026-11-22")  # both run today


def test_who_teaches_and_when_it_comes_next(town: Inventory) -> None:
    """Two organisations, three courses; the session of yesterday and the cancelled one do not come."""
    enter(
        town,
        session("a", starts_on="2026-12-20", waiting=2),
        session("b", starts_on="2026-12-10", organization_id="o2", seats=5),
        session("c", starts_on="2026-11-21", organization_id="o2"),
        session("d", starts_on="2026-11-25", status="cancelled"),
    )
    found = module(town, "asylum_law")
    assert (found["providers"], found["courses"], found["sessions"]) == (2, 4, 2)
    assert f"{found['next_on']:%Y-%m-%d}" == "2026-12-10"
    assert (found["free"], found["waiting"]) == (7 + 2, 2)
    names = training.modules(town).set_index("module_id").loc["asylum_law", "organizations"]
    assert list(names) == ["Verein 1", "Verein 2"]


def test_a_module_named_twice_by_a_course_counts_once(town: Inventory) -> None:
    enter(town, session("a", module_ids=["asylum_law", "asylum_law", "intercultural"]))
    assert (module(town, "asylum_law")["sessions"], module(town, "asylum_law")["free"]) == (1, 7)
    assert module(town, "intercultural")["sessions"] == 1


def test_taught_without_a_coming_session_has_no_next_day(town: Inventory) -> None:
    enter(town, session("a", starts_on="2026-11-21"))
    assert module(town, "asylum_law") == NOBODY | {"providers": 1, "courses": 1}


def test_unknown_seats_stay_unknown(town: Inventory) -> None:
    enter(town, session("a", booked=None, waiting=None))
    found = module(town, "asylum_law")
    assert (found["sessions"], found["free"], found["waiting"]) == (1, None, None)
