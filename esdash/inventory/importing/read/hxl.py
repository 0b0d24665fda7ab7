"""HXL: a row of tags such as #org+name says what the columns of a 3W table hold; they become our field names."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+[a-z][a-z0-9_]*)*", re.IGNORECASE)
_MOST = 2  # tags that make a row of tags: a single one may be anything
WITHIN = 25  # rows in which HXL readers look for the tags

# hashtag, attributes it must have, our field of initiatives; the first that fits counts, each field once.
_FIELDS: tuple[tuple[str, set[str], str], ...] = (
    ("#activity", {"id"}, "initiative_id"),
    ("#activity", {"code"}, "initiative_id"),
    ("#activity", set(), "name"),
    ("#org", {"partner"}, "partner_ids"),
    ("#org", {"impl"}, "partner_ids"),
    ("#org", {"code"}, ""),
    ("#org", set(), "organization_id"),
    ("#description", set(), "description"),
    ("#status", set(), "status"),
    ("#subsector", set(), "theme_ids"),
    ("#sector", {"code"}, ""),
    ("#sector", set(), "theme_ids"),
    ("#beneficiary", {"num"}, ""),
    ("#beneficiary", set(), "target_group_ids"),
    ("#targeted", {"type"}, "target_group_ids"),
    ("#meta", {"lang"}, "language_ids"),
    ("#modality", set(), "mode"),
    ("#loc", {"street"}, "location_street"),
    ("#loc", {"postcode"}, "location_postcode"),
    ("#loc", {"code"}, ""),
    ("#loc", set(), "location_id"),
    ("#adm5", {"served"}, "district_ids"),
    ("#adm5", {"code"}, ""),
    ("#adm5", set(), "location_district_id"),
    ("#date", {"weekly"}, "times"),
    ("#date", {"start"}, "started_on"),
    ("#date", {"end"}, "ended_on"),
    ("#date", {"assured"}, "assured_on"),
    ("#capacity", {"waiting"}, "waiting"),
    ("#capacity", {"volunteers", "active"}, "volunteers_active"),
    ("#capacity", {"volunteers", "wanted"}, "volunteers_wanted"),
    ("#capacity", set(), "capacity"),
    ("#value", {"cost"}, "cost"),
    ("#contact", {"url"}, "website"),
    ("#meta", {"source"}, "source"),
)


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
        hashtag, *attributes = re.split(r"\s*\+", tag.strip().lower())
        fitting = (name for tagged, needed, name in _FIELDS if tagged == hashtag and needed <= set(attributes))
        name = next(fitting, "")
        names.append(name if name and name not in names else tag)
    return names
