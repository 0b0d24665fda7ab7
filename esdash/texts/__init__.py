"""Everything people read, in German and English, from the files in de/ and en/; and how numbers are written."""

import errno
import math
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from esdash.errors import InEach, UserError
from esdash.model.rounding import half_up

LANGUAGES = ("de", "en")  # the first is the default
_ERRNO = re.compile(r"\[Errno (\d+)\]")


class Text:
    """All texts in one language: text("gaps.title", places=34)."""

    def __init__(self, language: str = LANGUAGES[0]) -> None:
        self.language = language if language in LANGUAGES else LANGUAGES[0]
        self._texts = _texts(self.language)

    def __call__(self, key: str, **values: Any) -> str:
        """The text of `key`; numbers and dates among `values` are written as usual in this language."""
        return self._texts[key].format(**{name: self.value(value) for name, value in values.items()})

    def has(self, key: str) -> bool:
        """Whether there is a text for `key`."""
        return key in self._texts

    def says(self, words: str) -> bool:
        """Whether these words are one of the texts, as it stands in its file."""
        return words in _words(self.language)

    def count(self, key: str, number: int, **values: Any) -> str:
        """The text of `key`_one for 1, else of `key`_many; {n} is the number."""
        return self(f"{key}_{'one' if number == 1 else 'many'}", n=number, **values)

    def name(self, row: Mapping[str, Any], kind: str = "name") -> str:
        """The name (or short name, note) of a reference record in this language; empty where it has none."""
        name = row[f"{kind}_{self.language}"]
        return name if isinstance(name, str) else ""

    def value(self, value: Any) -> str:
        """Any value in this language; unknown as "unbekannt", an object with a `text_key` as that text."""
        if is_missing(value):
            return self._texts["word.unknown"]
        if isinstance(value, bool) or type(value).__name__ == "bool":  # numpy's own stands in a column without gaps
            return self._texts["word.yes" if value else "word.no"]
        if key := getattr(value, "text_key", None):
            return self._texts[key]
        if isinstance(value, tuple):
            return ", ".join(self.value(one) for one in value)
        if isinstance(value, datetime | date):
            return self.date(value)
        if isinstance(value, time):
            return f"{value:%H:%M}"
        if isinstance(value, int | float):
            return self.number(value)
        return str(value)

    def number(self, value: float | None, digits: int | None = None) -> str:
        """1234.5 → 1.234,5. Without `digits`, whole numbers get no decimals and others one; half up."""
        if value is None or is_missing(value):
            return self._texts["word.unknown"]
        if digits is None:
            digits = 0 if float(value).is_integer() else 1
        written = f"{half_up(value, digits):,.{digits}f}".replace("-", "\N{MINUS SIGN}")
        return written.translate(str.maketrans(",.", ".,")) if self.language == "de" else written

    def percent(self, share: float | None, digits: int = 0) -> str:
        """0.42 → 42 % in German, 42% in English."""
        if share is None or math.isnan(share):
            return self._texts["word.unknown"]
        space = "\N{NO-BREAK SPACE}" if self.language == "de" else ""
        return f"{self.number(share * 100, digits)}{space}%"

    def signed(self, value: float, digits: int = 0) -> str:
        """A change with its sign: +3, −3."""
        return ("+" if value > 0 else "") + self.number(value, digits)

    def date(self, value: date | None) -> str:
        """22.11.2026 in German, 22 Nov 2026 in English."""
        if value is None or str(value) == "NaT":
            return self._texts["word.unknown"]
        if self.language == "de":
            return f"{value:%d.%m.%Y}"
        return f"{value.day} {self._texts[f'month.{value.month}']} {value.year}"

    def error(self, error: UserError) -> tuple[str, str]:
        """The message of an error and its hint: what happened, and what to do."""
        values = {name: self._said(value) for name, value in error.values.items()}
        return self(f"error.{error.key}", **values), self(f"error.{error.key}_hint", **values)

    def _said(self, value: Any) -> Any:
        """What the system says of a file (an OSError, or its words with a number), or a word, in this language."""
        if isinstance(value, InEach):
            return getattr(value, self.language)
        number = value.errno if isinstance(value, OSError) else None
        if isinstance(value, str) and (found := _ERRNO.search(value)):
            number = int(found.group(1))
        if number is None:
            return value
        key = f"system.{errno.errorcode.get(number, '').lower()}"
        return self(key if key in self._texts else "system.other", n=str(number))


def is_missing(value: Any) -> bool:
    """Whether a value is unknown: None, or what pandas has in its place (NaN, NaT, NA)."""
    return (
        value is None
        or (isinstance(value, float) and math.isnan(value))
        or type(value).__name__ in ("NaTType", "NAType")
    )


@cache
def _texts(language: str) -> dict[str, str]:
    files = sorted((Path(__file__).parent / language).glob("*.toml"))
    return dict(pair for file in files for pair in _flat(tomllib.loads(file.read_text(encoding="utf-8"))))


@cache
def _words(language: str) -> frozenset[str]:
    return frozenset(_texts(language).values())


def _flat(tree: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in tree.items():
        if isinstance(value, Mapping):
            pairs += _flat(value, f"{prefix}{name}.")
        else:
            pairs.append((f"{prefix}{name}", value))
    return pairs
