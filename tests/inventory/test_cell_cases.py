"""Dates, times and numbers in lists as offices write them: read, or kept as a note, or one cell left out and named."""

from collections.abc import Callable, Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from esdash import exports
from esdash.inventory import Inventory, importing
from esdash.inventory.importing import Plan
from esdash.model import times
from esdash.texts import Text
from esdash.wording.imports import advice
from tests.conftest import NOW
from tests.people import TESTER

CASES = Path(__file__).parent / "cases"
SEEDS = {"org": "organizations", "seed_orgs": "organizations", "courses": "courses", "seed_courses": "courses"}

Load = Callable[..., Plan]


@pytest.fixture
def load(tiny: Inventory, tmp_path: Path) -> Iterator[Load]:
    """Plan a case by its name, or lines of a table, after the tables it builds on; `run` it."""

    def load(*lines: str, kind: str | None = None, run: bool = True) -> Plan:
        path = CASES / f"{lines[0]}.csv"
        if len(lines) > 1:
            path = tmp_path / "liste.csv"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        plan = importing.plan(tiny, path, kind)
        if run:
            importing.run(tiny, plan, TESTER, backup=False)
        return plan

    for name, kind in SEEDS.items():
        importing.run(tiny, importing.plan(tiny, CASES / f"{name}.csv", kind), TESTER, backup=False)
    yield load


def values(plan: Plan, *names: str) -> list[tuple[Any, ...]]:
    """These columns of each row that comes in."""
    return [tuple(row.values.get(name) for name in names) for row in plan.rows if row.state != "faulty"]


def weekly(plan: Plan) -> list[str]:
    """The weekly times of each row, as our own files write them."""
    return ["; ".join(times.written(one) for one in cell or []) for (cell,) in values(plan, "times")]


def faults(plan: Plan) -> list[tuple[int, str, str, bool]]:
    return [(fault.row, fault.column, fault.error.key, fault.whole_row) for fault in plan.faults]


def said(plan: Plan) -> dict[str, str]:
    """Notice → its rows; every notice must exist in both languages."""
    for language in ("de", "en"):
        assert all(Text(language)(notice.key, **notice.values) for notice in plan.notices)
    return {
        notice.key.removeprefix("import.notice_"): str(notice.values["rows"])
        for notice in plan.notices
        if "rows" in notice.values
    }


# ---------------------------------------------------------------- times


def test_opening_hours_with_colons(load: Load) -> None:
    plan = load("opening_hours_colon")
    hours = ["Mo 10:00-18:00", "Mo 10:00-18:00", "Mo-Fr 09:00-12:00", "Mo-Su 10:00-18:00"]
    assert values(plan, "opening_hours") == [(one,) for one in hours]
    assert (plan.faults, said(plan)) == ((), {})


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("weekly_time_colon", ["1 14:00-16:00"]),
        (
            "c19_colon",
            [
                "1 14:00-16:00",
                "; ".join(f"{day} 09:00-12:00" for day in range(1, 6)),
                "1 10:00-12:00; 3 10:00-12:00",
            ],
        ),
    ],
)
def test_weekly_times_with_colons(load: Load, name: str, expected: list[str]) -> None:
    plan = load(name)
    assert (weekly(plan), plan.faults, said(plan)) == (expected, (), {})


