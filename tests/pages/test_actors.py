"""Akteure: the list and one organisation, the matrix and its facts, who could help, what is told to nobody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from esdash.analysis.actors import ties
from esdash.commands.records import tables as exported
from esdash.texts import Text
from esdash.wording import actor_list
from tests.pages import hostile
from tests.pages.conftest import Behind
from tests.pages.said import plain, table, texts, words

SAID = texts("de")
DE = Text("de")
Opened = Callable[..., AppTest]
PAIRS = """
WITH there AS (
    SELECT meeting_id, unnest(present_organization_ids) AS o FROM inventory.meeting
    WHERE meeting_state IN ('held', 'closed') AND NOT cancelled
)
SELECT count(DISTINCT (a.o, b.o)) FROM there AS a JOIN there AS b USING (meeting_id) WHERE a.o < b.o
"""


def press(visitor: AppTest, label: str, place: int = 0) -> AppTest:
    found = [button for button in visitor.button if label in button.label]
    assert found, (label, [button.label for button in visitor.button])
    found[place].click().run()
    assert not visitor.exception, visitor.exception[0].message
    return visitor


def links(visitor: AppTest) -> list[tuple[str, str]]:
    return [(link.proto.page.rsplit("/", 1)[-1], link.proto.query_string) for link in visitor.get("page_link")]


def test_the_list_has_every_active_organisation(app: Opened, raw: Callable) -> None:
    visitor = app("example", "actors")
    frame = table(visitor, "name", "offers", "wanted", "partners")
    (active,) = raw("example", "SELECT count(*) FROM inventory.organization WHERE status = 'active'")[0]
    assert len(frame) == active and len(frame.columns) <= 7
    assert f"Im Bestand: {active} Organisationen" in plain(words(visitor))
    found = app("example", "actors", q="Ehrenamtsagantur")  # spelling is forgiven
    assert table(found, "name", "offers")["name"].tolist() == ["Ehrenamtsagentur Beispielstadt"]


def test_one_organisation_says_what_it_offers_seeks_and_promised(app: Opened) -> None:
    visitor = app("example", "actors", id="o08")
    said = plain(words(visitor))
    for words_of in ("Tandem Beispielstadt", "13 Ehrenamtliche", "Arabisch, Deutsch, Englisch", "Beratung Ehrenamt"):
        assert words_of in said, words_of
    assert "Stellt die gemeinsame Liste der Anlaufstellen zusammen" in said and "gehalten, festgestellt am" in said
    assert any(page == "workshops" and "promise=z05" in query for page, query in links(visitor))
    assert SAID["actors.missing"] in words(app("example", "actors", id="o99"))


def test_broken_promises_are_said_inside_only(app: Opened, behind: Behind) -> None:
    """On the page of the organisation, with the word that it is internal; in no list, file or command."""
    assert "Prüft eine Sprechstunde östlich der Mulde" in words(app("example", "actors", id="o17"))
    assert "nur intern" in words(app("example", "actors", id="o17"))
    inventory = behind()
    listed = actor_list.listed(inventory, DE, "", {})
    assert not [name for name in listed.columns if "broken" in name]
    assert not [column for column in actor_list.columns(DE, files=True) if "broken" in column.name]
    exports = exported()["ties"](inventory)
    assert set(exports["kind"]) == set(ties.KINDS) and "z03" not in str(exports["record_ids"].tolist())
    for part in ("net", "help"):
        assert "Sprechstunde östlich" not in words(app("example", "actors", actors=part, theme="mental_health"))


def test_nobody_without_consent_is_named(app: Opened, raw: Callable) -> None:
    for (key,) in raw("hostile", "SELECT organization_id FROM inventory.organization"):
        assert hostile.HIDDEN not in words(app("hostile", "actors", id=key))
    assert hostile.HIDDEN not in words(app("hostile", "actors", actors="help", words="Verein"))


def test_the_matrix_says_how_many_ties_there_are(app: Opened, raw: Callable, behind: Behind) -> None:
    visitor = app("example", "actors", actors="net")
    pairs = ties.pairs(behind())
    assert f"{len(pairs)} Verbindungen" in plain(words(visitor))
    assert (pairs["kinds"].map(lambda kinds: "meeting" in kinds)).sum() == raw("example", PAIRS)[0][0] == 21
    frame = table(visitor, "a_name", "b_name", "kind_words", "n")
    assert len(frame) == len(pairs)


def test_a_pair_shows_its_facts_with_their_days_and_records(app: Opened) -> None:
    visitor = app("example", "actors", actors="net", pair="o04|o10")
    said = plain(words(visitor))
    assert "gemeinsames Angebot, seit 01.09.2024" in said and "gemeinsames Angebot, seit 01.06.2023" in said
    assert {query for page, query in links(visitor) if page == "initiatives"} == {"id=i023", "id=i024"}
    press(visitor, SAID["actors.close_pair"])
    assert "pair" not in visitor.query_params


def test_the_surroundings_of_one_organisation(app: Opened) -> None:
    visitor = app("example", "actors", actors="net", around="o27")
    assert "Mit wem Muster-Jobcenter Elbe-Mulde zusammenarbeitet" in plain(words(visitor))
    frame = table(visitor, "other", "kind_words", "n")
    assert sorted(frame["other"]) == ["Bildungswerk", "Willkommen in Roßlau"]  # of measure ma5
    assert set(frame["kind_words"]) == {"Maßnahme"} and set(frame["last_words"]) == {"läuft noch"}


def test_who_stands_alone_and_who_could_go_together(app: Opened) -> None:
    frame = table(app("example", "actors", actors="net"), "name", "could")
    assert frame["name"].tolist() == [
        *("Beispielverein Willkommen in Rosslau", "Initiative Campus Offen der Musterhochschule"),
    ]
    assert frame["could"][1].startswith("Phantasie-Sportverein Grün-Weiß Musterstadt e. V. (Jugendliche")


def test_the_figures_then_and_now_add_up(app: Opened) -> None:
    visitor = app("example", "actors", actors="net", since="2026-06-16")
    (shown,) = [node.value for node in visitor.table]
    rows = {row.iloc[0]: [str(cell) for cell in row.iloc[1:]] for _, row in shown.iterrows()}
    for whole, parts in (("figure_organizations", "sector_"), ("figure_ties", "ties_")):
        names = [words for key, words in SAID.items() if key.startswith(f"actors.{parts}")]
        for column in (0, 1):
            assert int(rows[SAID[f"actors.{whole}"]][column]) == sum(int(rows[name][column]) for name in names)
    then, now, change = rows[SAID["actors.figure_ties"]]
    assert int(now) - int(then) == int(change.replace("+", ""))
    assert rows[SAID["actors.figure_organizations"]][:2] == ["25", "27"]


def test_a_past_day_shows_the_ties_of_that_day(app: Opened) -> None:
    visitor = app("example", "actors", actors="net", on="2025-11-11")  # before the first workshop and meeting
    frame = table(visitor, "a_name", "b_name", "kind_words")
    assert set(frame["kind_words"]) == {"gemeinsames Angebot"}


def test_to_print_has_plain_tables_and_no_controls(app: Opened) -> None:
    visitor = app("example", "actors", actors="net", print="1")
    assert len(visitor.table) == 3 and not visitor.selectbox and not visitor.dataframe
    assert len(visitor.table[0].value) == len(table(app("example", "actors", actors="net"), "a_name", "b_name"))


def test_who_could_help_from_a_white_spot(app: Opened) -> None:
    """The link beside the cell fills in the wishes; the answer says why, since when, whom to ask."""
    gap = app("example", "gaps", theme_in="homework", district_in="16", beside="evidence")
    (query,) = [query for page, query in links(gap) if page == "actors"]
    assert sorted(query.split("&"))[:2] == ["actors=help", "district=16"] and "theme=homework" in query
    visitor = app("example", "actors", actors="help", theme="homework", district="16")
    said = plain(words(visitor))
    assert "1. Förderverein Lernstern (Beispielschule) e. V." in said
    assert "Macht das schon, ohne Warteliste: „Lernstern-Nachmittag“ (bestätigt am 09.09.2026)" in said
    assert "Ist in diesem Stadtbezirk: Treff Feldahorn Zoberberg" in said
    assert "Fragen: Koordination Lernhilfe" in said
    assert said.count("Nachweis") >= 10


def test_opening_a_helper_leads_back_to_the_question(app: Opened) -> None:
    visitor = press(app("example", "actors", actors="help", theme="homework", district="16"), SAID["actors.open"])
    assert "id" in visitor.query_params and visitor.subheader[0].value.startswith("Förderverein Lernstern")
    press(visitor, SAID["actors.back"])
    assert dict(visitor.query_params) == {"actors": "help", "theme": "homework", "district": "16"}


def test_nothing_found_says_which_wish_to_drop_and_whom_to_ask(app: Opened) -> None:
    visitor = app("example", "actors", actors="help", theme="homework", district="25", spoken="fa")
    assert "Niemand erfüllt alle Wünsche" in plain(words(visitor))
    assert SAID["helping.nobody"] in [info.value for info in visitor.info]
    assert "Wer weiterhelfen kann: " in words(visitor)
    press(visitor, "Ohne „Stadtbezirk Streetz/Natho“")
    assert "district" not in visitor.query_params
    assert "Helfen könnte" in words(visitor)


def test_the_promise_of_a_workshop_is_offered(app: Opened) -> None:
    said = plain(words(app("example", "actors", actors="help", theme="engagement", district="22")))
    first = said.split("2. ")[0]
    assert "1. Beispielverein Willkommen in Roßlau e. V." in first
    assert "Hat zugesagt: „Stellt in Roßlau einen Raum für Gespräche mit neuen Ehrenamtlichen bereit." in first


def test_links_from_priority_and_measure(app: Opened) -> None:
    for page, query in (("priorities", {"item": "p13"}), ("measures", {"id": "ma6"})):
        found = [query for target, query in links(app("example", page, **query)) if target == "actors"]
        assert found and "district=16" in found[0] and "actors=help" in found[0], page


@pytest.mark.parametrize("part", ["organizations", "net", "help"])
def test_without_organisations_each_part_says_what_to_do(app: Opened, part: str) -> None:
    visitor = app("empty", "actors", actors=part)
    assert not visitor.exception
    if part != "help":
        assert SAID["actors.sentence_empty"] in words(visitor)
        assert {"imports", "entry"} <= {page for page, _ in links(visitor)}


def test_public_facts_without_ties_say_where_ties_come_from(app: Opened) -> None:
    visitor = app("public", "actors", actors="net")
    said = words(visitor)
    assert SAID["actors.no_ties"] in said or table(visitor, "a_name", "b_name") is not None
