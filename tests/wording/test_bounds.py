"""Bounds and questions in words."""

from types import SimpleNamespace
from typing import Any

import pytest

from esdash.analysis.bounds import bounds as asked
from esdash.analysis.bounds.bounds import FACTS, Reason
from esdash.analysis.bounds.probable import STATES
from esdash.analysis.questions.questions import FIELDS, Question
from esdash.inventory import Inventory
from esdash.inventory.steering import ranges
from esdash.texts import LANGUAGES, Text
from esdash.wording import bounds, questions
from esdash.wording.names import names_of
from tests.analysis.entries import enter, online, survey
from tests.people import TEST

DE, EN = Text("de"), Text("en")
NBSP = "\N{NO-BREAK SPACE}"


def plain(words: str) -> str:
    return words.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.2, 0.9, "zwischen 20 % und 90 %"),
        (0.0, 0.46, "höchstens 46 %"),
        (0.3, 1.0, "mindestens 30 %"),
        (0.0, 1.0, "zwischen 0 % und 100 %"),
        (0.201, 0.203, "20 %"),
        (None, 0.3, "unbekannt"),
        (float("nan"), 0.3, "unbekannt"),
    ],
)
def test_a_share_between_two_ends(low: float | None, high: float, expected: str) -> None:
    assert plain(bounds.share(low, high, DE)) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0.07, 0.9, "7–90 %"),
        (0.0, 0.46, "≤ 46 %"),
        (0.3, 1.0, "≥ 30 %"),
        (0.0, 1.0, "…"),
        (0.201, 0.203, "20 %"),
        (None, 0.3, ""),
    ],
)
def test_a_share_in_a_narrow_cell(low: float | None, high: float, expected: str) -> None:
    assert plain(bounds.short_share(low, high, DE)) == expected


def test_places_without_an_upper_end() -> None:
    assert bounds.places(3, float("inf"), DE) == "mindestens 3"
    assert bounds.places(3.4, 7.2, EN, 1) == "between 3.4 and 7.2"


def test_the_reason_is_said() -> None:
    three = [Reason("capacity", 3, ("a", "b", "c"))]
    assert plain(bounds.said(0.2, 0.9, three, DE)) == (
        "zwischen 20 % und 90 %, weil die Plätze von 3 Angeboten unbekannt sind"
    )
    assert bounds.said(0.2, 0.9, three, EN) == "between 20% and 90%, because the places of 3 offers are unknown"
    assert plain(bounds.said(0.2, 0.2, three, DE)) == "20 %"
    several = [Reason("target_group", 1, ("a",)), *three, Reason("persons", 4, ())]
    assert bounds.why(several, DE) == "weil unbekannt sind: die Zielgruppen von 1 Angebot, die Plätze von 3 Angeboten"
    assert bounds.why([Reason("persons", 4, ())], DE) == (
        "weil die Personen in 4 Gruppen der Stadtbezirke (unter Schwelle) unbekannt sind"
    )
    assert bounds.theme_note([Reason("theme", 2, ("a", "b"))], DE) == (
        "Das gilt für Angebote mit bekanntem Thema; bei 2 Angeboten ist das Thema unbekannt."
    )
    assert bounds.theme_note(three, DE) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_has_words(language: str) -> None:
    text = Text(language)
    for fact in FACTS:
        for number in (1, 2):
            assert bounds.why([Reason(fact, number, ())], text) or fact == "theme"
    for fact in FIELDS:
        assert "Café" in questions.asked(Question("a", "Café", (fact,), 1.0), text)[0]


def row(**fields: Any) -> SimpleNamespace:
    return SimpleNamespace(**fields)


def test_the_state_of_a_cell_or_its_ends() -> None:
    assert bounds.state(row(state="white", coverage_low=0, coverage_high=0), DE) == "kein Angebot"
    assert bounds.state(row(state="none_known", share_low=0, share_high=0), DE) == "kein Angebot bekannt"
    assert plain(bounds.state(row(state="open", coverage_low=0.3, coverage_high=1.7), DE)) == "mindestens 30 %"
    assert plain(bounds.central(0.4759, DE)) == "48 % (mit Annahmen)"


