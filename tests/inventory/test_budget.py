"""The plan and the entries: what is refused, what moves on, what stays, and that a second click changes nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import budget
from esdash.inventory.steering.budget import Entry, Line
from tests.people import ADA, BEN

LINE = Line("Engagiert", "Sachmittel", 2026, Decimal("300.00"))
DAY = date(2026, 11, 20)  # today is the 22nd


@pytest.fixture
def planned(tiny: Inventory) -> Inventory:
    """One line for expense and one for income, and an organisation."""
    budget.add_line(tiny, LINE, ADA)
    budget.add_line(tiny, Line("Engagiert", "Zuwendung", 2026, Decimal("300.00"), "income"), ADA)
    with tiny.change(ADA, Action.ENTER_RECORDS) as change:
        change.insert("organization", [{"organization_id": "press", "name": "Druckhaus"}])
    return tiny


def entry(**values: Any) -> Entry:
    return replace(Entry("sachmittel-2026", Decimal("20.35"), "planned", DAY, "Faltblatt"), **values)


def row(inventory: Inventory, key: str = "e1") -> dict[str, Any]:
    return inventory.rows("FROM inventory.budget_entry WHERE budget_entry_id = $key", key=key)[0]


def log(inventory: Inventory) -> int:
    return int(inventory.value("SELECT count(*) FROM change_log"))


def refused(do: Any) -> str:
    with pytest.raises(UserError) as error:
        do()
    return error.value.key


# ---------------------------------------------------------------- the plan


def test_a_line_is_entered_once(planned: Inventory) -> None:
    before = log(planned)
    assert budget.add_line(planned, replace(LINE, category=" sachmittel "), BEN) == "sachmittel-2026"
    assert log(planned) == before
    other = replace(LINE, planned_eur=Decimal("301.00"))
    assert refused(lambda: budget.add_line(planned, other, ADA)) == "budget_line_there"


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"category": "  "}, "budget_line_needs_name"),
        ({"programme": ""}, "budget_line_needs_name"),
        ({"year": 1999}, "budget_year_wrong"),
        ({"planned_eur": Decimal("-1")}, "budget_amount_wrong"),
        ({"planned_eur": Decimal("NaN")}, "budget_amount_wrong"),
        ({"planned_eur": Decimal("1e10")}, "budget_amount_wrong"),
        ({"planned_eur": Decimal("0.005")}, "amount_too_fine"),
        ({"category": "x" * 81}, "budget_too_long"),
    ],
)
def test_a_line_that_no_plan_can_have_is_refused(planned: Inventory, values: dict[str, Any], key: str) -> None:
    assert refused(lambda: budget.add_line(planned, replace(LINE, **values), ADA)) == key


def test_a_float_is_no_amount(planned: Inventory) -> None:
    with pytest.raises(TypeError):
        budget.add_line(planned, replace(LINE, planned_eur=0.1), ADA)  # type: ignore[arg-type]


def test_a_line_is_changed_with_a_reason_and_only_as_it_was_seen(planned: Inventory) -> None:
    more = replace(LINE, planned_eur=Decimal("450.00"))
    assert refused(lambda: budget.change_line(planned, "sachmittel-2026", 1, more, ADA, " ")) == "budget_needs_reason"
    budget.change_line(planned, "sachmittel-2026", 1, more, ADA, "Änderungsbescheid")
    before = log(planned)
    budget.change_line(planned, "sachmittel-2026", 1, more, ADA, "Änderungsbescheid")  # a second click
    assert log(planned) == before
    less = replace(LINE, planned_eur=Decimal("200.00"))
    late = refused(lambda: budget.change_line(planned, "sachmittel-2026", 1, less, BEN, "Kürzung"))
    assert late == "budget_changed_meanwhile"
    twin = replace(LINE, category="Honorare")
    budget.add_line(planned, twin, ADA)
    same = refused(lambda: budget.change_line(planned, "honorare-2026", 1, replace(LINE), BEN, "zusammengelegt"))
    assert same == "budget_line_there"


def test_a_line_leaves_the_plan_only_while_nothing_was_booked_on_it(planned: Inventory) -> None:
    budget.book(planned, entry(), ADA, "e1")
    assert refused(lambda: budget.drop_line(planned, "sachmittel-2026", 1, ADA, "doppelt")) == "budget_line_used"
    budget.drop_line(planned, "zuwendung-2026", 1, ADA, "doppelt")
    budget.drop_line(planned, "zuwendung-2026", 1, ADA, "doppelt")
    assert planned.value("SELECT count(*) FROM budget_line") == 1


def test_a_table_is_taken_over_as_it_was_previewed(planned: Inventory) -> None:
    table = [
        LINE,
        replace(LINE, year=2027, note="zweite Rate"),
        replace(LINE, planned_eur=Decimal("1"), category="Miete"),
    ]
    table[0] = replace(LINE, planned_eur=Decimal("350.00"))
    seen = budget.compare(planned, table)
    assert [(one.kind, one.before) for one in seen] == [("changed", Decimal("300.00")), ("new", None), ("new", None)]
    assert budget.take(planned, seen, ADA, "Bescheid vom 1.3.") == 3
    before = log(planned)
    assert budget.take(planned, seen, ADA, "Bescheid vom 1.3.") == 0  # a second click
    assert log(planned) == before
    found = planned.rows(
        "SELECT category, year, planned_eur FROM budget_line WHERE direction = 'expense' ORDER BY sort"
    )
    assert [tuple(one.values()) for one in found] == [
        ("Sachmittel", 2026, Decimal("350.00")),
        ("Sachmittel", 2027, Decimal("300.00")),
        ("Miete", 2026, Decimal("1.00")),
    ]
    seen = budget.compare(planned, [replace(LINE, planned_eur=Decimal("5"))])
    budget.change_line(planned, "sachmittel-2026", 2, replace(LINE, planned_eur=Decimal("6")), BEN, "Kürzung")
    assert refused(lambda: budget.take(planned, seen, ADA)) == "budget_plan_changed_meanwhile"
    assert refused(lambda: budget.compare(planned, [LINE, replace(LINE, category="SACHMITTEL")])) == "budget_line_twice"


def test_a_category_is_spelt_alike_in_all_years(planned: Inventory) -> None:
    budget.add_line(planned, replace(LINE, year=2027, category="SACHMITTEL", programme="engagiert"), ADA)
    budget.take(planned, budget.compare(planned, [replace(LINE, year=2028, category="sach-mittel")]), ADA)
    budget.change_line(planned, "sachmittel-2026", 1, replace(LINE, category="Sach mittel", note="neu"), ADA, "Vermerk")
    rows = planned.rows("SELECT DISTINCT programme, category FROM budget_line WHERE direction = 'expense'")
    assert rows == [{"programme": "Engagiert", "category": "Sachmittel"}]


# ---------------------------------------------------------------- entries


def test_an_entry_moves_on_and_the_log_keeps_its_way(planned: Inventory) -> None:
    budget.book(planned, entry(), ADA, "e1")
    budget.advance(planned, "e1", 1, "committed", DAY, BEN, payee_organization_id="press")
    budget.advance(planned, "e1", 2, "paid", date(2026, 11, 22), ADA, receipt_number=" 7 ")
    now = row(planned)
    assert (now["state"], now["payee_organization_id"], now["receipt_number"]) == ("paid", "press", "7")
    assert (now["amount_eur"], now["direction"], now["version"]) == (Decimal("20.35"), "expense", 3)
    steps = planned.rows(
        "SELECT actor, after ->> 'state' AS state FROM change_log WHERE table_name = 'budget_entry' ORDER BY change_id"
    )
    assert [tuple(step.values()) for step in steps] == [("Ada", "planned"), ("Ben", "committed"), ("Ada", "paid")]


def test_a_second_click_changes_nothing(planned: Inventory) -> None:
    budget.book(planned, entry(), ADA, "e1")
    budget.book(planned, entry(), ADA, "e1")
    budget.advance(planned, "e1", 1, "committed", DAY, ADA)
    budget.advance(planned, "e1", 1, "committed", DAY, ADA)
    budget.correct(planned, "e1", 2, entry(state="committed", reason="Plakat"), ADA, "verschrieben")
    budget.correct(planned, "e1", 2, entry(state="committed", reason="Plakat"), ADA, "verschrieben")
    budget.cancel(planned, "e1", 3, ADA, "doppelt")
    budget.cancel(planned, "e1", 3, BEN, "auch")
    entries = planned.rows("FROM budget_entry")
    assert [(one["version"], one["cancelled_reason"], one["cancelled_on"]) for one in entries] == [
        (4, "doppelt", date(2026, 11, 22))
    ]
    assert planned.value("SELECT count(*) FROM change_log WHERE table_name = 'budget_entry'") == 4


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"amount_eur": Decimal("0")}, "budget_amount_zero"),
        ({"amount_eur": Decimal("-5")}, "budget_amount_wrong"),
        ({"amount_eur": Decimal("0.001")}, "amount_too_fine"),
        ({"reason": " \n"}, "budget_entry_needs_reason"),
        ({"reason": "x" * 301}, "budget_too_long"),
        ({"state": "paid"}, "budget_needs_receipt"),
        ({"state": "paid", "receipt_number": "  "}, "budget_needs_receipt"),
        ({"state": "committed", "booked_on": date(2026, 11, 23)}, "budget_in_the_future"),
        ({"booked_on": date(1926, 11, 23)}, "budget_day_wrong"),
        ({"budget_line_id": "gone"}, "budget_line_gone"),
        ({"measure_id": "gone"}, "reference_broken"),
        ({"payee_organization_id": "gone"}, "reference_broken"),
    ],
)
def test_what_cannot_be_meant_is_refused(planned: Inventory, values: dict[str, Any], key: str) -> None:
    assert refused(lambda: budget.book(planned, entry(**values), ADA, "e1")) == key
    assert planned.value("SELECT count(*) FROM budget_entry") == 0


def test_texts_are_kept_on_one_line_without_control_characters(planned: Inventory) -> None:
    budget.book(planned, entry(reason=" Falt\x00blatt\n\ud800 A4 ", receipt_number="\tB\x1f7"), ADA, "e1")
    assert (row(planned)["reason"], row(planned)["receipt_number"]) == ("Falt blatt A4", "B 7")
    assert budget.add_line(planned, replace(LINE, category="\x00Porto\r\n"), ADA) == "porto-2026"


def test_what_is_planned_may_lie_ahead_and_a_line_may_be_overspent(planned: Inventory) -> None:
    budget.book(planned, entry(booked_on=date(2027, 2, 1)), ADA, "e1")
    budget.book(planned, entry(amount_eur=Decimal("999.99"), state="paid", receipt_number="1"), ADA, "e2")
    assert planned.value("SELECT count(*) FROM budget_entry") == 2


def test_an_entry_of_a_line_for_income_is_income(planned: Inventory) -> None:
    budget.book(planned, entry(budget_line_id="zuwendung-2026"), ADA, "e1")
    assert row(planned)["direction"] == "income"
    budget.correct(planned, "e1", 1, entry(), ADA, "falscher Posten")
    assert row(planned)["direction"] == "expense"


def test_two_people_at_once_have_one_outcome(planned: Inventory) -> None:
    budget.book(planned, entry(), ADA, "e1")
    other = entry(amount_eur=Decimal("30.00"))
    assert refused(lambda: budget.book(planned, other, BEN, "e1")) == "budget_entry_there"
    budget.advance(planned, "e1", 1, "committed", DAY, ADA)
    late = refused(lambda: budget.advance(planned, "e1", 1, "paid", DAY, BEN, receipt_number="1"))
    assert late == "budget_changed_meanwhile"
    assert refused(lambda: budget.correct(planned, "e1", 1, other, BEN, "Zahlendreher")) == "budget_changed_meanwhile"
    assert refused(lambda: budget.cancel(planned, "e1", 1, BEN, "doppelt")) == "budget_changed_meanwhile"
    assert (row(planned)["state"], row(planned)["amount_eur"]) == ("committed", Decimal("20.35"))


def test_there_is_no_way_back_but_a_correction_with_a_reason(planned: Inventory) -> None:
    budget.book(planned, entry(state="paid", receipt_number="1"), ADA, "e1")
    assert refused(lambda: budget.advance(planned, "e1", 1, "planned", DAY, ADA)) == "budget_way_back"
    assert refused(lambda: budget.correct(planned, "e1", 1, entry(), ADA, "")) == "budget_needs_reason"
    budget.correct(planned, "e1", 1, entry(), ADA, "noch nicht bezahlt")
    assert (row(planned)["state"], row(planned)["receipt_number"]) == ("planned", None)
    assert planned.value("SELECT reason FROM change_log ORDER BY change_id DESC") == "noch nicht bezahlt"


def test_a_cancelled_entry_stays_as_it_is(planned: Inventory) -> None:
    budget.book(planned, entry(), ADA, "e1")
    assert refused(lambda: budget.cancel(planned, "e1", 1, ADA, "")) == "budget_needs_reason"
    budget.cancel(planned, "e1", 1, ADA, "doppelt")
    assert refused(lambda: budget.advance(planned, "e1", 2, "committed", DAY, ADA)) == "budget_entry_cancelled"
    assert refused(lambda: budget.correct(planned, "e1", 2, entry(), ADA, "x")) == "budget_entry_cancelled"
    assert refused(lambda: budget.cancel(planned, "gone", 2, ADA, "x")) == "budget_entry_gone"


# ---------------------------------------------------------------- no persons


@pytest.mark.parametrize("field", ["reason", "receipt_number"])
def test_an_entry_names_no_known_person(planned: Inventory, field: str) -> None:
    with planned.change(ADA, Action.ENTER_RECORDS) as change:
        person = {"contact_id": "p", "organization_id": "press", "role": "Leitung", "name": "Frauke Petersen"}
        change.insert("contact", [{**person, "consent_scope": "internal"}])
    named = entry(**{field: "Honorar Frauke Petersen"})
    assert refused(lambda: budget.book(planned, named, ADA, "e1")) == "names_person"
    budget.book(planned, entry(), ADA, "e1")
    assert refused(lambda: budget.correct(planned, "e1", 1, named, ADA, "Zahlendreher")) == "names_person"
    assert refused(lambda: budget.cancel(planned, "e1", 1, ADA, "für Frauke Petersen")) == "names_person"
    if field == "receipt_number":
        move = lambda: budget.advance(planned, "e1", 1, "paid", DAY, ADA, receipt_number="Frauke Petersen")  # noqa: E731
        assert refused(move) == "names_person"
    line = replace(LINE, category="Frauke Petersen")
    assert refused(lambda: budget.add_line(planned, line, ADA)) == "names_person"
    assert refused(lambda: budget.change_line(planned, "sachmittel-2026", 1, line, ADA, "neu")) == "names_person"
    assert refused(lambda: budget.take(planned, budget.compare(planned, [line]), ADA)) == "names_person"
    assert "Petersen" not in str(planned.rows("FROM budget_entry") + planned.rows("FROM budget_line"))
