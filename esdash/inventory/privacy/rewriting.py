"""Writing an inventory file anew without a person, so that no byte of the name stays, not even in free blocks.

The rows are copied into a database in memory, the person is removed there, and only then are they written to the new
file, which so never holds the name. Tables, constraints, sequences and triggers are created anew, and the new file is
compared with the old one before it is used.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import duckdb

from esdash.errors import UserError
from esdash.inventory.file import changelog, layout, past
from esdash.inventory.file.attaching import attach
from esdash.inventory.file.consent import CONSENT, PERSONAL
from esdash.inventory.privacy.person import Person, marked
from esdash.model.canonical import texts
from esdash.model.phones import DIALLED

Finds = Counter[tuple[str, str]]  # (table, column) → number of values with the person
_EMPTIED = frozenset({"email", "phone", DIALLED})  # a value of these fields that holds only the person becomes NULL
_OF_CONTACT = frozenset({"name", *_EMPTIED})
_TEXT = re.compile(r"\bVARCHAR\b|JSON")  # also within lists and structs: the reason of a closure
# A version was handed out as files, and the next one names its checksum: what it says is never rewritten.
_FROZEN = {
    "list_version": frozenset({"title", "content", "content_sha256", "previous_sha256", "files"}),
    "list_entry": frozenset({"change_reason", "title", "content"}),
}


def identifiers_of(cursor: duckdb.DuckDBPyConnection, contact_id: str) -> tuple[Person, Person]:
    """The person of the contact today, and all its persons according to the change log."""
    today = cursor.execute(
        "SELECT name, email, phone FROM inventory.contact WHERE contact_id = $id", {"id": contact_id}
    )
    now = Person.of([dict(zip(("name", "email", "phone"), row, strict=True)) for row in today.fetchall()])
    entries = cursor.execute(
        "SELECT unnest([before, after]) AS entry FROM inventory.change_log "
        "WHERE table_name = 'contact' AND record_id = $id",
        {"id": contact_id},
    ).fetchall()
    return now, now | Person.of(json.loads(entry) for (entry,) in entries if entry)


def versions_naming(cursor: duckdb.DuckDBPyConnection, person: Person) -> tuple[int, ...]:
    """The numbers of the frozen versions whose words name the person: they stay as they are."""
    rows = _rows(cursor, "SELECT number, title, content FROM inventory.list_version ORDER BY number")
    return tuple(
        row["number"]
        for row in rows
        if any(person.is_in(words) for words in (row["title"], row["content"], *_said(row["content"])))
    )


def _said(content: str) -> Iterator[str]:
    """The texts in the content of a version; none in one that somebody spoilt."""
    with suppress(ValueError):
        yield from texts(json.loads(content))


def write_without(
    cursor: duckdb.DuckDBPyConnection, person: Person, contact_id: str, rows: list[dict[str, Any]], draft: Path
) -> Finds:
    """Write all tables of `cursor` into the new file `draft`, without the person and with the erasures `rows`."""
    for leftover in (draft, draft.with_name(draft.name + ".wal")):
        leftover.unlink(missing_ok=True)
    stage = _staged(cursor)
    try:
        finds = _clear_contact(stage, contact_id) if person else Finds()
        finds += _clear_everywhere(stage, person) if person else Finds()
        _write(stage, rows, draft)
    finally:
        stage.close()
    return finds


def erasures(path: Path) -> list[dict[str, Any]] | None:
    """The erasures in the inventory at `path`; [] for a version without erasures, None for an unreadable file."""
    try:
        connection = attach(path)
    except UserError:
        return None
    try:
        return _rows(connection, "FROM inventory.erasure ORDER BY erased_at, erasure_id")
    except duckdb.CatalogException:
        return []
    except (duckdb.Error, RuntimeError):
        return None
    finally:
        connection.close()


def replay(path: Path, known: Iterable[dict[str, Any]]) -> Finds:
    """Erase everybody with one of the `known` marks from the file at `path`, which must not be open."""
    finds: Finds = Finds()
    for erasure in known:
        connection = attach(path)
        draft = path.with_name(path.name + ".erasing")
        try:
            if _rows(connection, "FROM inventory.erasure WHERE erasure_id = $id", id=erasure["erasure_id"]):
                continue
            _, ever = identifiers_of(connection, erasure["contact_id"])
            meant = marked(ever, erasure["salt"], erasure["marks"])
            finds += write_without(connection, meant, erasure["contact_id"], [erasure], draft)
        finally:
            connection.close()
        path.with_name(path.name + ".wal").unlink(missing_ok=True)
        os.replace(draft, path)
    return finds


def _staged(cursor: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A copy of all tables in memory. Raises UserError for a file with tables that are not from esdash."""
    stage = duckdb.connect(":memory:")
    stage.execute("SET TimeZone = 'UTC'")
    stage.execute("ATTACH ':memory:' AS inventory")
    layout.lay_out(stage)
    ours, theirs = _tables(stage), _tables(cursor)
    if ours != theirs:
        stage.close()
        raise UserError("erase_other_tables", tables=", ".join(sorted(ours ^ theirs)))
    for table in ours:
        past.hand_over(table, cursor.sql(f"FROM inventory.{table}"), stage)
    return stage


