"""How long the preview of a long list takes, from the file to the plan, and how much memory its reader needs.

Every list holds the same rows: offers of known organisations with places, hours, dates, figures and notes.
"""

from __future__ import annotations

import csv
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import xlsxwriter

from benchmarks import table
from esdash import analysis
from esdash.examples.start import start
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.inventory.importing.read import limits, workbook
from tests.inventory import office_files
from tests.people import TEST

LONGEST = {2_300: 2.0, 13_000: 6.0}  # rows → seconds of processor time
ORGANIZATIONS = 200
HEADER = ["Angebot", "Träger", "Themen", "Zeiten", "Beginn", "Plätze", "Straße", "PLZ", "Internetseite", "Notiz"]
MEGABYTE = 1_000_000


# A small process starts the child, whose memory counts from that of the process that starts it.
_START = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def run() -> bool:
    """Print the table. False if a preview takes longer than its limit, or has faults."""
    kept = True
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inventory = _inventory(folder)
        for number, limit in LONGEST.items():
            cells = [_row(n) for n in range(number)]
            floor = 0.0
            for ending, write in WRITERS.items():
                path = folder / f"{number}.{ending}"
                write(path, cells)
                floor = floor or _seconds(partial(_plain, path))
                found = _seconds(partial(_planned, inventory, path))
                memory = None if ending == "csv" else _megabytes(path)
                kept = kept and found < limit and (memory or 0) * MEGABYTE < limits.MAX_MEMORY_BYTES
                size = path.stat().st_size / MEGABYTE
                rows.append((f"{number} rows, .{ending}", size, found, limit, table.ratio(found, floor), memory))
        inventory.close()
    heading = ("list", "MB", "seconds computed", "limit", "ratio to csv.reader", "MB of the child")
    table.show("The preview of a list, from the file to the plan", heading, rows)
    return kept


def _inventory(folder: Path) -> Inventory:
    path = folder / "inventory.duckdb"
    start(path, "empty")
    inventory = analysis.open_inventory(path)
    with inventory.change(TEST, Action.EDIT_RECORDS, "benchmark") as change:
        change.insert(
            "organization", [{"organization_id": f"o{n}", "name": f"Verein {n:03} e. V."} for n in range(ORGANIZATIONS)]
        )
    return inventory


def _row(number: int) -> list[object]:
    theme = ("Deutsch lernen", "Lernhilfe und Hausaufgaben", "Asyl- und Sozialberatung")[number % 3]
    begin = date(2026, 1, 1) + timedelta(days=number % 300)
    street = f"Straße am Ring {number % 900}"
    times = f"{('Mo', 'Di', 'Mi', 'Do', 'Fr')[number % 5]} {8 + number % 9}-{10 + number % 9} Uhr"
    web = f"https://verein.example/angebot/{number}"
    offer: list[object] = [f"Angebot {number:05} für Köthen", f"Verein {number % ORGANIZATIONS:03} e. V.", theme, times]
    return [*offer, begin, 5 + number % 40, street, "06844", web, f"Bitte vorher anrufen, Gruppe {number}"]


def _csv(path: Path, rows: list[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        writer.writerows(
            [cell.strftime("%d.%m.%Y") if isinstance(cell, date) else cell for cell in row] for row in rows
        )


def _xlsx(path: Path, rows: list[list[object]]) -> None:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy"}) as book:
        sheet = book.add_worksheet("Angebote")
        for number, row in enumerate([HEADER, *rows]):
            sheet.write_row(number, 0, row)


def _office(write: Callable[..., Path]) -> Callable[[Path, list[list[object]]], object]:
    return lambda path, rows: write(path, {"Angebote": [HEADER, *rows]})


WRITERS: dict[str, Callable[[Path, list[list[object]]], object]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "ods": _office(office_files.ods),
    "xls": _office(office_files.xls),
    "xlsb": _office(office_files.xlsb),
}


def _plain(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file, delimiter=";"):
            pass


def _planned(inventory: Inventory, path: Path) -> None:
    plan = importing.plan(inventory, path, "initiatives")
    if plan.faults or len(plan.rows) not in LONGEST:
        sys.exit(f"{path.name}: {len(plan.rows)} rows, {len(plan.faults)} faults")


def _seconds(work: Callable[[], None]) -> float:
    """Processor time of this process and its children."""
    before = _used()
    work()
    return _used() - before


def _megabytes(path: Path) -> float:
    """The most memory of the child that reads a workbook."""
    command = [sys.executable, "-I", "-S", "-c", _START, *workbook.child(path.suffix[1:], path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout) / 1000


def _used() -> float:
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)
