"""Postcodes that lost their zero, and words that are a short name or say that nobody knows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from esdash.inventory import Inventory, importing
from esdash.model import values
from esdash.texts import Text
from tests.inventory.office_files import Shown, ods, xls
from tests.people import TEST

CASES = Path(__file__).parent / "cases"


def test_four_digits_get_their_zero_only_where_they_have_none(tiny: Inventory) -> None:
    plan = importing.plan(tiny, CASES / "postcode_zero.csv")
    assert [row.values.get("postcode") for row in plan.rows] == [None, "01067", "12345"]
    assert [(fault.row, fault.value, fault.error.key) for fault in plan.faults] == [(2, "0199", "import_not_postcode")]


@pytest.mark.parametrize(
    ("text", "postcode"), [("6844", "06844"), ("06844", "06844"), ("D-1067", "01067"), ("00100", "00100")]
)
def test_postcodes(text: str, postcode: str) -> None:
    assert values.postcode(text) == postcode


@pytest.mark.parametrize("text", ["0684", "0000", "684", "068440", "O6844", ""])
def test_what_is_no_postcode(text: str) -> None:
    with pytest.raises(values.Wrong, match="import_not_postcode"):
        values.postcode(text)


def test_na_is_a_short_name_where_it_fits_and_else_named_as_unknown(tiny: Inventory, tmp_path: Path) -> None:
    plan = importing.plan(tiny, CASES / "c29_na.csv")
    assert [(row.values["short_name"], row.values["note"]) for row in plan.rows] == [("NA", "Null"), ("None", "nan")]
    assert not plan.faults and not any(notice.key == "import.notice_unknown" for notice in plan.notices)
    path = tmp_path / "a.csv"
    path.write_text("Organisation;Kurzname;Notiz;Telefon\nTafel;NA;NA;NA\nNeuer Anfang;NA;n/a;k. A.", encoding="utf-8")
    plan = importing.plan(tiny, path)
    assert [(row.values["short_name"], row.values["note"]) for row in plan.rows] == [(None, None), ("NA", None)]
    (said,) = (Text("de")(one.key, **one.values) for one in plan.notices if one.key == "import.notice_unknown")
    assert "2, Kurzname („NA“); 2, Notiz („NA“)" in said


@pytest.mark.parametrize("write", [ods, xls])
def test_numbers_of_a_workbook_have_one_meaning(write: Callable[..., Path], tiny: Inventory, tmp_path: Path) -> None:
    """In a CSV with English headings 1,234 may be more than a thousand; a cell with a number is what it is."""
    known = tmp_path / "courses.csv"
    known.write_text("Organisation\nTafel", encoding="utf-8")
    importing.run(tiny, importing.plan(tiny, known), TEST, "x")
    path = write(
        tmp_path / f"a.{write.__name__}",
        {"a": [["training", "organisation", "hours"], ["A", "Tafel", 1.234], ["B", "Tafel", Shown(12, "0.0")]]},
    )
    assert [row.values["hours"] for row in importing.plan(tiny, path, "courses").rows] == [1.234, 12.0]
