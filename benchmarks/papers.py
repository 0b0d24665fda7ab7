"""Printed papers: how long the list of contact points, the wall list and the flyer take, with many contact points."""

from __future__ import annotations

import itertools
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import typst

from benchmarks import inventories, table
from esdash import analysis
from esdash.analysis.leaflet.contacts import KINDS, Kind
from esdash.exports.prints import papers
from esdash.exports.prints.content import sheet
from esdash.exports.reports import signs
from esdash.inventory import Inventory
from esdash.inventory.access import Action

REPEAT = 5
COUNTS = (12, 300)
LANGUAGES = ("de", "ar")
MOST_MILLISECONDS = 2_000  # computed, of the list with 300 contact points, from the inventory to the PDF
_PLAIN = b"""#set page(paper: "a4", columns: 2)
#set text(font: ("Source Sans Pro", "Amiri"), size: 12pt, lang: "de")
#for line in json(bytes(sys.inputs.data)) { par(line) }"""


def run() -> bool:
    """Print the table. False if the target is missed."""
    rows, kept = [], True
    turns = itertools.count()  # typst remembers what it has set: in each turn the contact points say something else
    for count in COUNTS:
        with tempfile.TemporaryDirectory() as folder:
            inventory = analysis.open_inventory(inventories.copy_of("example", Path(folder)), inventories.clock)
            _fill(inventory, count)
            for kind, language in itertools.product(KINDS, LANGUAGES):
                made, computed = _median(inventory, kind, language, turns)
                words = [text for text in _words(sheet(inventory, kind, language).said["contacts"]) if len(text) > 2]
                floor = table.median_milliseconds(partial(_plain, words, turns), REPEAT)
                kept = kept and (kind != "contact_list" or computed <= MOST_MILLISECONDS)
                size = len(papers.paper(inventory, kind, language).content) // 1000
                rows.append((kind, language, count, made, computed, floor, table.ratio(made, floor), size))
            inventory.close()
    heading = ("paper", "language", "contact points", "PDF", "computed", "same words, plain", "ratio", "kB")
    table.show(f"Printed papers, milliseconds, median of {REPEAT}, at most {MOST_MILLISECONDS}", heading, rows)
    return kept


def _fill(inventory: Inventory, count: int) -> None:
    """So many contact points beside each other, confirmed and reached today, each with hours and a phone of its own."""
    usual = inventory.rows("FROM contact_point WHERE opening_hours IS NOT NULL ORDER BY contact_point_id")
    day = inventory.today()
    with inventory.change(inventories.ACTOR, Action.EDIT_RECORDS, "benchmark") as change:
        for place in range(count):
            one = {name: value for name, value in usual[place % len(usual)].items() if name != "version"}
            own: dict[str, Any] = {"contact_point_id": f"q{place}", "name": f"Anlaufstelle {place}", "contact_id": None}
            own |= {"phone": f"+49 340 {1000 + place}", "audiences": ["volunteers"], "status": "active"}
            change.insert("contact_point", [one | own | {"assured_on": day, "theme_ids": ["homework", "sport"]}])
            attempt = {"contact_attempt_id": f"q{place}", "contact_point_id": f"q{place}", "attempted_on": day}
            change.insert("contact_attempt", [attempt | {"channel": "phone", "outcome": "reached", "by_role": "Büro"}])


def _median(inventory: Inventory, kind: Kind, language: str, turns: Iterator[int]) -> tuple[float, float]:
    """Milliseconds of a paper, waited and computed; before each, every contact point gets another description."""
    ids = [row["contact_point_id"] for row in inventory.rows("SELECT contact_point_id FROM contact_point ORDER BY 1")]
    taken, computed = [], []
    for _ in range(REPEAT):
        turn = next(turns)
        with inventory.change(inventories.ACTOR, Action.EDIT_RECORDS, "benchmark") as change:
            said = [
                {"contact_point_id": key, "description": f"Rat und Auskunft {turn}", "name": f"{key} {turn}"}
                for key in ids
            ]
            change.update("contact_point", said)
        began, begun = time.perf_counter(), time.process_time()
        papers.paper(inventory, kind, language)
        taken.append((time.perf_counter() - began) * 1000)
        computed.append((time.process_time() - begun) * 1000)
    return statistics.median(taken), statistics.median(computed)


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)


def _plain(words: list[str], turns: Iterator[int]) -> bytes:
    """The yardstick: the words of the contact points, one paragraph each, untagged."""
    turn = next(turns)
    said = json.dumps([f"{text} {turn}" for text in words if text not in ("words", "sign", "foreign")])
    compiled = typst.compile(
        _PLAIN, font_paths=signs.fonts(), ignore_system_fonts=True, sys_inputs={"data": said}, pdf_tags=False
    )
    assert isinstance(compiled, bytes)
    return compiled
