"""Which kind of records a table has, when nobody says it: by its tags, its headers, and the names of sheet and file.

A guess never overwrites: where the columns leave a doubt, the plan says so and changes no known record.
"""

import re
from dataclasses import dataclass, replace
from pathlib import PurePath

from esdash.errors import UserError
from esdash.inventory.importing.asking import LEAVE_OUT, Asking, Question
from esdash.inventory.importing.columns import OURS, Columns, Learned, Mapping, matched, of_kind, told_by
from esdash.inventory.importing.preview import PlannedRow, State
from esdash.inventory.importing.read import hxl
from esdash.inventory.importing.read.spreadsheets import Table
from esdash.model.fields import Kind
from esdash.model.folding import fold, fold_words
from esdash.model.hxl import table_of
from esdash.model.kinds import BY_TABLE, KINDS

_SERIAL = {"nr", "lfdnr", "lfd", "laufendenummer", "nummer", "id", "no", "number"}  # headers of a sender's own numbers
_PART_FROM = 6  # letters from which a word also counts as a part of a longer one: Vereinsliste, Sprachangebote
_TITLES = {"contact": ("role",), "session": ("course_id", "starts_on"), "survey": ("state",)}  # else: the name


@dataclass(frozen=True)
class _Candidate:
    """One kind, and what speaks for it."""

    columns: Columns
    titled: bool  # whether the column with the name of its records is there, under a word for this kind alone
    said: bool  # whether the names of sheet or file say this kind
    telling: int  # number of its fields that the headers name

    @property
    def rank(self) -> tuple[bool, int, bool]:
        return self.titled, self.telling, self.said

    @property
    def kind(self) -> Kind:
        return self.columns.kind


def match(table: Table, kind: str | None, mapping: Mapping, learned: Learned | None = None) -> Columns:
    """Match the headers of a file; without `kind`, the kind is guessed.

    Raises UserError if no kind fits or two fit equally, a required column is missing, or two columns are one field.
    """
    if kind is None:
        return _guessed(table, mapping, learned or {})
    columns = matched(table, kind, mapping, learned)
    known = (learned or {}).get(columns.kind.name, Mapping()) | told_by(table, columns.kind.name)
    _refuse_missing(table, columns, known | mapping)
    return columns


def likely_kind(table: Table, learned: Learned | None = None) -> str | None:
    """The kind that a table seems to be, even if required columns are missing; None if two kinds fit equally."""
    told = _told(table)
    if told is not None:
        return told.name
    found, twice = _candidates(table, Mapping(), learned or {}, incomplete=True)
    ranks = {one.kind.name: one.rank for one in found} | {kind.name: (False, number, False) for kind, number in twice}
    best = max(ranks.values(), default=(False, 0, False))
    fitting = [name for name, rank in ranks.items() if rank == best]
    return fitting[0] if best > (False, 0, False) and len(fitting) == 1 else None


def is_doubtful(table: Table, kind: str, learned: Learned | None = None) -> bool:
    """Whether this kind is a guess that the headers leave in doubt, so that a person should look at it."""
    try:
        columns = _guessed(table, Mapping(), learned or {})
    except UserError:  # nothing was guessed
        return False
    return columns.guessed and columns.kind.name == kind


def held_back(rows: tuple[PlannedRow, ...], columns: Columns, asking: Asking) -> tuple[PlannedRow, ...]:
    """The rows; where the kind is a guess with a doubt, those that would change a known record wait for an answer."""
    changing = [row for row in rows if row.state == "changed"]
    if not columns.guessed or not changing:
        return rows
    values = {"kind": columns.kind.label, "n": len(changing)}
    answer = asking.ask(Question("kind", 0, ("right", LEAVE_OUT), "open", values=values))
    state: State = "skipped" if answer == LEAVE_OUT else "open"
    if answer == "right":
        return rows
    return tuple(replace(row, state=state) if row.state == "changed" else row for row in rows)


