"""What may still name an erased person in other words: "Frau Muster", "Muster, Ada", "A. Muster", "Ada M.".

Nobody can tell "Frau Klein" from a small thing but a person who reads it. So it is listed with its place, and removed
once somebody says so (the words then go everywhere, as the name did).
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from esdash.inventory.file import changelog
from esdash.inventory.file.integrity import Reader
from esdash.inventory.privacy.person import Person

AROUND = 30  # characters on each side of the words that are shown
# What the folder of a city says (city/declared.py) speaks of nobody, but of "Person" and "Klein".
OF_CITY = frozenset(
    (
        *("capacity_range", "city", "city_total", "criterion", "district", "district_travel", "language", "module"),
        *("planning_value", "point_travel", "population", "population_point", "target_group", "theme", "tile_river"),
    )
)
_SHORTEST = 3  # letters of a surname, or of the part of a mail address before its @
_TITLES = re.compile(r"^(?:frau|herr|dr|prof|dipl|ing|med|phil|von|van|de|der|zu|mag)$", re.IGNORECASE)
_WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}
# Addresses of a function name nobody.
_OTHERS = {"info", "kontakt", "post", "mail", "buero", "office", "team", "verein", "leitung", "vorstand", "service"}


@dataclass(frozen=True)
class Trace:
    """A text that may still name the person. `history`: it stands only in the history of the record."""

    table: str
    record_id: str
    field: str
    words: str
    history: bool = False


def pattern(person: Person) -> re.Pattern[str] | None:
    """What is searched: each surname as it is written, a first name with the initial, mail addresses without domain."""
    said: set[str] = set()
    for name in person.names:
        words = [word for word in re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", name) if not _TITLES.match(word)]
        if not words:
            continue
        for surname in {words[-1], *re.split("-", words[-1])}:
            said |= {re.escape(form) for form in _forms(surname) if len(form) >= _SHORTEST}
        if len(words) > 1:
            said |= {rf"{re.escape(form)}\s+{re.escape(words[-1][0])}\." for form in _forms(words[0])}
    for mail in person.emails:
        local = mail.split("@")[0]
        if len(local) >= _SHORTEST and local.lower() not in _OTHERS:
            said.add(rf"(?i:{re.escape(local)})(?=@|\b)")
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(said, key=len, reverse=True))})(?![^\W\d_])") if said else None


def left(reader: Reader, person: Person) -> tuple[Trace, ...]:
    """What may still name the person in records and in their history, in the order of tables and records."""
    wanted = pattern(person)
    if wanted is None:
        return ()
    now = list(_in_records(reader, wanted))
    there = {(one.table, one.record_id, one.field, one.words) for one in now}
    before = dict.fromkeys(_in_history(reader, wanted))
    return (*now, *(one for one in before if (one.table, one.record_id, one.field, one.words) not in there))


def _forms(word: str) -> set[str]:
    """A word as written, in capitals, and with its umlauts written out."""
    out = "".join(_WRITTEN_OUT.get(sign, sign) for sign in word)
    return {word, out, word.upper(), out.upper()}


def _in_records(reader: Reader, wanted: re.Pattern[str]) -> Iterator[Trace]:
    for table, columns in _text_columns(reader).items():
        key = changelog.key_column(table)
        shown = ", ".join(f"CAST({column} AS VARCHAR) AS {column}" for column in columns)
        for row in reader.rows(f"SELECT {key} AS record, {shown} FROM inventory.{table} ORDER BY {key}"):
            yield from _traces(wanted, table, str(row["record"]), ((name, row[name]) for name in columns), False)


def _in_history(reader: Reader, wanted: re.Pattern[str]) -> Iterator[Trace]:
    for row in reader.rows(
        "SELECT table_name, record_id, reason, before, after FROM inventory.change_log "
        "WHERE table_name NOT IN $apart ORDER BY change_id",
        apart=sorted(OF_CITY),
    ):
        texts = [("reason", row["reason"])]
        for state in filter(None, (row["before"], row["after"])):
            texts += [(name, _plain(value)) for name, value in json.loads(state).items() if not _is_key(name)]
        yield from _traces(wanted, row["table_name"], row["record_id"], texts, True)


def _traces(
    wanted: re.Pattern[str], table: str, record: str, texts: Iterable[tuple[str, Any]], history: bool
) -> Iterator[Trace]:
    for field, text in texts:
        if text and (found := wanted.search(text)):
            start, end = max(found.start() - AROUND, 0), found.end() + AROUND
            words = f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"
            yield Trace(table, record, field, " ".join(words.split()), history)


def _text_columns(reader: Reader) -> dict[str, list[str]]:
    """Table → its columns with texts that people write; no keys, and not the log, which is read apart."""
    found: dict[str, list[str]] = {}
    for row in reader.rows(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'inventory' "
        "AND (data_type LIKE '%VARCHAR%' OR data_type = 'JSON') ORDER BY table_name, column_index"
    ):
        if row["table_name"] not in OF_CITY | changelog.NOT_LOGGED and not _is_key(row["column_name"]):
            found.setdefault(row["table_name"], []).append(row["column_name"])
    return found


def _is_key(column: str) -> bool:
    return column.endswith(("_id", "_ids"))


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) if value else ""