def test_what_runs_over_midnight_is_cut_and_said(load: Load) -> None:
    plan = load("c20_midnight")
    assert weekly(plan) == ["5 18:00-23:59", "5 18:00-23:59", "6 20:00-23:59; 7 00:00-02:00"]
    cut = "2, Zeiten („Fr 18-24 Uhr“); 3, Zeiten („Fr 18:00-00:00“); 4, Zeiten („Sa 20-2 Uhr“)"
    assert (said(plan), plan.faults) == ({"cut_at_midnight": cut}, ())
    more = load("Angebot;Träger;Zeiten", "N;Verein Muster;So 22-1 Uhr", "P;Verein Muster;Mo 0-24 Uhr")
    assert weekly(more) == ["1 00:00-01:00; 7 22:00-23:59", "1 00:00-23:59"]
    assert said(more)["cut_at_midnight"].endswith("3, Zeiten („Mo 0-24 Uhr“)")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Di u. Do 10-12", "2 10:00-12:00; 4 10:00-12:00"),
        ("täglich 10-11 Uhr", "; ".join(f"{day} 10:00-11:00" for day in range(1, 8))),
        ("Mo bis Mi 9 bis 10 Uhr", "1 09:00-10:00; 2 09:00-10:00; 3 09:00-10:00"),
        ("am Wochenende 14–16", "6 14:00-16:00; 7 14:00-16:00"),
        ("Mo 14h-16h / 17.30h ‑ 18h", "1 14:00-16:00; 1 17:30-18:00"),
        ("montags (9.00 − 10.30 Uhr)", "1 09:00-10:30"),
        ("jeden Montag von 9 Uhr bis 12 Uhr", "1 09:00-12:00"),
        ("Mo., Mi. und Fr.: 9.00 Uhr — 12.00 Uhr", "1 09:00-12:00; 3 09:00-12:00; 5 09:00-12:00"),
    ],
)
def test_spellings_of_weekly_times(load: Load, text: str, expected: str) -> None:
    plan = load("Angebot;Träger;Zeiten", f'A;Verein Muster;"{text}"')
    assert (weekly(plan), plan.faults, said(plan)) == ([expected], (), {})


def test_working_days_are_monday_to_friday_and_that_is_said(load: Load) -> None:
    plan = load("Angebot;Träger;Zeiten", "A;Verein Muster;werktags 9-10", "B;Verein Muster;wochentags: 9-10 Uhr")
    days = "; ".join(f"{day} 09:00-10:00" for day in range(1, 6))
    assert weekly(plan) == [days, days]
    assert said(plan) == {"working_days": "2, Zeiten („werktags 9-10“); 3, Zeiten („wochentags: 9-10 Uhr“)"}


def test_a_begin_alone_is_a_begin(load: Load) -> None:
    assert values(load("time_begin_only"), "begins", "ends") == [(time(14, 30), None), (time(14), time(18))]
    plan = load("time_as_hinted")
    assert (values(plan, "begins", "ends"), plan.faults) == ([(time(14), None)], ())


def test_two_kinds_of_a_column(load: Load) -> None:
    clocks = ("14:00", "14-16 Uhr", "ab 14 Uhr", "14h", "bis 16 Uhr", "nach Absprache", "ca. 14 Uhr", "18-24 Uhr")
    for heading in ("Uhrzeit", "Uhrzeit von"):
        lines = [f"Grundkurs;{day:02}.04.2027;{clock}" for day, clock in enumerate(clocks, 1)]
        plan = load(f"Schulung;Datum;{heading}", *lines, run=False)
        two, four = time(14), time(16)
        spans = [(two, None), (two, four), (two, None), (two, None), (None, four), (None, None), (None, None)]
        assert values(plan, "begins", "ends") == [*spans, (time(18), time(23, 59))]
        assert [note for (note,) in values(plan, "note")][5:7] == [f"{heading}: {clock}" for clock in clocks[5:7]]
        notices = {"words_kept": f"7, {heading} („nach Absprache“); 8, {heading} („ca. 14 Uhr“)"}
        assert (said(plan), plan.faults) == (notices | {"midnight": f"9, {heading} („18-24 Uhr“)"}, ())


def test_a_training_past_midnight_ends_on_the_next_day(load: Load) -> None:
    plan = load("Schulung;Datum;Uhrzeit", "Grundkurs;31.12.2027;20-2 Uhr", "Grundkurs;05.03.2028;18-14 Uhr")
    assert values(plan, "starts_on", "ends_on", "begins", "ends") == [
        (date(2027, 12, 31), date(2028, 1, 1), time(20), time(2))
    ]
    assert said(plan) == {"next_day": "2, Uhrzeit („20-2 Uhr“)"}
    assert faults(plan) == [(3, "Uhrzeit", "import_not_time", True)]  # it tells two of one day apart


# ---------------------------------------------------------------- dates


def test_dates_of_one_digit(load: Load) -> None:
    plan = load("iso_date_one_digit")
    assert values(plan, "started_on", "ended_on") == [(date(2026, 4, 1), date(2026, 11, 30))]


