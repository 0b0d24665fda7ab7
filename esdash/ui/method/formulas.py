"""The document of all formulas (docs/METHODS.md) for the page Methode."""

from functools import cache

from esdash.inventory.file.files import ROOT


@cache
def in_full() -> str:
    """docs/METHODS.md from its first method on, with headings one level lower."""
    text = (ROOT / "docs" / "METHODS.md").read_text(encoding="utf-8")
    return text[text.index("## M1 ") :].replace("\n## ", "\n#### ").replace("## M1 ", "#### M1 ", 1)
