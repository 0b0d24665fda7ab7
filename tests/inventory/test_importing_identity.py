"""Name alone is no identity: what tells apart offers, contacts, places of one name, and what is asked."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from tests.first_state import Lender
from tests.people import ADA, TEST

CASES = Path(__file__).with_name("cases")
Load = Callable[..., importing.Plan]


@pytest.fixture
def dessau(lender: Lender, empty_dessau: Path, clock: Callable[[], datetime]) -> Iterator[Inventory]:
    """A city with the districts that the cases name."""
    with lender.lend(empty_dessau.read_bytes(), clock) as inventory:
        yield inventory


@pytest.fixture
def load(dessau: Inventory, tmp_path: Path) -> Load:
    """Import a case, or lines as a CSV file; `say`: the answer to every question, or one for each topic."""
    organizations = {"nhm": "Nachbarschaftshaus Muster", "verein": "Verein Muster", "vbm": "Verein Brücke Muster e. V."}
    with dessau.change(TEST, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": k, "name": n} for k, n in organizations.items()])

    def load(*lines: str, say: str | dict[str, str] | None = None, **options: Any) -> importing.Plan:
        path = CASES / lines[0]
        if len(lines) > 1:
            path = tmp_path / "liste.csv"
            path.write_text("\n".join(lines), encoding="utf-8")
        plan = importing.plan(dessau, path, **options)
        if say:
            given = {q.key: say if isinstance(say, str) else say[q.topic] for q in plan.questions}
            plan = importing.plan(dessau, path, answers=importing.Answers(given), **options)
        importing.run(dessau, plan, ADA)
        importing.learn(dessau, plan, ADA)
        return plan

    return load


def states(plan: importing.Plan) -> list[str]:
    return [row.state for row in plan.rows]


def offers(dessau: Inventory) -> list[tuple[str, str | None]]:
    rows = dessau.rows(
        "SELECT i.name, l.name AS place FROM inventory.initiative AS i LEFT JOIN inventory.location AS l "
        "USING (location_id) ORDER BY ALL"
    )
    return [(row["name"], row["place"]) for row in rows]


def test_one_offer_at_two_places_is_two(dessau: Inventory, load: Load) -> None:
    assert states(load("same_offer_two_places.csv", kind="initiatives")) == ["new", "new"]
    assert offers(dessau) == [("Sprachcafé", "Haus Nord"), ("Sprachcafé", "Haus Süd")]
    assert states(load("same_offer_two_places.csv", kind="initiatives")) == ["unchanged", "unchanged"]


def test_a_list_with_both_places_after_one_with_the_first(dessau: Inventory, load: Load) -> None:
    load("c03_nord.csv")
    assert states(load("c03_both.csv")) == ["unchanged", "new"]
    assert states(load("c03_rosslau.csv")) == states(load("c03_nord.csv")) == ["unchanged"]


@pytest.mark.parametrize(
    ("say", "state", "places"),
    [
        (None, "open", ["Haus Nord"]),
        ("skip", "skipped", ["Haus Nord"]),
        ("another", "new", ["Haus Nord", "Haus Roßlau"]),
        ("same", "changed", ["Haus Roßlau"]),
    ],
)
def test_the_other_place_is_asked_about(
    dessau: Inventory, load: Load, say: str | None, state: str, places: list[str]
) -> None:
    load("c03_nord.csv", sender="Nord")
    plan = load("c03_rosslau.csv", say=say, sender="Nord")
    assert states(plan) == [state]
    (question,) = [question for question in plan.questions if question.topic == "moved"]
    assert (question.row, question.answers) == (2, ("same", "another", "skip"))
    assert {difference.field for difference in question.differences} == {"location_id", "times"}
    assert [place for _, place in offers(dessau)] == places
    again = load("c03_rosslau.csv", sender="Nord")  # the answer holds for the sender's next file
    assert states(again) == [{"new": "unchanged", "changed": "unchanged"}.get(state, state)]
    assert [place for _, place in offers(dessau)] == places


@pytest.mark.parametrize(
    ("first", "second", "state"),
    [
        ("Treff;Verein Muster;Mo 9-11;;", "Treff;Verein Muster;Mo 10-12;;", "changed"),  # the same day: it has changed
        ("Treff;Verein Muster;Mo 9-11;;", "Treff;Verein Muster;Do 9-11;;", "open"),
        ("Fest;Verein Muster;;1.3.2027;2.3.2027", "Fest;Verein Muster;;5.6.2027;6.6.2027", "open"),
        ("Kurs;Verein Muster;;1.3.2027;30.9.2027", "Kurs;Verein Muster;;8.3.2027;30.9.2027", "changed"),
        ("Treff;Verein Muster;;;", "Treff;Verein Muster;Do 9-11;1.3.2027;", "changed"),  # it only says more
    ],
)
def test_what_differs_as_an_update_does(load: Load, first: str, second: str, state: str) -> None:
    header = "Angebot;Organisation;Zeiten;Beginn;Ende"
    load(header, first)
    assert states(load(header, second)) == [state]


def test_rows_of_one_name_and_place(load: Load) -> None:
    header = "Angebot;Organisation;Zeiten;Plätze"
    plan = load(header, "A;Verein Muster;;5", "A;Verein Muster;;5", "A;Verein Muster;;6", "A;Verein Muster;Mo 9-11;5")
    assert [fault.error.key for fault in plan.faults] == ["import_repeated"]
    assert states(plan) == ["new", "faulty", "open", "open"]
    assert [question.topic for question in plan.questions] == ["twice", "twice"]
    assert states(load(header, "B;Verein Muster;Mo 9-11;", "B;Verein Muster;Di 9-11;", say="skip")) == ["new", "new"]


def test_contacts_of_one_function(dessau: Inventory, load: Load) -> None:
    """Two functions of one name are two by their phones; one person with two numbers is asked about."""
    first = load("c30_same_names.csv", kind="contacts")
    assert states(first) == ["new", "open", "new", "new", "faulty", "faulty"] or states(first) == [
        *("new", "open", "new", "new", "new", "new"),
    ]
    again = load("c30_same_names.csv", kind="contacts")
    assert set(states(again)) <= {"unchanged", "open", "faulty"}
    header = "Funktion;Organisation;Telefon;Notiz"
    assert states(load(header, "Beratung;Nachbarschaftshaus Muster;0340-444;neu", kind="contacts")) == ["changed"]
    assert states(load(header, "Beratung;Nachbarschaftshaus Muster;0340 999;neu", kind="contacts")) == ["open"]
