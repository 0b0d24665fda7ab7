"""The place of an offer: the name of a location, or an address that finds or makes one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as of_dataclass
from typing import Any

from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.keys import Keys
from esdash.inventory.merging import resolved
from esdash.model.addresses import street_key
from esdash.model.folding import fold
from esdash.model.plausible import kilometres
from esdash.model.values import Wrong

Place = dict[str, Any]
_ADDRESS = ("street", "postcode", "district_id")
PARTS = (*_ADDRESS, "lat", "lon")
ONE_PLACE_KM = 0.5  # two points farther apart are not the same house; maps and geocoders differ by less


@dataclass(frozen=True)
class Found:
    """What an address leads to: a location, what the address knows beyond it, or a location of the name elsewhere."""

    location_id: str | None = None  # None with `against` None: only the city is named
    more: Mapping[str, Any] = of_dataclass(default_factory=dict)
    against: Place | None = None


class Places:
    """The locations of the inventory and those that the file adds; each new address makes one location."""

    def __init__(self, inventory: Inventory, keys: Keys) -> None:
        self._keys = keys
        self._by_id: dict[str, Place] = {}
        self._by_name: dict[str, list[Place]] = {}
        self._by_street: dict[str, list[Place]] = {}
        led = resolved(inventory, "location")  # key, name and address of a merged location lead to the kept one
        for place in inventory.rows(
            "SELECT location_id, name, street, postcode, district_id, lat, lon, version FROM inventory.location "
            "ORDER BY status = 'archived', location_id"
        ):
            key = place["location_id"]
            self._enter(place | {"location_id": led.get(key, key)}, key)
        self.districts = {
            row["district_id"]: row["name"]
            for row in inventory.rows("SELECT district_id, name FROM inventory.district")
        }
        city = str(inventory.value("SELECT name FROM inventory.city") or "")
        self._city = {fold(city), *(fold(part) for part in city.split("-"))}
        self.added: dict[str, Place] = {}

    def find(
        self, name: str | None, address: Mapping[str, str], current: str | None = None, located: bool = False
    ) -> str | None:
        """The id of the location with this name and address (PLACE_PARTS); a new one is added.

        If several have the address, `current` is preferred, then the one named after it. With `located`, a new name
        needs no address, because a point on the map is given.

        None if only the city is named. Raises Wrong for an unknown name without an address, and for a known name with
        another address.
        """
        wanted = {part: address.get(f"location_{part}") for part in PARTS}
        found = self.look(name, wanted, current, located)
        if found.against is not None:
            known = ", ".join(filter(None, (found.against["street"], found.against["postcode"])))
            raise Wrong("import_other_place", named=name or "", address=known or "?")
        return found.location_id

    def look(
        self, name: str | None, wanted: Mapping[str, Any], current: str | None = None, located: bool = False
    ) -> Found:
        """What a name and the PARTS of an address lead to; a new place is added, an existing one is not changed.

        Raises Wrong for an unknown name without an address, and for one that several places have.
        """
        point = wanted["lat"] is not None and wanted["lon"] is not None
        if name:
            found = self._named(name, wanted, current)
            if found.location_id or found.against:
                return found
            if fold(name) in self._city:  # a column "Ort" with the town of the address
                name = None
            elif not any(value is not None for value in wanted.values()) and not located:
                raise Wrong("import_unknown_place", named=name)
        if not name:
            if not wanted["street"] and not wanted["district_id"] and not point:  # a postcode alone is not a place
                return Found()
            at = f"{wanted['lat']}, {wanted['lon']}" if point else self.districts.get(str(wanted["district_id"]))
            name = str(wanted["street"] or at)
            same = self._by_street.get(street_key(name), []) if wanted["street"] else self._by_name.get(fold(name), [])
            fitting = [place for place in same if fits(place, wanted) and (wanted["street"] or not place["street"])]
            if fitting:
                fitting.sort(key=lambda p: (p["location_id"] != current, fold(p["name"]) != fold(str(name))))
                return self._found(fitting[0], wanted)
        return Found(self.add(name, wanted))

    def add(self, name: str, wanted: Mapping[str, Any]) -> str:
        """Add a place; its id."""
        location_id = self._keys.new(name)
        point = ("lat", "lon") if wanted.get("lat") is not None else ()
        parts = {part: wanted.get(part) for part in (*_ADDRESS, *point)}
        self.added[location_id] = {"location_id": location_id, "name": name, **parts}
        self._enter(self.added[location_id], location_id)
        return location_id

    def known(self, location_id: str) -> Place:
        """A location as it is now, with what `change` has set."""
        return self._by_id[self._by_id[location_id]["location_id"]]

    def complete(self, location_id: str, parts: Mapping[str, Any]) -> None:
        """Set parts of a location, for the rows to come."""
        place = self.known(location_id)
        place.update(parts)
        if parts.get("street"):
            self._by_street.setdefault(street_key(parts["street"]), []).append(place)

    def _enter(self, place: Place, key: str) -> None:
        self._by_id[key] = place
        self._by_name.setdefault(fold(place["name"]), []).append(place)
        if place["street"]:
            self._by_street.setdefault(street_key(place["street"]), []).append(place)

    def _named(self, name: str, wanted: Mapping[str, Any], current: str | None) -> Found:
        same = [self._by_id[name]] if name in self._by_id else self._by_name.get(fold(name), [])
        fitting = [place for place in same if fits(place, wanted)]
        if same and not fitting:
            return Found(against=next((place for place in same if place["location_id"] == current), same[0]))
        meant = {place["location_id"]: place for place in reversed(fitting)}
        if len(meant) > 1 and current not in meant:
            most = max(_agreeing(place, wanted) for place in meant.values())
            meant = {key: place for key, place in meant.items() if _agreeing(place, wanted) == most}
        if len(meant) > 1 and current not in meant:
            raise Wrong("import_ambiguous", named=name, records=", ".join(sorted(meant)), table="location")
        return self._found(meant.get(str(current)) or next(iter(meant.values())), wanted) if meant else Found()

    def _found(self, place: Place, wanted: Mapping[str, Any]) -> Found:
        """The location, and what is wanted that it does not know; a point says both numbers."""
        key = str(place["location_id"])
        kept = self.known(key) if key in self._by_id else place
        more = {part: value for part, value in wanted.items() if value is not None and kept.get(part) is None}
        if not {"lat", "lon"} <= more.keys():
            more = {part: value for part, value in more.items() if part not in ("lat", "lon")}
        return Found(key, more)


def districts_by_point(inventory: Inventory, places: Iterable[Mapping[str, Any]]) -> list[str | None]:
    """For each place the district that its coordinates lie in; None for a place with a district or without coordinates.

    One question for all places, because a file may hold thousands.
    """
    points = [(None, None) if place.get("district_id") else (place.get("lat"), place.get("lon")) for place in places]
    if not any(lat is not None and lon is not None for lat, lon in points):
        return [None] * len(points)
    lats, lons = ([point[axis] for point in points] for axis in (0, 1))
    return [row["district_id"] for row in inventory.rows("FROM districts_at($lats, $lons)", lats=lats, lons=lons)]


def fits(place: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether no given part of the address contradicts the location."""
    return not contradicting(place, wanted)


def contradicting(place: Mapping[str, Any], wanted: Mapping[str, Any]) -> tuple[str, ...]:
    """The parts of an address that contradict a location, of PARTS."""
    apart = [part for part in ("postcode", "district_id") if _differ(fold, place[part], wanted[part])]
    if _differ(street_key, place["street"], wanted["street"]):
        apart.insert(0, "street")
    here, there = (
        [float(one[axis]) for axis in ("lat", "lon") if one.get(axis) is not None] for one in (place, wanted)
    )
    if len(here) == len(there) == 2 and kilometres(here, there) > ONE_PLACE_KM:
        apart += ["lat", "lon"]
    return tuple(apart)


def _differ(key: Any, one: str | None, other: str | None) -> bool:
    return bool(one and other) and key(one) != key(other)


def _agreeing(place: Place, wanted: Mapping[str, Any]) -> int:
    """How many parts of an address a location says as well."""
    return sum(bool(value and place[part]) for part, value in wanted.items() if part not in ("lat", "lon"))
