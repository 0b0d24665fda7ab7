"""`verify` and `export list`: the stored files, the four answers, the chain."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from esdash.analysis import open_inventory
from esdash.exports.lists import drafting
from esdash.inventory.access import Action
from esdash.inventory.steering.versions import freeze
from tests.commands.command_line import clock, run
from tests.people import ADA


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory, empty_made: bytes) -> Path:
    """A city with one priority, frozen twice."""
    path = tmp_path_factory.mktemp("frozen") / "i.duckdb"
    path.write_bytes(empty_made)
    inventory = open_inventory(path, clock)
    with inventory.change(ADA, Action.SET_UP, "Liste") as change:
        row = {"priority_item_id": "p1", "origin": "hand", "title": "Lernhilfe", "listed_on": "2026-11-01"}
        change.insert("priority_item", [row])
    for _ in range(2):
        freeze(inventory, ADA, drafting.draft(inventory))
    inventory.close()
    return path


def test_a_version_leaves_byte_for_byte_and_is_known_again(frozen: Path, tmp_path: Path) -> None:
    inventory = open_inventory(frozen, clock)
    kept = {row["list_file_id"]: bytes(row["content"]) for row in inventory.rows("FROM inventory.list_file")}
    inventory.close()
    for form in ("pdf", "xlsx", "csv", "json"):
        out = tmp_path / f"a.{form}"
        assert run("export", "list", "--version", "1", "--out", out, database=frozen).exit_code == 0
        assert out.read_bytes() == kept[f"v1|prioritaetenliste-fassung-1.{form}"]
    newest = run("export", "list", "--format", "json", database=frozen)
    assert newest.stdout_bytes == kept["v2|prioritaetenliste-fassung-2.json"]
    found = run("verify", tmp_path / "a.pdf", database=frozen)
    assert (found.exit_code, found.stdout) == (
        0,
        "Unverändert: Das ist prioritaetenliste-fassung-1.pdf aus Fassung 1, eingefroren am 22.11.2026, "
        "Byte für Byte.\n",
    )


def test_what_is_changed_or_unknown_ends_with_1(frozen: Path, tmp_path: Path) -> None:
    document = json.loads(run("export", "list", "--format", "json", database=frozen).stdout)
    anew, other = tmp_path / "anew.json", tmp_path / "other.json"
    anew.write_text(json.dumps(document, indent=1), encoding="utf-8")
    assert "Gleicher Inhalt, neu gespeichert: Fassung 2" in run("verify", anew, database=frozen).stdout
    document["content"]["entries"][0]["title"] = "Etwas anderes"
    other.write_text(json.dumps(document), encoding="utf-8")
    result = run("verify", other, "--json", database=frozen)
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["answer"], answer["number"]) == (1, "changed", 2)
    assert answer["fields"] == [{"where": "Lernhilfe", "name": "title", "frozen": "Lernhilfe", "now": "Etwas anderes"}]
    other.write_text("{}", encoding="utf-8")
    result = run("verify", other, database=frozen)
    assert (result.exit_code, "Unbekannt" in result.stdout) == (1, True)
    assert run("verify", tmp_path / "gone.pdf", database=frozen).exit_code == 2


def test_without_a_file_the_chain_is_checked(frozen: Path, empty_file: Path, tmp_path: Path) -> None:
    assert run("verify", database=empty_file).stdout == "Es gibt noch keine Fassung.\n"
    whole = run("verify", database=frozen)
    assert (whole.exit_code, whole.stdout) == (
        0,
        "Die Kette ist heil: 2 Fassungen, jede nennt die Prüfsumme der vorigen.\n",
    )
    altered = Path(shutil.copy(frozen, tmp_path / "altered.duckdb"))
    inventory = open_inventory(altered, clock)
    with inventory.exclusive(ADA, Action.SET_UP) as cursor:
        cursor.execute(
            "UPDATE inventory.list_version SET content = replace(content, 'Lernhilfe', 'X') WHERE number = 1"
        )
    inventory.close()
    broken = run("verify", database=altered)
    assert broken.exit_code == 1
    assert broken.stdout.splitlines() == [
        "Fassung 1 ist nachträglich verändert worden: Inhalt und Prüfsumme passen nicht zusammen, "
        "die Einträge stehen anders im Bestand als im Inhalt.",
        "Fassung 2 ist nachträglich verändert worden: die Prüfsumme der vorigen Fassung passt nicht.",
    ]
    told = json.loads(run("verify", "--json", database=altered).stdout)
    assert [link["broken"] for link in told] == [["content", "entries"], ["previous"]]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("list", "--version", "9"), "Eine Fassung 9 der Prioritätenliste gibt es nicht."),
        (("list", "--format", "hxl"), "list gibt es nicht als hxl."),
        (("list", "--as-of", "2026-11-22"), "Am 22.11.2026 war Fassung 2 gemeint."),
        (("initiatives", "--version", "1"), "--version gilt nicht für initiatives."),
    ],
)
def test_what_export_does_not_have_is_said(frozen: Path, arguments: tuple[str, ...], sentence: str) -> None:
    result = run("export", *arguments, database=frozen)
    assert (result.exit_code, sentence in result.stderr) == (2, True)


def test_without_a_version_there_is_nothing_to_export(empty_file: Path) -> None:
    result = run("export", "list", database=empty_file)
    assert (result.exit_code, "Es gibt noch keine Fassung" in result.stderr) == (2, True)
