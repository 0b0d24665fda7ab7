"""What has changed since a paper was printed, and where its copies lie (METHODS M23).

The register holds ids and salted marks, no words. Each printed contact point is looked at as it is today: a merged one
as the one that was kept, so that neither merging nor undoing it has to touch the register.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from esdash.analysis.leaflet import contacts
from esdash.analysis.leaflet.contacts import Kind, Printable
from esdash.inventory import Inventory, merging
from esdash.inventory.cached import cached
from esdash.model.folding import name_order

# What became of a printed contact point, the worst first.
#   revoked: whoever stands on the paper may not be named in public any more (withdrawn, expired, or erased)
#   gone: nobody should go or call there any more (archived, no longer there, not for this audience)
#   wrong: nobody can be reached there (an address bounced, nobody answers, the contact left)
#   unsure: nobody has confirmed it or reached anybody within the half-life, or the contact is away for a time
#   changed: it may be printed, and says something else today
#   same: a print of today says the same
STATES = ("revoked", "gone", "wrong", "unsure", "changed", "same")
FALSE = ("revoked", "gone", "wrong")  # copies that say so mislead people
_WRONG = frozenset({"archived", "no_way", "bounced", "silent"})

# collected: it rests; false: a contact point on it is FALSE; changed; outdated: its day has passed; unsure; right.
STANDINGS = ("false", "outdated", "changed", "unsure", "right", "collected")


class Place(NamedTuple):
    """Where copies of a print lie: a place of the inventory (of today, if it was merged), or another one in words."""

    location_id: str | None
    name: str
    copies: int


class Contact(NamedTuple):
    """A contact point on a print: its id of today, its name (None: it is not there any more), and what became of it.

    why: reasons as of contact_point_today; of a revoked one `withdrawn` or `erased`.
    """

    contact_point_id: str
    contact_id: str | None
    name: str | None
    state: str  # of STATES
    why: tuple[str, ...]


class Printed(NamedTuple):
    """One print of the register, compared with today."""

    print_run_id: str
    kind: Kind
    audience: str
    language_id: str
    as_of: date
    valid_to: date
    printed_on: date
    printed_by: str
    copies: int
    places: tuple[Place, ...]
    contacts: tuple[Contact, ...]
    collected_on: date | None
    version: int
    outdated: bool

    @property
    def in_office(self) -> int:
        """The copies that lie at no place."""
        return self.copies - sum(place.copies for place in self.places)

    @property
    def counts(self) -> dict[str, int]:
        """State → number of contact points on it; they add up to all of them."""
        number = Counter(one.state for one in self.contacts)
        return {state: number[state] for state in STATES}

    @property
    def standing(self) -> str:
        """What the whole print is worth today, of STANDINGS."""
        count = self.counts
        if self.collected_on is not None:
            return "collected"
        if any(count[state] for state in FALSE):
            return "false"
        if self.outdated:
            return "outdated"
        return "changed" if count["changed"] else "unsure" if count["unsure"] else "right"


@cached
def register(inventory: Inventory) -> list[Printed]:
    """All prints, those that lie about first, the newest first."""
    rows = inventory.rows(
        "FROM inventory.print_run ORDER BY collected_on IS NOT NULL, printed_on DESC, as_of DESC, print_run_id"
    )
    known = _Known(inventory) if rows else None
    return [known.compared(row) for row in rows] if known else []


def one(inventory: Inventory, print_run_id: str) -> Printed | None:
    """One print; None if there is none with this id."""
    return next((printed for printed in register(inventory) if printed.print_run_id == print_run_id), None)


def misleading(inventory: Inventory) -> list[Printed]:
    """The prints that lie about and name a contact point that is revoked, gone or wrong."""
    return [printed for printed in register(inventory) if printed.standing == "false"]


def lying_with(inventory: Inventory, contact_point_id: str) -> list[Printed]:
    """The prints that lie about and name this contact point."""
    return [
        printed
        for printed in register(inventory)
        if printed.collected_on is None and any(one.contact_point_id == contact_point_id for one in printed.contacts)
    ]


class _Known:
    """What is so today, asked once for all prints."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.today = inventory.today()
        self.merged = merging.resolved(inventory, "contact_point")
        self.moved = merging.resolved(inventory, "location")
        rows = inventory.rows(
            "SELECT p.contact_point_id, p.name, t.unprintable FROM contact_point AS p "
            "JOIN contact_point_today AS t USING (contact_point_id) ORDER BY p.contact_point_id"
        )
        self.points = {row["contact_point_id"]: row for row in rows}
        rows = inventory.rows("SELECT contact_id, unprintable FROM contact_today ORDER BY contact_id")
        self.contacts = {row["contact_id"]: row["unprintable"] for row in rows}
        rows = inventory.rows("SELECT location_id, name FROM location ORDER BY location_id")
        self.places = {row["location_id"]: row["name"] for row in rows}

    def compared(self, row: Mapping[str, Any]) -> Printed:
        """One print, compared with today."""
        printed = json.loads(row["printed"])
        ids = {line["contact_point_id"]: self._today(line["contact_point_id"]) for line in printed}
        said = contacts.of(self.inventory, ids.values(), row["as_of"])
        found = (self._contact(line, ids[line["contact_point_id"]], row, said) for line in printed)
        names = ("print_run_id", "kind", "audience", "language_id", "as_of", "valid_to", "printed_on", "printed_by")
        return Printed(
            **{name: row[name] for name in (*names, "copies", "collected_on", "version")},
            places=tuple(self._places(json.loads(row["laid_out"]))),
            contacts=tuple(sorted(found, key=lambda one: (STATES.index(one.state), name_order(one.name or "")))),
            outdated=row["valid_to"] < self.today,
        )

    def _today(self, contact_point_id: str) -> str:
        return self.merged.get(contact_point_id, contact_point_id)

    def _places(self, laid_out: Iterable[Mapping[str, Any]]) -> Iterable[Place]:
        """Where copies lie; two places that were merged are one."""
        copies: Counter[tuple[str | None, str]] = Counter()
        for line in laid_out:
            key = line.get("location_id")
            today = self.moved.get(key, key) if key else None
            copies[today, self.places.get(today, str(today)) if today else line["place"]] += line["copies"]
        return (Place(*place, number) for place, number in copies.items())

    def _contact(
        self, line: Mapping[str, Any], key: str, row: Mapping[str, Any], said: Mapping[str, Printable]
    ) -> Contact:
        point, asked = self.points.get(key), line["contact_id"]
        state, why = self._state(line, key, row, said)
        return Contact(key, asked, point["name"] if point else None, state, why)

    def _state(
        self, line: Mapping[str, Any], key: str, row: Mapping[str, Any], said: Mapping[str, Printable]
    ) -> tuple[str, tuple[str, ...]]:
        asked = line["contact_id"]
        if line["sha256"] is None and asked is None:
            return "revoked", ("erased",)
        if line["sha256"] is None or (asked is not None and "no_consent" in self.contacts.get(asked, ["no_consent"])):
            return "revoked", ("withdrawn",)
        point = self.points.get(key)
        if point is None:
            return "gone", ("point_gone",)
        if (today := said.get(key)) is None:
            why = tuple(point["unprintable"])
            if "not_active" in why:
                return "gone", why
            return "wrong" if _WRONG & {*why} else "unsure", why
        if row["audience"] not in (today.facts["audiences"] or ()):
            return "gone", ("other_audience",)
        same = contacts.fingerprint(today, row["kind"], row["salt"]) == line["sha256"]
        return ("same", ()) if same else ("changed", ())
