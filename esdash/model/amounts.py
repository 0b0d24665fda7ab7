"""Reading an amount of money as German offices write it: to the cent, never as a float. Raises Wrong otherwise."""

import re
from decimal import Decimal

from esdash.model.values import Wrong

LARGEST = Decimal("9999999999.99")  # what DECIMAL(12, 2) holds
_CURRENCY = re.compile(r"(?:€|Euros?|EUR)", re.IGNORECASE)
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f]")  # spreadsheets part thousands by narrow and non-breaking spaces
_PLAIN = re.compile(r"([0-9]+)(?:[.,]([0-9]{1,2}))?")  # 1200, 1200,5, 1200.50
_GROUPED = re.compile(r"([1-9][0-9]{0,2}(?:[. ][0-9]{3})+)(?:,([0-9]{1,2}))?")  # 1.200, 1 200,50
_ENGLISH = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)\.([0-9]{1,2})")  # 1,200.50 has only one meaning
_NEGATIVE = re.compile(r"[-−\N{EN DASH}]\s?[0-9]")
_TOO_FINE = re.compile(r"[0-9. ]*[0-9],[0-9]{3,}|0\.[0-9]{3,}|[0-9]+\.[0-9]{4,}|[0-9]{4,}\.[0-9]{3}")
LONGEST = 24  # characters; the largest amount with its separators and its currency has 17


def read(text: str) -> Decimal:
    """1.200,50 and 1,200.50 and 1200.5 → 1200.50; 1.200 → 1200.00; a currency beside it is left out.

    Refused: empty, negative, with parts of a cent (also 1,200, which is 1.2 or 1200), 1e9, too large, and all else.
    """
    bare = _CURRENCY.sub("", _SPACES.sub(" ", text)).strip()
    if not bare:
        raise Wrong("amount_empty")
    if _NEGATIVE.match(bare):
        raise Wrong("amount_negative")
    if len(bare) <= LONGEST and _TOO_FINE.fullmatch(bare):
        raise Wrong("amount_too_fine")
    match = _GROUPED.fullmatch(bare) or _PLAIN.fullmatch(bare) or _ENGLISH.fullmatch(bare)
    if not match or len(bare) > LONGEST:
        raise Wrong("amount_unreadable")
    amount = Decimal(f"{re.sub('[., ]', '', match.group(1))}.{(match.group(2) or '0'):0<2}")
    if amount > LARGEST:
        raise Wrong("amount_too_large")
    return amount


def exact(amount: Decimal) -> str:
    """An amount for programs: 1200.50, always with two decimals."""
    return f"{amount:.2f}"
