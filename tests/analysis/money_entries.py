"""A plan and entries for tests: written by hand, or drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import strategies as st

from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.people import ADA

DAY = date(2026, 5, 4)


def line(key: str, category: str, year: int, planned: str, direction: str = "expense", sort: int = 1) -> dict[str, Any]:
    given = {"budget_line_id": key, "programme": "Engagiert", "direction": direction, "category": category}
    return given | {"year": year, "planned_eur": Decimal(planned), "sort": sort}


def entry(key: str, of: str, state: str, amount: str, measure: str | None = None, **more: Any) -> dict[str, Any]:
    row = {"budget_entry_id": key, "budget_line_id": of, "direction": "expense", "state": state, "booked_on": DAY}
    row |= {"receipt_number": key, "reason": "Faltblatt", "amount_eur": Decimal(amount), "measure_id": measure}
    return row | {"payee_organization_id": None, "cancelled_on": None, "cancelled_reason": None} | more


def fill(inventory: Inventory, lines: list[dict[str, Any]], entries: list[dict[str, Any]]) -> None:
    with inventory.change(ADA, Action.SET_UP) as change:
        for number in ("1", "2"):
            change.insert(
                "measure", [{"measure_id": f"m{number}", "number": f"M-{number}", "title": f"Maßnahme {number}"}]
            )
        change.insert("budget_line", lines)
        change.insert("budget_entry", entries)


class Drawn(NamedTuple):
    """Drawn lines and entries, and the sums that they must have, worked out in whole cents."""

    lines: list[dict[str, Any]]
    entries: list[dict[str, Any]]
    sums: list[Decimal]  # planned, earmarked, committed, paid, left

    @property
    def paid(self) -> Decimal:
        return self.sums[3]


_KEYS = (("Personal", 2025), ("Personal", 2026), ("Sachmittel", 2025), ("Sachmittel", 2026))
_CENTS = st.integers(1, 99_999_999_999)
_MEASURES = st.sampled_from([None, "m1", "m2"])
_ENTRY = st.tuples(
    st.integers(0, 3), st.sampled_from(["planned", "committed", "paid"]), _CENTS, _MEASURES, st.booleans()
)


def _drawn(plans: list[int], booked: list[tuple[int, str, int, str | None, bool]]) -> Drawn:
    lines = [line(f"l{n}", *_KEYS[n], _euros(cents), sort=n // 2) for n, cents in enumerate(plans)]
    entries = [
        entry(
            f"e{n}", f"l{of}", state, _euros(cents), measure, cancelled_on=DAY if gone else None, cancelled_reason="x"
        )
        for n, (of, state, cents, measure, gone) in enumerate(booked)
    ]
    planned, committed, paid = (
        sum(cents for _, state, cents, _, gone in booked if state == name and not gone)
        for name in ("planned", "committed", "paid")
    )
    sums = (sum(plans), planned, committed, paid, sum(plans) - committed - paid)
    return Drawn(lines, entries, [Decimal(_euros(cents)) for cents in sums])


def _euros(cents: int) -> str:
    sign, cents = "-" if cents < 0 else "", abs(cents)
    return f"{sign}{cents // 100}.{cents % 100:02}"


DRAWN = st.builds(_drawn, st.lists(_CENTS, min_size=4, max_size=4), st.lists(_ENTRY, max_size=12))
