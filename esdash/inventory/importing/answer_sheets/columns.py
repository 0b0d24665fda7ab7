"""The columns of an answer sheet, the words for a verdict, and the checksum of a row."""

import hashlib
from functools import cache

from esdash.inventory.importing.read.spreadsheets import Table
from esdash.inventory.steering.answers import VERDICTS, Verdict
from esdash.model.folding import fold
from esdash.texts import LANGUAGES, Text

COLUMNS = (
    *("rank", "title", "facts"),
    *("verdict", "reason", "responsible_office", "office_reference", "answered_on", "next_on", "cost_committed_eur"),
    *("version", "entry", "checksum"),
)
KEYS = COLUMNS[-3:]
GROUPS = 3  # of four signs each: enough to tell any two rows apart, and short enough to compare by eye


def row_checksum(content_sha256: str, item_id: str) -> str:
    """The checksum of the row of an item in the version with this content.

    In groups, because a spreadsheet program would read some others as a number (1e10…).
    """
    digest = hashlib.sha256(f"{content_sha256}|{item_id}".encode()).hexdigest()
    return "-".join(digest[4 * place : 4 * place + 4] for place in range(GROUPS))


def headings(text: Text) -> dict[str, str]:
    """Column → its heading."""
    return {name: text(f"answer_sheet.column_{name}") for name in COLUMNS}


@cache
def known() -> dict[str, str]:
    """Folded heading in any language → column."""
    return {fold(words): name for language in LANGUAGES for name, words in headings(Text(language)).items()}


@cache
def verdicts() -> dict[str, Verdict]:
    """Folded word in any language → verdict."""
    found: dict[str, Verdict] = {}
    for text in map(Text, LANGUAGES):
        for verdict in VERDICTS:
            found |= dict.fromkeys((fold(text(f"verdict.{verdict}")), fold(text(f"verdict_long.{verdict}"))), verdict)
    return found


def is_sheet(table: Table) -> bool:
    """Whether a table that has been read is an answer sheet: it has the columns that name an entry."""
    return set(KEYS) <= {known().get(fold(header)) for header in table.header}
