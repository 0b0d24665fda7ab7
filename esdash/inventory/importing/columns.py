"""Matching the columns of a file to fields: by the known headers, or by a mapping."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from esdash.errors import UserError
from esdash.inventory.importing.read import hxl
from esdash.inventory.importing.read.spreadsheets import Table
from esdash.model.fields import Field, Kind
from esdash.model.folding import fold, fold_core
from esdash.model.kinds import HEADERS, KINDS

# Headings of the columns that we add to a file of faulty rows (faulty.heading) and to one of questions
# (answer_book.heading), in both languages: not the sender's.
OURS = frozenset(map(fold, ("Was zu ändern ist", "What to change", "Was zu fragen ist", "What to ask")))


OWNER = "organization_id"  # the field of the organisation that a record belongs to


@dataclass(frozen=True)
class Mapping:
    """What a person or mapping file decided: folded header → field (None: leave out), field → folded word → our id.

    What the empty word of organization_id means is the organisation of all rows without one; `owner` is its name, as
    long as nobody has looked it up.
    """

    columns: dict[str, str | None] = field(default_factory=dict)
    values: dict[str, dict[str, str | None]] = field(default_factory=dict)
    owner: str | None = None

    def __or__(self, other: Mapping) -> Mapping:
        """Both mappings in one; `other` wins where they differ."""
        names = self.values.keys() | other.values.keys()
        values = {name: self.values.get(name, {}) | other.values.get(name, {}) for name in names}
        return Mapping(self.columns | other.columns, values, other.owner or self.owner)

    @property
    def owned(self) -> bool:
        """Whether rows without an organisation have one all the same."""
        return bool(self.owner or self.values.get(OWNER, {}).get(""))


@dataclass(frozen=True)
class Columns:
    """The kind of a table, its columns as position → field, and the headers that are unknown or left out."""

    kind: Kind
    fields: dict[int, Field]
    unmatched: tuple[str, ...]
    left_out: tuple[str, ...]
    guessed: bool = False  # nobody said the kind, and the columns leave a doubt (guessing.py)

    @property
    def missing(self) -> tuple[Field, ...]:
        """The required fields without a column; none if the table has the key of the records."""
        names = {field.name for field in self.fields.values()}
        if self.kind.key in names:
            return ()
        return tuple(field for field in self.kind.fields if field.required and field.name not in names)

    def lacking(self, mapping: Mapping) -> tuple[Field, ...]:
        """The required fields without a column, unless the mapping says to which organisation all rows belong."""
        return tuple(field for field in self.missing if not (mapping.owned and field.name == OWNER))


Learned = dict[str, Mapping]  # name of a kind → what this sender's headers and words mean in such tables


def read_mapping(source: Path | dict[str, Any] | Mapping | None) -> Mapping:
    """A mapping from a JSON file {"columns": {"header": "field"}, "values": {"field": {"their word": "our id"}}}.

    A header mapped to null is left out, a word mapped to null is unknown; "owner" may name the organisation of all
    rows without one. Raises UserError for any other content.
    """
    if source is None:
        return Mapping()
    if isinstance(source, Mapping):
        return source
    name = source.name if isinstance(source, Path) else "mapping"
    try:
        content = json.loads(source.read_text(encoding="utf-8-sig")) if isinstance(source, Path) else source
        if unknown := content.keys() - {"columns", "values", "owner"}:
            raise ValueError(f"{', '.join(unknown)}?")
        columns = {fold(header): _text(meant) for header, meant in content.get("columns", {}).items()}
        values = {
            name: {fold(word): _text(our_id) for word, our_id in words.items()}
            for name, words in content.get("values", {}).items()
        }
        owner = _text(content.get("owner"))
    except (OSError, ValueError, AttributeError) as error:
        raise UserError("import_mapping", file=name, details=str(error).splitlines()[0]) from error
    return Mapping(columns, values, owner)


def known_headers(*mappings: Mapping) -> frozenset[str]:
    """All folded headers that a file may have."""
    return HEADERS.union(*(mapping.columns for mapping in mappings))


def kind_named(name: str) -> Kind:
    """The kind of that name ("contact-points" or "contact_points"). Raises UserError for an unknown name."""
    found = KINDS.get(name.replace("_", "-"))
    if found is None:
        raise UserError("import_kind", kind=name, kinds=", ".join(f"{one} ({KINDS[one].label})" for one in KINDS))
    return found


def matched(table: Table, kind: str, mapping: Mapping, learned: Learned | None = None) -> Columns:
    """The columns of a file as a table of this kind, even if required ones are missing.

    Raises UserError if two columns are one field.
    """
    named = kind_named(kind)
    return of_kind(table, named, (learned or {}).get(named.name, Mapping()) | mapping)


def of_kind(table: Table, kind: Kind, mapping: Mapping) -> Columns:
    """The columns of a file as a table of this kind. Raises UserError if two columns are one field."""
    mapping = told_by(table, kind.name) | mapping
    by_name = kind.by_name
    for name in (*filter(None, mapping.columns.values()), *mapping.values):
        if name not in by_name:
            raise UserError("import_mapping_field", field=name, kind=kind.label, fields=", ".join(by_name))
    exact = by_name.keys() & set(table.header)
    tagged = hxl.is_tagged(table.header)
    others = of_others(table.header, kind)
    fields: dict[int, Field] = {}
    unmatched: list[str] = []
    left_out: list[str] = []
    for position, text in enumerate(table.header):
        if not text or fold(text) in OURS:
            continue
        said = fold(text) in mapping.columns
        if said and mapping.columns[fold(text)] is None:
            left_out.append(text)
            continue
        if tagged and not said:
            meant = by_name.get(hxl.field_of(text, kind.table))
        else:
            meant = by_name[str(mapping.columns[fold(text)])] if said else named(text, kind)
        if not said and meant is not None and meant.name in _OF_DAYS and _has_clocks(table, position):
            meant = by_name.get(_OF_DAYS[meant.name])
        if not said and meant is None and fold(text) in _NUMBERS:
            meant = _of_house(kind, fields.get(position - 1))
        of_other = not said and meant is not None and meant.name == "name" and fold(text) in others
        if meant is None or of_other or (tagged and meant in fields.values()):
            unmatched.append(text)
        elif meant.name in exact and text != meant.name:
            unmatched.append(text)  # our own exports have the key and, for readers, the name
        elif meant in fields.values():
            other = next(table.header[p] for p, field in fields.items() if field is meant)
            raise UserError("import_column_twice", file=table.name, first=other, second=text, field=meant.label)
        else:
            fields[position] = meant
    return Columns(kind, fields, (*unmatched, *table.nameless), tuple(left_out))


# The day of a training and its time: "Beginn" means either, and what stands below says which.
_OF_DAYS = {"starts_on": "begins", "ends_on": "ends", "started_on": "begins_at", "ended_on": "ends_at"}
_CLOCK = re.compile(
    r"(?:ab |von |bis )?(?:\d{1,2}[:.]\d{2}(?::00)?|\d{1,2}(?= *(?:uhr|h)))(?: *(?:uhr|h))?", re.IGNORECASE
)


_NUMBERS = {"nr", "no", "nummer"}  # right of a street that of the house, elsewhere the sender's own


def _of_house(kind: Kind, left: Field | None) -> Field | None:
    """The field of the house number, if what stands left is the street."""
    if left is None or left.name not in ("street", "location_street"):
        return None
    return kind.by_name.get(left.name.replace("street", "house_number"))


def _has_clocks(table: Table, position: int) -> bool:
    """Whether a column has times of the day and nothing else."""
    said = [row.cells[position] for row in table.rows if row.cells[position]]
    return bool(said) and all(_CLOCK.fullmatch(text) for text in said)


def told_by(table: Table, kind: str) -> Mapping:
    """What our own file of faulty rows says about its columns and words."""
    about = table.about
    if about is None or about.kind != kind:
        return Mapping()
    return Mapping(dict(about.columns), {name: dict(words) for name, words in about.values.items()})


def named(header: str, kind: Kind) -> Field | None:
    """The field of a kind that a header names."""
    return kind.by_header.get(fold(header)) or kind.by_header.get(fold_core(header))


def of_others(header: Sequence[str], kind: Kind) -> frozenset[str]:
    """The folded headers that name not this kind's records but the one to which each row belongs.

    "Träger" is the name in a list of organisations, and beside "Einrichtung" the carrier of each facility.
    """
    told = {fold(text) for text in header if text}
    weak = told & _REFERRED[kind.table]
    return frozenset(weak) if told & _NAMED_BESIDE[kind.table] else frozenset()


def _names(kind: Kind) -> frozenset[str]:
    """The headers that mean the name of a record of this kind; a contact is a function before it is a person."""
    name = "role" if "role" in kind.by_name else "name"
    return kind.by_name[name].headers if name in kind.by_name else frozenset()


def _belonging(table: str) -> tuple[Kind, ...]:
    """The kinds whose records each belong to one of this table."""
    return tuple(kind for kind in KINDS.values() if f"{table}_id" in kind.by_name and kind.table != table)


# Table → headers of its name by which lists of other kinds mean it, and headers of names beside which they do.
_REFERRED = {
    kind.table: _names(kind)
    & frozenset(
        header
        for other in KINDS.values()
        if other is not kind
        for field in other.fields
        if field.target == kind.table
        for header in field.headers
    )
    for kind in KINDS.values()
}
_NAMED_BESIDE = {
    kind.table: frozenset().union(*(_names(other) for other in (kind, *_belonging(kind.table)))) - _REFERRED[kind.table]
    for kind in KINDS.values()
}


def _text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{value!r}?")
    return value
