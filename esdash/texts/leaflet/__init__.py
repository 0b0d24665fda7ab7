"""The usual texts of printed papers, one file per language; German is the source. A city keeps its own in leaflet_text.

A passage is one text of a paper: title, question_1, answer_1, start_1, word_phone … Themes of the city have the passage
`theme_` and their key.
"""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from esdash.model.canonical import canonical, sha256

SOURCE = "de"  # the language that all others are translated from
RIGHT_TO_LEFT = ("ar", "ckb", "fa", "he", "ps", "ur")  # Kurdish (ku) is mostly written in Latin letters
SECTIONS = ("title", "questions", "start", "words")  # as they stand in the files and on the page where they are edited
THEME = "theme_"
_HERE = Path(__file__).parent
_PLACE = re.compile(r"\{(\w*)\}")


def standard(language: str) -> Mapping[str, str]:
    """The usual texts of a language, passage → text, in the order of the paper; empty where there are none."""
    return {passage: words for part in _file(language).values() for passage, words in part.items()}


def section_of(passage: str) -> str:
    """Where a passage belongs: title, questions, start, words, or themes; one of the city's own by its name."""
    known = {name: section for section, part in _file(SOURCE).items() for name in part}
    if passage.startswith(THEME):
        return "themes"
    return known.get(passage, "questions" if passage.startswith(("question_", "answer_")) else "words")


def hashed(source: str) -> str:
    """The checksum of a German text, by which a translation knows whether it is still the same."""
    return sha256(canonical(" ".join(source.split())))


def places(words: str) -> frozenset[str]:
    """What the program puts into a text, as "day" of "Stand: {day}"; a translation needs the same."""
    return frozenset(_PLACE.findall(words))


@cache
def languages() -> tuple[str, ...]:
    """The languages with usual texts, German first."""
    return tuple(sorted((file.stem for file in _HERE.glob("*.toml")), key=lambda name: (name != SOURCE, name)))


@cache
def _file(language: str) -> Mapping[str, Mapping[str, str]]:
    file = _HERE / f"{language}.toml"
    if language not in languages():
        return {}
    parts: dict[str, dict[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))
    themes = {f"{THEME}{theme}": words for theme, words in parts.pop("themes", {}).items()}
    return {section: parts[section] for section in SECTIONS} | ({"themes": themes} if themes else {})
