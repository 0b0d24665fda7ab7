"""Phones stand as written and as dialled: by every way of writing, in older files, and never where only people look."""

from datetime import date

import duckdb
import pytest

from esdash.analysis.duplicates import duplicates
from esdash.analysis.records import history, records
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.file import changelog, dialled, layout
from esdash.inventory.privacy import rewriting
from esdash.inventory.privacy.person import Person
from tests.people import OFFICE


def enter(inventory: Inventory, table: str, *rows: dict[str, object]) -> None:
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "Aufnahme") as change:
        for row in rows:
            change.insert(table, [row])


def of(inventory: Inventory, table: str, key: str) -> object:
    return inventory.value(f"SELECT phone_e164 FROM inventory.{table} WHERE {table}_id = $key", key=key)


def test_whoever_writes_a_phone_it_is_dialled_alike(tiny: Inventory) -> None:
    enter(tiny, "organization", {"organization_id": "o", "name": "Verein", "phone": "0340/77 70-01"})
    enter(tiny, "contact", {"contact_id": "c", "organization_id": "o", "role": "Leitung", "phone": "+49 340 777001"})
    enter(
        tiny, "contact_point", {"contact_point_id": "p", "organization_id": "o", "name": "Laden", "phone": "nachfragen"}
    )
    found = [of(tiny, table, key) for table, key in (("organization", "o"), ("contact", "c"), ("contact_point", "p"))]
    assert found == ["+49340777001", "+49340777001", None]
    with tiny.change(OFFICE, Action.EDIT_RECORDS, None) as change:
        change.update("organization", [{"organization_id": "o", "phone": "0041 44 668 18 00"}])
        change.update("contact", [{"contact_id": "c", "role": "Kasse"}])  # says nothing of the phone
        change.update("contact_point", [{"contact_point_id": "p", "phone": "0171 2345678", "phone_e164": "+1"}])
    found = [of(tiny, table, key) for table, key in (("organization", "o"), ("contact", "c"), ("contact_point", "p"))]
    assert found == ["+41446681800", "+49340777001", "+491712345678"]
    with tiny.change(OFFICE, Action.EDIT_RECORDS, None) as change:
        change.update("organization", [{"organization_id": "o", "phone": None}])
    assert of(tiny, "organization", "o") is None


def test_the_dialled_form_is_in_no_list_and_no_history(tiny: Inventory) -> None:
    enter(tiny, "organization", {"organization_id": "o", "name": "Verein", "phone": "0340 777001"})
    with tiny.change(OFFICE, Action.EDIT_RECORDS, None) as change:
        change.update("organization", [{"organization_id": "o", "phone": "0340 777002"}])
    said = history.of(tiny, "organization", "o")
    assert "phone" in set(said["field"]) and "phone_e164" not in set(said["field"])
    assert "phone_e164" not in (history.version_at(tiny, int(said["change_id"].max())) or {})
    for listed in (records.organizations(tiny), records.contact_points(tiny)):
        assert "phone" in listed and "phone_e164" not in listed


@pytest.mark.parametrize("scope", ["public", "internal"])
def test_a_persons_number_is_shown_only_with_consent(scope: str, tiny: Inventory) -> None:
    enter(tiny, "organization", {"organization_id": "o", "name": "Verein"})
    person = {"name": "Ada Muster", "phone": "0340 777001", "consent_scope": scope}
    enter(tiny, "contact", {"contact_id": "c", "organization_id": "o", "role": "Leitung", **person})
    shown = tiny.value("SELECT phone_e164 FROM contact_shown WHERE contact_id = 'c'")
    assert shown == ("+49340777001" if scope == "public" else None)
    assert tiny.as_of(tiny.today()).value("SELECT phone_e164 FROM contact_shown WHERE contact_id = 'c'") == shown
    assert tiny.value("SELECT is_confidential('contact', 'phone_e164')") is True


@pytest.mark.parametrize(
    "other", ["+49 (0)340 77 70 01", "(0340) 777-001", "0049340777001", "Tel.: 0340 777001 (Büro)"]
)
def test_one_number_in_two_spellings_is_the_same_identifier(other: str, tiny: Inventory) -> None:
    enter(tiny, "organization", {"organization_id": "o", "name": "Verein Brücke", "phone": "0340/777 001"})
    found = duplicates.similar(tiny, "organization", {"name": "Verein Bruecke", "phone": other})
    assert list(found["phone_share"]) == [1.0]


def test_a_file_of_an_earlier_version_gets_its_numbers_once_without_a_change() -> None:
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS inventory; USE inventory")
        for number, statements in sorted({1: layout.SCHEMA, **layout.MIGRATIONS}.items()):
            if number < 14:
                connection.execute(statements)
        connection.execute("USE memory")
        changelog.create_triggers(connection)
        connection.execute(
            "INSERT INTO inventory.organization (organization_id, name, phone) VALUES "
            "('a', 'A', '0340/12 34 56'), ('b', 'B', 'im Büro'), ('c', 'C', NULL)"
        )
        before = connection.execute("SELECT count(*) FROM inventory.change_log").fetchone()
        layout.migrate(connection, 13)
        changelog.create_triggers(connection)
        found = connection.execute("SELECT organization_id, phone, phone_e164 FROM inventory.organization ORDER BY 1")
        assert found.fetchall() == [("a", "0340/12 34 56", "+49340123456"), ("b", "im Büro", None), ("c", None, None)]
        assert connection.execute("SELECT count(*) FROM inventory.change_log").fetchone() == before
        connection.execute("UPDATE inventory.organization SET name = 'X' WHERE organization_id = 'a'")
        assert connection.execute("SELECT count(*) FROM inventory.change_log").fetchone() == (before[0] + 1,)  # type: ignore[index]


@pytest.mark.parametrize("written", ["0340/777 001", "+43 1 234 56 78"])
def test_erased_in_every_spelling_also_elsewhere(written: str, tiny: Inventory) -> None:
    person = Person.of([{"name": None, "email": None, "phone": written}])
    enter(tiny, "organization", {"organization_id": "o", "name": "Verein", "phone": written, "note": f"Tel. {written}"})
    enter(tiny, "contact", {"contact_id": "c", "organization_id": "o", "role": "Leitung", "phone": written})
    with tiny.exclusive(OFFICE, Action.ERASE_PERSON) as cursor:
        stage = rewriting._staged(cursor)
    found = rewriting._clear_contact(stage, "c") + rewriting._clear_everywhere(stage, person)
    assert not any(column == "phone_e164" for _, column in found)
    left = stage.execute(
        "SELECT phone, phone_e164, note FROM inventory.organization WHERE organization_id = 'o' "
        "UNION ALL SELECT phone, phone_e164, NULL FROM inventory.contact WHERE contact_id = 'c'"
    ).fetchall()
    assert left == [(None, None, "Tel. [gelöscht]"), (None, None, None)]
    logged = stage.execute("SELECT string_agg(concat(before, after)) FROM inventory.change_log").fetchone()
    assert logged and not any(Person.of([{"phone": one}]).is_in(logged[0]) for one in (written, dialled.e164(written)))
    stage.close()


def test_a_state_of_an_earlier_day_has_the_number(tiny: Inventory) -> None:
    enter(tiny, "organization", {"organization_id": "o", "name": "Verein", "phone": "0340 777001"})
    past = tiny.as_of(date(2026, 11, 22))
    assert past.value("SELECT phone_e164 FROM organization WHERE organization_id = 'o'") == "+49340777001"