def _clear_contact(stage: duckdb.DuckDBPyConnection, contact_id: str) -> Finds:
    """Empty all personal columns of the contact, in its table and its log entries, whatever they hold."""
    fields = (*PERSONAL, *CONSENT)
    finds: Finds = Finds()
    row = _rows(stage, f"SELECT {', '.join(fields)} FROM inventory.contact WHERE contact_id = $id", id=contact_id)
    finds += Finds({("contact", name): 1 for name in fields if name != DIALLED and row and row[0][name] is not None})
    sets = ", ".join(f"{name} = NULL" for name in fields)
    stage.execute(
        f"UPDATE inventory.contact SET {sets}, version = version + 1 WHERE contact_id = $id", {"id": contact_id}
    )
    for column in ("before", "after"):
        for entry in _rows(
            stage,
            f"SELECT change_id, {column} AS record FROM inventory.change_log "
            f"WHERE table_name = 'contact' AND record_id = $id AND {column} IS NOT NULL",
            id=contact_id,
        ):
            record = json.loads(entry["record"])
            emptied = {name: None if name in fields else value for name, value in record.items()}
            if emptied != record:
                finds[("change_log", column)] += 1
                _set(stage, "change_log", column, f"change_id = {entry['change_id']}", _json(emptied))
    return finds + _clear_prints(stage, contact_id)


def _clear_prints(stage: duckdb.DuckDBPyConnection, contact_id: str) -> Finds:
    """Empty what the print register and its log hold of the contact: its id, and the mark of the words printed.

    The contact point stays, so that the register still says which copies name somebody who was erased, and where.
    """
    finds: Finds = Finds()
    for run in _rows(stage, "SELECT rowid AS place, printed FROM inventory.print_run"):
        shorter = _without_marks(json.loads(run["printed"]), contact_id)
        if shorter is not None:
            finds[("print_run", "printed")] += 1
            _set(stage, "print_run", "printed", f"rowid = {run['place']}", _json(shorter))
            stage.execute(f"UPDATE inventory.print_run SET version = version + 1 WHERE rowid = {run['place']}")
    for column in ("before", "after"):
        for entry in _rows(
            stage,
            f"SELECT change_id, {column} AS record FROM inventory.change_log "
            f"WHERE table_name = 'print_run' AND {column} IS NOT NULL",
        ):
            record = json.loads(entry["record"])
            shorter = _without_marks(record["printed"], contact_id)
            if shorter is not None:
                finds[("change_log", column)] += 1
                emptied = _json({**record, "printed": shorter})
                _set(stage, "change_log", column, f"change_id = {entry['change_id']}", emptied)
    return finds


def _without_marks(printed: list[dict[str, Any]], contact_id: str) -> list[dict[str, Any]] | None:
    """What a print names, without this contact; None if it does not name it."""
    if all(line["contact_id"] != contact_id for line in printed):
        return None
    return [
        line | {"contact_id": None, "sha256": None} if line["contact_id"] == contact_id else line for line in printed
    ]