def _refuse_missing(table: Table, columns: Columns, mapping: Mapping) -> None:
    missing = columns.lacking(mapping)
    if missing:
        found = ", ".join(filter(None, table.header))
        needed = ", ".join(f"„{field.label}“" for field in missing)
        raise UserError("import_column_missing", file=table.name, columns=needed, found=found)


def _told(table: Table) -> Kind | None:
    """The kind that the file itself states: our own, or by its tags."""
    if table.about:
        return KINDS[table.about.kind]
    return BY_TABLE.get(table_of(table.header)) if hxl.is_tagged(table.header) else None


def _guessed(table: Table, mapping: Mapping, learned: Learned) -> Columns:
    told = _told(table)
    if told is not None:
        return match(table, told.name, mapping, learned)
    found, twice = _candidates(table, mapping, learned)
    best = max((one.rank for one in found), default=(False, 0, False))
    for kind, number in twice:  # it would have known more columns, or is all there is
        if number > best[1] or not found:
            raise _twice(table, kind, mapping, learned)
    if not found:
        _refuse_untold(table, mapping, learned)
    fitting = [one for one in found if one.rank == best]
    headers = ", ".join(filter(None, table.header))
    if len(fitting) != 1:
        kinds = ", ".join(one.kind.label for one in fitting) or ", ".join(kind.label for kind in KINDS.values())
        raise UserError(
            "import_kind_ambiguous" if fitting else "import_kind_unclear", file=table.name, kinds=kinds, found=headers
        )
    columns = fitting[0].columns
    return replace(
        columns, guessed=not _certain(table, fitting[0], found, learned.get(columns.kind.name, Mapping()) | mapping)
    )


def _refuse_untold(table: Table, mapping: Mapping, learned: Learned) -> None:
    """Say what is missing, where one kind alone calls its records as the table does: offers without their carrier."""
    titled = [one for one in _candidates(table, mapping, learned, incomplete=True)[0] if one.titled]
    if len(titled) == 1:
        kind = titled[0].kind.name
        _refuse_missing(table, titled[0].columns, learned.get(kind, Mapping()) | mapping)


def _twice(table: Table, kind: Kind, mapping: Mapping, learned: Learned) -> UserError:
    try:
        of_kind(table, kind, learned.get(kind.name, Mapping()) | mapping)
    except UserError as error:
        return error
    raise AssertionError(kind.name)  # it was refused a moment ago


def _candidates(
    table: Table, mapping: Mapping, learned: Learned, incomplete: bool = False
) -> tuple[list[_Candidate], list[tuple[Kind, int]]]:
    """The kinds that a table may be; and those with two columns of one field, with how many fields it would know."""
    found: list[_Candidate] = []
    twice: list[tuple[Kind, int]] = []
    names = _kinds_said(table)
    for kind in KINDS.values():
        meant = learned.get(kind.name, Mapping()) | mapping
        try:
            columns = of_kind(table, kind, meant)
        except UserError as error:  # only for this kind: in another, the two headers may be different fields
            if error.key == "import_column_twice":
                twice.append((kind, len(_telling(kind, _known_fields(table, kind, meant)))))
            continue
        missing = columns.lacking(meant)
        if (missing and not incomplete) or _is_reference(table, columns):
            continue
        telling = _telling(kind, {field.name for field in columns.fields.values()})
        titled = bool(_titles(table, columns) & _own(kind)) if kind.table != "session" else not missing
        found.append(_Candidate(columns, titled, kind.table in names, len(telling)))
    return found, twice


def _certain(table: Table, best: _Candidate, found: list[_Candidate], mapping: Mapping) -> bool:
    """Whether nothing else can be meant: a mapping says so, the names of sheet or file, or the headers."""
    kind = best.kind
    if any(fold(text) in mapping.columns for text in table.header):
        return True
    if any(_only(table, one.kind) for one in found if one is not best):
        return False
    weakly = _weakly_titled(table, best.columns)
    if best.titled and not weakly:
        return True
    said = _kinds_said(table)
    if said:
        return kind.table in said
    return bool(_only(table, kind)) or (best.titled and not _strangers(best.columns))


