"""What a version says: the list as it stands, how it differs from the version before, and nobody's name."""

from __future__ import annotations

import io
import json
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from esdash.analysis import open_inventory
from esdash.analysis.versions import differences
from esdash.errors import UserError
from esdash.exports.lists import drafting, files
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering.versions import chain, file_of, freeze
from esdash.model.canonical import canonical, sha256, texts
from esdash.texts import Text
from esdash.wording import versions as words
from tests.conftest import NOW
from tests.people import ADA
from tests.provide import pdftotext

GERMAN = Text("de")


def item(key: str, **more: Any) -> dict[str, Any]:
    judged = {"size": 10, "seriousness": 10, "inequity": 10, "effectiveness": 10} | more.pop("judged", {})
    usual = {"priority_item_id": key, "origin": "hand", "title": f"Aufgabe {key}", "judged": judged}
    return {**usual, "cost_eur": "1200.50", "listed_on": "2026-11-01", "listed_by": "Erika Mustermann", **more}


@pytest.fixture
def listed(tiny: Inventory) -> Inventory:
    """Musterstadt with three items of 10, 20 and 30 points, and a fourth that PEARL put aside."""
    with tiny.change(ADA, Action.SET_UP, "Liste") as change:
        change.insert("organization", [{"organization_id": "a", "name": "Haus A"}])
        change.insert("priority_item", [item(key, judged=dict.fromkeys(POINTS, at)) for key, at in STARTS.items()])
        change.insert("priority_item", [item("p4", legal=False, pearl_reason="Keine Rechtsgrundlage.")])
    return tiny


POINTS = ("size", "seriousness", "inequity", "effectiveness")
STARTS = {"p1": 10, "p2": 20, "p3": 30}


def frozen(inventory: Inventory) -> dict[str, Any]:
    """The content of the version that is frozen now."""
    draft = drafting.draft(inventory)
    freeze(inventory, ADA, draft)
    return dict(json.loads(draft.content))


def changed(inventory: Inventory, key: str, **values: Any) -> None:
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("priority_item", [{"priority_item_id": key, **values}])


def test_the_first_version_says_what_the_list_says(listed: Inventory) -> None:
    content = json.loads(drafting.draft(listed).content)
    assert (content["number"], content["title"]) == (1, "Fassung 1, eingefroren am 22.11.2026")
    assert (content["previous_sha256"], content["as_of"], content["method"]) == (None, "2026-11-22", "M8/1")
    assert [(one["entry_key"], one["rank"], one["score"]) for one in content["entries"]] == [
        *(("p3", 1, "30"), ("p2", 2, "20"), ("p1", 3, "10"))
    ]
    first = content["entries"][0]
    assert (first["cost_eur"], first["change"], first["lead"]) == ("1200.5", "new", None)
    assert [bar["points"] for bar in first["bars"]] == ["30"] * 4
    assert [(one["entry_key"], one["standing_reason"]) for one in content["aside"]] == [
        ("p4", "Keine Rechtsgrundlage.")
    ]
    weights = [(one["criterion"], one["weight"]) for one in content["criteria"]]
    assert weights == [("size", "0.4"), ("seriousness", "0.3"), ("inequity", "0.2"), ("effectiveness", "0.1")]
    assert "Erika Mustermann" not in "".join(texts(content))  # who entered something is nobody's business outside


def test_the_next_version_says_what_moved_changed_came_and_went_and_why(listed: Inventory) -> None:
    first = frozen(listed)
    changed(listed, "p1", judged={"size": 90, "seriousness": 50, "inequity": 10, "effectiveness": 10})
    changed(listed, "p2", ended_on="2026-11-20", ended_as="done", ended_reason="Die Gruppe trifft sich.")
    changed(listed, "p3", lead_organization_id="a")
    with listed.change(ADA, Action.EDIT_RECORDS) as change:
        new = item(
            "p5", judged=dict.fromkeys(POINTS, 5), evidence={"by": "Erika", "on": "2026-11-02", "reason": "Neu."}
        )
        change.insert("priority_item", [new])
    content = json.loads(drafting.draft(listed).content)
    assert content["number"] == 2 and content["previous_sha256"] == sha256(canonical(first))
    told = {one["entry_key"]: (one["change"], one["previous_rank"], one["change_reason"]) for one in content["entries"]}
    assert told == {
        # 0.4 · 90 + 0.3 · 50 + 0.2 · 10 + 0.1 · 10 = 54 points, before 10
        "p1": ("up", 3, "Die Punkte haben sich geändert: Fehlende Plätze 10 → 90; Anteil ohne Angebot 10 → 50."),
        "p3": (
            *("down", 1),
            "Die eigenen Punkte sind gleich; andere Prioritäten sind hinzugekommen, weggefallen oder wurden anders "
            "bewertet. Geändert: Federführung.",
        ),
        "p5": ("new", None, "Neu."),
    }
    assert content["gone"] == [
        {
            **{"entry_key": "p2", "title": "Aufgabe p2", "rank": 2, "ended_as": "done", "ended_on": "2026-11-20"},
            "reason": "Die Gruppe trifft sich.",
        }
    ]


