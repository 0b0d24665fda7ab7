"""Who could help: written situations with the first answers and why; what would help where there is none."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from esdash.analysis.actors import helping
from esdash.analysis.actors.helping import Need
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.wording import helping as words
from esdash.wording.names import names_of
from tests.analysis.conftest import opened
from tests.people import TEST

DE = Text("de")

# Seven organisations of Musterstadt. From 02 to 01 it takes 20 minutes, from 03 to either more than 30.
ORGANIZATIONS = {
    "lern": "Lernverein",  # homework in 01, nobody waits; no barriers there
    "haus": "Haus Nord",  # homework in 02, nine wait, enough volunteers
    "kurs": "Kursstube",  # German in 01, also in Persian; whether anybody waits is unknown
    "rat": "Ratgeber",  # advice that goes to 03, two wait; somebody speaks Persian
    "tausch": "Tauschladen",  # no offer; has promised cupboards in 02, broke a promise, another is a measure
    "agentur": "Ehrenamtsagentur",  # contact point for volunteers in 01
    "alt": "Altverein",  # archived, with an offer that nobody ended
}
OFFERS: tuple[dict[str, Any], ...] = (
    {"initiative_id": "L", "organization_id": "lern", "name": "Hausaufgabenhilfe Mitte", "theme_ids": ["homework"]}
    | {"target_group_ids": ["children"], "location_id": "in_01", "waiting": 0, "assured_on": "2026-10-01"},
    {"initiative_id": "H", "organization_id": "haus", "name": "Lernzeit Nord", "theme_ids": ["homework"]}
    | {"target_group_ids": ["children"], "location_id": "in_02", "waiting": 9, "assured_on": "2026-09-01"}
    | {"volunteers_active": 5, "volunteers_wanted": 0},
    {"initiative_id": "K", "organization_id": "kurs", "name": "Deutsch am Morgen", "theme_ids": ["german_courses"]}
    | {
        "target_group_ids": ["adults"],
        "location_id": "in_01",
        "language_ids": ["de", "fa"],
        "assured_on": "2026-08-01",
    },
    {"initiative_id": "R", "organization_id": "rat", "name": "Rat unterwegs", "theme_ids": ["counselling"]}
    | {
        "target_group_ids": ["adults"],
        "mode": "mobile",
        "district_ids": ["03"],
        "waiting": 2,
        "assured_on": "2026-11-01",
    },
    {"initiative_id": "A", "organization_id": "alt", "name": "Alte Lernhilfe", "theme_ids": ["homework"], "waiting": 0},
)


@pytest.fixture(scope="module")
def town_of_helpers(town_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    folder: Path = tmp_path_factory.mktemp("helpers")
    for inventory in opened(town_file, folder):
        with inventory.change(TEST, Action.SET_UP) as change:
            for key, name in ORGANIZATIONS.items():
                state = "archived" if key == "alt" else "active"
                change.insert("organization", [{"organization_id": key, "name": name, "status": state}])
            for key, free in (("01", True), ("02", False)):
                place = {"location_id": f"in_{key}", "name": f"Haus {key}", "district_id": key, "barrier_free": free}
                change.insert("location", [place])
            for row in OFFERS:
                change.insert("initiative", [row])
            change.insert(
                "contact",
                [
                    {"contact_id": "c", "organization_id": "rat", "role": "Beratung", "name": "Ada Geheim"}
                    | {"language_ids": ["fa"], "assured_on": "2026-11-02"}
                ],
            )
            change.insert(
                "contact_point",
                [
                    {
                        "contact_point_id": "p",
                        "organization_id": "agentur",
                        "name": "Ehrenamtsladen",
                        "location_id": "in_01",
                    }
                    | {"audiences": ["volunteers"], "assured_on": "2026-11-10", "phone": "0340 123456"}
                ],
            )
            for state, theme, text in (
                ("open", "essentials", "Stellt zwei Schränke bereit."),
                ("broken", "homework", "Hilft bei Hausaufgaben."),
                ("released", "homework", "Sammelt Schulhefte."),
                ("kept", "homework", "Hat Stifte gespendet."),
            ):
                district = "02" if state == "open" else None
                change.insert(
                    "commitment",
                    [
                        {"commitment_id": state, "organization_id": "tausch", "state": state, "theme_id": theme}
                        | {"text": text, "district_id": district, "given_on": "2026-06-01"}
                    ],
                )
            measure = {"measure_id": "m", "title": "Lernpaten finden", "state": "running", "starts_on": "2026-06-02"}
            change.insert("measure", [measure | {"lead_organization_id": "tausch"}])
            used = {"commitment_id": "used", "organization_id": "tausch", "state": "open", "measure_id": "m"}
            change.insert("commitment", [used | {"theme_id": "homework", "text": "Sucht Lernpaten."}])
        yield inventory


@dataclass(frozen=True)
class Situation:
    """What is needed, in words; the answers in their order, each with the kinds of its reasons; without which wish."""

    told: str
    need: Need
    answers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    without: dict[str, int] = field(default_factory=dict)


SITUATIONS = (
    Situation(
        "Somebody for homework: who has room first, then who is full, then who does something of the same field.",
        Need(theme="homework"),
        {"lern": ("offer_free",), "haus": ("offer_waiting",), "kurs": ("offer_like",)},
    ),
    Situation(
        "Homework in 02: a room 20 minutes away and a full offer there weigh the same; the younger word is first.",
        Need(theme="homework", district="02"),
        {
            "lern": ("offer_free", "room_near"),
            "haus": ("offer_waiting", "room"),
            "kurs": ("offer_like", "room_near"),
        },
    ),
    Situation(
        "Homework without barriers: the house in 02 has steps.",
        Need(theme="homework", barrier_free=True),
        {"lern": ("offer_free", "barrier_free"), "kurs": ("offer_like", "barrier_free")},
    ),
    Situation(
        "Homework for children: the course is for adults.",
        Need(theme="homework", target_group="children"),
        {"lern": ("offer_free", "group"), "haus": ("offer_waiting", "group")},
    ),
    Situation(
        "Advice in Persian: the contact speaks it, though the offer does not say so.",
        Need(theme="counselling", language="fa"),
        {"rat": ("offer_waiting", "speaks")},
    ),
    Situation(
        "Advice in 03: nobody is there, but one goes there.",
        Need(theme="counselling", district="03"),
        {"rat": ("offer_waiting", "comes")},
    ),
    Situation(
        "Somebody who speaks Persian: the one confirmed last comes first.",
        Need(language="fa"),
        {"rat": ("speaks",), "kurs": ("speaks",)},
    ),
    Situation(
        "Volunteers: the place where they ask, then who has enough.",
        Need(volunteers=True),
        {"agentur": ("finds",), "haus": ("enough",)},
    ),
    Situation(
        "Volunteers in 02: 0.75 + 1 is more than 1 + 0.5.",
        Need(volunteers=True, district="02"),
        {"haus": ("room", "enough"), "agentur": ("room_near", "finds")},
    ),
    Situation(
        "Furniture: no offer, but a promise that nobody has called on.",
        Need(theme="essentials"),
        # advice is of the same field
        {"tausch": ("promise",), "rat": ("offer_waiting_like",)},
    ),
    Situation(
        "Furniture in 02: the promise is about both.",
        Need(theme="essentials", district="02"),
        {"tausch": ("promise", "promise")},
    ),
    Situation(
        "Furniture in 01: the promise is about 02; without the district it would do, and who advises too; without the "
        "theme those with a room in 01 or near it.",
        Need(theme="essentials", district="01"),
        {},
        {"theme": 4, "district": 2},
    ),
    Situation(
        "A word with a typing error finds the offer.",
        Need(words="Hausaufgabenhilve"),
        {"lern": ("says",)},
    ),
    Situation(
        "A word of a promise finds it, also written without umlaut.",
        Need(words="schraenke"),
        {"tausch": ("promise",)},
    ),
    Situation(
        "A whole field of action in Persian: the course is of the field, so it is exactly that.",
        Need(theme="education", language="fa"),
        {"kurs": ("offer", "speaks")},
    ),
    Situation(
        "Homework in 03 in Persian: one wish is too many.",
        Need(theme="homework", district="03", language="fa"),
        {},
        {"theme": 1, "district": 1},
    ),
    Situation("Nothing is asked for.", Need(words=" ?! ")),
    Situation("One wish that nobody fulfils.", Need(words="Segelflug")),
)


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.told[:40])
def test_the_first_answers_and_their_reasons(town_of_helpers: Inventory, situation: Situation) -> None:
    answer = helping.find(town_of_helpers, situation.need)
    found = {helper.organization_id: tuple(reason.kind for reason in helper.reasons) for helper in answer.helpers}
    assert list(found.items()) == list(situation.answers.items())
    assert answer.found == len(found)
    assert answer.without == situation.without and list(answer.without) == list(situation.without)


def test_an_unused_promise_that_fits_counts_half_a_point_more(town_of_helpers: Inventory) -> None:
    (first, *_) = helping.find(town_of_helpers, Need(theme="essentials")).helpers
    assert (first.points, [promise.record_id for promise in first.promises]) == (1.5, ["open"])


def test_each_reason_names_its_record_and_its_day(town_of_helpers: Inventory) -> None:
    (first, *_) = helping.find(town_of_helpers, Need(theme="counselling", language="fa")).helpers
    assert [(reason.table, reason.record_id, str(reason.day)) for reason in first.reasons] == [
        ("initiative", "R", "2026-11-01"),
        ("contact", "c", "2026-11-02"),
    ]


def test_numbers_of_people_below_the_threshold_are_not_said_and_persons_not_named(town_of_helpers: Inventory) -> None:
    threshold = 3
    said = {
        helper.organization_id: [words.reason(reason, threshold, DE) for reason in helper.reasons]
        for need in (Need(theme="homework"), Need(theme="counselling", language="fa"))
        for helper in helping.find(town_of_helpers, need).helpers
    }
    assert said["haus"] == [
        "Macht das schon, hat aber selbst eine Warteliste (9 Menschen): „Lernzeit Nord“ (bestätigt am 01.09.2026)"
    ]
    assert said["rat"] == [
        "Macht das schon, hat aber selbst eine Warteliste (wenige Menschen): „Rat unterwegs“ (bestätigt am 01.11.2026)",
        "Eine Ansprechperson spricht die Sprache: Beratung (bestätigt am 02.11.2026)",
    ]
    assert not any("Geheim" in line for lines in said.values() for line in lines)


def test_whom_to_ask_where_nobody_fits(town_of_helpers: Inventory) -> None:
    point = helping.ask_first(town_of_helpers, Need(words="Segelflug"))
    assert point is not None and (point["name"], point["phone"]) == ("Ehrenamtsladen", "0340 123456")


def test_why_one_stands_behind_another(town_of_helpers: Inventory) -> None:
    names = names_of(town_of_helpers, DE)
    need = Need(theme="homework")
    helpers = helping.find(town_of_helpers, need).helpers
    said = [words.why_here(n + 1, helper, helpers[n - 1] if n else None, DE) for n, helper in enumerate(helpers)]
    assert said == [
        "Steht vorn: erfüllt alle Wünsche, mit den meisten Punkten.",
        "Steht dahinter: 0,50 Punkte, darüber 1,00.",
        "Steht dahinter: macht nur etwas Ähnliches.",
    ]
    assert "3 Organisationen" in words.sentence(need, helping.find(town_of_helpers, need), names)


@pytest.mark.parametrize(
    ("need", "first", "kinds"),
    [
        (Need(theme="homework", district="16"), "o18", ("offer_free", "room")),
        (Need(theme="sport", target_group="youth", district="16"), "o06", ("offer_free", "group", "room")),
        (Need(theme="counselling", language="uk"), "o21", ("offer_free", "speaks")),
        (Need(words="Nähcaffe"), "o10", ("says",)),
    ],
)
def test_the_example(example: Inventory, need: Need, first: str, kinds: tuple[str, ...]) -> None:
    answer = helping.find(example, need)
    assert answer.helpers[0].organization_id == first
    assert tuple(reason.kind for reason in answer.helpers[0].reasons) == kinds
    assert len(answer.helpers) <= helping.AT_MOST
