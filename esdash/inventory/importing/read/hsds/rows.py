"""The rows that the records of a HSDS document become: organisations, places, contacts, offers and contact points."""

from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from esdash.inventory.importing.read.hsds import facts, schedules, shapes
from esdash.inventory.importing.read.hsds.document import Contents, together
from esdash.inventory.importing.read.hsds.facts import Source, phones, sort_out
from esdash.inventory.importing.read.hsds.values import Record, filled, part, parts, text, written
from esdash.model import hsds
from esdash.texts import Text

KINDS = ("organizations", "locations", "contacts", "initiatives", "contact-points")
_STATUS = {theirs: ours for ours, theirs in hsds.STATUS.items()}
_DE = Text()
_ZONE = ZoneInfo("Europe/Berlin")  # until the city says its own (importing/documents.py)
_INSIDE = {"organization", "service", "location", "service_at_locations", "contacts", "attributes", "languages"}
_OF_SEAT = {"id", "name", "addresses", "location_type", "organization_id", "metadata"}  # an address is all that is read
_OF_PERSON = ("name", "email", "phones")


@dataclass
class Made:
    """One row before it is a table: our fields as texts, the foreign side, and a fault of the record as a whole."""

    cells: Record
    source: Source
    faults: list[tuple[str, str, dict[str, object]]] = field(default_factory=list)  # field, error.<key>, its values


Rows = dict[str, dict[str, Made]]  # kind → key within the document → row


