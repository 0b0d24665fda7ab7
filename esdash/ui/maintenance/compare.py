"""Comparing two records field by field: equal, similar or different, with the share of each field."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.judgements import DUPLICATE_LIKELY
from esdash.exports.values import plain as cell
from esdash.inventory import Inventory, editing
from esdash.texts import Text
from esdash.wording import labels
from esdash.wording.escaping import plain
from esdash.wording.values import Values, values_of

_OF_CONTACT = ("phone", "email")
SIGNS = {"equal": "=", "alike": "≈", "different": "≠", "left": "←", "right": "→", "unknown": "?"}

Record = Mapping[str, Any]


class Pair(NamedTuple):
    """One pair of the queue: its table, both records as they are now, and the shares of their fields."""

    table: str
    left: Record
    right: Record
    shares: Mapping[str, Any]

    def key(self, side: Record) -> str:
        """The id of one of the two records."""
        return str(side[f"{self.table}_id"])

    @property
    def versions(self) -> dict[str, int]:
        """Record → the version that is shown."""
        return {self.key(side): int(side["version"]) for side in (self.left, self.right)}


@dataclass(frozen=True)
class Row:
    """One field of two records.

    `columns`: the columns of the field (none: it is shown but cannot be chosen), `left` and `right`: its values in
    words (None: unknown), `verdict`: one of SIGNS, `share`: 0 to 1, or None if it is not compared.
    """

    columns: tuple[str, ...]
    label: str
    left: str | None
    right: str | None
    verdict: str
    share: float | None

    @property
    def name(self) -> str:
        """The name of the field: its first column."""
        return self.columns[0] if self.columns else ""


def rows(
    inventory: Inventory, text: Text, table: str, left: Record, right: Record, shares: Mapping[str, Any]
) -> list[Row]:
    """One row per field that at least one of the two fills, in the order of the form; `shares` is a row of queue."""
    words = values_of(inventory, text, table)
    found = []
    fields = editing.fields(inventory, table)
    for field in fields:
        if field.part_of:
            continue
        columns = (field.name, *(other.name for other in fields if other.part_of == field.name))
        first, second = _words(words, columns, left), _words(words, columns, right)
        share = cell(shares.get(f"{field.compared_as}_share"))
        equal = all(left[column] == right[column] for column in columns)
        if not equal and first and first == second:  # two different places with the same name
            first, second = f"{first} ({left[field.name]})", f"{second} ({right[field.name]})"
        verdict = _verdict(equal, first, second, share)
        found.append(Row(columns, labels.labels(text, table, columns), first, second, verdict, share))
        if field.name == "contact_id":
            found += [row for name in _OF_CONTACT if (row := _of_contact(name, left, right, shares, text))]
    return [row for row in found if row.verdict != "unknown"]


def joined(left: Any, right: Any) -> list[Any] | None:
    """Both lists in one, each entry once; None if that equals one of them, or if one is unknown."""
    if not isinstance(left, list) or not isinstance(right, list):
        return None
    both = [*left, *(entry for entry in right if entry not in left)]
    return both if len(both) not in (len(left), len(right)) else None


def as_table(rows: list[Row], text: Text) -> pd.DataFrame:
    """The rows as a table of words."""
    return pd.DataFrame(
        {
            text("column.field"): [plain(row.label) for row in rows],
            text("doubles.left"): [plain(row.left or text("word.unknown")) for row in rows],
            text("doubles.right"): [plain(row.right or text("word.unknown")) for row in rows],
            text("doubles.verdict"): [plain(_said(row, text)) for row in rows],
        }
    )


def _said(row: Row, text: Text) -> str:
    """The comparison of a field: a sign, a word, and the share if it was compared."""
    said = f"{SIGNS[row.verdict]}\N{NO-BREAK SPACE}{text(f'verdict.{row.verdict}')}"
    return said if row.share is None else f"{said}, {text.percent(row.share)}"


def _words(words: Values, columns: tuple[str, ...], record: Record) -> str | None:
    """A field of a record in words; None is unknown."""
    said = [words.value(name, record[name], record) for name in columns if _is_said(words, name, record)]
    return ", ".join(said) or None


def _is_said(words: Values, name: str, record: Record) -> bool:
    """Whether the field is known: it has a value, or is empty with the meaning "not limited"."""
    return record[name] is not None or words.kind.field(name).meaning_of_missing(record) not in ("", "word.no_entry")


def _verdict(equal: bool, left: str | None, right: str | None, share: float | None) -> str:
    if left is None or right is None:
        return "unknown" if left is right else "left" if right is None else "right"
    if equal:
        return "equal"
    return "alike" if share is not None and share >= DUPLICATE_LIKELY else "different"


def _of_contact(name: str, left: Record, right: Record, shares: Record, text: Text) -> Row | None:
    """Phone or mail of the contact, which count in the comparison; shown only with consent."""
    share = cell(shares.get(f"{name}_share"))
    if share is None:
        return None
    first, second = (side[f"contact_{name}"] for side in (left, right))
    if not first or not second:  # if both are equal, one that may be shown would reveal the other
        first = second = text("doubles.not_shown")
    return Row((), text(f"doubles.contact_{name}"), first, second, "equal" if share == 1 else "different", share)
