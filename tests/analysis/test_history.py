"""The history of one record, and the inventory of every past day as it was exported on that day."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash import exports
from esdash.analysis import open_inventory
from esdash.analysis.coverage import gaps
from esdash.analysis.records import history, records
from esdash.commands.records import tables as exports_of
from esdash.errors import UserError
from esdash.inventory import Inventory, create, editing, importing, merging
from esdash.inventory.access import Action, Actor
from esdash.texts import Text
from tests.conftest import load_tiny_city
from tests.inventory.replay import State, replayed, tables
from tests.people import ADA, BEN, CEM, TESTER
from tests.trials import WITHOUT_SHRINKING, always_the_same

DAYS, EDITS_A_DAY = 5, 6
EVERY = {"add", "change", "status", "assure", "restore", "remove", "contact"}  # what people do with a record
Files = dict[str, bytes]  # name of an export → the file


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:  # type: ignore[override]
    return Clock()


@pytest.fixture
def lived(tmp_path: Path, clock: Clock) -> Iterator[Inventory]:
    """Musterstadt with two organisations, on a clock that moves."""
    create(tmp_path / "i.duckdb", "empty", load_tiny_city, TESTER, clock)
    inventory = open_inventory(tmp_path / "i.duckdb", clock=clock)
    with inventory.change(ADA, Action.EDIT_RECORDS, "Aufnahme") as change:
        change.insert("organization", [{"organization_id": f"o{n}", "name": f"Verein {n}"} for n in (1, 2)])
    yield inventory
    inventory.close()


def save(
    inventory: Inventory, table: str, values: dict[str, Any], version: int | None = None, actor: str = "Ada"
) -> str:
    return editing.save(inventory, table, values, version, Actor(actor), "im Test", editing.new_key())


def test_the_history_of_a_record(lived: Inventory, clock: Clock) -> None:
    key = save(lived, "initiative", {"name": "Café", "organization_id": "o1", "capacity": 10})
    save(lived, "initiative", {"name": "Chor", "organization_id": "o1"})
    clock.now += timedelta(days=1)
    save(lived, "initiative", {"initiative_id": key, "capacity": None, "theme_ids": ["homework"]}, 1, "Ben")
    editing.assure(lived, "initiative", [key], CEM)
    shown = history.of(lived, "initiative", key)
    newest = shown[["actor", "reason", "means", "event", "field", "before", "after"]].head(4).astype(object)
    assert newest.where(newest.notna(), None).values.tolist() == [
        ["Cem", None, "form", "changed", "assured_by", None, "Cem"],
        ["Cem", None, "form", "changed", "assured_on", None, "2026-03-02"],
        ["Ben", "im Test", "form", "changed", "capacity", "10", None],
        ["Ben", "im Test", "form", "changed", "theme_ids", None, '["homework"]'],
    ]
    added = shown[shown["event"] == "added"]
    assert set(added["field"]) == {"initiative_id", "name", "organization_id", "capacity", "status"}
    assert set(added["changed_at"].dt.date) == {date(2026, 3, 1)}
    before = history.version_at(lived, int(added["change_id"].iloc[0]))
    assert before is not None
    assert (before["capacity"], before["theme_ids"], before["assured_on"]) == (10, None, None)
    after = history.version_at(lived, int(shown["change_id"].iloc[0]))
    assert after is not None
    assert (after["capacity"], after["theme_ids"], after["assured_on"]) == (None, ["homework"], date(2026, 3, 2))


def test_the_history_names_no_person(lived: Inventory) -> None:
    values = {
        "organization_id": "o1",
        "role": "Büro",
        "name": "Ada Lovelace",
        "email": "ada@awo.de",
        "consent_scope": "intern",
    }
    key = save(lived, "contact", values)
    shown = history.of(lived, "contact", key)
    assert "Lovelace" not in shown.to_csv() and "ada@" not in shown.to_csv()
    assert {"name", "email"} <= set(shown["field"])
    state = history.version_at(lived, int(shown["change_id"].iloc[0]))
    assert state is not None and not {"name", "email", "phone", "note"} & state.keys()
    assert state["role"] == "Büro"


def test_a_removed_record_and_an_unknown_change(lived: Inventory) -> None:
    with lived.change(ADA, Action.EDIT_RECORDS) as change:
        change.remove("organization", ["o2"])
    shown = history.of(lived, "organization", "o2")
    assert shown["event"].tolist()[0] == "removed"
    assert history.version_at(lived, int(shown["change_id"].iloc[0])) is None
    with pytest.raises(UserError, match="history_no_change"):
        history.version_at(lived, 10**9)


# ---------------------------------------------------------------- every past day (METHODS M10)


def test_a_past_day_is_exported_as_it_was_on_that_day(tmp_path: Path) -> None:
    """Over random steps of every kind: the tables, and the files that leave, byte for byte."""
    seen: set[str] = set()

    @always_the_same(1, 3, **WITHOUT_SHRINKING)
    @given(st.integers(0, 10_000))
    def lives(seed: int) -> None:
        # a seed, not randomness of hypothesis: keys are drawn besides, and a run is never quite the same
        chance, clock = random.Random(seed), Clock()
        folder = tmp_path / f"{seed}-{uuid4().hex}"
        folder.mkdir()
        create(folder / "i.duckdb", "empty", load_tiny_city, TESTER, clock)
        inventory = open_inventory(folder / "i.duckdb", clock=clock)
        with inventory.change(ADA, Action.EDIT_RECORDS, "Aufnahme") as change:
            change.insert("organization", [{"organization_id": f"o{n}", "name": f"Verein {n}"} for n in (1, 2, 3)])
        exported: dict[date, tuple[State, Files]] = {}
        for _ in range(DAYS):
            for _ in range(EDITS_A_DAY):
                clock.now += timedelta(minutes=chance.randint(1, 90))
                seen.add(step(inventory, chance, folder, EVERY - seen))
            exported[inventory.today()] = tables(inventory), files(inventory)  # the day of the city, not of UTC
            clock.now += timedelta(days=chance.choice([1, 1, 2, 40]))
        assert replayed(inventory) == tables(inventory)
        first, expected = min(exported), exported[min(exported)]
        for day in (first + timedelta(days=n) for n in range((max(exported) - first).days + 1)):
            expected = exported.get(day, expected)
            if day in exported:
                then = inventory.as_of(day)
                assert (tables(then), files(then)) == expected, day
            elif chance.random() < 0.05:  # on days on which nothing happened too; freshness depends on the day
                assert tables(inventory.as_of(day)) == expected[0], day
        inventory.close()

    lives()
    assert seen >= EVERY
    assert seen >= {"import", "undo", "merge", "unmerge"}


def files(inventory: Inventory) -> Files:
    """What the command line writes, in each of its forms."""
    made: Files = {}
    frames = {name: exports_of()[name](inventory) for name in ("initiatives", "organizations", "contact-points")}
    missing = gaps.ranked(inventory).round(9)  # a table that was rebuilt is summed up in another order
    for name, frame in {**frames, "gaps": missing}.items():
        made[f"{name}.csv"] = exports.plain_csv(frame)
        made[f"{name}.json"] = exports.json_file(frame)
    exchanged = records.exchange(inventory)
    made["hsds.json"] = exports.hsds_file(exchanged)
    sheet = exports.Sheet("a", "a", frame := exports_of()["initiatives"](inventory), exports.columns_of(frame))
    made["initiatives.xlsx"] = exports.xlsx_file([sheet], Text("de"), created=datetime(2026, 1, 1))
    return made


def step(inventory: Inventory, chance: random.Random, folder: Path, unseen: set[str]) -> str:
    """One thing that people do with the inventory, by chance; what it was. Of a record first what is yet `unseen`."""
    act = chance.choice(["edit", "edit", "edit", "import", "undo", "merge", "unmerge"])
    try:
        if act in ("import", "undo"):
            lines = [f"Angebot {chance.randint(1, 5)}{n};Verein {n};{chance.randint(1, 9)}" for n in (1, 2, 3)]
            (folder / "liste.csv").write_text("\n".join(["Angebot;Organisation;Plätze", *lines]), encoding="utf-8")
            plan = importing.plan(inventory, folder / "liste.csv")
            run = importing.run(inventory, plan, ADA, backup=False)
            if act == "undo":
                if chance.random() < 0.5:
                    edit(inventory, chance)  # of another record, or the undo is refused
                importing.undo(inventory, run, BEN)
        elif act == "merge":
            table = chance.choice(["organization", "initiative"])
            keys = [
                row["k"] for row in inventory.rows(f"SELECT {table}_id AS k FROM {table} WHERE status <> 'archived'")
            ]
            merging.merge(inventory, table, *chance.sample(sorted(keys), 2), {"note": "eins"}, CEM)
        elif act == "unmerge":
            merges = inventory.rows("FROM record_alias ORDER BY last_change_id DESC")
            merging.undo_merge(inventory, merges[0]["record_alias_id"] if merges else "keine", CEM)
        else:
            return edit(inventory, chance, unseen)
    except (
        UserError,
        ValueError,
    ):  # refused, and nothing changed: there is nothing to take back, or others edited since
        return "refused"
    return act


def edit(inventory: Inventory, chance: random.Random, unseen: set[str] = EVERY) -> str:
    """One thing that people do with a record, by chance; what it was."""
    keys = [row["k"] for row in inventory.rows("SELECT initiative_id AS k FROM initiative ORDER BY 1")]
    act = chance.choice(sorted(unseen) or ["add", "add", "change", "change", *sorted(EVERY)])
    values = {
        "organization_id": chance.choice(["o1", "o2"]),
        "capacity": chance.choice([None, 0, 7, 12]),
        "theme_ids": chance.choice([None, [], ["homework"], ["german_courses", "homework"]]),
        "times": chance.choice([None, "Mo 9-10", "Di 14:00-16:30; Fr 9-12"]),
        "started_on": chance.choice([None, "1.2.2026"]),
        "note": chance.choice([None, 'Zeile 1\nZeile 2 "quer" \\ 😀', "Größe"]),
    }
    if act == "add" or not keys:
        save(inventory, "initiative", {"name": f"Angebot {chance.randint(1, 10**6)}", **values})
        return "add"
    key = chance.choice(keys)
    if act == "change":
        save(
            inventory,
            "initiative",
            {"initiative_id": key, **values},
            editing.draft(inventory, "initiative", key).version,
        )
    elif act == "status":
        status = inventory.value("SELECT status FROM initiative WHERE initiative_id = $key", key=key)
        action = chance.choice(editing.possible_actions("initiative", status))
        editing.set_status(inventory, "initiative", [key], action, ADA, None)
    elif act == "assure":
        editing.assure(inventory, "initiative", chance.sample(keys, min(3, len(keys))), BEN)
    elif act == "restore":
        entries = inventory.rows("FROM inventory.change_log WHERE record_id = $key AND after IS NOT NULL", key=key)
        editing.restore_version(inventory, "initiative", key, chance.choice(entries)["change_id"], CEM, None)
    elif act == "remove":
        with inventory.change(ADA, Action.EDIT_RECORDS) as change:
            change.remove("initiative", [key])
    else:
        contact = save(inventory, "contact", {"organization_id": "o1", "role": f"Büro {chance.randint(1, 10**6)}"})
        version = editing.draft(inventory, "initiative", key).version
        save(inventory, "initiative", {"initiative_id": key, "contact_id": contact}, version)
    return act
