"""The document of all formulas, as the page Methode shows it."""

from functools import cache

from esdash.inventory.file.files import ROOT


@cache
def in_full() -> str:
    """docs/METHODS.md from its first method on; the headings one size smaller, because they stand inside the page."""
    text = (ROOT / "docs" / "METHODS.md").read_text(encoding="utf-8")
    return text[text.index("## M1 ") :].replace("\n## ", "\n#### ").replace("## M1 ", "#### M1 ", 1)
