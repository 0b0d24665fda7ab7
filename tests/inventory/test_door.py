"""The write door: bound values, one transaction, a log that no write can bypass, states of earlier days."""

import random
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, create, open_file
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import changelog
from esdash.model import references
from tests.conftest import NOW, load_tiny_city
from tests.people import ADA, BOB, EVE, TESTER

NASTY = (
    "Robert'); DROP TABLE organization; --",
    '" OR 1=1 --',
    "$name ? {0} %s \\ \\u0041 \n\t",
    "ß Ä 中文 🙂 \u202e",
    "NULL",
)
MONDAY = {"weekday": 1, "begins": time(10), "ends": time(12, 30)}


@pytest.fixture(scope="module")
def town_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("town") / "i.duckdb"
    create(path, "empty", load_tiny_city, TESTER, lambda: NOW)
    return path.read_bytes()


@pytest.fixture
def tiny_path(town_file: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "inventory.duckdb"
    path.write_bytes(town_file)
    return path


@pytest.fixture
def tiny(tiny_path: Path, clock: Callable[[], datetime]) -> Iterator[Inventory]:
    """Musterstadt without the questions of the analysis, which the write door does not need."""
    inventory = open_file(tiny_path, clock=clock)
    yield inventory
    inventory.close()


def organization(key: str, **fields: Any) -> dict[str, Any]:
    return {"organization_id": key, "name": f"Verein {key}", **fields}


def add(inventory: Inventory, *rows: dict[str, Any], **signature: Any) -> None:
    with inventory.change(ADA, Action.EDIT_RECORDS, **signature) as change:
        change.insert("organization", rows)


def names(inventory: Inventory) -> list[str]:
    return [row["name"] for row in inventory.rows("SELECT name FROM organization ORDER BY name")]


def log(inventory: Inventory) -> list[dict[str, Any]]:
    """What the log says about organisations, without the city's reference data."""
    return inventory.rows(
        "SELECT changed_at, actor, reason, means, record_id, before ->> 'name' AS before, after ->> 'name' AS after, "
        "CAST(after ->> 'version' AS INTEGER) AS version "
        "FROM inventory.change_log WHERE table_name = 'organization' ORDER BY change_id"
    )


# ---------------------------------------------------------------- values


@pytest.mark.parametrize("text", NASTY)
def test_text_stays_text(tiny: Inventory, text: str) -> None:
    add(tiny, organization("a", note="x"), organization("b", note=text))
    with tiny.change(Actor(text), Action.EDIT_RECORDS, text) as change:
        change.update("organization", [{"organization_id": "a", "note": text}])
    assert [row["note"] for row in tiny.rows("FROM organization ORDER BY organization_id")] == [text, text]
    found = tiny.frame("FROM organization WHERE note = $note", note=text)
    assert set(found["organization_id"]) == {"a", "b"}
    assert tiny.value("SELECT count(*) FROM organization WHERE name = $name", name=text) == 0
    assert (log(tiny)[-1]["actor"], log(tiny)[-1]["reason"]) == (text, text)


def test_every_kind_of_value_comes_back(tiny: Inventory) -> None:
    add(tiny, organization("a"))
    given = {
        "initiative_id": "i",
        "organization_id": "a",
        "name": "Kurs",
        "theme_ids": ["homework"],
        "language_ids": [],
        "target_group_ids": None,
        "times": [MONDAY],
        "capacity": 0,
        "started_on": date(2026, 2, 28),
    }
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("initiative", [given])
    found = tiny.rows("FROM initiative")[0]
    assert {name: found[name] for name in given} == given
    assert (found["status"], found["version"], found["waiting"]) == ("active", 1, None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "  "},
        {"name": None},
        {"status": "gelöscht"},
        {"assured_on": "31.02.2026"},
        {"assured_on": "2026-02-31"},
        {"organization_id": "there"},
    ],
)
def test_a_broken_rule_is_a_message_and_nothing_is_kept(tiny: Inventory, wrong: dict[str, Any]) -> None:
    add(tiny, organization("there"))
    with pytest.raises(UserError) as caught, tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [organization("fine")])
        change.insert("organization", [organization("a") | wrong])
    assert caught.value.key == "rule_broken"
    assert names(tiny) == ["Verein there"]


