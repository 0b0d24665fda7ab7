"""The agenda of a meeting: taken over, brought along, moved, taken out of a block, removed."""

from datetime import date, timedelta

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.steering.meetings import agenda, decisions, meetings
from esdash.inventory.steering.meetings.agenda import Point
from esdash.inventory.steering.meetings.meetings import Plan
from esdash.inventory.steering.meetings.said import Said
from tests.inventory.meetings import THERE, set_up
from tests.people import ADA, BEA

BLOCK = Point("Einig", "block", inside=[Point("Eins", "item", "priority_item", "p1"), Point("Zwei", "item")])


def meeting(inventory: Inventory) -> str:
    return meetings.plan(inventory, ADA, set_up(inventory), Plan("Erste Sitzung", inventory.today()))


def numbered(inventory: Inventory) -> list[tuple[str | None, str]]:
    return [(row["number"], row["name"]) for row in inventory.rows("FROM agenda_item ORDER BY sort")]


def key(inventory: Inventory, name: str) -> str:
    return str(inventory.value("SELECT agenda_item_id FROM agenda_item WHERE name = $name", name=name))


def test_points_are_taken_over_once_and_numbered(tiny: Inventory) -> None:
    where = meeting(tiny)
    assert agenda.take_over(tiny, ADA, where, [Point("Eröffnung", "opening"), BLOCK, Point("Thema")]) == 4
    assert agenda.take_over(tiny, BEA, where, [BLOCK, Point(" Thema "), Point("Neu")]) == 1
    assert numbered(tiny) == [
        ("1", "Eröffnung"), ("2", "Einig"), ("2.1", "Eins"), ("2.2", "Zwei"), ("3", "Thema"), ("4", "Neu"),
    ]  # fmt: skip


def test_points_move_among_their_neighbours_and_leave_a_block(tiny: Inventory) -> None:
    agenda.take_over(tiny, ADA, meeting(tiny), [Point("Eröffnung", "opening"), BLOCK, Point("Thema")])
    agenda.move(tiny, ADA, key(tiny, "Thema"), -1)
    agenda.move(tiny, ADA, key(tiny, "Eins"), 5)
    assert numbered(tiny) == [("1", "Eröffnung"), ("2", "Thema"), ("3", "Einig"), ("3.1", "Zwei"), ("3.2", "Eins")]
    agenda.take_out(tiny, ADA, key(tiny, "Zwei"))
    agenda.take_out(tiny, ADA, key(tiny, "Zwei"))
    assert numbered(tiny) == [("1", "Eröffnung"), ("2", "Thema"), ("3", "Einig"), ("3.1", "Eins"), ("4", "Zwei")]
    agenda.remove(tiny, ADA, key(tiny, "Einig"))
    assert numbered(tiny) == [("1", "Eröffnung"), ("2", "Thema"), ("3", "Eins"), ("4", "Zwei")]


def test_a_view_is_brought_to_the_coming_meeting_once(tiny: Inventory) -> None:
    point = Point("Lernhilfe in Alten", view_url="gaps?theme=homework", as_of=tiny.today())
    with pytest.raises(UserError, match="meeting_none_planned"):
        agenda.bring(tiny, ADA, point)
    where = meeting(tiny)
    assert agenda.bring(tiny, ADA, point)["meeting_id"] == where
    agenda.bring(tiny, BEA, Point("Anders genannt", view_url="gaps?theme=homework"))
    (row,) = tiny.rows("FROM agenda_item")
    assert (row["view_url"], row["as_of"], row["kind"]) == ("gaps?theme=homework", date(2026, 11, 22), "topic")


def test_a_point_is_changed_once_by_one_of_two(tiny: Inventory) -> None:
    agenda.take_over(tiny, ADA, meeting(tiny), [Point("Thema")])
    item, later = key(tiny, "Thema"), tiny.today() + timedelta(days=30)
    agenda.edit(tiny, ADA, item, 2, planned_minutes=15, resume_on=later)
    agenda.edit(tiny, ADA, item, 2, planned_minutes=15, resume_on=later)  # a second click
    with pytest.raises(UserError, match="record_changed_meanwhile"):
        agenda.edit(tiny, BEA, item, 2, planned_minutes=20)
    (row,) = tiny.rows("FROM agenda_item")
    assert (row["planned_minutes"], row["resume_on"], row["version"]) == (15, later, 3)


def test_in_a_running_meeting_a_point_is_withdrawn_and_a_decided_one_stays(tiny: Inventory) -> None:
    where = meeting(tiny)
    agenda.take_over(tiny, ADA, where, [Point("Eins"), Point("Zwei"), Point("Drei")])
    meetings.begin(tiny, ADA, where, THERE)
    decisions.decide(tiny, ADA, key(tiny, "Zwei"), Said("noted", "Gelesen."))
    agenda.remove(tiny, ADA, key(tiny, "Eins"))
    with pytest.raises(UserError, match="point_decided"):
        agenda.remove(tiny, ADA, key(tiny, "Zwei"))
    assert numbered(tiny) == [(None, "Eins"), ("1", "Zwei"), ("2", "Drei")]


@pytest.mark.parametrize(
    ("point", "refused"),
    [
        (Point("  "), "point_needs_name"),
        (Point("x" * 161), "point_needs_name"),
        (Point("Thema", planned_minutes=-1), "point_minutes"),
        (Point("Gespräch mit Käthe Möller"), "names_person"),
        (Point("Thema", note="Käthe Möller fragen"), "names_person"),
    ],
)
def test_what_is_no_point(tiny: Inventory, point: Point, refused: str) -> None:
    with pytest.raises(UserError, match=refused):
        agenda.take_over(tiny, ADA, meeting(tiny), [Point("Vorher"), point])
    assert numbered(tiny) == []


def test_what_is_gone_is_said(tiny: Inventory) -> None:
    with pytest.raises(UserError, match="point_gone"):
        agenda.move(tiny, ADA, "i?", 1)
