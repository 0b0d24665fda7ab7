"""The document of all formulas (docs/METHODS.md) for the page Methode."""

import re
from functools import cache

from esdash.inventory.file.files import ROOT


@cache
def in_full() -> str:
    """docs/METHODS.md from its first method on, with headings one level lower."""
    text = (ROOT / "docs" / "METHODS.md").read_text(encoding="utf-8")
    return text[text.index("## M1 ") :].replace("\n## ", "\n#### ").replace("## M1 ", "#### M1 ", 1)


@cache
def below() -> str:
    """The same for a telephone, which has no room for a table: one line per row, each value after its heading."""
    return re.sub(r"(?:^\|.*\n?)+", lambda found: _lines(found.group()), in_full(), flags=re.MULTILINE)


def _lines(table: str) -> str:
    head, _, *rows = (_cells(line) for line in table.splitlines())
    return "".join(f"- {_said(head, row)}\n" for row in rows)


def _said(head: list[str], row: list[str]) -> str:
    values = "; ".join(f"{heading}: {value}" for heading, value in zip(head[1:], row[1:], strict=True))
    return f"{row[0]} – {values}" if row[0] else values


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip()[1:-1].split("|")]
