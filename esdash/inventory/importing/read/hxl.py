"""HXL: a row of tags such as #org+name says what the columns of a 3W table hold; they become our field names."""

import re
from collections.abc import Sequence

from esdash.model.hxl import MEANINGS, parts

_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+[a-z][a-z0-9_]*)*", re.IGNORECASE)
_MOST = 2  # tags that make a row of tags: a single one may be anything
WITHIN = 25  # rows in which HXL readers look for the tags


def tag_row(rows: Sequence[Sequence[str]]) -> int | None:
    """The position of the row in which every filled cell is a tag; None where there is none."""
    for position, cells in enumerate(rows[:WITHIN]):
        filled = [cell for cell in cells if cell]
        if len(filled) >= _MOST and all(_TAG.fullmatch(cell.strip()) for cell in filled):
            return position
    return None


def field_names(tags: Sequence[str]) -> list[str]:
    """For each tag our field; a tag that we have no field for stays as it is and is reported as unknown."""
    names: list[str] = []
    for tag in tags:
        hashtag, attributes = parts(tag)
        fitting = (name for tagged, needed, name in MEANINGS if tagged == hashtag and needed <= attributes)
        name = next(fitting, "")
        names.append(name if name and name not in names else tag)
    return names
