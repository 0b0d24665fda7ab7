"""The finder (METHODS M19): 25 written situations with their first answers and reasons, and what always holds."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from esdash.analysis.finder import asking, finder
from esdash.analysis.finder.finder import SLOTS, Found, Wishes
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.wording import finder as words
from esdash.wording.names import names_of
from tests.analysis.conftest import opened
from tests.conftest import NOW
from tests.people import TEST

TODAY = NOW.date()  # Sunday, 2026-11-22
PUBLIC = {"consent_scope": "public", "consent_on": date(2026, 1, 1), "consent_source": "Gespräch"}
LATELY = {"last_reached_on": date(2026, 11, 2), "assured_on": date(2026, 11, 2)}


def contact(key: str, **more: Any) -> dict[str, Any]:
    usual = {"organization_id": "a", "role": f"Leitung {key}", "name": f"Ada {key}", "phone": "+49 340 1234"}
    given = {**usual, **PUBLIC, **LATELY, "deputy_contact_id": None, "absences": [], "status": "active", **more}
    return {"contact_id": key, **given}


CONTACTS = [
    contact("ada"),
    contact("stale", last_reached_on=date(2026, 8, 23)),  # 91 days ago
    contact("inside", consent_scope="internal"),
    contact("away", deputy_contact_id="ada", absences=[{"first_day": "2026-11-16", "last_day": None, "reason": None}]),
    contact(
        "gone", deputy_contact_id="stale", absences=[{"first_day": "2026-11-16", "last_day": None, "reason": None}]
    ),
]
TUESDAY, SATURDAY = 2, 6


def at(weekday: int, begins: str, ends: str) -> dict[str, Any]:
    return {"weekday": weekday, "begins": f"{begins}:00", "ends": f"{ends}:00"}


def offer(
    key: str, themes: list[str] | None, place: str | None, times: list[dict[str, Any]] | None, **more: Any
) -> Any:
    usual = {"language_ids": ["de"], "mode": "on_site", "district_ids": None, "volunteers_wanted": 1}
    unsaid = {"without_commitment": None, "little_german": None, "status": "active", "ended_on": None}
    given = {"theme_ids": themes, "location_id": place, "times": times, "contact_id": "ada", **usual, **unsaid, **more}
    return {"initiative_id": key, "organization_id": "a", "name": key.capitalize(), **given}


LEARN, GERMAN, HELP, THINGS = ["homework"], ["german_courses"], ["counselling"], ["essentials"]
AFTER_SCHOOL = [at(TUESDAY, "15:00", "17:00")]
OFFERS = [
    # in Mitte (01): 20 minutes from Nordvorstadt (02), 40 from Am Fluss (03)
    offer("lernzeit", LEARN, "l1", AFTER_SCHOOL, volunteers_wanted=2, without_commitment=False, little_german=False),
    offer("kurs", GERMAN, "l1", [at(1, "09:00", "11:00")], little_german=False),
    offer("rat", HELP, "l1", [at(4, "10:00", "12:00")], language_ids=["de", "fa"], little_german=False),
    # in Nordvorstadt (02): 50 minutes from Am Fluss
    offer(
        *("samstagstreff", LEARN, "l2", [at(1, "16:00", "17:30"), at(SATURDAY, "10:00", "12:00")]),
        **{"language_ids": ["de", "fa"], "volunteers_wanted": 3, "without_commitment": True},
    ),
    offer("werkstatt", ["education"], "l2", None, language_ids=["fa"], volunteers_wanted=4),
    offer("ausgabe", THINGS, "l2", [at(5, "14:00", "16:00")], contact_id="away", little_german=True),
    # at the river (03)
    offer("abendlernen", LEARN, "l3", [at(TUESDAY, "17:00", "19:00")], language_ids=None),
    offer(
        *("basar", THINGS, "l3", [at(SATURDAY, "10:00", "13:00")]),
        **{"volunteers_wanted": 5, "without_commitment": True, "little_german": True},
    ),
    # elsewhere
    offer("beratungsbus", HELP, None, [], mode="mobile", district_ids=["02", "03"], language_ids=["fa"]),
    offer("tandem", GERMAN, None, [at(3, "18:00", "20:00")], mode="online", volunteers_wanted=2),
    offer("irgendwo", THINGS, None, [at(1, "14:00", "15:00")]),
    # never an answer
    offer("voll", LEARN, "l1", AFTER_SCHOOL, volunteers_wanted=0),
    offer("offen", LEARN, "l1", AFTER_SCHOOL, volunteers_wanted=None),
    offer("stumm", LEARN, "l1", AFTER_SCHOOL, volunteers_wanted=9, contact_id="stale"),
    offer("heimlich", LEARN, "l1", AFTER_SCHOOL, volunteers_wanted=9, contact_id="inside"),
    offer("beide_weg", LEARN, "l1", AFTER_SCHOOL, volunteers_wanted=9, contact_id="gone"),
    offer("niemand", LEARN, "l1", AFTER_SCHOOL, volunteers_wanted=9, contact_id=None),
    offer("pause", LEARN, "l1", AFTER_SCHOOL, volunteers_wanted=9, status="paused"),
    offer("vorbei", LEARN, "l1", AFTER_SCHOOL, volunteers_wanted=9, ended_on=date(2026, 11, 21)),
]
ANSWERING = {row["initiative_id"] for row in OFFERS[:11]}
UNASKABLE = {"stumm", "heimlich", "beide_weg", "niemand"}


def fill(inventory: Inventory) -> None:
    with inventory.change(TEST, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": "a", "name": "Haus A"}])
        change.insert(
            "location", [{"location_id": f"l{n}", "name": f"Haus {n}", "district_id": f"0{n}"} for n in (1, 2, 3)]
        )
        change.insert("contact", CONTACTS)
        change.insert("initiative", OFFERS)


@pytest.fixture(scope="module")
def city(town_file: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    """Musterstadt with these offers; nobody changes it."""
    for inventory in opened(town_file, tmp_path_factory.mktemp("finder")):
        fill(inventory)
        yield inventory


def first(found: Found) -> list[str]:
    return [answer.offer["initiative_id"] for answer in found.answers]


def said(inventory: Inventory, wishes: Wishes, answer: finder.Answer) -> str:
    reasons = words.reasons(answer, wishes, names_of(inventory, Text("de")))
    return "; ".join(f"{sign} {sentence}" for sign, sentence in reasons)


# ---------------------------------------------------------------- 25 situations
# Wishes, first answers, how many fit and nearly fit, reasons of the first answer.

SITUATIONS: dict[str, tuple[Wishes, list[str], tuple[int, int], str]] = {
    "everything is welcome: most wanted first": (*(Wishes(), ["basar", "werkstatt", "samstagstreff"], (11, 0), ""),),
    "helping children to learn": (
        *(Wishes("homework"), ["samstagstreff", "lernzeit", "abendlernen"], (3, 0)),
        "✓ Ihr Thema: Lernhilfe und Hausaufgaben",
    ),
    "a whole field of action": (
        *(Wishes("education"), ["werkstatt", "samstagstreff", "lernzeit"], (6, 0)),
        "✓ Ihr Thema: Bildung und Sprache",
    ),
    "on weekday afternoons": (
        *(Wishes(time="afternoon"), ["samstagstreff", "lernzeit", "ausgabe"], (5, 0)),
        "✓ Sie können nachmittags: Mo 16–17:30 Uhr",
    ),
    "in the morning; the bus has no fixed times": (
        *(Wishes(time="morning"), ["beratungsbus", "kurs", "rat"], (3, 0)),
        "✓ Sie können vormittags: keine festen Zeiten, nach Absprache",
    ),
    "from five on it is evening": (
        *(Wishes("homework", "evening"), ["abendlernen", "samstagstreff", "lernzeit"], (1, 4)),
        "✓ Ihr Thema: Lernhilfe und Hausaufgaben; ✓ Sie können abends: Di 17–19 Uhr",
    ),
    "at the weekend": (
        *(Wishes(time="weekend"), ["basar", "samstagstreff", "beratungsbus"], (3, 0)),
        "✓ Sie können am Wochenende: Sa 10–13 Uhr",
    ),
    "in Persian": (
        *(Wishes(language="fa"), ["werkstatt", "samstagstreff", "beratungsbus"], (4, 0)),
        "✓ Hier wird Persisch (Farsi) gesprochen",
    ),
    "near Am Fluss: what is far away does not fit": (
        *(Wishes(district="03"), ["tandem", "beratungsbus", "basar"], (4, 0)),
        "✓ Online, ohne Weg",
    ),
    "near Nordvorstadt: twenty minutes are near": (
        *(Wishes("homework", district="02"), ["samstagstreff", "lernzeit", "abendlernen"], (2, 7)),
        "✓ Ihr Thema: Lernhilfe und Hausaufgaben; ✓ 10 Minuten Weg von Nord",
    ),
    "three wishes at once": (
        *(Wishes("homework", "afternoon", district="01"), ["lernzeit", "samstagstreff", "ausgabe"], (2, 2)),
        "✓ Ihr Thema: Lernhilfe und Hausaufgaben; ✓ Sie können nachmittags: Di 15–17 Uhr; ✓ 10 Minuten Weg von Mitte",
    ),
    "all wishes": (
        Wishes("homework", "weekend", "fa", "02", without_commitment=True),
        *(["samstagstreff"], (1, 0)),
        "✓ Ihr Thema: Lernhilfe und Hausaufgaben; ✓ Sie können am Wochenende: Sa 10–12 Uhr; "
        "✓ Hier wird Persisch (Farsi) gesprochen; ✓ 10 Minuten Weg von Nord; ✓ Geht ohne feste Bindung",
    ),
    "without a fixed commitment": (
        *(Wishes(without_commitment=True), ["basar", "samstagstreff"], (2, 0)),
        "✓ Geht ohne feste Bindung",
    ),
    "with little German; the deputy is asked": (
        *(Wishes("essentials", "afternoon", little_german=True), ["ausgabe", "irgendwo", "basar"], (1, 2)),
        "✓ Ihr Thema: Möbel, Kleidung, Grundausstattung; ✓ Sie können nachmittags: Fr 14–16 Uhr; "
        "✓ Wenig Deutsch reicht",
    ),
    "the theme weighs more than the time": (
        *(Wishes("german_courses", "afternoon"), ["tandem", "kurs", "samstagstreff"], (0, 7)),
        "✓ Ihr Thema: Deutsch lernen; ✕ Nicht nachmittags, sondern Mi 18–20 Uhr",
    ),
    "nearly: the language is missing": (
        *(Wishes("essentials", language="fa"), ["basar", "ausgabe", "irgendwo"], (0, 7)),
        "✓ Ihr Thema: Möbel, Kleidung, Grundausstattung; ✕ Persisch (Farsi) nicht; gesprochen wird Deutsch",
    ),
    "nearly: the shorter way comes first": (
        *(Wishes("german_courses", "morning", district="03"), ["tandem", "kurs", "beratungsbus"], (0, 3)),
        "✓ Ihr Thema: Deutsch lernen; ✓ Online, ohne Weg; ✕ Nicht vormittags, sondern Mi 18–20 Uhr",
    ),
    "nearly: somebody is needed who comes regularly": (
        Wishes("homework", "afternoon", district="01", without_commitment=True),
        *(["samstagstreff", "lernzeit"], (1, 1)),
        "✓ Ihr Thema: Lernhilfe und Hausaufgaben; ✓ Sie können nachmittags: Mo 16–17:30 Uhr; "
        "✓ 20 Minuten Weg von Mitte; ✓ Geht ohne feste Bindung",
    ),
    "unknown before missed": (
        *(Wishes("homework", "evening", "fa"), ["abendlernen", "samstagstreff", "beratungsbus"], (0, 3)),
        "✓ Ihr Thema: Lernhilfe und Hausaufgaben; ✓ Sie können abends: Di 17–19 Uhr; "
        "? Die Sprachen sind nicht bekannt, bitte fragen",
    ),
    "only the field of action is known": (
        *(Wishes("homework", language="fa", district="02"), ["samstagstreff", "lernzeit", "werkstatt"], (1, 4)),
        "✓ Ihr Thema: Lernhilfe und Hausaufgaben; ✓ Hier wird Persisch (Farsi) gesprochen; ✓ 10 Minuten Weg von Nord",
    ),
    "the place is unknown": (
        *(Wishes("essentials", "afternoon", district="03"), ["irgendwo", "basar", "ausgabe"], (0, 4)),
        "✓ Ihr Thema: Möbel, Kleidung, Grundausstattung; ✓ Sie können nachmittags: Mo 14–15 Uhr; "
        "? Der Ort ist nicht bekannt, bitte fragen",
    ),
    "the bus comes to Am Fluss": (
        *(Wishes("counselling", district="03"), ["beratungsbus", "rat", "tandem"], (1, 4)),
        "✓ Ihr Thema: Asyl- und Sozialberatung; ✓ Einsätze auch in Fluss",
    ),
    "a theme of a field": (
        *(Wishes("living", "weekend"), ["basar", "beratungsbus", "ausgabe"], (2, 4)),
        "✓ Ihr Handlungsfeld Wohnen und Leben: Möbel, Kleidung, Grundausstattung; "
        "✓ Sie können am Wochenende: Sa 10–13 Uhr",
    ),
    "nothing for the only wish": (*(Wishes(language="xx"), [], (0, 0), ""),),
    "nothing at all": (
        Wishes("german_courses", "weekend", "fa", "03", without_commitment=True, little_german=True),
        *([], (0, 0), ""),
    ),
}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_situation(city: Inventory, situation: str) -> None:
    wishes, expected, counted, reasons = SITUATIONS[situation]
    found = finder.find(city, wishes)
    assert (first(found), (found.fitting, found.nearly)) == (expected, counted)
    if reasons:
        assert said(city, wishes, found.answers[0]) == reasons


def test_there_are_25() -> None:
    assert len(SITUATIONS) == 25


@pytest.mark.parametrize(
    ("wishes", "key", "reason"),
    [
        (Wishes("german_courses", "morning", district="03"), "kurs", "✕ 40 Minuten Weg von Fluss"),
        (Wishes("homework", language="fa", district="02"), "werkstatt", "? Das genaue Thema ist nicht bekannt"),
        (Wishes("counselling", "evening"), "rat", "✕ Nicht abends, sondern Do 10–12 Uhr"),
        (Wishes("homework", without_commitment=True), "lernzeit", "✕ Gebraucht wird, wer regelmäßig kommt"),
        (Wishes("counselling", little_german=True), "rat", "✕ Gutes Deutsch ist nötig"),
        (Wishes("homework", little_german=True), "samstagstreff", "? Ob wenig Deutsch reicht, ist nicht bekannt"),
        (
            *(Wishes("counselling", without_commitment=True), "rat"),
            "? Ob es ohne feste Bindung geht, ist nicht bekannt",
        ),
        (Wishes("essentials", language="de"), "ausgabe", "✓ Hier wird Deutsch gesprochen"),
        (Wishes("essentials", "weekend"), "ausgabe", "✕ Nicht am Wochenende, sondern Fr 14–16 Uhr"),
        (Wishes("homework", time="afternoon"), "ausgabe", "✕ Anderes Thema: Möbel, Kleidung, Grundausstattung"),
    ],
)
def test_what_does_not_fit_is_said(city: Inventory, wishes: Wishes, key: str, reason: str) -> None:
    found = finder.find(city, wishes, finder.MOST)
    (answer,) = (answer for answer in found.answers if answer.offer["initiative_id"] == key)
    assert reason in said(city, wishes, answer).split("; ")


def test_in_english(city: Inventory) -> None:
    wishes = Wishes("homework", "afternoon", "fa", "02")
    answer = finder.find(city, wishes).answers[0]
    reasons = words.reasons(answer, wishes, names_of(city, Text("en")))
    assert [sentence for _, sentence in reasons] == [
        "Your theme: Homework and learning support",
        "You have time in the afternoon: Mon 16:00–17:30",
        "Persian (Farsi) is spoken here",
        "10 minutes from Nord",
    ]


# ---------------------------------------------------------------- beside the answers


def test_who_is_asked(city: Inventory) -> None:
    offers = {answer.offer["initiative_id"]: answer.offer for answer in finder.find(city, Wishes(), 30).answers}
    assert (offers["lernzeit"]["via"], offers["ausgabe"]["via"]) == ("contact", "deputy")
    assert (offers["ausgabe"]["role"], offers["ausgabe"]["phone"]) == ("Leitung ada", "+49 340 1234")


def test_what_is_unknown_or_cannot_be_asked_is_counted(city: Inventory) -> None:
    found = finder.find(city, Wishes("homework", "afternoon"))
    assert (found.wanted_unknown, found.unaskable) == (1, 4)
    assert words.besides(found, Text("de")) == [
        "4 weitere passen bis auf einen Wunsch.",
        "Bei einem weiteren ist nicht bekannt, ob jemand gesucht wird.",
        "4 weitere suchen jemanden, aber zurzeit lässt sich dort keine Ansprechperson nennen, die zuletzt erreicht "
        "wurde.",
    ]
    assert finder.find(city, Wishes("counselling")).wanted_unknown == 0


def test_nothing_found_says_what_would_have_to_change(city: Inventory) -> None:
    found = finder.find(city, Wishes("german_courses", "weekend", district="03"))
    assert (found.fitting, found.instead) == (0, ((("theme",), 2), (("time",), 1)))
    text = Text("de")
    assert [text.count("finder.instead", n, wishes=words.dropped(dropped, text)) for dropped, n in found.instead] == [
        "Ohne das Thema fänden sich 2 Angebote.",
        "Ohne die Zeit fände sich ein Angebot.",
    ]


def test_where_one_wish_is_not_enough_two_are_tried(city: Inventory) -> None:
    hard = SITUATIONS["nothing at all"][0]
    found = finder.find(city, hard)
    assert found.instead[0] == (("theme", "language"), 1)  # the bazaar
    assert all(len(dropped) == 2 for dropped, _ in found.instead)
    assert words.dropped(found.instead[0][0], Text("de")) == "das Thema und die Sprache"


def test_what_a_button_promises_it_finds(city: Inventory) -> None:
    for wishes in drawn(40):
        for dropped, number in finder.find(city, wishes).instead:
            assert finder.find(city, wishes.without(*dropped)).fitting == number > 0


# ---------------------------------------------------------------- whom to ask where nothing fits


@pytest.fixture
def desks(town: Inventory) -> Inventory:
    point = {"organization_id": "a", "status": "active", "assured_on": TODAY, "contact_id": "ada"}
    points = {
        "closed": {"opening_hours": "Mo-Fr 09:00-12:00"},  # today is a Sunday
        "open": {"opening_hours": "Su 09:00-18:00"},
        "persian": {"opening_hours": "Su 09:00-18:00", "language_ids": ["fa"]},
        "later": {"opening_hours": "Su 15:00-18:00", "language_ids": ["fa"]},
        "newcomers": {"opening_hours": "Su 00:00-24:00", "audiences": ["newcomers"]},
        "stale": {"opening_hours": "Su 00:00-24:00", "contact_id": "stale"},
        "ended": {"opening_hours": "Su 00:00-24:00", "status": "ended"},
    }
    usual = {"language_ids": ["de"], "audiences": ["volunteers"]}
    with town.change(TEST, Action.SET_UP) as change:
        change.insert("organization", [{"organization_id": "a", "name": "Haus A"}])
        change.insert("contact", CONTACTS)
        for key, more in points.items():
            change.insert("contact_point", [{"contact_point_id": key, "name": key, **usual, **point, **more}])
    return town


def test_a_contact_point_to_ask_instead(desks: Inventory) -> None:
    def asked(language: str | None) -> tuple[str, str, bool]:
        desk = asking.instead(desks, Wishes(language=language))
        assert desk
        return desk.point["contact_point_id"], desk.opening.state, desk.spoken

    assert asked("de") == ("open", "open", True)
    assert asked("fa") == ("persian", "open", True)
    with desks.change(TEST, Action.SET_UP) as change:
        change.update("contact_point", [{"contact_point_id": key, "status": "paused"} for key in ("open", "persian")])
    assert asked("de") == ("later", "later", False)  # before one that opens tomorrow
    with desks.change(TEST, Action.SET_UP) as change:
        change.update("contact_point", [{"contact_point_id": key, "status": "paused"} for key in ("later", "closed")])
    assert asking.instead(desks, Wishes()) is None


# ---------------------------------------------------------------- what always holds

THEMES = (None, "education", "living", "homework", "german_courses", "counselling", "essentials")
CHOICES = (THEMES, (None, *SLOTS), (None, "de", "fa"), (None, "01", "02", "03"), (False, True), (False, True))


def drawn(number: int) -> list[Wishes]:
    chance = Random(7)
    return [Wishes(*(chance.choice(options) for options in CHOICES)) for _ in range(number)]  # type: ignore[arg-type]


def test_laws(city: Inventory) -> None:
    for wishes in drawn(60):
        found = finder.find(city, wishes)
        everything = finder.find(city, wishes, finder.MOST)
        assert len(found.answers) <= finder.FIRST == 3
        assert first(everything)[: len(found.answers)] == first(found)
        assert set(first(everything)) <= ANSWERING
        assert all(answer.offer["via"] and answer.offer["volunteers_wanted"] > 0 for answer in everything.answers)
        assert all(answer.offer["phone"] and answer.offer["reached_on"] for answer in everything.answers)
        failing = [len(answer.missed) + len(answer.unknown) for answer in everything.answers]
        assert failing == sorted(failing) and max(failing, default=0) <= 1
        assert (failing.count(0), failing.count(1)) == (found.fitting, found.nearly)
        for answer in everything.answers:
            assert sorted((*answer.met, *answer.missed, *answer.unknown)) == sorted(wishes.asked)


def test_a_wish_less_never_finds_fewer(city: Inventory) -> None:
    for wishes in drawn(25):
        found = finder.find(city, wishes).fitting
        for size in (1, 2):
            for dropped in combinations(wishes.asked, size):
                assert finder.find(city, wishes.without(*dropped)).fitting >= found


def test_the_order_is_the_same_whatever_was_entered_first(city: Inventory, town_file: bytes, tmp_path: Path) -> None:
    for inventory in opened(town_file, tmp_path):
        fill(inventory)
        with inventory.change(TEST, Action.SET_UP) as change:
            change.remove("initiative", [row["initiative_id"] for row in OFFERS])
            change.insert("initiative", OFFERS[::-1])
        for wishes in drawn(10):
            assert first(finder.find(inventory, wishes, 30)) == first(finder.find(city, wishes, 30))


def test_python_and_sql_agree_on_the_time_of_day(city: Inventory) -> None:
    for weekday in range(1, 8):
        for begins in ("00:00", "11:59", "12:00", "16:59", "17:00", "23:30"):
            asked = city.value("SELECT time_slot($day, CAST($at AS TIME))", day=weekday, at=begins)
            assert words.slot_of({"weekday": weekday, "begins": time.fromisoformat(begins)}) == asked


# ---------------------------------------------------------------- the example


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        (Wishes("homework", "afternoon", district="16"), ("i119", "20 Minuten Weg von Zoberberg")),
        (Wishes("culture", "weekend", "uk"), ("i086", "Sie können am Wochenende: So 14–17 Uhr")),
        (Wishes("sport", without_commitment=True, little_german=True), ("i054", "Geht ohne feste Bindung")),
    ],
)
def test_the_example(example: Inventory, wishes: Wishes, expected: tuple[str, str]) -> None:
    found = finder.find(example, wishes)
    assert found.answers[0].offer["initiative_id"] == expected[0]
    assert f"✓ {expected[1]}" in said(example, wishes, found.answers[0])


def test_places_of_the_example(example: Inventory) -> None:
    assert finder.places(example) == (
        finder.find(example, Wishes()).fitting,
        sum(answer.offer["volunteers_wanted"] for answer in finder.find(example, Wishes(), 999).answers),
    )
    assert datetime.combine(TODAY, time()).date() == example.today()


def test_an_offer_of_which_nothing_is_known_is_counted_as_unknown(town: Inventory) -> None:
    """No contact, and nobody has said whether volunteers are wanted: that is not "nobody is wanted"."""
    with town.change(TEST, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": "a", "name": "Haus A"}])
        change.insert("initiative", [{"initiative_id": "i", "organization_id": "a", "name": "Café"}])
    found = finder.find(town, Wishes())
    assert (found.fitting, found.wanted_unknown, found.unaskable) == (0, 1, 0)
    assert words.count(found, Wishes(), Text("de")).startswith("Von keinem Angebot ist bekannt")
