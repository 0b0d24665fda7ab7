"""Schulungen, the plan to bundle: sliders, what if, accepting and the way back, look-back, odd links."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import icalendar
import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory.access import Action
from esdash.inventory.file.files import DATA
from esdash.ui.shell import url
from esdash.ui.trainings import planning
from esdash.ui.widgets import files
from esdash.wording import trainings as words_of_trainings
from tests.pages import hostile
from tests.pages.conftest import Behind
from tests.pages.said import asks_for_a_name, plain, table, texts, words
from tests.pages.test_every_page import assert_nothing_comes_alive
from tests.people import BEA, CARLA

SAID = texts("de")
PLAN = {"trainings": "plan"}
PAIR = "s124|s121"  # both children's protection in the inner city, on two evenings
LOSING = "s127|s121"  # from Roßlau


@pytest.fixture
def fresh(at: Callable[..., AppTest], lent: Callable[[str], Path]) -> Callable[..., AppTest]:
    """As `app`, on an example that only this test changes."""
    return lambda **query: at(lent("example"), "trainings", **(PLAN | query))


def sentence(visitor: AppTest) -> str:
    before = (":orange-badge", SAID["help.trainings"])  # what the frame says
    return plain(next(part.value for part in visitor.markdown if not part.value.startswith(before)))


def proposals(visitor: AppTest) -> list[str]:
    frame = table(visitor, "from_words", "into_words", "euros")
    return [] if frame is None else frame["from_words"].tolist()


def accept(visitor: AppTest, name: str, reason: str) -> AppTest:
    visitor.session_state["author"] = name
    visitor.text_input(key="accept_reason").set_value(reason).run()
    return visitor.button(key="accept_now").click().run()


def test_the_sentence_says_what_the_plan_comes_to(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "trainings", **PLAN)
    assert sentence(visitor) == (
        "34 statt 46 Termine würden genügen: Das wären 184 Plätze weniger, die leer bleiben, und 3.550 € gespart; "
        "57 Personen würden den Termin wechseln. "
        "Einen besseren Plan gibt es unter diesen Bedingungen nicht."
    )
    assert len(proposals(visitor)) == 12
    assert "76 Unterrichtsstunden" in words(visitor)


@pytest.mark.parametrize(
    ("query", "after"),
    [
        ({"price": "30"}, 41),
        ({"price": "0"}, 33),
        ({"days": "3"}, 45),
        ({"km": "0"}, 46),
    ],
)
def test_sliders_change_the_plan_and_live_in_the_link(
    app: Callable[..., AppTest], query: dict[str, str], after: int
) -> None:
    """At 30 € a move weighs six times of what it does at 5 €: less than it saves only for s103 (209 of 240 €), s100,
    s109, s125 and s136. At 0 € s110 and s113 go into s117, 13 merges. Within three days lies s103 → s105 alone, at one
    place nothing."""
    by_link = app("example", "trainings", **PLAN, **query)
    (name, value) = next(iter(query.items()))
    by_hand = app("example", "trainings", **PLAN)
    by_hand.select_slider(key=f"trainings.{name}").set_value(value).run()
    assert by_hand.query_params[name] == value
    assert sentence(by_link) == sentence(by_hand)
    expected = "keiner der 46 Termine" if after == 46 else f"{after} statt 46"
    assert expected in sentence(by_link)


def test_a_slider_keeps_what_it_is_set_to_after_a_look_at_the_dates(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "trainings", module="asylum_law")
    visitor.button_group(key="trainings.trainings").set_value("plan").run()
    for value in ("7", "10", "15"):
        visitor.select_slider(key="trainings.price").set_value(value).run()
        assert visitor.query_params["price"] == value
    assert "36 statt 46" in sentence(visitor)
    visitor.button_group(key="trainings.trainings").set_value("sessions").run()
    assert visitor.multiselect(key="trainings.module").value == ["asylum_law"]
    assert visitor.query_params["price"] == "15"


def test_while_the_plan_gets_better_there_is_one_to_see(
    fresh: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is shown that a large city would see: the greedy plan at once, then a bar, then the best plan."""
    shown: list[str] = []
    monkeypatch.setattr(planning, "QUIET_SECONDS", -1.0)
    monkeypatch.setattr(planning, "LARGE", 1)
    kept = words_of_trainings.plan_sentence
    monkeypatch.setattr(
        words_of_trainings, "plan_sentence", lambda plan, text: shown.append(kept(plan, text)) or shown[-1]
    )
    visitor = fresh()
    assert not visitor.exception
    assert "höchstens 5,4\N{NO-BREAK SPACE}% weniger kosten" in shown[0]  # (11,357 - 10,742) / 11,357
    assert SAID["plan.optimal"] in shown[-1]
    assert plain(shown[-1]) == sentence(visitor)


