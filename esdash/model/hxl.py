"""HXL: the tags of a 3W table (who does what where), for export and import."""

import re
from collections.abc import Iterable
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
_FIELDS = (field for field in BY_TABLE["initiative"].fields if field.stored and field.name not in _ELSEWHERE)
COLUMNS = (*_NAMED, *map(_own, _FIELDS))
# Tags that others use for our fields, and tags that look like ours but hold the sender's codes and numbers.
_OF_OTHERS = {
    **{"#activity+code": "initiative_id", "#org+impl": "partner_ids", "#subsector": "theme_ids"},
    **{"#targeted+type": "target_group_ids"},
    **dict.fromkeys(("#org+code", "#org+funder", "#sector+code", "#beneficiary+num", "#loc+code", "#adm5+code"), ""),
}


def parts(tag: str) -> tuple[str, set[str]]:
    """Hashtag and attributes: "#org +Name" → "#org", {"name"}."""
    hashtag, *attributes = re.split(r"\s*\+", tag.strip().lower())
    return hashtag, set(attributes)


Meaning = tuple[str, set[str], str]
# What a list of organisations, of places or of contact points says with the same tags. The sender's codes are no keys.
_ADDRESS = {"#loc+street": "street", "#loc+postcode": "postcode", "#adm5+name": "district_id"}
_REACHED = {"#contact+email": "email", "#contact+phone": "phone", "#contact+url": "website"}
_TOLD = {"#description": "description", "#meta+source": "source", "#date+assured": "assured_on", "#status": "status"}
_OTHER_KINDS: dict[str, dict[str, str]] = {
    "organization": {
        **{"#org+name": "name", "#org+acronym": "short_name", "#org+short": "short_name", "#org+type": "kind"},
        **{"#org+code": "", "#org+id": "", "#org+num": ""},
        **(_ADDRESS | _REACHED | _TOLD),
    },
    "location": {
        **{"#loc+name": "name", "#geo+lat": "lat", "#geo+lon": "lon", "#loc+code": "", "#loc+id": "", "#loc+type": ""},
        **_ADDRESS,
    },
    "contact_point": {
        **{"#loc+name": "name", "#org+name": "organization_id", "#sector+list": "theme_ids", "#org+code": ""},
        **{"#loc+street": "location_street", "#loc+postcode": "location_postcode", "#org+id": "", "#loc+code": ""},
        **{"#adm5+name": "location_district_id", "#meta+lang+list": "language_ids", "#loc+id": "", "#loc+type": ""},
        **(_REACHED | _TOLD),
    },
}


def _meanings(table: str) -> list[Meaning]:
    if table == "initiative":
        found = [(*parts(column.tag), column.field) for column in COLUMNS]
        pairs = [(hashtag, attributes - _PLAIN, field) for hashtag, attributes, field in found]
        pairs += [(*parts(tag), field) for tag, field in _OF_OTHERS.items()]
    else:
        pairs = []
        for tag, field in _OTHER_KINDS[table].items():
            hashtag, attributes = parts(tag)
            pairs.append((hashtag, attributes - _PLAIN if field else attributes, field))
    return sorted(pairs, key=lambda meaning: -len(meaning[1]))


# Table → hashtag, attributes that it must have, our field (empty: not imported); the first that fits a tag counts.
MEANINGS = {table: _meanings(table) for table in ("initiative", *_OTHER_KINDS)}
_OF_OFFERS = {"#activity", "#service", "#sector", "#subsector", "#modality", "#beneficiary", "#targeted", "#reached"}


def table_of(tags: Iterable[str]) -> str:
    """The table that tagged columns are about: who does what where, else places, else organisations; "": none."""
    hashtags = {parts(tag)[0] for tag in tags}
    if hashtags & _OF_OFFERS:
        return "initiative"
    if "#loc" in hashtags and any(parts(tag) == ("#loc", {"name"}) for tag in tags):
        return "contact_point" if "#org" in hashtags else "location"
    return "organization" if "#org" in hashtags else ""
