"""Texts that are kept for good or handed out name no person, so that an erasure never has to reach them."""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, Protocol

from esdash.errors import UserError
from esdash.inventory.privacy.person import SHORTEST_NUMBER, Person, marked
from esdash.model.phones import number

AROUND = 30  # characters of a text on each side of the person that the message shows
MOST_MARKED = 40  # addresses and numbers compared with the marks of erasures: each takes 50 ms on purpose

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,:-])(?:\+|\(?0)[\d\s./()-]{5,}\d")

# What is public of an organisation or an office identifies nobody, although a contact may have the same.
_PUBLIC = """
    SELECT name, email, phone FROM inventory.organization
    UNION ALL SELECT short_name, NULL, NULL FROM inventory.organization
    UNION ALL SELECT name, NULL, NULL FROM inventory.contact_point
    UNION ALL SELECT role, NULL, NULL FROM inventory.contact
"""


class Reader(Protocol):
    """An inventory, or a change with what it has written so far."""

    def rows(self, sql: str, **values: Any) -> list[dict[str, Any]]:
        """Rows of a query as dictionaries."""


def refuse_people(reader: Reader, *texts: str | None) -> None:
    """Raises UserError, with the words around it, for a text with the name, mail or phone of a person.

    Persons are all contacts, with all their earlier values; of erased ones, mail addresses and phone numbers are
    recognised by the marks of the erasure (a name can be in too many words to try them all). What an organisation has
    as its own (the telephone of an office) and what is also the name of a function names no person.
    """
    given = [text for text in texts if text]
    person = _among(_people(reader), "\n".join(given))
    for text in given if person else ():
        if found := person.found_in(text):
            start, end = max(found.start() - AROUND, 0), found.end() + AROUND
            where = f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
            raise UserError("names_person", where=where)
    for text, erased in _erased(reader, given):
        raise UserError("names_erased_person", where=next(iter(erased.identifiers.values()), text))


def _people(reader: Reader) -> Person:
    """All contacts, today and earlier, without what is public."""
    now = reader.rows("SELECT name, email, phone FROM inventory.contact")
    log = reader.rows(
        "SELECT DISTINCT unnest([before, after]) AS entry FROM inventory.change_log WHERE table_name = 'contact'"
    )
    ever = (json.loads(row["entry"]) for row in log if row["entry"])
    return Person.of([*now, *ever]).without(Person.of(reader.rows(_PUBLIC)))


def _among(people: Person, text: str) -> Person:
    """Those whose every word, or whose digits, are in the text at all: a search for thousands takes too long."""
    words, digits = unicodedata.normalize("NFC", text).casefold(), re.sub(r"\D", "", text)
    kept = []
    for key in people.identifiers:
        kind, _, value = key.partition(":")
        if (len(value) >= SHORTEST_NUMBER and value in digits) if kind == "phone" else _all_in(value, words):
            kept.append(key)
    return people.only(kept)


def _all_in(value: str, words: str) -> bool:
    return all(word in words for word in value.split())


def _erased(reader: Reader, texts: list[str]) -> Iterator[tuple[str, Person]]:
    erasures = reader.rows("SELECT salt, marks FROM inventory.erasure")
    if not erasures:
        return
    for text in texts:
        mails, phones = _MAIL.findall(text), [phone for phone in _PHONE.findall(text) if number(phone)]
        candidates = Person(emails=frozenset(mails[:MOST_MARKED]), phones=frozenset(phones[:MOST_MARKED]))
        for erasure in erasures if candidates else ():
            if named := marked(candidates, erasure["salt"], erasure["marks"]):
                yield text, named
