"""The place of an offer: the name of a location, or an address that finds or makes one."""

from collections.abc import Iterable, Mapping
from typing import Any

from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.keys import Keys
from esdash.inventory.merging import resolved
from esdash.model.fields import PLACE_PARTS
from esdash.model.folding import fold
from esdash.model.values import Wrong


class Places:
    """The locations of the inventory and those that the file adds; each new address makes one location."""

    def __init__(self, inventory: Inventory, keys: Keys) -> None:
        self._keys = keys
        self._by_id: dict[str, dict[str, Any]] = {}
        self._by_name: dict[str, list[dict[str, Any]]] = {}
        self._by_street: dict[str, list[dict[str, Any]]] = {}
        led = resolved(inventory, "location")  # key, name and address of a merged location lead to the kept one
        for place in inventory.rows(
            "SELECT location_id, name, street, postcode, district_id FROM inventory.location "
            "ORDER BY status = 'archived', location_id"
        ):
            key = place["location_id"]
            self._enter(place | {"location_id": led.get(key, key)}, key)
        self._districts = {
            row["district_id"]: row["name"]
            for row in inventory.rows("SELECT district_id, name FROM inventory.district")
        }
        city = str(inventory.value("SELECT name FROM inventory.city") or "")
        self._city = {fold(city), *(fold(part) for part in city.split("-"))}
        self.added: dict[str, dict[str, Any]] = {}

    def find(
        self, name: str | None, address: dict[str, str], current: str | None = None, located: bool = False
    ) -> str | None:
        """The id of the location with this name and address (PLACE_PARTS); a new one is added.

        If several have the address, `current` is preferred, then the one named after it. With `located`, a new name
        needs no address, because a point on the map is given.

        None if only the city is named. Raises Wrong for an unknown name without an address, and for a known name with
        another address.
        """
        street, postcode, district = (address.get(part) for part in PLACE_PARTS)
        wanted = {"street": street, "postcode": postcode, "district_id": district}
        if name:
            found = self._named(name, wanted)
            if found:
                return found
            if fold(name) in self._city:  # a column "Ort" with the town of the address
                name = None
            elif not any(wanted.values()) and not located:
                raise Wrong("import_unknown_place", named=name)
        if not name:
            if not street and not district:  # a postcode alone is not a place
                return None
            name = street or self._districts[str(district)]
            same = self._by_street.get(fold(street), []) if street else self._by_name.get(fold(name), [])
            fitting = [place for place in same if _fits(place, wanted) and (street or not place["street"])]
            if fitting:
                fitting.sort(key=lambda p: (p["location_id"] != current, fold(p["name"]) != fold(str(name))))
                return str(fitting[0]["location_id"])
        location_id = self._keys.new(name)
        self.added[location_id] = {"location_id": location_id, "name": name, **wanted}
        self._enter(self.added[location_id], location_id)
        return location_id

    def _enter(self, place: dict[str, Any], key: str) -> None:
        self._by_id[key] = place
        self._by_name.setdefault(fold(place["name"]), []).append(place)
        if place["street"]:
            self._by_street.setdefault(fold(place["street"]), []).append(place)

    def _named(self, name: str, wanted: dict[str, str | None]) -> str | None:
        same = [self._by_id[name]] if name in self._by_id else self._by_name.get(fold(name), [])
        fitting = [place for place in same if _fits(place, wanted)]
        if same and not fitting:
            address = ", ".join(filter(None, (same[0]["street"], same[0]["postcode"])))
            raise Wrong("import_other_place", named=name, address=address or "?")
        meant = sorted({place["location_id"] for place in fitting})
        if len(meant) > 1:
            raise Wrong("import_ambiguous", named=name, records=", ".join(meant))
        return str(fitting[0]["location_id"]) if fitting else None


def districts_by_point(inventory: Inventory, places: Iterable[Mapping[str, Any]]) -> list[str | None]:
    """For each place the district that its coordinates lie in; None for a place with a district or without coordinates.

    One question for all places, because a file may hold thousands.
    """
    points = [(None, None) if place.get("district_id") else (place.get("lat"), place.get("lon")) for place in places]
    if not any(lat is not None and lon is not None for lat, lon in points):
        return [None] * len(points)
    lats, lons = ([point[axis] for point in points] for axis in (0, 1))
    return [row["district_id"] for row in inventory.rows("FROM districts_at($lats, $lons)", lats=lats, lons=lons)]


def _fits(place: dict[str, Any], wanted: dict[str, str | None]) -> bool:
    """Whether no given part of the address contradicts the location."""
    return not any(value and place[part] and fold(value) != fold(place[part]) for part, value in wanted.items())
