"""Fields of HSDS records that have another form here: keys, attributes, languages, times, areas, costs, addresses."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from esdash.inventory.importing.read.hsds import facts, schedules
from esdash.inventory.importing.read.hsds.facts import Source, sort_out
from esdash.inventory.importing.read.hsds.values import Record, day, filled, part, parts, text, written
from esdash.model import hsds
from esdash.texts import Text

_DE = Text()


def timed(read: schedules.Reading, source: Source) -> str:
    """The cell of weekly times; what else the schedules say goes to the note and is told."""
    for said in read.over:
        source.tell("time_over", said=facts.short(said))
    for said in read.kept:
        source.keep(facts.NOTE, "times", said)
    for said, taken, season in read.converted:
        source.tell("time_converted", said=said, taken=taken, season=facts.Label(season))
    if read.times:
        return ";".join(read.times)
    return _DE("word.unknown") if read.over or read.kept else "-" if source.schedules == [] else ""


def key_of(record: Record) -> str:
    """Our key if the record comes from our own export, else its HSDS id; "" without one."""
    return attribute(record, hsds.KEY) or text(record, "id").partition("\n")[0]


def is_ours(record: Record) -> bool:
    """Whether a record comes from our own export."""
    return bool(attribute(record, hsds.KEY))


def plain(table: str, record: Record, source: Source) -> Record:
    """The fields that HSDS has under another name, with unchanged values; lists and objects there are named."""
    for theirs in hsds.FIELDS[table].values():
        if isinstance(record.get(theirs), list | dict) and filled(record[theirs]):
            source.left_out(theirs, record[theirs])
    return {ours: text(record, theirs) for ours, theirs in hsds.FIELDS[table].items()}


def attributes(record: Record) -> Record:
    """Our fields from the attributes of our own exports; the values of a list are joined."""
    found: dict[str, list[str]] = {}
    for one in parts(record, "attributes"):
        label = text(one, "label")
        if label.startswith(hsds.OURS) and label != f"{hsds.OURS}{hsds.KEY}" and not label.startswith(hsds.PARTNER):
            found.setdefault(label.removeprefix(hsds.OURS), []).append(str(one.get("value")))
    return {name: ";".join(values) for name, values in found.items()}


def partners(record: Record) -> Iterator[tuple[str, str]]:
    """Key and name of partners that have no offer of their own in the document."""
    for one in parts(record, "attributes"):
        label = text(one, "label")
        if label.startswith(hsds.PARTNER):
            yield label.removeprefix(hsds.PARTNER), text(one, "value")


def attribute(record: Record, name: str) -> str:
    """The value of one attribute of our own exports."""
    labelled = (one for one in parts(record, "attributes") if text(one, "label") == f"{hsds.OURS}{name}")
    return next((text(one, "value") for one in labelled), "")


def languages(record: Record, source: Source) -> list[tuple[str, str]] | None:
    """Code and name of each language; None where the record says nothing of them."""
    if not isinstance(record.get("languages"), list):
        return None
    for one in parts(record, "languages"):
        if said := text(one, "note"):
            source.left_out("language_note", [text(one, "name", "code"), said])
    return [(text(one, "code"), text(one, "name")) for one in parts(record, "languages")]


def joined(languages: list[tuple[str, str]] | None) -> str:
    """Languages as a cell; "-" where there are none."""
    return "" if languages is None else ";".join(code or name for code, name in languages) or "-"


def schedules_of(service: Record, at: list[Record], source: Source) -> list[Record] | None:
    """The schedules of the offer, else of the offer at its first place; None where nothing is said."""
    own = parts(service, "schedules")
    places = [parts(one, "schedules") for one in at]
    chosen = own or next(filter(None, places), [])
    for one, found in zip(at, places, strict=True):
        where = text(part(one, "location"), "name")
        for schedule in found:
            if not any(schedule is taken for taken in chosen):
                said = schedules.whole(schedule)
                source.keep(facts.NOTE, "times", f"{where}: {said}" if where else said)
    return chosen if chosen or isinstance(service.get("schedules"), list) else None


def areas(service: Record, at: list[Record], source: Source) -> list[str] | None:
    """The names of the areas that are served; their shapes and descriptions are named."""
    found = [*parts(service, "service_areas"), *(area for one in at for area in parts(one, "service_areas"))]
    for area in found:
        rest = {
            name: value for name, value in area.items() if name not in ("id", "name", "extent_type") and filled(value)
        }
        rest = {name: value for name, value in rest.items() if not name.endswith("_id")}
        if rest:
            source.left_out("area", [text(area, "name"), *(written(value) for value in rest.values())])
    return [name for area in found if (name := text(area, "name"))] or None


def cost(service: Record, source: Source, today: date) -> str:
    """The cost in words: as described, else from the options of today; other options are named."""
    said = [text(service, "fees_description") or text(service, "fees")]
    for option in parts(service, "cost_options"):
        amount, currency = text(option, "amount"), text(option, "currency").upper()
        price = " ".join(filter(None, [amount.removesuffix(".0"), currency]))
        words = ": ".join(filter(None, [text(option, "option"), price]))
        words = ", ".join(filter(None, [words, text(option, "amount_description")]))
        end = day(option, "valid_to")
        if words and end and end < today:
            source.left_out("cost_over", words)
        elif words:
            said.append(words)
    return "; ".join(filter(None, said))


def address(place: Record, source: Source) -> Record:
    """Street and postcode of the first address that is no mailbox; other addresses are named."""
    addresses = parts(place, "addresses")
    physical = [one for one in addresses if text(one, "address_type").lower() != "postal"] or addresses
    for other in addresses:
        if other is not physical[0]:
            source.left_out("address", other)
    if not physical:
        return {}
    chosen = physical[0]
    street = ", ".join(filter(None, (text(chosen, "address_1"), text(chosen, "address_2"))))
    source.address = {name: text(chosen, name) for name in ("city", "region", "state_province", "country")}
    if said := text(chosen, "attention"):
        source.left_out("attention", said)
    known = {*source.address, "address_1", "address_2", "postal_code", "attention", "attributes"}
    sort_out(chosen, source, (), known)
    found = {"street": street, "postcode": text(chosen, "postal_code")}
    return {name: value for name, value in found.items() if value}


def line(address: Record) -> str:
    """An address in one line."""
    names = ("address_1", "address_2", "postal_code", "city")
    return ", ".join(filter(None, (text(address, name) for name in names)))


def place_line(place: Record) -> str:
    """A place in one line: name, address."""
    named = f"„{text(place, 'name')}“" if text(place, "name") else ""
    return ", ".join(filter(None, [named, *map(line, parts(place, "addresses")[:1]), text(place, "url")]))


def number(record: Record, name: str) -> str:
    """A coordinate; what is no number stays as it is, so that it is named."""
    value: Any = text(record, name)
    try:
        return f"{float(value):.7f}" if value else ""
    except (ValueError, OverflowError):
        return str(value)
