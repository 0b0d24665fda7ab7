"""What looks wrong is asked about on import, stays out unanswered, and is named by `check`."""

import random
from typing import Any

import pytest

from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.inventory.file.around import around
from esdash.inventory.file.checks import faults
from esdash.texts import Text
from esdash.wording.imports import answer, sentence
from tests.inventory.test_row_places import CASES, city, places, planned, states, taken
from tests.people import TESTER

__all__ = ["city"]


def point(inventory: Inventory) -> tuple[Any, ...]:
    (row,) = inventory.rows("SELECT lat, lon FROM inventory.location")
    return tuple(row.values())


@pytest.mark.parametrize(
    ("given", "left"), [("swap", (51.8339, 12.2428)), ("take", (12.2428, 51.8339)), ("leave", (None, None))]
)
def test_swapped_coordinates_are_asked_about(given: str, left: tuple[Any, ...], city: Inventory) -> None:
    plan = planned(city, CASES / "c06_places.csv", "locations")
    (question,) = plan.questions
    assert (question.topic, question.row, question.safe) == ("plausible", 2, "leave")
    assert "vertauscht (12,2428" in sentence(Text("de"), question) or "12.2428" in sentence(Text("de"), question)
    assert [answer(Text(one), question, "swap") for one in ("de", "en")] == ["Vertauschen", "Swap them"]
    assert not {"lat", "lon"} & plan.rows[0].values.keys()  # unanswered, the place comes in without its point
    taken(city, CASES / "c06_places.csv", "locations", plausible=given)
    assert point(city) == left
    again = planned(city, CASES / "c06_places.csv", "locations", plausible=given)
    assert states(again) == ["unchanged"]