def test_a_column_or_table_that_does_not_exist_is_an_error_of_the_programmer(tiny: Inventory) -> None:
    with pytest.raises(ValueError, match="no columns"), tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [organization("a", colour="red")])
    with pytest.raises(ValueError, match="no table"), tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization; DROP TABLE organization", [{"x": 1}])
    with pytest.raises(ValueError, match="same columns"), tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [organization("a"), organization("b", note="x")])
    assert names(tiny) == []


def test_the_connection_reaches_no_file_and_loads_no_code(
    tiny: Inventory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text("x\n1\n", encoding="utf-8")
    for sql in ("FROM read_csv('data.csv')", "SELECT content FROM read_text('data.csv')", "FROM 'data.csv'"):
        assert duckdb.execute(sql).fetchall()  # an open connection would read it
        with pytest.raises(duckdb.Error):
            tiny.rows(sql)
    for sql in (
        "COPY (SELECT 1) TO 'out.csv'",
        "ATTACH 'other.duckdb' AS other",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "INSTALL httpfs",
        "LOAD httpfs",
    ):
        with pytest.raises(duckdb.Error):
            tiny.rows(sql)
    assert not (tmp_path / "out.csv").exists()
    assert not (tmp_path / "other.duckdb").exists()


def test_the_connection_sees_no_variable_of_the_program(tiny: Inventory) -> None:
    secret = pd.DataFrame({"x": [1]})
    with pytest.raises(duckdb.CatalogException):
        tiny.frame("FROM secret")
    assert len(secret) == 1


# ---------------------------------------------------------------- one transaction


class Ended(BaseException):
    """An exception like the one by which Streamlit ends a run: not a subclass of Exception."""


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, Ended])
def test_nothing_is_kept_where_the_change_breaks_off(tiny: Inventory, error: type[BaseException]) -> None:
    add(tiny, organization("there"))
    before = log(tiny)
    with pytest.raises(error), tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [organization("a")])
        change.update("organization", [{"organization_id": "there", "name": "anders"}])
        change.remove("theme", ["homework"])
        raise error
    assert names(tiny) == ["Verein there"]
    assert log(tiny) == before
    assert tiny.value("SELECT count(*) FROM theme") == 6
    add(tiny, organization("later"))  # the write door still opens
    assert names(tiny) == ["Verein later", "Verein there"]


def test_others_see_a_change_only_when_it_is_complete(tiny: Inventory) -> None:
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("organization", [organization("a")])
        assert change.rows("SELECT count(*) AS n FROM inventory.organization") == [{"n": 1}]
        assert names(tiny) == []
    assert names(tiny) == ["Verein a"]


def test_the_second_writer_is_told(tiny: Inventory) -> None:
    add(tiny, organization("a"))
    seen = tiny.rows("SELECT organization_id, version FROM organization")[0]
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("organization", [seen | {"name": "Adas Name"}])
    with pytest.raises(UserError) as caught, tiny.change(BOB, Action.EDIT_RECORDS) as change:
        change.insert("organization", [organization("b")])
        change.update("organization", [seen | {"name": "Bobs Name"}])
    assert (caught.value.key, caught.value.values["record"]) == ("record_changed_meanwhile", "a")
    assert names(tiny) == ["Adas Name"]  # nor is the rest of Bob's change kept
    assert tiny.value("SELECT version FROM organization") == 2