def test_a_proposal_at_hand(app: Callable[..., AppTest]) -> None:
    said = words(app("example", "trainings", **PLAN, merge=PAIR))
    for part in (
        "Mi 10.02.2027 · Sicher mit Kindern arbeiten wird zusammengelegt mit Do 04.02.2027 · Kinderschutz im Ehrenamt",
        "5 Personen wechseln: 6 Tage früher, 1,7 km entfernt, etwa 15 Minuten Weg.",
        "Es unterrichtet: Beispielstiftung Jugendhaus Muldebogen (Leitung Jugendhaus)",
        "Dann sind 12 von 18 Plätzen belegt.",
        "14 leere Plätze weniger, 4 Unterrichtsstunden weniger, 320 € gespart. Aufwand der Umbuchungen: 60 €.",
    ):
        assert part in said, part


def test_who_would_lose_access_is_said_and_can_be_pinned_all_the_same(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "trainings", **PLAN, plan="access", merge=LOSING)
    assert table(visitor, "from_words", "loss_words")["people"].tolist() == [7, 4]
    assert "Wer aus Meinsdorf, Mühlstedt, Streetz/Natho kommt, wäre länger als 45 Minuten unterwegs." in words(visitor)
    assert SAID["plan.not_in_plan"] in words(visitor)
    visitor.button(key="pin_merge").click().run()
    assert visitor.query_params["pin"] == LOSING
    assert "33 statt 46" in sentence(visitor)
    assert SAID["plan.not_in_plan"] not in words(visitor)
    visitor.button(key=f"release_pin_{LOSING}").click().run()
    assert "pin" not in visitor.query_params
    assert "34 statt 46" in sentence(visitor)


def test_a_forbidden_proposal_leaves_the_plan_and_comes_back(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "trainings", **PLAN, merge=PAIR)
    before = proposals(visitor)
    visitor.button(key="ban_merge").click().run()
    assert visitor.query_params["ban"] == PAIR
    # the other way round is still allowed: s121 goes into s124
    assert "Do 04.02.2027 · Kinderschutz im Ehrenamt" in proposals(visitor)
    assert "Mi 10.02.2027 · Sicher mit Kindern arbeiten" not in proposals(visitor)
    visitor.button(key="release_merge").click().run()
    assert proposals(visitor) == before


def test_contradicting_pins_are_named(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "trainings", **PLAN, pin=["s098|s105", "s105|s103"], ban="s098|s105")
    messages = [plain(warning.value) for warning in visitor.warning]
    assert any("Derselbe Vorschlag ist auch ausgeschlossen." in message for message in messages)
    visitor = app("example", "trainings", **PLAN, pin=["s098|s105", "s105|s103"])
    (message,) = [plain(warning.value) for warning in visitor.warning]
    assert message.startswith("Nicht möglich: Sa 12.12.2026 · Grundlagen interkultureller Verständigung soll mit")
    assert "Sa 05.12.2026 · Interkulturelle Kompetenz für Ehrenamtliche wird mit" in message
    assert "34 statt 46" in sentence(visitor)  # the rest works


@pytest.mark.parametrize("word", ["s098", "s098|", "|s098", "s098|s098", "x|s098", "s098|s105|s103", "**x**|s098"])
def test_links_that_name_no_merge(app: Callable[..., AppTest], word: str) -> None:
    visitor = app("example", "trainings", **PLAN, pin=word, merge=word, days="x")
    assert not visitor.exception
    assert SAID["app.link_ignored"].split("{")[0] in words(visitor)
    assert "34 statt 46" in sentence(visitor)


