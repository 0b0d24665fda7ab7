"""HXL: finding the row of tags of a table, such as #org+name, and the fields that they mean."""

import re
from collections.abc import Sequence

from esdash.model.hxl import MEANINGS, parts

_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+[a-z][a-z0-9_]*)*", re.IGNORECASE)
_MOST = 2  # fewest tags in a row of tags: a single one may be chance
WITHIN = 25  # rows in which readers of HXL look for the tags


def tag_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The position of the first row in which every filled cell is a tag; None if there is none."""
    for position, cells in enumerate(rows[:WITHIN]):
        filled = [cell for cell in cells if cell]
        if len(filled) >= _MOST and all(_TAG.fullmatch(cell.strip()) for cell in filled):
            return position
    return None


def is_tagged(header: Sequence[str]) -> bool:
    """Whether a header is a row of tags."""
    return tag_row([header]) is not None


def field_of(tag: str, table: str) -> str:
    """Our field that a tag means in a list of this table; "" for a tag without one, which the import reports."""
    if not _TAG.fullmatch(tag.strip()):
        return ""
    hashtag, attributes = parts(tag)
    meanings = MEANINGS.get(table, MEANINGS["initiative"])
    return next((name for tagged, needed, name in meanings if tagged == hashtag and needed <= attributes), "")
