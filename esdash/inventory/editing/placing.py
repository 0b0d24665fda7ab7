"""A place entered together with the record that uses it: an existing location, or a new one."""

import re
from collections.abc import Mapping
from typing import Any

from esdash.errors import UserError
from esdash.inventory.editing.fields import Fault, Record, fault, fields, parsed
from esdash.inventory.file import versions
from esdash.inventory.file.store import Change, Inventory
from esdash.inventory.importing.keys import Keys
from esdash.inventory.importing.places import Places, districts_by_point
from esdash.model import rules
from esdash.model.values import Wrong

PARTS = ("name", "street", "postcode", "district_id", "lat", "lon")
# "51.8344, 12.2422" as maps give it, "51,8344; 12,2422" and "51,8344 12,2422" as spreadsheets do.
_POINTS = (
    re.compile(r"(-?\d{1,3}\.\d+)[\s,;/]+(-?\d{1,3}\.\d+)"),
    re.compile(r"(-?\d{1,3}(?:,\d+)?)(?:\s*[;/]\s*|,?\s+)(-?\d{1,3}(?:,\d+)?)"),
)
_ADDRESS = ("street", "postcode", "district_id")


def point(text: str) -> tuple[str | None, str | None]:
    """Latitude and longitude from a text that holds both; any other text unchanged; None for an empty one."""
    for pattern in _POINTS:
        if match := pattern.fullmatch(text.strip()):
            return match.group(1), match.group(2)
    return text.strip() or None, None


def faults(inventory: Inventory, place: Mapping[str, Any] | None) -> tuple[Fault, ...]:
    """The faults of a place, with fields named location_<part>; no faults if no place was given."""
    if place is None:
        return ()
    given, found = _read(inventory, place)
    if not found:
        found = [
            fault(name, key, value=given[name]) for name, key in rules.broken("location", given, inventory.today())
        ]
    if not found and rules.half_point(given):
        found = [Fault("lat", UserError("edit_half_point"))]
    if not found:
        try:
            nowhere = _find(inventory, given, None)[0] is None
        except Wrong as wrong:
            nowhere = wrong.key == "import_unknown_place"
            if not nowhere:
                found = [fault("name", wrong.key, value=given["name"], **wrong.values)]
        if nowhere:
            found = [Fault("street", UserError("edit_place_needs_address"))]
    return tuple(Fault(f"location_{one.field}", one.error) for one in found)


def settle(inventory: Inventory, change: Change, place: Mapping[str, Any], current: str | None) -> str:
    """The id of the location of a place: a new one is added, or unknown fields of an existing one are filled in.

    If several locations have the address, `current` is preferred. The place must have no faults.
    """
    given, _ = _read(inventory, place)
    location_id, places = _find(inventory, given, current)
    assert location_id is not None  # `faults` has refused all others
    if location_id in places.added:
        added = {**places.added[location_id], "lat": given["lat"], "lon": given["lon"]}
        change.insert("location", [with_district(inventory, "location", added, {})])
        return location_id
    known = versions.current(change, "location", location_id) or {}
    news = {part: given[part] for part in PARTS if known[part] is None and given[part] is not None}
    if known["status"] == "archived":
        news["status"] = "active"  # it is used again
    if news:
        news = with_district(inventory, "location", news, known)
        change.update("location", [{"location_id": location_id, "version": known["version"], **news}])
    return location_id


def with_district(inventory: Inventory, table: str, news: Record, known: Mapping[str, Any]) -> Record:
    """New values of a record; if they give a place coordinates, with the district that these lie in.

    A district that is entered or known stays.
    """
    if table != "location" or not {"lat", "lon"} & news.keys():
        return news
    district = districts_by_point(inventory, [{**known, **news}])[0]
    return {**news, "district_id": district} if district else news


def _read(inventory: Inventory, place: Mapping[str, Any]) -> tuple[Record, list[Fault]]:
    if strange := place.keys() - set(PARTS):
        raise ValueError(f"a place has no {sorted(strange)}")
    known = {field.name: field for field in fields(inventory, "location") if field.name in PARTS}
    given, found = parsed(inventory, known, place)
    return {**dict.fromkeys(PARTS), **given}, found


def _find(inventory: Inventory, given: Record, current: str | None) -> tuple[str | None, Places]:
    places = Places(inventory, Keys(inventory, "location"))
    address = {f"location_{part}": given[part] for part in _ADDRESS if given[part]}
    return places.find(given["name"], address, current, located=given["lat"] is not None), places
