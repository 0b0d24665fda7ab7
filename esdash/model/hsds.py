"""Open Referral HSDS 3: which field of it holds which of ours, for writing and for reading.

What HSDS has no field for travels in `attributes`, as label and value.
"""

from esdash.model.fields import PLACE_PARTS
from esdash.model.kinds import BY_TABLE

OURS = "esdash:"  # before the label of an attribute that is ours
KEY = "key"  # the label of our key
STATUS = {"planned": "inactive", "active": "active", "paused": "temporarily closed", "ended": "defunct"}

# Table → our field → the field of HSDS that holds it as it stands.
FIELDS = {
    "initiative": {
        **{"name": "name", "description": "description", "website": "url", "cost": "fees_description"},
        "assured_on": "assured_date",
    },
    "organization": {
        **{"name": "name", "short_name": "alternate_name", "description": "description", "email": "email"},
        "website": "website",
    },
    "location": {"name": "name", "lat": "latitude", "lon": "longitude"},
    "contact": {"role": "title", "name": "name", "email": "email"},
}
ADDRESS = {"street": "address_1", "postcode": "postal_code"}  # of a location

# What has a form of its own in HSDS: keys, lists of languages and times, phones, the records that belong together.
_SHAPED: dict[str, set[str]] = {
    "initiative": {"organization_id", "contact_id", "location_id", *PLACE_PARTS, "language_ids", "times", "field_ids"},
    "organization": {"phone"},
    "location": {*ADDRESS},
    "contact": {"phone", "language_ids"},
}
# What the office keeps to itself, and what has been said by then: nothing that is archived leaves.
_NOT_CARRIED = {"note", "assured_by", "status"}


def attributes(table: str) -> list[str]:
    """Our fields of a table that HSDS has no place for; a new field is one of them."""
    kind = BY_TABLE[table]
    elsewhere = {kind.key, *FIELDS[table], *_SHAPED[table], *_NOT_CARRIED, *kind.personal("office")}
    return [field.name for field in kind.fields if field.name not in elsewhere]