def test_a_weekday_before_a_date_is_checked(load: Load) -> None:
    assert values(load("date_with_weekday"), "starts_on") == [(date(2027, 3, 7),), (date(2027, 3, 8),)]
    lines = ("Grundkurs;So., 4. Juli 2027", "Grundkurs;Di 04.07.2027", "Grundkurs;05.07.2027 (Mo)", "Grundkurs;Sa 1.6.")
    plan = load("Schulung;Datum", *lines)
    assert values(plan, "starts_on") == [(date(2027, 7, 4),), (date(2027, 7, 5),)]
    assert faults(plan) == [(3, "Datum", "import_wrong_weekday", True), (5, "Datum", "import_date_without_year", True)]
    wrong, yearless = (Text().error(fault.error) for fault in plan.faults)
    assert wrong[0] == "Zeile 3, Spalte „Datum“: Der 04.07.2027 ist ein Sonntag, nicht „Di“."
    assert Text("en").error(plan.faults[0].error)[0].endswith("4 Jul 2027 is a Sunday, not “Di”.")
    assert yearless[0] == "Zeile 5, Spalte „Datum“: Bei „Sa 1.6.“ fehlt das Jahr."


def test_a_day_with_its_time_and_days_from_to(load: Load) -> None:
    lines = (
        'Grundkurs;"Di 06.04.2027, 17-19 Uhr"',
        "Grundkurs;08.–10.04.2027",
        "Grundkurs;28.12.2027–03.01.2028",
        'Grundkurs;"13./14.05.2027, 9 bis 16 Uhr"',
        "Grundkurs;2027-06-01 09:15",
        "Grundkurs;02.06.2027 00:00",
        "Grundkurs;Sa/So 05./06.06.2027",
        "Grundkurs;03.06.2027 abends",
        "Grundkurs;10.-08.06.2027",
    )
    plan = load("Schulung;Datum", *lines)
    nine, half = time(9), None
    assert values(plan, "starts_on", "ends_on", "begins", "ends") == [
        (date(2027, 4, 6), None, time(17), time(19)),
        (date(2027, 4, 8), date(2027, 4, 10), None, None),
        (date(2027, 12, 28), date(2028, 1, 3), None, None),
        (date(2027, 5, 13), date(2027, 5, 14), nine, time(16)),
        (date(2027, 6, 1), None, time(9, 15), half),
        (date(2027, 6, 2), None, None, None),
        (date(2027, 6, 5), date(2027, 6, 6), None, None),
    ]
    assert faults(plan) == [(9, "Datum", "import_not_date", True), (10, "Datum", "import_not_date", True)]
    pairs = ("Grundkurs;Fr-So 05.-07.06.2026", "Grundkurs;Fr bis Sa 05.06.-07.06.2026", "Grundkurs;Sa/So 06.06.2026")
    plan = load("Schulung;Datum", *pairs)
    assert values(plan, "starts_on", "ends_on") == [(date(2026, 6, 5), date(2026, 6, 7))]
    assert [fault.error.key for fault in plan.faults] == ["import_wrong_weekday", "import_not_date"]


def test_a_column_of_its_own_may_not_contradict(load: Load) -> None:
    head = "Schulung;Datum;Uhrzeit von"
    plan = load(head, 'Grundkurs;"06.04.2027, 17 Uhr";17:00', 'Grundkurs;"07.04.2027, 17 Uhr";18:00')
    assert values(plan, "begins") == [(time(17),)]
    assert faults(plan) == [(3, "Datum", "import_contradicts", True)]
    assert "passt nicht zur Spalte „Uhrzeit von“" in Text().error(plan.faults[0].error)[0]


def test_offers_have_days_only(load: Load) -> None:
    plan = load(
        "Angebot;Träger;Beginn;Ende",
        "A;Verein Muster;01.09.2026 - 30.06.2027;",
        "B;Verein Muster;01.09.2026 17:00;unbefristet",
        "C;Verein Muster;Herbst 2026;",
        "D;Verein Muster;;10.-12.12.2026",
    )
    begun = date(2026, 9, 1)
    assert values(plan, "started_on", "ended_on") == [
        (begun, date(2027, 6, 30)),
        (begun, None),
        (None, None),
        (None, None),
    ]
    assert said(plan) == {"time_left": "3, Beginn („01.09.2026 17:00“)"}
    assert faults(plan) == [(4, "Beginn", "import_not_date", False), (5, "Ende", "import_not_date", False)]


