"""Open Referral HSDS 3 (Human Services Data Specification): services with their organisation, place, contact and times.

One document as a HSDS server returns it for /services. What HSDS has no field for goes into `attributes`, as label
and value: our key, themes, target groups, mode, numbers of places and of volunteers, begin and end, partners, district.
Ids are UUIDs made from our keys; status, languages, weekly times, cost and web page have fields of their own.

A contact point is a service too, marked by the attribute `table`. Its hours are schedules for others, and attributes
for us, word for word.

A partner without an initiative or a contact point of its own stands in the attributes, by key and name.

It does not carry: notes, who confirmed a record, archived records, trainings, surveys, other organisations without an
initiative or a contact point, places and contacts that none of them has, absences and deputies, and people without
public consent of today.
"""

import json
import uuid
from datetime import date, time
from typing import Any

from esdash.exports.exchange import hsds_schedules
from esdash.model import entries, hsds, times
from esdash.model.kinds import BY_TABLE
from esdash.model.notation import KNOWN_TO_BE_EMPTY

_SPACE = uuid.UUID("6f0d9c1e-5c0b-4b53-9d0a-1c4a1c5e5da5")  # namespace of the UUIDs made from our keys

Record = dict[str, Any]


def hsds_file(records: dict[str, list[Record]]) -> bytes:
    """The document for the records of analysis.records.exchange; unknown values are left out, dates are ISO."""
    city = records["city"][0]["name"]
    known = {
        table: {record[f"{table}_id"]: record for record in records[table]}
        for table in ("organization", "location", "contact")
    }
    present = {record["organization_id"] for table in ("initiative", "contact_point") for record in records[table]}
    services = [_service(_with_partners(record, present, known), known, city) for record in records["initiative"]]
    services += [_point(record, known, city) for record in records["contact_point"]]
    number = len(services)
    page = {"total_items": number, "total_pages": 1, "page_number": 1, "size": number}
    document = {**page, "first_page": True, "last_page": True, "empty": not services, "contents": services}
    return (json.dumps(document, ensure_ascii=False, indent=1, default=str) + "\n").encode("utf-8")


def _with_partners(record: Record, present: set[str], known: dict[str, dict[str, Record]]) -> Record:
    """The initiative with the names of those partners that the document does not describe; archived ones stay here."""
    organizations = known["organization"]
    partners = record["partner_ids"]
    kept = partners and [partner for partner in partners if partner in organizations]
    absent = {partner: organizations[partner]["name"] for partner in kept or () if partner not in present}
    return {**record, "partner_ids": kept if kept or not partners else None, "partners_named": absent}


def _service(record: Record, known: dict[str, dict[str, Record]], city: str) -> Record:
    key = record["initiative_id"]
    service = {
        **_shared("initiative", record, known, city),
        "schedules": _schedules(record),
        "service_areas": [{"id": _id("area", f"{key}|{name}"), "name": name} for name in record["districts"] or []],
    }
    return _filled(service)


def _point(record: Record, known: dict[str, dict[str, Record]], city: str) -> Record:
    """A contact point as a service."""
    key = record["contact_point_id"]
    point = _shared("contact_point", record, known, city)
    point["phones"] = _phones(record)
    point["schedules"] = [
        {"id": _id("schedule", f"contact_point|{key}|{number}"), **schedule}
        for number, schedule in enumerate(hsds_schedules.of_hours(record))
    ] or None
    return _filled(point)


def _shared(table: str, record: Record, known: dict[str, dict[str, Record]], city: str) -> Record:
    """What offers and contact points have in common: organisation, place, contact, languages, attributes."""
    key = record[f"{table}_id"]
    service = {
        "id": _id(table, key),
        **_plain(table, record),
        "status": hsds.STATUS[record["status"]],
        "organization": _organization(known["organization"].get(record["organization_id"])),
        "languages": _languages(key, record["language_ids"]),
        "attributes": _attributes(table, key, record),
    }
    place = known["location"].get(record["location_id"])
    if place:
        at = {"id": _id("at", key if table == "initiative" else f"{table}|{key}"), "location": _location(place, city)}
        service["service_at_locations"] = [at]
    contact = known["contact"].get(record["contact_id"])
    if contact:
        service["contacts"] = [_contact(contact)]
    return service


