"""Conditions under which an inventory answers (`inventory.under(conditions)`); they change nothing in the file.

Three kinds: what counts as reachable (time of day, language, barrier-free), suppositions (another planning value, more
people, one more offer), and whether what is unknown is assumed (METHODS M11). The SQL of esdash/analysis reads them,
like the day, from variables of the cursor.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from typing import Any, get_args, get_type_hints

from esdash.errors import UserError
from esdash.inventory.file.integrity import Reader
from esdash.model import notation

TIMES = ("daytime", "evening", "weekend")
MODES = ("on_site", "mobile", "online")
MOST = 1_000_000  # people or places; a larger number is a typing error
MOST_ENTRIES = 200  # of one kind; bounds the work that a single link can cause

_PLANNING = "STRUCT(theme_id VARCHAR, target_group_id VARCHAR, places_per_100 DOUBLE)[]"
_GROWTH = "STRUCT(target_group_id VARCHAR, district_id VARCHAR, persons DOUBLE)[]"
_OFFERS = (
    "STRUCT(name VARCHAR, capacity DOUBLE, theme_ids VARCHAR[], target_group_ids VARCHAR[], mode VARCHAR, "
    "district_id VARCHAR, district_ids VARCHAR[], language_ids VARCHAR[], "
    "times STRUCT(weekday TINYINT, begins TIME, ends TIME)[], barrier_free BOOLEAN)[]"
)


@dataclass(frozen=True)
class Planning:
    """A supposed planning value: places per week that 100 people of a group need for a theme."""

    theme_id: str
    target_group_id: str
    places_per_100: float


@dataclass(frozen=True)
class Growth:
    """`persons` more people of a group in a district. If today's number is unknown, the sum stays unknown."""

    target_group_id: str
    district_id: str
    persons: float


@dataclass(frozen=True)
class NewOffer:
    """One more offer of `capacity` places per week, in a district, or online or mobile.

    `district_ids` are the districts it serves (None: not limited), `times` are written as "2 17:00-19:00;6 10:00-12:00"
    (1 is Monday). Languages, times and barrier_free that are None are unknown.
    """

    name: str
    capacity: float
    theme_ids: tuple[str, ...]
    target_group_ids: tuple[str, ...]
    district_id: str | None = None
    mode: str = "on_site"
    district_ids: tuple[str, ...] | None = None
    language_ids: tuple[str, ...] | None = None
    times: str | None = None
    barrier_free: bool | None = None


@dataclass(frozen=True)
class Conditions:
    """All conditions together; comparable and hashable. Empty conditions change nothing and are false."""

    times: tuple[str, ...] = ()  # of TIMES: an offer counts if one of its times is in one of them
    languages: tuple[str, ...] = ()  # ids: an offer counts if it is held in one of them
    barrier_free: bool = False  # only barrier-free places count, and offers without a place
    planning: tuple[Planning, ...] = ()
    growth: tuple[Growth, ...] = ()
    offers: tuple[NewOffer, ...] = ()
    assumed: bool = False  # figures with assumptions for what is unknown, instead of what is known only

    def __bool__(self) -> bool:
        """Whether any condition is set."""
        return self != NOTHING

    @property
    def supposing(self) -> bool:
        """Whether anything is supposed that is not so: an offer, people, a planning value."""
        return bool(self.planning or self.growth or self.offers)

    @property
    def reach(self) -> Conditions:
        """The same without suppositions: what counts as reachable, and whether what is unknown is assumed."""
        return Conditions(self.times, self.languages, self.barrier_free, assumed=self.assumed)

    @property
    def limiting(self) -> bool:
        """Whether an offer must fulfil anything to count as reachable."""
        return bool(self.times or self.languages or self.barrier_free)

    def to_json(self) -> str:
        """As JSON for a link or a scenario; only the conditions that are set."""
        return _written(self)

    @staticmethod
    def from_json(text: str) -> Conditions:
        """The opposite of to_json. Raises UserError for other texts; whether the ids exist is left to `check`."""
        try:
            return _dataclass(Conditions, json.loads(text), "")
        except (ValueError, RecursionError) as error:
            details = str(error) if isinstance(error, _Unreadable) else "JSON"
            raise UserError("conditions_unreadable", details=details) from error

    def check(self, reader: Reader) -> None:
        """Raises UserError for the first number out of range, unknown word, id that does not exist, or repetition."""
        for entries in (self.planning, self.growth, self.offers, self.languages):
            if len(entries) > MOST_ENTRIES:
                raise UserError("conditions_too_many", most=MOST_ENTRIES)
        for number in self._numbers():
            if not 0 <= number <= MOST:  # refuses NaN too
                raise UserError("conditions_number", value=number, most=MOST)
        for time in self.times:
            if time not in TIMES:
                raise UserError("conditions_unknown", value=time)
        said = [(entry.theme_id, entry.target_group_id) for entry in self.planning]
        if len(set(said)) < len(said):
            raise UserError("conditions_twice", value=next(pair[0] for pair in said if said.count(pair) > 1))
        for offer in self.offers:
            _check_offer(offer)
        for kind, named in self._named().items():
            known = {row["id"] for row in reader.rows(_KNOWN[kind])} if named else set()
            for unknown in sorted(named - known):
                raise UserError("conditions_unknown", value=unknown)

    def variables(self) -> dict[str, tuple[str, str]]:
        """Variable of the cursor → its DuckDB type and its value as JSON; only the conditions that are set."""
        return _variables(self)

    def _numbers(self) -> list[float]:
        return [
            *(entry.places_per_100 for entry in self.planning),
            *(entry.persons for entry in self.growth),
            *(entry.capacity for entry in self.offers),
        ]

    def _named(self) -> dict[str, set[str]]:
        """Kind → ids that must exist. A planning value belongs to a theme of the lowest level ("leaf")."""
        groups = {entry.target_group_id for entry in self.planning} | {entry.target_group_id for entry in self.growth}
        districts = {entry.district_id for entry in self.growth}
        languages, themes = set(self.languages), set()
        for offer in self.offers:
            themes |= set(offer.theme_ids)
            groups |= set(offer.target_group_ids)
            districts |= {*(offer.district_ids or ()), *([offer.district_id] if offer.district_id else ())}
            languages |= set(offer.language_ids or ())
        leaves = {entry.theme_id for entry in self.planning}
        return {"leaf": leaves, "theme": themes, "group": groups, "district": districts, "language": languages}