def test_a_record_that_is_gone_cannot_be_changed(tiny: Inventory) -> None:
    with pytest.raises(UserError) as caught, tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("organization", [{"organization_id": "gone", "name": "x"}])
    assert caught.value.key == "record_changed_meanwhile"


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("contact", {"contact_id": "c", "organization_id": "gone", "role": "x"}, "organization_id"),
        (
            "initiative",
            {"initiative_id": "i", "organization_id": "a", "name": "x", "theme_ids": ["homework", "gone"]},
            "theme_ids",
        ),
        ("overlap_case", {"overlap_case_id": "x", "initiative_ids": ["gone"]}, "initiative_ids"),
        ("idea", {"idea_id": "x", "text": "x", "district_id": "gone"}, "district_id"),
    ],
)
def test_what_a_record_names_must_exist(tiny: Inventory, table: str, row: dict[str, Any], column: str) -> None:
    add(tiny, organization("a"))
    with pytest.raises(UserError) as caught, tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert(table, [row])
    assert (caught.value.key, caught.value.values["column_name"]) == ("reference_broken", column)
    assert caught.value.values["named"] == "gone"
    assert tiny.value(f"SELECT count(*) FROM inventory.{table}") == 0


def test_what_is_named_cannot_be_removed(tiny: Inventory) -> None:
    add(tiny, organization("a"))
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.insert("contact", [{"contact_id": "c", "organization_id": "a", "role": "x"}])
    with pytest.raises(UserError) as caught, tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.remove("organization", ["a"])
    assert caught.value.key == "reference_broken"
    assert names(tiny) == ["Verein a"]


def test_every_column_that_names_a_record_is_checked(tiny: Inventory) -> None:
    columns = tiny.rows(
        "SELECT table_name AS t, column_name AS c FROM duckdb_columns() WHERE database_name = 'inventory' "
        "AND (column_name LIKE '%\\_id' ESCAPE '\\' OR column_name LIKE '%\\_ids' ESCAPE '\\')"
    )
    unlogged = changelog.NOT_LOGGED - {"open_voice", "list_file", "wish"}
    named = {(row["t"], row["c"]) for row in columns if row["t"] not in unlogged}
    own_keys = {(t, f"{t}_id") for t, _ in named}
    # Findings are derived: their ids need no record. change_log and imports hold no references.
    derived = {(t, c) for t, c in named if c == "finding_id"}
    # A merge remembers places in the log; an erased contact may be missing from an older backup that comes back.
    no_records = {("record_alias", "first_change_id"), ("record_alias", "last_change_id"), ("erasure", "contact_id")}
    no_records |= {("succession", "first_change_id"), ("succession", "last_change_id")}
    no_records |= {("open_voice", "seat_organization_id")}  # a merge could not take it back, because it is not logged
    checked = (set(references.REFERENCES) | set(references.PAIRS)) - {("theme", "theme_id")}
    assert named - own_keys - derived - no_records == checked


# ---------------------------------------------------------------- the log


def test_the_log_says_who_why_when_and_what(tiny: Inventory) -> None:
    with tiny.change(ADA, Action.IMPORT_TABLE, "neu") as change:
        change.insert("organization", [organization("a")])
    with tiny.change(BOB, Action.EDIT_RECORDS, "Umbenennung") as change:
        change.update("organization", [{"organization_id": "a", "name": "Anders"}])
    with tiny.change(EVE, Action.EDIT_RECORDS) as change:
        change.remove("organization", ["a"])
    now = NOW.replace(tzinfo=None)
    same = {"changed_at": now, "record_id": "a"}
    assert log(tiny) == [
        {"actor": "Ada", "reason": "neu", "means": "import", "before": None, "after": "Verein a", "version": 1} | same,
        {
            "actor": "Bob",
            "reason": "Umbenennung",
            "means": "form",
            "before": "Verein a",
            "after": "Anders",
            "version": 2,
        }
        | same,
        {"actor": "Eve", "reason": None, "means": "form", "before": "Anders", "after": None, "version": None} | same,
    ]


