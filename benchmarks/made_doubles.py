"""Invented entries of organisations, some of them twice, to choose the threshold and to measure speed."""

from __future__ import annotations

import random
from typing import NamedTuple

SYLLABLES = (
    *("ber", "lin", "ka", "mo", "tra", "ge", "hal", "ten", "wu", "ris", "dor", "fel", "gar", "no", "sche", "tal"),
    *("bru", "cke", "mei", "os", "ra", "ki", "lu", "sen", "wal", "hof", "zim"),
)
KINDS = (
    *("Verein", "Treff", "Haus", "Werkstatt", "Café", "Zentrum", "Initiative", "Beratung", "Kreis", "Schule"),
    *("Laden", "Büro"),
)
LEGAL_FORMS = ("", "", " e. V.", " gGmbH")
WORDS, SEED = 4000, 20261122


class Entry(NamedTuple):
    """One entry as somebody typed it; `same` is equal for entries of the same organisation."""

    entry_id: str
    same: int
    name: str
    phone: str | None
    street: str | None
    postcode: str


def doubles(organizations: int = 1500, entered_twice: int = 400) -> tuple[list[Entry], list[Entry]]:
    """Two lists: all organisations as first entered; and as many others, `entered_twice` of them from the first list.

    Every fourth organisation has the address and phone of the one before, every fifth almost its name.
    """
    chance = random.Random(SEED)
    words = vocabulary(chance)
    first: list[Entry] = []
    for number in range(2 * organizations - entered_twice):
        before = first[-1] if first else None
        entry = _organization(f"a{number}", number, words, chance)
        if before and number % 4 == 0:
            entry = entry._replace(phone=before.phone, street=before.street, postcode=before.postcode)
        elif before and number % 5 == 0:
            entry = entry._replace(name=f"{before.name} {chance.choice(words)}")
        first.append(entry)
    others = [entry._replace(entry_id=f"b{entry.same}") for entry in first[organizations:]]
    again = [_retyped(entry, words, chance) for entry in chance.sample(first[:organizations], entered_twice)]
    return first[:organizations], [*again, *others]


def vocabulary(chance: random.Random) -> list[str]:
    return ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize() for _ in range(WORDS)]


def _organization(entry_id: str, same: int, words: list[str], chance: random.Random) -> Entry:
    name = f"{chance.choice(KINDS)} {' '.join(chance.sample(words, chance.randint(1, 2)))}{chance.choice(LEGAL_FORMS)}"
    street = f"{chance.choice(words[:300])}straße {chance.randint(1, 90)}"
    return Entry(entry_id, same, name, f"0340 {chance.randrange(10**6):06d}", street, f"0684{chance.randint(0, 9)}")


def _retyped(entry: Entry, words: list[str], chance: random.Random) -> Entry:
    """The same organisation as somebody else types it."""
    name = entry.name
    if chance.random() < 0.5:
        at = chance.randrange(1, len(name) - 1)
        name = name[:at] + chance.choice("aeinrst") + name[at + 1 :]
    if chance.random() < 0.3:
        name = " ".join(reversed(name.split()))
    if chance.random() < 0.2:
        name = f"{name} {chance.choice(words)}"
    phone: str | None = f"+49 {entry.phone[1:]}" if entry.phone else None
    if chance.random() < 0.3:
        phone = None if chance.random() < 0.5 else f"0340 {chance.randrange(10**6):06d}"
    street = entry.street.replace("straße", "str.") if entry.street else None
    if chance.random() < 0.2:
        street = None if chance.random() < 0.5 else f"{chance.choice(words[:300])}weg {chance.randint(1, 90)}"
    return entry._replace(entry_id=f"b{entry.same}", name=name, phone=phone, street=street)