def test_accepting_needs_a_name_and_a_reason(fresh: Callable[..., AppTest], behind: Behind) -> None:
    visitor = fresh(merge=PAIR)
    visitor.button(key="accept_now").click().run()
    assert SAID["plan.reason_missing"] in words(visitor) and not asks_for_a_name(visitor)
    visitor.text_input(key="accept_reason").set_value("abgesprochen").run()
    visitor.button(key="accept_now").click().run()
    assert asks_for_a_name(visitor)
    assert behind().rows("FROM bundling_decision") == []


def test_an_accepted_proposal_stays_and_can_be_taken_back(fresh: Callable[..., AppTest], behind: Behind) -> None:
    visitor = accept(fresh(merge=PAIR), "Ada Lovelace", "mit beiden abgesprochen")
    assert not visitor.exception
    signed = "Angenommen von Ada Lovelace am 22.11.2026: mit beiden abgesprochen"
    assert signed in words(visitor)
    assert not [button for button in visitor.button if button.key == "accept_now"]
    again = fresh(days="0")  # another visitor, with a plan that would merge nothing
    assert signed in words(again)
    assert proposals(again) == ["Mi 10.02.2027 · Sicher mit Kindern arbeiten"]
    again.session_state["author"] = "Bea"
    again.button(key=f"withdraw_list_{PAIR}").click().run()
    assert signed not in words(again)
    assert proposals(again) == []
    log = behind().rows("FROM change_log WHERE table_name = 'bundling_decision' ORDER BY change_id")
    assert [(entry["actor"], entry["reason"]) for entry in log] == [
        ("Ada Lovelace", "mit beiden abgesprochen"),
        ("Bea", None),
    ]


def test_what_came_between_is_said(fresh: Callable[..., AppTest], behind: Behind) -> None:
    accept(fresh(merge=PAIR), "Ada", "abgesprochen")
    inventory = behind()
    with inventory.change(BEA, Action.EDIT_RECORDS) as change:
        change.update("session", [{"session_id": "s121", "status": "cancelled"}])
    visitor = fresh()
    assert "Der Termin am 04.02.2027, der bleiben sollte, ist inzwischen abgesagt. Bitte neu entscheiden." in words(
        visitor
    )


def test_the_figures_have_changed_while_somebody_looked(fresh: Callable[..., AppTest], behind: Behind) -> None:
    visitor = fresh(merge=PAIR)
    visitor.session_state["author"] = "Ada"
    visitor.text_input(key="accept_reason").set_value("abgesprochen").run()
    inventory = behind()
    with inventory.change(BEA, Action.EDIT_RECORDS) as change:
        change.update("session", [{"session_id": "s121", "booked": 13}])
    visitor.button(key="accept_now").click().run()
    assert not visitor.exception
    assert "Der Termin am 04.02.2027 wurde inzwischen geändert. Nichts wurde gespeichert." in words(visitor)
    assert behind().rows("FROM bundling_decision") == []


def test_an_earlier_day_is_shown_and_takes_nothing(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "trainings", **PLAN, on="2026-11-01")
    assert not visitor.exception
    assert proposals(visitor)
    first = app("example", "trainings", **PLAN, on="2026-11-01", merge=PAIR)
    assert SAID["error.inventory_read_only"] in words(first)
    assert not [button for button in first.button if button.key == "accept_now"]


@pytest.mark.parametrize("part", ["merges", "held", "free", "topics", "access", "uncounted"])
def test_parts_of_the_plan(app: Callable[..., AppTest], part: str) -> None:
    visitor = app("example", "trainings", **PLAN, plan=part)
    frame = visitor.dataframe[0].value
    rows = {"merges": 12, "held": 34, "free": 2, "topics": 16, "access": 2, "uncounted": 2}
    assert len(frame) == rows[part]


