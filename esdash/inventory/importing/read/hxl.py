"""HXL: translating the row of tags of a 3W table, such as #org+name, into our field names."""

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


def field_names(tags: Sequence[str]) -> list[str]:
    """For each tag our field; a tag without one stays unchanged, and the import reports it as unknown."""
    names: list[str] = []
    for tag in tags:
        hashtag, attributes = parts(tag)
        fitting = (name for tagged, needed, name in MEANINGS if tagged == hashtag and needed <= attributes)
        name = next(fitting, "")
        names.append(name if name and name not in names else tag)
    return names
