"""What a HSDS document contains: services, organisations and places with their parts inside, whatever its form.

A page of results, a list, a single record, and a dump of tables that refer to each other by ids become the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from esdash.inventory.importing.read.hsds.values import Record, filled, part, parts, text
from esdash.inventory.importing.read.limits import MAX_ROWS
from esdash.inventory.importing.read.notices import Notice

ORGANIZATION, SERVICE, LOCATION, AT = "organization", "service", "location", "service_at_location"
_MARKS = {  # fields that only records of this kind have, the first kind that fits counts
    AT: {"service", "location"},
    LOCATION: {"location_type", "addresses", "latitude", "transportation", "accessibility"},
    SERVICE: {"status", "organization", "organization_id", "service_at_locations", "schedules", "service_areas"},
    ORGANIZATION: {
        *("services", "website", "legal_status", "year_incorporated", "tax_status", "tax_id", "logo", "uri"),
        *("organization_identifiers", "parent_organization_id", "programs", "locations", "additional_websites"),
    },
}
# Table of a dump → the field of its parents that holds it, and the parents, the most exact first.
_CHILDREN: dict[str, tuple[str, tuple[str, ...]]] = {
    "phone": ("phones", ("contact", AT, LOCATION, SERVICE, ORGANIZATION)),
    "contact": ("contacts", (AT, LOCATION, SERVICE, ORGANIZATION)),
    "schedule": ("schedules", (AT, LOCATION, SERVICE)),
    "language": ("languages", ("phone", LOCATION, SERVICE)),
    "address": ("addresses", (LOCATION,)),
    "accessibility": ("accessibility", (LOCATION,)),
    "service_area": ("service_areas", (AT, SERVICE)),
    "required_document": ("required_documents", (SERVICE,)),
    "cost_option": ("cost_options", (SERVICE,)),
    "service_capacity": ("capacities", (SERVICE,)),
    "funding": ("funding", (SERVICE, ORGANIZATION)),
    "program": ("programs", (ORGANIZATION,)),
    "organization_identifier": ("organization_identifiers", (ORGANIZATION,)),
    "url": ("additional_urls", (SERVICE, ORGANIZATION)),
    AT: ("service_at_locations", (SERVICE,)),
}
_SINGULAR = {  # name of a table in a dump → its singular
    **{name: name for name in (*_CHILDREN, ORGANIZATION, SERVICE, LOCATION, "attribute", "taxonomy_term")},
    **{f"{name}s": name for name in (*_CHILDREN, ORGANIZATION, SERVICE, LOCATION, "attribute", "taxonomy_term")},
    **{"addresses": "address", "service_capacities": "service_capacity", "capacities": "service_capacity"},
    "accessibility_for_disabilities": "accessibility",
}
_NO_FACT = {"metadata", "last_modified"}  # what is said about the record, not by it


@dataclass
class Contents:
    """The records of a document; `twins`: id of a service → the records that share it and contradict each other."""

    services: list[Record] = field(default_factory=list)
    organizations: list[Record] = field(default_factory=list)
    locations: list[Record] = field(default_factory=list)
    twins: dict[str, list[Record]] = field(default_factory=dict)
    left: list[Notice] = field(default_factory=list)  # what could not be read or belongs to nothing


def contents(document: Any) -> Contents:
    """The records of a document. Raises ValueError for one without any."""
    found = Contents()
    for record in _records(document, found):
        _take(record, found)
    found.services = list(_told_apart(found.services, found))
    if not (found.services or found.organizations or found.locations or found.twins):
        raise ValueError("no records")
    return found


def _records(document: Any, found: Contents) -> Iterator[Any]:
    """The records of a document; those that it names by ids stand inside each other."""
    if isinstance(document, dict) and (filled(document.get("id")) or filled(document.get("name"))):
        yield document
        return
    tables: dict[str, list[Record]] = {}
    for name, value in document.items() if isinstance(document, dict) else ():
        if name in _SINGULAR and isinstance(value, list):
            tables.setdefault(_SINGULAR[name], []).extend(record for record in value if isinstance(record, dict))
    listed = document.get("contents", []) if isinstance(document, dict) else document
    listed = listed if isinstance(listed, list) else []
    told = {_told(record) for record in listed if isinstance(record, dict)} - {None}
    for record in listed:
        kind = kind_of(record) if isinstance(record, dict) else None
        if told == {ORGANIZATION} and kind == SERVICE and _told(record) is None:
            kind = ORGANIZATION  # among organisations, one of which nothing but its name is known
        if kind is None:
            yield record
        else:
            tables.setdefault(kind, []).append(record)
    _join(tables, found)
    for kind in (ORGANIZATION, LOCATION, SERVICE):
        for record in tables.get(kind, []):
            yield {"_kind": kind, **record}
    services = {text(record, "id") for record in tables.get(SERVICE, [])}
    yield from (one for one in tables.get(AT, []) if part(one, SERVICE) or text(one, "service_id") not in services)


def kind_of(record: Record) -> str | None:
    """What a record is: by its fields, else a service; None for one without id and name."""
    return _told(record) or (SERVICE if text(record, "name") and text(record, "id") else None)


def _told(record: Record) -> str | None:
    """What a record is by its fields; None where nothing tells."""
    if kind := record.get("_kind"):
        return str(kind)
    named = bool(text(record, "name"))
    for kind, marks in _MARKS.items():
        there = marks & record.keys()
        if kind == AT:
            there = set() if named else there | ({"service_id", "location_id"} & record.keys())
        if there and (kind != LOCATION or "status" not in record):
            return kind
    return None


def _take(record: Any, found: Contents) -> None:
    """Put a record where it belongs, with what stands inside it."""
    kind = kind_of(record) if isinstance(record, dict) else None
    if kind is None or not isinstance(record, dict):
        found.left.append(_unread(record))
    elif kind == SERVICE:
        if text(record, "name"):
            found.services.append(record)
        else:
            found.left.append(_unread(record))
    elif kind == LOCATION:
        found.locations.append(record)
    elif kind == AT:
        _take_at(record, found)
    else:
        inside = parts(record, "services", most=MAX_ROWS)
        own = {name: value for name, value in record.items() if name != "services"}
        if not text(own, "name"):
            found.left.append(_unread(own))
        else:
            found.organizations.append(own)
        for service in inside:
            _take({"_kind": SERVICE, "organization": own, **service}, found)


def _take_at(record: Record, found: Contents) -> None:
    """A service at a location: the service with this place, or the place alone."""
    service, place = part(record, "service"), part(record, "location")
    at = {name: value for name, value in record.items() if name not in ("service", "_kind")}
    if service:
        known = parts(service, "service_at_locations")
        same = any(text(other, "id") == text(at, "id") and text(at, "id") for other in known)
        _take({"_kind": SERVICE, **service, "service_at_locations": known if same else [*known, at]}, found)
    elif place:
        _take({"_kind": LOCATION, **place}, found)
        if text(record, "service_id"):
            _orphan(at, found)
    else:
        found.left.append(_unread(record))


def _unread(record: Any) -> Notice:
    said = record if isinstance(record, dict) else {"id": str(record)[:40]}
    return Notice("import_hsds.unread", {"id": text(said, "id") or "?", "name": text(said, "name") or "?"}, True)


def _join(tables: dict[str, list[Record]], found: Contents) -> None:
    """Put the records of a dump into the records that their ids name."""
    by_id = {
        kind: {text(record, "id"): record for record in records if text(record, "id")}
        for kind, records in tables.items()
    }
    everything = {key: record for records in by_id.values() for key, record in records.items()}
    for attribute in tables.get("attribute", []):
        if term := by_id.get("taxonomy_term", {}).get(text(attribute, "taxonomy_term_id")):
            attribute["taxonomy_term"] = term
        _attach(attribute, "attributes", [everything.get(text(attribute, "link_id"))], found)
    for kind, (name, parents) in _CHILDREN.items():
        for record in tables.get(kind, []):
            owners = [by_id.get(parent, {}).get(text(record, f"{parent}_id")) for parent in parents]
            known = [owner for owner in owners if owner is not None]
            if kind == AT:
                place = by_id.get(LOCATION, {}).get(text(record, "location_id"))
                record |= {"location": place} if place and not part(record, LOCATION) else {}
                if part(record, SERVICE) or not known:
                    continue
            _attach(record, name, known if kind == "contact" else known[:1], found)
    for service in tables.get(SERVICE, []):
        for name in (ORGANIZATION, "program"):
            owner = by_id.get(name, {}).get(text(service, f"{name}_id"))
            if owner and not part(service, name):
                service[name] = owner


def _attach(record: Record, name: str, owners: Sequence[Record | None], found: Contents) -> None:
    known = [owner for owner in owners if owner is not None]
    for owner in known:
        held = owner.get(name)
        owner[name] = held if isinstance(held, list) else []
        owner[name].append(record)
    if not known:
        _orphan(record, found)


def _orphan(record: Record, found: Contents) -> None:
    said = text(record, "name", "number", "title", "address_1", "label", "value") or text(record, "id") or "?"
    found.left.append(Notice("import_hsds.orphan", {"id": text(record, "id") or "?", "name": said}, about_one=True))


def _told_apart(services: list[Record], found: Contents) -> Iterator[Record]:
    """Each service once; those that share an id and contradict each other go to `twins`."""
    by_id: dict[str, list[Record]] = {}
    for service in services:
        key = text(service, "id")
        if not key:
            yield service
            continue
        by_id.setdefault(key, []).append(service)
    for key, same in by_id.items():
        whole = same[0]
        for other in same[1:]:
            merged = together(whole, other)
            if merged is None:
                found.twins[key] = same
                break
            whole = merged
        else:
            yield whole


def together(one: Record, other: Record) -> Record | None:
    """Two copies of a record as one that has the fields of both; None where they contradict each other."""
    whole = dict(one)
    for name, value in other.items():
        held = whole.get(name)
        if not filled(held):
            whole[name] = value
        elif not filled(value) or held == value or name in _NO_FACT:
            continue
        elif isinstance(held, list) and isinstance(value, list):
            known = {_mark(item) for item in held}
            whole[name] = [*held, *(item for item in value if _mark(item) not in known)]
        elif isinstance(held, dict) and isinstance(value, dict) and text(held, "id") == text(value, "id"):
            whole[name] = {**value, **{key: kept for key, kept in held.items() if filled(kept)}}
        else:
            return None
    return whole


def _mark(item: Any) -> str:
    """What tells two items of a list apart: their ids, else all that they say."""
    return text(item, "id") or repr(item) if isinstance(item, dict) else repr(item)
