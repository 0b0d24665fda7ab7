"""A version of the list as PDF: how long setting it takes, with map, score bars and attachments."""

from __future__ import annotations

import json
import tempfile
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
    for count in COUNTS:
        given = _of(content, count)
        words = json.dumps([text for text in texts(given["entries"]) if " " in text])
        pages = table.median_milliseconds(partial(_pdf, given), REPEAT)
        floor = table.median_milliseconds(partial(_plain, words), REPEAT)
        everything = table.median_milliseconds(partial(files.render, given), REPEAT)
        kept = kept and pages <= MOST_MILLISECONDS
        rows.append((count, pages, floor, table.ratio(pages, floor), everything, len(_pdf(given)) // 1000))
    heading = ("entries", "PDF", "same words, plain", "ratio", "all files", "kB of the PDF")
    table.show(f"A version of the list, milliseconds, median of {REPEAT}, at most {MOST_MILLISECONDS}", heading, rows)
    return kept


def _of(content: dict[str, Any], count: int) -> dict[str, Any]:
    """The example's list with so many entries, each with its own title and rank; the map stays the city's."""
    usual = content["entries"]
    entries = [
        one | {"entry_key": f"p{place}", "rank": place, "title": f"{one['title']} ({place})"}
        for place, one in ((place, usual[place % len(usual)]) for place in range(1, count + 1))
    ]
    return content | {"entries": entries}


def _pdf(content: dict[str, Any]) -> bytes:
    document = canonical(content)
    inside = [Attachment("a.json", document, "application/json", "JSON")]
    return paper.pdf(content, sha256(document), inside, Text("de"))


def _plain(words: str) -> bytes:
    """The yardstick: the words of the entries, one paragraph each, untagged and without map or bars."""
    compiled = typst.compile(
        _PLAIN, font_paths=signs.fonts(), ignore_system_fonts=True, sys_inputs={"data": words}, pdf_tags=False
    )
    assert isinstance(compiled, bytes)
    return compiled