def test_every_record_of_a_change_has_its_entry(tiny: Inventory) -> None:
    add(tiny, *(organization(f"o{n}") for n in range(7)))
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("organization", [{"organization_id": f"o{n}", "note": "x"} for n in range(5)])
        change.remove("organization", ["o5", "o6"])
    assert len(log(tiny)) == 7 + 5 + 2


def test_every_table_but_the_log_itself_is_logged(tiny: Inventory) -> None:
    tables = {row["t"] for row in tiny.rows("SELECT table_name AS t FROM duckdb_tables() WHERE NOT temporary")}
    triggers = tiny.rows("SELECT trigger_name AS n FROM duckdb_triggers()")
    expected = {f"log_{t}_{e}" for t in tables - changelog.NOT_LOGGED for e in ("insert", "update", "delete")}
    assert {row["n"] for row in triggers} == expected
    assert len(expected) > 60


def test_writing_past_the_door_is_logged_too(tiny: Inventory, tiny_path: Path, clock: Callable[[], datetime]) -> None:
    add(tiny, organization("a"))
    tiny.close()
    before = datetime.now(UTC).replace(tzinfo=None)
    raw = duckdb.connect()
    raw.execute("SET TimeZone = 'UTC'")
    raw.execute("ATTACH $path AS inventory", {"path": str(tiny_path)})
    raw.execute("INSERT INTO inventory.organization (organization_id, name) VALUES ('b', 'Hintenrum')")
    raw.execute("UPDATE inventory.organization SET name = 'Anders' WHERE organization_id = 'a'")
    raw.execute("DELETE FROM inventory.organization WHERE organization_id = 'b'")
    raw.close()
    again = open_file(tiny_path, clock=clock)
    entries = log(again)[1:]
    again.close()
    assert [(e["record_id"], e["before"], e["after"]) for e in entries] == [
        ("b", None, "Hintenrum"),
        ("a", "Verein a", "Anders"),
        ("b", "Hintenrum", None),
    ]
    assert {(e["actor"], e["means"], e["reason"]) for e in entries} == {("direct", "direct", None)}
    assert all(before <= e["changed_at"] <= datetime.now(UTC).replace(tzinfo=None) for e in entries)


# ---------------------------------------------------------------- the past


def test_the_past_is_read_only_and_has_its_limits(tiny: Inventory) -> None:
    today = tiny.today()
    past = tiny.as_of(today)
    with pytest.raises(UserError) as caught, past.change(ADA, Action.EDIT_RECORDS):
        pass
    assert caught.value.key == "inventory_read_only"
    for day in (today - timedelta(days=1), today + timedelta(days=1)):  # before the first entry, in the future
        with pytest.raises(UserError) as caught:
            tiny.as_of(day)
        assert caught.value.key == "no_state_at_date"


class Days:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def everything(inventory: Inventory) -> dict[str, list[dict[str, Any]]]:
    """All rows of all logged tables."""
    tables = inventory.rows("SELECT table_name AS t FROM duckdb_tables() WHERE database_name = 'inventory' ORDER BY t")
    logged = [row["t"] for row in tables if row["t"] not in changelog.NOT_LOGGED]
    return {t: inventory.rows(f"FROM inventory.{t} ORDER BY {changelog.key_column(t)}") for t in logged}


def some_text(chance: random.Random) -> str | None:
    return chance.choice([None, "", *NASTY, f"Text {chance.random()}"])


