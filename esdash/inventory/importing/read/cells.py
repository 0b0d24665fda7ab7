"""The text of a cell, whatever the file it comes from."""

import re
import unicodedata
from collections.abc import Sequence

from esdash.inventory.importing.read import limits
from esdash.model.folding import fold, fold_core

LONGEST_HEADER = 200  # characters; a longer text is not a header

_PROTECTED = re.compile(r"'+[=+\-@\t\r]")  # how our own CSV export protects a text from being read as a formula
# Control characters, half surrogate pairs, and invisible characters: soft hyphens, spaces without width.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f\u3000]")  # spaces: wide, narrow and non-breaking


class Unreadable(ValueError):
    """The cell is not a text that a person wrote, such as one letter with a hundred combining marks."""


def clean(text: str) -> str:
    """The text of a cell without the formula protection of our export, control characters, odd spaces and line ends.

    Raises Unreadable for what is not a text.
    """
    return tidied(text[1:] if _PROTECTED.match(text) else text)


def tidied(text: str) -> str:
    """A text as it is stored, from a file or a form: composed letters, no control characters, plain spaces.

    Raises Unreadable for what is not a text.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    text = _composed(text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPACES.sub(" ", _CONTROL.sub("", text)).strip()


def _composed(text: str) -> str:
    """The text in NFC, normalised in pieces, because thousands of combining marks on one letter would take hours."""
    if len(text) <= limits.MAX_MARKS:
        return unicodedata.normalize("NFC", text)
    pieces, begin = [], 0
    while begin < len(text):
        end = begin + limits.MAX_MARKS
        while begin < end < len(text) and unicodedata.combining(text[end]):
            end -= 1
        if end == begin:
            raise Unreadable
        pieces.append(unicodedata.normalize("NFC", text[begin:end]))
        begin = end
    return "".join(pieces)


def known_cells(cells: Sequence[str], known: frozenset[str]) -> int:
    """How many of the cells are known (folded) names of columns."""
    return sum(fold(cell) in known or fold_core(cell) in known for cell in cells if 0 < len(cell) <= LONGEST_HEADER)
