"""The page Erfassen without its form: lists of every kind, records with history, actions, ways back, erasure."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory import Inventory, editing, merging
from esdash.inventory.access import Action
from esdash.inventory.file import consent
from esdash.model import kinds
from esdash.model.kinds import BY_TABLE
from esdash.ui.shell import session
from esdash.ui.widgets import tables
from tests.conftest import NOW
from tests.pages import hostile
from tests.pages.said import asks_for_a_name, give_a_name, in_dialog, plain, said, texts, unescaped, words
from tests.pages.test_every_page import assert_in_words, assert_nothing_comes_alive, assert_one_language
from tests.people import BEN, CEM, OFFICE

pytestmark = pytest.mark.writes
DE = texts("de")
TABLES = ("initiative", "course", "session", "organization", "contact_point", "contact", "location")
NAME_OF = {"session": "(SELECT name FROM inventory.course AS c WHERE c.course_id = t.course_id)", "contact": "role"}

Opened = Callable[..., AppTest]


@pytest.fixture
def office(app: Opened) -> Callable[[str], Inventory]:
    """office(kind): the inventory that the dashboard has open, for what other people do meanwhile."""

    def inventory(kind: str) -> Inventory:
        app(kind, "method")
        return session.at(Path(os.environ["ESDASH_DATABASE"]))

    return inventory


def opened_as(app: Opened, actor: str, kind: str, **query: str) -> AppTest:
    """A visitor on the page who has given a name."""
    visitor = app(kind, "entry", **query)
    visitor.session_state["author"] = actor
    return visitor.run()


def fine(visitor: AppTest) -> AppTest:
    assert not visitor.exception, visitor.exception[0].message
    assert not visitor.error, visitor.error[0].value
    return visitor


def history(visitor: AppTest) -> list[str]:
    """The lines of the history, below its heading."""
    lines = [text.words for text in said(visitor)]
    return [plain(line) for line in lines[lines.index(DE["record.history"]) + 1 :]]


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize("table", TABLES)
def test_the_list_holds_every_record_that_is_not_archived(app: Opened, raw: Callable, table: str) -> None:
    shown = app("example", "entry", table=table)
    found = raw("example", f"SELECT count(*) FROM inventory.{table} WHERE status <> 'archived'")[0][0]
    assert len(fine(shown).dataframe[0].value) == found
    assert f"Der Bestand hat {found} " in words(shown)


def test_the_figure_to_check_leads_to_its_records(app: Opened, raw: Callable) -> None:
    figure = re.search(r"bei (\d+) davon", words(app("example", "entry")))
    due = app("example", "entry", light="due").dataframe[0].value
    assert figure and int(figure[1]) == len(due)
    never = raw(
        "example",
        "SELECT name FROM inventory.initiative WHERE assured_on IS NULL AND status IN ('planned', 'active', 'paused')",
    )
    assert never and {name for (name,) in never} <= set(due["title"])


def test_the_light_is_that_of_initiativen(app: Opened) -> None:
    here = app("example", "entry", state="any").dataframe[0].value
    there = app("example", "initiatives").dataframe[0].value
    states = {}
    for row in here.itertuples():
        day = "" if pd.isna(row.assured_on) else f", {row.assured_on:%d.%m.%Y}"
        runs = row.status_word == "aktiv"  # of others Initiativen says that they do not run
        states[row.title, row.about] = f"{row.light_word[2:]}{day}" if runs else row.status_word
    assert len(there) > 100
    assert {(row.name, row.organization): row.state_and_day for row in there.itertuples()}.items() <= states.items()


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"search": "Kinderbetreung"}, "Deutsch für Mütter mit Kinderbetreuung"),  # a typing error
        (
            {"table": "contact", "search": "ehrenamt@brueckenschlag"},
            "Koordination Ehrenamt",
        ),  # by mail, shown by function
        ({"table": "location", "search": "brueckenschlag"}, "Haus Brückenschlag"),
    ],
)
def test_searching_forgives(app: Opened, query: dict[str, str], wanted: str) -> None:
    found = fine(app("example", "entry", **query)).dataframe[0].value
    assert wanted in set(found["title"])
    assert len(found) < 10


def test_no_list_names_a_person(app: Opened) -> None:
    visitor = app("hostile", "entry", table="contact", search="verborgene")
    assert len(visitor.dataframe[0].value) == 1
    assert hostile.HIDDEN not in str(visitor.dataframe[0].value.to_dict())


def test_a_link_with_wrong_words_says_so(app: Opened) -> None:
    for query in ({"table": "passwords"}, {"table": "passwords", "id": "x"}, {"state": "broken"}, {"light": "blue"}):
        visitor = fine(app("example", "entry", **query))
        assert next(iter(query.values())) in plain(visitor.warning[0].value)
        assert visitor.title[0].value == DE["entry.title"]


@pytest.mark.parametrize("table", TABLES)
def test_an_unknown_id_gets_a_sentence_and_the_way_back(app: Opened, table: str) -> None:
    visitor = fine(app("example", "entry", table=table, id="no-such-record"))
    assert visitor.warning[0].value == DE["record.missing"]
    visitor.button(key="record_back").click().run()
    assert fine(visitor).title[0].value == DE["entry.title"]
    assert len(visitor.dataframe)


def test_what_is_missing_says_what_to_do(app: Opened) -> None:
    visitor = app("empty", "entry", table="course")
    assert "importieren Sie eine Tabelle" in visitor.info[0].value
    nothing = app("example", "entry", search="gibtesnicht")
    assert nothing.info[0].value == DE["entry.nothing_found"]
    nothing.button(key="entry_reset").click().run()
    assert len(nothing.dataframe[0].value) > 100


def every_record(raw: Callable, kind: str) -> list[tuple[str, str, str]]:
    return [
        (table, key, name)
        for table in TABLES
        for key, name in raw(kind, f"SELECT {table}_id, {NAME_OF.get(table, 'name')} FROM inventory.{table} AS t")
    ]


@pytest.mark.parametrize(("kind", "language"), [("hostile", "de"), ("one", "de"), ("one", "en")])
def test_page_of_every_record(app: Opened, raw: Callable, kind: str, language: str) -> None:
    check_records(app, kind, language, every_record(raw, kind))


@pytest.mark.parametrize("kind", ["hostile", "example"])
def test_page_of_one_record_of_each_kind_in_english(app: Opened, raw: Callable, kind: str) -> None:
    first = {table: (table, key, name) for table, key, name in reversed(every_record(raw, kind))}
    check_records(app, kind, "en", list(first.values()))


def check_records(app: Opened, kind: str, language: str, records: list[tuple[str, str, str]]) -> None:
    """One visitor goes from record to record."""
    visitor = app(kind, "entry", lang=language)
    for table, key, name in records:
        visitor.query_params.update({"lang": language, "table": table, "id": key})
        title = unescaped(fine(visitor.run()).title[0].value)
        assert title.startswith(f"{name}, ") if table == "session" else title == name, (table, key)
        assert_in_words(visitor, kind)
        assert_one_language(visitor, language)
        assert_nothing_comes_alive(visitor)


def test_every_field_has_its_place(app: Opened, office: Callable[[str], Inventory]) -> None:
    above = {"name", "role", "organization_id", "status", "assured_on", "assured_by"}
    for table in TABLES:
        fields = {field.name for field in editing.fields(office("one"), table)} - {f"successor_{table}_id"}
        shown = {field.name for side in ("left", "right") for field in BY_TABLE[table].on_page(side)}
        assert fields - above == shown - ({"name"} if table == "contact" else set()), table
    assert set(kinds.TABLES) == set(TABLES) == set(editing.ACTIONS)


def test_values_are_words(app: Opened) -> None:
    page = words(app("example", "entry", id="i001"))
    for value in ("Deutsch lernen", "Mo 09:00–11:30, Mi 09:00–11:30", "vor Ort", "Kursbüro", "kein Ende geplant"):
        assert value in page
    point = words(app("example", "entry", table="contact_point", id="p01"))
    assert "Mo, Do 10–13 Uhr; Di 14–17 Uhr" in point
    assert "Ehrenamtliche, Zugewanderte" in point


def test_what_names_a_record_stands_on_its_page(app: Opened, raw: Callable) -> None:
    visitor = app("example", "entry", table="course", id="k10")
    sessions = raw("example", "SELECT count(*) FROM inventory.session WHERE course_id = 'k10'")[0][0]
    assert DE["record.naming"].format(n=sessions) in words(visitor)
    assert len(visitor.dataframe[0].value) == sessions
    assert DE["record.new_session"] in words(visitor)


# ---------------------------------------------------------------- people


CONSENTS = {
    "public": {"consent_scope": "public"},
    "internal": {"consent_scope": "internal"},
    "expired": {"consent_scope": "public", "consent_until": f"{NOW:%Y}-11-21"},
    "missing": {"consent_scope": None},
    "nobody": {"name": None, "email": None, "phone": None},
}


@pytest.mark.parametrize("state", CONSENTS)
def test_the_office_sees_the_person_with_the_state_of_consent(
    app: Opened, office: Callable[[str], Inventory], state: str
) -> None:
    row = {"contact_id": f"c-{state}", "organization_id": "o1", "role": "Leitung", "name": "Ada Zaubermann"}
    row |= {"email": None, "phone": None, "consent_scope": None, "consent_until": None} | CONSENTS[state]
    with office("one").change(OFFICE, Action.EDIT_RECORDS) as change:
        change.insert("contact", [row])
    visitor = fine(app("one", "entry", table="contact", id=f"c-{state}"))
    page = words(visitor)
    assert ("Ada Zaubermann" in page) == (state != "nobody")
    assert DE[f"record.consent_{state}_help"] in page
    badges = [text.words for text in said(visitor) if "badge" in text.words]
    assert any(DE[f"record.consent_{state}"] in badge for badge in badges) if state != "nobody" else True
    assert "Ada Zaubermann" not in "\n".join(history(visitor))


def test_consent_runs_until_its_last_day() -> None:
    person = {"name": "Ada", "email": None, "phone": None, "consent_scope": "internal", "consent_until": NOW.date()}
    assert consent.state(person, NOW.date()) == "internal"


# ---------------------------------------------------------------- acting


def test_without_a_name_nothing_is_saved(app: Opened, office: Callable[[str], Inventory]) -> None:
    before = office("example").value("SELECT max(change_id) FROM change_log")
    visitor = app("example", "entry", id="i001")
    visitor.button(key="assure").click().run()
    assert asks_for_a_name(fine(visitor))
    give_a_name(visitor, " ")
    assert asks_for_a_name(fine(visitor))
    assert DE["author.missing"] in [plain(warning.value) for warning in visitor.warning]
    assert office("example").value("SELECT max(change_id) FROM change_log") == before
    give_a_name(visitor, "Ada Muster")
    assert not asks_for_a_name(fine(visitor))
    assert "stimmt noch" in plain(visitor.success[0].value)
    assert office("example").value("SELECT max(change_id) FROM change_log") > before


def test_still_true_with_one_click(app: Opened) -> None:
    visitor = opened_as(app, "Ada Muster", "example", id="i010")
    visitor.button(key="assure").click().run()
    message = plain(fine(visitor).success[0].value)
    assert "stimmt noch" in message and "22.11.2026" in message and "Ada Muster" in message
    assert DE["record.confirmed_until"].format(day="22.11.2026", who="Ada Muster", until="20.02.2027") in words(visitor)
    assert "Ada Muster · von Hand" in history(visitor)


def test_several_are_confirmed_or_put_aside_together(app: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    names = choosing(monkeypatch, 3)
    visitor = opened_as(app, "Ada Muster", "example", table="initiative", light="due")
    before = len(visitor.dataframe[0].value)
    visitor.button(key="assure_selected").click().run()
    assert plain(fine(visitor).success[0].value).startswith("3 Einträge bestätigt.")
    assert len(visitor.dataframe[0].value) == before - 3
    visitor.button(key="archive_selected").click().run()
    chosen = names[-1]
    assert all(name in in_dialog(visitor) for name in chosen)  # which ones
    visitor.text_input(key="several_reason").set_value("doppelt")
    visitor.button(key="several_now").click().run()
    assert fine(visitor).success[0].value == "3 Einträge sind archiviert."
    archived = app("example", "entry", table="initiative", state="archived").dataframe[0].value
    assert set(archived["title"]) >= set(chosen)


def choosing(monkeypatch: pytest.MonkeyPatch, rows: int) -> list[list[str]]:
    """AppTest cannot pick rows of a table: here the first ones are always chosen. Returns their names, per run."""
    shown: list[list[str]] = []

    def ticking(frame: pd.DataFrame, columns: list, text: object, key: str, alt: str, height: int) -> tables.Chosen:
        tables._grid(frame, columns, text, key, alt, height, [])
        shown.append(frame["title"].head(rows).tolist())
        return tables.Chosen(None, frame["record_id"].head(rows).tolist(), list(range(rows)))

    monkeypatch.setattr(tables, "ticking", ticking)
    return shown


@pytest.mark.parametrize(
    ("table", "key", "steps"),
    [
        ("initiative", "i011", ("pause", "restore", "end", "archive", "restore")),
        ("course", "k01", ("pause", "restore")),
        ("session", "s090", ("cancel", "restore")),
        ("organization", "o03", ("archive", "restore")),
        ("contact_point", "p01", ("end", "restore")),
        ("location", "l26", ("archive", "restore")),  # nothing uses it; else archiving asks who follows
    ],
)
def test_each_action(app: Opened, table: str, key: str, steps: tuple[str, ...]) -> None:
    visitor = opened_as(app, "Ada Muster", "example", table=table, id=key)
    for number, action in enumerate(steps):
        visitor.text_input(key=f"reason_{number}").set_value(f"Grund {number}")
        visitor.button(key=f"do_{action}").click().run()
        assert fine(visitor).success[0].value == DE[f"action.{action}_done_one"]
        assert f"Grund: Grund {number}" in history(visitor)


def test_the_menu_offers_what_is_possible(app: Opened) -> None:
    visitor = app("example", "entry", table="session", id="s090")
    offered = {button.key.removeprefix("do_") for button in visitor.button if button.key.startswith("do_")}
    assert offered == {"end", "cancel", "archive"}


# ---------------------------------------------------------------- history and the way back


def test_history_says_who_when_why_and_what_in_words(app: Opened, office: Callable[[str], Inventory]) -> None:
    inventory = office("example")
    draft = editing.draft(inventory, "initiative", "i012")
    values = {"initiative_id": "i012", "language_ids": ["ar"], "times": "Fr 9-12", "capacity": 44}
    editing.save(inventory, "initiative", values, draft.version, BEN, "Anruf", editing.new_key())
    lines = history(app("example", "entry", id="i012"))
    assert "Ben · von Hand" in lines
    assert "Grund: Anruf" in lines
    assert any(line.startswith("Sprachen: ") and line.endswith("→ Arabisch") for line in lines)
    assert any(line.startswith("Zeiten: ") and line.endswith("→ Fr 09:00–12:00") for line in lines)
    assert any(line.startswith("Plätze pro Woche: ") and line.endswith("→ 44") for line in lines)


def test_an_earlier_state_comes_back(app: Opened, office: Callable[[str], Inventory]) -> None:
    inventory = office("one")
    for places in (7, 8):
        draft = editing.draft(inventory, "initiative", "i1")
        values = {"initiative_id": "i1", "capacity": places}
        editing.save(inventory, "initiative", values, draft.version, BEN, None, editing.new_key())
    change = inventory.value("SELECT change_id FROM change_log WHERE record_id = 'i1' ORDER BY 1 DESC LIMIT 1 OFFSET 1")
    visitor = opened_as(app, "Ada Muster", "one", id="i1")
    visitor.button(key=f"restore_{change}").click().run()
    assert "Plätze pro Woche: 8 → 7" in in_dialog(visitor)  # what would change
    visitor.text_input(key="restore_reason").set_value("Irrtum")
    visitor.button(key="restore_now").click().run()
    assert "wieder auf dem Stand" in fine(visitor).success[0].value
    assert "Ada Muster · früherer Stand wiederhergestellt" in history(visitor)
    assert inventory.value("SELECT capacity FROM initiative WHERE initiative_id = 'i1'") == 7


def test_a_state_that_rules_of_today_forbid_stays_where_it_is(app: Opened, office: Callable[[str], Inventory]) -> None:
    inventory = office("one")
    with inventory.change(OFFICE, Action.EDIT_RECORDS) as change:
        change.insert("contact", [{"contact_id": "c9", "organization_id": "o1", "role": "Kasse", "name": "Eva Ohne"}])
    with inventory.change(OFFICE, Action.EDIT_RECORDS) as change:
        change.update("contact", [{"contact_id": "c9", "name": None}])
    first = inventory.value("SELECT min(change_id) FROM change_log WHERE record_id = 'c9'")
    visitor = opened_as(app, "Ada Muster", "one", table="contact", id="c9")
    visitor.button(key=f"restore_{first}").click().run()
    visitor.button(key="restore_now").click().run()
    assert not visitor.exception
    assert "verletzt eine heutige Regel" in plain(visitor.error[0].value)
    assert "Eva Ohne" not in words(visitor)


def test_the_old_id_of_a_merged_record_opens_the_kept_one(app: Opened, office: Callable[[str], Inventory]) -> None:
    merging.merge(office("example"), "organization", "o01", "o02", {}, CEM, "doppelt")
    visitor = fine(app("example", "entry", table="organization", id="o02"))
    assert visitor.title[0].value == "Beispielverein Brückenschlag e. V."
    assert visitor.info[0].value == DE["record.merged"]
    moved = fine(app("example", "entry", table="contact", id="c03"))
    assert "Cem · Zusammenführung" in history(moved)


def test_a_record_that_vanishes_meanwhile(app: Opened, office: Callable[[str], Inventory]) -> None:
    inventory = office("one")
    with inventory.change(OFFICE, Action.EDIT_RECORDS) as change:
        change.insert("location", [{"location_id": "l9", "name": "Haus"}])
    visitor = opened_as(app, "Ada Muster", "one", table="location", id="l9")
    with inventory.change(OFFICE, Action.EDIT_RECORDS) as change:
        change.remove("location", ["l9"])
    visitor.button(key="assure").click().run()
    assert not visitor.exception
    assert "gibt es nicht" in plain(visitor.error[0].value)
    assert visitor.warning[0].value == DE["record.missing"]


def test_the_download_of_a_history_hides_what_the_page_hides(
    app: Opened, office: Callable[[str], Inventory], monkeypatch: pytest.MonkeyPatch
) -> None:
    with office("one").change(OFFICE, Action.EDIT_RECORDS) as change:
        change.insert("contact", [{"contact_id": "c8", "organization_id": "o1", "role": "Büro", "name": "Eva Geheim"}])
        change.update("contact", [{"contact_id": "c8", "name": "Eva Geheimer", "language_ids": ["de"]}])
    offered: list[pd.DataFrame] = []
    monkeypatch.setattr(
        tables, "downloads", lambda inventory, frame, columns, *_: offered.append(frame[[c.name for c in columns]])
    )
    fine(app("one", "entry", table="contact", id="c8"))
    (frame,) = offered
    assert "Geheim" not in frame.to_csv()
    assert "Deutsch" in frame.to_csv()


# ---------------------------------------------------------------- erasure


def test_erasing_a_person(app: Opened, office: Callable[[str], Inventory]) -> None:
    inventory = office("hostile")
    with inventory.change(OFFICE, Action.EDIT_RECORDS, f"laut {hostile.HIDDEN}") as change:
        change.update("initiative", [{"initiative_id": "n0", "note": f"Bitte {hostile.HIDDEN} fragen"}])
    path = Path(os.environ["ESDASH_DATABASE"])
    visitor = opened_as(app, "Ada Muster", "hostile", table="contact", id="c1", search="verborgene")
    assert hostile.HIDDEN in words(visitor)
    visitor.button(key="do_erase").click().run()
    assert "nicht zurücknehmen" in in_dialog(visitor)

    visitor.button(key="erase_now").click().run()  # neither reason nor tick
    assert visitor.error[0].value == DE["erase.needs_reason"]
    visitor.text_input(key="erase_reason").set_value(f"Wunsch von {hostile.HIDDEN}")
    visitor.button(key="erase_now").click().run()
    assert visitor.error[0].value == DE["erase.needs_tick"]
    assert hostile.HIDDEN.encode() in path.read_bytes()

    visitor.text_input(key="erase_reason").set_value(f"Wunsch von {hostile.HIDDEN}")
    visitor.checkbox(key="erase_understood").check()
    visitor.button(key="erase_now").click().run()
    assert "gelöscht" in fine(visitor).success[0].value
    assert hostile.HIDDEN not in words(visitor)
    assert "search" not in visitor.query_params

    logged = inventory.rows("SELECT actor, reason FROM erasure")
    assert logged == [{"actor": "Ada Muster", "reason": "Wunsch von [gelöscht]"}]
    for table in ("contact", "initiative", "change_log", "erasure"):
        assert hostile.HIDDEN not in str(inventory.rows(f"FROM inventory.{table}")), table
    assert not [file for file in path.parent.rglob("*") if file.is_file() and b"Verborgene" in file.read_bytes()]
    for query in ({"table": "contact"}, {"table": "contact", "id": "c1"}, {"id": "n0"}, {"search": "verborgene"}):
        later = fine(app("hostile", "entry", **query))  # the running dashboard goes on with the new file
        assert "Verborgene" not in words(later)
        assert "Verborgene" not in str([element.value.to_dict() for element in later.dataframe])


def test_erasing_nobody_says_so(app: Opened, office: Callable[[str], Inventory]) -> None:
    with office("one").change(OFFICE, Action.EDIT_RECORDS) as change:
        change.insert("contact", [{"contact_id": "c7", "organization_id": "o1", "role": "Pforte"}])
    visitor = opened_as(app, "Ada Muster", "one", table="contact", id="c7")
    visitor.button(key="do_erase").click().run()
    visitor.text_input(key="erase_reason").set_value("Wunsch")
    visitor.checkbox(key="erase_understood").check()
    visitor.button(key="erase_now").click().run()
    assert not visitor.exception
    assert "steht keine Person" in plain(visitor.error[0].value)


# ---------------------------------------------------------------- other pages


def test_an_offer_is_confirmed_where_it_is_read(app: Opened) -> None:
    visitor = app("example", "initiatives", id="i013")
    visitor.button(key="assure").click().run()
    give_a_name(visitor, "Ada Muster")
    assert "stimmt noch" in plain(fine(visitor).success[0].value)
    assert "22.11.2026" in words(visitor)


@pytest.mark.parametrize(
    ("page", "query", "link"),
    [
        ("trainings", {}, {"sessions_table": "session", "courses_table": "course"}),
        ("initiatives", {"view": "organizations"}, {"organizations_table": "organization"}),
    ],
)
def test_tables_elsewhere_lead_to_the_records(
    app: Opened, raw: Callable, page: str, query: dict[str, str], link: dict[str, str]
) -> None:
    visitor = fine(app("example", page, **query))
    for key, table in link.items():
        names = visitor.selectbox(key=f"{key} row")
        fine(names.select(names.options[0]).run())
        opened = visitor.session_state[f"{key} row"]
        assert raw("example", f"SELECT count(*) FROM inventory.{table} WHERE {table}_id = '{opened}'") == [(1,)]
        addresses = [node.proto.query_string for node in visitor.get("page_link")]
        assert addresses.count(f"table={table}&id={opened}") == 1, addresses
