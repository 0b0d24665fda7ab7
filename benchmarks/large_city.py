"""A new inventory of a large city: how long `init --empty` takes and how much memory, beside a plain read of the ways.

The folder is invented and made anew: districts on a grid, and a way from each to its nearest, or none in the files.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks import table
from esdash.inventory import default_city

DISTRICTS, NEAREST = 1930, 360  # 694,800 ways
ESTIMATED = 833  # 693,889 ways between all pairs
MOST_MB, MOST_SECONDS = 600, 15
_CHILD = """
import resource, sys, time
from pathlib import Path
from esdash.examples.start import start
began = time.perf_counter()
start(Path(sys.argv[1]), "empty", Path(sys.argv[2]))
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
_PLAIN = """
import csv, sys, time
began = time.perf_counter()
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        float(row["minutes"])
print(time.perf_counter() - began)
"""


def run() -> bool:
    """Print the table; whether the limits of memory and time hold."""
    rows: list[tuple[object, ...]] = []
    within = True
    with tempfile.TemporaryDirectory() as name:
        for what, districts, nearest in (("ways in a file", DISTRICTS, NEAREST), ("estimated", ESTIMATED, None)):
            folder = make(Path(name) / f"city-{districts}", districts, nearest)
            seconds, megabytes = measured(_CHILD, Path(name) / f"{districts}.duckdb", folder)
            plain = measured(_PLAIN, folder / "travel.csv")[0] if nearest else None
            ratio = table.ratio(seconds, plain) if plain else None
            ways = districts * (nearest or districts)
            rows.append((what, districts, ways, seconds, plain, ratio, megabytes))
            within = within and megabytes <= MOST_MB and seconds <= MOST_SECONDS
    table.show(
        f"A new inventory of a large city. Limits: {MOST_SECONDS} s and {MOST_MB} MB",
        ("ways", "districts", "n", "seconds", "plain read of the file", "ratio", "MB at most"),
        rows,
    )
    return within


def measured(code: str, *arguments: Path) -> list[float]:
    """The numbers that a process of its own prints."""
    child = [sys.executable, "-c", code, *map(str, arguments)]
    said = subprocess.run(child, capture_output=True, text=True, check=True)
    return [float(number) for number in said.stdout.split()]


def make(folder: Path, districts: int, nearest: int | None = None, points: int = 0) -> Path:
    """A city's folder: `nearest` ways from each district (None: no file of ways), `points` in each district."""
    folder.mkdir(parents=True)
    for name in ("themes", "target_groups", "languages", "modules", "planning_values", "criteria", "city_totals"):
        (folder / f"{name}.csv").write_bytes((default_city() / f"{name}.csv").read_bytes())
    (folder / "city.toml").write_text('city_id = "large"\nname = "Großstadt"\nsmall_number_threshold = 5\n', "utf-8")
    keys = [f"{number:04}" for number in range(districts)]
    side = int(districts**0.5) + 1
    where = {key: (51 + number // side * 0.01, 12 + number % side * 0.015) for number, key in enumerate(keys)}
    _write(
        folder / "districts.csv",
        ("district_id", "name", "short_name", "lat", "lon", "sort"),
        ((key, f"Bezirk {key}", f"B {key}", f"{lat:.4f}", f"{lon:.4f}", key) for key, (lat, lon) in where.items()),
    )
    _write(
        folder / "population.csv",
        ("district_id", "target_group_id", "persons", "as_of", "quality", "source"),
        ((key, "adults", 100, "2025-12-31", "official", "Einwohnerregister") for key in keys),
    )
    if nearest is not None:
        _write(
            folder / "travel.csv",
            ("from_district_id", "to_district_id", "minutes", "quality", "source"),
            (
                (start, keys[(number + step) % districts], 5 + step % 80, "measured", "Fahrplan des Verkehrsverbunds")
                for number, start in enumerate(keys)
                for step in range(nearest)
            ),
        )
    if points:
        _write(
            folder / "population_points.csv",
            ("population_point_id", "district_id", "name", "lat", "lon", "share"),
            (
                (f"{key}-{number}", key, f"Ort {key}-{number}", f"{lat:.4f}", f"{lon:.4f}", 1 / points)
                for key, (lat, lon) in where.items()
                for number in range(points)
            ),
        )
    return folder


def _write(path: Path, header: tuple[str, ...], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)
