"""What a person says about a point: the result in the words of SessionNet, the votes, who does it until when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from esdash.inventory.steering.meetings.majority import NOT_COUNTED, Votes

RESULTS = ("adopted", "adopted_changed", "deferred", "referred", "rejected", "withdrawn", "noted")
LAST_TIME = 2  # carried so often, a point is on the agenda for the third time: decide, defer to a day, or drop
LONGEST_TEXT = 2000  # a resolution fits half a page of the minutes


@dataclass(frozen=True)
class Said:
    """What was decided about a point, as the minutes will hold it."""

    result: str
    resolution_text: str
    recorded: str = "consensus"
    votes: Votes = NOT_COUNTED
    seats: Mapping[str, str] = field(default_factory=dict)  # by seat: organisation → yes, no, abstain, recused
    rule: str | None = None  # None: the rule of the group
    reason: str | None = None
    deferred_until: date | None = None
    referred_to: str | None = None
    lead_organization_id: str | None = None  # with due_on: who does it until when, which makes a measure
    due_on: date | None = None
    evidence: Any = None
    view_url: str | None = None
    as_of: date | None = None


class Result(str):
    """A result, said in the language of whoever reads the message."""

    @property
    def text_key(self) -> str:
        """The key of the text that names this result."""
        return f"meetings.result_{self}"
