"""Open Referral HSDS 3: which of its fields holds which of ours, for export and import.

What HSDS has no field for is written into its `attributes`, as label and value.
"""

from esdash.model.fields import APART, PLACE_PARTS
from esdash.model.kinds import BY_TABLE

OURS = "esdash:"  # prefix of the labels of our attributes
KEY = "key"  # the label of our key
TABLE = "table"  # the label of our table, where a service is no offer
PARTNER = f"{OURS}partner:"  # label, before the key, of the name of a partner that the document does not describe
STATUS = {"planned": "inactive", "active": "active", "paused": "temporarily closed", "ended": "defunct"}

# Table → our field → the HSDS field that holds the same value unchanged.
FIELDS = {
    "initiative": {
        **{"name": "name", "description": "description", "website": "url", "cost": "fees_description"},
        "assured_on": "assured_date",
    },
    "contact_point": {
        **{"name": "name", "description": "description", "website": "url", "email": "email"},
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

# Fields that HSDS writes in another form: keys, lists of languages and times, phones, links between records.
_SHAPED: dict[str, set[str]] = {
    "initiative": {
        "organization_id",
        "contact_id",
        "location_id",
        *PLACE_PARTS,
        *APART,
        "language_ids",
        "times",
        "field_ids",
    },
    "contact_point": {"organization_id", "contact_id", "location_id", *PLACE_PARTS, *APART, "language_ids", "phone"},
    "organization": {"phone", *APART},
    "location": {*ADDRESS, *APART},
    "contact": {"phone", "language_ids"},
}
# Fields that are not exported: internal ones, and the status of being archived, because archived records stay here.
_NOT_CARRIED = {"note", "assured_by", "status"} | {"absences", "deputy_contact_id"}
_NOT_CARRIED |= {f"successor_{table}_id" for table in ("contact", "contact_point", "location")}


def attributes(table: str) -> list[str]:
    """Our stored fields of a table that HSDS has no field for; a new field counts as one until it is listed above."""
    kind = BY_TABLE[table]
    elsewhere = {kind.key, *FIELDS[table], *_SHAPED[table], *_NOT_CARRIED, *kind.personal("office")}
    return [field.name for field in kind.fields if field.stored and field.name not in elsewhere]
