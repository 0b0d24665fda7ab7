"""A version of the list as PDF: how long setting it takes, with map, score bars and attachments."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import typst

from benchmarks import inventories, table
from esdash import analysis
from esdash.exports.lists import drafting, files, paper
from esdash.exports.reports import signs
from esdash.exports.reports.setting import Attachment
from esdash.model.canonical import canonical, sha256, texts
from esdash.texts import Text

REPEAT = 5
COUNTS = (1, 12, 300)
MOST_MILLISECONDS = 2_000  # of the PDF with 300 entries
_PLAIN = b"""#set page(paper: "a4")
#set text(font: ("Source Sans Pro", "Amiri"), size: 9.5pt, lang: "de")
#for line in json(bytes(sys.inputs.data)) { par(line) }"""


def run() -> bool:
    """Print the table. False if the target is missed."""
    with tempfile.TemporaryDirectory() as folder:
        inventory = analysis.open_inventory(inventories.copy_of("example", Path(folder)), inventories.clock)
        content = json.loads(canonical(drafting.next_content(inventory)))
        inventory.close()
    rows, kept = [], True
    turns = itertools.count()  # typst remembers what it has set: in each turn the entries say something else
    for count in COUNTS:
        pages = table.median_milliseconds(partial(_pdf, content, count, turns), REPEAT)
        floor = table.median_milliseconds(partial(_plain, content, count, turns), REPEAT)
        everything = table.median_milliseconds(partial(_all, content, count, turns), REPEAT)
        kept = kept and pages <= MOST_MILLISECONDS
        rows.append(
            (count, pages, floor, table.ratio(pages, floor), everything, len(_pdf(content, count, turns)) // 1000)
        )
    heading = ("entries", "PDF", "same words, plain", "ratio", "all files", "kB of the PDF")
    table.show(f"A version of the list, milliseconds, median of {REPEAT}, at most {MOST_MILLISECONDS}", heading, rows)
    return kept


def _of(content: dict[str, Any], count: int, turns: Iterator[int]) -> dict[str, Any]:
    """The example's list with so many entries, each with words of its own; the map stays the city's."""
    usual, turn = content["entries"], next(turns)
    entries = []
    for place in range(1, count + 1):
        one = usual[place % len(usual)]
        said = {name: f"{one[name]} ({turn}.{place})" for name in ("title", "measure", "change_reason", "lead")}
        entries.append(one | said | {"entry_key": f"p{place}", "rank": place})
    return content | {"entries": entries}


def _pdf(content: dict[str, Any], count: int, turns: Iterator[int]) -> bytes:
    given = _of(content, count, turns)
    document = canonical(given)
    inside = [Attachment("a.json", document, "application/json", "JSON")]
    return paper.pdf(given, sha256(document), inside, Text("de"))


def _all(content: dict[str, Any], count: int, turns: Iterator[int]) -> dict[str, bytes]:
    return files.render(_of(content, count, turns))


def _plain(content: dict[str, Any], count: int, turns: Iterator[int]) -> bytes:
    """The yardstick: the words of the entries, one paragraph each, untagged and without map or bars."""
    words = json.dumps([text for text in texts(_of(content, count, turns)["entries"]) if " " in text])
    compiled = typst.compile(
        _PLAIN, font_paths=signs.fonts(), ignore_system_fonts=True, sys_inputs={"data": words}, pdf_tags=False
    )
    assert isinstance(compiled, bytes)
    return compiled
