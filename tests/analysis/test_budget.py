"""What is planned, committed, paid and left, to the cent: worked out by hand, and as a law over any plan."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.analysis.budget import budget
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests import first_state
from tests.people import ADA

DAY = date(2026, 5, 4)
SUMS = list(budget.SUMS)


def line(key: str, category: str, year: int, planned: str, direction: str = "expense", sort: int = 1) -> dict[str, Any]:
    given = {"budget_line_id": key, "programme": "Engagiert", "direction": direction, "category": category}
    return given | {"year": year, "planned_eur": Decimal(planned), "sort": sort}


def entry(key: str, of: str, state: str, amount: str, measure: str | None = None, **more: Any) -> dict[str, Any]:
    row = {"budget_entry_id": key, "budget_line_id": of, "direction": "expense", "state": state, "booked_on": DAY}
    row |= {"receipt_number": key, "reason": "Faltblatt", "amount_eur": Decimal(amount), "measure_id": measure}
    return row | {"cancelled_on": None, "cancelled_reason": None} | more


def fill(inventory: Inventory, lines: list[dict[str, Any]], entries: list[dict[str, Any]]) -> None:
    with inventory.change(ADA, Action.SET_UP) as change:
        for number in ("1", "2"):
            change.insert(
                "measure", [{"measure_id": f"m{number}", "number": f"M-{number}", "title": f"Maßnahme {number}"}]
            )
        change.insert("budget_line", lines)
        change.insert("budget_entry", entries)


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


CENTS = st.integers(1, 99_999_999_999)
ENTRIES = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.sampled_from(["planned", "committed", "paid"]),
        CENTS,
        st.sampled_from([None, "m1", "m2"]),
        st.booleans(),
    ),
    max_size=12,
)


@given(st.lists(CENTS, min_size=4, max_size=4), ENTRIES)
def test_money_adds_up_to_the_cent_however_it_is_parted(
    any_town: Inventory, plans: list[int], booked: list[Any]
) -> None:
    assert first_state.put_back(any_town)
    keys = [("Personal", 2025), ("Personal", 2026), ("Sachmittel", 2025), ("Sachmittel", 2026)]
    lines = [line(f"l{n}", *keys[n], str(Decimal(cents).scaleb(-2)), sort=n) for n, cents in enumerate(plans)]
    entries = [
        entry(
            f"e{n}",
            f"l{of}",
            state,
            str(Decimal(cents).scaleb(-2)),
            measure,
            cancelled_on=DAY if gone else None,
            cancelled_reason="x",
        )
        for n, (of, state, cents, measure, gone) in enumerate(booked)
    ]
    fill(any_town, lines, entries)
    counted = [(state, cents) for _, state, cents, _, gone in booked if not gone]
    sums = {name: sum(cents for state, cents in counted if state == name) for name in ("planned", "committed", "paid")}
    left = sum(plans) - sums["committed"] - sums["paid"]
    expected = [Decimal(cents).scaleb(-2) for cents in (sum(plans), *sums.values(), left)]
    for frame in (
        budget.lines(any_town),
        *(budget.by(any_town, what) for what in ("category", "year", "programme", "total")),
    ):
        assert [sum(frame[name], Decimal(0)) for name in SUMS] == expected
    measures = budget.by_measure(any_town)
    assert [sum(measures[name], Decimal(0)) for name in budget.OF_MEASURE] == [*expected[1:4], sum(expected[1:4])]
