"""Parting German compound words by the words that an inventory knows: "Sprachkurs" into "Sprach" and "Kurs"."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

SHORTEST = 3  # letters of a part; shorter ones are found in every word
LONGEST = 40  # letters of a word that is parted; nobody writes longer ones, and the ways to part one grow fast
MOST_WAYS = 12  # ways to part one word; more are arbitrary
# What may stand between two parts, and what nouns and verbs end with: "Arbeit-s-suche", "Kurs-e".
_BETWEEN = ("s", "n", "es", "en", "er", "e")
_OF_A_STEM = 2  # letters that a known word may have more than a part: "Sprach" of "Sprache", "Lern" of "Lernen"


def stems(words: Iterable[str]) -> frozenset[str]:
    """What may be a part of a compound: the words, also without their last one or two letters."""
    found: set[str] = set()
    for word in words:
        found.update(word[: len(word) - cut] for cut in range(_OF_A_STEM + 1) if len(word) - cut >= SHORTEST)
    return frozenset(found)


def ways(word: str, known: Collection[str]) -> list[tuple[str, ...]]:
    """The ways to part a folded word into known stems (`stems`), two parts or more; none if it is no compound.

    Each part comes without its ending: "deutschkurse" → ("deutsch", "kurs").
    """
    if not word.isalpha() or not 2 * SHORTEST <= len(word) <= LONGEST:
        return []
    return list(dict.fromkeys(islice(_ways(word, known), MOST_WAYS)))


def _ways(word: str, known: Collection[str]) -> Iterator[tuple[str, ...]]:
    for end in range(len(word) - SHORTEST, SHORTEST - 1, -1):
        if first := _part(word[:end], known):
            if last := _part(word[end:], known):
                yield first, last
            for rest in _ways(word[end:], known):
                yield first, *rest


def _part(piece: str, known: Collection[str]) -> str:
    """The longest known stem that a piece is, with or without what joins it to the next; empty if it is none."""
    if piece in known:
        return piece
    bare = (piece.removesuffix(between) for between in _BETWEEN if piece.endswith(between))
    return max((one for one in bare if len(one) >= SHORTEST and one in known), key=len, default="")
