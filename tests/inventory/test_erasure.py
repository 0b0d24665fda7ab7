"""An erased person is in no table, log, export or byte of the file, also not after restoring an older backup."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest

from esdash import exports
from esdash.analysis import open_inventory
from esdash.analysis.records import history, records
from esdash.commands.records import tables
from esdash.errors import UserError
from esdash.inventory import Inventory, backups, create, open_file
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import attaching
from esdash.inventory.privacy.erasure import erase
from esdash.inventory.privacy.person import Person
from tests.commands.command_line import clock
from tests.conftest import load_tiny_city
from tests.people import OFFICE, TESTER

ROOT = Path(__file__).parents[2]
NAME, MAIL, PHONE = "Željka Größ-Wandel", "zeljka.wandel@example.org", "+49 (0)340 770 88 99"
WORDS = ("Željka", "željka", "Wandel", "WANDEL", "zeljka.wandel", "7708899", "770 88 99", "770-8899")


def fill(inventory: Inventory) -> None:
    load_tiny_city(inventory)
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "Aufnahme") as change:
        change.insert(
            "organization",
            [{"organization_id": "o", "name": "Verein", "email": MAIL.upper(), "phone": "0340/7708899"}],
        )
        contacts = {"organization_id": "o", "consent_scope": "public", "consent_source": "Gespräch"}
        change.insert(
            "contact",
            [
                {"contact_id": "c", "role": "Leitung", "name": "Zeljka Wandel", "phone": None} | contacts,
                {"contact_id": "d", "role": "Kasse", "name": "Otto Bleibt", "phone": "0340 1234567"} | contacts,
            ],
        )
        note = f"Bitte {NAME.upper()} fragen, Telefon 0340 770-8899, sonst Otto Bleibt."
        change.insert(
            "initiative",
            [{"initiative_id": "i", "organization_id": "o", "name": "Treff", "note": note, "contact_id": "c"}],
        )
        closed = {"first_day": date(2026, 7, 1), "last_day": None, "reason": f"Urlaub von {NAME}"}
        change.insert(
            "contact_point", [{"contact_point_id": "k", "organization_id": "o", "name": "Laden", "closures": [closed]}]
        )
        change.insert("priority_item", [{"priority_item_id": "p", "title": "x", "evidence": {"von": [f"laut {NAME}"]}}])
    for fields in ({"name": NAME, "email": MAIL, "note": f"{NAME} ist montags da"}, {"phone": PHONE}):
        with inventory.change(Actor(NAME), Action.EDIT_RECORDS, f"Nachricht von {MAIL}") as change:
            change.update("contact", [{"contact_id": "c", **fields}])


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the inventory that `path` copies; nobody opens it."""
    folder = tmp_path_factory.mktemp("filled")
    create(folder / "i.duckdb", "empty", fill, TESTER, clock)
    return folder


@pytest.fixture
def path(filled: Path, tmp_path: Path) -> Path:
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    return tmp_path / "i.duckdb"


def found_in(file: Path) -> list[str]:
    content = file.read_bytes()
    return [word for word in WORDS if word.encode() in content]


def dump(inventory: Inventory) -> str:
    names = inventory.rows("SELECT table_name FROM duckdb_tables() WHERE database_name = 'inventory'")
    content = {row["table_name"]: inventory.rows(f"FROM inventory.{row['table_name']}") for row in names}
    return json.dumps(content, default=str, ensure_ascii=False)


def test_the_test_sees_what_it_should(path: Path) -> None:
    assert len(found_in(path)) >= 5