def _organization(record: Record | None) -> Record | None:
    if record is None:
        return None
    key = record["organization_id"]
    organization = {
        "id": _id("organization", key),
        **_plain("organization", {**record, "description": record["description"] or ""}),
        "phones": _phones(record),
        "attributes": _attributes("organization", key, record),
    }
    return _filled(organization)


def _location(record: Record, city: str) -> Record:
    key = record["location_id"]
    # HSDS requires every part of an address; an unknown part is empty, and the import reads it as unknown.
    address = {theirs: record[ours] or "" for ours, theirs in hsds.ADDRESS.items()}
    address |= {"city": city, "state_province": "", "country": "DE", "address_type": "physical"}
    there = {"id": _id("address", key), **address}
    location = {
        "id": _id("location", key),
        "location_type": "physical",
        **_plain("location", record),
        "addresses": [there] if record["street"] or record["postcode"] else None,
        "attributes": _attributes("location", key, record),
    }
    return _filled(location)


def _contact(record: Record) -> Record:
    key = record["contact_id"]
    shared = "public" if record["name"] or record["email"] or record["phone"] else None
    contact = {
        "id": _id("contact", key),
        **_plain("contact", record),
        "phones": _phones(record),
        "languages": _languages(key, record["language_ids"]),
        "attributes": _attributes("contact", key, {**record, "consent_scope": shared}),
    }
    return _filled(contact)


def _schedules(record: Record) -> list[Record] | None:
    """One weekly schedule per time; None if the times are unknown, empty if there are none."""
    if record["times"] is None:
        return None
    return [
        {
            "id": _id("schedule", f"{record['initiative_id']}|{number}"),
            "freq": "WEEKLY",
            "byday": times.ICALENDAR[entry["weekday"] - 1],
            "opens_at": _value(entry["begins"]),
            "closes_at": _value(entry["ends"]),
        }
        for number, entry in enumerate(record["times"])
    ]


def _languages(key: str, codes: list[str] | None) -> list[Record] | None:
    return None if codes is None else [{"id": _id("language", f"{key}|{code}"), "code": code} for code in codes]


def _phones(record: Record) -> list[Record] | None:
    return [{"id": _id("phone", record["phone"]), "number": record["phone"]}] if record["phone"] else None


def _uri(website: str | None) -> str | None:
    """A web address with its scheme, as HSDS requires; people often leave it out."""
    return website if website is None or "://" in website else f"https://{website}"


def _plain(table: str, record: Record) -> Record:
    """The fields that HSDS has under another name, with unchanged values."""
    found = {theirs: record[ours] for ours, theirs in hsds.FIELDS[table].items()}
    return {theirs: _uri(value) if theirs in ("url", "website") else value for theirs, value in found.items()}


def _attributes(table: str, key: str, record: Record) -> list[Record]:
    """Values without a field in HSDS: single values, then lists item by item. Also a web page that was entered
    without its scheme."""
    entity = "service" if table in ("initiative", "contact_point") else table
    names = hsds.attributes(table)
    if "website" in hsds.FIELDS[table] and _uri(record["website"]) != record["website"]:
        names.append("website")
    lists = [name for name in names if BY_TABLE[table].field(name).is_list]
    kind = [(hsds.TABLE, table)] if table == "contact_point" else []
    labelled = [(hsds.KEY, key), *kind, *((name, record[name]) for name in names if name not in lists)]
    labelled += [(name, part) for name in lists for part in _parts(record[name])]
    named = [(f"{hsds.PARTNER}{key}", name) for key, name in record.get("partners_named", {}).items()]
    return [
        {
            "id": _id("attribute", f"{table if table == 'contact_point' else entity}|{key}|{number}"),
            "link_entity": entity,
            "link_id": _id(table, key),
            "label": label,
            "value": _value(value),
        }
        for number, (label, value) in enumerate(
            [*((f"{hsds.OURS}{name}", value) for name, value in labelled if value is not None), *named]
        )
    ]


def _parts(values: list[str] | None) -> list[str]:
    """The items of a list; a list that is known to be empty has one item that says so."""
    return [] if values is None else values or [KNOWN_TO_BE_EMPTY]


def _value(value: Any) -> str:
    if entries.kind_of(value):
        return entries.written(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return value.isoformat() if isinstance(value, date) else str(value)


def _filled(record: Record) -> Record:
    return {name: value for name, value in record.items() if value is not None}


def _id(kind: str, key: str) -> str:
    return str(uuid.uuid5(_SPACE, f"{kind}|{key}"))
