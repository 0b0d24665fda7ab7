"""HSDS and HXL: what leaves comes back, field by field, into an empty inventory of the same city."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis import open_inventory
from esdash.analysis.records import records
from esdash.errors import UserError
from esdash.exports import hsds_file, hxl_file
from esdash.inventory import Inventory, create, importing
from esdash.inventory.access import Action
from tests.commands.command_line import clock
from tests.conftest import NOW, load_tiny_city
from tests.contracts.test_personal_data import SECRET, SHOWN
from tests.contracts.test_personal_data import fill as fill_people
from tests.people import TESTER
from tests.trials import WITHOUT_SHRINKING, always_the_same

# Fields of an initiative that HXL carries by name; a place comes back as another record, so its key is not compared.
HXL_FIELDS = (
    *("initiative_id", "organization_id", "name", "description", "status", "theme_ids", "target_group_ids", "mode"),
    *("language_ids", "district_ids", "times", "capacity", "waiting", "volunteers_active", "volunteers_wanted"),
    *("started_on", "ended_on", "cost", "website", "source", "assured_on", "place", "street", "postcode", "district"),
)

words = st.text("abcäöüß ÄB„“&;,'\"=-+<>", min_size=1, max_size=20).map(lambda text: f"Wort {text}".strip())
maybe = st.none()
number = maybe | st.integers(0, 500)


def some(*ids: str, empty: bool = True) -> st.SearchStrategy[Any]:
    return maybe | st.lists(st.sampled_from(ids), min_size=0 if empty else 1, unique=True)


def weekly(hours: list[int]) -> dict[str, Any]:
    weekday, begins, length = hours
    return {"weekday": weekday, "begins": f"{begins:02}:15", "ends": f"{begins + length:02}:45"}


def initiatives(empty: bool) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Records as an office has them; lists known to be empty only where the format can say so."""
    times = st.tuples(st.integers(1, 7), st.integers(6, 15), st.integers(1, 5)).map(lambda t: weekly(list(t)))
    by_day = st.lists(times, min_size=0 if empty else 1, max_size=3, unique_by=lambda t: (t["weekday"], t["begins"]))
    record = st.fixed_dictionaries(
        {
            "organization_id": st.sampled_from(["o1", "o2"]),
            "name": words,
            "description": maybe | words,
            "status": st.sampled_from(["planned", "active", "paused", "ended"]),
            "theme_ids": some("homework", "counselling", "essentials", empty=empty),
            "target_group_ids": some("children", "women", empty=empty),
            "language_ids": some("de", "fa", empty=empty),
            "district_ids": some("01", "02", "03", empty=empty),
            "partner_ids": some("o1", "o2", empty=empty),
            "mode": maybe | st.sampled_from(["on_site", "mobile", "online"]),
            "location_id": maybe | st.sampled_from(["l1", "l2"]),
            "contact_id": maybe | st.sampled_from(["c1", "c2"]),
            "times": maybe | by_day.map(lambda ts: sorted(ts, key=lambda t: (t["weekday"], t["begins"], t["ends"]))),
            "capacity": number,
            "waiting": number,
            "volunteers_active": number,
            "volunteers_wanted": number,
            "started_on": maybe | st.dates(date(2000, 1, 1), date(2020, 1, 1)).map(str),
            "ended_on": maybe | st.dates(date(2021, 1, 1), date(2030, 1, 1)).map(str),
            "childcare": maybe | st.booleans(),
            "without_commitment": maybe | st.booleans(),
            "little_german": maybe | st.booleans(),
            "cost": maybe | words,
            "website": maybe | st.just("www.example.org/a?b=c"),
            "source": maybe | words,
            "assured_on": maybe | st.dates(date(2020, 1, 1), date(2026, 1, 1)).map(str),
        }
    )
    return st.lists(record, min_size=4, max_size=8, unique_by=lambda r: r["name"].casefold()).map(
        lambda rs: [{"initiative_id": f"i{n}", **_over(r), "name": f"{r['name']} {n}"} for n, r in enumerate(rs)]
    )


def _over(offer: dict[str, Any]) -> dict[str, Any]:
    """An offer that is over is not active: the import says so too."""
    over = offer["status"] == "active" and (offer["ended_on"] or "9999") < str(NOW.date())
    return offer | {"status": "ended"} if over else offer


