"""Werkstatt: ideas and promises divided by what became of them, similar ideas in groups, what comes onto an agenda."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from esdash.analysis.meetings import agenda
from esdash.analysis.priorities import findings
from esdash.analysis.workshops import alike, listed
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import ideas, items
from tests.people import ADA, TEST

TODAY = date(2026, 11, 22)


@pytest.fixture
def house(town: Inventory) -> Inventory:
    """Two organisations, a workshop, a running and an ended measure."""
    with town.change(TEST, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": key, "name": f"Haus {key}"} for key in "ab"])
        change.insert("workshop", [{"workshop_id": "ws", "name": "Gespräch", "held_on": "2026-07-08"}])
        measures = (("runs", "running"), ("ended", "done"))
        change.insert("measure", [{"measure_id": key, "title": key, "state": state} for key, state in measures])
    return town


def put(inventory: Inventory, table: str, *rows: dict[str, Any]) -> None:
    with inventory.change(TEST, Action.SET_UP) as change:
        for row in rows:
            change.insert(table, [row])


def idea(key: str, text: str = "", **more: Any) -> dict[str, Any]:
    return {"idea_id": key, "text": text or f"Idee {key}", **more}


def promise(key: str, **more: Any) -> dict[str, Any]:
    return {"commitment_id": key, "organization_id": "a", "text": f"Zusage {key}", **more}


def test_the_parts_add_up(house: Inventory) -> None:
    parked = {"state": "parked", "parked_reason": "zu teuer"}
    put(house, "idea", idea("new", workshop_id="ws"), idea("parked", **parked), idea("listed"), idea("ended"))
    put(house, "idea", idea("merged", state="merged", similar_to_id="listed"))
    put(house, "idea", idea("twice", state="merged", similar_to_id="merged"))
    items.take(house, "idea|listed", ADA, "weil")
    items.end(house, items.take(house, "idea|ended", ADA, "weil"), "done", "fertig", ADA)
    put(
        house,
        "commitment",
        *(promise("kept", state="kept"), promise("broken", state="broken"), promise("released", state="released")),
        *(promise("open"), promise("late", due_on="2026-11-21"), promise("today", due_on="2026-11-22")),
        *(promise("followed", due_on="2026-01-01", measure_id="runs"), promise("done", measure_id="ended")),
    )
    counts = listed.counts(house)
    assert counts.ideas == 6 == counts.listed + counts.new + counts.merged + counts.parked + counts.ended
    assert (counts.listed, counts.new, counts.merged, counts.parked, counts.ended) == (1, 1, 2, 1, 1)
    assert counts.promises == 8 == counts.kept + counts.open + counts.broken + counts.released
    assert (counts.kept, counts.open, counts.broken, counts.released) == (1, 5, 1, 1)
    assert (counts.overdue, counts.followed, counts.undated) == (1, 1, 2)
    rows = {row["idea_id"]: row for row in listed.ideas(house)}
    assert (rows["twice"]["stands_id"], rows["listed"]["others"]) == ("listed", 2)  # over two merges
    assert rows["new"]["collected_on"] == date(2026, 7, 8)  # the day of its workshop
    assert next(row["commitment_id"] for row in listed.promises(house)) == "followed"  # open ones by day


def test_a_workshop_keeps_its_place_when_that_is_archived(house: Inventory) -> None:
    put(house, "location", {"location_id": "l", "name": "Alte Schule", "status": "archived"})
    assert (listed.places(house), listed.places(house, "l")) == ({}, {"l": "Alte Schule"})


def test_outside_stand_only_kept_and_open_promises_without_notes(house: Inventory) -> None:
    states = ("open", "kept", "broken", "released")
    put(house, "commitment", *(promise(state, state=state, note=f"Notiz {state}") for state in states))
    assert {row["commitment_id"] for row in listed.public_promises(house)} == {"open", "kept"}
    assert not {"note", "measure_id"} & set(listed.public_promises(house)[0])


def test_merged_and_parked_ideas_are_no_longer_proposed(house: Inventory) -> None:
    put(house, "idea", idea("a"), idea("b"), idea("c"))
    ideas.merge(house, "a", ["b"], ADA)
    ideas.park(house, "c", "zu teuer", ADA)
    assert findings.ideas(house)["item_id"].tolist() == ["idea|a"]
    assert findings.about(house, "idea|b") is None
    ideas.separate(house, "b", ADA)
    ideas.take_up(house, "c", ADA)
    assert findings.ideas(house)["item_id"].tolist() == ["idea|a", "idea|b", "idea|c"]


# Written by hand: two that mean the same stand side by side, the others mean something of their own.
SAME = (
    (
        "Die Schulungen aller Träger in einem gemeinsamen Kalender planen.",
        "Gemeinsamer Kalender für die Schulungen aller Träger.",
    ),
    (
        "Feste Ansprechpersonen auf einem Faltblatt veröffentlichen.",
        "Ein Faltblatt mit festen Ansprechpersonen drucken.",
    ),
    (
        "Eine gemeinsame Möbelhalle statt mehrerer kleiner Lager.",
        "Ein gemeinsames Lager für Möbel statt vieler kleiner.",
    ),
    (
        "Räume am Abend gegenseitig nutzen, damit kein Verein mieten muss.",
        "Vereine nutzen am Abend gegenseitig ihre Räume.",
    ),
    (
        "Einen Fahrdienst für Ehrenamtliche in die Ortschaften einrichten.",
        "Fahrdienst für Ehrenamtliche, die in den Ortschaften helfen.",
    ),
    (
        "Sprachmittlung auch bei Elternabenden in den Schulen anbieten.",
        "Bei Elternabenden Sprachmittlung anbieten.",
    ),
    (
        "Ein Treffen für neue Ehrenamtliche einmal im Monat.",
        "Einmal im Monat treffen sich neue Ehrenamtliche.",
    ),
    (
        "Lernhilfe in Zoberberg am Nachmittag ausbauen.",
        "Mehr Lernhilfe am Nachmittag in Zoberberg.",
    ),
    (
        "Eine Liste der Anlaufstellen für Ehrenamtliche führen.",
        "Gemeinsame Liste aller Anlaufstellen für Ehrenamtliche.",
    ),
)
OTHER = (
    "Sprachcafés der Innenstadt auf verschiedene Wochentage legen.",
    "Einmal im Monat mit einem mobilen Team nach Waldersee fahren.",
    "Kinderbetreuung während der Deutschkurse anbieten.",
    "Formulare in leichter Sprache vorhalten.",
    "Dankeschön-Fest für Ehrenamtliche im Sommer.",
    "Werkzeuge und Nähmaschinen teilen.",
    "Eine Sprechstunde der Beratung in Roßlau.",
    "Sportvereine öffnen Probetrainings für Neuzugewanderte.",
    "Schulungen auch am Wochenende anbieten.",
    "Ein Newsletter für alle Engagierten.",
)


def test_of_28_written_ideas_all_that_mean_the_same_are_found(house: Inventory) -> None:
    texts = [text for pair in SAME for text in pair]
    keys = ideas.add(house, [ideas.Idea(text) for text in (*texts, *OTHER)], ADA, "k")
    same = {tuple(sorted(keys[place : place + 2])) for place in range(0, len(texts), 2)}
    found = {(row["a_id"], row["b_id"]) for row in house.rows("FROM idea_pair")}
    assert len(keys) == 28 and same <= found
    assert len(found - same) == 3  # of 28 · 27 / 2 − 9 = 369 others


def test_similar_ideas_stand_in_groups_until_people_decided(house: Inventory) -> None:
    texts = [text for pair in (SAME[0], SAME[4]) for text in pair]
    keys = ideas.add(house, [ideas.Idea(text) for text in (*texts, OTHER[0])], ADA, "k")
    assert sorted(alike.groups(house)) == [keys[0:2], keys[2:4]]
    ideas.tell_apart(house, keys[0:2], ADA)
    assert alike.groups(house) == [keys[2:4]]
    ideas.merge(house, keys[2], [keys[3]], ADA)
    assert alike.groups(house) == []
    ideas.compare_again(house, keys[0], ADA)
    assert alike.groups(house) == [keys[0:2]]


def test_groups_join_over_a_common_idea(house: Inventory) -> None:
    texts = ("Gemeinsamer Kalender", "Ein gemeinsamer Kalender", "Gemeinsamer Kalender für alle", "Möbellager")
    keys = ideas.add(house, [ideas.Idea(text) for text in texts], ADA, "k")
    assert alike.groups(house) == [keys[:3]]
    assert alike.groups(house.as_of(TODAY)) == [keys[:3]]


def test_open_promises_with_a_day_come_onto_the_agenda_unless_a_measure_is_there_for_them(house: Inventory) -> None:
    put(
        house,
        "body",
        {"body_id": "g", "name": "Gruppe", "short_name": "G", "kind": "steering", "seat_organization_ids": ["a"]},
    )
    meeting = {"meeting_id": "m", "body_id": "g", "name": "Sitzung", "meeting_state": "scheduled"}
    put(house, "meeting", meeting | {"held_on": TODAY + timedelta(days=10)})
    put(
        house,
        "commitment",
        *(promise("due", due_on=TODAY), promise("later", due_on=TODAY + timedelta(days=11)), promise("undated")),
        *(promise("followed", due_on=TODAY, measure_id="runs"), promise("over", due_on=TODAY, measure_id="ended")),
        promise("broken", due_on=TODAY, state="broken"),
    )
    found = [point.subject for point in agenda.build(house, "m") if point.kind == "commitment"]
    assert found == ["due", "over"]
    assert [row["commitment_id"] for row in listed.undated(house)] == ["undated"]


def test_the_example_says_what_its_readme_says(example: Inventory) -> None:
    counts = listed.counts(example)
    assert (counts.workshops, counts.ideas, counts.listed, counts.new, counts.merged, counts.parked) == (
        5,
        12,
        1,
        9,
        1,
        1,
    )
    assert (counts.promises, counts.kept, counts.open, counts.broken, counts.released) == (9, 3, 4, 1, 1)
    assert (counts.overdue, counts.followed, counts.undated) == (1, 1, 1)
    assert alike.groups(example) == [["d02", "d10"]]
