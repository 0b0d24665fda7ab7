"""Open Referral HSDS 3 documents as tables for the importer: organisations, places, contacts, then initiatives.

Each table is planned and run like a spreadsheet, in this order, because initiatives refer to the others. Our own
exports carry our keys and fields in `attributes`; of a foreign document, its ids become keys and its attributes are
ignored. A person is imported only with consent stated in the document; otherwise only the function is.
"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from esdash.errors import UserError
from esdash.inventory.importing.read.cells import clean
from esdash.inventory.importing.read.limits import MAX_BYTES, MAX_OBJECTS, MAX_ROWS
from esdash.inventory.importing.read.spreadsheets import Row, Table
from esdash.model import hsds
from esdash.model.times import ICALENDAR

ENDING = ".json"
KINDS = ("organizations", "locations", "contacts", "initiatives", "contact-points")
_STATUS = {theirs: ours for ours, theirs in hsds.STATUS.items()}
_WITHOUT_TITLE = "Ansprechperson"  # the function of a contact without one

Record = dict[str, Any]


def tables(path: Path) -> dict[str, Table]:
    """Kind → table, in the order of importing, without kinds that the document does not contain.

    Raises UserError for a file that is missing, too large or not an HSDS document.
    """
    if not path.is_file():
        raise UserError("import_missing", file=path.name)
    if path.stat().st_size > MAX_BYTES:
        raise UserError("import_too_large", file=path.name, limit=MAX_BYTES // 1_000_000)
    content = path.read_bytes()
    if content.count(b"{") + content.count(b"[") > MAX_OBJECTS:
        raise UserError("import_hsds", file=path.name)
    try:
        rows = _rows(_services(json.loads(content.decode("utf-8-sig"))))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UserError("import_hsds", file=path.name) from error
    if max(map(len, rows.values())) > MAX_ROWS:
        raise UserError("import_too_many_cells", file=path.name, rows=MAX_ROWS, columns=MAX_ROWS)
    digest = hashlib.sha256(content).hexdigest()
    return {kind: _table(path.name, digest, kind, list(rows[kind].values())) for kind in KINDS if rows[kind]}


def _services(document: Any) -> list[Record]:
    """The services of a document: a page of results, a list, or a single service."""
    if isinstance(document, dict):
        document = document.get("contents", document.get("services", [document]))
    found = list(document)
    if not found or not all(isinstance(service["name"], str) and service["id"] for service in found):
        raise ValueError("no services")
    return found


def _rows(services: list[Record]) -> dict[str, dict[str, Record]]:
    """Kind → key → row; a record that several services share has one row."""
    rows: dict[str, dict[str, Record]] = {kind: {} for kind in KINDS}
    for service in services:
        organization = service.get("organization") or {}
        owner = _key(organization) if organization else None
        if owner:
            rows["organizations"].setdefault(owner, _organization(owner, organization))
        places = [at["location"] for at in service.get("service_at_locations") or [] if at.get("location")]
        for place in places[:1]:
            rows["locations"].setdefault(_key(place), _location(place))
        contacts = service.get("contacts") or []
        for contact in contacts[:1]:
            rows["contacts"].setdefault(_key(contact), _contact(contact, owner))
        links = {"organization_id": owner}
        links |= {"location_id": _key(places[0])} if places else {}
        links |= {"contact_id": _key(contacts[0])} if contacts else {}
        if _attribute(service, hsds.TABLE) == "contact_point":
            rows["contact-points"][_key(service)] = _point(service, links)
        else:
            rows["initiatives"][_key(service)] = _initiative(service, links)
    return rows


def _initiative(service: Record, links: Record) -> Record:
    return {
        "initiative_id": _key(service),
        **_plain("initiative", service),
        "status": _STATUS.get(service.get("status") or "", service.get("status")),
        "language_ids": _listed(service, "languages", "code"),
        "times": _times(service),
        "district_ids": _listed(service, "service_areas", "name") if service.get("service_areas") else None,
        **links,
        **_attributes(service),
    }


def _point(service: Record, links: Record) -> Record:
    """A contact point of our own exports; of foreign documents every service is an offer."""
    ours = _attributes(service)
    return {
        "contact_point_id": _key(service),
        **_plain("contact_point", service),
        "status": _STATUS.get(service.get("status") or "", service.get("status")),
        "language_ids": _listed(service, "languages", "code"),
        "phone": _phone(service),
        **links,
        **{name: value for name, value in ours.items() if name != hsds.TABLE},
    }


def _organization(key: str, organization: Record) -> Record:
    return {
        "organization_id": key,
        **_plain("organization", organization),
        "name": organization["name"],
        "website": organization.get("website") or organization.get("url"),
        "phone": _phone(organization),
        **_attributes(organization),
    }


def _location(location: Record) -> Record:
    address: Record = next(iter(location.get("addresses") or []), {})
    return {
        "location_id": _key(location),
        "name": location.get("name") or address.get("address_1") or _key(location),
        "lat": _number(location.get("latitude")),
        "lon": _number(location.get("longitude")),
        **{ours: address.get(theirs) for ours, theirs in hsds.ADDRESS.items()},
        **_attributes(location),
    }


def _contact(contact: Record, owner: str | None) -> Record:
    ours = _attributes(contact)
    person = {**_plain("contact", contact), "phone": _phone(contact)}
    if contact.get("name") and not ours.get("consent_scope"):
        person = {}
    role = contact.get("title") or contact.get("department") or _WITHOUT_TITLE
    row = {"contact_id": _key(contact), **person, "role": role, "language_ids": _listed(contact, "languages", "code")}
    return {**row, "organization_id": owner, **ours}


def _plain(table: str, record: Record) -> Record:
    """The fields that HSDS has under another name, with unchanged values."""
    return {ours: record.get(theirs) for ours, theirs in hsds.FIELDS[table].items()}


def _attributes(record: Record) -> Record:
    """Our fields from the attributes of our own exports; the values of a list are joined."""
    found: dict[str, list[str]] = {}
    for attribute in record.get("attributes") or []:
        label = str(attribute.get("label") or "")
        if label.startswith(hsds.OURS) and label != f"{hsds.OURS}{hsds.KEY}":
            found.setdefault(label.removeprefix(hsds.OURS), []).append(str(attribute.get("value")))
    return {name: ";".join(values) for name, values in found.items()}


def _key(record: Record) -> str:
    """Our key if the record comes from our own export, else its HSDS id."""
    return _attribute(record, hsds.KEY) or str(record["id"])


def _attribute(record: Record, name: str) -> str | None:
    """The value of one attribute of our own exports."""
    for attribute in record.get("attributes") or []:
        if attribute.get("label") == f"{hsds.OURS}{name}":
            return str(attribute["value"])
    return None


def _times(service: Record) -> str | None:
    """Weekly times in our notation, without schedules that are not weekly or have no hours."""
    schedules = service.get("schedules")
    if schedules is None:
        return None
    times = [
        f"{ICALENDAR.index(day) + 1} {schedule['opens_at'][:5]}-{schedule['closes_at'][:5]}"
        for schedule in schedules
        if schedule.get("opens_at") and schedule.get("closes_at") and schedule.get("freq", "WEEKLY") == "WEEKLY"
        for day in _days(schedule)
    ]
    return ";".join(times) or (None if schedules else "-")


def _days(schedule: Record) -> Iterator[str]:
    for day in str(schedule.get("byday") or "").split(","):
        if day.strip() in ICALENDAR:
            yield day.strip()


def _listed(record: Record, name: str, field: str) -> str | None:
    parts = record.get(name)
    return None if parts is None else ";".join(str(part[field]) for part in parts if part.get(field)) or "-"


def _phone(record: Record) -> str | None:
    return next((str(phone["number"]) for phone in record.get("phones") or [] if phone.get("number")), None)


def _number(value: Any) -> str | None:
    return None if value is None else f"{float(value):.7f}"


def _table(name: str, digest: str, kind: str, rows: list[Record]) -> Table:
    header = tuple(dict.fromkeys(field for row in rows for field in row))
    return Table(
        name=name,
        sha256=digest,
        header=header,
        header_row=0,
        rows=tuple(
            Row(number, tuple("" if row.get(field) is None else clean(str(row[field])) for field in header))
            for number, row in enumerate(rows, 1)
        ),
        sheet=kind,
    )
