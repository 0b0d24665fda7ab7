"""What a sender's headers and words mean is remembered, used for their next file, and forgotten when asked."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory, create, editing, importing, merging, open_file
from esdash.inventory.access import Action
from esdash.inventory.file import files
from esdash.inventory.privacy import erasure
from tests.conftest import NOW, load_tiny_city
from tests.people import ADA, BEN, TESTER

OFFERS = "Was;Wer;Für\nNähcafé;AWO;Damen; \nLesekreis;AWO;Damen;\n"
SAID: dict[str, Any] = {
    "columns": {"Was": "name", "Wer": "organization_id", "Für": "target_group_ids"},
    "values": {"target_group_ids": {"Damen": "women", "Herren": "adults"}},
}

Load = Callable[..., importing.Plan]


@pytest.fixture
def load(tiny: Inventory, tmp_path: Path) -> Load:
    """Plan a text as a CSV file from a sender, run it and learn from it."""
    with tiny.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "awo", "name": "AWO"}])

    def load(text: str, sender: str | None = "Jobcenter", mapping: object = None, run: bool = True) -> importing.Plan:
        path = tmp_path / "liste.csv"
        path.write_text(text, encoding="utf-8")
        plan = importing.plan(tiny, path, mapping=mapping, sender=sender)  # type: ignore[arg-type]
        if run:
            importing.run(tiny, plan, ADA)
            importing.learn(tiny, plan, ADA)
        return plan

    return load


def known(inventory: Inventory) -> list[tuple[Any, ...]]:
    rows = inventory.rows("FROM inventory.sender_mapping ORDER BY field NULLS FIRST, word")
    return [(row["sender"], row["kind"], row["field"], row["word"], row["meaning"]) for row in rows]


def test_the_next_file_needs_no_mapping(tiny: Inventory, load: Load) -> None:
    load(OFFERS, mapping=SAID)
    plan = load("Für;Was;Wer\nDamen;Töpfern;AWO\n", sender=" jobcenter ")
    assert (plan.kind.name, plan.unmatched, plan.faults, plan.counts["new"]) == ("initiatives", (), (), 1)
    assert plan.rows[0].values["target_group_ids"] == ["women"]
    (notice,) = plan.notices
    assert (notice.key, notice.values) == ("import.notice_learned", {"sender": "Jobcenter", "n": 4})


def test_what_is_kept(tiny: Inventory, load: Load) -> None:
    load(OFFERS, mapping=SAID)
    assert known(tiny) == [  # as written, and only what the file has: nobody said what "Herren" means in it
        ("Jobcenter", "initiatives", None, "Für", "target_group_ids"),
        ("Jobcenter", "initiatives", None, "Was", "name"),
        ("Jobcenter", "initiatives", None, "Wer", "organization_id"),
        ("Jobcenter", "initiatives", "target_group_ids", "Damen", "women"),
    ]
    (row,) = tiny.rows("FROM inventory.sender_mapping WHERE word = 'Damen'")
    assert (row["learned_on"], row["version"]) == (date(2026, 11, 22), 1)
    (run,) = importing.runs(tiny)
    assert (run["sender"], run["rows_faulty"]) == ("Jobcenter", 0)
    assert importing.senders(tiny) == ["Jobcenter"]


def test_nobody_else_and_no_other_kind_is_understood(tiny: Inventory, load: Load) -> None:
    load(OFFERS, mapping=SAID)
    for sender in (None, "AWO"):
        with pytest.raises(UserError, match="import_kind_unclear"):
            load("Für;Was;Wer\nDamen;Töpfern;AWO\n", sender=sender)
    plan = load("Organisation;Für\nVerein;Damen\n")
    assert (plan.kind.name, plan.unmatched) == ("organizations", ("Für",))


def test_without_a_sender_nothing_is_kept(tiny: Inventory, load: Load) -> None:
    load(OFFERS, sender=None, mapping=SAID)
    assert known(tiny) == []
    assert importing.runs(tiny)[0]["sender"] is None


def test_what_is_said_now_counts_more_and_is_kept(tiny: Inventory, load: Load) -> None:
    load(OFFERS, mapping=SAID)
    plan = load(OFFERS, mapping={"values": {"target_group_ids": {"damen": "adults"}}})
    assert plan.rows[0].differences[0].after == ["adults"]
    assert ("Jobcenter", "initiatives", "target_group_ids", "Damen", "adults") in known(tiny)
    assert len(known(tiny)) == 4


def test_a_list_with_commas_and_words_left_out(tiny: Inventory, load: Load) -> None:
    said = {**SAID, "values": {"target_group_ids": {"Damen": "women", "alle anderen": None}}}
    plan = load('Was;Wer;Für\nA;AWO;"Kinder, Damen"\nB;AWO;alle anderen; \nC;AWO;"Damen; alle anderen"\n', mapping=said)
    assert plan.faults == ()
    assert [row.values.get("target_group_ids") for row in plan.rows] == [["children", "women"], None, ["women"]]


def test_people_are_not_kept(tiny: Inventory, load: Load) -> None:
    with tiny.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert("contact", [{"contact_id": "k", "organization_id": "awo", "role": "Leitung"}])
    said = {**SAID, "values": {"contact_id": {"Frau Geheim": "k"}}}
    load("Was;Wer;Kontakt\nNähcafé;AWO;Frau Geheim\n", mapping=said)
    assert tiny.value("SELECT contact_id FROM inventory.initiative") == "k"
    assert "Geheim" not in json.dumps(known(tiny))


def test_a_person_as_sender_can_be_erased(tmp_path: Path) -> None:
    path = tmp_path / "i.duckdb"
    create(path, "empty", load_tiny_city, TESTER, lambda: NOW)
    inventory = open_file(path, clock=lambda: NOW)
    with inventory.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "awo", "name": "AWO"}])
        contact = {"contact_id": "k", "organization_id": "awo", "role": "Leitung", "name": "Berta Geheim"}
        change.insert("contact", [{**contact, "consent_scope": "internal"}])
    (tmp_path / "l.csv").write_text(OFFERS, encoding="utf-8")
    plan = importing.plan(inventory, tmp_path / "l.csv", mapping=SAID, sender="Berta Geheim")
    importing.run(inventory, plan, ADA)
    importing.learn(inventory, plan, ADA)
    report = erasure.erase(inventory, "k", ADA, "auf Wunsch")
    assert report.found[("sender_mapping", "sender")] == 4
    assert report.found[("import_run", "sender")] == 1
    assert "Geheim" not in str(known(inventory)) + str(importing.runs(inventory))
    inventory.close()
    assert b"Geheim" not in path.read_bytes()


def test_what_is_gone_is_asked_again_and_what_was_merged_is_followed(tiny: Inventory, load: Load) -> None:
    with tiny.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "awo2", "name": "Arbeiterwohlfahrt Kreis"}])
    said = {**SAID, "values": {"organization_id": {"die Wohlfahrt": "awo2"}}}
    load("Was;Wer\nNähcafé;die Wohlfahrt\n", mapping=said)
    merging.merge(tiny, "organization", "awo", "awo2", {}, ADA, "dieselbe")
    assert importing.learned(tiny, "Jobcenter")["initiatives"].values == {"organization_id": {"diewohlfahrt": "awo"}}
    with tiny.change(TESTER, Action.EDIT_RECORDS) as change:
        change.update("sender_mapping", [{"sender_mapping_id": _id(tiny, "die Wohlfahrt"), "meaning": "nowhere"}])
        change.update("sender_mapping", [{"sender_mapping_id": _id(tiny, "Was"), "meaning": "no_field"}])
    left = importing.learned(tiny, "Jobcenter")["initiatives"]
    assert (left.values, left.columns) == ({}, {"wer": "organization_id"})


def _id(inventory: Inventory, word: str) -> str:
    return str(inventory.value("SELECT sender_mapping_id FROM inventory.sender_mapping WHERE word = $word", word=word))


def test_forget(tiny: Inventory, load: Load) -> None:
    load(OFFERS, mapping=SAID)
    assert importing.forget(tiny, "JOBCENTER", "courses", ADA) == 0
    assert importing.forget(tiny, "JOBCENTER", "initiatives", ADA) == 4
    assert importing.learned(tiny, "Jobcenter") == {}
    removed = tiny.rows("FROM inventory.change_log WHERE table_name = 'sender_mapping' AND after IS NULL")
    assert [row["actor"] for row in removed] == ["Ada"] * 4


def test_undo_takes_back_the_import_and_not_what_words_mean(tiny: Inventory, load: Load) -> None:
    plan = load(OFFERS, mapping=SAID)
    importing.undo(tiny, plan.import_run_id, ADA)
    assert tiny.value("SELECT count(*) FROM inventory.initiative") == 0
    assert len(known(tiny)) == 4


def test_the_state_of_a_past_day_has_it(tiny: Inventory, load: Load) -> None:
    load(OFFERS, mapping=SAID)
    before = known(tiny)
    clock = datetime(2026, 11, 25, 8, tzinfo=UTC)
    tiny._clock = lambda: clock
    importing.forget(tiny, "Jobcenter", "initiatives", ADA)
    assert known(tiny.as_of(date(2026, 11, 24))) == before
    assert known(tiny.as_of(date(2026, 11, 25))) == []
    assert importing.runs(tiny.as_of(date(2026, 11, 24)))[0]["sender"] == "Jobcenter"


def test_a_file_of_version_2_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "i.duckdb"
    with monkeypatch.context() as older:
        older.setattr("esdash.inventory.file.layout.MIGRATIONS", {2: files.layout.MIGRATIONS[2]})
        older.setattr("esdash.inventory.file.layout.CURRENT_VERSION", 2)
        create(path, "empty", lambda inventory: None, TESTER, lambda: NOW)
        inventory = open_file(path, clock=lambda: NOW)
        with inventory.change(ADA, Action.EDIT_RECORDS) as change:
            run = {"import_run_id": "r", "imported_at": "2026-01-01 10:00:00", "actor": "Ada", "file_name": "a.csv"}
            counts = {"rows_new": 1, "rows_changed": 0, "rows_unchanged": 0}
            change.insert("import_run", [{**run, "file_hash": "h", "kind": "organizations", **counts}])
        inventory.close()
    inventory = open_file(path, clock=lambda: NOW)
    assert inventory.value("SELECT schema_version FROM inventory.meta") == files.layout.CURRENT_VERSION
    (run,) = importing.runs(inventory)
    assert (run["file_name"], run["sender"], run["rows_faulty"]) == ("a.csv", None, None)
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        row = {"sender_mapping_id": "m", "sender": "S", "kind": "organizations", "word": "x", "learned_on": NOW.date()}
        change.insert("sender_mapping", [row])
    assert inventory.value("SELECT record_id FROM inventory.change_log WHERE table_name = 'sender_mapping'") == "m"
    inventory.close()


def test_unknown_words_are_listed_once(tiny: Inventory, load: Load) -> None:
    text = (
        "Angebot;Organisation;Zielgruppen;Status;Form\n"
        'A;AWO;"Frauenn; Männer, Kinder";aktiv;Zoom\nB;AWO;Männer;läuft so;vor Ort\nC;Verein;"männer";aktiv;zoom\n'
    )
    plan = load(text, run=False)
    found = [(w.field.name, w.header, w.word, w.rows, w.proposal) for w in importing.unknown_words(tiny, plan)]
    assert found == [
        ("organization_id", "Organisation", "Verein", 1, None),
        ("target_group_ids", "Zielgruppen", "Männer", 3, None),
        ("target_group_ids", "Zielgruppen", "Frauenn", 1, "women"),
        ("status", "Status", "läuft so", 1, "active"),
        ("mode", "Form", "Zoom", 2, None),
    ]
    said = {"values": {"target_group_ids": {"Männer": None, "Frauenn": "women"}, "mode": {"zoom": "online"}}}
    plan = load(text, mapping=said, run=False)
    assert [word.word for word in importing.unknown_words(tiny, plan)] == ["Verein", "läuft so"]
    assert plan.rows[0].values["target_group_ids"] == ["women", "children"]


def test_decisions_about_rows(tiny: Inventory, load: Load, tmp_path: Path) -> None:
    load("Angebot;Organisation;Plätze\nNähcafé;AWO;5\n")
    (tmp_path / "l.csv").write_text(
        "Angebot;Organisation;Plätze\nNäh-Treff;AWO;8\nWeg;AWO;1\nNeu;AWO;2\nOffen;AWO;3\n", encoding="utf-8"
    )
    table = importing.read_table(tmp_path / "l.csv")
    alike = {number: {"record_id": "naehcafe"} for number in (2, 3, 5)}
    said = importing.Answers({"near|2||naehcafe": "same", "near|3||naehcafe": "skip"})

    def plan_again() -> importing.Plan:
        return importing.plan_table(tiny, table, None, importing.Mapping(), answers=said, resembling=alike)

    plan = plan_again()
    assert plan.counts == {"new": 1, "changed": 1, "unchanged": 0, "faulty": 0, "open": 1, "skipped": 1}
    assert [question.row for question in plan.unanswered] == [5]
    changes = {d.field: (d.before, d.after) for d in plan.rows[0].differences}
    assert changes == {"name": ("Nähcafé", "Näh-Treff"), "capacity": (5, 8)}
    editing.assure(tiny, "initiative", ["naehcafe"], BEN)  # the inventory changes: the plan is compared once more
    with pytest.raises(UserError, match="import_outdated"):
        importing.run(tiny, plan, ADA)
    plan = plan_again()
    with tiny.change(BEN, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "x", "name": "X"}])  # changes nothing for this plan
    importing.run(tiny, plan, ADA)
    assert [row["name"] for row in tiny.rows("FROM inventory.initiative ORDER BY name")] == ["Neu", "Näh-Treff"]
