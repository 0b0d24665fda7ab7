"""Forty questions as people type them, and what must stand first.

The inventory is the example with a few records more, for spellings that it has not. Each line was written down before
the code: the query, and the names that fill the first rows, in whatever order.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from esdash.analysis.records import search
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.analysis.conftest import opened
from tests.people import TEST

ORGANIZATIONS = {
    "z1": ("Zebra Muster e. V.", "0340 / 98 76 54"),
    "z2": ("Ärztinnen helfen Muster", "0340 111222, 0171/333 444 5"),
    "z3": ("Arztpraxis Muster", None),
    "z4": ("Українська громада Муштер", None),
    "z5": ("جمعية الأمل", "+48 22 555 66 77"),
}
PLACES = {
    "p1": "Ahornweg 5",
    "p2": "Ahornweg 50",
    "p3": "Ahornweg 15 a",
    "p6": "Marktpl. 3",
    "p4": "Lindenstr. 7",
    "p5": "Gartenstraße 3",
}
OFFERS: dict[str, dict[str, Any]] = {
    "Sprach-Café am Markt": {"theme_ids": ["conversation"]},
    "Sprach Café Süd": {"theme_ids": ["conversation"]},
    "Kurs: Deutsch sprechen": {"theme_ids": ["german_courses"]},
    "Зустріч жінок": {"organization_id": "z4"},
    "لقاء النساء": {"organization_id": "z5"},
    "Λέσχη ανάγνωσης": {},
    "Ärztliche Sprechstunde": {"organization_id": "z2"},
    "Müller-Treff": {},
    "Omas' Nähstunde": {},
    "Об’єднання матерів": {"organization_id": "z4"},
    "Yoga": {"location_id": "p1"},
    "Boule": {"location_id": "p2"},
    "Schach": {"location_id": "p3"},
    "Malen": {"location_id": "p4"},
    "Trommeln": {"location_id": "p5"},
    "IT-Stunde": {},
    "PC-Hilfe": {},
    "Tanz": {"location_id": "p6"},
}
CAFES = "Sprachcafé am Stadtpark | Sprachcafé Wortwechsel | Sprach-Café am Markt | Sprach Café Süd"
LOTSEN = "Ämterlotsen Innenstadt Mitte | Ämter-Lotsen Innenstadt-Mitte"
APPLICATIONS = "Bewerbungswerkstatt Musterstraße | Bewerbungs-Werkstatt Musterstrasse"
FOR_WOMEN = (
    "Alphabetisierung für Frauen | Frauen gestalten mit | Schwimmen lernen für Frauen | Stärkende Gespräche für Frauen"
)

QUERIES = [
    # hyphens and blanks, both ways
    ("Sprachcafé", CAFES),
    ("sprach-cafe", CAFES),
    ("SPRACH CAFE  ", CAFES),
    ("Ämterlotsen", LOTSEN),
    ("ämter lotsen", LOTSEN),
    # umlauts and ß, written out or not at all
    ("Arztliche", "Ärztliche Sprechstunde"),
    ("Aerztliche", "Ärztliche Sprechstunde"),
    ("ärztliche sprechstunde", "Ärztliche Sprechstunde"),
    ("Muller", "Müller-Treff"),
    ("Mueller", "Müller-Treff"),
    ("Fussball", "Fußball ohne Grenzen"),
    # typing errors
    ("Sprachcaffé", CAFES),
    ("begleitdinst", "Begleitdienst Roßlau"),
    ("lernhlfe zoberberg", "Lernhilfe Zoberberg"),
    # two words in any order, capitals, blanks at the ends
    ("Treff Müller", "Müller-Treff"),
    ("  ROSSLAU begleitdienst ", "Begleitdienst Roßlau"),
    # compounds: through the name of the theme and of its field as well
    ("Sprachkurs", "Sprachkurs Grundstufe kompakt | Kurs: Deutsch sprechen"),
    ("Deutschkurse", "Deutsch für Mütter mit Kinderbetreuung | Kurs: Deutsch sprechen"),  # the first says "Deutschkurs"
    ("Frauenschwimmen", "Schwimmen lernen für Frauen"),
    # names before themes before the rest; the whole word before its part
    ("Frauen", FOR_WOMEN),
    ("Tandem", "Tandem Beispielstadt"),
    ("Gesundheit", "Seelische Gesundheit: offene Gruppe"),
    # other scripts
    ("зустріч", "Зустріч жінок"),
    ("ЖІНКА зустріч", ""),  # another form of the word is another word
    ("зустрич жінок", "Зустріч жінок"),
    ("النساء", "لقاء النساء"),
    ("لقا", "لقاء النساء"),
    ("ΑΝΑΓΝΩΣΗΣ", "Λέσχη ανάγνωσης"),
    # an apostrophe of any form, or none
    ("Omas’ Nähstunde", "Omas' Nähstunde"),
    ("Oma's Nahstunde", "Omas' Nähstunde"),
    ("обєднання", "Об’єднання матерів"),
    ("обʼєднання", "Об’єднання матерів"),
    # streets and house numbers
    ("Ahornweg 5", "Yoga"),
    ("ahornweg", "Yoga | Boule | Schach"),
    ("Lindenstraße 7", "Malen"),
    ("Lindenstrasse 7", "Malen"),
    ("Linden-Str. 7", "Malen"),
    ("Lindenstr. Nr. 7", "Malen"),
    ("Marktplatz 3", "Tanz"),
    ("Ahornweg 15a", "Schach"),
    ("ahornweg 15 A", "Schach"),
    ("Gartenstr. 3", "Trommeln"),
    ("bewerbungswerkstatt musterstr.", APPLICATIONS),
    # short names
    ("IT", "IT-Stunde"),
    ("pc", "PC-Hilfe"),
    ("xyzzy", ""),
]
ORGANIZATION_QUERIES = [
    ("0340 987654", "Zebra Muster e. V."),
    ("+49340987654", "Zebra Muster e. V."),
    ("0049 340 98 76 54", "Zebra Muster e. V."),
    ("0340/98 76-54", "Zebra Muster e. V."),
    ("(0340) 98 76 54", "Zebra Muster e. V."),
    ("٠٣٤٠ ٩٨٧٦٥٤", "Zebra Muster e. V."),  # the digits of an Arabic keyboard
    ("98765", "Zebra Muster e. V."),
    ("zebra 98 76 54", "Zebra Muster e. V."),
    ("zebra 0340 111222", ""),
    ("0171 3334445", "Ärztinnen helfen Muster"),  # the second of two
    ("0048 22 5556677", "جمعية الأمل"),
    ("громада", "Українська громада Муштер"),
    ("الامل", "جمعية الأمل"),
    ("Arzt", "Arztpraxis Muster | Ärztinnen helfen Muster"),
    ("z", "Zebra Muster e. V. | Frauentreff Zimtstern (Muster) e. V. | Beispielamt für Zuwanderung der Musterstadt"),
]
PLACE_QUERIES = [
    ("06862 Musterdeich", "Familienzentrum Elbaue"),
    ("musterdeich 3", "Familienzentrum Elbaue"),
    ("06863", ""),  # no typing error in a postcode: it is another one
    ("Probestraße 18", "Muster-Sporthalle Nord"),
]


@pytest.fixture(scope="module")
def inventory(example_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    for inventory in opened(example_file, tmp_path_factory.mktemp("queries")):
        add(inventory)
        yield inventory


def add(inventory: Inventory) -> None:
    with inventory.change(TEST, Action.EDIT_RECORDS) as change:
        rows = [{"organization_id": key, "name": name, "phone": phone} for key, (name, phone) in ORGANIZATIONS.items()]
        change.insert("organization", rows)
        rooms = [{"location_id": key, "name": f"Raum {key}", "street": street} for key, street in PLACES.items()]
        change.insert("location", rooms)
        person = {"name": "Ada Quast", "phone": "0151 2345678"}
        change.insert("contact", [{"contact_id": "k2", "organization_id": "z1", "role": "Leitung", **person}])
        for number, (name, fields) in enumerate(OFFERS.items()):
            usual = {"organization_id": "z1", "contact_id": "k2"}
            change.insert("initiative", [{"initiative_id": f"q{number}", "name": name, **usual, **fields}])


def names(inventory: Inventory, table: str, query: str) -> list[str]:
    return search.records(inventory, table, query)["name"].tolist()


def first(inventory: Inventory, table: str, query: str, expected: str) -> None:
    found, wanted = names(inventory, table, query), set(expected.split(" | ")) - {""}
    assert set(found[: len(wanted)]) == wanted, found
    assert wanted or not found


@pytest.mark.parametrize(("query", "expected"), QUERIES)
def test_offers(inventory: Inventory, query: str, expected: str) -> None:
    first(inventory, "initiative", query, expected)
    assert names(inventory, "initiative", query) == search.initiatives(inventory, query)["name"].tolist()


@pytest.mark.parametrize(("query", "expected"), ORGANIZATION_QUERIES)
def test_organizations(inventory: Inventory, query: str, expected: str) -> None:
    first(inventory, "organization", query, expected)


@pytest.mark.parametrize(("query", "expected"), PLACE_QUERIES)
def test_places(inventory: Inventory, query: str, expected: str) -> None:
    first(inventory, "location", query, expected)


@pytest.mark.parametrize("query", ["", "   ", "?!", "…", "\N{ARTIST PALETTE}", "’"])
def test_nothing_is_left_of_it(inventory: Inventory, query: str) -> None:
    """Signs alone ask for nothing: the list is whole, in the order of names."""
    assert names(inventory, "initiative", query) == search.initiatives(inventory)["name"].tolist()
    assert not search.asks(query)


def test_a_postcode_finds_only_what_lies_there(inventory: Inventory) -> None:
    found = search.initiatives(inventory, "06862")
    assert len(found) > 5
    assert set(found["postcode"]) == {"06862"}


def test_house_numbers_begin_with_the_number(inventory: Inventory) -> None:
    assert names(inventory, "initiative", "Ahornweg 5") == ["Yoga", "Boule"]


def test_what_fits_all_parts_of_a_compound_comes_after_what_has_the_word(inventory: Inventory) -> None:
    found = search.matching(inventory, "initiative", "Sprachkurs")
    assert found is not None
    by_name = dict(zip(names(inventory, "initiative", "Sprachkurs"), found.in_parts, strict=True))
    assert by_name["Sprachkurs Grundstufe kompakt"] is False
    assert by_name["Kurs: Deutsch sprechen"] is True
    assert names(inventory, "initiative", "Sprachkurs")[0] == "Sprachkurs Grundstufe kompakt"


def test_the_phone_of_a_person_finds_only_in_the_list_of_contacts(inventory: Inventory) -> None:
    """Nobody consented: neither offers nor organisations nor contact points give the person away."""
    assert names(inventory, "contact", "0151/2345678") == ["Leitung"]
    assert names(inventory, "contact", "Ada Quast") == ["Leitung"]
    for table in ("initiative", "organization", "contact_point", "course"):
        assert names(inventory, table, "01512345678") == []
        assert names(inventory, table, "Quast") == []


def test_every_offer_of_a_carrier_is_found_by_its_phone(inventory: Inventory) -> None:
    assert set(names(inventory, "initiative", "0340 987654")) == {
        name for name, fields in OFFERS.items() if "organization_id" not in fields
    }


# ---------------------------------------------------------------- did you mean


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Hausaufgabnehilfen", "Hausaufgabenhilfe"),  # three letters: more than a search forgives
        ("sprachkaffee", "Sprachcafé"),
        ("Beratnug Rosslu", "Beratung Rosslu"),  # the second word is forgiven as it stands
        ("Frauen nähen xyzzy", "Frauen nähen"),
        ("лустріх", "Зустріч"),
    ],
)
def test_what_may_be_meant(inventory: Inventory, query: str, expected: str) -> None:
    proposals = search.proposals(inventory, "initiative", query)
    assert expected in proposals
    assert len(proposals) <= 3
    now = len(names(inventory, "initiative", query))
    assert all(len(names(inventory, "initiative", proposal)) > now for proposal in proposals)


@pytest.mark.parametrize("query", ["Frauen", "deutsch", "xyzzy", "06863", "", "?!", "0340 000000"])
def test_nothing_else_is_meant(inventory: Inventory, query: str) -> None:
    """Enough is found, or nothing is like it; a number is not another number."""
    assert search.proposals(inventory, "initiative", query) == ()


def test_no_proposal_names_a_person_or_a_description(inventory: Inventory) -> None:
    assert search.proposals(inventory, "contact", "Quost") == ()
    assert search.proposals(inventory, "contact", "Leitnng") == ()  # found as it is
    assert names(inventory, "contact", "Leitnng")[0] == "Leitung"


def test_a_pasted_text_is_answered(inventory: Inventory) -> None:
    assert len(search.proposals(inventory, "initiative", "Beratnug Hilfenn Frauenn Sprachee " * 200)) <= 3
    assert names(inventory, "initiative", "x" * 10_000) == []
