"""What lists put into one cell, or under one word: addresses with their postcode, days and times of a begin."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from esdash.inventory import Inventory, importing
from esdash.inventory.importing import one_cell
from tests.people import ADA

CASES = Path(__file__).with_name("cases")
Planned = Callable[..., importing.Plan]


@pytest.fixture
def planned(tiny: Inventory, tmp_path: Path) -> Planned:
    """The plan of some lines, after two organisations and a training have come in."""
    importing.run(tiny, importing.plan(tiny, CASES / "two_orgs.csv"), ADA)
    importing.run(tiny, importing.plan(tiny, CASES / "courses.csv"), ADA)

    def planned(*lines: str, **options: Any) -> importing.Plan:
        (tmp_path / "liste.csv").write_text("\n".join(lines), encoding="utf-8")
        return importing.plan(tiny, tmp_path / "liste.csv", **options)

    return planned


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Musterweg 5, 06844 Dessau", ("Musterweg 5", "06844")),
        ("Musterweg 5; D-06844 Dessau-Roßlau", ("Musterweg 5", "06844")),
        ("Musterweg 5\n06844 Dessau", ("Musterweg 5", "06844")),
        ("06844 Dessau, Musterweg 5a", ("Musterweg 5a", "06844")),
        ("Am Markt, 06844", ("Am Markt", "06844")),
        ("Musterweg 5", None),
        ("Musterweg 5, Haus B", None),
        ("Musterweg 5, 06844 Dessau, Beispielweg 3, 06846 Dessau", None),
        ("06844 Dessau", None),
    ],
)
def test_addresses_in_one_cell(text: str, parts: tuple[str, str] | None) -> None:
    assert one_cell.split(text) == parts


def test_an_address_in_one_cell_is_taken_apart_and_named(planned: Planned) -> None:
    plan = planned(
        "Einrichtung;Träger;Adresse", "Haus;Verein Muster;Musterweg 5, 06844 Dessau", "Hof;Verein Muster;Hofweg 1"
    )
    places = [(place["street"], place["postcode"]) for place in plan.new_locations]
    assert (places, plan.faults) == ([("Musterweg 5", "06844"), ("Hofweg 1", None)], ())
    said = [notice.values["rows"] for notice in plan.notices if notice.key == "import_kind.notice_address"]
    assert said == ["2, Adresse („Musterweg 5, 06844 Dessau“)"]
    plan = planned("Organisation;Anschrift", "Neu;06846 Dessau, Hofweg 2", kind="organizations")
    assert (plan.rows[0].values["street"], plan.rows[0].values["postcode"]) == ("Hofweg 2", "06846")


def test_two_postcodes_are_not_guessed(planned: Planned) -> None:
    plan = planned("Organisation;Anschrift;PLZ", "Neu;Hofweg 2, 06846 Dessau;06844", kind="organizations")
    assert [(fault.column, fault.error.key) for fault in plan.faults] == [("Anschrift", "import_contradicts")]


@pytest.mark.parametrize("clocks", [("14:00", "16:30"), ("14 Uhr", "16.30 Uhr"), ("ab 14:00", "bis 16:30 Uhr")])
def test_begin_and_end_of_a_day_are_times_if_they_say_times(planned: Planned, clocks: tuple[str, str]) -> None:
    plan = planned("Kurs;Datum;Beginn;Ende", f"Grundkurs;05.04.2027;{clocks[0]};{clocks[1]}")
    assert [field.name for field in plan.columns.fields.values()] == ["course_id", "starts_on", "begins", "ends"]
    days = planned("Kurs;Beginn;Ende", "Grundkurs;05.04.2027;06.04.2027", kind="sessions")
    assert days.rows[0].values["ends_on"] == date(2027, 4, 6)
    if clocks[0][:2] == "14":
        assert (plan.rows[0].values["begins"], plan.rows[0].values["ends"]) == (time(14), time(16, 30))


def test_headings_that_are_no_field_stay_none(planned: Planned) -> None:
    plan = planned("Kurs;Datum;Kursnr.;freie Plätze;Gebühr", "Grundkurs;05.04.2027;4711;3;5 €")
    assert plan.unmatched == ("Kursnr.", "freie Plätze", "Gebühr")  # named, and no capacity or cost of the carrier


@pytest.mark.parametrize(
    ("header", "cells", "weekday", "begins", "ends"),
    [
        ("Wochentag;Uhrzeit", "Montag;14:00-16:00", 1, time(14), time(16)),
        ("Wochentag;Uhrzeit", "Mi;9-11 Uhr", 3, time(9), time(11)),
        ("Kurstag;Beginn;Ende", "Freitag;09:30;11:00", 5, time(9, 30), time(11)),
        ("Wochentage;Von;Bis", "Do.;14 Uhr;16.30 Uhr", 4, time(14), time(16, 30)),
        ("Uhrzeit bis;Wochentag;Uhrzeit von", "12:00;Di;10:00", 2, time(10), time(12)),
    ],
)
def test_weekday_and_time_in_columns_apart(
    planned: Planned, header: str, cells: str, weekday: int, begins: time, ends: time
) -> None:
    plan = planned(f"Angebot;Träger;{header}", f"Chor;Verein Muster;{cells}")
    assert (plan.kind.name, plan.unmatched, plan.faults) == ("initiatives", (), ())
    assert plan.rows[0].values["times"] == [{"weekday": weekday, "begins": begins, "ends": ends}]


@pytest.mark.parametrize(
    ("cells", "note"),
    [
        ("Montag;", "Wochentag: Montag"),  # nobody knows when
        ("Montag;nachmittags", "Wochentag: Montag"),
        ("Montag;Di 14-16 Uhr", "Wochentag: Montag"),  # which of the two a person must say
    ],
)
def test_a_weekday_that_makes_no_time_is_kept_as_a_note(planned: Planned, cells: str, note: str) -> None:
    plan = planned("Angebot;Träger;Wochentag;Uhrzeit", f"Chor;Verein Muster;{cells}")
    assert (plan.faults, note in plan.rows[0].values["note"]) == ((), True)
    assert "import.notice_words_kept" in [notice.key for notice in plan.notices]


def test_dates_stay_dates(planned: Planned) -> None:
    plan = planned("Angebot;Träger;Beginn;Ende", "Chor;Verein Muster;05.04.2027;05.07.2027")
    values = plan.rows[0].values
    assert (values["started_on"], values["ended_on"], "times" in values) == (date(2027, 4, 5), date(2027, 7, 5), False)
