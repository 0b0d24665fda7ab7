"""What a HSDS record says that has no field here: kept in the description or the note as plain text, or left out.

Nothing is dropped in silence: each fact becomes a notice that names the record and says where the fact went.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from esdash.inventory.importing.read.hsds.values import MOST_PARTS, Record, filled, parts, text, written
from esdash.inventory.importing.read.notices import Label, Notice
from esdash.texts import Text

DESCRIPTION, NOTE, LEFT = "kept_description", "kept_note", "left_out"  # also the texts import_hsds.<…>
LONGEST = 400  # characters of a value that a notice quotes
_DE = Text()  # stored texts are German
# What says something about the record, not about the service.
_TECHNICAL = {"id", "metadata", "last_modified", "link_entity", "link_type", "_kind", "location_type", "address_type"}
_OBJECTS = {  # fields that hold lists of objects, which are read elsewhere
    *("phones", "schedules", "languages", "contacts", "service_areas", "service_at_locations", "addresses"),
    *("attributes", "cost_options", "locations", "organization", "location", "service"),
}


@dataclass
class Source:
    """The foreign side of a row: what is read only against the inventory, and what is to be said about the record."""

    id: str
    name: str
    ours: bool = False  # from our own export: its keys and fields are ours
    organization: tuple[str, str] = ("", "")  # reference and name of the organisation
    place: Record = field(default_factory=dict)  # our fields of the offer's place
    contact: Record = field(default_factory=dict)  # our fields of the offer's contact
    note: dict[str, None] = field(default_factory=dict)  # lines, each once
    description: dict[str, None] = field(default_factory=dict)
    languages: list[tuple[str, str]] | None = None  # code and name
    areas: list[str] | None = None
    schedules: list[Record] | None = None
    address: Record = field(default_factory=dict)  # city and what is around it
    notices: dict[str, Notice] = field(default_factory=dict)  # what it says → notice: a record may stand there twice

    def tell(self, key: str, /, **values: object) -> None:
        """Add a notice about this record."""
        told = Notice(f"import_hsds.{key}", {"id": self.id or "?", "name": self.name, **values}, about_one=True)
        self.notices.setdefault(repr(told), told)

    def left_out(self, what: str, said: Any) -> None:
        """Name a fact that has no place here; `what`: a text import_hsds.what_<what>, or the document's field."""
        self.tell(LEFT, what=label(what), said=short(written(said)))

    def keep(self, where: str, what: str, said: Any) -> None:
        """Keep a fact as plain text in the description or the note, and say so."""
        said = written(said)
        line = f"{_DE(f'import_hsds.what_{what}')}: {said}"
        if line not in (kept := self.description if where == DESCRIPTION else self.note):
            kept[line] = None
            self.tell(where, what=label(what), said=short(said))


def label(what: str) -> object:
    """The name of a fact in the reader's language; a field without one as the document calls it."""
    return Label(f"import_hsds.what_{what}") if _DE.has(f"import_hsds.what_{what}") else what


