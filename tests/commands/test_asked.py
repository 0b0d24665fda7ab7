"""Questions of an import on the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from esdash.inventory import open_file
from tests.commands.command_line import run

FIRST = "Angebot;Organisation;Ort;Straße;PLZ\nNähcafé;Verein;Haus Nord;Weg 1;06844\n"


@pytest.fixture
def lists(tmp_path: Path, empty_file: Path) -> Path:
    (tmp_path / "o.csv").write_text("Organisation\nVerein\n", encoding="utf-8")
    (tmp_path / "1.csv").write_text(FIRST, encoding="utf-8")
    (tmp_path / "2.csv").write_text("Angebot;Organisation;Ort;Straße;PLZ\nNähcafé;Verein;Haus Süd;Gasse 2;06844\n"
                                    "Nähcafé am Weg;Verein;;;\n", encoding="utf-8")  # fmt: skip
    for name in ("o.csv", "1.csv"):
        assert run("import", tmp_path / name, database=empty_file).exit_code == 0
    return tmp_path


def offers(path: Path) -> list[str]:
    inventory = open_file(path)
    found = [row["name"] for row in inventory.rows("SELECT name FROM inventory.initiative ORDER BY ALL")]
    inventory.close()
    return found


def asked(lists: Path, empty_file: Path, *more: str | Path) -> dict[str, Any]:
    result = run("import", lists / "2.csv", "--json", *more, database=empty_file)
    assert result.exit_code in (0, 1), result.stderr
    answer: dict[str, Any] = json.loads(result.stdout)
    assert (result.exit_code == 1) == bool(answer["counts"]["open"])
    return answer


def test_open_questions_keep_rows_out(lists: Path, empty_file: Path) -> None:
    told = run("import", lists / "2.csv", database=empty_file)
    assert told.exit_code == 1
    assert "Zeile 2: „Nähcafé · Verein“ gibt es schon" in told.stdout
    assert "moved|2||naehcafe: same = Dasselbe, geändert; another =" in told.stdout
    assert "Haus Nord" in told.stdout and "Haus Süd" in told.stdout
    assert "near|3||naehcafe" in told.stdout
    assert "2 Fragen sind offen, 2 Zeilen warten darauf." in told.stdout
    assert told.stdout.count("Ohne Antwort bleibt die Zeile weg.") == 2
    assert offers(empty_file) == ["Nähcafé"]


def test_what_stays_out_without_an_answer_is_said(lists: Path, empty_file: Path) -> None:
    """A question about a single value keeps no row out, but the value."""
    (lists / "far.csv").write_text("Ort;Breite;Länge\nHaus Nord;12,2428;51,8339\n", encoding="utf-8")
    told = run("import", lists / "far.csv", database=empty_file)
    assert "Ohne Antwort gilt: Diese Angabe weglassen." in told.stdout
    assert "1 Frage ist offen, 0 Zeilen warten darauf." in told.stdout
    (lists / "phone.csv").write_text("Organisation;Telefon\nKulturhaus;0340 FRAUEN\n", encoding="utf-8")
    told = run("import", lists / "phone.csv", database=empty_file)
    assert "Ohne Antwort gilt: Diese Angabe weglassen." in told.stdout


def test_answers_from_a_file(lists: Path, empty_file: Path) -> None:
    questions = asked(lists, empty_file)["questions"]
    assert [(one["topic"], one["row"], list(one["answers"]), one["safe"]) for one in questions] == [
        ("moved", 2, ["same", "another", "skip"], "open"),
        ("near", 3, ["same", "another", "skip"], "open"),
    ]
    said = {one["key"]: answer for one, answer in zip(questions, ("another", "skip"), strict=True)}
    (lists / "a.json").write_text(json.dumps({"answers": said}), encoding="utf-8")
    answer = asked(lists, empty_file, "--answers", lists / "a.json")
    assert answer["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "faulty": 0, "open": 0, "skipped": 1}
    assert offers(empty_file) == ["Nähcafé", "Nähcafé"]


def test_a_declined_field_stays_as_it_is(lists: Path, empty_file: Path) -> None:
    keys = {
        one["key"]: answer for one, answer in zip(asked(lists, empty_file)["questions"], ("skip", "same"), strict=True)
    }
    said = {"answers": keys, "declined": [[3, "name"]]}
    (lists / "a.json").write_text(json.dumps(said), encoding="utf-8")
    answer = asked(lists, empty_file, "--answers", lists / "a.json")
    assert answer["declined"] == [[3, "name"]] and answer["counts"]["unchanged"] == 1
    assert offers(empty_file) == ["Nähcafé"]


@pytest.mark.parametrize(
    ("said", "unused"),
    [
        ({"answers": {"moved|9||naehcafe": "same"}}, ["moved|9||naehcafe"]),
        ({"declined": [[3, "capacity"], [99, "name"]]}, ["3 capacity", "99 name"]),
        ({"answers": {"moved|2||naehcafe": "skip"}}, []),
    ],
)
def test_answers_of_another_list_are_named(
    lists: Path, empty_file: Path, said: dict[str, Any], unused: list[str]
) -> None:
    (lists / "a.json").write_text(json.dumps(said), encoding="utf-8")
    told = run("import", lists / "2.csv", "--answers", lists / "a.json", "--dry-run", database=empty_file).stderr
    assert ("und bewirken nichts" in told, [one for one in unused if one in told]) == (bool(unused), unused)


@pytest.mark.parametrize(("assumed", "expected"), [("another", 3), ("skip", 1)])
def test_one_answer_to_all_questions(lists: Path, empty_file: Path, assumed: str, expected: int) -> None:
    assert asked(lists, empty_file, "--assume", assumed)["counts"]["open"] == 0
    assert len(offers(empty_file)) == expected


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "Die Antwortdatei a.json lässt sich nicht lesen"),
        ('{"answer": {}}', "answer?"),
        ('{"declined": [3]}', "lässt sich nicht lesen"),
        ('{"declined": [[1e999, "name"]]}', "lässt sich nicht lesen"),
        ('{"owner": 5}', "owner: 5"),
        ('{"owner": {"name": "Verein"}}', "owner: "),
        ("[" * 100_000, "lässt sich nicht lesen"),
        ('{"answers": {"moved|2||naehcafe": "vielleicht"}}', "gibt es die Antwort „vielleicht“ nicht"),
    ],
)
def test_answers_that_are_none(lists: Path, empty_file: Path, content: str, words: str) -> None:
    (lists / "a.json").write_text(content, encoding="utf-8")
    refused = run("import", lists / "2.csv", "--answers", lists / "a.json", database=empty_file)
    assert refused.exit_code == 2 and words in refused.stderr
    assert offers(empty_file) == ["Nähcafé"]


def test_a_list_of_one_partner_with_a_new_one(lists: Path, empty_file: Path) -> None:
    (lists / "3.csv").write_text("Angebot;Ort\nChor;\n", encoding="utf-8")
    refused = run("import", lists / "3.csv", "--kind", "initiatives", "--owner", "Verien", database=empty_file)
    assert (refused.exit_code, "Meinten Sie „Verein“?" in refused.stderr) == (2, True)
    told = run("import", lists / "3.csv", "--owner", "Verein", database=empty_file)
    assert (told.exit_code, "Zeilen, die keine Organisation nennen, gehören zu: Verein." in told.stdout) == (0, True)
    (lists / "4.csv").write_text("Angebot;Träger\nTanz;Tanzhaus\n", encoding="utf-8")
    told = run("import", lists / "4.csv", database=empty_file)
    assert "Die Organisation „Tanzhaus“ gibt es noch nicht" in told.stdout
    answers = "create = Neu anlegen; skip = Zeilen dieser Organisation auslassen"
    assert f"organization|2|organization_id|: {answers}" in told.stdout
    made = run("import", lists / "4.csv", "--assume", "create", database=empty_file)
    assert (made.exit_code, "Kommt neu dazu: Organisation „Tanzhaus“ (Zeilen: 2)" in made.stdout) == (0, True)
    assert offers(empty_file) == ["Chor", "Nähcafé", "Tanz"]


def test_what_changes_is_said_by_row_and_field(lists: Path, empty_file: Path) -> None:
    (lists / "o2.csv").write_text("Organisation;Telefon;PLZ\nVerein;0340 123456;6844\n", encoding="utf-8")
    told = run("import", lists / "o2.csv", "--dry-run", database=empty_file).stdout
    assert "Zeile 2 ändert: " in told and "in der Liste 0340 123456" in told and "in der Liste 06844" in told
    answer = json.loads(run("import", lists / "o2.csv", "--dry-run", "--json", database=empty_file).stdout)
    changes = [(one["row"], one["field"], one["before"], one["after"]) for one in answer["changes"]]
    assert sorted(changes) == [(2, "phone", None, "0340 123456"), (2, "postcode", None, "06844")]
