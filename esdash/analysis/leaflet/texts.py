"""The texts of printed papers in a language: the city's own, else the usual ones; and their status.

German is the source of all others. A translation is reviewed if a person has read it against today's German text.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from esdash.inventory import Inventory
from esdash.texts import leaflet
from esdash.texts.leaflet import SOURCE, THEME

Status = Literal["reviewed", "outdated", "unreviewed", "missing"]
STATUSES: tuple[Status, ...] = ("reviewed", "outdated", "unreviewed", "missing")
MOST_QUESTIONS = 12  # more do not fit two panels at a size that can be read
_NUMBERED = re.compile(r"(question|answer)_([1-9]\d?)")


@dataclass(frozen=True)
class Passage:
    """One text of the papers in one language.

    text: as it would be printed; German where there is none. source: today's German text. own: whether the city wrote
    it (else it is the usual text). version: of its row in leaflet_text, 0 without one.
    """

    passage: str
    language_id: str
    text: str
    status: Status
    source: str
    own: bool
    version: int
    reviewed_on: date | None
    reviewed_by: str | None

    @property
    def source_sha256(self) -> str:
        """The checksum of today's German text, to be kept with a translation that was checked against it."""
        return leaflet.hashed(self.source)


def texts_of(inventory: Inventory, language: str) -> dict[str, Passage]:
    """One passage per text of the papers, in their order: the fixed ones, the city's questions, its themes.

    A question that the city has emptied in German stays in the list with an empty text and is not printed.
    """
    rows: dict[tuple[str, str], Mapping[str, Any]] = {
        (row["passage"], row["language_id"]): row
        for row in inventory.rows(
            "FROM leaflet_text WHERE language_id IN ($source, $language) ORDER BY leaflet_text_id",
            source=SOURCE,
            language=language,
        )
    }
    usual = leaflet.standard(SOURCE)
    added = [passage for passage, of in rows if of == SOURCE and passage not in usual and _NUMBERED.fullmatch(passage)]
    passages = sorted([*usual, *sorted(added, key=_place)], key=_section)
    themes = inventory.rows("SELECT theme_id, name_de, name_en FROM theme WHERE parent_id IS NOT NULL ORDER BY sort")
    sources = {name: rows[name, SOURCE]["text"] if (name, SOURCE) in rows else usual[name] for name in passages}
    found = {name: _passage(name, language, rows.get((name, language)), source) for name, source in sources.items()}
    return found | {f"{THEME}{row['theme_id']}": _theme(row, language, rows) for row in themes}


def questions(passages: Mapping[str, Passage]) -> list[tuple[Passage, Passage]]:
    """The questions that are printed, each with its answer, in their order."""
    numbers = sorted({int(found[2]) for name in passages if (found := _NUMBERED.fullmatch(name))})
    pairs = [(passages.get(f"question_{n}"), passages.get(f"answer_{n}")) for n in numbers[:MOST_QUESTIONS]]
    return [(asked, said) for asked, said in pairs if asked and said and asked.source and said.source]


def is_draft(passages: Iterable[Passage]) -> bool:
    """Whether a paper with these texts is a draft: not all of them were read by a person as they are."""
    return any(one.status != "reviewed" for one in passages if one.source)


def languages(inventory: Inventory) -> list[str]:
    """The languages that the city prints, as it named them; else German and those in which it has texts of its own."""
    named = inventory.value("SELECT leaflet_languages FROM city")
    if named:
        return list(dict.fromkeys(part for part in re.split(r"[\s,;]+", named) if part))
    own = inventory.rows("SELECT DISTINCT language_id FROM leaflet_text ORDER BY language_id")
    return list(dict.fromkeys([SOURCE, *(row["language_id"] for row in own)]))


def _passage(name: str, language: str, row: Mapping[str, Any] | None, source: str) -> Passage:
    usual = leaflet.standard(language).get(name)
    words = row["text"] if row else usual
    if words is None or (not words.strip() and source.strip()):
        return _found(name, language, row, source, source, "missing")
    if language == SOURCE:
        status: Status = "reviewed" if row and row["reviewed_on"] else "unreviewed"
        return _found(name, language, row, source, words, status)
    against = row["source_sha256"] if row else leaflet.hashed(leaflet.standard(SOURCE)[name])
    if against is not None and against != leaflet.hashed(source):
        return _found(name, language, row, source, words, "outdated")
    status = "reviewed" if row and row["reviewed_on"] and against else "unreviewed"
    return _found(name, language, row, source, words, status)


def _theme(row: Mapping[str, Any], language: str, rows: Mapping[tuple[str, str], Mapping[str, Any]]) -> Passage:
    """The name of a theme: German and English as the city's reference data have it, which people have checked."""
    name, source = f"{THEME}{row['theme_id']}", row["name_de"]
    own = rows.get((name, language))
    if own is None and language in (SOURCE, "en"):
        return _found(name, language, None, source, row[f"name_{language}"], "reviewed")
    words = own["text"] if own else leaflet.standard(language).get(name)
    if not words:
        return _found(name, language, own, source, source, "missing")
    if own and own["source_sha256"] not in (None, leaflet.hashed(source)):
        return _found(name, language, own, source, words, "outdated")
    checked = own and own["reviewed_on"] and (own["source_sha256"] or language == SOURCE)
    return _found(name, language, own, source, words, "reviewed" if checked else "unreviewed")


def _found(name: str, language: str, row: Mapping[str, Any] | None, source: str, words: str, status: Status) -> Passage:
    version, day, role = (row["version"], row["reviewed_on"], row["reviewed_by"]) if row else (0, None, None)
    return Passage(name, language, words, status, source, row is not None, version, day, role)


def _place(passage: str) -> tuple[int, bool]:
    found = _NUMBERED.fullmatch(passage)
    return (int(found[2]), found[1] == "answer") if found else (0, False)


def _section(passage: str) -> int:
    """The section of a passage: the city's own questions come after the usual ones, because sorting keeps the rest."""
    return leaflet.SECTIONS.index(leaflet.section_of(passage))
