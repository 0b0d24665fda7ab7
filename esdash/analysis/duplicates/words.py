"""The words of all records of a table in memory, to compare a draft with them while somebody types."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pandas as pd

from esdash.analysis.judgements import DUPLICATE_SHARED_BY_AT_MOST
from esdash.inventory import Inventory

IDENTIFIERS = ("phone", "email", "website")
MARKING_TEXTS = ("name", "address")

Field = dict[str, Any]  # a row of draft_field: field, weight, against, is_text, content


class Words:
    """The rows of match_field and match_word for one table, by record and by word. Valid for one revision."""

    def __init__(self, inventory: Inventory, table: str) -> None:
        self.contents: dict[str, dict[str, str]] = defaultdict(dict)  # record → field → content
        self._holders: dict[tuple[str, str], list[str]] = defaultdict(list)  # identifier or joined name → records
        self._parts: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)  # word → records, parts
        self._rarity: dict[tuple[str, str], float] = {}
        self._rarity_of_new: dict[str, float] = {}
        self._telling: dict[str, float] = {}  # word of a name → how much it tells
        self._title_telling: dict[str, float] = {}  # record → how much its whole name tells
        fields = inventory.frame("SELECT record_id, field, content FROM match_field($table)", table=table)
        for record, field, content in _rows(fields):
            self.contents[record][field] = content
            if field in IDENTIFIERS:
                self._holders[field, content].append(record)
            elif field == "name":
                self._holders["joined", content.replace(" ", "")].append(record)
        words = inventory.frame(
            "SELECT record_id, field, word, part, rarity, rarity_of_new, telling FROM match_word($table)", table=table
        )
        for record, field, word, part, rarity, rarity_of_new, telling in _rows(words):
            self._parts[field, word].append((record, part))
            self._rarity[field, word] = rarity
            self._rarity_of_new[field] = rarity_of_new
            if field == "name":
                self._telling[word] = telling
        titles = inventory.frame("SELECT record_id, telling FROM match_title($table)", table=table)
        self._title_telling.update(_rows(titles))

    def candidates(self, draft: list[Field]) -> set[str]:
        """Records that share with the draft a rare word of name or address, an identifier, or the name as one word."""
        found: set[str] = set()
        for row in draft:
            field, content = row["field"], row["content"]
            groups = []
            if field in IDENTIFIERS:
                groups.append(self._holders.get((field, content), []))
            if field == "name":
                groups.append(self._holders.get(("joined", content.replace(" ", "")), []))
            if field in MARKING_TEXTS:
                groups += [[record for record, _ in self._parts.get((field, word), ())] for word in content.split(" ")]
            for group in groups:
                found.update(group if len(group) <= DUPLICATE_SHARED_BY_AT_MOST else ())
        return found

    def cosines(self, draft: list[Field]) -> dict[tuple[str, str], float]:
        """(record, field) → cosine of its words and those of the draft; no entry if they share none."""
        sums: dict[tuple[str, str], float] = defaultdict(float)
        for row in draft:
            if row["is_text"]:
                field, counts = row["field"], Counter(row["content"].split(" "))
                of_new = self._rarity_of_new.get(field, 1.0)
                rating = {word: n * self._rarity.get((field, word), of_new) for word, n in counts.items()}
                length = math.sqrt(sum(value**2 for value in rating.values()))
                for word, value in rating.items():
                    for record, part in self._parts.get((field, word), ()):
                        sums[record, field] += part * value / length
        return sums

    def tellings(self, draft: list[Field]) -> dict[str, float]:
        """Record → how much the words tell that its name and the draft's share (0 to 1); no entry without any."""
        found: dict[str, float] = {}
        for name in (row["content"] for row in draft if row["field"] == "name"):
            for word in set(name.split(" ")):
                for record, _ in self._parts.get(("name", word), ()):
                    found[record] = max(found.get(record, 0.0), self._telling[word])
            for record in self._holders.get(("joined", name.replace(" ", "")), ()):
                found[record] = max(found.get(record, 0.0), self._title_telling[record])
        return found


def _rows(frame: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """The rows of a frame as plain values; converted by columns, which is several times faster than by rows."""
    return zip(*(frame[name].tolist() for name in frame.columns), strict=True)


def words(inventory: Inventory, table: str) -> Words:
    """The words of a table as of now; read anew after every change."""
    found: Words = inventory.once(("words", table), lambda: Words(inventory, table))
    return found