def test_nothing_of_the_person_remains_and_the_function_does(path: Path) -> None:
    inventory = open_inventory(path, clock)
    report = erase(inventory, "c", OFFICE, f"Wunsch von {NAME}")
    text = dump(inventory)
    assert [word for word in WORDS if word in text] == []
    contact = inventory.rows("FROM contact WHERE contact_id = 'c'")[0]
    assert (contact["role"], contact["name"], contact["email"], contact["phone"]) == ("Leitung", None, None, None)
    assert inventory.value("SELECT note FROM initiative") == (
        "Bitte [gelöscht] fragen, Telefon [gelöscht], sonst Otto Bleibt."
    )
    assert inventory.rows("SELECT name, phone FROM contact WHERE contact_id = 'd'") == [
        {"name": "Otto Bleibt", "phone": "0340 1234567"}
    ]
    assert inventory.rows("SELECT email, phone FROM organization") == [{"email": None, "phone": None}]
    assert report.found[("contact", "name")] == report.found[("initiative", "note")] == 1
    assert report.found[("change_log", "actor")] == 2
    for day in (None, date(2026, 11, 22)):
        state = inventory.as_of(day) if day else inventory
        for question in tables().values():
            shown = exports.plain_csv(question(state)).decode()
            assert [word for word in WORDS if word in shown] == []
        exchanged = records.exchange(state)
        for shown in (exports.hsds_file(exchanged).decode(), exports.hxl_file(exchanged["initiative"]).decode()):
            assert [word for word in WORDS if word in shown] == []
        shown = history.of(state, "contact", "c").to_csv() + str(exports.json_file(records.changes(state)).decode())
        assert [word for word in WORDS if word in shown] == []
    erasure = inventory.rows("FROM inventory.erasure")[0]
    assert (erasure["contact_id"], erasure["actor"], erasure["reason"]) == ("c", "Büro", "Wunsch von [gelöscht]")
    assert len(erasure["marks"]) == 4  # two spellings of the name, mail, phone
    inventory.close()
    assert sorted(file.name for file in path.parent.iterdir()) == ["i.duckdb", "i.duckdb.erasures", "i.duckdb.last"]
    assert found_in(path) == []


def test_while_it_is_open_no_file_beside_it_holds_the_person(path: Path) -> None:
    inventory = open_file(path, clock=clock)
    with inventory.change(OFFICE, Action.EDIT_RECORDS) as change:  # not yet in the file itself
        change.update("contact", [{"contact_id": "c", "note": f"{NAME}, {PHONE}"}])
    assert found_in(path.with_name(path.name + ".wal"))
    erase(inventory, "c", OFFICE, "Wunsch")
    with inventory.change(OFFICE, Action.EDIT_RECORDS) as change:
        change.update("contact", [{"contact_id": "c", "note": "unbesetzt"}])
    assert {file.name: found_in(file) for file in path.parent.iterdir()} == {
        "i.duckdb": [],
        "i.duckdb.wal": [],
        "i.duckdb.last": [],
        "i.duckdb.erasures": [],
    }
    inventory.close()