def edit(inventory: Inventory, chance: random.Random, number: int) -> None:
    """One change of a random kind: several tables, lists, times, fractions, JSON, removed and added again."""
    offers = [row["initiative_id"] for row in inventory.rows("FROM initiative")]
    with inventory.change(Actor(f"Person {number}"), Action.EDIT_RECORDS, some_text(chance)) as change:
        if number == 0 or chance.random() < 0.2:
            change.insert("organization", [organization(f"o{number}", note=some_text(chance))])
        if chance.random() < 0.6:
            key = f"i{chance.randrange(12)}"  # ids come back after they were removed
            fields = {
                "organization_id": "o0",
                "name": f"Kurs {number}",
                "note": some_text(chance),
                "theme_ids": chance.choice([None, [], ["homework"], ["education", "essentials"]]),
                "times": chance.choice([None, [], [MONDAY], [MONDAY, MONDAY | {"weekday": 7}]]),
                "capacity": chance.choice([None, 0, 7]),
                "ended_on": chance.choice([None, "2027-02-28"]),
            }
            (change.update if key in offers else change.insert)("initiative", [{"initiative_id": key, **fields}])
        elif offers:
            change.remove("initiative", chance.sample(offers, min(2, len(offers))))
        if chance.random() < 0.4:
            persons = chance.choice([0, 1 / 3, 1e-9, 123456.789])
            change.update("population", [{"population_id": f"0{chance.randint(1, 3)}|adults", "persons": persons}])
        if chance.random() < 0.3:
            shape = {"type": "Point", "coordinates": [chance.random(), -0.1], "ä": ['"', None, {}]}
            change.update("district", [{"district_id": "02", "geometry": shape, "lat": chance.uniform(50, 53)}])
        if chance.random() < 0.3:
            item = {
                "priority_item_id": f"gap|{number}",
                "evidence": [1, {"x": None}],
                "legal": chance.choice([None, True]),
            }
            change.insert("priority_item", [item])


@pytest.mark.parametrize("seed", [1, 2])
def test_the_past_is_what_was_there(tmp_path: Path, seed: int) -> None:
    """Every day's state, written down on that day, is found again later; also after the file was closed."""
    path, days, chance = tmp_path / "i.duckdb", Days(), random.Random(seed)
    create(path, "empty", load_tiny_city, TESTER, days)
    inventory = open_file(path, clock=days)
    seen = {}
    number = 0
    for edits in [3, 0, 4, 2, 5, 1]:
        for _ in range(edits):
            edit(inventory, chance, number)
            number += 1
        seen[days.now.date()] = everything(inventory)
        days.now += timedelta(days=chance.choice([1, 1, 30]), hours=chance.choice([-2, 0, 2]))
    inventory.close()
    inventory = open_file(path, clock=days)
    assert len({str(state) for state in seen.values()}) >= 4  # the days differ
    for day in chance.sample(sorted(seen), len(seen)):
        past = inventory.as_of(day)
        assert everything(past) == seen[day], day
        assert past.today() == day
    assert everything(inventory) == seen[max(seen)]
    inventory.close()


def test_the_past_has_its_own_log_and_past(tmp_path: Path) -> None:
    path, days = tmp_path / "i.duckdb", Days()
    create(path, "empty", load_tiny_city, TESTER, days)
    inventory = open_file(path, clock=days)
    for name in "abc":
        add(inventory, organization(name))
        days.now += timedelta(days=1)
    second = inventory.as_of(NOW.date() + timedelta(days=1))
    assert [entry["record_id"] for entry in log(second)] == ["a", "b"]
    assert names(second.as_of(NOW.date())) == ["Verein a"]
    add(inventory, organization("d"))
    assert names(inventory.as_of(inventory.today())) == [f"Verein {name}" for name in "abcd"]  # not the kept state
    inventory.close()


# ---------------------------------------------------------------- kept answers


def test_a_kept_answer_is_renewed_by_a_change(tiny: Inventory) -> None:
    question = "SELECT name FROM organization WHERE name LIKE $like ORDER BY name"
    assert len(tiny.frame(question, like="V%")) == 0
    add(tiny, organization("a"))
    assert tiny.frame(question, like="V%")["name"].tolist() == ["Verein a"]
    assert len(tiny.frame(question, like="X%")) == 0  # another question
    with tiny.change(ADA, Action.EDIT_RECORDS) as change:
        change.remove("organization", ["a"])
    assert len(tiny.frame(question, like="V%")) == 0


