"""Before a paper is printed: whom to confirm first so that it holds long enough, and who is not on it and why."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from esdash.analysis.judgements import LEAFLET_WEEKS
from esdash.analysis.leaflet.contacts import Audience, End, Printable
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model.folding import name_order


class First(NamedTuple):
    """A contact point to confirm before printing: what of it ends before the day until which the print should hold."""

    contact_point_id: str
    contact_id: str | None
    name: str
    ends: tuple[End, ...]  # the earliest first


class Missing(NamedTuple):
    """A contact point that is not on the paper.

    why: as in contact_point_today, all that hold; else audience_unknown (nobody knows for whom it is) or no_room (a
    flyer holds the first ones, and names the number of the others). contact_id: whom one asks there, None for nobody.
    """

    contact_point_id: str
    contact_id: str | None
    name: str
    why: tuple[str, ...]


@cached
def weeks(inventory: Inventory) -> int:
    """How many weeks a print should hold at least: as the city says, else as usual."""
    return int(inventory.value("SELECT leaflet_weeks FROM city") or LEAFLET_WEEKS)


def wanted_until(inventory: Inventory) -> date:
    """The day until which a print of today should hold."""
    return inventory.today() + timedelta(weeks=weeks(inventory))


def confirm_first(inventory: Inventory, shown: Iterable[Printable]) -> list[First]:
    """Those on the paper of which something ends before it should, in the order of these days."""
    until = wanted_until(inventory)
    found = [
        First(
            one.contact_point_id,
            one.contact_id,
            str(one.facts["name"]),
            tuple(end for end in one.ends if end.day < until),
        )
        for one in shown
        if one.valid_to < until
    ]
    return sorted(found, key=lambda first: (first.ends[0].day, name_order(first.name)))


def candidates(inventory: Inventory, audience: Audience) -> int:
    """The number of contact points that the paper is about: not archived, for this audience or nobody knows whom."""
    return len(_candidates(inventory, audience))


def missing(inventory: Inventory, shown: Iterable[Printable], audience: Audience) -> list[Missing]:
    """One per contact point that the paper is about and does not hold, by name; with those on it they add up."""
    there = {one.contact_point_id for one in shown}
    found = []
    for row in _candidates(inventory, audience):
        if row["contact_point_id"] not in there:
            why = tuple(row["unprintable"]) or (("audience_unknown",) if row["audiences"] is None else ("no_room",))
            contact = row["contact_id"] or row["named_contact_id"]
            found.append(Missing(row["contact_point_id"], contact, row["name"], why))
    return found


@cached
def _candidates(inventory: Inventory, audience: Audience) -> list[dict[str, Any]]:
    return inventory.rows(
        "SELECT contact_point_id, contact_id, named_contact_id, name, audiences, unprintable FROM contact_point_shown "
        "WHERE status <> 'archived' AND (audiences IS NULL OR list_contains(audiences, $audience)) "
        "ORDER BY name COLLATE de, contact_point_id",
        audience=audience,
    )
