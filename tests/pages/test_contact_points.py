"""Anlaufstellen: the list with its filters, one contact point, attempts to reach it, and what follows archiving."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory.access import Action
from esdash.inventory.editing import succession
from tests.pages.conftest import Behind
from tests.pages.said import in_dialog, plain, table, texts, told, words
from tests.people import ADA

SAID = texts("de")
Opened = Callable[..., AppTest]
OPEN = SAID["points.column_open"]
FOR_LIFE = {"Ehrenamtsladen", "Infotisch im Musterhof", "Ausgabe Anziehpunkt", "Sprechstunde Neue Wege"}


@pytest.fixture
def page(named: Opened) -> Opened:
    return partial(named, "contact_points")


def press(visitor: AppTest, label: str) -> AppTest:
    found = [button for button in visitor.button if button.label == label]
    assert found, (label, [button.label for button in visitor.button])
    found[0].click().run()
    assert not visitor.exception, visitor.exception[0].message
    return visitor


def widget(visitor: AppTest, label: str) -> Any:
    kinds = (visitor.text_input, visitor.selectbox, visitor.radio, visitor.date_input, visitor.checkbox)
    return next(one for kind in kinds for one in kind if one.label == label)


def listed(visitor: AppTest) -> dict[str, str]:
    """Name → whether it can be relied on, as the list says it."""
    frame = table(visitor, "name", "reliable")
    assert frame is not None, words(visitor)
    return dict(zip(frame["name"], frame["reliable"], strict=True))


# ---------------------------------------------------------------- the list


def test_the_sentence_counts_what_the_list_shows(app: Opened) -> None:
    """On a Sunday at eleven nothing is open. Of 21 contact points, the example plants 8 that are out of print."""
    visitor = app("example", "contact_points")
    said = words(visitor)
    assert "21 Anlaufstellen, keine davon ist jetzt geöffnet, soweit angegeben. Verlässlich erreichbar: 13; " in said
    found = listed(visitor)
    assert (len(found), sum(stand == "✓ verlässlich" for stand in found.values())) == (21, 13)
    assert found["Sprechstunde Neue Wege"] == "! Angaben stimmen nicht"
    assert found["Frauensprechstunde Zimtstern"] == "! antwortet nicht"
    frame = table(visitor, "open")
    assert frame is not None and len(frame.columns) == 7
    assert set(frame["open"]) >= {"Öffnungszeiten unbekannt"}
    asked = dict(zip(frame["name"], frame["asked"], strict=True))
    assert asked["Einsatzstelle Sprachmittlung"] == "Beratung Ehrenamt (in Vertretung)"
    assert asked["Empfang Wortreich"] == "die Stelle selbst"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "sprachmittl"}, {"Einsatzstelle Sprachmittlung"}),
        ({"about": "housing"}, {"Quartierstreff Zoberberg"}),
        ({"about": "living", "for": "volunteers"}, FOR_LIFE),
        ({"spoken": "uk"}, {"Kontaktstelle Sonnenblume"}),
        ({"in": "16"}, {"Quartierstreff Zoberberg"}),
        ({"barrier_free": "no", "reliable": "1"}, {"Anmeldung Gesundheitsladen", "Empfang Wortreich"}),
        ({"in": "22", "reliable": "1"}, {"Familienauskunft Elbaue", "Kontaktstelle Roßlau"}),
    ],
)
def test_filters_by_link(app: Opened, query: dict[str, str], expected: set[str]) -> None:
    assert set(listed(app("example", "contact_points", **query))) == expected


def test_what_is_open_is_one_answer_for_column_and_filter(app: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = app("example", "contact_points", open="now")
    assert table(visitor, "open") is None and SAID["list.empty"] in words(visitor)  # a Sunday
    monkeypatch.setenv("ESDASH_TODAY", "2026-11-24")  # a Tuesday; the hour is that of the clock
    visitor = app("example", "contact_points", open="today")
    frame = table(visitor, "open")
    everything = table(app("example", "contact_points"), "open")
    assert everything is not None
    said = {row.name for row in everything.itertuples() if row.open.startswith(("offen", "heute noch", "heute wieder"))}
    assert (set(frame["name"]) if frame is not None else set()) == said


def test_a_past_day_says_nothing_of_what_is_open(app: Opened) -> None:
    visitor = app("example", "contact_points", on="2026-10-01", id="p01")
    said = words(visitor)
    assert "Am 01.10.2026: 20 Anlaufstellen" in said and "jetzt offen" not in said
    frame = table(visitor, "name", "reliable")
    assert frame is not None and "open" not in frame.columns
    assert not [box for box in visitor.selectbox if box.label == OPEN]
    assert SAID["attempt.open"] not in [button.label for button in visitor.button]


@pytest.mark.parametrize("kind", ["empty", "public", "one", "hostile", "whole"])
def test_whatever_is_known_the_page_says_the_next_step(app: Opened, kind: str) -> None:
    visitor = app(kind, "contact_points")
    assert not visitor.exception
    if kind in ("empty", "public"):
        assert SAID["points.first"] in words(visitor)


def test_everything_unknown_is_said_as_unknown(app: Opened, raw: Callable[..., list[tuple]]) -> None:
    for key, *_ in raw("hostile", "SELECT contact_point_id FROM inventory.contact_point ORDER BY ALL"):
        visitor = app("hostile", "contact_points", id=key)
        assert not visitor.exception
        assert "unbekannt" in words(visitor) and "nan" not in words(visitor).lower().split()


# ---------------------------------------------------------------- one contact point


def test_one_contact_point_by_its_link(app: Opened) -> None:
    said = words(app("example", "contact_points", id="p19"))
    for part in ("Einsatzstelle Sprachmittlung", "Sprachmittlung", "Ehrenamtliche, Zugewanderte", "Mo–Mi 9–12 Uhr"):
        assert part in said
    assert "Neben dem Musterrathaus, Eingang mit Rampe." in said
    assert "Einsatzplanung Sprachmittlung: zurzeit nicht da" in said
    assert "Beratung Ehrenamt (in Vertretung)" in said and "beratung@ehrenamt-beispielstadt.example.org" in said
    assert plain(SAID["points.printable"]) in said


def test_a_closure_is_said_once(app: Opened) -> None:
    assert words(app("example", "contact_points", id="p07")).count("(Betriebsferien)") == 1


def test_each_reason_against_printing_has_a_way_to_mend_it(app: Opened) -> None:
    visitor = app("example", "contact_points", id="p15")
    said = words(visitor)
    for reason in ("point_confirmed_long_ago", "confirmed_long_ago", "reached_long_ago"):
        assert SAID[f"unprintable.{reason}"] in said
    assert f":primary[{SAID['points.mend_confirm']} →]" in [link.label for link in visitor.get("page_link")]
    hidden = words(app("example", "contact_points", id="p17"))
    assert SAID["points.person_hidden"] in hidden and SAID["unprintable.no_consent"] in hidden


def test_a_link_to_nothing_says_so(app: Opened) -> None:
    assert SAID["points.missing"] in words(app("example", "contact_points", id="gone"))


def test_an_attempt_is_noted_on_the_spot_and_taken_back(page: Opened, behind: Behind) -> None:
    visitor = press(page(id="p04"), SAID["attempt.open"])
    assert widget(visitor, SAID["attempt.by"]).value == "Projektbüro"
    press(visitor, SAID["attempt.save"])  # reached, today, by phone
    assert "Eingetragen: Geschäftsstelle, erreicht." in told(visitor)
    assert plain(SAID["points.printable"]) in words(visitor)  # it had bounced
    assert f"{behind().value('SELECT last_reached_on FROM contact WHERE contact_id = $id', id='c18')}" == "2026-11-22"
    press(visitor, SAID["attempt.take_back"])
    assert SAID["unprintable.bounced"] in words(visitor)
    assert f"{behind().value('SELECT last_reached_on FROM contact WHERE contact_id = $id', id='c18')}" == "2026-09-14"


def test_the_place_itself_can_be_tried(page: Opened, behind: Behind) -> None:
    visitor = press(page(id="p21"), SAID["attempt.open"])
    widget(visitor, SAID["attempt.outcome"]).set_value("no_answer").run()
    press(visitor, SAID["attempt.save"])
    noted = behind().rows("SELECT outcome FROM contact_attempt WHERE contact_point_id = 'p21' ORDER BY attempted_on")
    assert [row["outcome"] for row in noted] == ["reached", "no_answer"]
    assert "Seitdem 1 Versuch ohne Erfolg, am 22.11.2026." in words(visitor)


def test_who_is_silent_stands_on_datenpflege_with_the_form(named: Opened, behind: Behind) -> None:
    visitor = named("care", todo="reach")
    said = words(visitor)
    assert "nicht erreicht (9)" in said and "Am 13.11.2026 stimmte die Nummer oder Adresse nicht" in said
    press(visitor, SAID["attempt.open"])
    press(visitor, SAID["attempt.save"])
    assert "nicht erreicht (8)" in words(visitor)


# ---------------------------------------------------------------- archiving


def test_archiving_a_contact_asks_who_follows_and_can_be_taken_back(named: Opened, behind: Behind) -> None:
    visitor = named("entry", table="contact", id="c18")
    before = behind().rows("SELECT * EXCLUDE (version) FROM inventory.contact_point ORDER BY ALL")
    press(visitor, SAID["action.archive"])
    said = in_dialog(visitor)
    assert "brauchen diesen noch" in said and "Anlaufstelle: Sprechstunde Neue Wege" in said
    press(visitor, SAID["succession.now"])
    assert SAID["error.succession_needs_successor"] in in_dialog(visitor)
    widget(visitor, SAID["succession.successor"]).set_value("c10").run()
    press(visitor, SAID["succession.now"])
    assert "„Geschäftsstelle“ ist archiviert" in words(visitor)
    assert behind().value("SELECT contact_id FROM inventory.contact_point WHERE contact_point_id = 'p04'") == "c10"
    press(visitor, SAID["succession.undo"])
    assert SAID["succession.undone"] in told(visitor)
    assert behind().rows("SELECT * EXCLUDE (version) FROM inventory.contact_point ORDER BY ALL") == before


def test_a_refused_way_back_names_what_was_edited_since(named: Opened, behind: Behind) -> None:
    visitor = named("entry", table="contact", id="c18")
    inventory = behind()
    succession.archive(inventory, "contact", "c18", "open", ADA)
    with inventory.change(ADA, Action.EDIT_RECORDS) as change:
        change.update("contact_point", [{"contact_point_id": "p04", "name": "Neue Wege"}])
    press(visitor.run(), SAID["succession.undo"])
    assert "seitdem wurde geändert: Anlaufstelle: Neue Wege" in words(visitor)


def test_an_archived_contact_point_names_where_to_go_instead(page: Opened, behind: Behind) -> None:
    visitor = page(id="p15")
    succession.archive(behind(), "contact_point", "p15", "successor", ADA, successor_id="p10")
    said = words(visitor.run())
    assert "archiviert" in said and "Nachfolge: Kiezladen West" in said