class Builder:
    """Collects the rows of a document; a record that several services share has one row."""

    def __init__(self, today: date) -> None:
        self._today = today
        self.rows: Rows = {kind: {} for kind in KINDS}
        self._offered: set[str] = set()  # ids of the places of offers

    def build(self, contents: Contents) -> Rows:
        """All rows of a document."""
        at = [part(one, "location") for each in contents.services for one in parts(each, "service_at_locations")]
        self._offered = {text(place, "id") for place in (*at, *contents.locations) if text(place, "id")}
        for organization in contents.organizations:
            self._organization(organization)
        for service in contents.services:
            self._service(service)
        for key, twins in contents.twins.items():
            self._twins(key, twins)
        for place in contents.locations:
            self._location(place, "")
        return self.rows

    def _twins(self, key: str, twins: list[Record]) -> None:
        """Services that share an id: each is a fault that names them all, and none is imported."""
        names = ", ".join(f"„{text(twin, 'name')}“" for twin in twins)
        for number, twin in enumerate(twins):
            made = self._service({**twin, "id": f"{key}\n{number}"})
            made.source.id = key
            made.cells.pop("initiative_id", None)
            made.faults.append(("name", "import_hsds_same_id", {"id": key, "names": names}))

    def _service(self, service: Record) -> Made:
        source = Source(text(service, "id"), text(service, "name"), ours=shapes.is_ours(service))
        owner = part(service, "organization")
        if owner:
            owner_ref = self._organization(owner)
            source.organization = owner_ref, text(owner, "name")
        else:
            owner_ref = text(service, "organization_id")
            source.organization = owner_ref, ""
        point = shapes.attribute(service, hsds.TABLE) == "contact_point"
        table = "contact_point" if point else "initiative"
        cells: Record = {
            f"{table}_id": shapes.key_of(service),
            **shapes.plain(table, service, source),
            "organization_id": owner_ref,
        }
        cells["status"] = _STATUS.get(text(service, "status"), text(service, "status"))
        at = parts(service, "service_at_locations")
        virtual = self._places(service, at, cells, source)
        self._contacts(service, at, cells, source)
        source.languages = shapes.languages(service, source)
        cells["language_ids"] = shapes.joined(source.languages)
        known = {*_INSIDE, *hsds.FIELDS[table].values(), "status", "phones", "schedules", "service_areas"}
        if point:
            cells["phone"] = phones(service, source)
            sort_out(service, source, facts.OF_POINT, known)
        else:
            self._offer(service, at, virtual, cells, source)
            sort_out(service, source, facts.OF_SERVICE, {*known, "fees", "cost_options"})
        facts.of_others(parts(service, "attributes"), source, hsds.OURS)
        cells["description"] = "\n\n".join(filter(None, [cells.get("description"), "\n".join(source.description)]))
        cells |= {name: value for name, value in shapes.attributes(service).items() if name != hsds.TABLE}
        for partner, name in shapes.partners(service):
            row = {"organization_id": partner, "name": name}
            self.rows["organizations"].setdefault(partner, Made(row, Source("", name, ours=True)))
        return self._add("contact-points" if point else "initiatives", service, cells, source)

    def _offer(self, service: Record, at: list[Record], virtual: str, cells: Record, source: Source) -> None:
        """What only offers have: times, cost, district, a form."""
        phones(service, source, with_field=False)
        if virtual:
            cells["mode"] = "online"
            cells["website"] = cells.get("website") or virtual.strip()
            if virtual.strip() not in ("", cells["website"]):
                source.left_out("virtual_url", virtual)
        cells["cost"] = shapes.cost(service, source, self._today)
        source.schedules = shapes.schedules_of(service, at, source)
        if source.schedules is not None:
            cells["times"] = ";".join(schedules.read(source.schedules, self._today, _ZONE).times)
        source.areas = shapes.areas(service, at, source)
        cells["district_ids"] = ";".join(source.areas or [])

    def _places(self, service: Record, at: list[Record], cells: Record, source: Source) -> str:
        """The first place becomes the offer's, others are named; returns the address of an online place, " " for none.

        "" means that the offer has a place, or that nothing is said.
        """
        found, online = "", ""
        for one in at:
            place = part(one, "location")
            if not place:
                if text(one, "location_id"):
                    cells.setdefault("location_id", text(one, "location_id"))
                continue
            kind = text(place, "location_type").lower()
            if kind == "virtual":
                online = online or text(place, "url") or " "
                if len(at) > 1 or text(place, "name").lower() not in ("", "online"):
                    source.left_out("place_online", [text(place, "name"), text(place, "url")])
            elif kind == "postal":
                source.left_out("place_postal", shapes.place_line(place))
            elif not found:
                found, source.place = self._location(place, source.name)
                cells["location_id"] = found
            else:
                source.tell("place_more", place=text(place, "id") or "?", said=shapes.place_line(place))
            self._at_location(one, place, source)
        return "" if found else online

    def _at_location(self, at: Record, place: Record, source: Source) -> None:
        """What is said of the offer at this place."""
        where = text(place, "name")
        if said := text(at, "description"):
            source.keep(facts.NOTE, "at_location", f"{where}: {said}" if where else said)
        phones(at, source, with_field=False)
        known = {"location", "contacts", "phones", "schedules", "service_areas", "description", "service"}
        sort_out({n: v for n, v in at.items() if n != "attributes"}, source, (), known)
        facts.of_others(parts(at, "attributes"), source, hsds.OURS)

    def _contacts(self, service: Record, at: list[Record], cells: Record, source: Source) -> None:
        """The first contact becomes the offer's; others with a function are contacts of the organisation."""
        listed = [*parts(service, "contacts"), *(one for place in at for one in parts(place, "contacts"))]
        seen: set[str] = set()
        for contact in listed:
            key = shapes.key_of(contact) or written(contact)
            if key in seen:
                continue
            seen.add(key)
            if len(seen) == 1 and source.organization[0]:
                cells["contact_id"], source.contact = self._contact(contact, source.organization)
            else:
                self._more_contact(contact, source)

    def _more_contact(self, contact: Record, source: Source) -> None:
        role = text(contact, "title", "department")
        if not role or not source.organization[0]:
            source.left_out("contact", [text(contact, "id"), role])
            return
        self._contact(contact, source.organization)
        source.tell("contact_more", contact=text(contact, "id") or "?", role=role)

    def _organization(self, organization: Record) -> str:
        """The reference to an organisation, whose row is added."""
        source = Source(text(organization, "id"), text(organization, "name"), ours=shapes.is_ours(organization))
        cells: Record = {
            "organization_id": shapes.key_of(organization),
            **shapes.plain("organization", organization, source),
        }
        cells["website"] = text(organization, "website", "url")
        cells["phone"] = phones(organization, source)
        cells["kind"] = text(organization, "legal_status")
        known = {*_INSIDE, *hsds.FIELDS["organization"].values(), "url", "phones", "legal_status", "locations"}
        sort_out(organization, source, facts.OF_ORGANIZATION, known)
        facts.of_others(parts(organization, "attributes"), source, hsds.OURS)
        cells |= shapes.attributes(organization)
        self._seat(organization, cells, source)
        made = self._add("organizations", organization, cells, source)
        key = made.cells["organization_id"] or source.name
        for contact in parts(organization, "contacts"):
            if text(contact, "title", "department"):
                self._contact(contact, (key, source.name))
            else:
                source.left_out("contact", [text(contact, "id")])
        return key

    def _seat(self, organization: Record, cells: Record, source: Source) -> None:
        """The address of an organisation from the first of its places; what else they say is named."""
        address: Record = {}
        for place in parts(organization, "locations"):
            called = text(place, "name")
            rest = [value for name, value in place.items() if name not in _OF_SEAT and filled(value)]
            first = not address and (address := shapes.address(place, source))
            if text(place, "id") in self._offered:  # it comes in as the place of an offer
                continue
            if not first:
                source.left_out("place", shapes.place_line(place))
            elif rest or called not in ("", source.name):
                source.left_out("place", [called, *rest])
        cells |= {name: value for name, value in address.items() if not cells.get(name)}

    def _location(self, place: Record, fallback: str) -> tuple[str, Record]:
        """The reference to a place, whose row is added, and its fields; `fallback` names one without a name."""
        source = Source(text(place, "id"), text(place, "name"), ours=shapes.is_ours(place))
        cells: Record = {
            "location_id": shapes.key_of(place),
            "lat": shapes.number(place, "latitude"),
            "lon": shapes.number(place, "longitude"),
        }
        cells |= shapes.address(place, source)
        cells["name"] = text(place, "name") or cells.get("street") or fallback or cells["location_id"]
        source.name = cells["name"]
        cells["directions"] = text(place, "transportation")
        known = {*_INSIDE, *hsds.FIELDS["location"].values(), "addresses", "transportation", "phones", "schedules"}
        sort_out(place, source, facts.OF_LOCATION, known - {"languages"})
        phones(place, source, with_field=False)
        facts.of_others(parts(place, "attributes"), source, hsds.OURS)
        for schedule in parts(place, "schedules"):
            if said := schedules.whole(schedule):
                source.keep(facts.NOTE, "place_open", said)
        for contact in parts(place, "contacts"):
            source.left_out("contact", [text(contact, "id"), text(contact, "title", "department")])
        cells |= shapes.attributes(place)
        made = self._add("locations", place, cells, source)
        return made.cells["location_id"] or made.cells["name"], dict(made.cells)

    def _contact(self, contact: Record, owner: tuple[str, str]) -> tuple[str, Record]:
        """The reference to a contact, whose row is added, and its fields; a person only with stated consent."""
        ours = shapes.attributes(contact)
        role = text(contact, "title", "department") or _DE("import_hsds.role")
        source = Source(text(contact, "id"), role, ours=shapes.is_ours(contact), organization=owner)
        source.languages = shapes.languages(contact, source)
        cells: Record = {"contact_id": shapes.key_of(contact), "organization_id": owner[0], "role": role}
        cells["language_ids"] = shapes.joined(source.languages)
        if text(contact, "name") and not ours.get("consent_scope"):
            what = tuple(facts.label(name) for name in _OF_PERSON if filled(contact.get(name)))
            source.tell("person", what=what)
        else:
            cells |= {"name": text(contact, "name"), "email": text(contact, "email"), "phone": phones(contact, source)}
        known = {*_INSIDE, "title", *_OF_PERSON} | (set() if text(contact, "title") else {"department"})
        sort_out(contact, source, facts.OF_CONTACT, known)
        facts.of_others(parts(contact, "attributes"), source, hsds.OURS)
        cells |= ours
        made = self._add("contacts", contact, cells, source)
        return made.cells["contact_id"] or role, dict(made.cells)

    def _add(self, kind: str, record: Record, cells: Record, source: Source) -> Made:
        """The row of a record; a second copy adds what the first leaves open."""
        made = Made({name: value for name, value in cells.items() if value not in (None, "")}, source)
        key_name = next(iter(cells))
        made.cells.setdefault(key_name, "")
        key = text(record, "id") or f"\n{kind}|{source.organization[0]}|{cells.get('organization_id')}|{source.name}"
        before = self.rows[kind].get(key)
        if before is None:
            self.rows[kind][key] = made
            return made
        whole = together(before.cells, made.cells)
        if whole is None:
            differing = [name for name in made.cells if before.cells.get(name, made.cells[name]) != made.cells[name]]
            before.source.tell(
                "differs", what=tuple(differing), said=facts.short(written([made.cells[n] for n in differing]))
            )
            whole = {**made.cells, **before.cells}
            if "name" in differing:
                names = f"„{before.source.name}“, „{source.name}“"
                before.faults.append(("name", "import_hsds_same_id", {"id": source.id, "names": names}))
        before.cells = whole
        before.source.notices = source.notices | before.source.notices
        before.source.note |= source.note
        return before
