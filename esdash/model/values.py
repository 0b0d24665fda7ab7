"""Reading one cell: numbers, dates, yes and no as German offices write them. Raises Wrong for what it cannot read."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

_INTEGER = re.compile(r"(\d+)(?:,0+|\.0)?|(\d{1,3}(?:[. ]\d{3})+)(?:,0+)?")
_DECIMAL = re.compile(r"(\d+)(?:[.,](\d+))?")
_GROUPED = re.compile(r"(\d{1,3}(?:[. ]\d{3})+)(?:,(\d+))?")
_ENGLISH = re.compile(r"(\d{1,3}(?:,\d{3})+)\.(\d+)")  # 1,234.50 has only one meaning
_NEGATIVE = re.compile(r"[-−]\s?\d[\d.,]*$")
_COORDINATE = re.compile(r"-?\d{1,3}(?:[.,]\d+)?")
_GERMAN_DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})(?: 00:00(?::00)?)?")
_NAMED_DAY = re.compile(r"(\d{1,2})\.?\s?([A-Za-zä]+)\.?\s(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2})?)?")
_YEARLESS = re.compile(r"\d{1,2}\.\s?(?:\d{1,2}\.?|[A-Za-zä]{3,9}\.?)")
_WEEKDAY_BEHIND = re.compile(r"\s*[,(]\s*([A-Za-zä]{2,10})\.?\)?$")
_WEEKDAY_BEFORE = re.compile(r"(?:am |on )?([a-zä]{2,10})\.?\s*,?\s*(?:(?:den|dem|the) )?(?=\d)", re.IGNORECASE)
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")
_PAGE = re.compile(r"www\.[^@\s]+|[\w-]+(?:\.[\w-]+)+(?:/\S*)?", re.IGNORECASE)  # surely no mail address
_WEBSITE = re.compile(r"(?:https?://)?[^\s:/]+\.[^\s:/.]{2,}(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_MONTHS = (
    *(("januar", "january", "jänner"), ("februar", "february"), ("märz", "maerz", "mrz", "march"), ("april",)),
    *(("mai", "may"), ("juni", "june"), ("juli", "july"), ("august",), ("september",), ("oktober", "october")),
    *(("november",), ("dezember", "december")),
)
MONTH = r"(?:j[aä]n|feb|m[aä]r|mae|mrz|apr|ma[iy]|ju[nl]|aug|sep|o[kc]t|nov|de[zc])[a-zä]*"  # its name in a pattern
_NAMES_OF_DAYS = (
    ("montags", "montag", "monday", "mon", "mo"),
    ("dienstags", "dienstag", "tuesday", "tues", "tue", "di", "tu"),
    ("mittwochs", "mittwoch", "wednesday", "wed", "mi", "we"),
    ("donnerstags", "donnerstag", "thursday", "thurs", "thu", "do", "th"),
    ("freitags", "freitag", "friday", "fri", "fr"),
    ("samstags", "samstag", "sonnabends", "sonnabend", "saturday", "sat", "sa"),
    ("sonntags", "sonntag", "sunday", "sun", "so", "su"),
)
WEEKDAYS = {name: number for number, names in enumerate(_NAMES_OF_DAYS, 1) for name in names}
_YES = {"ja", "j", "yes", "y", "true", "wahr", "x", "1"}
_NO = {"nein", "n", "no", "false", "falsch", "0"}
CENTURY_TURN = 70  # 1.2.26 is 2026, 1.2.70 is 1970: no offer of today has an earlier date
LONGEST_DATE = 100  # characters of a cell with days and times; longer ones are sentences, and slow to compare
FIRST_YEAR, LAST_YEAR = 1900, 2100  # a year outside this range is a typing error
LARGEST = 2_147_483_647  # the largest INTEGER of DuckDB


class Wrong(ValueError):
    """A cell that cannot be read; `key` names the text (error.<key>), `values` what it mentions."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True)
class Weekday:
    """A day of the week, 1 = Monday, which messages name in their language."""

    number: int

    @property
    def text_key(self) -> str:
        """Key of its name in esdash/texts."""
        return f"weekday.{self.number}"


def integer(text: str) -> int:
    """12 and 12,0 → 12; 1.234 → 1234. "ca. 20" and 12,5 are refused."""
    match = _INTEGER.fullmatch(text)
    if _NEGATIVE.match(text):
        raise Wrong("import_negative")
    if not match or len(text) > 20:
        raise Wrong("import_not_integer")
    number = int(match.group(1) or re.sub(r"[. ]", "", match.group(2)))
    if number > LARGEST:
        raise Wrong("import_number_too_large")
    return number