def fill(inventory: Inventory, offers: list[dict[str, Any]]) -> None:
    load_tiny_city(inventory)
    with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert(
            "organization",
            [
                {"organization_id": "o1", "name": "Verein; Süd e. V.", "phone": "+49 340 111111", "kind": "Verein"},
                {"organization_id": "o2", "name": "Haus, „Nord“", "phone": None, "kind": None},
            ],
        )
        change.insert(
            "location",
            [
                {"location_id": "l1", "name": "Haus 1", "street": "Weg 1", "postcode": "01067", "district_id": "01"}
                | {"lat": 52.0, "lon": 11.5, "barrier_free": True},
                {"location_id": "l2", "name": "Haus 2", "street": "Weg 2", "postcode": None, "district_id": "02"}
                | {"lat": None, "lon": None, "barrier_free": False},
            ],
        )
        change.insert(
            "contact",
            [
                {"contact_id": "c1", "organization_id": "o1", "role": "Leitung", "name": "Ada Walross"}
                | {
                    "email": "ada@example.org",
                    "phone": "0340 222222",
                    "consent_scope": "public",
                    "language_ids": ["fa"],
                }
                | {"consent_on": "2026-01-01", "consent_until": "2027-01-01", "last_reached_on": "2026-02-01"},
                {"contact_id": "c2", "organization_id": "o2", "role": "Büro", "name": None}
                | {"email": "b@example.org", "phone": None, "consent_scope": "public", "language_ids": None}
                | {"consent_on": None, "consent_until": None, "last_reached_on": None},
            ],
        )
        change.insert("initiative", [dict(sorted(offer.items())) for offer in offers])


@contextmanager
def city(folder: Path, offers: list[dict[str, Any]] | None) -> Iterator[Inventory]:
    """An inventory of Musterstadt with offers, or an empty one (None)."""
    path = folder / f"{offers is None}.duckdb"
    create(path, "empty", load_tiny_city if offers is None else lambda i: fill(i, offers), TESTER, clock)
    inventory = open_inventory(path, clock)
    try:
        yield inventory
    finally:
        inventory.close()


def taken(inventory: Inventory, path: Path) -> None:
    """Import a HSDS document."""
    for kind, table in importing.hsds.tables(path, NOW.date()).items():
        plan = importing.plan_table(inventory, table, kind, importing.Mapping())
        assert (plan.faults, plan.unmatched) == ((), ())
        importing.run(inventory, plan, TESTER)


