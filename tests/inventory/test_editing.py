"""Changing single records: what is refused, what is saved, once, and never over somebody else's change."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, editing, importing, open_file
from esdash.inventory.access import Action, Actor
from esdash.model.kinds import BY_TABLE
from esdash.texts import Text
from tests.conftest import NOW
from tests.inventory.replay import replayed, tables
from tests.people import ADA, BEN, CEM


@pytest.fixture
def cafe(tiny: Inventory) -> str:
    """An offer of an organisation, with a contact."""
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert(
            "organization", [{"organization_id": "awo", "name": "AWO"}, {"organization_id": "mkz", "name": "MKZ"}]
        )
        change.insert("location", [{"location_id": "haus", "name": "Haus", "district_id": "01"}])
        change.insert("contact", [{"contact_id": "k", "organization_id": "awo", "role": "Leitung"}])
        change.insert(
            "initiative",
            [
                {
                    "initiative_id": "cafe",
                    "organization_id": "awo",
                    "name": "Café",
                    "capacity": 10,
                    "theme_ids": ["homework"],
                }
            ],
        )
    return "cafe"


def record(tiny: Inventory, table: str, key: str) -> dict[str, Any]:
    (found,) = tiny.rows(f"FROM inventory.{table} WHERE {table}_id = $key", key=key)
    return found


def side(conflict: editing.Conflict, name: str) -> dict[str, Any]:
    """The fields that differ, in the version base, mine or theirs."""
    return {clash.field: getattr(clash, name) for clash in conflict.clashes}


def save(tiny: Inventory, values: dict[str, Any], version: int | None, actor: str = "Ada", **more: Any) -> str:
    options = {"reason": "im Test", "key": editing.new_key(), **more}
    return editing.save(
        tiny,
        more.pop("table", "initiative"),
        values,
        version,
        Actor(actor),
        options["reason"],
        options["key"],
        more.get("place"),
    )


def keys(faults: tuple[editing.Fault, ...]) -> list[tuple[str, str]]:
    """Field and message of each fault; every message must exist in both languages."""
    for fault in faults:
        for language in ("de", "en"):
            assert all(Text(language).error(fault.error))
    return [(fault.field, fault.error.key) for fault in faults]


# ---------------------------------------------------------------- drafts and faults


def test_an_empty_draft_knows_nothing(tiny: Inventory) -> None:
    draft = editing.draft(tiny, "initiative")
    assert (draft.record_id, draft.version) == (None, None)
    assert set(draft.values.values()) == {None}
    assert {"name", "organization_id", "theme_ids", "times", "location_id"} <= draft.values.keys()
    assert not {"initiative_id", "field_ids", "location_street"} & {field.name for field in draft.fields}


def test_a_draft_of_a_record(tiny: Inventory, cafe: str) -> None:
    draft = editing.draft(tiny, "initiative", cafe)
    assert (draft.values["name"], draft.values["capacity"], draft.values["waiting"]) == ("Café", 10, None)
    assert (draft.values["initiative_id"], draft.version) == ("cafe", 1)
    with pytest.raises(UserError, match="edit_no_record"):
        editing.draft(tiny, "initiative", "nichts")


@pytest.mark.parametrize("table", BY_TABLE)
def test_every_table_has_a_draft(tiny: Inventory, table: str) -> None:
    assert editing.draft(tiny, table).fields
    required = [f.name for f in BY_TABLE[table].fields if f.required]
    assert keys(editing.validate(tiny, table, {})) == [(name, "edit_required") for name in required]


@pytest.mark.parametrize(
    ("table", "field", "entry", "key"),
    [
        ("initiative", "capacity", "etwa 20", "edit_not_integer"),
        ("initiative", "capacity", -1, "edit_negative"),
        ("initiative", "started_on", "31.02.2026", "edit_not_date"),
        ("initiative", "website", "javascript:alert(1)", "edit_not_website"),
        ("initiative", "times", "Mo 14", "edit_not_times"),
        ("initiative", "times", [{"weekday": 8, "begins": time(9), "ends": time(10)}], "edit_not_times"),
        ("initiative", "theme_ids", ["gibt_es_nicht"], "edit_unknown_name"),
        ("initiative", "location_id", "Mond", "edit_unknown_name"),
        ("initiative", "organization_id", "AWOO", "edit_unknown_name_near"),
        ("initiative", "status", "laufen", "edit_not_choice"),
        ("organization", "email", "info(at)awo.de", "edit_not_email"),
        ("organization", "postcode", "123", "edit_not_postcode"),
        ("location", "lat", 123.4, "edit_not_coordinate"),
        ("location", "lat", 51.8, "edit_half_point"),
        ("location", "barrier_free", "vielleicht", "edit_not_yes_no"),
        ("course", "hours", "viele", "edit_not_number"),
        ("session", "begins", "25:00", "edit_not_time"),
        ("contact_point", "opening_hours", "nach Absprache", "edit_not_opening"),
    ],
)
def test_what_is_refused(tiny: Inventory, cafe: str, table: str, field: str, entry: Any, key: str) -> None:
    whole = {"name": "X", "organization_id": "awo"} if table not in ("organization", "location") else {"name": "X"}
    if table == "session":
        with tiny.change(ADA, Action.EDIT_RECORDS) as change:
            change.insert("course", [{"course_id": "c", "organization_id": "awo", "name": "Kurs"}])
        whole = {"course_id": "c", "starts_on": date(2026, 12, 1)}
    before = tables(tiny)
    assert keys(editing.validate(tiny, table, {**whole, field: entry})) == [(field, key)]
    with pytest.raises(editing.Faulty) as caught:
        editing.save(tiny, table, {**whole, field: entry}, None, ADA, None, "k")
    assert keys(caught.value.faults) == [(field, key)]
    assert tables(tiny) == before


@pytest.mark.parametrize(
    ("table", "values", "expected"),
    [
        ("initiative", {"started_on": "1.3.2026", "ended_on": "1.2.2026"}, ("ended_on", "edit_end_before_begin")),
        ("contact", {"role": "Büro", "name": "Ada"}, ("name", "edit_needs_consent")),
        ("initiative", {"name": "café"}, ("name", "edit_same_record")),
    ],
)
def test_what_the_whole_record_would_break(tiny: Inventory, cafe: str, table: str, values: Any, expected: Any) -> None:
    named = {} if "role" in values else {"name": "Y"}
    assert keys(editing.validate(tiny, table, {"organization_id": "awo", **named, **values})) == [expected]


def test_an_old_fault_hinders_nobody(tiny: Inventory, cafe: str) -> None:
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": cafe, "website": "kein Netz"}])
    draft = editing.draft(tiny, "initiative", cafe)
    assert editing.validate(tiny, "initiative", {**draft.values, "capacity": 12}) == ()
    assert keys(editing.validate(tiny, "initiative", {**draft.values, "website": "auch keins"}))


# ---------------------------------------------------------------- saving


def test_a_new_record_from_texts_and_values(tiny: Inventory, cafe: str) -> None:
    values = {
        "name": " Café für Frauen ",
        "organization_id": "AWO",
        "theme_ids": ["german_courses", "homework"],
        "target_group_ids": "Frauen; Kinder (bis 13 Jahre)",
        "capacity": "1.234",
        "waiting": "unbekannt",
        "times": [
            {"weekday": 3, "begins": time(14), "ends": time(16)},
            {"weekday": 1, "begins": time(9), "ends": time(10)},
        ],
        "started_on": date(2026, 2, 1),
        "language_ids": [],
        "location_id": "haus",
        "status": None,
    }
    assert save(tiny, values, None) == "cafe-fuer-frauen"
    found = record(tiny, "initiative", "cafe-fuer-frauen")
    assert (found["name"], found["organization_id"], found["capacity"]) == ("Café für Frauen", "awo", 1234)
    assert found["target_group_ids"] == ["women", "children"]
    assert found["waiting"] is None and found["language_ids"] == [] and found["district_ids"] is None
    assert [(slot["weekday"], slot["begins"]) for slot in found["times"]] == [(1, time(9)), (3, time(14))]
    assert (found["status"], found["version"]) == ("active", 1)
    (entry,) = tiny.rows("FROM inventory.change_log WHERE record_id = 'cafe-fuer-frauen'")
    assert (entry["actor"], entry["reason"], entry["means"]) == ("Ada", "im Test", "form")


def test_ids_are_those_of_the_import(tiny: Inventory, cafe: str, tmp_path: Path) -> None:
    table = "Angebot;Organisation\nCafé;MKZ\nÄltere & Junge!;AWO\n"
    (tmp_path / "i.csv").write_text(table, encoding="utf-8")
    importing.run(tiny, importing.plan(tiny, tmp_path / "i.csv"), ADA)
    assert save(tiny, {"name": "Ältere & Junge!", "organization_id": "mkz"}, None) == "aeltere-junge-2"
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.remove("initiative", ["cafe-2"])
    assert save(tiny, {"name": "Café", "organization_id": "mkz"}, None) == "cafe-3"  # never used again


@pytest.mark.parametrize("number", [12.5, 1.234, 1234.0])
def test_numbers_stay_what_they_are(tiny: Inventory, cafe: str, number: float) -> None:
    key = save(tiny, {"name": "Kurs", "organization_id": "awo", "hours": number}, None, table="course")
    assert record(tiny, "course", key)["hours"] == number


def test_only_what_differs_is_written(tiny: Inventory, cafe: str) -> None:
    draft = editing.draft(tiny, "initiative", cafe)
    assert save(tiny, {**draft.values, "capacity": None}, draft.version) == cafe
    found = record(tiny, "initiative", cafe)
    assert (found["capacity"], found["name"], found["version"]) == (None, "Café", 2)
    save(tiny, editing.draft(tiny, "initiative", cafe).values, 2)
    assert record(tiny, "initiative", cafe)["version"] == 2
    assert replayed(tiny) == tables(tiny)


def test_a_double_click_saves_once(tiny: Inventory, cafe: str) -> None:
    values = {"name": "Neu", "organization_id": "awo"}
    assert save(tiny, values, None, key="k1") == save(tiny, values, None, key="k1") == "neu"
    changed = {"initiative_id": cafe, "capacity": 11}
    assert save(tiny, changed, 1, key="k2") == save(tiny, changed, 1, key="k2") == cafe
    assert tiny.value("SELECT count(*) FROM initiative") == 2
    assert record(tiny, "initiative", cafe)["version"] == 2


def test_eight_clicks_at_once_save_once(tiny: Inventory, cafe: str) -> None:
    values = {"name": "Neu", "organization_id": "awo"}
    with ThreadPoolExecutor(8) as pool:
        saved = list(pool.map(lambda _: save(tiny, values, None, key="k"), range(8)))
    assert saved == ["neu"] * 8
    assert tiny.value("SELECT count(*) FROM inventory.change_log WHERE record_id = 'neu'") == 1


def test_a_refused_save_does_not_use_the_key_up(tiny: Inventory, cafe: str) -> None:
    with pytest.raises(editing.Faulty):
        save(tiny, {"name": None, "organization_id": "awo"}, None, key="k")
    assert save(tiny, {"name": "Neu", "organization_id": "awo"}, None, key="k") == "neu"


def test_keys_are_forgotten_after_a_week(tiny: Inventory, tiny_path: Path, cafe: str) -> None:
    save(tiny, {"initiative_id": cafe, "capacity": 11}, 1, key="old")
    tiny.close()
    for days, kept in ((6, {"old", "new6"}), (8, {"new6", "new8"})):
        later = NOW + timedelta(days=days)
        inventory = open_file(tiny_path, clock=lambda moment=later: moment)  # type: ignore[misc]
        save(inventory, {"initiative_id": cafe, "waiting": days}, 2 if days == 6 else 3, key=f"new{days}")
        assert {row["write_key_id"] for row in inventory.rows("FROM inventory.write_key")} == kept
        inventory.close()


# ---------------------------------------------------------------- conflicts


def test_a_conflict_shows_both_and_overwrites_nothing(tiny: Inventory, cafe: str) -> None:
    mine = editing.draft(tiny, "initiative", cafe)
    save(tiny, {"initiative_id": cafe, "capacity": 20, "waiting": 3}, 1, actor="Ben")
    with pytest.raises(editing.Conflict) as caught:
        save(tiny, {**mine.values, "capacity": 15, "note": "neu"}, mine.version)
    conflict = caught.value
    assert {c.field: (c.base, c.mine, c.theirs, c.both) for c in conflict.clashes} == {
        "capacity": (10, 15, 20, True),
        "waiting": (None, None, 3, False),
        "note": (None, "neu", None, False),
    }
    assert tuple(side(conflict, name)["capacity"] for name in ("mine", "theirs", "base")) == (15, 20, 10)
    assert (record(tiny, "initiative", cafe)["capacity"], record(tiny, "initiative", cafe)["note"]) == (20, None)
    assert all(Text().error(conflict))
    save(tiny, {**mine.values, **side(conflict, "theirs"), "note": "neu"}, conflict.version)
    found = record(tiny, "initiative", cafe)
    assert (found["capacity"], found["waiting"], found["note"], found["version"]) == (20, 3, "neu", 3)


def test_dates_and_times_of_the_base_are_values(tiny: Inventory, cafe: str) -> None:
    slot = {"weekday": 1, "begins": time(9), "ends": time(10)}
    save(tiny, {"initiative_id": cafe, "started_on": date(2026, 1, 1), "times": [slot]}, 1)
    mine = editing.draft(tiny, "initiative", cafe)
    save(tiny, {"initiative_id": cafe, "started_on": date(2026, 2, 1), "times": [slot, {**slot, "weekday": 2}]}, 2)
    with pytest.raises(editing.Conflict) as caught:
        save(tiny, {**mine.values, "capacity": 1}, 2)
    assert side(caught.value, "base") == {"started_on": date(2026, 1, 1), "times": [slot], "capacity": 10}
    assert side(caught.value, "mine") == {"started_on": date(2026, 1, 1), "times": [slot], "capacity": 1}


def test_the_same_change_twice_is_no_conflict(tiny: Inventory, cafe: str) -> None:
    save(tiny, {"initiative_id": cafe, "capacity": 20}, 1, actor="Ben")
    save(tiny, {"initiative_id": cafe, "capacity": 20}, 1)
    assert record(tiny, "initiative", cafe)["version"] == 2


def test_a_record_that_is_gone(tiny: Inventory, cafe: str) -> None:
    with tiny.change(BEN, Action.EDIT_RECORDS) as change:
        change.remove("initiative", [cafe])
    with pytest.raises(UserError, match="edit_no_record"):
        save(tiny, {"initiative_id": cafe, "capacity": 20}, 1)


# ---------------------------------------------------------------- status and confirmation


def test_pause_end_archive_restore(tiny: Inventory, cafe: str) -> None:
    today = NOW.date()

    def after(action: str) -> tuple[str, date | None]:
        editing.set_status(tiny, "initiative", [cafe, cafe], action, ADA, "im Test")
        found = record(tiny, "initiative", cafe)
        return found["status"], found["ended_on"]

    assert after("pause") == ("paused", None)
    assert after("end") == ("ended", today)
    assert after("archive") == ("archived", today)
    assert after("archive") == ("archived", today)  # a second click
    assert record(tiny, "initiative", cafe)["version"] == 4
    editing.restore_version(tiny, "initiative", cafe, last_change(tiny, cafe), ADA, None)
    assert after("restore") == ("ended", None)
    assert after("restore") == ("active", None)
    with pytest.raises(UserError, match="edit_no_action"):
        after("restore")


@pytest.mark.parametrize("table", editing.ACTIONS)
def test_every_action_leads_to_a_status_that_the_table_knows(tiny: Inventory, cafe: str, table: str) -> None:
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("course", [{"course_id": "c", "organization_id": "awo", "name": "Kurs"}])
        change.insert("session", [{"session_id": "s", "course_id": "c", "starts_on": "2026-12-01"}])
        change.insert("contact_point", [{"contact_point_id": "p", "organization_id": "awo", "name": "Punkt"}])
    key = tiny.value(f"SELECT {table}_id FROM {table} ORDER BY 1")
    first = record(tiny, table, key)["status"]
    for action in editing.ACTIONS[table]:
        if action == "restore":
            continue
        assert action in editing.possible_actions(table, first)
        editing.set_status(tiny, table, [key], action, ADA, None)
        assert record(tiny, table, key)["status"] != first
        while record(tiny, table, key)["status"] != first:
            editing.set_status(tiny, table, [key], "restore", ADA, None)
    assert "restore" not in editing.possible_actions(table, first)


def test_confirming_a_selection(tiny: Inventory, cafe: str) -> None:
    other = save(tiny, {"name": "Neu", "organization_id": "awo"}, None)
    editing.assure(tiny, "initiative", [cafe, other], BEN)
    editing.assure(tiny, "initiative", [cafe, other], BEN)
    found = [record(tiny, "initiative", key) for key in (cafe, other)]
    assert [(r["assured_on"], r["assured_by"], r["version"]) for r in found] == [(NOW.date(), "Ben", 2)] * 2
    with pytest.raises(UserError, match="edit_no_record"):
        editing.assure(tiny, "initiative", [other, "nichts"], CEM)
    assert record(tiny, "initiative", other)["assured_by"] == "Ben"
    editing.assure(tiny, "initiative", [], BEN)


# ---------------------------------------------------------------- restoring


def last_change(tiny: Inventory, key: str) -> int:
    return int(tiny.value("SELECT max(change_id) FROM inventory.change_log WHERE record_id = $key", key=key))


def test_restoring_writes_a_new_change(tiny: Inventory, cafe: str) -> None:
    first, before = last_change(tiny, cafe), record(tiny, "initiative", cafe)
    save(tiny, {"initiative_id": cafe, "capacity": 99, "name": "Anders", "theme_ids": [], "note": "x"}, 1)
    editing.restore_version(tiny, "initiative", cafe, first, BEN, "war falsch")
    assert record(tiny, "initiative", cafe) == {**before, "version": 3}
    entry = tiny.rows("FROM inventory.change_log WHERE record_id = 'cafe' ORDER BY change_id")[-1]
    assert (entry["actor"], entry["reason"], entry["means"]) == ("Ben", "war falsch", "restore")
    editing.restore_version(tiny, "initiative", cafe, first, BEN, None)  # nothing left to do
    assert record(tiny, "initiative", cafe)["version"] == 3
    assert replayed(tiny) == tables(tiny)


def test_a_removed_record_comes_back(tiny: Inventory, cafe: str) -> None:
    first, before = last_change(tiny, cafe), record(tiny, "initiative", cafe)
    with tiny.change(BEN, Action.EDIT_RECORDS) as change:
        change.remove("initiative", [cafe])
    with pytest.raises(UserError, match="history_nothing_there"):
        editing.restore_version(tiny, "initiative", cafe, last_change(tiny, cafe), BEN, None)
    editing.restore_version(tiny, "initiative", cafe, first, BEN, None)
    assert record(tiny, "initiative", cafe) == {**before, "version": 2}


def test_a_column_that_came_later_stays(tiny: Inventory, tiny_path: Path, cafe: str) -> None:
    first = last_change(tiny, cafe)
    tiny.close()
    with duckdb.connect(str(tiny_path)) as connection:
        connection.execute("ALTER TABLE initiative ADD COLUMN later VARCHAR")
    inventory = open_file(tiny_path, clock=lambda: NOW)
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("initiative", [{"initiative_id": cafe, "later": "x", "capacity": 11}])
    editing.restore_version(inventory, "initiative", cafe, first, BEN, None)
    found = record(inventory, "initiative", cafe)
    assert (found["later"], found["capacity"]) == ("x", 10)
    inventory.close()


def test_what_cannot_be_restored(tiny: Inventory, cafe: str) -> None:
    first = last_change(tiny, cafe)
    save(tiny, {"initiative_id": cafe, "contact_id": "k"}, 1)
    second = last_change(tiny, cafe)
    save(tiny, {"initiative_id": cafe, "contact_id": None}, 2)
    with tiny.change(BEN, Action.EDIT_RECORDS) as change:
        change.remove("contact", ["k"])
    before = tables(tiny)
    for change_id, key in ((second, "reference_broken"), (10**9, "history_no_change"), (1, "history_no_change")):
        with pytest.raises(UserError, match=key):
            editing.restore_version(tiny, "initiative", cafe, change_id, BEN, None)
    assert tables(tiny) == before
    editing.restore_version(tiny, "initiative", cafe, first, BEN, None)


def test_a_name_comes_back_only_with_consent(tiny: Inventory, cafe: str) -> None:
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:  # from before there was a rule
        change.update("contact", [{"contact_id": "k", "name": "Ada"}])
    named = last_change(tiny, "k")
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("contact", [{"contact_id": "k", "name": None}])
    with pytest.raises(UserError, match="history_against_rules"):
        editing.restore_version(tiny, "contact", "k", named, BEN, None)


def test_the_log_has_the_time_of_the_clock(tiny: Inventory, cafe: str) -> None:
    save(tiny, {"initiative_id": cafe, "capacity": 1}, 1)
    assert tiny.value("SELECT max(changed_at) FROM inventory.change_log") == datetime(2026, 11, 22, 10)


# ---------------------------------------------------------------- a place with the record that uses it


def locations(tiny: Inventory) -> list[str]:
    return [row["location_id"] for row in tiny.rows("SELECT location_id FROM inventory.location ORDER BY ALL")]


NEW = {"name": "Neu", "organization_id": "awo"}


def test_a_new_place_is_saved_with_the_record(tiny: Inventory, cafe: str) -> None:
    place = {"name": "", "street": "Weg 1", "postcode": "6844", "district_id": "02", "lat": "52,01", "lon": 11.005}
    save(tiny, NEW, None, place=place)
    assert record(tiny, "initiative", "neu")["location_id"] == "weg-1"
    found = record(tiny, "location", "weg-1")
    assert [found[part] for part in place] == ["Weg 1", "Weg 1", "06844", "02", 52.01, 11.005]
    changes = tiny.rows("SELECT table_name, actor FROM inventory.change_log ORDER BY change_id DESC LIMIT 3")
    assert {row["table_name"] for row in changes} >= {"initiative", "location"}
    assert {row["actor"] for row in changes} == {"Ada"}
    save(tiny, {"initiative_id": "neu", "capacity": 5}, 1, place={"name": "Punkt", "lat": 52.0, "lon": 11.0})
    assert record(tiny, "initiative", "neu")["location_id"] == "punkt"
    assert record(tiny, "location", "punkt")["street"] is None
    assert replayed(tiny) == tables(tiny)


def test_the_same_address_is_the_same_place(tiny: Inventory, cafe: str) -> None:
    save(tiny, NEW, None, place={"street": "Weg 1", "district_id": "02"})
    for number, place in enumerate(
        [
            {"street": "weg 1"},
            {"street": "Weg 1", "postcode": "06844", "lat": 52.01, "lon": 11.0},
            {"name": "WEG 1", "street": "Weg 1"},
            {"name": "Haus"},
        ]
    ):
        key = save(tiny, {"name": f"Neu {number}", "organization_id": "awo"}, None, place=place)
        assert record(tiny, "initiative", key)["location_id"] == ("haus" if "street" not in place else "weg-1")
    assert locations(tiny) == ["haus", "weg-1"]
    found = record(tiny, "location", "weg-1")
    assert (found["postcode"], found["lat"], found["district_id"]) == ("06844", 52.01, "02")  # was unknown, or stayed
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("location", [{"location_id": "weg-1", "status": "archived"}])
    save(tiny, {"name": "Noch eins", "organization_id": "awo"}, None, place={"street": "Weg 1"})
    assert record(tiny, "location", "weg-1")["status"] == "active"
    assert locations(tiny) == ["haus", "weg-1"]


@pytest.mark.parametrize(
    ("place", "field", "key"),
    [
        ({}, "location_street", "edit_place_needs_address"),
        ({"postcode": "06844"}, "location_street", "edit_place_needs_address"),
        ({"name": "Irgendwo"}, "location_street", "edit_place_needs_address"),
        ({"name": "Haus", "district_id": "02"}, "location_name", "edit_other_place"),
        ({"street": "Weg 1", "postcode": "12"}, "location_postcode", "edit_not_postcode"),
        ({"street": "Weg 1", "district_id": "nirgends"}, "location_district_id", "edit_unknown_name"),
        ({"street": "Weg 1", "lat": "52,01"}, "location_lat", "edit_half_point"),
        ({"street": "Weg 1", "lat": "52,01", "lon": "200"}, "location_lon", "edit_not_coordinate"),
    ],
)
def test_a_faulty_place_saves_nothing(tiny: Inventory, cafe: str, place: dict, field: str, key: str) -> None:
    before = tables(tiny)
    assert keys(editing.validate(tiny, "initiative", NEW, place)) == [(field, key)]
    with pytest.raises(editing.Faulty) as caught:
        save(tiny, {**NEW, "capacity": "viele"}, None, place=place)
    assert keys(caught.value.faults) == [("capacity", "edit_not_integer"), (field, key)]
    assert tables(tiny) == before


def test_a_place_of_a_refused_record_is_not_kept(tiny: Inventory, cafe: str) -> None:
    save(tiny, {"initiative_id": cafe, "capacity": 20}, 1, actor="Ben")
    before = tables(tiny)
    with pytest.raises(editing.Conflict) as caught:
        save(tiny, {"initiative_id": cafe}, 1, place={"street": "Weg 1"})
    assert [clash.field for clash in caught.value.clashes] == ["location_id", "capacity"]
    with pytest.raises(editing.Faulty):
        save(tiny, {"name": "", "organization_id": "awo"}, None, place={"street": "Weg 1"})
    assert tables(tiny) == before
    save(tiny, {"initiative_id": cafe}, caught.value.version, place={"street": "Weg 1"})
    assert record(tiny, "initiative", cafe)["location_id"] == "weg-1"


def test_a_place_twice_by_a_double_click(tiny: Inventory, cafe: str) -> None:
    for _ in range(2):
        save(tiny, NEW, None, key="k", place={"street": "Weg 1"})
    assert locations(tiny) == ["haus", "weg-1"]


def test_the_name_of_the_town_is_no_place(tiny: Inventory, cafe: str) -> None:
    before = tables(tiny)
    with pytest.raises(editing.Faulty) as caught:
        save(tiny, NEW, None, place={"name": "Musterstadt", "lat": 52.0, "lon": 11.0})
    assert keys(caught.value.faults) == [("location_street", "edit_place_needs_address")]
    assert tables(tiny) == before


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("51.8344, 12.2422", ("51.8344", "12.2422")),
        (" 51.8344,12.2422 ", ("51.8344", "12.2422")),
        ("51,8344; 12,2422", ("51,8344", "12,2422")),
        ("51,8344 12,2422", ("51,8344", "12,2422")),
        ("51,8344, 12,2422", ("51,8344", "12,2422")),
        ("-33.9/151.2", ("-33.9", "151.2")),
        ("52; 12", ("52", "12")),
        ("51,8344", ("51,8344", None)),
        ("am Markt", ("am Markt", None)),
        ("  ", (None, None)),
    ],
)
def test_a_point_as_maps_and_tables_write_it(text: str, point: tuple[str | None, str | None]) -> None:
    assert editing.point(text) == point


def test_half_a_point_from_before_hinders_nobody(tiny: Inventory, cafe: str) -> None:
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("location", [{"location_id": "haus", "lat": 52.0}])
    save(tiny, {"location_id": "haus", "note": "neu"}, 2, table="location")
    assert record(tiny, "location", "haus")["note"] == "neu"


def test_what_can_be_read_is_read(tiny: Inventory, cafe: str) -> None:
    values = {"name": "Neu", "capacity": "viele", "times": "Mo 9-10", "organization_id": "awo"}
    times = [{"weekday": 1, "begins": time(9), "ends": time(10)}]
    assert editing.readable(tiny, "initiative", values) == {"name": "Neu", "times": times, "organization_id": "awo"}


def test_days_in_a_message_are_written_as_days(tiny: Inventory, cafe: str) -> None:
    (fault,) = editing.validate(tiny, "initiative", {**NEW, "started_on": "1.3.2026", "ended_on": "1.2.2026"})
    assert "01.02.2026" in Text("de").error(fault.error)[0]


# ---------------------------------------------------------------- an organisation on the way


def test_a_new_organisation_is_added_with_its_first_offer(tiny: Inventory, cafe: str) -> None:
    before = tiny.value("SELECT max(change_id) FROM inventory.change_log")
    key = editing.new_key()
    for _ in range(2):  # a double click
        added = editing.save(tiny, "initiative", {"name": "Chor"}, None, ADA, None, key, carrier=" Verein Süd e. V. ")
    organization = record(tiny, "initiative", added)["organization_id"]
    assert record(tiny, "organization", organization)["name"] == "Verein Süd e. V."
    written = tiny.rows("FROM inventory.change_log WHERE change_id > $before ORDER BY change_id", before=before)
    assert [row["table_name"] for row in written] == ["organization", "initiative"]
    again = editing.save(tiny, "initiative", {"name": "Tanz"}, None, ADA, None, "k2", carrier="verein süd e.v.")
    assert record(tiny, "initiative", again)["organization_id"] == organization  # nobody is entered twice
    other = editing.save(tiny, "initiative", {"name": "Spiel"}, None, ADA, None, "k3", carrier="Süd")
    assert record(tiny, "organization", record(tiny, "initiative", other)["organization_id"])["name"] == "Süd"


@pytest.mark.parametrize(
    ("values", "carrier", "field"),
    [
        ({"name": "Chor"}, "x" * 2000, "organization_id"),
        ({}, "Verein Süd", "name"),
        ({"name": "Chor"}, "", "organization_id"),
    ],
    ids=["endless", "no name of the offer", "nobody"],
)
def test_a_refused_offer_leaves_no_organisation(
    tiny: Inventory, cafe: str, values: dict[str, Any], carrier: str, field: str
) -> None:
    assert [fault.field for fault in editing.validate(tiny, "initiative", values, carrier=carrier)] == [field]
    with pytest.raises(editing.Faulty):
        editing.save(tiny, "initiative", values, None, ADA, None, editing.new_key(), carrier=carrier)
    assert tiny.value("SELECT count(*) FROM organization") == 2