NOTHING = Conditions()

_KNOWN = {
    "leaf": "SELECT theme_id AS id FROM inventory.theme "
    "WHERE theme_id NOT IN (SELECT parent_id FROM inventory.theme WHERE parent_id IS NOT NULL)",
    "theme": "SELECT theme_id AS id FROM inventory.theme",
    "group": "SELECT target_group_id AS id FROM inventory.target_group",
    "district": "SELECT district_id AS id FROM inventory.district",
    "language": "SELECT language_id AS id FROM inventory.language",
}


class _Unreadable(ValueError):
    """JSON that does not describe conditions; the argument is the place of the fault."""


def _check_offer(offer: NewOffer) -> None:
    """Raises UserError for a supposed offer that lacks a field without which it cannot be counted."""
    lacks_place = offer.mode == "on_site" and offer.district_id is None
    if not offer.theme_ids or not offer.target_group_ids or lacks_place or not offer.name.strip():
        raise UserError("conditions_offer")
    if offer.mode not in MODES:
        raise UserError("conditions_unknown", value=offer.mode)
    try:
        notation.parse(offer.times, "STRUCT[]")
    except ValueError as error:
        raise UserError("conditions_unknown", value=offer.times) from error


@lru_cache(maxsize=64)
def _written(conditions: Conditions) -> str:
    usual = asdict(NOTHING)
    different = {name: value for name, value in asdict(conditions).items() if value != usual[name]}
    return json.dumps(different, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=64)
def _variables(conditions: Conditions) -> dict[str, tuple[str, str]]:
    offers = [{**asdict(offer), "times": notation.parse(offer.times, "STRUCT[]")} for offer in conditions.offers]
    values = {
        "wanted_times": ("VARCHAR[]", conditions.times),
        "wanted_languages": ("VARCHAR[]", conditions.languages),
        "wanted_barrier_free": ("BOOLEAN", conditions.barrier_free),
        "supposed_planning": (_PLANNING, [asdict(entry) for entry in conditions.planning]),
        "supposed_growth": (_GROWTH, [asdict(entry) for entry in conditions.growth]),
        "supposed_offers": (_OFFERS, offers),
        "assumed": ("BOOLEAN", conditions.assumed),
    }
    return {name: (kind, json.dumps(value, default=str)) for name, (kind, value) in values.items() if value}


def _dataclass(kind: Any, given: Any, at: str) -> Any:
    """An object of one of the classes above, from parsed JSON. Raises _Unreadable with the place of a fault."""
    if not isinstance(given, dict):
        raise _Unreadable(at or "JSON")
    hints = get_type_hints(kind)
    if strange := given.keys() - hints.keys():
        raise _Unreadable(min(strange))
    try:
        return kind(**{name: _value(hints[name], value, f"{at}{name}") for name, value in given.items()})
    except TypeError as error:
        missing = [field.name for field in fields(kind) if field.name not in given]
        raise _Unreadable(f"{at}{missing[0]}") from error


def _value(hint: Any, given: Any, at: str) -> Any:
    """A value of the type `hint`; an integer is accepted as a float. Raises _Unreadable for others."""
    choices = get_args(hint)
    if type(None) in choices:
        return None if given is None else _value(choices[0], given, at)
    if choices:  # tuple[kind, ...]
        if not isinstance(given, list):
            raise _Unreadable(at)
        return tuple(_value(choices[0], value, f"{at}.") for value in given)
    if hint is float and isinstance(given, int | float) and not isinstance(given, bool):
        return given
    if hint in (str, bool) and isinstance(given, hint):
        str(given).encode()  # raises ValueError for half a surrogate pair
        return given
    if hint in (Planning, Growth, NewOffer):
        return _dataclass(hint, given, f"{at}")
    raise _Unreadable(at)
