"""Which fields a form shows, in which groups, and how wide."""

from __future__ import annotations

POINT = "point"  # latitude and longitude in one field, as maps give them

# Table → group → fields, in the order of the conversation in which somebody tells of an offer. The first group is
# open and holds all that is needed. "archived" is no field: putting aside has its own buttons (editing.set_status).
GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "initiative": {
        "what": ("name", "organization_id", "theme_ids", "target_group_ids", "description"),
        "when": ("times", "started_on", "ended_on", "status"),
        "where": ("mode", "district_ids", "location_id"),
        "many": ("capacity", "waiting", "volunteers_active", "volunteers_wanted"),
        "whom": ("language_ids", "cost"),
        "ask": ("contact_id", "website", "partner_ids"),
        "origin": ("source", "assured_on", "assured_by", "note"),
    },
    "course": {
        "what": ("name", "organization_id", "module_ids", "status", "description"),
        "content": ("level", "hours", "language_ids", "certificate"),
        "origin": ("source", "assured_on", "assured_by", "note"),
    },
    "session": {
        "what": ("course_id", "status", "starts_on", "ends_on", "begins", "ends"),
        "where": ("mode", "location_id"),
        "many": ("seats", "booked", "waiting", "cost_eur"),
        "ask": ("contact_id",),
        "origin": ("source", "assured_on", "assured_by", "note"),
    },
    "organization": {
        "what": ("name", "short_name", "kind", "description"),
        "reach": ("email", "phone", "website"),
        "address": ("street", "postcode", "district_id"),
        "origin": ("source", "assured_on", "assured_by", "note"),
    },
    "contact_point": {
        "what": ("name", "organization_id", "audiences", "opening_hours", "description"),
        "where": ("location_id",),
        "ask": ("contact_id", "website", "language_ids", "status"),
        "origin": ("source", "assured_on", "assured_by", "note"),
    },
    "contact": {
        "what": ("role", "organization_id", "language_ids", "last_reached_on"),
        "person": (
            *("name", "email", "phone", "consent_scope"),
            *("consent_on", "consent_until", "consent_source"),
        ),
        "origin": ("assured_on", "assured_by", "note"),
    },
    "location": {
        "what": ("name", "street", "postcode", "district_id", POINT, "barrier_free"),
        "origin": ("assured_on", "assured_by", "note"),
    },
}
TABLES = tuple(GROUPS)

LONG = ("description", "note")
WIDE = (*LONG, "times", "location_id", POINT)  # all others stand two in a row

# Where "asked, and there is none" is an answer that people give; elsewhere an empty list means that nobody knows.
NONE_SAID = ("partner_ids", "module_ids")
# A status that is put on a new record without asking.
FIRST_STATUS = {"session": "planned"}

# Parameters of a link to a new form → the field that they fill.
PREFILLED = {
    "organization": ("organization_id", "organization"),
    "course": ("course_id", "course"),
    "contact": ("contact_id", "contact"),
    "location": ("location_id", "location"),
}


def parts(field: str) -> tuple[str, ...]:
    """The columns that one field of the form fills."""
    return ("lat", "lon") if field == POINT else (field,)


def rows(fields: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The fields in rows: wide ones alone, others in pairs."""
    found: list[tuple[str, ...]] = []
    for field in fields:
        if found and field not in WIDE and found[-1][0] not in WIDE and len(found[-1]) == 1:
            found[-1] = (*found[-1], field)
        else:
            found.append((field,))
    return found
