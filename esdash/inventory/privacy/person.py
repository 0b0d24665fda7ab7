"""What identifies a person, how it is found in texts, and hashes that recognise it later without storing it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from esdash.model.phones import number

REMOVED = "[gelöscht]"  # replaces the person in texts
SHORTEST_NUMBER = 6  # fewest digits of a phone number searched in texts; fewer match by chance
_BETWEEN = r"[\s./()\-\N{NO-BREAK SPACE}]{0,3}"


@dataclass(frozen=True)
class Person:
    """The names, mail addresses and phone numbers of one person."""

    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()

    @classmethod
    def of(cls, records: Iterable[dict[str, Any]]) -> Person:
        """The person with the values of name, email and phone of these contact records."""
        found = list(records)

        def values(field: str) -> frozenset[str]:
            return frozenset(str(record[field]).strip() for record in found if str(record.get(field) or "").strip())

        return cls(values("name"), values("email"), frozenset(filter(number, values("phone"))))

    def __bool__(self) -> bool:
        return bool(self.names or self.emails or self.phones)

    def keep(self, wanted: Person) -> Person:
        """Only the values that the other person has too, in whatever spelling."""
        both = self.identifiers.keys() & wanted.identifiers.keys()
        return self.only(both)

    def without(self, other: Person) -> Person:
        """Only the values that the other person does not have."""
        return self.only(self.identifiers.keys() - other.identifiers.keys())

    def only(self, identifiers: Iterable[str]) -> Person:
        """Only the identifiers (keys of `identifiers`) given."""
        kept = {self.identifiers[key] for key in identifiers}
        return Person(self.names & kept, self.emails & kept, self.phones & kept)

    def __or__(self, other: Person) -> Person:
        return Person(self.names | other.names, self.emails | other.emails, self.phones | other.phones)

    @cached_property
    def identifiers(self) -> dict[str, str]:
        """Each value normalised, with its kind in front → the value as it was written."""
        found = {f"name:{_plain(name)}": name for name in sorted(self.names)}
        found |= {f"email:{_plain(email)}": email for email in sorted(self.emails)}
        return found | {f"phone:{number(phone)}": phone for phone in sorted(self.phones)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        parts = []
        for name in (*self.names, *self.emails):
            for form in {unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name)}:
                words = r"\s+".join(_any_case(word) for word in form.split())
                parts.append(rf"(?<!\w){words}(?!\w)")
        for phone in self.phones:
            digits = number(phone)
            if len(digits) >= SHORTEST_NUMBER:
                parts.append(
                    rf"(?<![\d+])(?:(?:\+|00)(?:49)?|0)?{_BETWEEN}(?:\(0\))?{_BETWEEN}{_BETWEEN.join(digits)}(?!\d)"
                )
            else:
                parts.append(rf"\A\s*{re.escape(phone)}\s*\Z")
        return re.compile("|".join(sorted(parts, key=len, reverse=True)) or r"(?!)", re.IGNORECASE)

    def is_in(self, text: str) -> bool:
        """Whether a text names the person."""
        return self.found_in(text) is not None

    def found_in(self, text: str) -> re.Match[str] | None:
        """Where a text names the person first; None if it does not."""
        return self._pattern.search(text)

    def removed_from(self, value: Any, emptied: frozenset[str] = frozenset()) -> Any:
        """A text or JSON value with the person removed; a field of `emptied` that held nothing else becomes None."""
        if isinstance(value, str):
            return self._pattern.sub(REMOVED, value)
        if isinstance(value, list):
            return [self.removed_from(part, emptied) for part in value]
        if isinstance(value, dict):
            shorter = {self.removed_from(name): self.removed_from(part, emptied) for name, part in value.items()}
            return {name: None if name in emptied and part == REMOVED else part for name, part in shorter.items()}
        return value


def marks(person: Person, salt: str) -> list[str]:
    """A salted hash of each identifier; slow on purpose, so that trying out all phone numbers takes too long."""
    return [
        hashlib.scrypt(key.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32).hex()
        for key in person.identifiers
    ]


def marked(person: Person, salt: str, wanted: Iterable[str]) -> Person:
    """The identifiers of a person that are among the marks of an erasure."""
    known = set(wanted)
    return person.only(key for key, mark in zip(person.identifiers, marks(person, salt), strict=True) if mark in known)


def _any_case(word: str) -> str:
    """A regular expression for a word in any case; ß also matches SS."""
    return "(?:ß|ẞ|ss)".join(re.escape(part) for part in re.split("ß|ẞ|ss", word, flags=re.IGNORECASE))


def _plain(text: str) -> str:
    """The text in lower case with single spaces. Not `fold`: Müller and Mueller are different people, and the marks of
    earlier erasures are hashes of this form.
    """
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
