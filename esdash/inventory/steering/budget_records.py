"""A line of a budget and an entry on it: what they are made of; what cannot be meant is refused with a sentence."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from esdash.errors import UserError
from esdash.model.amounts import LARGEST

STATES = ("planned", "committed", "paid")  # in the order in which an entry moves on
DIRECTIONS = ("expense", "income")
FIRST_YEAR, LAST_YEAR = 2000, 2100  # as the table holds
MOST_LETTERS = {"programme": 120, "category": 80, "funder": 120, "note": 500, "reason": 300, "receipt_number": 60}
CENT = Decimal("0.01")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # and halves of signs, which no file can hold


@dataclass(frozen=True)
class Line:
    """One category and year of the approved plan."""

    programme: str
    category: str
    year: int
    planned_eur: Decimal
    direction: str = "expense"
    funder: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Entry:
    """One amount on a line. What is paid needs an organisation or a receipt number, never the name of a person."""

    budget_line_id: str
    amount_eur: Decimal
    state: str
    booked_on: date
    reason: str
    measure_id: str | None = None
    payee_organization_id: str | None = None
    receipt_number: str | None = None


def checked_line(line: Line) -> Line:
    """The line with tidy texts. Raises UserError for one that no plan can have."""
    programme, category = said(line.programme), said(line.category)
    if not programme or not category:
        raise UserError("budget_line_needs_name")
    if not FIRST_YEAR <= line.year <= LAST_YEAR:
        raise UserError("budget_year_wrong", year=str(line.year), first=str(FIRST_YEAR), last=str(LAST_YEAR))
    if line.direction not in DIRECTIONS:
        raise ValueError(f"{line.direction} is no direction")
    tidy = replace(line, programme=programme, category=category, funder=said(line.funder), note=said(line.note))
    _refuse_long(programme=programme, category=category, funder=tidy.funder, note=tidy.note)
    return replace(tidy, planned_eur=_cents(line.planned_eur))


def checked_entry(entry: Entry, today: date) -> Entry:
    """The entry with tidy texts. Raises UserError for one that cannot be meant."""
    reason, receipt = said(entry.reason), said(entry.receipt_number)
    if entry.state not in STATES:
        raise ValueError(f"{entry.state} is no state")
    if not reason:
        raise UserError("budget_entry_needs_reason")
    _refuse_long(reason=reason, receipt_number=receipt)
    if not FIRST_YEAR <= entry.booked_on.year <= LAST_YEAR:
        raise UserError("budget_day_wrong", day=entry.booked_on)
    if entry.state != "planned" and entry.booked_on > today:
        raise UserError("budget_in_the_future", day=entry.booked_on)
    if entry.state == "paid" and not entry.payee_organization_id and not receipt:
        raise UserError("budget_needs_receipt")
    amount = _cents(entry.amount_eur)
    if amount == 0:
        raise UserError("budget_amount_zero")
    return replace(entry, reason=reason, receipt_number=receipt, amount_eur=amount)


def said(words: str | None) -> str | None:
    """A text on one line with single spaces and without control characters; None if it is empty."""
    return " ".join(_CONTROL.sub(" ", words or "").split()) or None


def _cents(amount: Decimal) -> Decimal:
    """The amount with two decimals. Raises UserError for one that the file cannot hold to the cent."""
    if not isinstance(amount, Decimal):
        raise TypeError(f"{amount!r} is no Decimal")
    if not amount.is_finite() or not 0 <= amount <= LARGEST:
        raise UserError("budget_amount_wrong", most=LARGEST)
    cents = amount.quantize(CENT)
    if cents != amount:
        raise UserError("amount_too_fine")
    return cents


def _refuse_long(**texts: str | None) -> None:
    for name, words in texts.items():
        if words and len(words) > MOST_LETTERS[name]:
            raise UserError("budget_too_long", text=f"{words[:40]}…", most=MOST_LETTERS[name])
