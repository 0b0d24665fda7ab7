"""Phone numbers, compared by their digits: one rule for duplicates and for finding a person in texts.

What people typed stays as they typed it, on screen and in files: "0340 12 34" is how the city reads a number, and what
is no number at all ("über das Büro") helps too. Nothing is refused here.
"""

import re

# Signs between digits, and the zero of the area code that is not dialled from abroad.
_NOT_DIALLED = r"\(0\)|[^\p{Nd}+]"
_COUNTRY = r"^((\+|00)49|0|\++)"  # +49 340, 0049 340 and 0340 are the same number


def number(phone: str) -> str:
    """The digits of a phone number without the way to dial it: +49 (0)340 12-34 → 3401234."""
    dialled = re.sub(_NOT_DIALLED.replace(r"\p{Nd}", r"\d"), "", phone)
    return re.sub(_COUNTRY, "", dialled)


def as_sql() -> str:
    """The macro phone_number(phone), which is `number` for a query."""
    dialled = f"regexp_replace(phone, '{_NOT_DIALLED}', '', 'g')"
    return f"CREATE MACRO phone_number(phone) AS regexp_replace({dialled}, '{_COUNTRY}', '');"
