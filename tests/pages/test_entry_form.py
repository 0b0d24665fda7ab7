"""The form: it opens, keeps what was typed, says what is wrong where it is, and saves exactly what was entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory import Inventory, default_path, editing
from esdash.inventory.access import Action, Actor
from esdash.model.fields import APART
from esdash.model.kinds import BY_TABLE, TABLES
from esdash.model.phones import DIALLED
from esdash.ui.entry import form_layout
from esdash.ui.shell import session
from tests.pages import hostile
from tests.pages.said import asks_for_a_name, give_a_name, plain, texts, words
from tests.pages.test_every_page import (
    KINDS,
    LANGUAGES,
    assert_in_words,
    assert_nothing_comes_alive,
    assert_one_language,
)
from tests.people import ADA, BEN, CEM

pytestmark = pytest.mark.writes

FIRST = {"initiative": "i001", "course": "k01", "session": "s001", "organization": "o01", "contact_point": "p01"}
FIRST |= {"contact": "c01", "location": "l01"}
SAID = texts("de")


class Desk:
    """A visitor at a form, who works by the names of fields."""

    def __init__(self, visitor: AppTest) -> None:
        self.visitor = visitor
        assert not visitor.exception, visitor.exception[0].message

    def widget(self, name: str) -> Any:
        found = [
            element
            for kind in ("text_input", "text_area", "number_input", "date_input", "selectbox", "multiselect",
                         "button_group", "checkbox", "button", "toggle")
            for element in self.visitor.get(kind)
            if element.key and element.key.split(" ", 2)[-1] == name
        ]  # fmt: skip
        assert len(found) == 1, (name, [element.key for element in found])
        return found[0]

    def enter(self, **entries: Any) -> Desk:
        for name, value in entries.items():
            self.widget(name).set_value(value).run()
            assert not self.visitor.exception, self.visitor.exception[0].message
        return self

    def press(self, name: str) -> Desk:
        (button,) = [b for b in self.visitor.button if b.key and b.key.split(" ", 2)[-1].startswith(name)]
        button.click().run()
        assert not self.visitor.exception, self.visitor.exception[0].message
        return self

    def save(self, actor: str = "Ada") -> Desk:
        self.visitor.session_state["author"] = actor
        return self.press("save")

    @property
    def faults(self) -> list[str]:
        return [plain(error.value) for error in self.visitor.error]

    @property
    def open(self) -> bool:
        return any(name in self.visitor.query_params for name in ("new", "edit"))


@pytest.fixture
def inventory() -> Callable[[], Inventory]:
    """The inventory that the pages of this test have open."""
    return lambda: session.at(default_path())


def record(inventory: Inventory, table: str, key: str) -> dict[str, Any]:
    (found,) = inventory.rows(f"FROM inventory.{table} WHERE {table}_id = $key", key=key)
    return found


def new(app: Callable[..., AppTest], table: str, kind: str = "one", **query: str) -> Desk:
    return Desk(app(kind, "entry", table=table, new="1", **query))


def edit(app: Callable[..., AppTest], table: str, key: str, kind: str = "example", **query: str) -> Desk:
    return Desk(app(kind, "entry", table=table, id=key, edit="1", **query))


# ---------------------------------------------------------------- opening


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", TABLES)
def test_a_new_form_opens_everywhere(app: Callable[..., AppTest], kind: str, table: str) -> None:
    for language in LANGUAGES if kind == "example" else ("de",):
        visitor = app(kind, "entry", table=table, new="1", lang=language)
        assert not visitor.exception, visitor.exception[0].message
        assert not visitor.error
        assert [title.value for title in visitor.title] == [texts(language)[f"form_entry.new_{table}"]]
        assert_in_words(visitor, kind)
        assert_one_language(visitor, language)
        assert_nothing_comes_alive(visitor)


@pytest.mark.parametrize(("table", "key"), FIRST.items())
def test_a_record_opens(app: Callable[..., AppTest], table: str, key: str) -> None:
    for language in LANGUAGES:
        visitor = edit(app, table, key, lang=language).visitor
        assert not visitor.error
        assert_in_words(visitor, "example")
        assert_one_language(visitor, language)


HOSTILE = [
    *(("initiative", key) for key in ("e0", "e5", "n6", "z0", "over")),
    *(("organization", "o4"), ("contact", "c0"), ("contact", "c1"), ("location", "l0"), ("course", "k5")),
    *(("session", "s0"), ("session", "s5")),
]


@pytest.mark.parametrize(("table", "key"), HOSTILE)
def test_hostile_records_open_and_stay(
    app: Callable[..., AppTest], inventory: Callable[[], Inventory], table: str, key: str
) -> None:
    """No text is read as markup, and saving without a change changes nothing, however strange the record."""
    desk = edit(app, table, key, "hostile")
    assert_nothing_comes_alive(desk.visitor)
    before = record(inventory(), table, key)
    desk.enter(note="Neu").save()
    assert not desk.open, desk.faults
    after = record(inventory(), table, key)
    assert {name for name in before if before[name] != after[name]} == {"note", "version"}
    assert_nothing_comes_alive(desk.visitor)


def test_wrong_links_get_a_sentence(app: Callable[..., AppTest]) -> None:
    for table in ("survey", "nonsense", hostile.PICTURE):
        visitor = new(app, table).visitor
        assert table[:20] in plain(visitor.warning[0].value)
        assert_nothing_comes_alive(visitor)
    visitor = edit(app, "initiative", hostile.LINK).visitor
    assert [error.value for error in visitor.error]
    assert_nothing_comes_alive(visitor)
    visitor = new(app, "initiative", organization=hostile.PICTURE).visitor
    assert hostile.PICTURE in plain(visitor.warning[0].value)


def test_every_field_has_its_place() -> None:
    for table in TABLES:
        groups = form_layout.groups(table)
        shown = [part for names in groups.values() for name in names for part in form_layout.parts(name)]
        assert len(shown) == len(set(shown))
        fields = {field.name for field in BY_TABLE[table].fields} - {f"{table}_id", "field_ids", "span", *APART}
        fields -= {name for name in fields if name.startswith("location_") and name != "location_id"}
        if table == "session":
            fields -= {"organization_id"}
        fields -= {f"successor_{table}_id"}  # said when a record is archived
        kept = {"status"} if table in ("organization", "contact", "location") else set()
        assert set(shown) | kept == fields
        first = next(iter(groups.values()))
        assert {field.name for field in BY_TABLE[table].fields if field.required} - {"organization_id"} <= set(first)


# ---------------------------------------------------------------- saving

ENTRIES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "initiative": (
        {"name": "Nähtreff", "organization_id": "o1", "theme_ids": ["homework"], "capacity": 0, "description": "Naht."}
        | {"times 0 day": 3, "times 0 from": "14", "times 0 to": "16.30", "started_on": date(2026, 12, 1)}
        | {"partner_ids": ["none"], "status": "planned"},
        {"name": "Nähtreff", "theme_ids": ["homework"], "capacity": 0, "waiting": None, "language_ids": None}
        | {"times": [{"weekday": 3, "begins": time(14), "ends": time(16, 30)}], "started_on": date(2026, 12, 1)}
        | {"partner_ids": [], "status": "planned", "district_ids": None, "note": None},
    ),
    "course": (
        {"name": "Grundkurs", "organization_id": "o1", "hours": 12.5, "level": "basic"},
        {"name": "Grundkurs", "hours": 12.5, "level": "basic", "module_ids": None, "status": "active"},
    ),
    "organization": (
        {"name": "Verein Zwei", "email": "info@zwei.example.org", "postcode": "6844", "district_id": "02"},
        {"name": "Verein Zwei", "email": "info@zwei.example.org", "postcode": "06844", "status": "active"},
    ),
    "contact_point": (
        {"name": "Freiwilligenbüro", "organization_id": "o1", "audiences": ["volunteers"]}
        | {"opening_hours 0 day": 1, "opening_hours 0 from": "14", "opening_hours 0 to": "17 Uhr"},
        {"audiences": ["volunteers"], "opening_hours": "Mo 14:00-17:00", "language_ids": None},
    ),
    "contact": (
        {"role": "Leitung", "organization_id": "o1", "name": "Eva Muster", "consent_scope": "internal"}
        | {"consent_on": date(2026, 11, 1)},
        {"role": "Leitung", "name": "Eva Muster", "consent_scope": "internal", "consent_on": date(2026, 11, 1)},
    ),
    "location": (
        {"name": "Haus Eins", "point": "51.8344, 12.2422", "barrier_free": "no"},
        {"name": "Haus Eins", "lat": 51.8344, "lon": 12.2422, "barrier_free": False, "street": None},
    ),
}


@pytest.mark.parametrize("table", ENTRIES)
def test_a_new_record(app: Callable[..., AppTest], inventory: Callable[[], Inventory], table: str) -> None:
    entries, expected = ENTRIES[table]
    desk = new(app, table).enter(**entries).save()
    assert desk.faults == [] and not desk.open
    visitor = desk.visitor
    assert visitor.query_params["table"] == table
    found = record(inventory(), table, visitor.query_params["id"])
    assert {name: found[name] for name in expected} == expected
    assert found["version"] == 1
    assert any("ist angelegt" in message.value for message in visitor.success)
    assert SAID["form_entry.another"] in words(visitor)
    assert inventory().value("SELECT max_by(actor, change_id) FROM change_log") == "Ada"


def test_a_new_session_of_a_course(app: Callable[..., AppTest], inventory: Callable[[], Inventory]) -> None:
    desk = new(app, "session", "example", course="k03")
    assert desk.widget("course_id").value == "k03"
    # The contacts of the organisation that gives the course come first.
    first = desk.widget("contact_id").options[0]
    owner = record(inventory(), "course", "k03")["organization_id"]
    assert record(inventory(), "organization", owner)["name"] in first
    desk.enter(starts_on=date(2027, 1, 15), begins="17", ends="19:30", seats=12).save()
    found = record(inventory(), "session", desk.visitor.query_params["id"])
    assert (found["course_id"], found["begins"], found["seats"], found["booked"]) == ("k03", time(17), 12, None)
    assert found["status"] == "planned"


P01_HOURS = "Mo 10:00-12:00; Tu 14:00-18:00; Th 10:00-13:00"  # of the example, with a shorter Monday


@pytest.mark.parametrize(
    ("table", "entry", "column", "value"),
    [
        ("initiative", {"capacity": 77}, "capacity", 77),
        ("initiative", {"language_ids": []}, "language_ids", None),
        ("course", {"hours": None}, "hours", None),
        ("session", {"booked": 0}, "booked", 0),
        ("session", {"ends_on": None}, "ends_on", None),
        ("organization", {"phone": " 0340 1 "}, "phone", "0340 1"),
        ("contact_point", {"opening_hours 0 to": "12"}, "opening_hours", P01_HOURS),
        ("contact", {"consent_until": date(2027, 1, 1)}, "consent_until", date(2027, 1, 1)),
        ("location", {"barrier_free": "unknown"}, "barrier_free", None),
    ],
)
def test_one_field_changes_only_that_field(
    app: Callable[..., AppTest], inventory: Callable[[], Inventory], table: str, entry: dict, column: str, value: Any
) -> None:
    desk = edit(app, table, FIRST[table])
    before = record(inventory(), table, FIRST[table])
    assert before[column] != value
    desk.enter(**entry, reason="Anruf").save()
    assert desk.faults == [] and not desk.open
    after = record(inventory(), table, FIRST[table])
    assert after[column] == value
    assert {name for name in before if before[name] != after[name]} - {DIALLED} == {column, "version"}
    assert inventory().value("SELECT max_by(reason, change_id) FROM change_log") == "Anruf"


def test_hours_are_chosen_as_rows(app: Callable[..., AppTest], inventory: Callable[[], Inventory]) -> None:
    desk = new(app, "contact_point").enter(name="Büro", organization_id="o1")
    desk.enter(**{"opening_hours 0 day": 2, "opening_hours 0 rhythm": "fortnightly"})
    desk.enter(**{"opening_hours 0 from": "16", "opening_hours 0 to": "18"})
    desk.enter(**{"opening_hours 0 start": date(2026, 12, 2)})  # a Wednesday: the first Tuesday comes after it
    assert "Das erste Mal ist Dienstag, 08.12.2026." in words(desk.visitor)
    desk.press("opening_hours add").enter(**{"opening_hours 1 day": 4, "opening_hours 1 rhythm": "week_1"})
    desk.enter(**{"opening_hours 1 weeks": ["week_3"], "opening_hours 1 from": "22"}).save()
    assert desk.open and "sind keine Öffnungszeiten" in desk.faults[0]
    desk.enter(**{"opening_hours 1 to": "24"})
    desk.enter(
        **{"closures 0 from": date(2026, 12, 21), "closures 0 until": date(2027, 1, 1), "closures 0 why": "Pause"}
    )
    desk.enter(appointment="possible", holiday_hours="ask").save()
    found = record(inventory(), "contact_point", desk.visitor.query_params["id"])
    assert found["opening_hours"] == "Th[1,3] 22:00-24:00"
    assert found["fortnightly"] == [{"starts_on": date(2026, 12, 8), "begins": time(16), "ends": time(18)}]
    closure = {"first_day": date(2026, 12, 21), "last_day": date(2027, 1, 1), "reason": "Pause"}
    assert (found["closures"], found["appointment"], found["holiday_hours"]) == ([closure], "possible", "ask")


@pytest.mark.parametrize(
    ("written", "shown"), [("Apr-Oct Mo 10:00-12:00", "Apr-Oct Mo 10:00-12:00"), ("24/7", "rund um")]
)
def test_hours_that_rows_cannot_show_stay(
    app: Callable[..., AppTest], inventory: Callable[[], Inventory], written: str, shown: str
) -> None:
    key = "p03"
    app("example", "entry")
    with inventory().change(ADA, Action.EDIT_RECORDS) as change:
        change.update("contact_point", [{"contact_point_id": key, "opening_hours": written}])
    desk = edit(app, "contact_point", key)
    assert f"lassen sich nicht in Zeilen zeigen: {shown}" in words(desk.visitor)
    desk.enter(note="Neu").save()
    assert record(inventory(), "contact_point", key)["opening_hours"] == written
    desk = edit(app, "contact_point", key).enter(**{"opening_hours replaced": True, "opening_hours 0 day": 1})
    desk.enter(**{"opening_hours 0 from": "10", "opening_hours 0 to": "12"}).save()
    assert record(inventory(), "contact_point", key)["opening_hours"] == "Mo 10:00-12:00"


def test_a_double_click_saves_once(app: Callable[..., AppTest], inventory: Callable[[], Inventory]) -> None:
    desk = new(app, "organization").enter(name="Doppelklick e. V.")
    form = next(form for form in desk.visitor.session_state["open forms"].values())
    draft = editing.fields(inventory(), "organization")
    assert draft
    key = form.key
    desk.save()
    saved = desk.visitor.query_params["id"]
    # The second click of the same form: the same key, and no second record.
    assert editing.save(inventory(), "organization", {"name": "Doppelklick e. V."}, None, ADA, None, key) == saved
    count = "SELECT count(*) FROM inventory.organization WHERE name = 'Doppelklick e. V.'"
    assert inventory().value(count) == 1
    assert "open forms" not in desk.visitor.session_state or not desk.visitor.session_state["open forms"]


# ---------------------------------------------------------------- faults


def test_faults_stand_at_their_fields_and_entries_stay(app: Callable[..., AppTest]) -> None:
    desk = new(app, "initiative").enter(
        organization_id="o1", website="kein Netz", started_on=date(2026, 3, 1), ended_on=date(2026, 2, 1)
    )
    assert [fault.split(".")[0] for fault in desk.faults] == ["„kein Netz“ ist keine Internetadresse"]  # once left
    desk.save()
    assert [fault.split(".")[0].split(";")[0] for fault in desk.faults] == [
        "„kein Netz“ ist keine Internetadresse",
        "Noch nicht gespeichert: 1 Angabe fehlt oder stimmt nicht (Internetseite)",
    ]
    assert desk.open and desk.widget("website").value == "kein Netz"
    desk.enter(website="www.netz.example.org")  # now the record as a whole is looked at
    assert len(desk.faults) == 3
    assert SAID["form_entry.required_fault"] in desk.faults[0]
    assert "01.02.2026" in desk.faults[1]
    desk.enter(name="Lauftreff", ended_on=date(2027, 4, 1))
    assert desk.faults == []


def test_nobody_saves_without_a_name(app: Callable[..., AppTest]) -> None:
    desk = new(app, "organization").enter(name="Namenlos").press("save")
    assert desk.open and asks_for_a_name(desk.visitor)
    give_a_name(desk.visitor, "Ada")
    assert not desk.open and not asks_for_a_name(desk.visitor)
    assert "Namenlos" in words(desk.visitor)


def test_a_weekly_time_over_midnight_is_said_to_be_cut(app: Callable[..., AppTest]) -> None:
    desk = new(app, "initiative").enter(**{"times 0 day": 6, "times 0 from": "20", "times 0 to": "23 Uhr"})
    assert SAID["form_times.cut"] not in words(desk.visitor)
    desk.enter(**{"times 0 to": "2 Uhr"})
    assert SAID["form_times.cut"] in words(desk.visitor)
    desk.enter(**{"times 0 to": "bald"})
    assert SAID["form_times.cut"] not in words(desk.visitor)


def test_entries_outlive_language_and_a_look_elsewhere(app: Callable[..., AppTest]) -> None:
    desk = new(app, "initiative", "example").enter(
        **{"name": "Schachabend", "organization_id": "o02", "theme_ids": ["homework"], "capacity": 9, "mode": "online"},
        **{"times 0 day": 5, "times 0 from": "18:00", "target_group_ids": ["women"], "started_on": date(2026, 5, 1)},
    )

    def entries() -> list[Any]:
        names = ("name", "organization_id", "theme_ids", "capacity", "mode", "times 0 day", "times 0 from")
        return [desk.widget(name).value for name in (*names, "target_group_ids", "started_on", "status")]

    before = entries()
    assert before[:5] == ["Schachabend", "o02", ["homework"], 9, "online"]
    visitor = desk.visitor
    next(group for group in visitor.get("button_group") if group.key == "visit.lang").set_value("en").run()
    assert visitor.title[0].value == texts("en")["form_entry.new_initiative"]
    assert entries() == before
    visitor.switch_page("pages/method.py").run()
    assert visitor.title[0].value == texts("en")["method.title"]
    visitor.query_params.update({"table": "initiative", "new": "1"})
    visitor.switch_page("pages/entry.py").run()
    assert entries() == before
    assert texts("en")["form_entry.restored"] in words(visitor)


def test_cancel_asks_only_if_something_was_typed(app: Callable[..., AppTest]) -> None:
    desk = edit(app, "initiative", "i002").press("cancel")
    assert not desk.open and desk.visitor.query_params["id"] == "i002"
    desk = edit(app, "initiative", "i002").enter(name="Ganz anders").press("cancel")
    assert desk.open and SAID["form_entry.discard"] in [text.value for text in desk.visitor.text]


# ---------------------------------------------------------------- what looks wrong


@pytest.mark.parametrize(
    ("table", "entries", "key"),
    [
        ("location", {"name": "Haus", "point": "12,24; 51,83"}, "swapped"),
        ("location", {"name": "Fernhaus", "point": "48.1, 11.6"}, "far"),
        ("organization", {"name": "Verein", "phone": "O340 123456"}, "phone"),
        ("initiative", {"name": "Kurs", "organization_id": "o1", "capacity": 20_000}, "many"),
    ],
)
def test_what_looks_wrong_is_said_below_its_field_and_saved(
    table: str, entries: dict[str, Any], key: str, app: Callable[..., AppTest]
) -> None:
    desk = new(app, table).enter(**entries)
    begin = SAID[f"plausible.{key}"].split("{")[0] or SAID[f"plausible.{key}"].rpartition("}")[2]
    assert any(begin in plain(warning.value) for warning in desk.visitor.warning)
    desk.save()
    assert desk.faults == [] and not desk.open


def test_what_looks_right_is_not_warned_about(app: Callable[..., AppTest]) -> None:
    desk = new(app, "organization").enter(name="Verein", phone="0340/12 34 56")
    said = SAID["plausible.phone"].rpartition("}")[2]
    assert not any(said in plain(warning.value) for warning in desk.visitor.warning)


# ---------------------------------------------------------------- places


def test_a_new_place_together_with_the_record(app: Callable[..., AppTest], inventory: Callable[[], Inventory]) -> None:
    desk = new(app, "contact_point").enter(name="Laden", organization_id="o1", **{"place way": "new"})
    assert desk.faults == []  # nobody has had the time to type where it is
    desk.save()
    assert SAID["error.edit_place_needs_address"] in desk.faults[0]
    desk.enter(location_street="Ladenweg 2", location_district_id="02", point="51,83; 12,24").save()
    assert desk.faults == [] and not desk.open
    place = record(inventory(), "contact_point", desk.visitor.query_params["id"])["location_id"]
    found = record(inventory(), "location", place)
    assert [found[name] for name in ("name", "street", "district_id", "lat")] == [
        "Ladenweg 2",
        "Ladenweg 2",
        "02",
        51.83,
    ]
    desk = new(app, "contact_point").enter(name="Theke", organization_id="o1", **{"place way": "new"})
    desk.enter(location_street="ladenweg 2").save()
    assert record(inventory(), "contact_point", desk.visitor.query_params["id"])["location_id"] == place


def test_the_map_shows_where_it_is_asked_for(app: Callable[..., AppTest]) -> None:
    desk = edit(app, "location", "l01")
    assert not desk.visitor.get("plotly_chart")
    desk.enter(map=True)
    assert len(desk.visitor.get("plotly_chart")) == 1
    for kind in ("empty", "hostile"):
        assert len(new(app, "location", kind).enter(map=True).visitor.get("plotly_chart")) == 1


# ---------------------------------------------------------------- what resembles it


def test_a_warning_while_typing(app: Callable[..., AppTest], inventory: Callable[[], Inventory]) -> None:
    desk = new(app, "initiative", "example").enter(organization_id="o02")
    assert SAID["resembling.title_one"] not in words(desk.visitor)
    desk.visitor.session_state["author"] = "Ada"
    desk.widget("name").set_value("Deutsch fuer den Alltag Rosslau")
    count = inventory().value("SELECT count(*) FROM initiative")
    # Typed and pressed at once: the button that knew no warning does not save.
    desk.press("save")
    assert "Deutsch für den Alltag Roßlau" in words(desk.visitor)
    assert SAID["form_entry.save_anyway"] in [button.label for button in desk.visitor.button]
    assert SAID["form_entry.save"] not in [button.label for button in desk.visitor.button]
    assert inventory().value("SELECT count(*) FROM initiative") == count
    desk.press("save anyway")
    assert not desk.open and inventory().value("SELECT count(*) FROM initiative") == count + 1


def test_the_same_record_again_is_refused_with_the_way_to_it(app: Callable[..., AppTest]) -> None:
    desk = new(app, "organization").enter(name="verein eins").save()
    assert SAID["form_entry.same_record"] in desk.faults[0]
    assert SAID["form_entry.open_same"] in words(desk.visitor)


# ---------------------------------------------------------------- two people


def test_two_people_on_one_record(app: Callable[..., AppTest], inventory: Callable[[], Inventory]) -> None:
    desk = edit(app, "initiative", "i010")
    old = record(inventory(), "initiative", "i010")
    desk.enter(capacity=91, note="von mir", volunteers_wanted=8)
    theirs = {"initiative_id": "i010", "capacity": 92, "waiting": 93}
    editing.save(inventory(), "initiative", theirs, old["version"], Actor(hostile.PICTURE), None, editing.new_key())
    desk.save()
    assert SAID["conflict.title"] in [title.value for title in desk.visitor.title]
    assert hostile.PICTURE in words(desk.visitor)  # who was faster
    assert_nothing_comes_alive(desk.visitor)
    assert record(inventory(), "initiative", "i010")["note"] == old["note"]
    sides = {name: desk.widget(f"conflict 1 {name}").value for name in ("capacity", "waiting", "note")}
    assert sides == {"capacity": None, "waiting": "theirs", "note": "mine"}
    desk.press("conflict 1 save")
    assert "Plätze pro Woche" in desk.visitor.warning[0].value  # must choose
    # Back to the entries: they are all there, and the conflict too.
    desk.press("conflict 1 back")
    assert (desk.widget("capacity").value, desk.widget("note").value) == (91, "von mir")
    desk.save()
    desk.enter(**{"conflict 2 capacity": "mine"})
    # Somebody is faster once more.
    editing.save(inventory(), "initiative", {**theirs, "capacity": 94}, old["version"] + 1, CEM, None, "another")
    desk.press("conflict 2 save")
    assert desk.widget("conflict 3 capacity").value is None
    assert "Cem" in words(desk.visitor)
    desk.enter(**{"conflict 3 capacity": "theirs"}).press("conflict 3 save")
    assert not desk.open
    found = record(inventory(), "initiative", "i010")
    assert [found[name] for name in ("capacity", "waiting", "note", "volunteers_wanted")] == [94, 93, "von mir", 8]


def test_a_new_place_in_a_conflict(app: Callable[..., AppTest], inventory: Callable[[], Inventory]) -> None:
    desk = edit(app, "initiative", "i011")
    old = record(inventory(), "initiative", "i011")
    desk.enter(**{"place way": "new", "location_street": "Streitweg 1", "location_district_id": "02"})
    theirs = {"initiative_id": "i011", "location_id": None, "waiting": 93}
    editing.save(inventory(), "initiative", theirs, old["version"], BEN, None, editing.new_key())
    desk.save()
    assert "neuer Ort: Streitweg 1" in words(desk.visitor)
    assert not inventory().rows("FROM inventory.location WHERE street = 'Streitweg 1'")
    desk.enter(**{"conflict 1 location_id": "mine"}).press("conflict 1 save")
    place = record(inventory(), "initiative", "i011")["location_id"]
    assert record(inventory(), "location", place)["street"] == "Streitweg 1"
    assert record(inventory(), "initiative", "i011")["waiting"] == 93


def test_a_choice_that_breaks_a_rule(app: Callable[..., AppTest], inventory: Callable[[], Inventory]) -> None:
    desk = edit(app, "initiative", "i012")
    old = record(inventory(), "initiative", "i012")
    desk.enter(ended_on=date(2027, 1, 1))
    theirs = {"initiative_id": "i012", "started_on": date(2028, 1, 1)}
    editing.save(inventory(), "initiative", theirs, old["version"], BEN, None, editing.new_key())
    desk.save().press("conflict 1 save")
    assert "01.01.2027" in desk.faults[0] and desk.open
    desk.enter(**{"conflict 1 started_on": "mine"}).press("conflict 1 save")
    assert not desk.open
    assert record(inventory(), "initiative", "i012")["ended_on"] == date(2027, 1, 1)


# ---------------------------------------------------------------- an organisation on the way


@pytest.mark.parametrize("kind", ["empty", "one"])
def test_an_offer_brings_its_organisation(app: Callable[..., AppTest], inventory: Callable, kind: str) -> None:
    desk = new(app, "initiative", kind).enter(name="Nähkurs Allerlei")
    desk.widget("organization_id").options.append("Verein *Süd*")  # as typed into the field
    desk.enter(organization_id="Verein *Süd*")
    assert plain(SAID["form_entry.carrier_added"].format(name="Verein *Süd*")) in words(desk.visitor)
    assert desk.save().faults == []
    key = desk.visitor.query_params["id"]
    saved = record(inventory(), "initiative", key[0] if isinstance(key, list) else key)
    assert record(inventory(), "organization", saved["organization_id"])["name"] == "Verein *Süd*"


def test_a_written_organisation_that_is_there_is_named(app: Callable[..., AppTest], inventory: Callable) -> None:
    desk = new(app, "initiative", "example").enter(name="Nähkurs Allerlei")
    name = record(inventory(), "organization", "o06")["name"]
    for written, said in ((name.upper() + "!", "carrier_known"), (name.split()[-1], "carrier_added"), ("-", None)):
        desk.widget("organization_id").options.append(written)
        desk.enter(organization_id=written)
        shown = name if said == "carrier_known" else written
        for key in ("carrier_known", "carrier_added"):
            sentence = plain(SAID[f"form_entry.{key}"].format(name=shown))
            assert (sentence in words(desk.visitor)) == (key == said), (written, key)