def _strangers(columns: Columns) -> list[str]:
    """The headers that the kind does not know, without the sender's own numbers."""
    return [text for text in columns.unmatched if fold(text) not in _SERIAL]


def _weakly_titled(table: Table, columns: Columns) -> bool:
    """Whether the records are named by a word that lists of other kinds have for those to which each row belongs."""
    referring = {
        header
        for kind in KINDS.values()
        for field in kind.fields
        if field.target == columns.kind.table and kind is not columns.kind
        for header in field.headers
    }
    return _titles(table, columns) <= referring


def _is_reference(table: Table, columns: Columns) -> bool:
    """Whether the column that would be the name says to whom each row belongs: it repeats, beside unknown columns."""
    position = next((at for at, field in columns.fields.items() if field.name == "name"), None)
    if position is None or columns.kind.same_by != ("name",) or not _weakly_titled(table, columns):
        return False
    if columns.kind.table == "location" and {fold(text) for text in table.header} & _own(BY_TABLE["organization"]):
        return True  # the town in the address of organisations
    names = [fold(row.cells[position]) for row in table.rows if row.cells[position]]
    return bool(_strangers(columns)) and len(set(names)) < len(names)


def _titles(table: Table, columns: Columns) -> set[str]:
    """The folded headers of the columns by which people tell the records of a kind."""
    wanted = _TITLES.get(columns.kind.table, ("name",))
    return {fold(table.header[at]) for at, field in columns.fields.items() if field.name in wanted}


def _own(kind: Kind) -> frozenset[str]:
    """The folded headers by which only this kind calls its records."""
    return _OWN[kind.table]


def _title_headers(kind: Kind) -> frozenset[str]:
    names = _TITLES.get(kind.table, ("name",))
    return frozenset(header for name in names for header in kind.by_name[name].headers)


_OWN = {
    kind.table: _title_headers(kind)
    - frozenset().union(
        *(_title_headers(other) for other in KINDS.values() if other.table not in (kind.table, "session"))
    )
    for kind in KINDS.values()
}


def _only(table: Table, kind: Kind) -> set[str]:
    """The folded headers of a table that only this kind knows."""
    told = {fold(text) for text in table.header if text} - OURS
    others = frozenset().union(*(other.by_header for other in KINDS.values() if other is not kind))
    return {text for text in told & kind.by_header.keys() if text not in others}


def _telling(kind: Kind, names: set[str]) -> set[str]:
    """The fields that speak for a kind: offers have themes, so the themes of a table do not make it contact points."""
    return names - {"theme_ids"} if kind.table == "contact_point" else names


def _known_fields(table: Table, kind: Kind, mapping: Mapping) -> set[str]:
    """The fields of a kind that the headers name, also those that two columns name."""
    known = {fold(text): kind.by_header.get(fold(text)) for text in table.header if text}
    found = {mapping.columns.get(text, field.name if field else None) for text, field in known.items()}
    return {name for name in found if name is not None}


def _kinds_said(table: Table) -> frozenset[str]:
    """The tables whose kind the name of the sheet says, else that of the file; none if it says several."""
    for name in (table.sheet or "", PurePath(table.name).stem):
        words = fold_words(re.sub(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])", " ", name)).split()
        found = {kind.table for kind in KINDS.values() if any(_says(word, kind) for word in words)}
        if len(found) == 1:
            return frozenset(found)
    return frozenset()


def _says(word: str, kind: Kind) -> bool:
    told = kind.listed.folded | kind.names.folded
    return word in told or any(len(one) >= _PART_FROM and (word.startswith(one) or word.endswith(one)) for one in told)
