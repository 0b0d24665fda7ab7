"""What is planned, committed, paid and left, to the cent: worked out by hand, and as a law over any plan."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from esdash.analysis.budget import budget
from esdash.inventory import Inventory
from tests import first_state, trials
from tests.analysis.money_entries import DAY, DRAWN, Drawn, entry, fill, line

SUMS = list(budget.SUMS)


@pytest.fixture
def funded(town: Inventory) -> Inventory:
    """Two categories in two years, income in one; a cancelled entry counts nowhere."""
    fill(
        town,
        [
            line("p25", "Personal", 2025, "1000.10", sort=1),
            line("p26", "Personal", 2026, "0.20", sort=1),
            line("s26", "Sachmittel", 2026, "300.00", sort=2),
            line("z26", "Zuwendung", 2026, "1300.30", "income", sort=3),
        ],
        [
            entry("a", "p25", "paid", "900.07", "m1"),
            entry("b", "s26", "committed", "0.10", "m1"),
            entry("c", "s26", "committed", "0.20"),
            entry("d", "s26", "planned", "50.00", "m2"),
            entry("e", "s26", "paid", "310.00"),
            entry("f", "s26", "paid", "99.00", "m2", cancelled_on=DAY, cancelled_reason="doppelt"),
            entry("g", "z26", "paid", "650.15", direction="income"),
        ],
    )
    return town


def figures(frame: Any, *columns: str) -> list[tuple[Any, ...]]:
    return [
        tuple(str(value) if isinstance(value, Decimal) else value for value in row)
        for row in frame[list(columns)].itertuples(index=False, name=None)
    ]


def test_nothing_entered_is_unknown_and_not_zero(town: Inventory) -> None:
    assert budget.total(town) is None
    assert budget.lines(town).empty and budget.by(town, "category").empty and budget.by_measure(town).empty
    assert list(budget.lines(town).columns) == list(budget.LINE)


def test_left_is_the_plan_without_what_is_paid_and_committed(funded: Inventory) -> None:
    found = figures(budget.by(funded, "category"), "direction", "key", *SUMS, "entries")
    assert found == [
        ("expense", "Personal", "1000.30", "0.00", "0.00", "900.07", "100.23", 1),
        ("expense", "Sachmittel", "300.00", "50.00", "0.30", "310.00", "-10.30", 4),
        ("income", "Zuwendung", "1300.30", "0.00", "0.00", "650.15", "650.15", 1),
    ]
    assert figures(budget.by(funded, "year"), "direction", "key", "left_eur") == [
        ("expense", "2025", "100.03"),
        ("expense", "2026", "-10.10"),
        ("income", "2026", "650.15"),
    ]
    assert figures(budget.by(funded, "category", None, 2025), "key", "left_eur") == [("Personal", "100.03")]
    assert figures(budget.overspent(funded), "category", "year", "left_eur") == [("Sachmittel", 2026, "-10.30")]
    total = budget.total(funded)
    assert total is not None and str(total["left_eur"]) == "89.93"
    assert str((budget.total(funded, "income") or {})["paid_eur"]) == "650.15"


def test_a_measure_has_what_is_booked_for_it(funded: Inventory) -> None:
    found = budget.by_measure(funded)
    assert figures(found, "direction", "measure_id", *budget.OF_MEASURE, "entries") == [
        ("expense", "m1", "0.00", "0.10", "900.07", "900.17", 2),
        ("expense", "m2", "50.00", "0.00", "0.00", "50.00", 1),
        ("expense", None, "0.00", "0.20", "310.00", "310.20", 2),
        ("income", None, "0.00", "0.00", "650.15", "650.15", 1),
    ]


def test_a_past_day_has_its_own_money(funded: Inventory) -> None:
    today = figures(budget.lines(funded), *budget.LINE)
    assert figures(budget.lines(funded.as_of(funded.today())), *budget.LINE) == today


def test_money_back_on_a_line_for_expense_is_income_without_a_plan(town: Inventory) -> None:
    fill(town, [line("s26", "Sachmittel", 2026, "300.00")], [entry("a", "s26", "paid", "5.00", direction="income")])
    assert figures(budget.lines(town), "direction", *SUMS) == [
        ("expense", "300.00", "0.00", "0.00", "0.00", "300.00"),
        ("income", "0.00", "0.00", "0.00", "5.00", "-5.00"),
    ]


@given(DRAWN)
@trials.drawn(12, 100)
def test_money_adds_up_to_the_cent_however_it_is_parted(any_town: Inventory, drawn: Drawn) -> None:
    assert first_state.put_back(any_town)
    fill(any_town, drawn.lines, drawn.entries)
    frames = [budget.by(any_town, what) for what in ("category", "year", "programme", "total")]
    for frame in (budget.lines(any_town), *frames):
        assert [sum(frame[name], Decimal(0)) for name in SUMS] == drawn.sums
    measures = [sum(budget.by_measure(any_town)[name], Decimal(0)) for name in budget.OF_MEASURE]
    assert measures == [*drawn.sums[1:4], sum(drawn.sums[1:4])]
