"""Sitzung: the agenda that fills itself, deciding, presenting, closing; and taking a view there from another page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from esdash.analysis.meetings import points
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering.meetings import agenda, decisions, meetings
from esdash.inventory.steering.meetings.agenda import Point
from esdash.inventory.steering.meetings.meetings import Present
from esdash.inventory.steering.meetings.said import Said
from esdash.texts import Text
from esdash.wording import agenda as agenda_words
from esdash.wording import points as faces
from tests.pages.test_state import PAGES
from tests.people import BEA

TEXT = Text("de")
SEATS = ("o01", "o04", "o08", "o12", "o17")


def press(visitor: AppTest, label: str) -> AppTest:
    found = [button for button in visitor.button if button.label == label]
    assert found, (label, [button.label for button in visitor.button])
    found[0].click().run()
    assert not visitor.exception, visitor.exception[0].message
    return visitor


def words(visitor: AppTest) -> str:
    return "\n".join(part.value.replace("\\", "") for part in visitor.markdown)


def begun(inventory: Inventory) -> None:
    """The coming meeting of the example with all that is proposed, begun."""
    agenda.take_over(inventory, BEA, "m03", agenda_words.proposals(inventory, "m03", TEXT))
    meetings.begin(inventory, BEA, "m03", Present(SEATS), inventory.today())


def names(inventory: Inventory) -> list[str]:
    return [row["name"] for row in inventory.rows("FROM agenda_item WHERE meeting_id = 'm03' ORDER BY sort")]


def test_the_agenda_takes_over_what_is_proposed_in_the_length_of_the_meeting(
    named: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    visitor = named("meetings")
    assert "2 Punkte auf der Tagesordnung" in words(visitor)
    press(visitor, "Alle auf die Tagesordnung nehmen")
    found = names(behind())
    # what was decided and answered comes before what is new, and the list itself comes last
    order = [
        "Abschluss der Maßnahme M-04",
        "Maßnahme M-03",
        "Antworten der Stadt",
        "Elternstube",
        "Prioritätenliste als",
    ]
    places = [next(n for n, name in enumerate(found) if name.startswith(wanted)) for wanted in order]
    assert places == sorted(places)
    assert behind().value("SELECT sum(planned_minutes) FROM agenda_item WHERE meeting_id = 'm03'") == 120
    assert not [button for button in visitor.button if button.label == "Alle auf die Tagesordnung nehmen"]


def test_a_point_is_decided_on_the_projector_and_shown_at_once(
    named: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    named("meetings")
    begun(behind())
    place = names(behind()).index(next(name for name in names(behind()) if name.startswith("Elternstube")))
    visitor = named("meetings", present=str(place + 3))  # after the meeting itself and what changed
    assert "##### Elternstube in Zoberberg eröffnen: 6 Plätze pro Woche" in words(visitor)
    assert visitor.title[0].value.startswith(":gray[Punkt ") and not visitor.sidebar
    press(visitor, "Beschließen, ohne Gegenstimme")
    assert "Beschluss 2026/15: ungeändert beschlossen, ohne Gegenstimme" in words(visitor)
    assert behind().value("SELECT count(*) FROM measure WHERE number = 'M-09' AND lead_organization_id = 'o14'") == 1
    press(visitor, "weiter →")
    assert "##### Elternstube" not in words(visitor)
    assert visitor.query_params["present"] == str(place + 4)


def test_a_decided_point_leads_to_the_next_open_one(
    named: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    named("meetings")
    begun(behind())
    visitor = named("meetings", meetings="decide")
    assert "decide_go_on" not in {button.key for button in visitor.button}
    press(visitor, "Beschluss festhalten")
    assert "**1 Eröffnung und Genehmigung" in words(visitor)  # it stays there, to be read
    press(visitor, "Weiter mit Punkt 2")
    assert "**2 " in words(visitor) and "**1 Eröffnung" not in words(visitor)


def test_the_second_of_two_people_is_told_what_the_first_decided(
    named: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    named("meetings")
    begun(behind())
    visitor = named("meetings", meetings="decide")
    first = behind().value("SELECT agenda_item_id FROM agenda_item WHERE meeting_id = 'm03' AND sort = 1")
    decisions.decide(behind(), BEA, first, Said("deferred", "Später."))
    press(visitor, "Beschluss festhalten")
    assert "Über diesen Punkt wurde inzwischen beschlossen: zurückgestellt" in visitor.error[0].value.replace("\\", "")
    assert behind().value("SELECT count(*) FROM decision WHERE agenda_item_id = $id", id=first) == 1


def test_closing_freezes_the_adopted_list_and_carries_the_rest(
    named: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    named("meetings")
    begun(behind())
    key = behind().value("SELECT agenda_item_id FROM agenda_item WHERE meeting_id = 'm03' AND kind = 'list'")
    decisions.decide(behind(), BEA, key, Said("adopted", "Die Liste gilt."))
    before = behind().value("SELECT max(number) FROM list_version")
    visitor = named("meetings", meetings="minutes")
    assert any("sie gehen in die nächste Sitzung" in warning.value for warning in visitor.warning)
    press(visitor, "Sitzung schließen")
    assert not visitor.error, visitor.error[0].value
    assert behind().value("SELECT meeting_state FROM meeting WHERE meeting_id = 'm03'") == "closed"
    assert behind().value("SELECT max(number) FROM list_version") == before + 1
    assert (
        behind().value("SELECT count(*) FROM agenda_item WHERE carried_from_id IS NOT NULL AND state = 'pending'") > 5
    )
    press(visitor, "Berichtigung festhalten")  # nothing is filled in
    assert visitor.error


@pytest.mark.parametrize("page", ["overview", "initiatives", "trainings", "gaps", "overlaps", "priorities"])
def test_every_analysis_page_offers_to_take_its_view_along(app: Callable[..., AppTest], page: str) -> None:
    visitor = app("example", page)
    assert [button.label for button in visitor.button if button.key == f"to_meeting_{page}_now"] == [
        "Auf die Tagesordnung nehmen"
    ]


def test_the_view_comes_along_with_filters_and_day(
    named: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    visitor = named("gaps", theme_in="homework", district_in="16", lang="de", on="2026-10-01")
    press(visitor, "Auf die Tagesordnung nehmen")
    (row,) = behind().rows("FROM agenda_item WHERE kind = 'finding'")
    assert row["view_url"] == "gaps?theme_in=homework&district_in=16&on=2026-10-01"
    assert (row["name"], f"{row['as_of']}") == ("Weiße Flecken: Lernhilfe und Hausaufgaben · Zoberberg", "2026-10-01")
    assert (row["meeting_id"], row["why"]) == ("m03", ["brought"])


def test_a_name_of_a_person_is_refused_in_the_minutes(
    named: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    named("meetings")
    begun(behind())
    person = "Käthe Möller"
    with behind().change(BEA, Action.ENTER_RECORDS) as change:
        change.insert("contact", [{"contact_id": "km", "organization_id": "o01", "role": "Leitung", "name": person}])
    visitor = named("meetings", meetings="minutes")
    visitor.text_area[0].set_value(f"{person} hat berichtet.").run()
    press(visitor, "Text speichern")
    assert person in visitor.error[0].value.replace("\\", "")
    assert behind().value("SELECT minutes_edited FROM meeting WHERE meeting_id = 'm03'") is False


def test_agreed_items_are_adopted_together_and_say_whom_they_concern(
    named: Callable[..., AppTest], behind: Callable[[], Inventory]
) -> None:
    named("meetings")
    inside = [Point("Elternstube", "item", "priority_item", "p13"), Point("Kalender", "item", "priority_item", "p14")]
    agenda.take_over(behind(), BEA, "m03", [Point("Gemeinsam beschließen", "block", why=["agreed"], inside=inside)])
    meetings.begin(behind(), BEA, "m03", Present(SEATS), behind().today())
    visitor = named("meetings", present="5")
    assert "##### Gemeinsam beschließen" in words(visitor) and "###### 3.2  Kalender" in words(visitor)
    press(visitor, "Alle beschließen, ohne Gegenstimme")
    assert "###### 3.2  Kalender (ungeändert beschlossen (2026/16))" in words(visitor)
    assert behind().value("SELECT count(*) FROM decision WHERE number IN ('2026/15', '2026/16')") == 2
    key = behind().value("SELECT agenda_item_id FROM agenda_item WHERE subject = 'p14'")
    visitor = named("meetings", meetings="decide", point=key)
    # p14 is led by o08, which has a seat; o11 and o24, its partners, have none
    assert "Betrifft (befangen): Ehrenamtsagentur Beispielstadt" in words(visitor)


def test_the_evidence_of_every_point_leads_to_a_part_that_its_page_knows(
    lent: Callable[[str], object], behind: Callable[[], Inventory]
) -> None:
    lent("example")
    example = behind()
    known = {page.page: {field.link for field in page.fields()} for page in PAGES}
    rows = [row for key in ("m01", "m02", "m03") for row in points.agenda(example, key)]
    found = [faces.face(example, row, Text("de")).link for row in rows]
    links = [link for link in found if link]
    assert {page for page, _ in links} >= {"measures", "priorities"}
    assert [link for link in links if not set(link[1]) <= known[link[0]]] == []
