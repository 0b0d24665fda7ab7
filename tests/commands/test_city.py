"""city: what a folder would change, taken over and back, refused."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from esdash.inventory import open_file
from esdash.inventory.steering import surveying
from tests.commands.command_line import clock, run
from tests.conftest import TINY_CITY
from tests.people import ADA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copytree(TINY_CITY, tmp_path / "musterstadt")


def edit(path: Path, old: str, new: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def test_shown_taken_over_and_back(tiny_path: Path, folder: Path) -> None:
    same = run("city", folder, database=tiny_path)
    assert (same.exit_code, same.stdout.splitlines()[0]) == (0, "„musterstadt“ ändert nichts: 58 Angaben sind gleich.")
    edit(folder / "population.csv", "01,adults,200", "01,adults,1220.5")
    edit(folder / "modules.csv", "intercultural,Interkulturelle Kompetenz,Intercultural competence,erfunden,2\n", "")
    shown = run("city", folder, database=tiny_path)
    assert shown.exit_code == 0
    assert shown.stdout.splitlines() == [
        "„musterstadt“ ändert den Bestand: 0 neu, 1 geändert, 1 entfallen. Gleich bleiben 56.",
        "Module der Schulungen (modules.csv): 0 neu, 0 geändert, 1 entfallen, 1 gleich",
        "  entfällt  Interkulturelle Kompetenz  Name: Interkulturelle Kompetenz; "
        "Name (englisch): Intercultural competence; Quelle: erfunden",
        "Menschen je Stadtbezirk und Zielgruppe (population.csv): 0 neu, 1 geändert, 0 entfallen, 8 gleich",
        "  geändert  Mitte · Erwachsene  Personen: 200 → 1.220,5",
        "population.csv und city_totals.csv passen nicht zusammen: In den Stadtbezirken leben mehr Menschen als in der "
        "ganzen Stadt (Erwachsene 1.360,5 statt 340).",
        "Nicht dabei und deshalb unverändert: tile_rivers.csv, capacity_ranges.csv, population_points.csv, "
        "point_travel.csv.",
        "Nichts wurde geändert. Übernehmen: mit --apply.",
    ]
    english = run("city", folder, database=tiny_path, language="en").stdout
    assert "changed  Mitte · Adults  People: 200 → 1,220.5" in english
    done = run("city", folder, "--apply", "--actor", "Ada", "--json", database=tiny_path)
    key = json.loads(done.stdout)["import_run_id"]
    assert (
        f"{key}  22.11.2026 10:00  musterstadt: 0 neu, 1 geändert, 1 entfallen (Ada)"
        in run("imports", database=tiny_path).stdout
    )
    assert run("undo-import", key, database=tiny_path).exit_code == 0
    assert run("city", folder, database=tiny_path).stdout == shown.stdout


def test_what_is_in_use_is_named(tiny_path: Path, folder: Path) -> None:
    inventory = open_file(tiny_path, clock=clock)
    surveying.mark(inventory, [("essentials", "01")], "surveyed", ADA)
    inventory.close()
    for name in ("themes.csv", "planning_values.csv"):
        lines = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (folder / name).write_text("".join(line for line in lines if not line.startswith("essentials")), "utf-8")
    shown = run("city", folder, database=tiny_path)
    line = "  Das Thema „Möbel, Kleidung, Grundausstattung“: 1 Erhebung.\n"
    assert shown.exit_code == 1 and shown.stderr.endswith(line)
    refused = run("city", folder, "--apply", database=tiny_path)
    assert refused.exit_code == 2
    assert line in refused.stderr and "Nichts wurde geändert." in refused.stderr
    edit(folder / "population.csv", "01,adults,200", "01,adults,viele")
    edit(folder / "population.csv", "02,adults,100", "02,adults,wenige")
    wrong = run("city", folder, database=tiny_path)
    assert wrong.exit_code == 2
    assert "population.csv, Zeile 3" in wrong.stderr and "population.csv, Zeile 6" in wrong.stderr
    assert "Einen Ordner" in run("city", folder / "nirgends", database=tiny_path).stderr