def decimal(text: str) -> float:
    """1.234,5 and 1,234.5 → 1234.5; 12,5 and 12.5 → 12.5; 1.234 → 1234."""
    match = _GROUPED.fullmatch(text) or _DECIMAL.fullmatch(text) or _ENGLISH.fullmatch(text)
    if _NEGATIVE.match(text):
        raise Wrong("import_negative")
    if not match or len(text) > 20:
        raise Wrong("import_not_number")
    return float(f"{re.sub('[., ]', '', match.group(1))}.{match.group(2) or 0}")


def written_out(number: float) -> str:
    """A number in plain digits, as people and `decimal` read it, never with an exponent: 0.000098."""
    return f"{Decimal(repr(number)):f}"


def coordinate(text: str) -> float:
    """A coordinate: 51,845 and 51.845 → 51.845, because no coordinate has thousands."""
    if not _COORDINATE.fullmatch(text):
        raise Wrong("import_not_number")
    return float(text.replace(",", "."))


def day(text: str) -> date:
    """01.02.2026, 1.2.26, 1. Februar 2026, 2026-02-01, "So., 1. Februar 2026". A year alone is refused.

    Raises Wrong also for a day without its year, and for one that is another day of the week than said.
    """
    if len(text) > LONGEST_DATE:
        raise Wrong("import_not_date")
    said = _WEEKDAY_BEFORE.match(text) or _WEEKDAY_BEHIND.search(text)
    weekday = WEEKDAYS.get(said[1].lower()) if said else None
    if said is None or weekday is None:
        return _day(text)
    found = _day((text[: said.start()] + text[said.end() :]).strip())
    if found.isoweekday() != weekday:
        raise Wrong("import_wrong_weekday", said=said[1], day=found, weekday=Weekday(found.isoweekday()))
    return found


def _day(text: str) -> date:
    year = month = number = 0
    if _YEARLESS.fullmatch(text):
        raise Wrong("import_date_without_year")
    if match := _ISO_DAY.fullmatch(text):
        year, month, number = (int(part) for part in match.groups())
    elif match := _GERMAN_DAY.fullmatch(text):
        number, month, year = (int(part) for part in match.groups())
        if len(match.group(3)) == 2:
            year += 2000 if year < CENTURY_TURN else 1900
    elif match := _NAMED_DAY.fullmatch(text):
        number, year, month = int(match.group(1)), int(match.group(3)), _month(match.group(2))
    try:
        found = date(year, month, number)
    except ValueError as error:
        raise Wrong("import_not_date") from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Wrong("import_not_date")
    return found


def _month(word: str) -> int:
    """1 to 12 for a month in words, also shortened to three letters or more; 0 for another word ("3. Marktfest")."""
    name = word.lower()
    fits = (number for number, names in enumerate(_MONTHS, 1) if any(one.startswith(name) for one in names))
    return next(fits, 0) if len(name) >= 3 else 0


def boolean(text: str) -> bool:
    """ja, x → True; nein → False."""
    word = text.lower()
    if word not in _YES | _NO:
        raise Wrong("import_not_yes_no")
    return word in _YES


def postcode(text: str) -> str:
    """Five digits; four get back the leading zero that spreadsheets take away (6844 → 06844), unless they have one."""
    digits = re.sub(r"^DE?[- ]?(?=\d)|(?<=^\d\d) (?=\d{3}$)", "", text)
    if not re.fullmatch(r"\d{5}|[1-9]\d{3}", digits):
        raise Wrong("import_not_postcode")
    return digits.zfill(5)


def email(text: str) -> str:
    """A single e-mail address. Raises Wrong for several, and for what is not one."""
    address = text.removeprefix("mailto:")
    if "://" in address or _PAGE.fullmatch(address):
        raise Wrong("import_website_as_email")
    if not _EMAIL.fullmatch(address):
        raise Wrong("import_not_email")
    return address


def website(text: str) -> str:
    """A web address, with or without https. Other schemes are refused: they could run something when clicked."""
    if is_mail(text):
        raise Wrong("import_email_as_website")
    if not _WEBSITE.fullmatch(text):
        raise Wrong("import_not_website")
    return text


def is_mail(website: str) -> bool:
    """Whether a web address is a mail address, or hides where it leads as https://bank.de@other.example does."""
    host = re.split(r"[/?#]", re.sub(r"^https?://", "", website, flags=re.IGNORECASE), maxsplit=1)[0]
    return "@" in host