def test_topics_in_words(app: Callable[..., AppTest]) -> None:
    frame = table(app("example", "trainings", **PLAN, plan="topics"), "topic_words", "verdict_word")
    found = dict(zip(frame["topic_words"], frame["verdict_word"], strict=True))
    assert found["Rolle der Ehrenamtlichen, Zusammenarbeit mit Hauptamtlichen"] == "Terminwiederholung"
    assert found["Asylverfahren, Recht, Leistungen"] == "Dublette"
    assert found["Interkulturelle Kompetenz"] == "Doppelstruktur"
    assert found["Interkulturelle Kompetenz (Aufbau)"] == "ein Termin"


def test_free_seats_and_what_is_not_counted(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "trainings", **PLAN, plan="free")
    free = table(visitor, "waits_at", "seat_at")
    assert free[["people", "days"]].to_numpy().tolist() == [[6, 6], [5, 7]]
    # waiting: 4 + 3 + 2 at the Starterabend, which has no other date near; 6 at s096, not again at its twin; 5 at s126
    assert "Für 11 von 20 Wartenden ist an einem gleichen Termin ein Platz frei." in words(visitor)
    left_out = table(app("example", "trainings", **PLAN, plan="uncounted"), "reason_word")
    assert left_out["reason_word"].tolist() == [SAID["plan.uncounted_twin"], SAID["plan.uncounted_booked"]]


def test_an_unknown_waiting_list_is_not_an_empty_one(fresh: Callable[..., AppTest], behind: Behind) -> None:
    fresh()
    with behind().change(CARLA, Action.EDIT_RECORDS) as change:
        change.update("session", [{"session_id": "s126", "waiting": None}])  # five waited there and had a seat
    said = words(fresh(plan="free"))
    assert "Für 6 von 15 Wartenden ist an einem gleichen Termin ein Platz frei." in said
    assert "Bei 1 Termin ist die Warteliste unbekannt." in said


def test_nobody_waits(fresh: Callable[..., AppTest], behind: Behind) -> None:
    fresh()
    with behind().change(CARLA, Action.EDIT_RECORDS) as change:
        ids = [row["session_id"] for row in change.rows("FROM inventory.session WHERE waiting > 0")]
        change.update("session", [{"session_id": key, "waiting": 0} for key in ids])
    said = words(fresh(plan="free"))
    assert SAID["plan.free_none"] in said
    assert "Wartenden ist an einem" not in said


def test_modules_say_who_teaches_and_what_nobody_does(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "trainings", trainings="modules")
    assert sentence(visitor).startswith("Von 14 Modulen bietet zurzeit niemand an: 2. Alle anderen haben einen Termin;")
    frame = table(visitor, "module", "next_words").set_index("module")
    assert frame.loc["Datenschutz", "next_words"] == "30.11.2026"
    assert frame.loc["Datenschutz", "organizations_words"] == "Ehrenamtsagentur Beispielstadt"
    untaught = frame.loc["Versicherungsschutz für Ehrenamtliche"]
    assert (untaught["next_words"], untaught["free"], untaught["providers"]) == ("kein Termin", 0, 0)


def test_files(app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch) -> None:
    made: dict[str, bytes] = {}
    monkeypatch.setattr(files, "_button", lambda label, data, name, key: made.__setitem__(key, data()))
    app("example", "trainings", **PLAN)
    book = openpyxl.load_workbook(io.BytesIO(made["bundling_xlsx"]), read_only=True)
    assert book.sheetnames == [
        SAID[f"plan.part_{name}"] for name in ("merges", "held", "free", "topics", "access", "uncounted")
    ]
    written = made["bundling_csv"].decode("utf-8-sig")
    assert written.count("\n") >= 12
    assert "Höchstens 21 Tage auseinander und 6 km entfernt" in written


@pytest.mark.parametrize("kind", ["empty", "one", "public"])
def test_inventories_without_trainings(app: Callable[..., AppTest], kind: str) -> None:
    visitor = app(kind, "trainings", **PLAN)
    assert not visitor.exception
    assert SAID["trainings.empty"] in words(visitor)


