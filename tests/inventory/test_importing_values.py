"""Cells as values: numbers, dates, times and words as offices write them; and the headers of the kinds."""

from datetime import date, time
from pathlib import Path
from typing import Any

import pytest

from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.inventory.importing import KINDS, opening_words
from esdash.model import times, values
from esdash.model.folding import fold, fold_core, is_unknown, slug
from tests.people import TESTER


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("12,0", 12), ("12.0", 12), ("1.234", 1234), ("1.234,00", 1234), ("1 234", 1234), ("007", 7)],
)
def test_whole_numbers(text: str, number: int) -> None:
    assert values.integer(text) == number


@pytest.mark.parametrize("text", ["12,5", "ca. 20", "20-25", "1.23", "1,234", "1e3", "", "²"])
def test_no_whole_numbers(text: str) -> None:
    with pytest.raises(values.Wrong, match="import_not_integer"):
        values.integer(text)


@pytest.mark.parametrize("text", ["-3", "- 3", "−3", "-1.234", "-0,5"])
def test_a_number_below_zero_is_called_so(text: str) -> None:
    for read in (values.integer, values.decimal):
        with pytest.raises(values.Wrong, match="import_negative"):
            read(text)


def test_a_number_with_too_many_digits_is_too_large() -> None:
    with pytest.raises(values.Wrong, match="import_number_too_large"):
        values.integer("9" * 12)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1.234,5", 1234.5), ("12,5", 12.5), ("12.5", 12.5), ("1.234", 1234.0), ("1.234.567", 1234567.0), ("8", 8.0)],
)
def test_decimals(text: str, number: float) -> None:
    assert values.decimal(text) == number


@pytest.mark.parametrize("text", ["1,2,3", "1.2.3", "12 h", "nan", "inf", "1.23,4"])
def test_no_decimals(text: str) -> None:
    with pytest.raises(values.Wrong, match="import_not_number"):
        values.decimal(text)


def test_coordinates_have_no_thousands() -> None:
    assert values.coordinate("51.845") == values.coordinate("51,845") == 51.845


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("01.02.2026", date(2026, 2, 1)),
        ("1.2.26", date(2026, 2, 1)),
        ("1. 2. 2026", date(2026, 2, 1)),
        ("2026-02-01", date(2026, 2, 1)),
        ("2026-02-01 09:15", date(2026, 2, 1)),
        ("1. Februar 2026", date(2026, 2, 1)),
        ("3. März 2026", date(2026, 3, 3)),
        ("29.02.2024", date(2024, 2, 29)),
        ("1.2.99", date(1999, 2, 1)),
    ],
)
def test_days(text: str, day: date) -> None:
    assert values.day(text) == day


@pytest.mark.parametrize("text", ["31.02.2026", "29.02.2026", "2026", "02/01/2026", "1.13.2026", "1.2.0026", "bald"])
def test_no_days(text: str) -> None:
    with pytest.raises(values.Wrong, match="import_not_date"):
        values.day(text)


def test_postcodes_keep_or_get_back_their_zero() -> None:
    assert [values.postcode(text) for text in ("01067", "6844", "D-06844")] == ["01067", "06844", "06844"]
    assert {values.postcode(text) for text in ("06 844", "DE-06844", "D 06844", "DE06844")} == {"06844"}
    for text in ("067", "123456", "O6844", "0 6844", "06844 Dessau", "DE"):
        with pytest.raises(values.Wrong, match="import_not_postcode"):
            values.postcode(text)


def test_yes_and_no() -> None:
    assert [values.boolean(text) for text in ("ja", "Nein", "x", "WAHR", "no")] == [True, False, True, True, False]
    with pytest.raises(values.Wrong, match="import_not_yes_no"):
        values.boolean("teilweise")


@pytest.mark.parametrize("text", ["https://beispiel.de/?id=514", "www.beispiel.de", "beispiel.de/seite"])
def test_web_addresses_stay_as_they_are(text: str) -> None:
    assert values.website(text) == text


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "siehe Aushang", "data:text/html,x", "ftp://beispiel.de", "kein"]
)
def test_no_web_addresses(text: str) -> None:
    with pytest.raises(values.Wrong, match="import_not_website"):
        values.website(text)