def short(said: str) -> str:
    """A value as a notice quotes it."""
    line = " ".join(said.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def phone(record: Record) -> str:
    """A phone number with its extension."""
    number, more = text(record, "number"), text(record, "extension")
    return _DE("import_hsds.phone_extension", number=number, extension=more) if more else number


def phones(record: Record, source: Source, with_field: bool = True) -> str:
    """The number for the field, the first that is no fax; the others, and what is said about them, are named."""
    first = ""
    for one in parts(record, "phones"):
        number, kind = phone(one), text(one, "type").lower()
        about = [text(one, "description"), *(written(spoken) for spoken in parts(one, "languages"))]
        if not number:
            continue
        if with_field and not first and kind not in ("fax", "tty", "sms", "pager"):
            first = number
            if any(about):
                source.left_out("phone_about", [number, *about])
        else:
            source.left_out("fax" if kind == "fax" else "phone", [number, *about])
    return first


def _ages(record: Record) -> str:
    least, most = (text(record, name).removesuffix(".0") for name in ("minimum_age", "maximum_age"))
    if least and most:
        return _DE("import_hsds.ages_between", least=least, most=most)
    if least or most:
        return _DE("import_hsds.ages_from" if least else "import_hsds.ages_until", age=least or most)
    return ""


def _listed(name: str, *fields: str) -> Callable[[Record], str]:
    """The items of a list as texts, by these fields in brackets behind the first."""

    def said(record: Record) -> str:
        found = []
        for item in parts(record, name):
            main, *more = (text(item, field) for field in fields)
            more = [part for part in more if part]
            found.append(f"{main} ({', '.join(more)})" if main and more else main or ", ".join(more))
        value = record.get(name)
        return "; ".join(filter(None, found)) or (text(record, name) if not isinstance(value, list | dict) else "")

    return said


def _plain(name: str) -> Callable[[Record], str]:
    return lambda record: text(record, name)


def _all_of(name: str) -> Callable[[Record], str]:
    return lambda record: written(record.get(name))


Fact = tuple[str, str, Callable[[Record], str], tuple[str, ...]]  # text, where to, how it reads, fields of the document


def _fact(what: str, where: str, said: Callable[[Record], str] | None = None, *names: str) -> Fact:
    return what, where, said or _plain(what), names or (what,)


_IDENTIFIERS = _listed("organization_identifiers", "identifier", "identifier_scheme", "identifier_type")
_FUNDING = _fact("funding", NOTE, _listed("funding", "source"))
OF_SERVICE = (
    _fact("eligibility_description", DESCRIPTION),
    _fact("ages", DESCRIPTION, _ages, "minimum_age", "maximum_age"),
    _fact("application_process", DESCRIPTION),
    _fact("required_documents", DESCRIPTION, _listed("required_documents", "document", "uri")),
    _fact("interpretation_services", DESCRIPTION),
    _fact("wait_time", NOTE),
    _fact("alert", NOTE),
    _fact("alternate_name", NOTE),
    _fact("accreditations", NOTE, _all_of("accreditations")),
    _fact("licenses", NOTE, _all_of("licenses")),
    _fact("program", NOTE, _listed("program", "name", "alternate_name", "description")),
    _fact("additional_urls", NOTE, _listed("additional_urls", "url", "label")),
    _fact("capacities", NOTE, _all_of("capacities")),
    _FUNDING,
    _fact("assurer_email", LEFT),
    _fact("email", LEFT),
)
OF_POINT = tuple(fact for fact in OF_SERVICE if fact[0] != "email")
OF_ORGANIZATION = (
    _fact("year_incorporated", NOTE, lambda record: text(record, "year_incorporated").removesuffix(".0")),
    _fact(
        "organization_identifiers",
        NOTE,
        _listed("organization_identifiers", "identifier", "identifier_scheme", "identifier_type"),
    ),
    _fact("additional_urls", NOTE, _listed("additional_urls", "url", "label")),
    _fact("additional_websites", NOTE, _listed("additional_websites", "url", "label")),
    _fact("programs", NOTE, _listed("programs", "name", "alternate_name", "description")),
    _fact("tax_status", NOTE),
    _FUNDING,
    _fact("tax_id", LEFT),
    _fact("logo", LEFT),
    _fact("uri", LEFT),
    _fact("parent_organization_id", LEFT),
)
OF_LOCATION = (
    _fact("alternate_name", NOTE),
    _fact("description", NOTE),
    _fact("accessibility", NOTE, _listed("accessibility", "description", "details", "url")),
    _fact("external_identifier", NOTE),
    _fact("location_languages", LEFT, _listed("languages", "name", "code", "note"), "languages"),
    _fact("external_identifier_type", LEFT),
    _fact("url", LEFT),
)
OF_CONTACT = (_fact("department", NOTE),)


def sort_out(record: Record, source: Source, facts: Iterable[Fact], known: Iterable[str]) -> None:
    """Keep or name what a record says beside the fields in `known`. Raises ValueError for thousands of fields."""
    if len(record) > MOST_PARTS:
        raise ValueError("fields")
    told = set(known) | _TECHNICAL
    for what, where, reads, names in facts:
        fresh = [name for name in names if name not in told]
        said = reads(record) if fresh else ""
        told |= set(names)
        if said and where == LEFT:
            source.left_out(what, said)
        elif said:
            source.keep(where, what, said)
        for name in fresh if not said else ():
            if filled(record.get(name)):  # of another form than HSDS demands
                source.left_out(name, record[name])
    for name, value in record.items():
        if name in _OBJECTS:
            odd = [item for item in (value if isinstance(value, list) else [value]) if not isinstance(item, dict)]
            if filled(odd):
                source.left_out(name, odd)
        elif name not in told and filled(value) and not (name.endswith("_id") and isinstance(value, str)):
            source.left_out(name, value)


def of_others(attributes: Iterable[Mapping[str, Any]], source: Source, ours: str) -> None:
    """Name the attributes that are not our own."""
    for attribute in attributes:
        if not text(dict(attribute), "label").startswith(ours):
            term = attribute.get("taxonomy_term")
            named = text(term, "name", "code") if isinstance(term, dict) else ""
            said = [text(dict(attribute), "label", "link_type"), named or text(dict(attribute), "value")]
            if any(said):
                source.left_out("attribute", ": ".join(filter(None, said)))
