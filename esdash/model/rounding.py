"""Rounding as people do it: half up, the same on every face (METHODS M2)."""

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

NOISE = 9  # digits from which on a difference comes from the order of a sum

Number = TypeVar("Number", float, Decimal)


def half_up(value: Number, digits: int) -> Number:
    """A number with so many decimals, half away from zero; sums that differ in the last binary digit give the same."""
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    if not math.isfinite(value):  # there is no upper end
        return value
    scaled = math.floor(round(abs(value) * 10**digits, NOISE) + 0.5) / 10**digits
    return scaled if value >= 0 or not scaled else -scaled
