"""docs/CITY.md and the README name what the reader of a city's folder declares, no more and no less."""

import csv
import re
import tomllib
from pathlib import Path

from esdash.examples import start
from esdash.inventory import Inventory, importing
from esdash.inventory.city import declared, estimating
from esdash.inventory.city.cells import typed
from esdash.inventory.file.layout import MIGRATIONS, SCHEMA
from esdash.model.kinds import BY_TABLE as KINDS
from esdash.model.references import REFERENCES
from esdash.texts import LANGUAGES, Text
from tests.people import TESTER

ROOT = Path(__file__).parents[2]
FORMAT = (ROOT / "docs" / "CITY.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def listed() -> dict[str, dict[str, str]]:
    """File → column or key → what holds where it is empty, as docs/CITY.md has it."""
    found: dict[str, dict[str, str]] = {}
    for part in re.split(r"^## ", FORMAT, flags=re.MULTILINE)[1:]:
        rows = re.findall(r"^\| ([\w.]+) \| [^|]+ \| ([^|]+) \|$", part, re.MULTILINE)
        found[part.splitlines()[0]] = {name: empty.strip() for name, empty in rows if empty.strip() != "empty"}
    return found


def test_every_file_and_key_is_listed_with_its_default() -> None:
    expected = {
        file.name: {column.name: declared.if_empty(column) for column in file.columns} for file in declared.FILES
    }
    expected["city.toml"] |= {f"travel.{name}": f"{value:g}" for name, value in declared.TRAVEL_KEYS.items()}
    expected["city.toml"]["travel.rivers"] = "river_min"
    found = listed()
    assert {name: found.get(name) for name in expected} == expected
    assert found.keys() - expected.keys() == {"Changing a city that is in use", declared.RIVERS, "public/"}


def in_readme() -> dict[str, tuple[str, str, str]]:
    """File → whether it is required, its columns, its example row, as the README has it."""
    part = README.partition("## Your own city")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([\w./]+) \| ([^|]+) \| ([^|]+) \| `([^|]+)` \|$", part, re.MULTILINE)
    return {name: (required, columns, example) for name, required, columns, example in rows}


def test_the_readme_names_every_file_that_is_read_and_no_other() -> None:
    public = {f"public/{name}": "for `init --public`" for name in start.PUBLIC_FILES.values()}
    given = {file.name: "yes" if file.needed else "no" for file in declared.FILES}
    expected = {**given, declared.RIVERS: "no", **public, "SOURCES.md": "no"}
    assert {name: required for name, (required, _, _) in in_readme().items()} == expected
    assert "docs/CITY.md" in README


def test_the_readme_names_every_column_and_whether_it_may_be_empty() -> None:
    for file in (file for file in declared.FILES if file.unit == "row"):
        columns = re.findall(r"(\(?)`(\w+)`(?: \[[^\]]+\])?(\)?)", in_readme()[file.name][1])
        assert all(bool(opened) == bool(closed) for opened, _, closed in columns)
        assert [(name, not opened) for opened, name, _ in columns] == [(c.name, c.needed) for c in file.columns]


def test_the_example_rows_of_the_readme_are_read() -> None:
    for file in declared.FILES:
        example = in_readme()[file.name][2]
        if file.ending == declared.TOML:
            assert tomllib.loads(example).keys() <= {column.name for column in file.columns}
        elif file.ending == declared.CSV:
            (cells,) = csv.reader([example])
            row = {
                column.name: typed(column.kind, cell) if cell else None
                for column, cell in zip(file.columns, cells, strict=True)
            }
            assert [column.name for column in file.columns if column.needed and row[column.name] is None] == []
            for column in file.columns:
                value = row[column.name]
                assert not column.choices or value in column.choices
                assert value is None or column.least is None or value >= column.least  # type: ignore[operator]
                assert value is None or column.most is None or value <= column.most  # type: ignore[operator]
            assert file.rule(row) is None
        else:
            content = estimating.geojson(file.name, example)
            assert estimating.shapes(file.name, {"features": [{"id": "01", **content}]})
    line = in_readme()[declared.RIVERS][2]
    assert estimating.rivers(declared.RIVERS, f'{{"features": [{line}]}}').keys() == {"Elbe"}


def test_the_public_files_are_read_as_the_readme_has_them(tiny: Inventory, tmp_path: Path) -> None:
    for kind, name in start.PUBLIC_FILES.items():
        _, columns, example = in_readme()[f"public/{name}"]
        header = ",".join(name for name in re.findall(r"`([^`]+)`", columns) if name != "import")
        (tmp_path / name).write_text(f"{header}\n{example}\n", encoding="utf-8")
        plan = importing.plan(tiny, tmp_path / name, kind)
        assert (plan.faults, plan.unmatched, plan.counts["new"]) == ((), (), 1)
        importing.run(tiny, plan, TESTER, backup=False)


def test_optional_files_say_what_holds_without_them() -> None:
    parts = dict(part.split("\n", 1) for part in re.split(r"^## ", FORMAT, flags=re.MULTILINE)[1:])
    assert [f.name for f in declared.FILES if f.needed == ("**Without the file" in parts[f.name])] == []


def test_every_column_of_a_reference_table_comes_from_a_file() -> None:
    """Otherwise a fact of the city could never reach an inventory in use."""
    tables = dict(re.findall(r"CREATE TABLE (\w+) \((.*?)\n\)", "\n".join((SCHEMA, *MIGRATIONS.values())), re.DOTALL))
    added = re.findall(r"ALTER TABLE (\w+) ADD COLUMN (?:IF NOT EXISTS )?(\w+)", "\n".join(MIGRATIONS.values()))
    for table in declared.TABLES:
        body = re.sub(r"--.*|\([^()]*\)", "", tables[table])
        columns = set(re.findall(r"(\w+) (?:VARCHAR|DOUBLE|INTEGER|DATE|JSON|BOOLEAN)", body))
        columns |= {column for of, column in added if of == table}
        given = {column.name for file in declared.FILES if file.table == table for column in file.columns}
        assert columns - given <= {f"{table}_id", "version"}, table
        assert given <= columns, table


def test_what_a_column_refers_to_is_known() -> None:
    named = {(file.table, column.name) for file in declared.FILES for column in file.columns}
    assert {pair for pair in REFERENCES if pair[0] in declared.TABLES} <= named


def test_every_file_and_column_has_words() -> None:
    for text in map(Text, LANGUAGES):
        for file in declared.FILES:
            assert text.has(f"city.file_{file.name.replace('.', '_')}")
            for column in (column for column in file.columns if column.name not in file.key):
                assert text.has(f"city.column.{column.name}"), column.name
                assert all(text.has(f"city.choice.{value}") for value in column.choices)
        targets = {target: table for (table, _), target in REFERENCES.items() if target in declared.TABLES}
        assert [target for target in targets if not text.has(f"city.one.{target}")] == []
        users = {table for (table, _), target in REFERENCES.items() if target in declared.TABLES}
        assert [table for table in users - KINDS.keys() if not text.has(f"city.by.{table}_many")] == []
