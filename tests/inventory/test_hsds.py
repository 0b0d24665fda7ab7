"""HSDS documents of others: read as what they are, every fact comes in or is named with the id of its record."""

import json
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from esdash.analysis import open_inventory
from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.inventory.importing import Plan
from esdash.inventory.importing.read.hsds import schedules
from esdash.inventory.importing.read.hsds.values import filled
from esdash.texts import Text
from esdash.wording.imports import sentence
from tests import first_state
from tests.conftest import NOW
from tests.people import TESTER

CASES = Path(__file__).parent / "cases"
DE = Text()
ORG = {"id": "o-9", "name": "Verein Neun", "description": ""}

Row = dict[str, Any]


def clock() -> datetime:
    return datetime(2026, 12, 1, 9, tzinfo=UTC)  # a Tuesday in winter


@pytest.fixture(scope="module")
def content(empty_dessau: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An inventory of Dessau-Roßlau that knows three organisations."""
    path = tmp_path_factory.mktemp("hsds") / "inventory.duckdb"
    shutil.copyfile(empty_dessau, path)
    inventory = open_inventory(path, clock)
    for name in ("seed_orgs.csv", "two_orgs.csv"):
        importing.run(inventory, importing.plan(inventory, CASES / name, "organizations"), TESTER, backup=False)
    inventory.close()
    return path.read_bytes()


@pytest.fixture
def inventory(content: bytes, lender: first_state.Lender) -> Iterator[Inventory]:
    with lender.lend(content, clock) as lent:
        yield lent


class Taken:
    """A document that was imported table by table, with everything that was said about it."""

    def __init__(self, inventory: Inventory, path: Path, mapping: Path | Row | None = None, sender: str | None = None):
        self.plans: dict[str, Plan] = {}
        tables = importing.hsds.tables(path, NOW.date())
        shares = importing.shares(importing.read_mapping(mapping), tables)
        for kind, table in tables.items():
            plan = importing.plan_table(inventory, table, kind, shares[kind], sender)
            if plan.writes:
                importing.run(inventory, plan, TESTER, backup=False)
                importing.learn(inventory, plan, TESTER)
            self.plans[kind] = plan
        self.said = [DE(one.key, **one.values) for plan in self.plans.values() for one in plan.notices]
        self.faults = [DE.error(fault.error)[0] for plan in self.plans.values() for fault in plan.faults]
        self.asked = [sentence(DE, question) for plan in self.plans.values() for question in plan.unanswered]
        self.counts = {kind: [plan.counts[s] for s in ("new", "changed", "unchanged", "faulty")]
                       for kind, plan in self.plans.items()}  # fmt: skip

    def about(self, *words: str) -> bool:
        """Whether one notice has all these words."""
        return any(all(word in said for word in words) for said in self.said)


@pytest.fixture
def take(inventory: Inventory, tmp_path: Path) -> Callable[..., Taken]:
    def taken(source: str | Any, mapping: str | Row | None = None, sender: str | None = None) -> Taken:
        path = CASES / source if isinstance(source, str) else tmp_path / "a.json"
        if not isinstance(source, str):
            path.write_text(json.dumps(source), encoding="utf-8")
        return Taken(inventory, path, CASES / mapping if isinstance(mapping, str) else mapping, sender)

    return taken


def offers(inventory: Inventory) -> dict[str, Row]:
    return {row["initiative_id"]: row for row in inventory.rows("FROM inventory.initiative")}


def times(offer: Row) -> list[str] | None:
    found = offer["times"]
    return found and [f"{entry['weekday']} {entry['begins']:%H:%M}-{entry['ends']:%H:%M}" for entry in found]


def service(key: str = "s-9", **more: Any) -> Row:
    return {"id": key, "name": f"Angebot {key}", "status": "active", "organization": ORG, **more}


# ---------------------------------------------------------------- the cases, each with its right value


def test_services_that_share_an_id_are_faults_that_name_them(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take("hsds_same_id.json")
    assert taken.counts["initiatives"] == [1, 0, 0, 2]
    assert list(offers(inventory)) == ["s-2"]
    assert all("s-1" in fault and "„Angebot s-1“, „Ganz anderes Angebot“" in fault for fault in taken.faults)


def test_every_second_week_is_not_weekly(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take("hsds_every_second_week.json")
    found = offers(inventory)
    assert {key: times(offer) for key, offer in found.items()} == {
        **dict.fromkeys(("s-1", "s-2", "s-3", "s-5", "s-6")),
        "s-4": ["1 10:00-12:00"],
        "s-7": ["1 22:00-23:59", "2 00:00-02:00", "2 22:00-23:59", "3 00:00-02:00"],
    }
    assert found["s-1"]["note"] == "Zeiten: jede 2. Woche Di 10:00-12:00"
    assert found["s-2"]["note"] == found["s-5"]["note"] == "Zeiten: jeden 1. Mo im Monat 10:00-12:00"
    assert found["s-6"]["note"] == "Zeiten: Mo 10:00Z-12:00+02:00"  # two zones in one time mean nothing
    assert taken.about("s-3", "vorbei", "31.12.2019")
    assert all(taken.about(f"s-{n} ") for n in (1, 2, 5, 6))
    assert not taken.about("s-4 ") and not taken.about("s-7 ")


def test_fortnightly_is_kept_as_a_note(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take("c09_fortnightly.json")
    offer = offers(inventory)["s-1"]
    assert (offer["times"], offer["note"]) == (None, "Zeiten: jede 2. Woche Di 16:00-18:00 ab 06.01.2026")
    assert taken.about("s-1 ", "jede 2. Woche")


def test_what_ended_is_no_time_of_today(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take("c09_expired.json")
    assert times(offers(inventory)["s-1"]) == ["4 10:00-12:00"]
    assert taken.about("s-1 ", "vorbei", "30.06.2020")


def test_a_time_in_utc_is_converted_and_the_season_said(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take("c09_utc.json")
    assert times(offers(inventory)["s-1"]) == ["2 15:00-17:00"]
    assert taken.about("14:00:00Z", "Di 15:00-17:00", "Winter")


def test_second_places_and_what_has_no_field(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take("hsds_two_places.json")
    offer = offers(inventory)["s-1"]
    assert (offer["location_id"], offer["contact_id"], offer["organization_id"]) == ("loc1", "k1", "verein-muster")
    assert offer["note"] == "Aktueller Hinweis: Im Mai geschlossen"
    lines = ["Voraussetzung: Nur für Frauen", "Alter: ab 18 Jahren", "Anmeldung: Mit Anmeldung"]
    assert offer["description"].split("\n") == ["Erfunden", "", *lines]
    contacts = inventory.rows("SELECT contact_id, role, organization_id FROM inventory.contact ORDER BY 1")
    assert [tuple(row.values()) for row in contacts] == [
        *(("k1", "Büro", "verein-muster"), ("k2", "Leitung", "verein-muster")),
    ]
    assert taken.about("s-1 ", "loc2", "Haus 2", "Musterweg 2")
    assert taken.about("s-1 ", "k2", "Leitung", "Organisation")
    for word in ("angebot@example.org", "0340 123456", "theme: german", *lines, "Im Mai geschlossen"):
        assert taken.about("s-1 ", word), word


def test_the_first_place_is_the_offers_and_the_other_is_named(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take("c11_two_places.json")
    (place,) = inventory.rows("FROM inventory.location")
    assert (place["location_id"], place["street"], place["postcode"]) == ("p1", "Nordstraße 1", "06846")
    assert offers(inventory)["s-1"]["location_id"] == "p1"
    assert taken.about("s-1 ", "p2", "Haus Süd", "Südstraße 2")


def test_a_virtual_place_is_online(inventory: Inventory, take: Callable[..., Taken]) -> None:
    take("hsds_virtual.json")
    offer = offers(inventory)["s-1"]
    assert (offer["mode"], offer["website"], offer["location_id"]) == ("online", "https://example.org", None)
    assert inventory.rows("FROM inventory.location") == []


def test_languages_by_codes_of_three_letters(inventory: Inventory, take: Callable[..., Taken]) -> None:
    assert take("c12_language_iso3.json").faults == []
    assert offers(inventory)["s-1"]["language_ids"] == ["ar", "de"]


def test_a_mapping_reaches_the_table_that_has_the_field(inventory: Inventory, take: Callable[..., Taken]) -> None:
    assert take("c12_language_iso3.json", "c12_mapping.json").faults == []
    assert offers(inventory)["s-1"]["language_ids"] == ["ar", "de"]
    urdu = [service(languages=[{"id": "l", "name": "Urdu", "code": "ur"}, {"id": "m", "code": "de"}])]
    assert not take(urdu, "hsds_map_lang.map.json").about("Urdu")  # a person said that it is left out
    assert take([service("s-8", languages=urdu[0]["languages"])]).about("s-8 ", "Urdu ur", "nicht bekannt")
    assert [offers(inventory)[key]["language_ids"] for key in ("s-9", "s-8")] == [["de"], ["de"]]
    with pytest.raises(UserError) as caught:
        take(urdu, {"values": {"capacity_of": {"a": "b"}}})
    assert (caught.value.key, caught.value.values["field"]) == ("import_mapping_field", "capacity_of")


def test_the_citys_own_name_is_the_whole_city(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take("c12_area_is_city.json")
    assert (taken.faults, offers(inventory)["s-1"]["district_ids"]) == ([], None)
    assert not taken.about("s-1 ")


def test_an_unknown_area_is_named_and_the_service_comes_in(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take("hsds_service_area.json")
    assert taken.counts["initiatives"] == [2, 0, 0, 0]
    assert taken.about("s-2 ", "Musterkreis und Umgebung") and not taken.about("s-1 ")
    assert not take("hsds_service_area.json", "hsds_map_area.map.json").about("Musterkreis")


def test_a_known_organisation_is_the_known_one(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take("c13_known_org.json")
    assert taken.counts == {"organizations": [0, 0, 1, 0], "initiatives": [1, 0, 0, 0]}
    assert taken.about("22222222-2222-4222-8222-222222222222", "nachbarschaftshaus-muster")
    (offer,) = offers(inventory).values()
    assert offer["organization_id"] == "nachbarschaftshaus-muster"


def test_an_organisation_with_its_services(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take("hsds_organization_with_services.json")
    assert taken.counts == {"organizations": [0, 1, 0, 0], "initiatives": [1, 0, 0, 0]}
    assert offers(inventory)["s-1"]["organization_id"] == "verein-muster"


@pytest.mark.parametrize("page", [False, True])
def test_an_organisation_of_a_list_that_has_no_services(
    page: bool, inventory: Inventory, take: Callable[..., Taken]
) -> None:
    """Among organisations a record of which only the name is known is one, and no offer without a carrier."""
    own = {"id": "s-1", "name": "Nähen", "status": "active"}
    records = [{"id": "o-8", "name": "Verein Acht", "services": [own]}, {"id": "o-9", "name": "Verein Neun"}]
    taken = take({"contents": records} if page else records)
    assert taken.faults == [] and set(offers(inventory)) == {"s-1"}
    names = inventory.rows("SELECT name FROM inventory.organization WHERE organization_id IN ('o-8', 'o-9') ORDER BY 1")
    assert [row["name"] for row in names] == ["Verein Acht", "Verein Neun"]


def test_a_number_of_times_without_a_first_day_is_kept(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take([service(schedules=[{"id": "h", **WEEKLY, "count": 5}])])
    assert times(offers(inventory)["s-9"]) == ["2 10:00-12:00"]
    assert "5" in offers(inventory)["s-9"]["note"] and taken.about("s-9 ")


def test_two_columns_of_phones_are_still_asked_about(inventory: Inventory) -> None:
    with pytest.raises(UserError) as caught:
        importing.plan(inventory, CASES / "c24_two_phones.csv", "organizations")
    assert caught.value.key == "import_column_twice"


# ---------------------------------------------------------------- kinds of documents

PLACE = {
    **{"id": "p-9", "location_type": "physical", "name": "Haus Neun"},
    "addresses": [{"id": "a", "address_1": "Weg 9", "city": "Dessau-Roßlau", "postal_code": "06844", "country": "DE"}],
}
DUMP = {
    "organizations": [{"id": "o-9", "name": "Verein Neun", "description": ""}],
    "services": [{"id": "s-9", "organization_id": "o-9", "name": "Angebot s-9", "status": "active"}],
    "service_at_locations": [{"id": "at", "service_id": "s-9", "location_id": "p-9"}],
    "locations": [{name: value for name, value in PLACE.items() if name != "addresses"}],
    "addresses": [{**PLACE["addresses"][0], "location_id": "p-9"}],  # type: ignore[index]
    "contacts": [{"id": "k-9", "service_id": "s-9", "organization_id": "o-9", "title": "Büro"}],
    "phones": [
        {"id": "f", "organization_id": "o-9", "number": "0340 111111"},
        {"id": "g", "contact_id": "k-9", "number": "0340 222222"},
        {"id": "h", "service_id": "gone", "number": "0340 333333"},
    ],
    "schedules": [
        {"id": "h", "service_id": "s-9", "freq": "WEEKLY", "byday": "MO", "opens_at": "9:00", "closes_at": "10:00"}
    ],
    "languages": [{"id": "l", "service_id": "s-9", "code": "deu"}],
    "service_areas": [{"id": "r", "service_id": "s-9", "name": "Ziebigk"}],
    "taxonomy_terms": [{"id": "t", "name": "Beratung"}],
    "attributes": [{"id": "x", "link_id": "s-9", "taxonomy_term_id": "t", "label": "Thema"}],
}


@pytest.mark.parametrize("singular", [False, True])
def test_a_dump_with_foreign_keys(singular: bool, inventory: Inventory, take: Callable[..., Taken]) -> None:
    one = {"addresses": "address"}
    document = {
        one.get(name, name[:-1]) if singular else name: rows for name, rows in json.loads(json.dumps(DUMP)).items()
    }
    taken = take(document)
    assert taken.faults == []
    offer = offers(inventory)["s-9"]
    named = ("organization_id", "location_id", "contact_id", "language_ids")
    assert [offer[name] for name in named] == ["o-9", "p-9", "k-9", ["de"]]
    assert times(offer) == ["1 09:00-10:00"] and len(offer["district_ids"]) == 1
    (phone,) = inventory.rows("SELECT phone FROM inventory.organization WHERE organization_id = 'o-9'")
    (contact,) = inventory.rows("SELECT phone, role FROM inventory.contact")
    (place,) = inventory.rows("SELECT street, postcode FROM inventory.location")
    assert (phone["phone"], contact, place) == (
        *("0340 111111", {"phone": "0340 222222", "role": "Büro"}),
        {"street": "Weg 9", "postcode": "06844"},
    )
    assert taken.about("0340 333333", "zu keinem Datensatz") and taken.about("s-9 ", "Thema: Beratung")


AT_PLACE = {"id": "at", "location": PLACE}
FORMS: dict[str, tuple[Any, set[str]]] = {
    "service": (service(service_at_locations=[AT_PLACE]), {"organizations", "locations", "initiatives"}),
    "list": ([service(), service("s-8")], {"organizations", "initiatives"}),
    "page": ({"total_items": 1, "contents": [service()]}, {"organizations", "initiatives"}),
    "organization": (
        {**ORG, "website": "https://n.example", "services": [service()]},
        {"organizations", "initiatives"},
    ),
    "organizations": ([{**ORG, "legal_status": "Verein"}], {"organizations"}),
    "location": (PLACE, {"locations"}),
    "locations": ({"contents": [PLACE]}, {"locations"}),
    "at location": ({**AT_PLACE, "service": service()}, {"organizations", "locations", "initiatives"}),
    "at locations": (
        [
            {**AT_PLACE, "service": service()},
            {"id": "at2", "location": {**PLACE, "id": "p-8", "name": "Acht"}, "service": service()},
        ],
        {"organizations", "locations", "initiatives"},
    ),
    "mixed": (
        [PLACE, service(), {**ORG, "logo": "https://n.example/l.png"}],
        {"organizations", "locations", "initiatives"},
    ),
}


def test_records_of_a_list_that_name_each_other_by_ids(inventory: Inventory, take: Callable[..., Taken]) -> None:
    known = {"id": "x-1", "name": "Nachbarschaftshaus Muster", "website": "https://n.example"}
    alone = {"id": "s-9", "name": "Allein", "status": "active", "organization_id": "x-1"}
    at = {"id": "at", "service_id": "s-9", "location_id": "p-9"}
    taken = take([alone, known, at, PLACE, {"id": "at2", "service_id": "gone", "location": {**PLACE, "id": "p-8"}}])
    assert taken.faults == [] and taken.about("at2", "zu keinem Datensatz")
    offer = offers(inventory)["s-9"]
    assert (offer["organization_id"], offer["location_id"]) == ("nachbarschaftshaus-muster", "p-9")


def test_an_organisation_known_only_by_its_id(inventory: Inventory, take: Callable[..., Taken]) -> None:
    bare = {"id": "s-9", "name": "Allein", "status": "active", "organization_id": "verein-muster"}
    assert take([bare]).about("s-9", "verein-muster", "Verein Muster")  # accepted, and said
    assert offers(inventory)["s-9"]["organization_id"] == "verein-muster"
    unknown = {**bare, "id": "s-8", "organization_id": "o-77"}
    taken = take([unknown, service("s-7")])
    assert set(offers(inventory)) == {"s-9", "s-7"} and "o-77" in taken.asked[0]  # nobody has said who that is
    assert take([unknown], {"values": {"organization_id": {"o-77": "verein-muster"}}}).faults == []


def test_organisations_that_share_an_id(inventory: Inventory, take: Callable[..., Taken]) -> None:
    owners = [ORG, {**ORG, "name": "Ein anderer Verein"}, {"id": "o-7", "name": "Dritter"}]
    taken = take([service(f"s-{number}", organization=owner) for number, owner in enumerate(owners)])
    assert [fault for fault in taken.faults if "o-9" in fault and "Ein anderer Verein" in fault]
    assert list(offers(inventory)) == ["s-2"]


@pytest.mark.parametrize("form", FORMS)
def test_every_kind_of_document_is_read_as_what_it_is(
    form: str, inventory: Inventory, take: Callable[..., Taken]
) -> None:
    document, kinds = FORMS[form]
    taken = take(document)
    assert (set(taken.counts), taken.faults) == (kinds, [])
    if "location" in form and "initiatives" in kinds:
        assert offers(inventory)["s-9"]["location_id"] == "p-9"
    again = take(document)
    assert {tuple(counts[:2]) for counts in again.counts.values()} == {(0, 0)}


def test_one_service_without_a_name_leaves_the_others_in(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take({"contents": [{"id": "s-0", "status": "active"}, service(), 7, {"id": "s-7", "name": None}]})
    assert list(offers(inventory)) == ["s-9"]
    assert taken.about("s-0 ", "lässt sich nicht lesen") and taken.about("s-7 ")


@pytest.mark.parametrize(
    "odd",
    [
        {"phones": "0340 1"},
        {"languages": [None, "de"]},
        {"schedules": {"byday": 1}},
        {"service_areas": [[]]},
        {"contacts": [1]},
        {"service_at_locations": [{"location": None}]},
        {"status": "offen"},
        {"url": "nichts davon"},
        {"assured_date": "2099-01-01"},
        {"description": ["a"]},
        {"attributes": "x"},
        {"minimum_age": {"a": "b"}},
        {"alert": ["Im Mai zu"]},
        {"fees_description": {"de": "frei"}},
        {"description": "lang " * 2000},
    ],
)
def test_an_odd_value_costs_the_value_not_the_service(
    odd: Row, inventory: Inventory, take: Callable[..., Taken]
) -> None:
    taken = take([service(**odd)])
    assert (taken.faults, list(offers(inventory))) == ([], ["s-9"])
    assert taken.about("s-9 ") or not filled(odd)  # what cannot be read is named


@pytest.mark.parametrize(
    ("odd", "word"),
    [
        ({"status": "offen"}, "offen"),
        ({"url": "nichts davon"}, "nichts davon"),
        ({"assured_date": "2099-01-01"}, "2099-01-01"),
        ({"maximum_age": 12, "minimum_age": 6}, "6 bis 12 Jahre"),
        ({"logo": "x.png"}, "x.png"),
        ({"colour": "blau"}, "blau"),
        ({"languages": [{"name": "Klingonisch"}]}, "Klingonisch"),
        ({"funding": [{"source": "Land"}]}, "Land"),
        ({"cost_options": [{"amount": 5, "valid_to": "2020-01-01"}]}, "5"),
        ({"required_documents": [{"document": "Ausweis"}]}, "Ausweis"),
        ({"assurer_email": "a@b.example"}, "a@b.example"),
        ({"phones": [{"number": "1", "extension": 7}, {"number": "2", "type": "fax"}]}, "Durchwahl 7"),
        ({"service_areas": [{"name": "Ziebigk", "extent": "POINT(1 2)"}]}, "POINT(1 2)"),
    ],
)
def test_what_is_left_out_or_kept_elsewhere_is_named(odd: Row, word: str, take: Callable[..., Taken]) -> None:
    assert take([service(**odd)]).about("s-9 ", word)


def test_a_person_without_consent_is_not_imported_and_not_named(
    inventory: Inventory, take: Callable[..., Taken]
) -> None:
    contact = {"id": "k-9", "name": "Ada Walross", "email": "ada@example.org", "title": "Leitung"}
    taken = take([service(contacts=[contact])])
    (row,) = inventory.rows("SELECT role, name, email FROM inventory.contact")
    assert row == {"role": "Leitung", "name": None, "email": None}
    assert taken.about("k-9 ", "keine Einwilligung", "Name, E-Mail") and not taken.about("Walross")


# ---------------------------------------------------------------- ids are the sender's


def test_an_id_of_another_document_is_not_ours(inventory: Inventory, take: Callable[..., Taken]) -> None:
    take([service("s-1")])
    other = {
        "id": "s-1",
        "name": "Ganz anders",
        "status": "active",
        "organization": {"id": "o-9", "name": "Kulturhaus Beispiel"},
    }
    taken = take([other], sender="Landkreis")
    assert taken.about("o-9 ", "kulturhaus-beispiel") and taken.about("s-1", "Angebot s-1", "ganz-anders")
    found = offers(inventory)
    assert {key: offer["organization_id"] for key, offer in found.items()} == {
        "s-1": "o-9",
        "ganz-anders": "kulturhaus-beispiel",
    }
    renamed = take([{**other, "name": "Neuer Name"}], sender="Landkreis")  # remembered for this sender
    assert renamed.counts["initiatives"] == [0, 1, 0, 0]
    assert offers(inventory)["ganz-anders"]["name"] == "Neuer Name"


def test_an_organisation_under_another_spelling(inventory: Inventory, take: Callable[..., Taken]) -> None:
    taken = take([service(organization={"id": "x", "name": "NHM", "description": "Neu"})])
    (known,) = inventory.rows("FROM inventory.organization WHERE organization_id = 'nachbarschaftshaus-muster'")
    assert (known["name"], known["description"]) == ("Nachbarschaftshaus Muster", "Neu")
    assert taken.about("NHM", "Nachbarschaftshaus Muster")


def test_a_note_of_the_office_stays(inventory: Inventory, take: Callable[..., Taken]) -> None:
    take([service(alert="Im Mai zu")])
    with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
        row = offers(inventory)["s-9"]
        note = f"Schlüssel im Büro; {row['note']}"
        change.update("initiative", [{"initiative_id": "s-9", "version": row["version"], "note": note}])
    assert take([service(alert="Im Mai zu")]).counts["initiatives"] == [0, 0, 1, 0]
    take([service(alert="Im Juni zu")])
    assert offers(inventory)["s-9"]["note"] == f"{note}; Aktueller Hinweis: Im Juni zu"


def test_a_place_of_the_same_name_with_another_address(inventory: Inventory, take: Callable[..., Taken]) -> None:
    take([service(service_at_locations=[AT_PLACE])])
    other = {**PLACE, "id": "z-1", "addresses": [{"address_1": "Allee 1", "city": "Dessau"}]}
    document = [service("s-8", service_at_locations=[{"location": other}])]
    assert take(document).about("z-1", "Haus Neun (Allee 1)")
    names = {row["location_id"]: row["name"] for row in inventory.rows("FROM inventory.location")}
    assert names == {"p-9": "Haus Neun", "z-1": "Haus Neun (Allee 1)"}
    assert take(document).counts["locations"] == [0, 0, 1, 0]


def test_the_address_of_an_organisation(inventory: Inventory, take: Callable[..., Taken]) -> None:
    office = {"name": "Büro", "latitude": 51.83, "addresses": [{"address_1": "Ring 3", "postal_code": "06846"}]}
    owner = {"name": "Verein Elf", "locations": [office, {**PLACE, "id": "p-7", "name": "Keller"}, PLACE]}
    taken = take([service(organization=owner, service_at_locations=[AT_PLACE])])
    (known,) = inventory.rows("FROM inventory.organization WHERE name = 'Verein Elf'")
    assert (known["street"], known["postcode"]) == ("Ring 3", "06846")
    assert taken.about("Verein Elf", "Büro", "51.83") and taken.about("Verein Elf", "Keller", "Weg 9")
    assert not taken.about("Verein Elf", "Haus Neun")  # the place of the offer
    assert offers(inventory)["s-9"]["organization_id"] == known["organization_id"]


def test_a_place_that_is_known_under_another_key(inventory: Inventory, take: Callable[..., Taken]) -> None:
    with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert("location", [{"location_id": "haus-neun", "name": "Haus Neun", "street": "Weg 9"}])
    taken = take([service(service_at_locations=[AT_PLACE])])
    assert taken.about("p-9", "haus-neun") and taken.counts["locations"] == [0, 1, 0, 0]  # the postcode is new
    assert offers(inventory)["s-9"]["location_id"] == "haus-neun"


def test_two_places_of_one_name_in_a_document(inventory: Inventory, take: Callable[..., Taken]) -> None:
    other = {**PLACE, "id": "p-8", "addresses": [{"address_1": "Allee 1"}]}
    document = [service(service_at_locations=[AT_PLACE]), service("s-8", service_at_locations=[{"location": other}])]
    take(document)
    names = {row["location_id"]: row["name"] for row in inventory.rows("FROM inventory.location")}
    assert names == {"p-9": "Haus Neun", "p-8": "Haus Neun (Allee 1)"}
    assert {tuple(counts[:2]) for counts in take(document).counts.values()} == {(0, 0)}


# ---------------------------------------------------------------- times as they are meant

WEEKLY = {"freq": "WEEKLY", "byday": "TU", "opens_at": "10:00", "closes_at": "12:00"}


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ({}, ["2 10:00-12:00"]),
        ({"interval": 1.0}, ["2 10:00-12:00"]),
        ({"byday": "tu, th"}, ["2 10:00-12:00", "4 10:00-12:00"]),
        ({"byday": ["MO", "TU"]}, ["1 10:00-12:00", "2 10:00-12:00"]),
        ({"byday": None, "dtstart": "2026-01-07"}, ["3 10:00-12:00"]),
        ({"freq": "DAILY", "byday": None}, [f"{day} 10:00-12:00" for day in range(1, 8)]),
        ({"valid_to": "2026-12-01"}, ["2 10:00-12:00"]),  # the last day is a day
        ({"valid_to": "2026-11-30"}, None),
        ({"valid_from": "2026-12-02"}, None),
        ({"dtstart": "2026-11-03", "count": 3}, None),
        ({"dtstart": "2026-11-03", "count": 10}, ["2 10:00-12:00"]),
        ({"freq": "MONTHLY", "byday": "-1FR"}, None),
        ({"freq": "MONTHLY", "byday": None, "bymonthday": "1,15"}, None),
        ({"byday": "MO", "byweekno": "41,42"}, None),
        ({"freq": None, "byday": None, "dtstart": "2026-12-24"}, None),
        ({"closes_at": None}, None),
        ({"opens_at": "12:00"}, None),
        ({"opens_at": "23:30Z", "closes_at": "00:30Z"}, ["3 00:30-01:30"]),  # the next day here
        ({"opens_at": "10:00+02:00", "closes_at": "12:00+02:00"}, ["2 10:00-12:00"]),  # the clocks of summer
        ({"opens_at": "10:00Z", "closes_at": "12:00Z", "dtstart": "2026-07-07"}, ["2 12:00-14:00"]),
        ({"timezone": 3}, ["2 08:00-10:00"]),
        ({"timezone": "Europe/Berlin"}, ["2 10:00-12:00"]),
        ({"opens_at": "18:00", "closes_at": "24:00"}, ["2 18:00-23:59"]),
    ],
)
def test_times_as_they_are_meant(
    schedule: Row, expected: Any, inventory: Inventory, take: Callable[..., Taken]
) -> None:
    taken = take([service(schedules=[{"id": "h", **WEEKLY, **schedule}])])
    assert (taken.faults, times(offers(inventory)["s-9"])) == ([], expected)
    if expected is None:
        assert taken.about("s-9 ")


def test_a_time_that_is_weekly_no_more_is_taken_away(inventory: Inventory, take: Callable[..., Taken]) -> None:
    take([service(schedules=[WEEKLY])])
    taken = take([service(schedules=[WEEKLY | {"interval": 2}])])
    assert taken.counts["initiatives"] == [0, 1, 0, 0]
    assert offers(inventory)["s-9"]["times"] is None


@pytest.mark.parametrize(
    ("zone", "schedule", "expected"),
    [
        ("Europe/London", {"opens_at": "10:00Z", "closes_at": "12:00Z"}, ["2 10:00-12:00"]),
        ("Europe/London", {"opens_at": "10:00Z", "closes_at": "12:00Z", "dtstart": "2026-07-07"}, ["2 11:00-13:00"]),
        ("America/New_York", {"opens_at": "10:00-05:00", "closes_at": "12:00-05:00"}, ["2 10:00-12:00"]),
        ("America/New_York", {"opens_at": "01:00Z", "closes_at": "02:30Z"}, ["1 20:00-21:30"]),  # the day before there
        ("Europe/Berlin", {"opens_at": "09:00+05:30", "closes_at": "10:00+05:30", "timezone": 1}, ["2 04:30-05:30"]),
    ],
)
def test_times_in_the_zone_of_the_city(zone: str, schedule: Row, expected: list[str]) -> None:
    assert schedules.read([WEEKLY | schedule], clock().date(), ZoneInfo(zone)).times == expected


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ({"freq": "MONTHLY", "byday": "-1FR"}, "jeden letzten Fr im Monat 10:00-12:00"),
        ({"freq": "MONTHLY", "byday": "1TU,3TU"}, "jeden 1. Di/3. Di im Monat"),
        ({"freq": "MONTHLY", "byday": None, "bymonthday": "1,15"}, "monatlich am Tag des Monats 1,15"),
        ({"valid_from": "2027-01-05"}, "Di 10:00-12:00 ab 05.01.2027"),
        ({"until": "2027-03-31"}, "bis 31.03.2027"),
        ({"description": "Nicht in den Ferien"}, "Nicht in den Ferien"),
        (
            {"freq": None, "byday": None, "opens_at": None, "closes_at": None, "description": "Nach Absprache"},
            "Nach Absprache",
        ),
    ],
)
def test_what_no_weekly_time_can_say_is_a_note(
    schedule: Row, words: str, inventory: Inventory, take: Callable[..., Taken]
) -> None:
    taken = take([service(schedules=[{**WEEKLY, **schedule}])])
    assert words in offers(inventory)["s-9"]["note"]
    assert taken.about("s-9 ", words)


# ---------------------------------------------------------------- nothing is lost without a word

# All texts that HSDS 3 has, by kind of record; ids, links and what is said of the record itself are no facts.
TEXTS = {
    "organization": "alternate_name description tax_status tax_id year_incorporated legal_status logo uri",
    "service": "alternate_name description interpretation_services application_process fees_description wait_time "
    "accreditations eligibility_description licenses alert assurer_email email colour",
    "location": "alternate_name description transportation external_identifier external_identifier_type url",
    "address": "attention address_1 address_2 region state_province city",
    "phone": "number extension description",
    "contact": "department",
    "schedule": "description notes attending_type",
    "service_area": "description extent uri",
    "required_document": "document uri",
    "cost_option": "option amount_description",
    "funding": "source",
    "accessibility": "description details url",
    "organization_identifier": "identifier identifier_scheme identifier_type",
    "program": "name description alternate_name",
    "url": "label url",
    "attribute": "label value",
    "language": "name note",
    "service_capacity": "description",
}
INSIDE = {
    "organization": ("phones", "locations", "funding", "programs", "organization_identifiers", "additional_websites"),
    "service": (
        *("phones", "schedules", "service_areas", "required_documents", "cost_options", "funding", "languages"),
        *("additional_urls", "attributes", "capacities", "program", "contacts", "service_at_locations"),
    ),
    "location": ("addresses", "phones", "accessibility", "languages", "schedules", "contacts", "attributes"),
    "service_at_location": ("phones", "schedules", "contacts", "service_areas", "attributes"),
    "contact": ("phones",),
    "phone": ("languages",),
}
KIND = {
    **{"addresses": "address", "accessibility": "accessibility", "funding": "funding", "program": "program"},
    **{"additional_urls": "url", "additional_websites": "url", "capacities": "service_capacity"},
}


class Full:
    """A document in which everything has a word of its own."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def record(self, kind: str, **more: Any) -> Row:
        made: Row = {"id": f"{kind}-{len(self.words)}", **more}
        for name in TEXTS.get(kind, "").split():
            made.setdefault(name, self.word(kind, name))
        for name in INSIDE.get(kind, ()):
            if name not in made:
                inner = KIND.get(name, name.removesuffix("s"))
                made[name] = [self.record(inner), self.record(inner)]
        return made

    def word(self, kind: str, name: str) -> str:
        self.words.append(f"Wort{len(self.words)}{kind}{name}".replace("_", ""))
        return self.words[-1]

    def service(self) -> Row:
        at = [
            self.record(AT, location=self.record("location", name="Haus Voll", location_type="physical", contacts=[]))
        ]
        contacts = [self.record("contact", title="Vorstand"), self.record("contact")]
        seat = {
            "id": "l",
            "name": self.word("seat", "name"),
            "latitude": 51.83,
            "description": self.word("seat", "text"),
        }
        seat["addresses"] = [{"address_1": self.word("seat", "street"), "city": "Dessau"}]
        owner = self.record("organization", name="Verein Zehn", contacts=contacts, locations=[seat])
        return self.record(
            *("service",), name="Voll", status="active", organization=owner, service_at_locations=at, id="voll"
        )


AT = "service_at_location"


def test_every_fact_of_a_full_document_comes_in_or_is_named(inventory: Inventory, take: Callable[..., Taken]) -> None:
    full = Full()
    taken = take([full.service()])
    assert taken.faults == []
    tables = ("organization", "location", "contact", "initiative")
    stored = str([inventory.rows(f"FROM inventory.{table}") for table in tables]) + str(taken.said)
    assert len(full.words) > 250
    assert [word for word in full.words if word not in stored] == []
    again = take([Full().service()])
    assert {state for plan in again.plans.values() for row in plan.rows for state in [row.state]} == {"unchanged"}


def test_a_word_on_no_list_is_asked_about_and_its_answer_holds(inventory: Inventory, tmp_path: Path) -> None:
    spoken = [{"id": "1", "name": "Urdu", "code": "ur"}, {"id": "2", "code": "de"}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps([service(languages=spoken)]), encoding="utf-8")
    tables = importing.hsds.tables(path, NOW.date())
    for kind in ("organizations", "initiatives"):
        plan = importing.plan_table(inventory, tables[kind], kind, importing.Mapping())
        importing.run(inventory, plan, TESTER, backup=False) if kind == "organizations" else None
    assert [(word.field.name, word.word) for word in importing.unknown_words(inventory, plan)] == [
        ("language_ids", "Urdu")
    ]
    said = importing.Mapping(values={"language_ids": {importing.fold("Urdu"): "fa"}})
    answered = importing.plan_table(inventory, tables["initiatives"], "initiatives", said)
    assert answered.rows[0].values["language_ids"] == ["fa", "de"]
    assert not any("Urdu" in DE(one.key, **one.values) for one in answered.notices)


@pytest.mark.parametrize("sender", [None, "Landkreis"])
def test_a_document_sent_twice_changes_nothing(
    sender: str | None, inventory: Inventory, take: Callable[..., Taken]
) -> None:
    """All documents of the cases one after the other: their ids mean others in each."""
    names = sorted(path.name for path in CASES.glob("*.json") if "map" not in path.name)
    assert len(names) > 10
    for name in names:
        take(name, sender=sender)
        there = len(offers(inventory))
        again = take(name, sender=sender).counts
        assert {tuple(found[:2]) for found in again.values()} == {(0, 0)}, name
        assert len(offers(inventory)) == there
