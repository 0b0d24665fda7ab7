"""Addresses compared: Musterstr. 5 a, Musterstraße 5a and MUSTERSTRASSE Nr. 5A are one; No. 5-7 and No. 57 are two.

Import, places, search and duplicates share this rule. `as_sql` makes the macro for queries from the same table.
"""

import re
from functools import lru_cache

from esdash.model.folding import fold, fold_words

# As written: "Marktpl." is a square; a dash or "bis" between two numbers is a range.
_WRITTEN = (
    (r"[Pp]l\.", "platz "),
    (r"([0-9] *[a-zA-Z]?) *(?:[-‐–—]|bis) *([0-9])", r"\1 bis \2"),
)
# In folded words: letters apart from numbers, "5 a" is 5a, "Nr." says nothing, a street however it is shortened, and
# blanks within its name do not count. The last is said twice, because letters that stand alone overlap.
_FOLDED = (
    (r"([^0-9 ])([0-9])", r"\1 \2"),
    (r"([0-9]) ([^0-9 ])( |$)", r"\1\2\3"),
    (r"(^| )(?:nr|no|hnr|hausnr|hausnummer|haus nr) ([0-9])", r"\1\2"),
    (r"str(?:asse)?( |$)", r"str\1"),
    (r"([^0-9 ]) ([^0-9 ])", r"\1\2"),
    (r"([^0-9 ]) ([^0-9 ])", r"\1\2"),
)
_WITHOUT = {"onr", "ohnenr", "ohnehausnr", "ohnenummer", "ohnehausnummer", "ohne", "keine", "sn"}
_NUMBER = re.compile(
    r"\s*(?:Nr\.?|Hausnr\.?|Hausnummer)?\s*(\d+\s*[a-zA-Z]?(?:\s*[-–/]\s*\d+\s*[a-zA-Z]?)?)\s*$", re.IGNORECASE
)


@lru_cache(maxsize=20_000)
def street_key(street: str) -> str:
    """Street and house number in the form in which two of them are compared; "" for none."""
    for pattern, instead in _WRITTEN:
        street = re.sub(pattern, instead, street)
    key = fold_words(street)
    for pattern, instead in _FOLDED:
        key = re.sub(pattern, instead, key)
    return key


def joined(street: str | None, number: str) -> str | None:
    """Street and house number of two columns as one address; None if there is no street, or it has another number."""
    if not street:
        return None
    if fold(number) in _WITHOUT:
        return street
    found = _NUMBER.search(street)
    if found is None:
        return f"{street} {number.strip()}"
    return street if street_key(f"x {found.group(1)}") == street_key(f"x {number}") else None


def as_sql() -> str:
    """The SQL of the macro street_key(street), which does in queries what `street_key` does here."""
    key = "street"
    for pattern, instead in _WRITTEN:
        key = f"regexp_replace({key}, '{pattern}', '{instead}', 'g')"
    key = f"fold_words({key})"
    for pattern, instead in _FOLDED:
        key = f"regexp_replace({key}, '{pattern}', '{instead}', 'g')"
    return f"CREATE MACRO street_key(street) AS {key};"
