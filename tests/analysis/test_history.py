"""The history of one record, and the inventory of every past day as it was exported on that day."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from esdash.analysis import history, open_inventory
from esdash.errors import UserError
from esdash.inventory import Inventory, create, editing, open_file
from tests.conftest import load_tiny_city
from tests.inventory.replay import State, replayed, tables

SEED, DAYS, EDITS_A_DAY = 20261122, 12, 6


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
    create(tmp_path / "i.duckdb", "empty", load_tiny_city, clock)
    inventory = open_inventory(tmp_path / "i.duckdb", clock=clock)
    with inventory.change("Ada", "Aufnahme") as change:
        change.insert("organization", [{"organization_id": f"o{n}", "name": f"Verein {n}"} for n in (1, 2)])
    yield inventory
    inventory.close()


@pytest.fixture
def bare(lived: Inventory, clock: Clock) -> Iterator[Inventory]:
    """The same without the questions of the analysis, which every past state would load."""
    assert lived.path is not None
    lived.close()
    inventory = open_file(lived.path, clock=clock)
    yield inventory
    inventory.close()


def save(
    inventory: Inventory, table: str, values: dict[str, Any], version: int | None = None, actor: str = "Ada"
) -> str:
    return editing.save(inventory, table, values, version, actor, "im Test", editing.new_key())


def test_the_history_of_a_record(lived: Inventory, clock: Clock) -> None:
    key = save(lived, "initiative", {"name": "Café", "organization_id": "o1", "capacity": 10})
    save(lived, "initiative", {"name": "Chor", "organization_id": "o1"})
    clock.now += timedelta(days=1)
    save(lived, "initiative", {"initiative_id": key, "capacity": None, "theme_ids": ["homework"]}, 1, "Ben")
    editing.assure(lived, "initiative", [key], "Cem")
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
    with lived.change("Ada") as change:
        change.remove("organization", ["o2"])
    shown = history.of(lived, "organization", "o2")
    assert shown["event"].tolist()[0] == "removed"
    assert history.version_at(lived, int(shown["change_id"].iloc[0])) is None
    with pytest.raises(UserError, match="history_no_change"):
        history.version_at(lived, 10**9)


# ---------------------------------------------------------------- every past day (METHODS M10)


def test_the_state_of_a_past_day_is_what_was_exported_then(bare: Inventory, clock: Clock) -> None:
    chance = random.Random(SEED)
    exported: dict[date, State] = {clock.now.date(): tables(bare)}
    for _ in range(DAYS):
        clock.now += timedelta(days=chance.choice([1, 1, 2, 40]))
        for _ in range(EDITS_A_DAY):
            clock.now += timedelta(minutes=chance.randint(1, 90))
            edit(bare, chance)
        exported[clock.now.date()] = tables(bare)
    assert replayed(bare) == tables(bare)
    first, last = min(exported), max(exported)
    expected = exported[first]
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        expected = exported.get(day, expected)
        if day in exported or chance.random() < 0.1:  # also days on which nothing happened
            assert tables(bare.as_of(day)) == expected, day


def edit(inventory: Inventory, chance: random.Random) -> None:
    """One thing that people do with a record, by chance."""
    keys = [row["k"] for row in inventory.rows("SELECT initiative_id AS k FROM initiative ORDER BY 1")]
    act = chance.choice(["add", "add", "change", "change", "status", "assure", "restore", "remove", "contact"])
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
        return
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
        editing.set_status(inventory, "initiative", [key], action, "Ada", None)
    elif act == "assure":
        editing.assure(inventory, "initiative", chance.sample(keys, min(3, len(keys))), "Ben")
    elif act == "restore":
        entries = inventory.rows("FROM inventory.change_log WHERE record_id = $key AND after IS NOT NULL", key=key)
        editing.restore_version(inventory, "initiative", key, chance.choice(entries)["change_id"], "Cem", None)
    elif act == "remove":
        with inventory.change("Ada") as change:
            change.remove("initiative", [key])
    else:
        contact = save(inventory, "contact", {"organization_id": "o1", "role": f"Büro {chance.randint(1, 10**6)}"})
        version = editing.draft(inventory, "initiative", key).version
        save(inventory, "initiative", {"initiative_id": key, "contact_id": contact}, version)