def used(exchanged: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Without the organisations, places and contacts that no initiative has."""
    named = {
        table: {record[f"{table}_id"] for record in exchanged["initiative"]}
        for table in ("organization", "location", "contact", "initiative")
    }
    return {table: [r for r in exchanged[table] if r[f"{table}_id"] in keys] for table, keys in named.items()}


FEW = always_the_same(2, 3, **WITHOUT_SHRINKING)


@FEW
@given(initiatives(empty=True))
def test_hsds_there_and_back(offers: list[dict[str, Any]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with city(folder, offers) as inventory:
            before = records.exchange(inventory)
        (folder / "a.json").write_bytes(hsds_file(before))
        with city(folder, None) as inventory:
            taken(inventory, folder / "a.json")
            again = records.exchange(inventory)
        partners = {part for offer in offers for part in offer["partner_ids"] or []}
        if partners <= {offer["organization_id"] for offer in offers}:  # else a partner is not in the document
            assert used(again) == used(before)


@FEW
@given(initiatives(empty=False))
def test_hxl_there_and_back(offers: list[dict[str, Any]]) -> None:
    offers = [offer | {"partner_ids": None} for offer in offers]
    with TemporaryDirectory() as name:
        folder = Path(name)
        with city(folder, offers) as inventory:
            before = records.exchange(inventory)
        (folder / "a.csv").write_bytes(hxl_file(before["initiative"]))
        with city(folder, None) as inventory:
            with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
                names = ("organization_id", "name")
                change.insert("organization", [{n: o[n] for n in names} for o in before["organization"]])
            plan = importing.plan(inventory, folder / "a.csv")
            assert (plan.kind.name, plan.faults) == ("initiatives", ())
            assert set(plan.unmatched) == {"#geo+lat", "#geo+lon"}
            importing.run(inventory, plan, TESTER)
            again = records.exchange(inventory)["initiative"]
    kept = [[{name: record[name] for name in HXL_FIELDS} for record in side] for side in (before["initiative"], again)]
    assert kept[1] == kept[0]


def test_people_leave_only_with_consent(tmp_path: Path) -> None:
    create(tmp_path / "i.duckdb", "empty", fill_people, TESTER, clock)
    inventory = open_inventory(tmp_path / "i.duckdb", clock)
    exchanged = records.exchange(inventory)
    inventory.close()
    hsds, hxl = hsds_file(exchanged).decode(), hxl_file(exchanged["initiative"]).decode()
    assert [word for word in SECRET if word.casefold() in (hsds + hxl).casefold()] == []
    assert [word in hsds for word in SHOWN] == [True] * len(SHOWN)


def test_the_fields_are_those_of_hsds(tmp_path: Path) -> None:
    offer = {"initiative_id": "i", "organization_id": "o1", "name": "Treff", "location_id": "l1", "contact_id": "c1"}
    with city(
        tmp_path, [offer | {"times": [weekly([1, 9, 1])], "status": "paused", "language_ids": ["de"]}]
    ) as inventory:
        document = json.loads(hsds_file(records.exchange(inventory)))
    service = document["contents"][0]
    place = service["service_at_locations"][0]["location"]
    assert (document["total_items"], service["name"], service["status"]) == (1, "Treff", "temporarily closed")
    assert service["organization"]["phones"][0]["number"] == "+49 340 111111"
    assert (place["latitude"], place["longitude"], place["addresses"][0]["address_1"]) == (52.0, 11.5, "Weg 1")
    assert service["schedules"][0] | {"id": ""} == {
        **{"id": "", "freq": "WEEKLY", "byday": "MO"},
        **{"opens_at": "09:15", "closes_at": "10:45"},
    }
    assert (service["contacts"][0]["title"], service["contacts"][0]["name"]) == ("Leitung", "Ada Walross")
    assert service["languages"][0]["code"] == "de"


def test_a_foreign_document(tmp_path: Path) -> None:
    """As other directories write it: ids are UUIDs, hours have seconds, several days share a schedule, no consent."""
    service = {
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": "Community Counselling",
        "status": "active",
        "organization": {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "Example Inc.", "description": ""},
        "schedules": [{"freq": "WEEKLY", "byday": "TH,FR", "opens_at": "10:00:00", "closes_at": "18:00:00"}],
        "contacts": [{"id": "1e7efce3-639b-4880-940c-b95cd30cdb50", "name": "Ann Persona", "title": "Reception"}],
        "attributes": [{"id": "1", "label": "colour", "value": "blue"}],
    }
    (tmp_path / "a.json").write_text(json.dumps([service]), encoding="utf-8")
    with city(tmp_path, None) as inventory:
        taken(inventory, tmp_path / "a.json")
        offer = inventory.rows("FROM initiative")[0]
        contact = inventory.rows("SELECT role, name FROM contact")
    assert (offer["initiative_id"], offer["name"], offer["status"]) == (service["id"], service["name"], "active")
    assert [(t["weekday"], t["begins"], t["ends"]) for t in offer["times"]] == [
        (4, time(10), time(18)),
        (5, time(10), time(18)),
    ]
    assert contact == [{"role": "Reception", "name": None}]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "[1]", '{"a": 1}', '[{"name": "x"}]', "null", '"text"', "[[[[[[]]]]]]"]
)
def test_what_is_no_hsds_document(content: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        importing.hsds.tables(tmp_path / "a.json", NOW.date())
    assert caught.value.key == "import_hsds"


def test_a_foreign_3w_list(tmp_path: Path) -> None:
    """Tags in another order, with spaces and more attributes, below headings that we know as well."""
    rows = [
        ["Organisation", "Sector", "Angebot", "Bezirk", "People"],
        ["#org +name +en", "#sector", "#activity +name", "#adm5 +name", "#reached"],
        ["Haus", "Lernhilfe", "Hausaufgaben", "Mitte", "12"],
    ]
    output = io.StringIO()
    csv.writer(output).writerows(rows)
    (tmp_path / "a.csv").write_text(output.getvalue(), encoding="utf-8")
    with city(tmp_path, None) as inventory:
        with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
            change.insert("organization", [{"organization_id": "h", "name": "Haus"}])
        plan = importing.plan(inventory, tmp_path / "a.csv")
        assert (plan.kind.name, plan.faults, plan.unmatched) == ("initiatives", (), ("#reached",))
        importing.run(inventory, plan, TESTER)
        offer = inventory.rows("SELECT organization_id, theme_ids, name FROM initiative")[0]
    assert offer == {"organization_id": "h", "theme_ids": ["homework"], "name": "Hausaufgaben"}