def test_an_end_that_is_past_is_said(load: Load) -> None:
    plan = load("offer_over")
    assert values(plan, "ended_on", "status") == [(date(2020, 6, 30), "ended")]
    assert said(plan) == {"ended": "2, Ende („30.06.2020“)"}
    more = load("Angebot;Träger;Ende", "A;Verein Muster;21.11.2026", "B;Verein Muster;22.11.2026")
    assert said(more) == {"ended": "2, Ende („21.11.2026“)"}  # today is the 22nd


# ---------------------------------------------------------------- what is no number and no weekly time


def test_words_that_are_no_number_or_time_become_a_note(load: Load, tiny: Inventory) -> None:
    numbers = ("ca. 15", "15-20", "max. 12", "> 20", "12+", "nach Bedarf", "15")
    weekly = ("nach Absprache", "jeden 1. Freitag", "1. Freitag im Monat 10-12", "14-tägig Mo 10-12", "Mo ab 14 Uhr")
    lines = [f"N{n};Verein Muster;{text};" for n, text in enumerate(numbers)]
    lines += [f"T{n};Verein Muster;;{text}" for n, text in enumerate(weekly)]
    plan = load("Angebot;Träger;Plätze;Zeiten", *lines)
    assert plan.faults == ()
    assert [capacity for (capacity,) in values(plan, "capacity")] == [None] * 6 + [15] + [None] * 5
    notes = [f"Plätze pro Woche: {text}" for text in numbers[:-1]] + [None] + [f"Zeiten: {text}" for text in weekly]
    assert [note for (note,) in values(plan, "note")] == notes
    assert said(plan)["words_kept"].startswith("2, Plätze („ca. 15“); 3, Plätze („15-20“); ")
    again = load("Angebot;Träger;Plätze;Zeiten", *lines)
    assert again.counts["unchanged"] == 12  # a list sent twice changes nothing
    known = load("Angebot;Träger;Plätze;Notiz", "N6;Verein Muster;ca. 20;mit Kinderbetreuung")
    assert [row.values for row in known.rows] == [{"note": "mit Kinderbetreuung; Plätze pro Woche: ca. 20"}]
    assert tiny.value("SELECT capacity FROM inventory.initiative WHERE name = 'N6'") == 15


def test_a_number_with_what_it_counts_is_that_number(load: Load) -> None:
    numbers = ("20 Plätze", "12 Personen", "15 TN", "8 Teilnehmer*innen", "1.200 Plätze", "20 Kinder", "ca. 20 Plätze")
    plan = load("Angebot;Träger;Plätze", *(f"N{n};Verein Muster;{text}" for n, text in enumerate(numbers)))
    assert [capacity for (capacity,) in values(plan, "capacity")] == [20, 12, 15, 8, 1200, None, None]
    assert [note for (note,) in values(plan, "note")][5:] == [f"Plätze pro Woche: {text}" for text in numbers[5:]]
    lines = ("Grundkurs;01.09.2027;15 €;20 Plätze", "Grundkurs;02.09.2027;12,50 Euro;", "Grundkurs;03.09.2027;12 h;")
    trainings = load("Schulung;Datum;Kosten;Plätze", *lines, kind="sessions")
    assert values(trainings, "cost_eur", "seats") == [(15, 20), (12.5, None), (None, None)]
    assert faults(trainings) == [(4, "Kosten", "import_not_number", False)]


def test_words_of_hours_go_into_their_note(load: Load, tiny: Inventory) -> None:
    head = "Anlaufstelle;Träger;Öffnungszeiten;Jede zweite Woche;Schließzeiten"
    lines = (
        "Eins;Verein Muster;jeden 1. Freitag 10-12 Uhr;14-tägig dienstags ab 1.12. 16-18 Uhr;in den Ferien",
        "Zwei;Verein Muster;werktags 9-12;nach Laune;24.-26.12.2026 Weihnachten",
        "Drei;Verein Muster;nach Absprache;01.12.2026 25:00-26:00;31.02.2026",
    )
    plan = load(head, *lines)
    assert plan.unmatched == ()
    begin = {"starts_on": date(2026, 12, 1), "begins": time(16), "ends": time(18)}
    christmas = {"first_day": date(2026, 12, 24), "last_day": date(2026, 12, 26), "reason": "Weihnachten"}
    assert values(plan, "opening_hours", "fortnightly", "closures", "appointment") == [
        ("Fr[1] 10:00-12:00", [begin], None, None),
        ("Mo-Fr 09:00-12:00", None, [christmas], None),
        (None, None, None, "required"),
    ]
    notes = [note for (note,) in values(plan, "hours_note")]
    assert notes == ["Schließzeiten: in den Ferien", "Jede zweite Woche: nach Laune", None]
    assert [(fault.row, fault.column, fault.whole_row) for fault in plan.faults] == [
        (4, "Jede zweite Woche", False),
        (4, "Schließzeiten", False),
    ]
    assert said(plan)["working_days"] == "3, Öffnungszeiten („werktags 9-12“)"
    assert load(head, *lines[:2]).counts["unchanged"] == 2


