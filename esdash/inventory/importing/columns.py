"""Which column of a file is which field: by the known headers, or as a mapping file says."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from esdash.errors import UserError
from esdash.inventory.importing.fields import Field, Kind
from esdash.inventory.importing.kinds import HEADERS, KINDS
from esdash.inventory.importing.read import Table
from esdash.inventory.importing.words import fold, fold_core


@dataclass(frozen=True)
class Mapping:
    """What somebody said about a file: folded header → field (None: leave out), and field → folded word → our id."""

    columns: dict[str, str | None] = field(default_factory=dict)
    values: dict[str, dict[str, str | None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Columns:
    """The kind of a table, its columns as position → field, and the headers nobody knows or wants."""

    kind: Kind
    fields: dict[int, Field]
    unmatched: tuple[str, ...]
    left_out: tuple[str, ...]


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


def known_headers(mapping: Mapping) -> frozenset[str]:
    """All folded headers that a file may have."""
    return HEADERS | frozenset(mapping.columns)


def kind_named(name: str) -> Kind:
    """The kind of that name ("contact-points" or "contact_points"). Raises UserError for another."""
    found = KINDS.get(name.replace("_", "-"))
    if found is None:
        raise UserError("import_kind", kind=name, kinds=", ".join(KINDS))
    return found


def match(table: Table, kind: str | None, mapping: Mapping) -> Columns:
    """Match the headers of a file; without `kind`, the kind that has all it needs and recognises most of them.

    Raises UserError where no kind fits or two fit as well, a needed column is missing, or two columns are one field.
    """
    if kind is None:
        return _best(table, mapping)
    columns = _matched(table, kind_named(kind), mapping)
    missing = _missing(columns)
    if missing:
        raise UserError(
            "import_column_missing",
            file=table.name,
            columns=", ".join(f"„{field.label}“" for field in missing),
            found=", ".join(filter(None, table.header)),
        )
    return columns


def _best(table: Table, mapping: Mapping) -> Columns:
    found: list[Columns] = []
    twice: UserError | None = None
    for kind in KINDS.values():
        try:
            columns = _matched(table, kind, mapping)
        except UserError as error:  # for this kind only: another may tell the two columns apart
            twice = twice or (error if error.key == "import_column_twice" else None)
            continue
        if not _missing(columns):
            found.append(columns)
    if not found and twice:
        raise twice
    best = max((len(columns.fields) for columns in found), default=0)
    fitting = [columns for columns in found if len(columns.fields) == best]
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
        if not text:
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
            unmatched.append(text)  # our own exports have the key and, for people, the name
        elif meant in fields.values():
            other = next(table.header[p] for p, field in fields.items() if field is meant)
            raise UserError("import_column_twice", file=table.name, first=other, second=text, field=meant.label)
        else:
            fields[position] = meant
    return Columns(kind, fields, (*unmatched, *table.nameless), tuple(left_out))


def _missing(columns: Columns) -> list[Field]:
    """The needed fields that have no column; none where the records are named by their key."""
    names = {field.name for field in columns.fields.values()}
    if columns.kind.key in names:
        return []
    return [field for field in columns.kind.fields if field.required and field.name not in names]


def _text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{value!r}?")
    return value
