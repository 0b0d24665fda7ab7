"""One text for one content (METHODS M16): its bytes depend on nothing but what it says, so a checksum can prove it.

Keys in the order of their code points, no spaces, texts in Unicode's form C, decimal numbers as text without trailing
zeros, days as 2026-11-22. A binary fraction is refused: its last digit differs from one machine to the next.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from esdash.model.rounding import half_up


def canonical(value: Any) -> str:
    """The JSON of mappings, lists, texts, whole numbers, decimals, days, truth values and None.

    Raises TypeError for anything else, and ValueError for two keys that are the same text.
    """
    return json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def sha256(content: str | bytes) -> str:
    """The checksum of a content, 64 hexadecimal digits."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def decimal(value: Any, digits: int) -> Decimal | None:
    """A number with so many digits after the point, rounded half up; None for what is unknown."""
    if value is None or value != value:
        return None
    exact = isinstance(value, int | Decimal)
    return half_up(Decimal(value), digits) if exact else Decimal(f"{half_up(float(value), digits):.{digits}f}")


def texts(value: Any) -> Iterator[str]:
    """Every text in a content, the keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield str(name)
            yield from texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from texts(part)


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Decimal):
        return _shortest(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        named = {unicodedata.normalize("NFC", name): _plain(part) for name, part in value.items()}
        if len(named) < len(value):
            raise ValueError("two keys are the same text")
        return named
    raise TypeError(f"no canonical form of {type(value).__name__}")


def _shortest(number: Decimal) -> str:
    written = f"{number:f}"
    shorter = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if shorter in ("-0", "") else shorter