def test_a_slip_of_the_pen_is_a_fault_of_its_cell(load: Load) -> None:
    lines = ["A;Verein Muster;1O;", "B;Verein Muster;12,5;", "C;Verein Muster;-3;", "D;Verein Muster;;Mo 25-26"]
    plan = load("Angebot;Träger;Plätze;Zeiten", *lines, "E;Verein Muster;;Mo 16-14 Uhr")
    assert faults(plan) == [
        (2, "Plätze", "import_not_integer", False),
        (3, "Plätze", "import_not_integer", False),
        (4, "Plätze", "import_negative", False),
        (5, "Zeiten", "import_not_times", False),
        (6, "Zeiten", "import_not_times", False),
    ]
    assert (plan.counts["new"], plan.incomplete) == (5, 5)


# ---------------------------------------------------------------- one cell, or the row


def test_both_faults_of_a_row_at_once(load: Load) -> None:
    plan = load("two_faults_one_row")
    assert [(fault.row, fault.error.key) for fault in plan.faults] == [(2, "import_not_date"), (2, "import_required")]
    more = load("Angebot;Träger;Beginn;E-Mail", ";Verein Muster;31.02.2027;", kind="initiatives")
    assert {fault.error.key for fault in more.faults} == {"import_not_date", "import_required"}
    assert all(fault.whole_row for fault in more.faults)  # nothing of it comes in
    third = load("Schulung;Datum;Plätze;Kosten", "Grundkurs;bald;1O;x", kind="sessions")
    assert [fault.error.key for fault in third.faults] == ["import_not_date", "import_not_integer", "import_not_number"]


SENT = (
    "Anlaufstelle;Träger;E-Mail;Internet;Sprachen;Ort;Bestätigt am;Bestätigt von",
    "Eins;Verein Muster;keine Adresse;www.example.org;Deutsch;;01.11.2026;Amt",
    "Zwei;Verein Muster;zwei@example.org;nur Aushang;Klingonisch;;32.13.2026;Amt",
    "Drei;Verein Muster;drei@example.org;;;Haus, das keiner kennt;;",
)


def test_an_unreadable_cell_costs_the_cell_and_comes_with_the_corrected_file(
    load: Load, tiny: Inventory, tmp_path: Path
) -> None:
    plan = load(*SENT, kind="contact-points")
    assert faults(plan) == [
        (2, "E-Mail", "import_not_email", False),
        (3, "Internet", "import_not_website", False),
        (3, "Sprachen", "import_unknown_name", False),
        (3, "Bestätigt am", "import_not_date", False),
        (3, "Bestätigt von", "import_left_with", False),
        (4, "Ort", "import_unknown_place", False),
    ]
    assert (plan.counts["new"], plan.incomplete) == (3, 3)
    assert values(plan, "email", "website", "assured_by") == [
        (None, "www.example.org", "Amt"),
        ("zwei@example.org", None, None),
        ("drei@example.org", None, None),
    ]
    text = Text()
    advised: dict[int, list[str]] = {}
    for fault in plan.faults:
        advised.setdefault(fault.row, []).append(advice(text, fault))
    rows = [
        exports.FaultyRow(row.cells, row.beyond, advised[row.number], frozenset({"E-Mail"}))
        for row in plan.table.rows
        if row.number in advised
    ]
    assert all("Nur diese Zelle bleibt weg" in line for lines in advised.values() for line in lines)
    path = tmp_path / "zurück.xlsx"
    path.write_bytes(exports.faulty_file(plan.table.header, rows, text, NOW))
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet["D2"], sheet["E3"], sheet["F3"], sheet["H3"], sheet["G4"] = (
        "eins@example.org",
        None,
        "Persisch",
        "02.11.2026",
        None,
    )
    book.save(path)
    corrected = importing.plan(tiny, path, "contact-points")
    assert (corrected.faults, corrected.counts["changed"], corrected.counts["unchanged"]) == ((), 2, 1)
    assert [row.values for row in corrected.rows][:2] == [
        {"email": "eins@example.org"},
        {"language_ids": ["fa"], "assured_on": date(2026, 11, 2), "assured_by": "Amt"},
    ]


