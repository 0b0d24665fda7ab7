"""The kinds of records, each with its fields in the order in which forms and pages show them.

A field is declared here once; its words stand in words.toml. Form, record page, list, comparison, preview, template,
history, exchange and the rules for personal data follow from it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from esdash.model.fields import REFERRING, Field, Kind, Words, target_of

_CONTINUING = ("active", "paused", "planned", "ended", "archived")
_DATED = ("planned", "confirmed", "held", "cancelled", "archived")
_KEPT = ("active", "archived")

_NAME = Field("name", "text", "what", required=True, compared_as="name")
_ORGANIZATION = Field("organization_id", "reference", "what", required=True, compared_as="organization")
_DESCRIPTION = Field("description", "text", "what", "left", wide=True, compared_as="description")
_WEBSITE = Field("website", "website", "ask", "right", compared_as="website")
_LANGUAGES = Field("language_ids", "references", "whom", "left")
_CONTACT = Field("contact_id", "reference", "ask", "left")
_EMAIL = Field("email", "email", "reach", "right", compared_as="email")
_PHONE = Field("phone", "text", "reach", "right", compared_as="phone")
_STATUS = Field("status", "choice", "what", ids=_CONTINUING, first="active")
_STATUS_KEPT = Field("status", "choice", ids=_KEPT, first="active")  # in no form: archiving has its own buttons
_SUCCESSOR = Field("", "reference", example=False)  # in no form: archiving asks for it
_NOTE = Field("note", "text", "origin", "right", wide=True, missing="word.no_entry", example=False)
_CONFIRMED = (
    Field("assured_on", "date", "origin"),
    Field("assured_by", "text", "origin", part_of="assured_on"),
)
_ORIGIN = (Field("source", "text", "origin", "right"), *_CONFIRMED, _NOTE)
_PLACE = (  # either the name of a location, or an address
    Field("location_id", "place", "where", "left", wide=True, compared_as="address"),
    Field("location_street", "text", stored=False),
    Field("location_postcode", "postcode", stored=False),
    Field("location_district_id", "reference", target="district", stored=False),
    Field("location_house_number", "text", stored=False),
    Field("location_lat", "coordinate", stored=False),
    Field("location_lon", "coordinate", stored=False),
)
_HOURS = (  # every week and in weeks of the month; every second week; besides or instead by appointment
    Field("opening_hours", "opening", "when", "left", wide=True),
    Field("fortnightly", "fortnightly", "when", "left", wide=True, missing="word.no_entry"),
    Field("appointment", "choice", "when", "left", ids=("none", "possible", "required")),
)


def _address(group: str) -> tuple[Field, ...]:
    return (
        Field("street", "text", group, "left", compared_as="address"),
        Field("postcode", "postcode", group, "left", part_of="street"),
        Field("district_id", "reference", group, "left"),
        Field("house_number", "text", stored=False),
    )


ORGANIZATION = Kind(
    "organizations",
    "organization",
    (
        _NAME,
        Field("short_name", "text", "what", "left"),
        Field("kind", "text", "what", "left"),
        _DESCRIPTION,
        _EMAIL,
        _PHONE,
        replace(_WEBSITE, group="reach"),
        *_address("address"),
        _STATUS_KEPT,
        *_ORIGIN,
    ),
    same_by=("name",),
    mergeable=True,
    followed_by="initiative",
)

INITIATIVE = Kind(
    "initiatives",
    "initiative",
    (
        _NAME,
        _ORGANIZATION,
        Field("theme_ids", "references", "what", "left"),
        Field("field_ids", "references", target="theme", stored=False),  # fields of action, which become themes
        Field("target_group_ids", "references", "what", "left"),
        _DESCRIPTION,
        Field("times", "times", "when", "left", wide=True, compared_as="times"),
        *(Field(name, "text", stored=False) for name in ("weekday", "begins_at", "ends_at")),  # times in columns apart
        Field("started_on", "date", "when", "right", compared_as="begins"),
        Field(
            *("ended_on", "date", "when", "right"),
            missing="detail.open_end",
            missing_if=("status", ("active",)),
            example=False,
        ),
        replace(_STATUS, group="when"),
        Field("mode", "choice", "where", "left", ids=("on_site", "mobile", "online")),
        Field("district_ids", "references", "where", "left", missing="detail.not_limited", example=False),
        *_PLACE,
        Field("capacity", "integer", "many", "right"),
        Field("waiting", "integer", "many", "right"),
        Field("volunteers_active", "integer", "many", "right"),
        Field("volunteers_wanted", "integer", "many", "right"),
        Field("without_commitment", "boolean", "many", "right", filtered=True),
        Field("little_german", "boolean", "many", "right", filtered=True),
        _LANGUAGES,
        Field("childcare", "boolean", "whom", "left", filtered=True),
        Field("cost", "text", "whom", "right"),
        _CONTACT,
        _WEBSITE,
        Field("partner_ids", "references", "ask", "right", target="organization", empty_said=True, example=False),
        Field("asked_on", "date", "origin", "right", missing="word.no_entry", example=False),
        *_ORIGIN,
    ),
    same_by=("organization_id", "name"),
    mergeable=True,
)

COURSE = Kind(
    "courses",
    "course",
    (
        _NAME,
        _ORGANIZATION,
        Field("module_ids", "references", "what", "left", empty_said=True, compared_as="modules"),
        _STATUS,
        _DESCRIPTION,
        Field("level", "choice", "content", "left", ids=("basic", "advanced")),
        Field("hours", "decimal", "content", "left"),
        replace(_LANGUAGES, group="content"),
        Field("certificate", "text", "content", "right"),
        *_ORIGIN,
    ),
    same_by=("organization_id", "name"),
    mergeable=True,
    followed_by="session",
)

SESSION = Kind(
    "sessions",
    "session",
    (
        Field("course_id", "reference", "what", "left", required=True),
        Field("organization_id", "reference", stored=False),  # of the course: tells apart courses of the same name
        replace(_STATUS, ids=_DATED, first="planned"),
        Field("starts_on", "date", "what", "left", required=True),
        Field("ends_on", "date", "what", "left", example=False),
        Field("span", "span", stored=False),  # begin and end in one cell
        Field("begins", "time", "what", "left", example=False),
        Field("ends", "time", "what", "left", example=False),
        Field("mode", "choice", "where", "left", ids=("on_site", "online")),
        *_PLACE,
        Field("seats", "integer", "many", "right"),
        Field("booked", "integer", "many", "right"),
        Field("waiting", "integer", "many", "right"),
        Field("cost_eur", "decimal", "many", "right"),
        _CONTACT,
        *_ORIGIN,
    ),
    same_by=("course_id", "starts_on"),
    same_if_given=("begins",),
    named_by=("course_id", "starts_on"),
)

CONTACT_POINT = Kind(
    "contact-points",
    "contact_point",
    (
        _NAME,
        _ORGANIZATION,
        Field("audiences", "choices", "what", "left", ids=("volunteers", "newcomers")),
        Field("theme_ids", "references", "what", "left"),
        _DESCRIPTION,
        *_HOURS,
        Field(
            *("appointment_url", "website", "when", "left"),
            missing="word.no_entry",
            missing_if=("appointment", ("none",)),
            example=False,
        ),
        Field("holiday_hours", "choice", "when", "left", ids=("closed", "open", "ask")),
        Field("closures", "periods", "when", "left", wide=True, missing="word.no_entry"),
        Field("hours_note", "text", "when", "left", wide=True, missing="word.no_entry", example=False),
        Field("hours_assured_on", "date", "when", "left", missing="hours.as_record", example=False),
        *_PLACE,
        _CONTACT,
        replace(_PHONE, group="ask", missing="word.no_entry"),  # of the place or its function: no person's
        replace(_EMAIL, group="ask", missing="word.no_entry"),
        _WEBSITE,
        replace(_LANGUAGES, group="ask"),
        replace(_STATUS, group="ask"),
        replace(_SUCCESSOR, name="successor_contact_point_id", target="contact_point"),
        *_ORIGIN,
    ),
    same_by=("organization_id", "name"),
    mergeable=True,
)

# First a function; the person behind it needs consent.
CONTACT = Kind(
    "contacts",
    "contact",
    (
        Field("role", "text", "what", required=True),
        replace(_ORGANIZATION, compared_as=""),
        replace(_LANGUAGES, group="what"),
        *(replace(field, missing="hours.as_place") for field in _HOURS),
        Field("last_reached_on", "date", "what", "left"),
        Field(
            *("deputy_contact_id", "reference", "what", "left"),
            target="contact",
            missing="word.no_entry",
            example=False,
        ),
        Field(
            *("absences", "periods", "what", "left"),
            wide=True,
            missing="word.no_entry",
            personal="office",
            example=False,
        ),
        replace(_SUCCESSOR, name="successor_contact_id", target="contact"),
        Field("name", "text", "person", "left", personal="person"),
        replace(_EMAIL, group="person", page="left", personal="person"),
        replace(_PHONE, group="person", page="left", personal="person"),
        Field("consent_scope", "choice", "person", "right", ids=("internal", "public"), personal="consent"),
        Field("consent_on", "date", "person", "right", personal="consent"),
        Field(
            *("consent_until", "date", "person", "right"),
            missing="record.no_expiry",
            missing_if=("consent_scope", ("internal", "public")),
            personal="consent",
            example=False,
        ),
        Field("consent_source", "text", "person", "right", personal="office"),
        _STATUS_KEPT,
        *_CONFIRMED,
        replace(_NOTE, personal="office"),
    ),
    same_by=("organization_id", "role"),
    same_if_given=("name",),
    named_by=("organization_id", "role"),
)

LOCATION = Kind(
    "locations",
    "location",
    (
        _NAME,
        *_address("what"),
        Field("lat", "coordinate", "what", "right"),
        Field("lon", "coordinate", "what", "right", part_of="lat"),
        Field("barrier_free", "boolean", "what", "left"),
        Field("directions", "text", "what", "left", wide=True),
        replace(_SUCCESSOR, name="successor_location_id", target="location"),
        _STATUS_KEPT,
        *_CONFIRMED,
        _NOTE,
    ),
    same_by=("name",),
    mergeable=True,
)

SURVEY = Kind(
    "surveys",
    "survey",
    (
        Field("theme_id", "reference", required=True),
        Field("district_id", "reference", required=True),
        Field("state", "choice", required=True, ids=("surveyed", "not_applicable")),
        Field("surveyed_on", "date"),
        Field("surveyed_by", "text"),
        Field("method", "text"),
        Field("reason", "text"),
    ),
    same_by=("theme_id", "district_id"),
)


def _split(written: str) -> Words:
    """ "Träger | Anbieter / provider" as words."""
    german, english = (tuple(word.strip() for word in part.split("|")) for part in written.split(" / "))
    return Words(german, english)


def _read(tree: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _read(part) if isinstance(part, Mapping) else _split(part) for name, part in tree.items()}


_WORDS = _read(tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8")))
NAMES: Mapping[str, Words] = _WORDS["kind"]  # table → one, several
CHOICES: Mapping[str, Mapping[str, Words]] = _WORDS["choice"]  # field → id → words


def _called(kind: Kind) -> Kind:
    """The kind with its key as first field, and each field with its words, target and choices."""
    words = _WORDS["every"] | _WORDS[kind.table]
    # Only the full header means our key: a plain "ID" or "Nr." in a file is usually the sender's own number.
    fields = (Field(kind.key, "key", example=False), *kind.fields)
    named = {"names": NAMES[kind.table], "listed": _WORDS["list"][kind.table]}
    return replace(kind, fields=tuple(_of(field, words[field.name]) for field in fields), **named)


def _of(field: Field, headings: Words) -> Field:
    target = field.target or (target_of(field.name) if field.type in REFERRING else "")
    choices = {our_id: CHOICES[field.name][our_id] for our_id in field.ids}
    return replace(field, headings=headings, target=target, choices=choices)


_ALL = (ORGANIZATION, INITIATIVE, COURSE, SESSION, CONTACT_POINT, CONTACT, LOCATION, SURVEY)
KINDS = {kind.name: _called(kind) for kind in _ALL}  # in the order of importing: no kind refers to a later one
BY_TABLE = {kind.table: kind for kind in KINDS.values()}
# Tables that the office enters and maintains by hand, the most used first.
TABLES = ("initiative", "course", "session", "organization", "contact_point", "contact", "location")
HEADERS = frozenset(header for kind in KINDS.values() for field in kind.fields for header in field.headers)