@pytest.mark.parametrize(
    ("row", "rules"),
    [
        ("Haus;48,1;11,6", ["far"]),
        ("Haus;0;0", ["far"]),
        ("Haus;51,96;12,08", []),  # some kilometres outside: a partner of the next town
    ],
)
@pytest.mark.parametrize("kind", ["locations", "initiatives"])
def test_far_points_are_asked_about(kind: str, row: str, rules: list[str], city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    head = "Ort;Breitengrad;Längengrad" if kind == "locations" else "Angebot;Träger;Ort;Breitengrad;Längengrad"
    line = row if kind == "locations" else f"Kurs;Verein Muster;{row}"
    plan = planned(city, f"{head}\n{line}", kind)
    assert [question.values["rule"] for question in plan.questions] == rules


def test_a_point_in_another_district_than_said(city: Inventory) -> None:
    here = city.value("SELECT district_at(51.8455, 12.245)")
    other = city.value("SELECT name FROM district WHERE district_id <> $here ORDER BY name LIMIT 1", here=here)
    plan = planned(city, f"Ort;Stadtbezirk;Breite;Länge\nHaus;{other};51,8455;12,245", "locations")
    assert [(question.values["rule"], question.values["said"]) for question in plan.questions] == [
        ("other_district", other)
    ]


@pytest.mark.parametrize("phone", ["O340 123456", "0340 1", "0340 12345678901234567"])
def test_a_phone_that_nobody_can_dial(phone: str, city: Inventory) -> None:
    lines = f"Organisation;Telefon\nA;{phone}\nB;0340/12 34 56\nC;im Laden"
    plan = taken(city, lines, "organizations")
    assert [(question.row, question.field, question.values["phone"]) for question in plan.questions] == [
        (2, "phone", phone)
    ]
    found = "SELECT name, phone FROM organization ORDER BY name"
    assert [row["phone"] for row in city.rows(found)] == [None, "0340/12 34 56", "im Laden"]
    taken(city, lines, "organizations", plausible="take")
    assert city.rows(found)[0]["phone"] == phone
    assert planned(city, lines, "organizations").questions == ()  # it is known now


@pytest.mark.parametrize(("places_a_week", "asked"), [("10000", 0), ("10.001", 1), ("99999", 1)])
def test_absurdly_many_places(places_a_week: str, asked: int, city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    plan = planned(city, f"Angebot;Träger;Plätze\nKurs;Verein Muster;{places_a_week}", "initiatives")
    assert len(plan.questions) == asked


@pytest.mark.parametrize(
    "website", ["laden@muster.example", "https://bank.de@other.example", "mailto:laden@muster.example"]
)
def test_a_mail_address_is_no_web_address(website: str, city: Inventory) -> None:
    plan = planned(city, f"Organisation;Internet\nLaden;{website}", "organizations")
    assert [(fault.column, fault.whole_row) for fault in plan.faults] == [("Internet", False)]
    assert "website" not in plan.rows[0].values


def test_mail_and_web_in_each_others_columns(city: Inventory) -> None:
    plan = planned(city, CASES / "c22_webmail.csv", "organizations")
    assert [(fault.row, fault.column, fault.error.key) for fault in plan.faults] == [
        (2, "Internet", "import_email_as_website"),
        (2, "E-Mail", "import_website_as_email"),
        (3, "Internet", "import_email_as_website"),
    ]
    assert states(plan) == ["new", "new"] and not {"website", "email"} & plan.rows[0].values.keys()


@pytest.mark.parametrize("mail", ["https://muster.example", "muster.example", "https://a@muster.example"])
def test_a_web_address_is_no_mail_address(mail: str, city: Inventory) -> None:
    plan = planned(city, f"Organisation;E-Mail\nLaden;{mail}", "organizations")
    assert [fault.error.key for fault in plan.faults] == ["import_website_as_email"]


def test_a_postcode_of_another_region_is_said(city: Inventory) -> None:
    near = "\n".join(f"O{number};06{number}" for number in range(842, 850))
    plan = planned(city, f"Organisation;PLZ\n{near}\nFern;80331", "organizations")
    (notice,) = [notice for notice in plan.notices if notice.key == "import.notice_postcodes"]
    assert notice.values == {"rows": "10 (80331)", "region": "06"}
    assert states(plan)[-1] == "new"
    few = planned(city, "Organisation;PLZ\nA;06844\nB;80331", "organizations")
    assert not [notice for notice in few.notices if notice.key == "import.notice_postcodes"]


def test_check_names_what_looks_wrong(city: Inventory) -> None:
    here = city.value("SELECT district_at(51.8455, 12.245)")
    other = city.value("SELECT min(district_id) FROM district WHERE district_id <> $here", here=here)
    with city.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert(
            "location",
            [
                {"location_id": "a", "name": "A", "lat": 12.2428, "lon": 51.8339, "district_id": None},
                {"location_id": "b", "name": "B", "lat": 48.1, "lon": 11.6, "district_id": None},
                {"location_id": "c", "name": "C", "lat": 51.8455, "lon": 12.245, "district_id": other},
                {"location_id": "d", "name": "D", "lat": 51.96, "lon": 12.08, "district_id": None},
            ],
        )
        change.insert(
            "organization", [{"organization_id": "o", "name": "O", "website": "a@b.example", "phone": "O340 12"}]
        )
        change.insert("contact", [{"contact_id": "k", "organization_id": "o", "role": "R", "phone": "O340 777001"}])
        change.insert("initiative", [{"initiative_id": "i", "organization_id": "o", "name": "I", "capacity": 20_000}])
    wanted = ("swapped", "far", "other_district", "phone", "many", "web_is_mail")
    found = {(row["code"], row["record_id"]) for row in faults(city) if row["code"] in wanted}
    assert found == {
        *(("swapped", "a"), ("far", "b"), ("other_district", "c"), ("many", "i")),
        *(("phone", "o"), ("phone", "k"), ("web_is_mail", "o")),
    }
    (of_person,) = [row for row in faults(city) if row["record_id"] == "k" and row["code"] == "phone"]
    assert of_person["detail"] is None  # a person's number stands in no report
    assert all(Text(one).has(f"cli.fault_{code}") for one in ("de", "en") for code in wanted)


def test_districts_in_memory_are_those_of_queries(city: Inventory) -> None:
    here = around(city)
    assert here.box is not None
    south, west, north, east = here.box
    draw = random.Random(7)
    drawn = [(draw.uniform(south, north), draw.uniform(west, east)) for _ in range(150)]
    lats, lons = map(list, zip(*drawn, strict=True))
    rows = city.rows("FROM districts_at($lats, $lons)", lats=lats, lons=lons)
    assert [row["district_id"] for row in rows] == [here.district_at(one) for one in drawn]
    assert len({row["district_id"] for row in rows}) > 5


def test_offers_at_a_place_whose_point_was_left_out(city: Inventory) -> None:
    taken(city, "Organisation\nNachbarschaftshaus Muster", "organizations")
    taken(city, CASES / "c06_places.csv", "locations")
    taken(city, CASES / "c06_offers.csv", "initiatives")
    assert point(city) == (None, None) and len(places(city)) == 1


def test_an_offer_of_an_organisation_whose_web_address_was_left_out(city: Inventory) -> None:
    taken_with_faults(city, "c22_webmail", "organizations")
    taken(city, CASES / "c22_offer.csv", "initiatives")
    (row,) = city.rows("SELECT i.name, o.website FROM initiative AS i JOIN organization AS o USING (organization_id)")
    assert row == {"name": "Tauschregal", "website": None}


def taken_with_faults(inventory: Inventory, case: str, kind: str) -> None:
    importing.run(inventory, planned(inventory, CASES / f"{case}.csv", kind), TESTER, backup=False)