MO_WE = [(1, "14:00", "16:00"), (3, "10:00", "12:00")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mo 14:00-16:00; Mi 10-12 Uhr", MO_WE),
        ("mittwochs 10 bis 12 Uhr\nmontags 14.00 – 16.00 Uhr", MO_WE),
        ("Mo 14:00-16:00, Mi 10:00-12:00", MO_WE),
        ("1 14:00-16:00;3 10:00-12:00", MO_WE),
        ("Mo, Mi 10-12 Uhr", [(1, "10:00", "12:00"), (3, "10:00", "12:00")]),
        ("Di und Do 9:30-11", [(2, "09:30", "11:00"), (4, "09:30", "11:00")]),
        ("Do-Sa 9-12 und 14-16", [(d, *s) for d in (4, 5, 6) for s in (("09:00", "12:00"), ("14:00", "16:00"))]),
        ("Fr von 8 bis 9 Uhr", [(5, "08:00", "09:00")]),
        ("Mo 9-10; Mo 9-10", [(1, "09:00", "10:00")]),
    ],
)
def test_weekly_times(text: str, expected: list[tuple[int, str, str]]) -> None:
    found = [(entry["weekday"], f"{entry['begins']:%H:%M}", f"{entry['ends']:%H:%M}") for entry in times.weekly(text)]
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mo",
        "14-16 Uhr",
        "jeden 2. Montag 14-16",
        "14-tägig Mo 10-12",
        "Mo ab 14 Uhr",
        "Mo 16-14",
        "Mo 25-26",
        "nach Vereinbarung",
        "Mo 10-12 ungerade Wochen",
        "Fr-Mo 9-10",
        "Mo 9-10; Di",
        "montag mittag",
    ],
)
def test_no_weekly_times(text: str) -> None:
    with pytest.raises(values.Wrong, match=r"import_not_times?"):
        times.weekly(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mo, Mi 14-17 Uhr", "Mo,We 14:00-17:00"),
        ("Mo-Mi, Fr, Sa 9-12; Do 9-12, 14-18", "Mo-We,Fr,Sa 09:00-12:00; Th 09:00-12:00,14:00-18:00"),
        ("Mo,We 14:00-17:00", "Mo,We 14:00-17:00"),
        ("24/7", "24/7"),
        ("Mo-Fr 09:00-12:00; PH off", "Mo-Fr 09:00-12:00; PH off"),
    ],
)
def test_opening_hours(text: str, expected: str) -> None:
    assert opening_words.hours_alone(text) == expected


@pytest.mark.parametrize("text", ["nach Vereinbarung", "Mo 25:00-26:00", "12", "Mo", ", ,"])
def test_no_opening_hours(text: str) -> None:
    with pytest.raises(values.Wrong, match="import_not_opening"):
        opening_words.hours_alone(text)


def test_times_of_day() -> None:
    assert (times.clock("14.30 Uhr"), times.clock("9")) == (time(14, 30), time(9))
    assert times.span("17 bis 19:30 Uhr") == (time(17), time(19, 30))


@pytest.mark.parametrize("text", ["unbekannt", "NA", "n/a", "k. A.", "k.A.", "-", "?", "Unbekannt "])
def test_words_for_unknown(text: str) -> None:
    assert is_unknown(text)


@pytest.mark.parametrize("text", ["Nadja", "keine", "0", "KA", "nein"])
def test_words_that_are_known(text: str) -> None:
    assert not is_unknown(text)


def test_words_are_compared_without_case_umlauts_and_punctuation() -> None:
    assert fold("Plätze / Woche") == fold("PLAETZE-WOCHE") == "plaetzewoche"
    assert fold("a\u0308") == "ae"  # an umlaut of two characters, as macOS writes it
    assert fold_core("Persisch (Farsi)") == "persisch"
    assert fold_core("Multikulturelles Zentrum e.V.") == fold_core("Multikulturelles Zentrum e. V.")
    assert slug("Café für Ältere & Süße!") == "cafe-fuer-aeltere-suesse"
    assert len(slug("x" * 90)) == 40


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_no_header_means_two_fields_of_a_kind(kind: Any) -> None:
    headers = [header for field in kind.fields for header in field.headers]
    assert sorted(headers) == sorted(set(headers))


def test_a_begin_alone_is_a_begin(tiny: Inventory, tmp_path: Path) -> None:
    with tiny.change(TESTER, Action.EDIT_RECORDS) as change:
        change.insert("organization", [{"organization_id": "o", "name": "Verein"}])
        change.insert("course", [{"course_id": "k", "organization_id": "o", "name": "Grundkurs"}])
    path = tmp_path / "termine.csv"
    path.write_text(
        "Schulung;Datum;Uhrzeit\nGrundkurs;05.03.2027;14:30 Uhr\nGrundkurs;06.03.2027;14:00-18:00 Uhr\n"
        "Grundkurs;07.03.2027;14\nGrundkurs;08.03.2027;18-14\n"
    )
    plan = importing.plan(tiny, path, "sessions")
    assert [(fault.row, fault.error.key) for fault in plan.faults] == [(5, "import_not_time")]
    times_of = [(row.values["begins"], row.values.get("ends")) for row in plan.rows if row.state == "new"]
    assert times_of == [(time(14, 30), None), (time(14), time(18)), (time(14), None)]
