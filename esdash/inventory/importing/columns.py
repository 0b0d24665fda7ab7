"""Matching the columns of a file to fields: by the known headers, or by a mapping."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from esdash.errors import UserError
from esdash.inventory.importing.read.spreadsheets import Table
from esdash.model.fields import Field, Kind
from esdash.model.folding import fold, fold_core
from esdash.model.kinds import HEADERS, KINDS

# Headings of the columns that we add to a file of faulty rows (faulty.heading) and to one of questions
# (answer_book.heading), in both languages: not the sender's.
OURS = frozenset(map(fold, ("Was zu ändern ist", "What to change", "Was zu fragen ist", "What to ask")))


@dataclass(frozen=True)
class Mapping:
    """What a person or mapping file decided: folded header → field (None: leave out), field → folded word → our id."""

    columns: dict[str, str | None] = field(default_factory=dict)
    values: dict[str, dict[str, str | None]] = field(default_factory=dict)

    def __or__(self, other: Mapping) -> Mapping:
        """Both mappings in one; `other` wins where they differ."""
        names = self.values.keys() | other.values.keys()
        values = {name: self.values.get(name, {}) | other.values.get(name, {}) for name in names}
        return Mapping(self.columns | other.columns, values)


@dataclass(frozen=True)
class Columns:
    """The kind of a table, its columns as position → field, and the headers that are unknown or left out."""

    kind: Kind
    fields: dict[int, Field]
    unmatched: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def missing(self) -> tuple[Field, ...]:
        """The required fields without a column; none if the table has the key of the records."""
        names = {field.name for field in self.fields.values()}
        if self.kind.key in names:
            return ()
        return tuple(field for field in self.kind.fields if field.required and field.name not in names)


Learned = dict[str, Mapping]  # name of a kind → what this sender's headers and words mean in such tables


def read_mapping(source: Path | dict[str, Any] | Mapping | None) -> Mapping:
    """A mapping from a JSON file {"columns": {"header": "field"}, "values": {"field": {"their word": "our id"}}}.

    A header mapped to null is left out, a word mapped to null is unknown. Raises UserError for any other content.
    """
    if source is None:
        return Mapping()
    if isinstance(source, Mapping):
        return source
    name = source.name if isinstance(source, Path) else "mapping"
    try:
        content = json.loads(source.read_text(encoding="utf-8-sig")) if isinstance(source, Path) else source
        if not content.keys() <= {"columns", "values"}:
            raise ValueError(f"{', '.join(content.keys() - {'columns', 'values'})}?")
        columns = {fold(header): _text(meant) for header, meant in content.get("columns", {}).items()}
        values = {
            name: {fold(word): _text(our_id) for word, our_id in words.items()}
            for name, words in content.get("values", {}).items()
        }
    except (OSError, ValueError, AttributeError) as error:
        raise UserError("import_mapping", file=name, details=str(error).splitlines()[0]) from error
    return Mapping(columns, values)


def known_headers(*mappings: Mapping) -> frozenset[str]:
    """All folded headers that a file may have."""
    return HEADERS.union(*(mapping.columns for mapping in mappings))


def kind_named(name: str) -> Kind:
    """The kind of that name ("contact-points" or "contact_points"). Raises UserError for an unknown name."""
    found = KINDS.get(name.replace("_", "-"))
    if found is None:
        raise UserError("import_kind", kind=name, kinds=", ".join(KINDS))
    return found


def match(table: Table, kind: str | None, mapping: Mapping, learned: Learned | None = None) -> Columns:
    """Match the headers of a file; without `kind`, take the kind whose required fields are there and that knows most.

    Raises UserError if no kind fits or two fit equally, a required column is missing, or two columns are one field.
    """
    if kind is None:
        return _best(table, mapping, learned or {})
    columns = matched(table, kind, mapping, learned)
    if columns.missing:
        raise UserError(
            "import_column_missing",
            file=table.name,
            columns=", ".join(f"„{field.label}“" for field in columns.missing),
            found=", ".join(filter(None, table.header)),
        )
    return columns


def matched(table: Table, kind: str, mapping: Mapping, learned: Learned | None = None) -> Columns:
    """The columns of a file as a table of this kind, even if required ones are missing.

    Raises UserError if two columns are one field.
    """
    named = kind_named(kind)
    return _matched(table, named, (learned or {}).get(named.name, Mapping()) | mapping)


def likely_kind(table: Table, learned: Learned | None = None) -> str | None:
    """The kind that a table seems to be, even if required columns are missing; None if two kinds fit equally."""
    try:
        return _best(table, Mapping(), learned or {}).kind.name
    except UserError:
        known = learned or {}
        found = {
            name: len(_telling(kind, _known_fields(table, kind, known.get(name, Mapping()))))
            for name, kind in KINDS.items()
        }
    best = max(found.values())
    fitting = [name for name, number in found.items() if number == best]
    return fitting[0] if best and len(fitting) == 1 else None


def _telling(kind: Kind, names: set[str]) -> set[str]:
    """The fields that speak for a kind: offers have themes, so the themes of a table do not make it contact points."""
    return names - {"theme_ids"} if kind.table == "contact_point" else names


def _known_fields(table: Table, kind: Kind, mapping: Mapping) -> set[str]:
    """The fields of a kind that the headers name, also those that two columns name."""
    by_header = {name: field.name for field in kind.fields for name in field.headers}
    found = {mapping.columns.get(fold(text), by_header.get(fold(text))) for text in table.header if text}
    return {name for name in found if name is not None}


def _best(table: Table, mapping: Mapping, learned: Learned) -> Columns:
    found: list[Columns] = []
    twice: UserError | None = None
    for kind in KINDS.values():
        try:
            columns = _matched(table, kind, learned.get(kind.name, Mapping()) | mapping)
        except UserError as error:  # only for this kind: in another, the two headers may be different fields
            twice = twice or (error if error.key == "import_column_twice" else None)
            continue
        if not columns.missing:
            found.append(columns)
    if not found and twice:
        raise twice
    telling = [len(_telling(columns.kind, {field.name for field in columns.fields.values()})) for columns in found]
    best = max(telling, default=0)
    fitting = [columns for columns, number in zip(found, telling, strict=True) if number == best]
    if len(fitting) != 1:
        names = ", ".join(columns.kind.name for columns in fitting) or ", ".join(KINDS)
        key = "import_kind_ambiguous" if fitting else "import_kind_unclear"
        raise UserError(key, file=table.name, kinds=names, found=", ".join(filter(None, table.header)))
    return fitting[0]


def _matched(table: Table, kind: Kind, mapping: Mapping) -> Columns:
    by_header = {name: field for field in kind.fields for name in field.headers}
    by_name = {field.name: field for field in kind.fields}
    for name in (*filter(None, mapping.columns.values()), *mapping.values):
        if name not in by_name:
            raise UserError("import_mapping_field", field=name, kind=kind.name, fields=", ".join(by_name))
    exact = by_name.keys() & set(table.header)
    fields: dict[int, Field] = {}
    unmatched: list[str] = []
    left_out: list[str] = []
    for position, text in enumerate(table.header):
        meant: Field | None
        if not text or fold(text) in OURS:
            continue
        if fold(text) in mapping.columns:
            wanted = mapping.columns[fold(text)]
            if wanted is None:
                left_out.append(text)
                continue
            meant = by_name[wanted]
        else:
            meant = by_header.get(fold(text)) or by_header.get(fold_core(text))
        if meant is None:
            unmatched.append(text)
        elif meant.name in exact and text != meant.name:
            unmatched.append(text)  # our own exports have the key and, for readers, the name
        elif meant in fields.values():
            other = next(table.header[p] for p, field in fields.items() if field is meant)
            raise UserError("import_column_twice", file=table.name, first=other, second=text, field=meant.label)
        else:
            fields[position] = meant
    return Columns(kind, fields, (*unmatched, *table.nameless), tuple(left_out))


def _text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{value!r}?")
    return value