def test_the_decision_of_a_meeting_is_in_title_and_head(listed: Inventory) -> None:
    with listed.change(ADA, Action.SET_UP) as change:
        body = {"body_id": "b", "name": "Steuerungsgruppe", "short_name": "SG", "kind": "steering"}
        change.insert("body", [{**body, "seat_organization_ids": ["a"]}])
        change.insert("meeting", [{"meeting_id": "m", "body_id": "b", "name": "Herbst", "held_on": "2026-11-20"}])
        decided = {"result": "adopted", "recorded": "consensus", "resolution_text": "Die Liste wird beschlossen."}
        row = {"decision_id": "d", "number": "2026/3", "meeting_id": "m", **decided, "decided_on": "2026-11-20"}
        change.insert("decision", [row])
    draft = drafting.draft(listed, "m", "d")
    content = json.loads(draft.content)
    assert draft.title == content["title"] == "Fassung 1, beschlossen am 20.11.2026"
    assert content["meeting"] == {"number": None, "name": "Herbst", "held_on": "2026-11-20"}
    assert content["decision"] == {"number": "2026/3", "result": "adopted", "decided_on": "2026-11-20"}
    assert freeze(listed, ADA, draft) == "v1"
    with pytest.raises(UserError, match="version_adopted_by_nothing"):
        drafting.draft(listed, "m", "gone")


def test_the_files_stay_a_year_and_a_hundred_edits_later_and_after_the_renderer_was_changed(
    tiny_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inventory = open_inventory(tiny_path, lambda: NOW)
    with inventory.change(ADA, Action.SET_UP, "Liste") as change:
        change.insert("priority_item", [item("p1")])
    draft = drafting.draft(inventory)
    freeze(inventory, ADA, draft)
    inventory.close()
    monkeypatch.setattr(files, "render", lambda content, text=None: {"liste.pdf": b"another program"})
    later = open_inventory(tiny_path, lambda: NOW + timedelta(days=366))
    for _ in range(10):
        with later.change(ADA, Action.EDIT_RECORDS) as change:
            for number in range(10):
                change.update("priority_item", [{"priority_item_id": "p1", "title": f"Aufgabe {number}"}])
    kept = {name: file_of(later, "v1", name) for name in draft.files}
    assert kept == dict(draft.files)
    assert later.value("SELECT content FROM inventory.list_version") == draft.content
    assert [link.broken for link in chain(later)] == [()]
    later.close()


@pytest.mark.parametrize("field", ["title", "measure", "pearl_reason", "score_reason"])
def test_a_person_in_any_text_of_the_list_is_refused(listed: Inventory, field: str) -> None:
    with listed.change(ADA, Action.SET_UP) as change:
        person = {"name": "Erika Mustermann", "email": "erika@haus-a.example"}
        change.insert("contact", [{"contact_id": "c", "organization_id": "a", "role": "Leitung", **person}])
    target = "p4" if field == "pearl_reason" else "p1"
    changed(listed, target, **{field: "Frau Erika Mustermann leitet das"})
    with pytest.raises(UserError, match="names_person"):
        freeze(listed, ADA, drafting.draft(listed))
    assert chain(listed) == []


def test_no_file_of_the_example_s_versions_names_a_person(example_made: Path, tmp_path: Path) -> None:
    path = tmp_path / "i.duckdb"
    path.write_bytes(example_made.read_bytes())
    inventory = open_inventory(path, lambda: NOW)
    people = inventory.rows("SELECT name, email, phone FROM inventory.contact")
    marks = {str(value) for row in people for value in row.values() if value}
    actors = {row["actor"] for row in inventory.rows("SELECT DISTINCT actor FROM inventory.change_log")}
    assert len(marks) > 10
    kept = {row["list_file_id"]: bytes(row["content"]) for row in inventory.rows("FROM inventory.list_file")}
    inventory.close()
    told = "".join(made.decode() for name, made in kept.items() if name.endswith((".json", ".csv", ".txt")))
    for name, made in kept.items():
        if name.endswith(".xlsx"):
            book = openpyxl.load_workbook(io.BytesIO(made))
            told += " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
        if name.endswith(".pdf"):
            told += subprocess.run([pdftotext(), "-", "-"], input=made, capture_output=True, check=True).stdout.decode()
    assert {mark for mark in marks if mark in told} == set()
    assert {actor for actor in actors if len(actor.split()) == 2 and actor in told} == set()


def test_what_changed_is_told_field_by_field() -> None:
    bar = {"criterion": "size", "points": "40"}
    entry = {"entry_key": "p", "rank": 2, "title": "A", "partners": ["X"], "bars": [bar]}
    same = differences.of(entry, entry)
    assert (same.change, same.written, words.why_changed(same, "Grund", False, GERMAN)) == ("same", (), None)
    other = differences.of(entry | {"partners": [], "due_on": "2027-01-01"}, entry)
    assert (other.change, other.written) == ("changed", ("partners", "due_on"))
    assert words.why_changed(other, None, False, GERMAN) == "Geändert: Partner, bis wann."
    up = differences.of(entry | {"rank": 1, "bars": [bar | {"points": "55.4"}]}, entry)
    assert words.why_changed(up, None, False, GERMAN) == "Die Punkte haben sich geändert: Fehlende Plätze 40 → 55."
    moved = differences.of(entry | {"rank": 3}, entry)
    by_weights = "Die eigenen Punkte sind gleich; andere Prioritäten wurden anders bewertet."
    assert (moved.change, words.why_changed(moved, None, False, GERMAN)) == ("down", by_weights)
    assert differences.of(entry | {"rank": None}, entry).change == "changed"


def test_a_version_is_a_title_for_people() -> None:
    assert words.title(3, date(2027, 1, 14), date(2027, 1, 20), GERMAN) == "Fassung 3, beschlossen am 14.01.2027"
    assert words.title(3, None, date(2027, 1, 20), Text("en")) == "Version 3, frozen on 20 Jan 2027"
