"""HSDS documents at the command line: notices of single records are bounded on screen and whole in --json."""

import json
from pathlib import Path

from tests.commands.command_line import run

SPOKEN = [{"id": "1", "name": "Klingonisch"}]
OWNER = {"id": "o-9", "name": "Verein Neun", "description": ""}


def document(path: Path, number: int) -> Path:
    services = [
        {"id": f"s-{n}", "name": f"Angebot {n}", "status": "active", "organization": OWNER, "languages": SPOKEN}
        for n in range(number)
    ]
    path.write_text(json.dumps({"contents": services}), encoding="utf-8")
    return path


def test_twenty_notices_on_the_screen_and_all_of_them_as_json(empty_file: Path, tmp_path: Path) -> None:
    path = document(tmp_path / "a.json", 33)
    shown = run("import", path, "--dry-run", database=empty_file)
    assert (shown.exit_code, shown.stdout.count("Klingonisch")) == (0, 20)
    assert "Und 13 weitere Hinweise zu einzelnen Datensätzen" in shown.stdout
    whole = json.loads(run("import", path, "--dry-run", "--json", database=empty_file).stdout)
    assert [sum("Klingonisch" in notice for notice in part["notices"]) for part in whole] == [0, 33]


def test_a_mapping_is_shared_out_among_the_tables(empty_file: Path, tmp_path: Path) -> None:
    path, mapping = document(tmp_path / "a.json", 2), tmp_path / "map.json"
    mapping.write_text('{"values": {"language_ids": {"Klingonisch": "fa"}}}', encoding="utf-8")
    assert "Klingonisch" not in run("import", path, "--mapping", mapping, "--dry-run", database=empty_file).stdout
    mapping.write_text('{"columns": {"Sprache": "language"}}', encoding="utf-8")
    refused = run("import", path, "--mapping", mapping, database=empty_file)
    assert refused.exit_code == 2
    assert "„language“" in refused.stderr and "Organisationen" in refused.stderr and "Angebote" in refused.stderr


def test_a_fault_names_the_record(empty_file: Path, tmp_path: Path) -> None:
    path = document(tmp_path / "a.json", 2)
    content = json.loads(path.read_text(encoding="utf-8"))
    content["contents"] += [{**content["contents"][0], "name": "Ganz anders"}]
    path.write_text(json.dumps(content), encoding="utf-8")
    result = run("import", path, "--dry-run", database=empty_file)
    assert (result.exit_code, result.stderr.count("s-0 „Angebot 0“: Zeile")) == (1, 1)
    parts = json.loads(run("import", path, "--dry-run", "--json", database=empty_file).stdout)
    assert [fault["record"] for fault in parts[1]["faults"]] == ["s-0", "s-0"]
