"""What the print register keeps of a paper that was printed on some day: marks of what it said, no words."""

from dataclasses import dataclass
from datetime import date

from esdash.analysis.leaflet import contacts
from esdash.analysis.leaflet.contacts import Audience, Kind
from esdash.analysis.prints import past
from esdash.exports.prints.papers import paper
from esdash.inventory import Inventory


@dataclass(frozen=True)
class Known:
    """The marks of the contact points on a paper, made with a salt, and until when it holds."""

    printed: tuple[dict[str, str | None], ...]
    valid_to: date


def known(inventory: Inventory, kind: Kind, language: str, audience: Audience, as_of: date, salt: str) -> Known:
    """What a paper of a day said. Raises UserError for a day without data.

    Whoever might have been named on that day and may not be today is added without a mark: the register then names the
    copies at once.
    """
    then = inventory if as_of == inventory.today() else inventory.as_of(as_of)
    made = paper(then, kind, language, audience)
    marks = contacts.printed(made.contacts, kind, salt)
    withdrawn = [] if then is inventory else past.withdrawn_since(then, audience)
    gone = {line["contact_point_id"] for line in withdrawn}
    kept = [line for line in marks if line["contact_point_id"] not in gone]
    return Known((*kept, *withdrawn), made.valid_to)
