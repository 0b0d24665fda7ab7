"""The part "Fassungen": what would be frozen, freezing once, the files as they were frozen, checking a file."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering.versions import chain, file_of
from esdash.texts import Text
from esdash.ui.priorities import versions
from tests.pages.said import table, told, words
from tests.people import BEN

PART = {"priorities": "versions"}
PERSON = "Erika Musterfrau-Beispiel"


def click_freeze(visitor: AppTest) -> AppTest:
    return visitor.button(key="freeze_now").click().run()


def test_the_page_says_what_would_be_frozen_and_what_is(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "priorities", **PART)
    assert not visitor.exception
    said = words(visitor)
    assert "Was jetzt Fassung 3 wäre" in said and "Seit Fassung 2:" in said
    assert "Die Kette ist heil: 2 Fassungen, jede nennt die Prüfsumme der vorigen." in said
    assert said.index("Fassung 2, beschlossen am") < said.index("Fassung 1, beschlossen am")
    frame = table(visitor, "title", "change", "why")
    assert frame is not None and set(frame["change"]) <= {
        *("neu", "geändert", "verworfen", "erledigt"),
        *(f"{way}, vorher {rank}" for way in ("höher", "niedriger") for rank in range(1, 20)),
    }
    assert all(frame.loc[frame["change"].str.contains("vorher|verworfen|erledigt"), "why"] != "")


def test_freezing_adds_a_version_with_its_files_and_a_second_click_none(
    named: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    visitor = click_freeze(named("priorities", **PART))
    assert not visitor.exception
    assert "Fassung 3 ist eingefroren. Ihre Dateien stehen unten." in told(visitor)
    assert "Was jetzt Fassung 4 wäre" in words(visitor)
    links = chain(behind())
    assert [(link.number, link.broken) for link in links] == [(1, ()), (2, ()), (3, ())]
    files = json.loads(behind().value("SELECT files FROM inventory.list_version WHERE number = 3"))
    for file in files:  # what the buttons hand out is what was stored, in any language
        made = versions.stored(behind(), Text("en"), "v3", file["name"])
        assert made == file_of(behind(), "v3", file["name"]) and len(made) == file["size"]
    assert {file["name"] for file in files} == {
        *(f"prioritaetenliste-fassung-3.{ending}" for ending in ("pdf", "xlsx", "csv", "json")),
        "pruefsummen.txt",
    }


def test_what_somebody_changed_meanwhile_is_seen_before_it_is_frozen(
    named: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    visitor = named("priorities", **PART)
    with behind().change(BEN, Action.EDIT_RECORDS) as change:
        change.update("priority_item", [{"priority_item_id": "p01", "title": "Anders"}])
    visitor = click_freeze(visitor)
    assert "Fassung 3 wurde nicht eingefroren: Seit ihrem Entwurf hat sich der Bestand geändert" in words(visitor)
    assert len(chain(behind())) == 2
    click_freeze(visitor)
    assert len(chain(behind())) == 3


def test_a_person_in_a_title_stops_the_freezing_with_the_place(
    named: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    named("priorities", **PART)
    item = behind().value("SELECT priority_item_id FROM inventory.priority_item WHERE ended_on IS NULL LIMIT 1")
    contact = behind().value("SELECT contact_id FROM inventory.contact LIMIT 1")
    with behind().change(BEN, Action.EDIT_RECORDS) as change:
        change.update("contact", [{"contact_id": contact, "name": PERSON}])
        change.update("priority_item", [{"priority_item_id": item, "title": f"Lernhilfe mit {PERSON}"}])
    said = words(click_freeze(named("priorities", **PART)))
    assert "Hier steht der Name, die E-Mail-Adresse oder die Telefonnummer einer Person" in said
    assert PERSON in said
    assert len(chain(behind())) == 2


def test_a_version_that_was_altered_past_the_door_is_shown_as_broken(
    named: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    named("priorities", **PART)
    with behind().exclusive(BEN, Action.SET_UP) as cursor:
        cursor.execute("UPDATE inventory.list_version SET content = replace(content, 'Alten', 'X') WHERE number = 1")
    behind().forget({"list_version"})
    said = words(named("priorities", **PART))
    assert "Fassung 1 ist nachträglich verändert worden: Inhalt und Prüfsumme passen nicht zusammen" in said
    assert "Fassung 2 ist nachträglich verändert worden: die Prüfsumme der vorigen Fassung passt nicht." in said
    assert "Die Kette ist heil" not in said


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_file_is_checked_and_the_answer_says_what_was_compared(
    app: Callable[..., AppTest], behind: Callable[[], Inventory], language: str
) -> None:
    visitor = app("example", "priorities", lang=language, **PART)
    made = file_of(behind(), "v2", "prioritaetenliste-fassung-2.json")
    document = json.loads(made)
    document["content"]["entries"][0]["title"] = "Etwas anderes"
    wanted = {
        "de": ("Unverändert: Das ist", "Der Inhalt ist geändert", "hier „Etwas anderes“", "Unbekannt"),
        "en": ("Unchanged: this is", "The content is changed", "here “Etwas anderes”", "Unknown"),
    }[language]
    given = {"a.json": made, "b.json": json.dumps(document).encode(), "c.json": b"{}"}
    said = {}
    for name, content in given.items():
        said[name] = words(visitor.file_uploader(key="verify_file").upload(name, content, "application/json").run())
    assert wanted[0] in said["a.json"]
    assert wanted[1] in said["b.json"] and wanted[2] in said["b.json"]
    assert wanted[3] in said["c.json"]


def test_without_a_list_the_page_leads_on(app: Callable[..., AppTest]) -> None:
    visitor = app("empty", "priorities", **PART)
    assert not visitor.exception
    assert "Auf der Liste steht noch nichts." in words(visitor)
    assert "Es gibt noch keine Fassung der Liste." in words(visitor)
    assert [button.key for button in visitor.button if button.key == "freeze_now"] == []


def test_a_past_day_shows_its_versions_and_freezes_nothing(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "priorities", on="2026-10-15", **PART)
    assert not visitor.exception
    assert "Was jetzt Fassung" not in words(visitor) and "Fassung 2" in words(visitor)
    assert [button.key for button in visitor.button if button.key == "freeze_now"] == []


def test_entries_and_what_is_not_submitted_add_up_to_the_list(app: Callable[..., AppTest]) -> None:
    assert "Auf der Liste stehen 12 Prioritäten" in words(app("example", "priorities"))
    said = words(app("example", "priorities", priorities="versions"))
    assert "11 Prioritäten. Seit Fassung 2" in said and "Dazu 1 zurückgestellte oder abgelehnte" in said
