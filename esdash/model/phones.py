"""Phone numbers: as they are dialled (E.164), and compared by their digits where they cannot be.

Screens and files show a number as it was typed: "0340 12 34" is how people here read it, and an entry that is no
number ("über das Büro") is useful too. What is dialled stands beside it (DIALLED), for comparing, finding and calling.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

import phonenumbers

# The tables with a phone have its dialled form in this column. It says nothing of its own: no form, no file and no
# history shows it, and where it is a person's, it is as personal as the phone.
DIALLED = "phone_e164"
REGION = "DE"  # the country whose numbers are written without its code
LEAST_SOUGHT = 5  # digits from which a number in a question is looked for among phone numbers; fewer fit by chance

# Separators between digits, and the zero of the area code that is not dialled from abroad.
_NOT_DIALLED = r"\(0\)|[^\p{Nd}+]"
_RUN = re.compile(r"(?<!\w)[+(]{0,2}\d[\d\s()/.–-]*\d(?!\w)")
_COUNTRY = r"^((\+|00)49|0|\++)"  # +49 340, 0049 340 and 0340 are the same number
_ABROAD = r"^\+(49)?"

_LABEL = re.compile(r"\b(telefonnummer|telefon|tel|fon|phone|mobil|mobile|handy|zentrale|büro)\b[.:]*", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]*[^\W\d_][^()]*\)")  # "(Frau Muster)", but not "(0340)"
_NEXT_NUMBER = re.compile(r"\s*[;,|\n]\s*|\s+/\s+(?=[0+])|/(?=[0+])|\s+(?:oder|und|u\.|or|and)\s+", re.IGNORECASE)
_EXTENSION = re.compile(
    r"[\s,]*(?:-|\b(?:durchwahl|dw|app(?:arat)?|nebenstelle|ext)\b[.:]*)\s*(\d{1,5})\s*$", re.IGNORECASE
)
_OTHER_END = re.compile(r"(?<=\d)\s*/\s*-?\s*\d{1,4}\s*$")  # 0340 12 34 56 / 57: a second number with another end
_BEFORE_AN_END = 8  # digits of a whole number; fewer before a slash are an area code: 034901/123
_SHORTEST = 5  # digits behind the zero or the country code: 0340 12
_LOCAL = (3, 12)  # digits of a number without area code, which only dials within the town: 110, 204 1234


def number(phone: str) -> str:
    """The digits of a phone number without country code and leading zero: +49 (0)340 12-34 → 3401234."""
    dialled = re.sub(_NOT_DIALLED.replace(r"\p{Nd}", r"\d"), "", phone)
    return re.sub(_COUNTRY, "", dialled)


def e164(phone: str | None) -> str | None:
    """A phone number as it is dialled from everywhere: "0340/12 34 56 (Büro)" → +49340123456; of several the first.

    None for what holds no such number: words, letters within a number, no area code, too few or too many digits.
    """
    first = _first(phone or "")
    if not first.startswith(("0", "+")) or any(sign.isalpha() for sign in first):
        return None
    try:
        parsed = phonenumbers.parse(first, REGION)
    except phonenumbers.NumberParseException:
        return None
    if len(str(parsed.national_number)) < _SHORTEST or not phonenumbers.is_possible_number(parsed):
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def is_doubtful(phone: str | None) -> bool:
    """Whether an entry looks like a number, but nobody can dial it: O340 12B4, 0340 1. Words alone are none."""
    first = _first(phone or "")
    digits = re.sub(r"\D", "", first)
    if not digits or e164(phone) is not None:
        return False
    local = _LOCAL[0] <= len(digits) <= _LOCAL[1] and not first.startswith(("0", "+"))
    return not local or any(sign.isalpha() for sign in first)


def _first(phone: str) -> str:
    """The first number of an entry without the words around it, in plain digits, its extension at the end."""
    bare = _IN_BRACKETS.sub(" ", _LABEL.sub(" ", phone)).strip()
    first = _NEXT_NUMBER.split(bare, maxsplit=1)[0]
    while (found := _OTHER_END.search(first)) and sum(map(str.isdigit, first[: found.start()])) >= _BEFORE_AN_END:
        first = first[: found.start()]
    first = _EXTENSION.sub(r"\1", first).lstrip("( ")
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in first)


def key(phone: str | None, dialled: str | None = None) -> str:
    """The digits by which two numbers are the same, as the macro phone_key: those dialled, else those written."""
    dialled = dialled or e164(phone)
    return re.sub(_ABROAD, "", dialled) if dialled else number(phone or "")


def with_dialled(row: Mapping[str, object]) -> dict[str, object]:
    """A row to be written, with the dialled form beside its phone; what it says itself in that column is left out."""
    written = {name: value for name, value in row.items() if name != DIALLED}
    if "phone" in row:
        written[DIALLED] = e164(None if row["phone"] is None else str(row["phone"]))
    return written


class Sought(NamedTuple):
    """A part of a question that may be a phone number: as it is written there, and the digits to look for."""

    written: str
    digits: str


def sought(question: str) -> Sought | None:
    """The first run of at least LEAST_SOUGHT digits in a question: "Büro 0340/12 34" → 03401234; None without any.

    The digits are those of `national_phone`, or a part of them; digits of every script count.
    """
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in question)
    for run in _RUN.finditer(plain):
        dialled = re.sub(r"^\(?00", "+", run[0])
        digits = re.sub(r"\D", "", dialled)
        if len(digits) >= LEAST_SOUGHT:
            whole = re.match(r"\(?[+0]", dialled)  # it begins with the country or the area
            return Sought(question[run.start() : run.end()], f"0{number(dialled)}" if whole else digits)
    return None


def as_sql() -> str:
    """The SQL of phone_number(phone), as `number` here, phone_key(phone, phone_e164) and national_phone(the same).

    phone_key: the digits by which two phones are the same: those dialled where they are known, else those written.
    national_phone: the digits of all numbers as one dials within the country, among which `sought` digits are found.
    """
    dialled = f"regexp_replace(phone, '{_NOT_DIALLED}', '', 'g')"
    return (
        f"CREATE MACRO phone_number(phone) AS regexp_replace({dialled}, '{_COUNTRY}', '');"
        f"CREATE MACRO phone_key(phone, phone_e164) AS "
        f"coalesce(regexp_replace(phone_e164, '{_ABROAD}', ''), phone_number(phone));"
        "CREATE MACRO national_phone(phone, phone_e164) AS concat_ws(' ', '0' || nullif(phone_number(phone), ''), "
        "CASE WHEN phone_e164 IS NOT NULL THEN '0' || phone_key(phone, phone_e164) END);"
    )
