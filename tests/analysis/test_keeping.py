"""Lists of single records: the traffic light by the day, what is to check, what names what, what searching finds."""

from datetime import timedelta
from typing import Any

import pytest

from esdash.analysis.maintenance import freshness, keeping
from esdash.analysis.records import records, search
from esdash.inventory import Inventory, editing
from esdash.inventory.access import Action
from esdash.inventory.editing import succession
from esdash.model.kinds import TABLES
from tests.conftest import NOW
from tests.people import ADA

TODAY = NOW.date()
KEEP = {"initiative": 90, "contact_point": 90, "contact": 90, "course": 365, "location": 365}  # METHODS M9


@pytest.fixture
def town(town: Inventory) -> Inventory:
    """Musterstadt with one record of each kind, never confirmed."""
    of = {"organization_id": "o"}
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein Größe"}])
        change.insert("location", [{"location_id": "l", "name": "Haus", "street": "Uferweg 3"}])
        person = {"name": "Ada Zaubermann", "consent_scope": "internal"}
        change.insert("contact", [{"contact_id": "c", "role": "Büro", **person, **of}])
        change.insert("course", [{"course_id": "k", "name": "Kurs", **of}])
        change.insert("session", [{"session_id": "s", "course_id": "k", "starts_on": "2026-12-01", "location_id": "l"}])
        change.insert("contact_point", [{"contact_point_id": "p", "name": "Punkt", "contact_id": "c", **of}])
        offer = {"name": "Lesekreis", "location_id": "l", "contact_id": "c", "partner_ids": ["o"], **of}
        change.insert("initiative", [{"initiative_id": "i", **offer}])
    return town


KEYS = {"initiative": "i", "course": "k", "session": "s", "organization": "o"} | {
    "contact_point": "p",
    "contact": "c",
    "location": "l",
}


def listed(town: Inventory, table: str) -> dict[str, Any]:
    found = keeping.record(town, table, KEYS[table])
    assert found is not None
    return found.listed


def confirmed(town: Inventory, table: str, days_ago: int) -> dict[str, Any]:
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        day = TODAY - timedelta(days=days_ago)
        change.update(table, [{f"{table}_id": KEYS[table], "assured_on": day, "assured_by": "Ada"}])
    return listed(town, table)


@pytest.mark.parametrize("table", KEEP)
def test_the_light_goes_by_the_days_that_a_confirmation_holds(town: Inventory, table: str) -> None:
    keep = KEEP[table]
    assert listed(town, table)["light"] == "never"
    last = confirmed(town, table, keep)
    assert (last["light"], last["holds_until"]) == ("fresh", TODAY)
    assert confirmed(town, table, keep + 1)["light"] == ("check" if keep < 365 else "stale")
    assert confirmed(town, table, 365)["light"] == ("check" if keep < 365 else "fresh")
    assert confirmed(town, table, 366)["light"] == "stale"


def test_an_organisation_with_a_phone_ages_faster(town: Inventory) -> None:
    assert confirmed(town, "organization", 91)["light"] == "fresh"
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("organization", [{"organization_id": "o", "phone": "0340 123456"}])
    assert listed(town, "organization")["light"] == "check"


def test_a_date_passes_before_its_confirmation_grows_old(town: Inventory) -> None:
    shown = confirmed(town, "session", 400)
    assert (shown["light"], shown["holds_until"]) == ("fresh", None)


def test_offers_have_the_light_of_initiativen(example: Inventory) -> None:
    here = keeping.listed(example, "initiative", state="any")
    there = records.initiatives(example)
    assert dict(zip(here["record_id"], here["light"], strict=True)) == dict(
        zip(there["initiative_id"], there["freshness"], strict=True)
    )


def test_what_is_to_check_is_what_datenpflege_counts(example: Inventory) -> None:
    todos = freshness.todos(example, limit=10_000)
    for table in TABLES:
        wanted = set(todos.loc[todos["table_name"] == table, "record_id"])
        due = keeping.listed(example, table, light="due")
        assert set(due["record_id"]) == wanted, table
        everything, to_check = keeping.figures(example, table)
        assert (everything, to_check) == (len(keeping.listed(example, table)), len(wanted)), table


def test_archived_records_are_listed_when_asked_for(town: Inventory) -> None:
    succession.archive(town, "location", "l", "open", ADA)
    lists = {state: len(keeping.listed(town, "location", state=state)) for state in ("current", "archived", "any")}
    assert lists == {"current": 0, "archived": 1, "any": 1}
    assert keeping.states(town, "location") == ["archived"]
    assert keeping.figures(town, "location") == (0, 0)


def test_an_offer_past_its_end_is_called_so(town: Inventory) -> None:
    with town.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": "i", "ended_on": TODAY - timedelta(days=1)}])
    assert listed(town, "initiative")["status_today"] == "overdue"
    assert "past_end" in listed(town, "initiative")["reasons"]
    assert len(keeping.listed(town, "initiative", state="overdue")) == 1


@pytest.mark.parametrize(
    ("table", "query"),
    [
        ("organization", "grosse"),  # ö as o is one error in six letters
        ("location", "uferweg"),
        ("contact", "zaubermann"),
        ("contact", "buro"),
        ("course", "verein kurs"),
        ("session", "01.12.2026"),
        ("contact_point", "verein"),
        ("initiative", "lesekreiss"),
    ],
)
def test_searching_finds(town: Inventory, table: str, query: str) -> None:
    assert keeping.listed(town, table, query)["record_id"].tolist() == [KEYS[table]]
    assert keeping.listed(town, table, f"{query} fahrrad").empty


def test_archived_offers_stay_out_of_initiativen(town: Inventory) -> None:
    editing.set_status(town, "initiative", ["i"], "archive", ADA, None)
    assert search.initiatives(town, "lesekreis").empty
    assert len(keeping.listed(town, "initiative", "lesekreis", state="any")) == 1


def test_what_names_a_record(town: Inventory) -> None:
    def naming(table: str) -> list[str]:
        found = keeping.naming(town, table, KEYS[table])
        return [f"{row.table_name} {row.record_id}" for row in found.itertuples()]

    assert naming("organization") == ["initiative i", "course k", "contact_point p", "contact c"]
    assert naming("location") == ["initiative i", "session s"]
    assert naming("contact") == ["initiative i", "contact_point p"]
    assert naming("course") == ["session s"]
    assert naming("initiative") == naming("session") == naming("contact_point") == []
    editing.set_status(town, "initiative", ["i"], "archive", ADA, None)
    assert naming("location") == ["session s"]


def test_names_are_functions_for_people(town: Inventory) -> None:
    assert keeping.names(town, "contact") == {"c": "Büro"}
    assert keeping.names(town, "session") == {"s": "Kurs"}


def test_an_unknown_record_is_none(town: Inventory) -> None:
    assert keeping.record(town, "course", "nowhere") is None
