"""The words of a paper in its language, as pieces for a template: it must know which of them keep their direction.

A piece is [kind, text]: "words" in the language of the paper; "sign" (a day, a number, a telephone number, a mail
address), always left to right; "foreign", a German text on a paper in another language.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from esdash.analysis.leaflet.texts import Passage, is_draft
from esdash.exports.reports.setting import breakable
from esdash.exports.values import clean
from esdash.texts.leaflet import RIGHT_TO_LEFT, SOURCE

Piece = list[str]
Pieces = list[Piece]
_PLACE = re.compile(r"\{(\w+)\}")
_FIGURES = re.compile(r"([+(]?[0-9](?:[0-9 \u00a0./:()–-]*[0-9])?)")


class Saying:
    """The passages of a language; remembers which a paper used, because only these make it a draft."""

    def __init__(self, passages: Mapping[str, Passage], language: str) -> None:
        self.language = language
        self.right_to_left = language in RIGHT_TO_LEFT
        self.passages = passages
        self._used: dict[str, Passage] = {}

    def __call__(self, name: str, **values: date | int | str) -> Pieces:
        """A passage in pieces, with days and numbers in their places."""
        passage = self._use(name)
        kind = "foreign" if passage.status == "missing" and self.language != SOURCE else "words"
        pieces = []
        for place, part in enumerate(_PLACE.split(passage.text)):
            if place % 2:
                pieces.append(["sign", _sign(values.get(part, ""))])
            elif part and kind == "words" and self.right_to_left:
                pieces += _apart(part)
            elif part:
                pieces.append([kind, part])
        return pieces

    def plain(self, name: str, **values: date | int | str) -> str:
        """A passage as one text: for titles, file names, what a screen reader says."""
        return "".join(part for _, part in self(name, **values))

    def count(self, name: str, number: int) -> Pieces:
        """The passage for one, or for more."""
        return self(f"{name}_{'one' if number == 1 else 'many'}", n=number)

    def foreign(self, words: Any) -> Pieces:
        """A German text from the inventory; none where it is empty."""
        said = breakable(str(words)) if words else ""
        return [["words" if self.language == SOURCE else "foreign", said]] if said else []

    def has(self, name: str) -> bool:
        """Whether there is such a passage."""
        return name in self.passages

    @property
    def draft(self) -> bool:
        """Whether a passage that was used is not reviewed."""
        return is_draft(self._used.values())

    def not_reviewed(self) -> list[Passage]:
        """The passages that make this paper a draft."""
        return [one for one in self._used.values() if is_draft([one])]

    def _use(self, name: str) -> Passage:
        passage = self.passages[name]
        self._used[name] = passage
        return passage


def sign(words: str) -> Pieces:
    """A text that always runs left to right, as telephone numbers, times and mail addresses do."""
    return [["sign", " ".join(clean(words).split())]]


def joined(parts: Iterable[Pieces], between: str) -> Pieces:
    """Pieces in a row with a separator between them; empty ones are left out."""
    found: Pieces = []
    for part in parts:
        if part:
            found += [*([["words", between]] if found else []), *part]
    return found


def comma(language: str) -> str:
    """What stands between the parts of a list."""
    return "، " if language in RIGHT_TO_LEFT else ", "


def day(value: date) -> str:
    """22.11.2026, in every language: one system of digits, as it stands on German letters."""
    return f"{value:%d.%m.%Y}"


def _apart(words: str) -> Pieces:
    """A right-to-left text with its numbers as signs: "0340 204-1" would be drawn the wrong way round."""
    parts = _FIGURES.split(words)
    return [["sign" if place % 2 else "words", part] for place, part in enumerate(parts) if part]


def _sign(value: date | int | str) -> str:
    return day(value) if isinstance(value, date) else str(value)
