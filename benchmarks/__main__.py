"""`python -m benchmarks [rerun] [hostile] [start] …`: print the measurements; without names all of them."""

import argparse
import os
import sys

from benchmarks import (
    bounds,
    bundling,
    contact_points,
    coverage,
    duplicates,
    hostile,
    large_city,
    lookbacks,
    overlaps,
    papers,
    preview,
    priorities,
    rerun,
    start,
    versions,
)

MEASUREMENTS = {
    "bounds": bounds.run,
    "bundling": bundling.run,
    "contact_points": contact_points.run,
    "coverage": coverage.run,
    "duplicates": duplicates.run,
    "hostile": hostile.run,
    "large_city": large_city.run,
    "lookbacks": lookbacks.run,
    "overlaps": overlaps.run,
    "papers": papers.run,
    "preview": preview.run,
    "priorities": priorities.run,
    "rerun": rerun.run,
    "start": start.run,
    "versions": versions.run,
}

parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed against named yardsticks.")
parser.add_argument("names", nargs="*", metavar="|".join(MEASUREMENTS), help="what to measure; all without a name")
parser.add_argument("--against", metavar="REVISION", help="with rerun: compare the first look after a change with it")
given = parser.parse_args()
names = given.names or list(MEASUREMENTS)
unknown = [name for name in names if name not in MEASUREMENTS]
if unknown:
    parser.error(f"there is no measurement {unknown[0]}; there are {', '.join(MEASUREMENTS)}")
print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
results = [rerun.run(given.against) if name == "rerun" else MEASUREMENTS[name]() for name in names]
sys.exit(0 if all(results) else 1)
