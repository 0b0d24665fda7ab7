"""Rows of a table that are not records: second header rows, units, totals, headings in between, notes below.

They are left out, and the preview says which and why.
"""

import re
from collections.abc import Callable, Sequence

TOTALS, UNITS, HEADER, HEADING, NOTE = "totals", "units", "header", "heading", "note"
_TOTALS = re.compile(
    r"(?:(?:zwischen|gesamt|end)?summen?|insgesamt|gesamt|total|sum|Σ)(?:\s+gesamt)?\s*[:=]?\s*(?:[\d.,]+(?:\s+\w+)?)?",
    re.IGNORECASE,
)
_TOTAL_OF = re.compile(r"(?:zwischen|gesamt|teil)?summe\b[^\d]*", re.IGNORECASE)  # "Summe Mitte:"
_NUMBER = re.compile(r"-?[\d.,\s]+(?:€|EUR|%|h|Std\.?)?|#FORMULA!|[-–=]+")
_UNIT = re.compile(
    r"[(\[].*[)\]]|TT\.?MM\.?JJJJ|TT\.MM\.JJ|hh:mm|ja\s?/\s?nein|pro Woche|in (?:Stunden|Euro|EUR|km)|Anzahl"
    r"|€|EUR|Std\.?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:stand|quellen?|hinweise?|legende|anmerkung(?:en)?|erstellt|bearbeitet|seite|druckdatum|datenstand)\b.*|\*.*",
    re.IGNORECASE | re.DOTALL,
)

Known = Callable[[str], bool]


def why(cells: Sequence[str], header: Sequence[str], first: bool) -> str | None:
    """Why a row is not a record; None for a record. `first`: it stands right below the header."""
    filled = [cell for cell in cells if cell]
    if not filled:
        return None
    if len(filled) > 1 and all(not cell or cell == name for cell, name in zip(cells, header, strict=False)):
        return HEADER  # the header repeated on every printed page
    if _TOTALS.fullmatch(filled[0]) and all(_NUMBER.fullmatch(cell) or _TOTALS.fullmatch(cell) for cell in filled):
        return TOTALS
    if len(filled) > 1 and _TOTAL_OF.fullmatch(filled[0]) and all(_NUMBER.fullmatch(cell) for cell in filled[1:]):
        return TOTALS
    if first and not cells[0] and all(_UNIT.fullmatch(cell) for cell in filled):
        return UNITS
    if len(filled) == 1 and len([name for name in header if name]) > 1 and _NOTE.fullmatch(filled[0]):
        return NOTE
    return None


def joined(upper: Sequence[str], lower: Sequence[str], known: Known) -> list[str]:
    """Two header rows in one: "Ehrenamtliche" above "aktiv" and "gesucht" is put in front of both."""
    names: list[str] = []
    group = ""
    for position in range(max(len(upper), len(lower))):
        above, below = (row[position] if position < len(row) else "" for row in (upper, lower))
        group = above or (group if below else "")
        candidates = [f"{group} {below}", below, above] if below and group else [below, above]
        names.append(next((name for name in candidates if name and known(name)), below or above))
    return names


def is_second(upper: Sequence[str], lower: Sequence[str], known: Known) -> bool:
    """Whether a row is a second header row: most of its cells are known headers, alone or joined to the row above."""
    both = joined(upper, lower, known)
    filled = [position for position, cell in enumerate(lower) if cell]
    named = [position for position in filled if known(both[position]) and both[position] != _at(upper, position)]
    repeated = [position for position in filled if lower[position] == _at(upper, position)]
    return bool(named) and 2 * (len(named) + len(repeated)) > len(filled) and len(filled) > 1


def _at(row: Sequence[str], position: int) -> str:
    return row[position] if position < len(row) else ""