def test_the_new_file_works_as_the_old_one(path: Path) -> None:
    inventory = open_file(path, clock=clock)
    before = inventory.value("SELECT max(change_id) FROM change_log")
    erase(inventory, "c", OFFICE, "Wunsch")
    with inventory.change(OFFICE, Action.EDIT_RECORDS, "danach") as change:
        change.update("organization", [{"organization_id": "o", "name": "Verein Neu"}])
    log = inventory.rows("FROM change_log WHERE change_id > $n ORDER BY change_id", n=before)
    assert [(row["table_name"], row["means"], row["change_id"]) for row in log] == [
        ("erasure", "erase", before + 1),
        ("organization", "form", before + 2),
    ]
    with pytest.raises(UserError, match="rule_broken"), inventory.change(OFFICE, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Doppelt"}])
    inventory.close()
    again = open_file(path, clock=clock)
    assert again.value("SELECT name FROM organization") == "Verein Neu"
    with pytest.raises(UserError) as caught:
        erase(again, "c", OFFICE, "noch einmal")
    assert caught.value.key == "erase_nobody"
    again.close()


@pytest.mark.parametrize(
    ("contact", "reason", "key"), [("x", "Wunsch", "erase_no_contact"), ("c", "  ", "erase_needs_reason")]
)
def test_what_is_refused_changes_nothing(contact: str, reason: str, key: str, path: Path) -> None:
    inventory = open_file(path, clock=clock)
    before = dump(inventory)
    with pytest.raises(UserError) as caught:
        erase(inventory, contact, OFFICE, reason)
    assert (caught.value.key, dump(inventory)) == (key, before)
    inventory.close()


def test_backups_beside_it_are_erased_and_an_older_one_from_elsewhere_on_restore(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick" / "alt.duckdb"
    inventory = open_file(path, clock=clock)
    beside = backups.write(inventory, attaching.backup_folder(path) / "b.duckdb", OFFICE)
    backups.write(inventory, elsewhere, OFFICE)
    (attaching.backup_folder(path) / "kaputt.duckdb").write_text("x")
    report = erase(inventory, "c", OFFICE, "Wunsch")
    inventory.close()
    assert report.backups == (beside,)
    assert [left.name for left in report.backups_left] == ["kaputt.duckdb"]
    assert found_in(beside) == []
    assert found_in(elsewhere) != []
    backups.restore(elsewhere, path, TESTER, clock)
    assert found_in(path) == []
    restored = open_file(path, clock=clock)
    text = dump(restored)
    assert [word for word in WORDS if word in text] == []
    assert restored.value("SELECT count(*) FROM inventory.erasure") == 1  # and the next restore repeats it again
    assert restored.value("SELECT count(*) FROM organization") == 1
    restored.close()
    assert [file.name for file in tmp_path.rglob("*") if file.is_file() and found_in(file)] == ["alt.duckdb"]


def test_others_go_on_reading_and_writing(path: Path) -> None:
    inventory = open_file(path, clock=clock)
    stop, failures, written = threading.Event(), [], []

    def read() -> None:
        while not stop.is_set():
            try:
                assert inventory.value("SELECT count(*) FROM contact") == 2
                inventory.frame("SELECT role FROM contact")
            except BaseException as error:
                failures.append(error)

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                with inventory.change(OFFICE, Action.EDIT_RECORDS) as change:
                    change.update("organization", [{"organization_id": "o", "short_name": str(number)}])
                written.append(str(number))
            except BaseException as error:
                failures.append(error)

    threads = [threading.Thread(target=work) for work in (read, read, write)]
    for thread in threads:
        thread.start()
    time.sleep(0.2)
    erase(inventory, "c", OFFICE, "Wunsch")
    time.sleep(0.2)
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    inventory.close()
    again = open_file(path, clock=clock)
    assert again.value("SELECT short_name FROM organization") == written[-1]
    assert again.value("SELECT count(*) FROM change_log WHERE table_name = 'organization'") == len(written) + 1
    again.close()
    assert found_in(path) == []


KILLED = """
import sys
from pathlib import Path
from esdash.inventory import open_file
from esdash.inventory.access import Actor
from esdash.inventory.privacy.erasure import erase
inventory = open_file(Path(sys.argv[1]))
print("open", flush=True)
erase(inventory, "c", Actor("Büro"), "Wunsch")
print("erased", flush=True)
"""


@pytest.mark.slow
def test_kill_at_any_moment(path: Path) -> None:
    seed = path.read_bytes()
    states = set()
    for wait in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8):
        path.write_bytes(seed)
        command = [sys.executable, "-c", KILLED, str(path)]
        here = os.environ | {"TMPDIR": str(path.parent)}  # who is killed leaves what it wrote there
        with subprocess.Popen(command, cwd=ROOT, env=here, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(wait)
            child.kill()
            said = child.stdout.read()
        inventory = open_file(path, clock=clock)
        erased = inventory.value("SELECT count(*) FROM inventory.erasure") == 1
        named = inventory.value("SELECT name FROM contact WHERE contact_id = 'c'")
        log = inventory.value("SELECT count(*) FROM change_log")
        inventory.close()
        assert named == (None if erased else NAME)
        assert not (b"erased" in said and not erased)
        assert not (erased and found_in(path))
        draft = path.with_name(path.name + ".erasing")
        assert not (draft.exists() and found_in(draft))
        states.add((erased, log))
    assert len(states) <= 2


# ---------------------------------------------------------------- who is meant


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ada  LOVELACE kommt", True),
        ("Adas Lovelace", False),
        ("Madada Lovelaces", False),
        ("Tel. 0049340/12 34 56", True),
        ("(0340) 123456", True),
        ("0340 1234567", False),
        ("10340 123456", False),
        ("ada@example.org.", True),
        ("xada@example.org", False),
    ],
)
def test_whole_words_and_whole_numbers(text: str, found: bool) -> None:
    person = Person(frozenset({"Ada Lovelace"}), frozenset({"Ada@example.org"}), frozenset({"+49 340 123456"}))
    assert person.is_in(text) is found
