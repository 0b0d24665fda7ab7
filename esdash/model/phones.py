"""Phone numbers compared by their digits, the same way for duplicates and for finding a person in texts.

Screens and files show a number as it was typed: "0340 12 34" is how people here read it, and an entry that is no
number ("über das Büro") is useful too. Nothing is refused here.
"""

import re

# Separators between digits, and the zero of the area code that is not dialled from abroad.
_NOT_DIALLED = r"\(0\)|[^\p{Nd}+]"
_COUNTRY = r"^((\+|00)49|0|\++)"  # +49 340, 0049 340 and 0340 are the same number


def number(phone: str) -> str:
    """The digits of a phone number without country code and leading zero: +49 (0)340 12-34 → 3401234."""
    dialled = re.sub(_NOT_DIALLED.replace(r"\p{Nd}", r"\d"), "", phone)
    return re.sub(_COUNTRY, "", dialled)


def as_sql() -> str:
    """The SQL of the macro phone_number(phone), which does in queries what `number` does here."""
    dialled = f"regexp_replace(phone, '{_NOT_DIALLED}', '', 'g')"
    return f"CREATE MACRO phone_number(phone) AS regexp_replace({dialled}, '{_COUNTRY}', '');"
