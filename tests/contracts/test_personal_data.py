"""Without public consent, no export, list, log, check or message holds anything about a person."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from esdash import exports
from esdash.analysis import open_inventory
from esdash.analysis.contact_points import cards
from esdash.analysis.records import records
from esdash.analysis.records.handed_out import listed
from esdash.commands.records import tables
from esdash.inventory import Inventory, create, importing
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.wording import handed_out
from esdash.wording.contact_points import welcome
from esdash.wording.names import names_of
from tests.commands.command_line import clock, run
from tests.conftest import load_tiny_city
from tests.people import OFFICE, TESTER

# contact → word in its name, mail, note; digits of its phone; consent; until when; may it be shown on 2026-11-22?
PEOPLE = {
    "none": ("Zaubermann", "7700110011", None, None, False),
    "expired": ("Yxberg", "7700220022", "public", "2026-11-21", False),
    "internal": ("Quittenfeld", "7700330033", "internal", None, False),
    "public": ("Walroswinkel", "7700440044", "public", "2026-11-22", True),
}
SECRET = [word for name, number, _, _, shown in PEOPLE.values() if not shown for word in (name, number)]
SHOWN = [word for name, number, _, _, shown in PEOPLE.values() if shown for word in (name, number)]


def fill(inventory: Inventory) -> None:
    load_tiny_city(inventory)
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "Aufnahme") as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        change.insert("location", [{"location_id": "l", "name": "Haus", "district_id": "01"}])
        for key, (name, number, scope, until, _) in PEOPLE.items():
            contact = {"contact_id": key, "organization_id": "o", "role": f"Leitung {key}", "name": f"Ada {name}"}
            contact |= {"email": f"{name.lower()}@example.org", "phone": f"0{number}", "note": f"{name} ist mittags da"}
            contact |= {"consent_scope": scope, "consent_until": until, "consent_source": f"Gespräch mit {name}"}
            change.insert("contact", [contact])
            of = {"organization_id": "o", "contact_id": key}
            change.insert(
                "initiative",
                [
                    {"initiative_id": key, "name": f"Angebot {key}", "theme_ids": ["homework"], "location_id": "l"}
                    | {"target_group_ids": ["children"], "capacity": 5}
                    | of
                ],
            )
            change.insert("contact_point", [{"contact_point_id": key, "name": f"Punkt {key}", "location_id": "l"} | of])
            change.insert("course", [{"course_id": key, "organization_id": "o", "name": f"Kurs {key}"}])
            change.insert(
                "session",
                [{"session_id": key, "course_id": key, "starts_on": "2026-12-01", "contact_id": key}],
            )
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "Neue Nummern") as change:
        change.update("contact", [{"contact_id": key, "phone": f"+49{PEOPLE[key][1]}"} for key in PEOPLE])


@pytest.fixture(scope="module")
def inventory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    path = tmp_path_factory.mktemp("people") / "i.duckdb"
    create(path, "empty", fill, TESTER, clock)
    inventory = open_inventory(path, clock)
    yield inventory
    inventory.close()


def content(file: bytes) -> str:
    """All text of a file; a workbook unzipped."""
    if file.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return file.decode("utf-8-sig")


def secrets_in(text: str) -> list[str]:
    folded = text.casefold()
    return [word for word in SECRET if word.casefold() in folded]


@pytest.mark.parametrize("name", tables())
@pytest.mark.parametrize("past", [False, True])
def test_no_table_in_any_form_holds_a_person(name: str, past: bool, inventory: Inventory) -> None:
    state = inventory.as_of(date(2026, 11, 22)) if past else inventory
    frame, text = tables()[name](state), Text("de")
    columns = exports.columns_of(frame)
    files = [
        exports.plain_csv(frame),
        exports.json_file(frame),
        exports.csv_file(frame, columns, text),
        exports.xlsx_file([exports.Sheet(name, name, frame, columns)], text, clock()),
    ]
    if {"lat", "lon"} <= set(frame.columns):
        files.append(exports.geojson_file(frame))
    assert {str(secrets_in(content(file))) for file in files} == {"[]"}


@pytest.mark.parametrize("past", [False, True])
def test_lists_of_offers_and_contacts_hold_only_who_agreed(past: bool, inventory: Inventory) -> None:
    """The files of the page Initiativen, `export initiatives` and `export contacts`; of an archived contact nobody."""
    state, text = inventory.as_of(date(2026, 11, 22)) if past else inventory, Text("de")
    page = handed_out.initiatives(state, text, "", {}), handed_out.initiative_columns(text)
    files = [exports.csv_file(*page, text), exports.xlsx_file([exports.Sheet("a", "a", *page)], text, clock())]
    for table in ("initiative", "contact"):
        frame = listed(state, table)
        files += [exports.table_file(table, form, frame, None, clock(), text) for form in ("csv", "xlsx", "json")]
    for file in map(content, files):
        assert secrets_in(file) == []
        assert [word in file for word in ("Ada Walroswinkel", "walroswinkel@example.org", "497700440044")] == [True] * 3
        assert all(f"Leitung {key}" in file for key in PEOPLE)  # the function stands for everybody
        assert "ist mittags da" not in file and "Gespräch mit" not in file
    if not past:
        frame = listed(state, "contact").set_index("contact_id")
        assert frame["consent_scope"].dropna().to_dict() == {"public": "public"}
        assert frame["consent_until"].notna().sum() == 1


@pytest.mark.parametrize("past", [False, True])
def test_cards_and_welcome_guide_hold_only_who_agreed(past: bool, inventory: Inventory) -> None:
    state, text = inventory.as_of(date(2026, 11, 22)) if past else inventory, Text("de")
    names = names_of(state, text)
    vcf = exports.vcard_file(cards.cards(state), names, names.city, clock()).decode("utf-8").replace("\r\n ", "")
    frame, columns = welcome(state, names)
    guide = content(exports.csv_file(frame, columns, text))
    assert secrets_in(vcf + guide) == []
    assert all(word in vcf for word in ("Ada Walroswinkel", "walroswinkel@example.org"))
    assert "Walroswinkel" not in guide and "walroswinkel@example.org" in guide  # by the function, never by name


def test_with_public_consent_the_person_is_shown(inventory: Inventory) -> None:
    listed = content(exports.plain_csv(records.contact_points(inventory)))
    assert [word in listed for word in ("Ada Walroswinkel", "walroswinkel@example.org", "+497700440044")] == [True] * 3
    assert "ist mittags da" not in listed
    assert "Gespräch mit" not in listed
    assert {key: (records.contact(inventory, key) or {})["name"] for key in PEOPLE} == {
        "none": None,
        "expired": None,
        "internal": None,
        "public": "Ada Walroswinkel",
    }


def test_consent_that_was_withdrawn_holds_for_earlier_days_too(tmp_path: Path) -> None:
    create(tmp_path / "i.duckdb", "empty", fill, TESTER, clock)
    inventory = open_inventory(tmp_path / "i.duckdb", lambda: clock() + timedelta(days=2))
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "Widerruf") as change:
        change.update("contact", [{"contact_id": "public", "consent_scope": "internal"}])
    text = content(exports.plain_csv(records.contact_points(inventory.as_of(date(2026, 11, 22)))))
    inventory.close()
    assert "Punkt public" in text
    assert [word for word in (*SHOWN, *SECRET) if word in text] == []


def test_faults_and_messages_name_nobody(tmp_path: Path) -> None:
    path = tmp_path / "i.duckdb"
    create(path, "empty", fill, TESTER, clock)
    table = tmp_path / "angebote.csv"
    rows = ["Angebot;Organisation;Ansprechperson", "A;Verein;Ada Zaubermenn", "B;Verein;Leitung"]
    table.write_text("\n".join(rows), encoding="utf-8")
    said = [run("import", table, "--dry-run", *more, database=path) for more in ([], ["--json"])]
    said += [run("check", *more, database=path) for more in ([], ["--json"])]
    assert [secrets_in(result.stdout + result.stderr) for result in said] == [[], [], [], []]
    assert "Ada Zaubermenn" in said[0].stderr  # the name in the file itself, so that somebody can mend it


def test_importing_shows_the_office_what_it_has(inventory: Inventory, tmp_path: Path) -> None:
    """The preview of an import is for those who may see the table; it is no export."""
    table = tmp_path / "k.csv"
    table.write_text("Funktion;Organisation;Telefon\nLeitung internal;Verein;0340 123456\n", encoding="utf-8")
    plan = importing.plan(inventory, table, "contacts")
    assert plan.counts["open"] == 1  # another phone: whether it is the same contact is asked, with what differs
