"""What still names an erased person in other words is listed with its place, and goes once somebody says so."""

from pathlib import Path

import pytest

from esdash.inventory import Inventory, importing
from esdash.inventory.city import declared
from esdash.inventory.privacy.erasure import erase
from esdash.inventory.privacy.person import Person
from esdash.inventory.privacy.traces import OF_CITY, Trace, left, pattern
from esdash.texts import Text
from esdash.wording.traces import sentence
from tests.commands.command_line import run
from tests.inventory.test_row_places import CASES, city, taken
from tests.people import TESTER

__all__ = ["city"]
ZORA = Person(frozenset({"Zora Beispielfrau"}), frozenset({"zora.beispielfrau@nhm.example"}))


@pytest.fixture
def named(city: Inventory) -> Inventory:
    taken(city, "Organisation\nNachbarschaftshaus Muster", "organizations")
    taken(city, CASES / "c18_contacts.csv", "contacts")
    taken(city, CASES / "c18_offers.csv", "initiatives")
    return city


@pytest.mark.parametrize(
    "text",
    [
        *("bei Frau Beispielfrau", "Dr. Beispielfrau", "Beispielfrau, Zora", "Z. Beispielfrau", "FRAU BEISPIELFRAU"),
        *("Zora B. ist da", "Mail: zora.beispielfrau@anderswo.example", "Zora.Beispielfrau (Kennung)"),
    ],
)
def test_other_words_for_a_person(text: str) -> None:
    wanted = pattern(ZORA)
    assert wanted and wanted.search(text)


@pytest.mark.parametrize(
    "text", ["beispielfrauen sind gemeint", "Zora kommt", "Zora Bahn", "eine Beispielfrauengruppe"]
)
def test_words_for_something_else(text: str) -> None:
    wanted = pattern(ZORA)
    assert wanted and not wanted.search(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Dr. Jörg Müller-Groß", "Herr Mueller"),
        ("Dr. Jörg Müller-Groß", "Frau GROSS"),
        ("Frau Łucja Żak", "Żak, Ł."),
    ],
)
def test_double_names_and_umlauts(name: str, text: str) -> None:
    wanted = pattern(Person(frozenset({name})))
    assert wanted and wanted.search(text)


def test_texts_of_the_city_name_nobody(named: Inventory) -> None:
    assert named.value("SELECT count(*) FROM inventory.theme WHERE name_de ILIKE '%Deutsch%'")
    assert set(declared.TABLES) == OF_CITY
    found = left(named, Person(frozenset({"Ada Deutsch"})))
    assert {trace.table for trace in found} <= {"initiative", "organization", "contact"}


def test_an_address_of_a_function_names_nobody() -> None:
    assert pattern(Person(emails=frozenset({"info@muster.example"}))) is None


def test_what_is_left_is_listed_and_goes_when_said(named: Inventory) -> None:
    report = erase(named, "k1", TESTER, "Wunsch")
    (offer,) = [row["initiative_id"] for row in named.rows("SELECT initiative_id FROM initiative")]
    assert report.traces == (
        Trace("initiative", offer, "description", "Anmeldung bei Frau Beispielfrau"),
        Trace("initiative", offer, "note", "Ansprechperson: Beispielfrau, Zora ([gelöscht])"),
    )
    assert sentence(Text("de"), report.traces[0]) == (
        f"Angebot „{offer}“, Beschreibung: „Anmeldung bei Frau Beispielfrau“"
    )
    again = erase(named, "k1", TESTER, "Wunsch", ["Frau Beispielfrau", " Beispielfrau, Zora"])
    assert again.traces == ()
    assert named.rows("SELECT description, note FROM initiative") == [
        {"description": "Anmeldung bei [gelöscht]", "note": "Ansprechperson: [gelöscht] ([gelöscht])"}
    ]
    assert left(named, ZORA) == ()  # nor in the history


def test_what_was_changed_since_stands_in_the_history(named: Inventory) -> None:
    (offer,) = [row["initiative_id"] for row in named.rows("SELECT initiative_id FROM initiative")]
    importing.run(
        named,
        importing.plan(
            named, _list(named, f"initiative_id;Beschreibung;Notiz\n{offer};Anmeldung im Büro;-"), "initiatives"
        ),
        TESTER,
        backup=False,
    )
    traces = erase(named, "k1", TESTER, "Wunsch").traces
    assert [(trace.field, trace.history) for trace in traces] == [("description", True), ("note", True)]


def _list(inventory: Inventory, lines: str) -> Path:
    path = (inventory.path or Path()).with_name("neu.csv")
    path.write_text(lines, encoding="utf-8")
    return path


def test_the_command_lists_them_and_does_not_call_the_person_erased(named: Inventory) -> None:
    path = named.path
    assert path
    named.close()
    arguments = ("erase", "k1", "--reason", "Wunsch", "--yes")
    said = run(*arguments, database=path)
    assert said.exit_code == 0
    assert "Die Person ist gelöscht" not in said.stdout and "An 2 Stellen" in said.stdout
    assert "„Anmeldung bei Frau Beispielfrau“" in said.stderr
    done = run(*arguments, "--also", "Frau Beispielfrau", "--also", "Beispielfrau, Zora", database=path)
    assert done.exit_code == 0 and "Die Person ist gelöscht" in done.stdout
