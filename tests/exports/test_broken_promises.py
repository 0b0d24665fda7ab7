"""A broken promise leaves the house nowhere: not in minutes, lists of decisions, reports or exchange formats."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import pytest

from esdash.analysis import open_inventory
from esdash.commands import records, steering
from esdash.inventory.access import Action
from esdash.inventory.steering import commitments
from esdash.texts import Text
from esdash.wording import workshops as words
from tests.commands.command_line import clock, run
from tests.people import ADA, TEST
from tests.provide import pdftotext

SECRET = "Zwölf Nähmaschinen liefern"
WHY = "Die Werkstatt ist abgebrannt"
INTERNAL = ("commitments", "changes")  # what became of each promise, and the whole history
NUMBER = "SG/009/2026"


@pytest.fixture(scope="module")
def database(example_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with a promise that was broken, and a running meeting whose point about it is decided."""
    path = tmp_path_factory.mktemp("promise") / "i.duckdb"
    path.write_bytes(example_made.read_bytes())
    inventory = open_inventory(path, clock)
    (key,) = commitments.add(inventory, [commitments.Promise(SECRET, "o17", workshop_id="ws5")], ADA)
    commitments.end(inventory, key, "broken", WHY, ADA)
    about = {"subject_table": "commitment", "subject": key}
    point = {"agenda_item_id": "zz", "meeting_id": "m03", "sort": 99, "name": f"Zusage: {SECRET}", "note": WHY}
    decided = {"decision_id": "zz", "number": "2026/99", "meeting_id": "m03", "agenda_item_id": "zz", **about}
    said = {"result": "noted", "resolution_text": "Der Stand wird zur Kenntnis genommen.", "recorded": "consensus"}
    with inventory.change(TEST, Action.SET_UP) as change:
        change.update("meeting", [{"meeting_id": "m03", "meeting_state": "held", "number": NUMBER}])
        change.insert("agenda_item", [{**point, **about, "kind": "commitment", "state": "decided"}])
        change.insert("decision", [{**decided, **said, "decided_on": "2026-11-22"}])
    inventory.close()
    return path


def readable(file: Path) -> str:
    """The text of a file: a PDF read, a workbook unpacked."""
    if file.suffix == ".pdf":
        return subprocess.run([pdftotext(), str(file), "-"], capture_output=True, text=True, check=True).stdout
    content = file.read_bytes()
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8", "replace")


def exported(database: Path, folder: Path, name: str, form: str, *more: str) -> str:
    out = folder / f"{name}.{form}"
    done = run("export", name, "--format", form, "--out", out, *more, database=database)
    assert done.exit_code == 0, (name, form, done.output)
    return " ".join(readable(out).split()) + done.output


@pytest.mark.parametrize("name", [name for name in steering.TABLES if name not in INTERNAL])
def test_no_file_of_the_steering_names_it(database: Path, tmp_path: Path, name: str) -> None:
    more = ("--meeting", NUMBER) if name == "minutes" else ()
    for form in steering.TABLES[name].formats:
        content = exported(database, tmp_path, name, form, *more)
        assert SECRET not in content and WHY not in content, (name, form)
    if name in ("minutes", "decisions"):
        assert "Stand einer Zusage" in content or '"point": "Stand einer Zusage"' in content


def test_no_table_and_no_exchange_format_names_it(database: Path, tmp_path: Path) -> None:
    wanted = [(name, "json") for name in records.tables() if name not in INTERNAL]
    for name, form in (*wanted, *(("initiatives", form) for form in records.EXCHANGE), ("sessions", records.CALENDAR)):
        content = exported(database, tmp_path, name, form)
        assert SECRET not in content and WHY not in content, (name, form)


def test_the_internal_file_has_it_and_paper_has_not(database: Path, tmp_path: Path) -> None:
    assert SECRET in exported(database, tmp_path, "commitments", "csv")
    inventory = open_inventory(database, clock)
    said = [str(words.promise_rows(inventory, Text("de"), public=public)["text"].tolist()) for public in (True, False)]
    inventory.close()
    assert [SECRET in one for one in said] == [False, True]