def test_a_kept_answer_is_renewed_on_the_next_day(tmp_path: Path) -> None:
    days = Days()
    create(tmp_path / "i.duckdb", "empty", load_tiny_city, TESTER, days)
    inventory = open_file(tmp_path / "i.duckdb", clock=days)
    assert inventory.frame("FROM clock")["today"][0] == pd.Timestamp(NOW.date())
    days.now += timedelta(days=1)
    assert inventory.frame("FROM clock")["today"][0] == pd.Timestamp(NOW.date() + timedelta(days=1))
    inventory.close()


def spoil_values(frame: pd.DataFrame) -> None:
    frame.loc[0, "name"] = "verdorben"
    frame["lat"] = 0.0
    del frame["words"]
    frame.columns = [f"x_{name}" for name in frame.columns]


def spoil_arrays(frame: pd.DataFrame) -> None:
    for column in ("lat", "words"):
        with pytest.raises(ValueError, match="read-only"):
            frame[column].to_numpy()[0] = None


def spoil_lists(frame: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="read-only"):
        frame["words"][0][0] = "verdorben"


@pytest.mark.parametrize("spoil", [spoil_values, spoil_arrays, spoil_lists])
def test_nobody_can_spoil_a_kept_answer(tiny: Inventory, spoil: Callable[[pd.DataFrame], None]) -> None:
    question = "SELECT name, lat, [name, 'x'] AS words FROM district ORDER BY district_id"
    expected = [["Mitte", 52.005, ["Mitte", "x"]], ["Nordvorstadt", 52.015, ["Nordvorstadt", "x"]]]
    for _ in range(3):
        frame = tiny.frame(question)
        rows = [[name, lat, list(words)] for name, lat, words in frame.itertuples(index=False)]
        assert rows[:2] == expected
        spoil(frame)


# ---------------------------------------------------------------- threads


@pytest.fixture
def failures() -> Iterator[list[BaseException]]:
    yield []


def test_eight_readers_and_a_writer(tiny: Inventory, failures: list[BaseException]) -> None:
    """A change adds two organisations: readers never see one of them alone, nor fewer than before.

    A kept answer may be as old as the moment before the change that another thread just finishes, not older.
    """
    done = threading.Event()

    def guarded(work: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            try:
                work()
            except BaseException as error:
                failures.append(error)

        return run

    def read() -> None:
        last = [0, 0]
        for turn in range(50):
            if turn % 2 == 0:
                count = int(tiny.frame("SELECT count(*) AS n FROM organization")["n"][0])
            elif turn % 4 == 1:
                count = tiny.value("SELECT count(*) FROM organization WHERE name LIKE $like", like="V%")
            else:
                count = len(tiny.rows("FROM organization"))
            assert count % 2 == 0
            assert count >= last[turn % 2]
            last[turn % 2] = count

    def write() -> None:
        number = 0
        while not done.is_set():
            with tiny.change(ADA, Action.EDIT_RECORDS) as change:
                change.insert("organization", [organization(f"a{number}")])
                change.insert("organization", [organization(f"b{number}")])
            number += 1

    readers = [threading.Thread(target=guarded(read)) for _ in range(8)]
    writer = threading.Thread(target=guarded(write))
    writer.start()
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(60)
    done.set()
    writer.join(60)
    assert failures == []
    assert not writer.is_alive()
    assert len(names(tiny)) > 2
    assert int(tiny.frame("SELECT count(*) AS n FROM organization")["n"][0]) == len(names(tiny))


def test_writers_wait_for_each_other(tiny: Inventory, failures: list[BaseException]) -> None:
    add(tiny, organization("a", note="0"))

    def count_up() -> None:
        try:
            for _ in range(10):
                with tiny.change(ADA, Action.EDIT_RECORDS) as change:
                    note = change.rows("SELECT note FROM inventory.organization")[0]["note"]
                    change.update("organization", [{"organization_id": "a", "note": str(int(note) + 1)}])
        except BaseException as error:
            failures.append(error)

    writers = [threading.Thread(target=count_up) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert failures == []
    assert tiny.value("SELECT note FROM organization") == "40"
