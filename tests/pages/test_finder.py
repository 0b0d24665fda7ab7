"""Anlaufstellen, parts Finder and Ehrenamtliche: questions, answers, the link, counting, and what never leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from esdash.analysis import open_inventory
from esdash.analysis.volunteers import volunteers
from esdash.inventory import create
from esdash.inventory.access import Action
from esdash.inventory.steering import wishes
from esdash.texts import Text
from esdash.ui.contact_points.ways import ways
from esdash.wording.escaping import plain
from tests.conftest import NOW
from tests.pages import hostile, whole
from tests.pages.conftest import Behind, Opened
from tests.pages.said import table, words
from tests.pages.test_every_page import assert_in_words, assert_one_language
from tests.pages.test_voices import everything, press
from tests.people import TEST

PAGE = "contact_points"
LEARNING = {"what": "education", "theme": "homework", "when": "afternoon", "from": "16"}
NOTHING = {"what": "cohesion", "theme": "culture", "when": "morning", "spoken": "fa", "also": "little_german"}
ANSWERS = {"contact_points": "finder", "search": "yes"}


def counted(behind: Behind) -> list[tuple[str, int, int]]:
    rows = behind().rows("FROM inventory.wish WHERE week = DATE '2026-11-16' AND theme_id = 'homework' ORDER BY ALL")
    return [(row["wish_id"], row["searches"], row["nothing_found"]) for row in rows]


def test_a_link_leads_to_the_answers(app: Callable[..., AppTest]) -> None:
    visitor = app("example", PAGE, **ANSWERS, **LEARNING)
    assert not visitor.exception
    said = words(visitor)
    assert "Ihre Wünsche: Lernhilfe und Hausaufgaben · nachmittags · Weg von Zoberberg" in said
    assert "Sie können nachmittags: Mo, Do 14–15:30 Uhr" in said and "20 Minuten Weg von Zoberberg" in said
    assert said.count("Ihr Thema: Lernhilfe und Hausaufgaben") == 3
    assert said.count("(tel:") == said.count("Ansprechperson: ") == 3
    more = press(visitor, "finder_more")
    assert words(more).count("Ansprechperson: ") > 3
    assert more.query_params["more"] == "yes"


def test_nothing_found_says_what_helps_and_does_it(app: Callable[..., AppTest]) -> None:
    visitor = app("example", PAGE, **ANSWERS, **NOTHING)
    said = words(visitor)
    assert "Zu Ihren Wünschen passt zurzeit kein Angebot." in said and "Lieber persönlich fragen" in said
    (first, *_) = [button for button in visitor.button if str(button.key).startswith("finder_without_")]
    promised = next(line for line in said.split("\n") if line.startswith("Ohne ") and " Angebote" in line)
    first.click().run()
    visitor.run()  # after a short page, which brings the browser back to the top
    assert promised.split()[-2] + " Angebote passen zu allem" in words(visitor)


@pytest.mark.parametrize("query", [ANSWERS | LEARNING, ANSWERS | NOTHING, {"contact_points": "finder"}])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_in_words_of_one_language(app: Callable[..., AppTest], lang: str, query: dict[str, str]) -> None:
    visitor = app("example", PAGE, **query, lang=lang)
    assert not visitor.exception
    assert_in_words(visitor, "example")
    assert_one_language(visitor, lang)


def test_searching_counts_once_and_empties_no_cache(named: Opened, behind: Behind) -> None:
    wishes._counted.clear()
    visitor = named(PAGE, "example", author="", contact_points="finder")
    before, revision = counted(behind), behind().revision
    visitor.get_by_key("finder.what").set_value("education").run()
    visitor.get_by_key("finder.theme").set_value("homework").run()
    visitor.get_by_key("finder.when").set_value("evening").run()
    assert (counted(behind), visitor.query_params["when"]) == (before, "evening")  # choosing counts nothing
    press(visitor, "finder_search").run()
    assert not visitor.exception
    assert visitor.query_params["search"] == "yes"
    new = ("2026-11-16|homework||evening|", 1)
    assert [row[:2] for row in counted(behind) if row not in before] == [new]
    press(visitor, "finder_change").run()
    press(visitor, "finder_search").run()  # the same visitor, the same question
    assert [row[:2] for row in counted(behind) if row not in before] == [new]
    assert behind().revision == revision


def test_a_look_back_counts_nothing(named: Opened, behind: Behind) -> None:
    visitor = named(PAGE, "example", author="", contact_points="finder", on="2026-11-01", what="education")
    before = behind().rows("FROM inventory.wish ORDER BY ALL")
    press(visitor, "finder_search")
    assert not visitor.exception and visitor.query_params["search"] == "yes"
    assert behind().rows("FROM inventory.wish ORDER BY ALL") == before


def test_a_past_day_says_nothing_of_what_is_open(app: Callable[..., AppTest]) -> None:
    for wished in (LEARNING, NOTHING):
        said = words(app("example", PAGE, on="2026-11-20", **ANSWERS, **wished))
        assert not [word for word in ("offen bis", "geschlossen", "heute noch", "bitte vorher anrufen") if word in said]


def test_volunteers_add_up_on_the_page(app: Callable[..., AppTest], behind: Behind) -> None:
    visitor = app("example", PAGE, contact_points="volunteers")
    sums = volunteers.sums(behind())
    assert f"wirken {sums.active} Ehrenamtliche mit, {sums.wanted} werden noch gesucht" in words(visitor)
    for kind in volunteers.KINDS:
        shown = table(app("example", PAGE, contact_points="volunteers", by=kind), "title", "volunteers_active")
        assert shown is not None
        assert (shown["volunteers_active"].sum(), shown["volunteers_wanted"].sum()) == (sums.active, sums.wanted)
    offers = table(visitor, "name", "in_finder")
    assert offers is not None and len(offers) == sums.offers
    assert (offers["in_finder"] == "ja").sum() == sums.searching - sums.unaskable


@pytest.mark.parametrize("lang", ["de", "en"])
def test_volunteers_in_words(app: Callable[..., AppTest], lang: str) -> None:
    for query in ({"by": "theme"}, {"by": "district", "wishes": "language"}, {"on": "2026-03-01"}):
        visitor = app("example", PAGE, contact_points="volunteers", lang=lang, **query)
        assert not visitor.exception
        assert_in_words(visitor, "example")
        assert_one_language(visitor, lang)


def test_small_numbers_of_wishes_are_not_sent(app: Callable[..., AppTest]) -> None:
    visitor = app("example", PAGE, contact_points="volunteers", wishes="language")
    shown = table(visitor, "wish", "unmet")
    assert shown is not None
    assert dict(zip(shown["wish"], shown["unmet"], strict=True)) == {
        **{"Arabisch": "5", "Ukrainisch": "4"},
        **{"egal": "nicht gezeigt", "Persisch (Farsi)": "weniger als 3"},
    }


def test_without_offers_it_leads_by_the_hand(app: Callable[..., AppTest]) -> None:
    for query in ({"contact_points": "volunteers"}, {"contact_points": "finder"}, ANSWERS):
        visitor = app("empty", PAGE, **query)
        assert not visitor.exception
        assert_in_words(visitor, "empty")


# ---------------------------------------------------------------- what never leaves

NAMES = ("Zaubermann", "7700110011", "Yxberg", "Quittenfeld")


def test_no_name_leaves(at: Opened, tmp_path: Path) -> None:
    """Planted in notes of offers and in contacts without consent; nothing that is sent holds them."""
    path = tmp_path / "inventory.duckdb"
    create(path, "public", whole.fill, TEST, clock=lambda: NOW)
    inventory = open_inventory(path, lambda: NOW)
    with inventory.change(TEST, Action.SET_UP) as change:
        key = change.rows("SELECT initiative_id, organization_id FROM inventory.initiative ORDER BY ALL LIMIT 1")[0]
        hidden = {"phone": "7700110011", "email": "yxberg@example.org", "consent_scope": "internal"}
        common = {"organization_id": key["organization_id"], "name": "Ada Zaubermann", "note": "Quittenfeld"}
        shown = {"phone": "+49 340 55", "email": None, "consent_scope": "public"}
        day = {"last_reached_on": NOW.date(), "assured_on": NOW.date(), "consent_on": NOW.date()}
        for contact, more in (("hidden", hidden), ("shown", {**shown, "name": "Oda Offen"})):
            change.insert("contact", [{"contact_id": contact, "role": f"Leitung {contact}", **common, **more, **day}])
            offer = {"initiative_id": f"new-{contact}", "contact_id": contact, "volunteers_wanted": 3}
            named = {"name": f"Angebot {contact}", "note": "Frau Quittenfeld und Herr Zaubermann helfen mit"}
            change.insert("initiative", [{**offer, **named, "organization_id": key["organization_id"]}])
    inventory.close()
    for query in (
        {"contact_points": "finder"},
        ANSWERS,
        ANSWERS | {"when": "evening"},
        {"contact_points": "volunteers"},
    ):
        sent = everything(at(path, PAGE, **query)).casefold()
        assert [name for name in NAMES if name.casefold() in sent] == [], query
    answers = words(at(path, PAGE, **ANSWERS))
    assert "Angebot shown" in answers and "+49 340 55" in answers and "Angebot hidden" not in answers


@pytest.mark.parametrize(
    ("phone", "email", "said"),
    [
        (
            "0340 12 34-56",
            "a+b@verein.de",
            "[0340 12 34-56](tel:+49340123456) [a\\+b@verein.de](mailto:a%2Bb@verein.de)",
        ),
        ("montags am Tresen", "fragen Sie am Tresen", "montags am Tresen fragen Sie am Tresen"),
        (hostile.FORMULA, hostile.SCRIPT, f"{plain(hostile.FORMULA)} {plain(hostile.SCRIPT)}"),
        (None, "a)![x](https://remote.test/x@b.de", plain("a)![x](https://remote.test/x@b.de")),
        (None, "a)![x](y@b.de", f"[{plain('a)![x](y@b.de')}](mailto:a%29%21%5Bx%5D%28y@b.de)"),
        (None, "javascript:alert(1)//<b>@verein.de", plain("javascript:alert(1)//<b>@verein.de")),
    ],
)
def test_only_what_is_a_number_or_an_address_is_a_link(
    phone: str | None, email: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(st, "markdown", drawn.append)
    ways("", phone, email, Text("de"))
    (lines,) = drawn
    assert " ".join(line.split(": ", 1)[1] for line in lines.split("  \n")) == said
