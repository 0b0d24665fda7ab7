"""Names stand in the order of German lexicons (DIN 5007, variant 1): Ä as A and not after Z."""

from __future__ import annotations

import random
import re
from pathlib import Path

import duckdb
import pytest

from esdash.analysis.records import records
from esdash.analysis.trainings import training
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.model.folding import name_order
from esdash.texts import Text
from esdash.wording.names import Names
from tests.people import ADA

ROOT = Path(__file__).parents[2]

# By hand: letters one after the other, accents and capitals only where nothing else differs.
IN_ORDER = [
    *("1. Hilfe", "2 Dinge", "Apfel", "Ärztehaus", "Arztpraxis", "Cafe Nord", "Café Süd", "Elan", "Élan"),
    *("Łódź", "Ödland", "Öl", "Oma", "Strand", "Strasse", "Straße", "Übung", "Uhr", "Zebra"),
]
LETTERS = "abzABZäöüßÄÖÜéèçøłæ 0129-_.,;:!?'\"()[]{}@*/\\&#%+<=>–„“’"


def by_the_queries(names: list[str]) -> list[str]:
    with duckdb.connect() as connection:
        rows = connection.execute("SELECT n FROM unnest($names) AS t(n) ORDER BY n COLLATE de, n", {"names": names})
        return [name for (name,) in rows.fetchall()]


def test_both_orders_are_the_one_made_by_hand() -> None:
    shuffled = random.Random(1).sample(IN_ORDER, len(IN_ORDER))
    assert sorted(shuffled, key=name_order) == IN_ORDER
    assert by_the_queries(shuffled) == IN_ORDER


def test_both_orders_are_one() -> None:
    chance = random.Random(2)
    names = ["".join(chance.choices(LETTERS, k=chance.randint(1, 6))) for _ in range(3000)]
    names = [name for name in dict.fromkeys(names) if name.strip()]
    letters_only = {name: name_order(name)[0] for name in names}  # where letters decide, both must agree
    places = [letters_only[name] for name in by_the_queries(names)]
    assert places == sorted(places)


@pytest.fixture
def town(tiny: Inventory) -> Inventory:
    """Organisations, offers, courses and contact points whose names begin alike but for their dots."""
    names = ["Zebra", "Ärztehaus", "Arztpraxis", "öl"]
    keys = [(f"k{number}", name) for number, name in enumerate(names)]
    with tiny.change(ADA, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": key, "name": name} for key, name in keys])
        for table in ("initiative", "course", "contact_point"):
            rows = [{f"{table}_id": key, "organization_id": "k0", "name": name} for key, name in keys]
            change.insert(table, rows)
    return tiny


def test_the_lists_of_the_pages_are_in_this_order(town: Inventory) -> None:
    expected = ["Ärztehaus", "Arztpraxis", "öl", "Zebra"]
    for listed in (records.initiatives, records.organizations, records.contact_points, training.courses):
        assert list(listed(town)["name"]) == expected, listed.__name__
    names = Names(town, Text())
    assert [
        names.of("organization", key) for key in names.by_name("organization", ["k0", "k1", "k2", "k3"])
    ] == expected
    field = next(field for field in importing.KINDS["initiatives"].fields if field.name == "organization_id")
    assert [option.name("de") for option in importing.options(town, field)] == expected


def test_no_query_orders_names_by_code_points() -> None:
    for path in [*ROOT.glob("esdash/**/*.sql"), *ROOT.glob("esdash/**/*.py")]:
        source = path.read_text(encoding="utf-8")
        for line in re.findall(r"ORDER BY [^\n;]*", source):
            assert not re.search(r"lower\(|(?<![a-z_])name(?!\)? COLLATE|_|s)\b", line), f"{path.name}: {line}"
