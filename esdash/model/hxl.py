"""HXL: the tags of a 3W table (who does what where), for export and import."""

import re
from dataclasses import dataclass

from esdash.model.fields import Field
from esdash.model.kinds import BY_TABLE

_PLAIN = {"list", "num", "name", "type"}  # attributes about the notation of a column, not its content


@dataclass(frozen=True)
class Column:
    """One column: heading for people, tag for programs, where records.exchange() has it, and our field."""

    heading: str
    tag: str
    shown: str
    field: str


_NAMED = (
    Column("id", "#activity+id", "initiative_id", "initiative_id"),
    Column("Who", "#org+name", "organization", "organization_id"),
    Column("With whom", "#org+partner+list", "partners", "partner_ids"),
    Column("What", "#activity+name", "name", "name"),
    Column("Description", "#description", "description", "description"),
    Column("Status", "#status", "status", "status"),
    Column("Theme", "#sector+list", "themes", "theme_ids"),
    Column("For whom", "#beneficiary+type+list", "target_groups", "target_group_ids"),
    Column("Languages", "#meta+lang+list", "languages", "language_ids"),
    Column("Mode", "#modality", "mode", "mode"),
    Column("Where", "#loc+name", "place", "location_id"),
    Column("Street", "#loc+street", "street", "location_street"),
    Column("Postcode", "#loc+postcode", "postcode", "location_postcode"),
    Column("District", "#adm5+name", "district", "location_district_id"),
    Column("Districts served", "#adm5+served+list", "districts", "district_ids"),
    Column("Latitude", "#geo+lat", "lat", ""),
    Column("Longitude", "#geo+lon", "lon", ""),
    Column("Weekly times", "#date+weekly+list", "times", "times"),
    Column("Places per week", "#capacity+num", "capacity", "capacity"),
    Column("Waiting", "#capacity+waiting", "waiting", "waiting"),
    Column("Volunteers active", "#capacity+volunteers+active", "volunteers_active", "volunteers_active"),
    Column("Volunteers wanted", "#capacity+volunteers+wanted", "volunteers_wanted", "volunteers_wanted"),
    Column("Begin", "#date+start", "started_on", "started_on"),
    Column("End", "#date+end", "ended_on", "ended_on"),
    Column("Cost", "#value+cost", "cost", "cost"),
    Column("Web page", "#contact+url", "website", "website"),
    Column("Source", "#meta+source", "source", "source"),
    Column("Confirmed on", "#date+assured", "assured_on", "assured_on"),
)
_NOT_CARRIED = {"contact_id", "note", "assured_by", "field_ids"}  # persons, and internal fields


def _own(field: Field) -> Column:
    """The column of a field of initiatives that COLUMNS does not list."""
    return Column(field.headings.english[0].capitalize(), f"#activity+{field.name}", field.name, field.name)


_ELSEWHERE = {column.field for column in _NAMED} | _NOT_CARRIED
COLUMNS = (*_NAMED, *(_own(field) for field in BY_TABLE["initiative"].fields if field.name not in _ELSEWHERE))
# Tags that others use for our fields, and tags that look like ours but hold the sender's codes and numbers.
_OF_OTHERS = {
    **{"#activity+code": "initiative_id", "#org+impl": "partner_ids", "#subsector": "theme_ids"},
    **{"#targeted+type": "target_group_ids"},
    **dict.fromkeys(("#org+code", "#sector+code", "#beneficiary+num", "#loc+code", "#adm5+code"), ""),
}


def parts(tag: str) -> tuple[str, set[str]]:
    """Hashtag and attributes: "#org +Name" → "#org", {"name"}."""
    hashtag, *attributes = re.split(r"\s*\+", tag.strip().lower())
    return hashtag, set(attributes)


def _meanings() -> list[tuple[str, set[str], str]]:
    ours = ((*parts(column.tag), column.field) for column in COLUMNS)
    found = [(hashtag, attributes - _PLAIN, field) for hashtag, attributes, field in ours]
    found += [(*parts(tag), field) for tag, field in _OF_OTHERS.items()]
    return sorted(found, key=lambda meaning: -len(meaning[1]))


# Hashtag, attributes that it must have, our field (empty: not imported); the first entry that fits a tag counts.
MEANINGS = _meanings()
