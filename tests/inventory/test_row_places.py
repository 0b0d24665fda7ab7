"""One address in any spelling; a row completes a place that is known, and asks where it contradicts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from esdash.analysis import open_inventory
from esdash.analysis.duplicates import duplicates
from esdash.analysis.records import handed_out
from esdash.errors import UserError
from esdash.exports import plain_csv
from esdash.inventory import Inventory, importing
from esdash.inventory.importing import Answers
from esdash.inventory.importing.columns import Mapping
from tests.people import TESTER

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def city(tmp_path: Path, empty_dessau: Path) -> Iterator[Inventory]:
    path = tmp_path / "i.duckdb"
    path.write_bytes(empty_dessau.read_bytes())
    inventory = open_inventory(path)
    yield inventory
    inventory.close()


def planned(inventory: Inventory, source: Path | str, kind: str, **answers: str) -> importing.Plan:
    """The plan of a case, or of lines; `answers`: topic → answer to all its questions."""
    path = source if isinstance(source, Path) else (inventory.path or Path()).with_name("liste.csv")
    if isinstance(source, str):
        path.write_text(source, encoding="utf-8")
    table = importing.read_table(path)
    first = importing.plan_table(inventory, table, kind, Mapping())
    given = {question.key: answers[question.topic] for question in first.questions if question.topic in answers}
    return importing.plan_table(inventory, table, kind, Mapping(), answers=Answers(given))


def taken(inventory: Inventory, source: Path | str, kind: str, **answers: str) -> importing.Plan:
    plan = planned(inventory, source, kind, **answers)
    assert plan.faults == ()
    importing.run(inventory, plan, TESTER, backup=False)
    return plan


def places(inventory: Inventory) -> list[tuple[Any, ...]]:
    rows = inventory.rows("SELECT name, street, postcode, district_id FROM inventory.location ORDER BY ALL")
    return [tuple(row.values()) for row in rows]


def states(plan: importing.Plan) -> list[str]:
    return [row.state for row in plan.rows]


def test_a_house_number_in_its_own_column_is_part_of_the_address(city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    taken(city, CASES / "house_number_column.csv", "contact-points")
    assert [place[:3] for place in places(city)] == [
        ("Musterstraße 5", "Musterstraße 5", "06844"),
        ("Musterstraße 90", "Musterstraße 90", "06844"),
    ]
    assert states(planned(city, CASES / "house_number_column.csv", "contact-points")) == ["unchanged"] * 2


@pytest.mark.parametrize(
    ("kind", "lines", "asked"),
    [
        ("organizations", "Organisation;Straße;Haus-Nr.\nA;Weg;5 a\nB;Weg;", ["Weg 5 a", "Weg"]),
        ("locations", "Ort;Anschrift;Hausnr.\nA;Weg 5;5\nB;Am Markt;5-7", ["Weg 5", "Am Markt 5-7"]),
        ("organizations", "Nr.;Organisation;Straße;Nr.\n7;A;Weg;5\n8;B;Weg;90", ["Weg 5", "Weg 90"]),
        ("locations", "Ort;Straße;PLZ;Nr.\nA;Weg 5;06844;17\nB;Am Markt;06844;18", ["Weg 5", "Am Markt"]),
    ],
)
def test_every_kind_with_a_street_takes_the_house_number(
    kind: str, lines: str, asked: list[str], city: Inventory
) -> None:
    taken(city, lines, kind)
    table = kind.removesuffix("s")
    assert [row["street"] for row in city.rows(f"SELECT street FROM inventory.{table} ORDER BY name")] == asked


@pytest.mark.parametrize("row", ["A;;5", "A;Weg 5;7"])
def test_a_house_number_without_its_street_is_named(row: str, city: Inventory) -> None:
    plan = planned(city, f"Organisation;Straße;Hausnummer\n{row}", "organizations")
    assert [(fault.column, fault.error.key) for fault in plan.faults] == [("Hausnummer", "import_two_house_numbers")]


def test_a_later_row_completes_the_place_of_an_earlier_one(city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    plan = taken(city, CASES / "place_parts_lost.csv", "initiatives")
    assert plan.questions == ()
    (place,) = places(city)
    assert place[:3] == ("Haus Nord", "Musterweg 1", "06844") and place[3] is not None
    assert city.value("SELECT count(DISTINCT location_id) FROM inventory.initiative") == 1


def test_a_row_completes_a_known_place_and_the_preview_says_so(city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    taken(city, CASES / "place_without_district.csv", "locations")
    plan = taken(city, CASES / "offer_says_district.csv", "initiatives")
    (beside,) = plan.beside
    assert (beside.table, beside.rows, beside.version) == ("location", (2,), 1)
    assert {(one.field, one.before) for one in beside.differences} == {("postcode", None), ("district_id", None)}
    (place,) = places(city)
    assert place[:3] == ("Haus Nord", "Musterweg 1", "06844") and place[3] is not None
    again = planned(city, CASES / "offer_says_district.csv", "initiatives")
    assert (states(again), again.beside) == (["unchanged"], ())


def test_what_completes_a_place_can_be_declined(city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    taken(city, CASES / "place_without_district.csv", "locations")
    table = importing.read_table(CASES / "offer_says_district.csv")
    answers = Answers(declined=frozenset({(2, "location_postcode")}))
    plan = importing.plan_table(city, table, "initiatives", Mapping(), answers=answers)
    assert [one.field for beside in plan.beside for one in beside.differences] == ["district_id"]
    assert [one.field for beside in plan.beside for one in beside.declined] == ["postcode"]  # still to be seen
    both = Answers(declined=frozenset({(2, "location_postcode"), (2, "location_district_id")}))
    plan = importing.plan_table(city, table, "initiatives", Mapping(), answers=both)
    assert plan.declined == both.declined
    before = city.rows("FROM inventory.location")
    importing.run(city, plan, TESTER)
    assert city.rows("FROM inventory.location") == before


def test_a_row_that_stays_out_completes_nothing(city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    taken(city, CASES / "place_without_district.csv", "locations")
    lines = (
        "Angebot;Träger;Ort;Straße;PLZ;Beginn;Ende\nA;Verein Muster;Haus Nord;Musterweg 1;06844;02.01.2027;01.01.2027"
    )
    plan = planned(city, lines, "initiatives")
    assert (states(plan), plan.beside) == (["faulty"], ())


@pytest.mark.parametrize("street", ["Musterstr. 5", "MUSTERSTRASSE Nr. 5", "Muster-Straße 5"])
def test_spellings_of_one_address_are_one_place(street: str, city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    plan = taken(city, CASES / "street_spelling_refused.csv", "initiatives")
    assert states(plan) == ["new", "new"] and len(places(city)) == 1
    more = taken(city, f"Angebot;Träger;Straße;PLZ\nDritter;Verein Muster;{street};06844", "initiatives")
    assert (more.questions, more.beside, len(places(city))) == ((), (), 1)


ELSEWHERE = """Angebot;Träger;Ort;Straße;PLZ
Kurs;Verein Muster;Haus Nord;Parkweg 3;06862
Treff;Verein Muster;Haus Nord;Parkweg 3;06862"""


def test_a_contradiction_is_asked_about_once_and_the_rows_wait(city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    taken(city, "Ort;Straße;PLZ\nHaus Nord;Musterweg 1;06844", "locations")
    plan = planned(city, ELSEWHERE, "initiatives")
    assert states(plan) == ["open", "open"] and plan.beside == ()
    (question,) = plan.questions
    assert (question.topic, question.row, question.answers) == ("place", 2, ("same", "correct", "another"))
    assert {(one.field, one.before, one.after) for one in question.differences} == {
        ("street", "Musterweg 1", "Parkweg 3"),
        ("postcode", "06844", "06862"),
    }


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        ("same", [("Haus Nord", "Musterweg 1", "06844", None)]),
        ("correct", [("Haus Nord", "Parkweg 3", "06862", None)]),
        ("another", [("Haus Nord", "Musterweg 1", "06844", None), ("Haus Nord", "Parkweg 3", "06862", None)]),
    ],
)
def test_a_contradiction_answered(answer: str, left: list[tuple[Any, ...]], city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    taken(city, "Ort;Straße;PLZ\nHaus Nord;Musterweg 1;06844", "locations")
    plan = taken(city, ELSEWHERE, "initiatives", place=answer)
    assert states(plan) == ["new", "new"] and places(city) == left
    assert city.value("SELECT count(DISTINCT location_id) FROM inventory.initiative") == 1
    again = planned(city, ELSEWHERE, "initiatives", place=answer)
    assert (states(again), again.beside) == (["unchanged", "unchanged"], ())


def test_two_places_of_one_name_go_out_and_come_back(city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    taken(city, CASES / "courses.csv", "courses")
    plan = taken(city, CASES / "session_two_places_one_name.csv", "sessions")
    assert states(plan) == ["new", "new"] and [place[2] for place in places(city)] == ["06844", "06849"]
    again = planned(city, CASES / "session_two_places_one_name.csv", "sessions")
    assert (states(again), again.beside, again.questions) == (["unchanged"] * 2, (), ())


def test_a_point_gives_the_district_of_a_place_and_of_the_place_of_an_offer(city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    plan = taken(city, CASES / "place_with_coordinates.csv", "locations")
    district = city.value("SELECT district_at(51.8455, 12.245)")
    assert district and places(city) == [("Haus Nord", "Musterweg 1", None, district)]
    assert "import.notice_district_by_point" in {notice.key for notice in plan.notices}
    taken(city, CASES / "offer_at_coordinates.csv", "initiatives")
    assert city.value("SELECT district_id FROM initiative JOIN located USING (location_id)") == district


@pytest.mark.parametrize("kind", ["new place", "known place", "no name"])
def test_the_coordinates_of_an_offer_become_those_of_its_place(kind: str, city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    if kind == "known place":
        taken(city, "Ort;Straße\nHaus Süd;Weg 2", "locations")
    name = "" if kind == "no name" else "Haus Süd"
    lines = f"Angebot;Träger;Ort;Breitengrad;Längengrad\nKurs;Verein Muster;{name};51,8455;12,245"
    plan = taken(city, lines, "initiatives")
    (place,) = city.rows("SELECT lat, lon, district_id FROM inventory.location")
    district = city.value("SELECT district_at(51.8455, 12.245)")
    assert place == {"lat": 51.8455, "lon": 12.245, "district_id": district}
    assert {notice.key for notice in plan.notices} >= {"import.notice_district_by_point"}
    again = planned(city, lines, "initiatives")
    assert (states(again), again.beside) == (["unchanged"], ())


def test_half_a_point_is_a_fault(city: Inventory) -> None:
    taken(city, CASES / "org.csv", "organizations")
    plan = planned(city, "Angebot;Träger;Ort;Breitengrad\nKurs;Verein Muster;Haus;51,8", "initiatives")
    assert [(fault.column, fault.error.key) for fault in plan.faults][:1] == [("Breitengrad", "edit_half_point")]


@pytest.mark.parametrize("table", ["session", "location"])
def test_two_places_of_one_name_leave_as_a_list_and_come_back(table: str, city: Inventory, tmp_path: Path) -> None:
    taken(city, CASES / "org.csv", "organizations")
    taken(city, CASES / "courses.csv", "courses")
    taken(city, CASES / "session_two_places_one_name.csv", "sessions")
    (tmp_path / "liste.csv").write_bytes(plain_csv(handed_out.listed(city, table)))
    plan = planned(city, tmp_path / "liste.csv", f"{table}s")
    assert (states(plan), plan.questions, plan.beside, plan.faults) == (["unchanged"] * 2, (), (), ())


def test_two_columns_for_one_field_are_refused(city: Inventory) -> None:
    with pytest.raises(UserError, match="import_column_twice"):
        planned(city, CASES / "c24_two_phones.csv", "organizations")


def test_organisations_that_differ_in_an_umlaut_stay_two(city: Inventory) -> None:
    taken(city, CASES / "c27_orgs.csv", "organizations")
    taken(city, CASES / "c27_offers.csv", "initiatives")
    assert city.value("SELECT count(*) FROM organization") == 2
    assert city.value("SELECT count(DISTINCT organization_id) FROM initiative") == 2
    numbers = city.rows("SELECT phone, phone_e164 FROM inventory.organization ORDER BY name")
    assert {row["phone_e164"] for row in numbers} == {"+49340551122", "+491715511"}


@pytest.mark.parametrize(
    ("other", "share"),
    [("Musterstraße 5a", 1), ("MUSTERSTRASSE Nr. 5 A", 1), ("Musterstr. 5-7", 0), ("Musterstr. 57", 0)],
)
def test_duplicates_compare_addresses_alike(other: str, share: float, city: Inventory) -> None:
    taken(city, "Organisation;Straße;PLZ\nTreffpunkt Süd;Musterstr. 5 a;06844", "organizations")
    draft = {"name": "Treffpunkt Süd", "street": other, "postcode": "06844"}
    assert list(duplicates.similar(city, "organization", draft)["address_share"]) == [share]
