"""A list of real names in, and its order in lists, filters and files: DIN 5007, other scripts behind the Latin one."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from esdash.analysis.records import records, search
from esdash.commands import records as commands
from esdash.exports.exchange.plain import plain_csv
from esdash.inventory import Inventory, importing
from esdash.texts import Text
from esdash.wording import listing
from esdash.wording.names import names_of
from tests.analysis.conftest import opened
from tests.people import ADA

CASES = Path(__file__).parents[1] / "inventory" / "cases"
CARRIERS = [
    "Ärztinnen helfen Muster",
    "Arztpraxis Muster",
    "Omas für alle Muster",
    "Österreichisch-Ukrainischer Kreis Muster",
    "Übersetzungspool Muster",
    "Zebra Muster e. V.",
    "Українська громада Муштер",
]
OFFERS = [
    "Arbeitskreis",
    "Ärztliche Sprechstunde",
    "Öffnungsrunde",
    "Ortstermin",
    "Sprach-Café am Markt",
    "Übungsgruppe",
    "Urlaubstreff",
    "Zeichenkurs",
    "Зустріч жінок",
]


@pytest.fixture(scope="module")
def city(empty_dessau: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    for inventory in opened(empty_dessau.read_bytes(), tmp_path_factory.mktemp("c14")):
        for name, kind in (("c14_orgs.csv", "organizations"), ("c14_offers.csv", "initiatives")):
            plan = importing.plan(inventory, CASES / name, kind=kind)
            importing.run(inventory, plan, ADA)
        yield inventory


def test_lists(city: Inventory) -> None:
    assert records.organizations(city)["name"].tolist() == CARRIERS
    assert search.records(city, "organization")["name"].tolist() == CARRIERS
    assert search.initiatives(city)["name"].tolist() == OFFERS


def test_the_filter_of_organizations(city: Inventory) -> None:
    names = names_of(city, Text("de"))
    ids = names.by_name("organization", search.facet_counts(city)["organization"])
    assert [names.of("organization", key) for key in ids] == CARRIERS


def test_files(city: Inventory) -> None:
    for table, expected in (("initiatives", OFFERS), ("organizations", CARRIERS)):
        rows = csv.DictReader(io.StringIO(plain_csv(commands.tables()[table](city)).decode()))
        assert [row["name"] for row in rows] == expected
    frame = listing.initiatives(city, Text("de"), "", {})
    assert frame["name"].tolist() == OFFERS


@pytest.mark.parametrize(
    ("table", "query", "expected"),
    [
        ("organization", "0340 987654", "Zebra Muster e. V."),
        ("organization", "+49 340 98 76 54", "Zebra Muster e. V."),
        ("organization", "987654", "Zebra Muster e. V."),
        ("initiative", "Sprachcafé", "Sprach-Café am Markt"),
        ("initiative", "sprach cafe", "Sprach-Café am Markt"),
        ("initiative", "зустріч", "Зустріч жінок"),
        ("organization", "громада", "Українська громада Муштер"),
        ("organization", "Aerztinnen", "Ärztinnen helfen Muster"),
    ],
)
def test_what_is_found(city: Inventory, table: str, query: str, expected: str) -> None:
    assert search.records(city, table, query)["name"].tolist()[:1] == [expected]


def test_an_unknown_name_is_proposed_by_the_same_folding(city: Inventory) -> None:
    """ "Arztinnen" may be meant, and is not taken for "Ärztinnen" unasked."""
    lookup = importing.lookup.Lookup(city)
    assert lookup.find("organization", "Aerztinnen-helfen Muster") == lookup.find("organization", CARRIERS[0])
    with pytest.raises(importing.lookup.Wrong) as error:
        lookup.find("organization", "Arztinnen helfen Muster")
    assert error.value.args[0] == "import_unknown_name_near"