def test_what_known_offers_cover(tiny: Inventory) -> None:
    """Nobody has looked; German for adults needs 34 of 73.1 places, and the offer of unknown size has at most 30."""
    enter(tiny, online("a", capacity=None), online("b", theme_ids=["homework"], target_group_ids=None, capacity=34))

    def said(theme: str) -> str:
        table = asked.table(tiny, "theme", "city", everywhere=True)
        return plain(bounds.known_offers(next(table[table["row_id"] == theme].itertuples()), DE))

    assert said("homework") == "Die bekannten Angebote decken 100 % des Bedarfs."
    assert said("counselling") == "Dazu ist kein Angebot bekannt."
    assert said("german_courses").startswith("Die bekannten Angebote decken zwischen ")
    assert bounds.themes_without(tiny, DE) == "Zu 2 von 4 Themen ist kein Angebot bekannt."
    fields = plain(bounds.by_field(tiny, names_of(tiny, DE)))
    assert fields.startswith("Nach Handlungsfeldern decken sie: Bildung zwischen ")
    assert fields.endswith(" %, Wohnen kein Angebot bekannt.")
    survey(tiny)
    assert said("counselling") == "Dazu ist kein Angebot bekannt."  # by offers, whoever has looked


def test_what_is_probable_is_a_supposition() -> None:
    drawn = row(state="thin", agreement=0.93, probable=True)
    assert bounds.probably(drawn, DE) == "wahrscheinlich weniger als die Hälfte gedeckt"
    assert bounds.probably_note(drawn, DE).startswith("So ist es in 93 von 100 durchgespielten Fällen")
    assert bounds.probably(row(state="thin", agreement=0.7, probable=False), DE) == ""
    for state in STATES:
        assert bounds.probably(row(state=state, agreement=1.0, probable=True), EN).startswith("probably ")


def test_assumptions_are_named_where_they_are_used(tiny: Inventory) -> None:
    enter(tiny, online("a", capacity=None))
    names = names_of(tiny, DE)
    said = bounds.assumptions(tiny, names, [Reason("capacity", 1, ("a",)), Reason("persons", 2, ())])
    assert said == [
        "Ein Angebot mit unbekannten Plätzen zählt mit 15 Plätzen; mindestens hat es 6, höchstens 30 "
        "(in jedem Handlungsfeld).",
        "Personen unter der Schwelle zählen mit dem gleichen Teil dessen, was in der Stadt übrig bleibt.",
    ]
    assert bounds.assumptions(tiny, names, []) == []
    ranges.agree(tiny, [ranges.Range("education", 8, 12, 20)], TEST, "Auszählung der Kurse")
    assert bounds.assumptions(tiny, names, [Reason("capacity", 1, ("a",))]) == [
        "Ein Angebot mit unbekannten Plätzen zählt mit 12 Plätzen; mindestens hat es 8, höchstens 20 "
        "(Bildung und Sprache).",
        "Ein Angebot mit unbekannten Plätzen zählt mit 15 Plätzen; mindestens hat es 6, höchstens 30 "
        "(Wohnen und Leben).",
    ]


# ---------------------------------------------------------------- questions


def test_what_hangs_on_a_call() -> None:
    assert questions.worth(row(fields=14, needed=52.3), DE) == "hilft bei 14 Feldern mit 52 gebrauchten Plätzen"
    assert questions.worth(row(fields=1, needed=2.6), EN) == "helps with 1 field that needs 3 places"
    assert questions.worth(row(fields=0, needed=0.0), DE) == "zurzeit hängt keine Zahl daran"


def test_the_letter_names_a_person_only_as_they_may_be_shown() -> None:
    call = row(organization="Haus A", contact_name=None, contact_email=None, email="info@haus.example.org")
    asked_for = [Question("a", "Café", ("target_group", "capacity"), 3.0)]
    letter = questions.letter(call, asked_for, "Musterstadt", DE)
    assert letter.to == "info@haus.example.org"
    assert letter.body.startswith("Guten Tag,\n\nHaus A steht in der gemeinsamen Übersicht")
    assert "– Wie viele Menschen können in einer Woche an „Café“ teilnehmen?" in letter.body
    named = row(organization="Haus A", contact_name="Ada Muster", contact_email="keine", email=None)
    letter = questions.letter(named, asked_for, "Musterstadt", DE)
    assert letter.to is None and letter.body.startswith("Guten Tag Ada Muster,")