def _clear_everywhere(stage: duckdb.DuckDBPyConnection, person: Person) -> Finds:
    """Remove the person from every text of every table. Keys are not changed: they are made from functions."""
    finds: Finds = Finds()
    for table in sorted(_tables(stage)):
        touched: set[int] = set()
        columns = _columns(stage, table)
        whose = "table_name" if table == "change_log" else f"'{table}'"
        for column, kind in columns.items():
            if not _TEXT.search(kind) or column.endswith(("_id", "_ids")) or column in _FROZEN.get(table, ()):
                continue
            values = stage.execute(
                f"SELECT rowid, {column}, {whose} FROM inventory.{table} WHERE {column} IS NOT NULL"
            ).fetchall()
            for place, value, of_table in values:
                shorter = _shorter(value, column, kind, person, of_table)
                if shorter != value:
                    if column != DIALLED:  # people know of the phone only
                        finds[(table, column)] += 1
                    touched.add(place)
                    _set(stage, table, column, f"rowid = {place}", shorter)
                    if column == "phone" and DIALLED in columns:
                        _set(stage, table, DIALLED, f"rowid = {place}", None)
        if touched and "version" in columns:  # a form that is open with the old text must not save it again
            stage.execute(
                f"UPDATE inventory.{table} SET version = version + 1 WHERE rowid IN $places",
                {"places": sorted(touched)},
            )
        if touched and table == "meeting":  # minutes of a closed meeting: the checksum of what stands there now
            stage.execute(
                "UPDATE inventory.meeting SET minutes_sha256 = sha256(minutes) "
                "WHERE rowid IN $places AND minutes_sha256 IS NOT NULL",
                {"places": sorted(touched)},
            )
    return finds


def _shorter(value: Any, column: str, kind: str, person: Person, of_table: str) -> Any:
    emptied = _OF_CONTACT if of_table == "contact" else _EMPTIED
    if kind != "JSON":
        return person.removed_from({column: value}, emptied)[column]
    if "\\" not in value and not person.is_in(value):  # a name in JSON may be written with escapes
        return value
    content = json.loads(value)
    shorter = person.removed_from(content, emptied)
    if column in ("before", "after") and of_table in _FROZEN:
        shorter |= {name: content[name] for name in _FROZEN[of_table] & content.keys()}
    if DIALLED in content and shorter["phone"] != content["phone"]:
        shorter[DIALLED] = None
    return value if shorter == content else _json(shorter)


def _write(stage: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]], draft: Path) -> None:
    fresh = attach(draft)
    try:
        layout.lay_out(fresh)
        for table in _tables(fresh):
            past.hand_over(table, stage.sql(f"FROM inventory.{table}"), fresh)
        last = _rows(fresh, "SELECT coalesce(max(change_id), 0) AS number FROM inventory.change_log")[0]["number"]
        fresh.execute("SELECT max(nextval('inventory.change_number')) FROM range($last)", {"last": last})
        changelog.create_triggers(fresh)
        for row in rows:
            _sign(fresh, row)
            names = ", ".join(row)
            fresh.execute(
                f"INSERT INTO inventory.erasure ({names}) VALUES ({', '.join(f'${name}' for name in row)})", row
            )
        fresh.execute("CHECKPOINT inventory")
        _verify(stage, fresh, len(rows))
    finally:
        fresh.close()


def _verify(stage: duckdb.DuckDBPyConnection, fresh: duckdb.DuckDBPyConnection, added: int) -> None:
    """Check that the new file has all rows, constraints and triggers. Raises UserError otherwise."""
    rules = "SELECT count(*) AS number FROM duckdb_constraints() WHERE database_name = 'inventory'"
    complete = _rows(stage, rules) == _rows(fresh, rules)
    triggers = _rows(fresh, "SELECT count(*) AS number FROM duckdb_triggers()")[0]["number"]
    complete = complete and triggers == 3 * len(changelog.logged_tables(fresh))
    for table in _tables(stage):
        content = f"SELECT bit_xor(hash(t)) AS content, count(*) AS number FROM inventory.{table} AS t"
        before, after = _rows(stage, content)[0], _rows(fresh, content)[0]
        if table in ("change_log", "erasure"):
            complete = complete and after["number"] == before["number"] + added
        else:
            complete = complete and after == before
    if not complete:
        raise UserError("erase_incomplete")


def _sign(fresh: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> None:
    for name, value in (
        ("changed_at", row["erased_at"].isoformat(sep=" ")),
        ("actor", row["actor"]),
        ("reason", row["reason"]),
        ("means", "erase"),
    ):
        fresh.execute(f"SET VARIABLE {name} = CAST($value AS VARCHAR)", {"value": value})


def _set(stage: duckdb.DuckDBPyConnection, table: str, column: str, where: str, value: Any) -> None:
    stage.execute(f"UPDATE inventory.{table} SET {column} = $value WHERE {where}", {"value": value})


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, str]:
    found = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = 'inventory' AND table_name = $table",
        {"table": table},
    ).fetchall()
    return dict(found)


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    found = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'inventory'").fetchall()
    return {name for (name,) in found}


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, **values: Any) -> list[dict[str, Any]]:
    result = connection.execute(sql, values)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))
