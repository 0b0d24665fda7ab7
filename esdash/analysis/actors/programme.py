"""What the programme's own study counts: how the network grew, and its links to administration and business (M20)."""

from collections import Counter
from typing import NamedTuple

from esdash.analysis.actors import sectors, ties
from esdash.analysis.answers import answers
from esdash.inventory import Inventory
from esdash.inventory.cached import cached


class Network(NamedTuple):
    """Figures of one day. `organizations` and `ties` are the sums of their parts, which are disjoint."""

    organizations: int
    of_sector: dict[str, int]  # sector → organisations
    ties: int  # pairs of organisations with a tie
    administration: int  # of them between the administration and others, business left out
    business: int  # between business and others, the administration left out
    both: int  # between administration and business
    civil: int  # among associations, education, churches
    unclear: int  # with an organisation of unknown sector, and no administration or business
    alone: int  # organisations without a tie
    contacts: int
    contacts_reached: int  # within the half-life (M18)
    entries: int  # of handed-over versions that ask for an answer or have one (M17)
    entries_answered: int


@cached
def network(inventory: Inventory) -> Network:
    """The figures on the day of the inventory."""
    sector = sector_of(inventory)
    kinds = Counter(_part(sector[a], sector[b]) for a, b in ties.kinds_of(inventory))
    tied = {one for pair in ties.kinds_of(inventory) for one in pair}
    counted = Counter(sector.values())
    (reach,) = inventory.rows("FROM contacts_reached")
    pace = answers.pace(inventory)
    return Network(
        len(sector),
        {name: counted[name] for name in sectors.SECTORS},
        sum(kinds.values()),
        kinds["administration"],
        kinds["business"],
        kinds["both"],
        kinds["civil"],
        kinds["unclear"],
        len(sector.keys() - tied),
        int(reach["contacts"]),
        int(reach["reached"]),
        pace.answered + pace.waiting,
        pace.answered,
    )


@cached
def sector_of(inventory: Inventory) -> dict[str, str]:
    """Active organisation → its sector."""
    rows = inventory.rows(
        "SELECT organization_id, kind FROM organization WHERE status = 'active' ORDER BY organization_id"
    )
    return {row["organization_id"]: sectors.of(row["kind"]) for row in rows}


def _part(one: str, other: str) -> str:
    """The part of the ties to which a pair of these sectors belongs."""
    both = {one, other}
    if both == {"administration", "business"}:
        return "both"
    for name in ("administration", "business"):
        if name in both:
            return name
    return "unclear" if "unknown" in both else "civil"
