"""Rules within one record: what a form and the import refuse, the schema refuses too, and the other way round."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

import duckdb
import pytest

from esdash.inventory.file import layout
from esdash.model import rules
from esdash.model.kinds import BY_TABLE, KINDS

# Table → a record with all that it needs.
FULL: dict[str, dict[str, Any]] = {
    "organization": {"name": "O"},
    "contact": {"organization_id": "o", "role": "R"},
    "location": {"name": "L"},
    "initiative": {"name": "I", "organization_id": "o"},
    "course": {"name": "C", "organization_id": "o"},
    "session": {"course_id": "c", "starts_on": date(2026, 5, 2)},
    "contact_point": {"name": "P", "organization_id": "o"},
    "survey": {"theme_id": "t", "district_id": "d", "state": "surveyed", "surveyed_on": date(2026, 5, 2)},
}
# Rule of the schema → table, a record that breaks it, and what a form says: the field and the text.
BROKEN: dict[str, tuple[str, dict[str, Any], tuple[str, str]]] = {
    "ended_on >= started_on": (
        "initiative",
        {"started_on": date(2026, 5, 2), "ended_on": date(2026, 5, 1)},
        ("ended_on", "import_end_before_begin"),
    ),
    "ends_on >= starts_on": ("session", {"ends_on": date(2026, 5, 1)}, ("ends_on", "import_end_before_begin")),
    "hours > 0": ("course", {"hours": 0.0}, ("hours", "import_not_number")),
    "lat BETWEEN -90 AND 90": ("location", {"lat": 90.5}, ("lat", "import_not_coordinate")),
    "lon BETWEEN -180 AND 180": ("location", {"lon": -180.5}, ("lon", "import_not_coordinate")),
    "state <> 'surveyed'": ("survey", {"surveyed_on": None}, ("surveyed_on", "import_survey_needs_date")),
    "state <> 'not_applicable'": ("survey", {"state": "not_applicable"}, ("reason", "import_survey_needs_reason")),
}
# What the type of a field holds already: no number is negative, no text is empty.
BY_TYPE = re.compile(r"\(*(\w+ >= 0|trim\(\w+\) != '')\)*")
CHOICE = re.compile(r"\(*(\w+) IN \((.*?)\)\)*")


@pytest.fixture(scope="module")
def schema() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("ATTACH ':memory:' AS inventory")
        layout.lay_out(connection)
        yield connection


def checks(schema: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    rows = schema.execute("SELECT table_name, expression FROM duckdb_constraints() WHERE constraint_type = 'CHECK'")
    return [(table, rule.replace('"', "")) for table, rule in rows.fetchall() if table in BY_TABLE]


def refused(schema: duckdb.DuckDBPyConnection, table: str, record: dict[str, Any]) -> bool:
    given = {f"{table}_id": "x", **record}
    marks = ", ".join("?" * len(given))
    try:
        schema.execute(f"INSERT INTO inventory.{table} ({', '.join(given)}) VALUES ({marks})", list(given.values()))
    except duckdb.ConstraintException:
        return True
    schema.execute(f"DELETE FROM inventory.{table}")
    return False


@pytest.mark.parametrize("rule", BROKEN)
def test_a_form_refuses_what_the_schema_refuses(schema: duckdb.DuckDBPyConnection, rule: str) -> None:
    table, wrong, said = BROKEN[rule]
    assert list(rules.broken(table, FULL[table])) == []
    assert not refused(schema, table, FULL[table])
    assert list(rules.broken(table, {**FULL[table], **wrong})) == [said]
    assert refused(schema, table, {**FULL[table], **wrong})


def test_every_rule_of_the_schema_is_known(schema: duckdb.DuckDBPyConnection) -> None:
    plain = [rule for _, rule in checks(schema) if not BY_TYPE.fullmatch(rule) and not CHOICE.fullmatch(rule)]
    unknown = [rule for rule in plain if not any(re.search(rf"\b{said[0]}\b", rule) for _, _, said in BROKEN.values())]
    assert (unknown, len(plain)) == ([], len(BROKEN))


def test_a_choice_has_the_values_that_the_schema_has(schema: duckdb.DuckDBPyConnection) -> None:
    matches = [(table, CHOICE.fullmatch(rule)) for table, rule in checks(schema)]
    found = {(table, match[1]): set(re.findall(r"'(\w+)'", match[2])) for table, match in matches if match}
    fields = [(kind.table, field) for kind in KINDS.values() for field in kind.fields if field.type == "choice"]
    # DuckDB adds no column with a CHECK: these came later, and only the import and the forms refuse other values.
    later = {(table, name) for table in ("contact", "contact_point") for name in ("appointment", "holiday_hours")}
    expected = {(table, field.name): set(field.ids) for table, field in fields}
    assert found == {key: ids for key, ids in expected.items() if key not in later}


TODAY = date(2026, 11, 22)
IMPLAUSIBLE: list[tuple[str, dict[str, Any], tuple[str, str]]] = [
    ("initiative", {"capacity": 999_999_999}, ("capacity", "import_number_too_large")),
    ("session", {"seats": 100_001}, ("seats", "import_number_too_large")),
    ("session", {"cost_eur": 1e9}, ("cost_eur", "import_number_too_large")),
    ("initiative", {"name": "n" * 201}, ("name", "import_too_long")),
    ("organization", {"description": "d" * 5_001}, ("description", "import_too_long")),
    ("initiative", {"assured_on": date(2026, 11, 23)}, ("assured_on", "import_in_future")),
    ("survey", {"surveyed_on": date(2027, 1, 1)}, ("surveyed_on", "import_in_future")),
    ("contact", {"last_reached_on": date(2026, 12, 1)}, ("last_reached_on", "import_in_future")),
    ("initiative", {"status": "active", "ended_on": date(2026, 11, 21)}, ("ended_on", "import_ended_but_active")),
]
PLAUSIBLE: list[tuple[str, dict[str, Any]]] = [
    ("initiative", {"capacity": 100_000, "name": "n" * 200, "description": "d" * 5_000, "assured_on": TODAY}),
    ("initiative", {"status": "active", "ended_on": TODAY}),  # its last day
    ("initiative", {"status": "ended", "ended_on": date(2020, 1, 1)}),
    ("session", {"starts_on": date(2027, 1, 1)}),  # a date may be planned
]


@pytest.mark.parametrize(("table", "wrong", "said"), IMPLAUSIBLE)
def test_what_cannot_be_meant_is_refused(table: str, wrong: dict[str, Any], said: tuple[str, str]) -> None:
    record = {**FULL[table], **wrong}
    assert list(rules.broken(table, record, TODAY)) == [said]
    if said[1] in ("import_in_future", "import_ended_but_active"):
        assert list(rules.broken(table, record)) == []  # a state of before is as it was


@pytest.mark.parametrize(("table", "more"), PLAUSIBLE)
def test_what_can_be_meant_is_not_refused(table: str, more: dict[str, Any]) -> None:
    assert list(rules.broken(table, {**FULL[table], **more}, TODAY)) == []


def test_what_only_a_form_refuses() -> None:
    """Older files hold it, and it is theirs to keep; nobody may add to it."""
    session = {**FULL["session"], "begins": time(10), "ends": time(10)}
    assert list(rules.broken("session", session)) == [("ends", "import_end_before_begin")]
    assert list(rules.broken("contact", {**FULL["contact"], "name": "Ada"})) == [("name", "import_needs_consent")]