def test_hostile_names_stand_in_the_plan_as_they_are(app: Callable[..., AppTest]) -> None:
    """Three dates of 20 seats with 2, 3 and 4 people, one of them and two on waiting lists: one date would do."""
    visitor = app("hostile", "trainings", **PLAN, merge="t1|t0", pin="t1|t0", ban="t2|t1")
    assert not visitor.exception
    assert hostile.BRACES in words(visitor)
    assert_nothing_comes_alive(visitor)
    frame = table(visitor, "from_words", "into_words", "euros")
    assert any(hostile.BRACES in name for name in frame["from_words"])


@pytest.mark.parametrize(
    ("view", "question"),
    [("sessions", "Welche Schulungen gibt es,"), ("plan", "Welche Termine lassen"), ("modules", "Was lernen")],
)
def test_each_part_answers_its_own_question(app: Callable[..., AppTest], view: str, question: str) -> None:
    (title,) = app("example", "trainings", trainings=view).title
    assert title.value.startswith(question)


def test_the_calendar_holds_the_chosen_dates_those_of_before_and_those_called_off(
    app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All dates of data protection (data/example/session.csv), as the command line has them."""
    made: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(files, "_button", lambda label, data, name, key: made.__setitem__(key, data))
    app("example", "trainings", module="data_protection")
    events = icalendar.Calendar.from_ical(made["sessions_ics"]()).walk("VEVENT")
    assert sorted(f"{event['DTSTART'].dt:%Y-%m-%d}" for event in events) == ["2026-04-17", "2026-11-30", "2027-02-22"]
    assert {str(event["SUMMARY"]) for event in events} == {"Datenschutz im Ehrenamt"}


def test_the_calendar_of_the_page_holds_what_was_called_off_and_what_has_moved(
    fresh: Callable[..., AppTest], behind: Behind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Downloaded, changed, downloaded again: the same names, a higher count, one of them called off."""
    made: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(files, "_button", lambda label, data, name, key: made.__setitem__(key, data))

    def downloaded() -> dict[str, icalendar.Event]:
        fresh(trainings="sessions", module="data_protection")
        read = icalendar.Calendar.from_ical(made["sessions_ics"]())
        return {str(event["UID"]).partition("@")[0]: event for event in read.walk("VEVENT")}

    before = downloaded()
    with behind().change(BEA, Action.EDIT_RECORDS) as change:
        change.update("session", [{"session_id": "s093", "status": "cancelled"}])
        change.update("session", [{"session_id": "s130", "starts_on": "2027-03-01", "ends_on": "2027-03-02"}])
    after = downloaded()
    assert before.keys() == after.keys() == {"session-s052", "session-s093", "session-s130"}
    assert [str(found["session-s093"]["STATUS"]) for found in (before, after)] == ["CONFIRMED", "CANCELLED"]
    moved = after["session-s130"]
    assert (f"{moved['DTSTART'].dt}", f"{moved['DTEND'].dt}") == ("2027-03-01", "2027-03-03")  # both days whole
    counted = {key: after[key]["SEQUENCE"] - before[key]["SEQUENCE"] for key in before}
    assert counted == {"session-s052": 0, "session-s093": 1, "session-s130": 1}


def test_the_dates_leave_as_a_calendar(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "trainings")
    assert SAID["calendar.download"] in [button.label for button in visitor.get("download_button")]
    rows = list(csv.DictReader((DATA / "example" / "session.csv").open(encoding="utf-8")))
    counts = {"n": len(rows), "cancelled": sum(row["status"] == "cancelled" for row in rows)}
    assert SAID["calendar.hint"].format(**counts) in [caption.value for caption in visitor.caption]


def test_the_address_to_subscribe_to_stands_on_the_page(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "trainings")
    assert SAID["calendar.subscribe"] in [expander.label for expander in visitor.expander]
    assert [code.value for code in visitor.code if code.value.endswith(url.CALENDAR)]
    assert any("alle Schulungstermine der Stadt" in markdown.value for markdown in visitor.markdown)
    english = app("example", "trainings", lang="en")
    assert [code.value for code in english.code if code.value.endswith(f"{url.CALENDAR}?lang=en")]