def test_a_row_that_waits_for_an_answer_does_not_come_in_incomplete(load: Load) -> None:
    head = "Angebot;Träger;Straße;PLZ;Plätze"
    load(head, "A;Verein Muster;Weg 1;06844;5")
    plan = load(head, "A;Verein Muster;Ring 9;06844;1O")  # moved, or a second offer?
    assert (plan.counts["open"], plan.incomplete, faults(plan)) == (1, 0, [(2, "Plätze", "import_not_integer", False)])


def test_what_a_record_stands_or_falls_with_costs_the_row(load: Load) -> None:
    contacts = load(
        "Funktion;Organisation;Name;Einwilligung;Einwilligung bis",
        "Leitung;Verein Muster;Ada Muster;öffentlich;bald",
        "Leitung;Verein Muster;Bea Muster;vielleicht;",
        kind="contacts",
    )
    assert contacts.counts["faulty"] == 2  # consent is nothing to guess
    offers = load("Angebot;Träger;Status", "A;Verein Muster;läuft aus", kind="initiatives")
    assert offers.counts["faulty"] == 1
    trainings = load("Schulung;Träger;Datum", "Grundkurs;Verein Mustre;05.03.2027", kind="sessions")
    assert trainings.counts["faulty"] == 1  # it tells courses of one name apart
    places = load("Ort;Breite;Länge;PLZ", "Haus;51,8;elf;06844", "Saal;910;11,5;068", kind="locations")
    assert faults(places) == [
        (2, "Länge", "import_not_number", False),
        (2, "Breite", "import_left_with", False),
        (3, "PLZ", "import_not_postcode", False),
        (3, "Breite", "import_not_coordinate", False),
        (3, "Länge", "import_left_with", False),
    ]
    assert values(places, "lat", "lon", "postcode") == [(None, None, "06844"), (None, None, None)]
    address = load("Angebot;Träger;Straße;PLZ", "A;Verein Muster;Weg 1;068", kind="initiatives")
    assert faults(address) == [
        (2, "PLZ", "import_not_postcode", False),
        (2, "Straße", "import_left_with", False),  # Weg 1 of another postcode is another place
    ]
    district = load("Angebot;Träger;Straße;PLZ;Stadtteil", "A;Verein Muster;Weg 1;06844;Irgendwo", kind="initiatives")
    assert [fault[1] for fault in faults(district)] == ["Stadtteil"]  # street and postcode say where it is
    assert [place["street"] for place in district.new_locations] == ["Weg 1"]
    alone = load("Angebot;Träger;Straße;Stadtteil", "A;Verein Muster;Weg 1;Irgendwo", kind="initiatives")
    assert [fault[1] for fault in faults(alone)] == ["Stadtteil", "Straße"]


def test_a_known_record_named_with_an_unknown_place_stays_as_it_is(load: Load) -> None:
    load("Angebot;Träger;Plätze", "A;Verein Muster;5")
    plan = load("Angebot;Träger;Plätze;Ort", "A;Verein Muster;9;Haus, das keiner kennt")
    assert faults(plan) == [(2, "Ort", "import_unknown_place", True)]


# ---------------------------------------------------------------- trainings of several days


def test_a_training_of_several_days_comes_in_whole(load: Load) -> None:
    plan = load("c28_sessions")
    assert (plan.counts["new"], plan.faults) == (6, ())
    last = values(plan, "starts_on", "ends_on", "begins", "ends")[-1]
    assert last == (date(2026, 12, 18), date(2026, 12, 19), time(17), time(12))
    head = "Schulung;Datum;Ende am;Uhrzeit von;Uhrzeit bis"
    more = load(head, "Grundkurs A;01.02.2027;01.02.2027;17:00;12:00", "Grundkurs A;03.02.2027;04.02.2027;22:00;22:00")
    assert faults(more) == [(2, "Uhrzeit bis", "import_end_before_begin", True)]
    assert values(more, "ends_on") == [(date(2027, 2, 4),)]
