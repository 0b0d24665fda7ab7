"""Whether a rule is met: votes for and against, and the seats that must be present."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from esdash.errors import UserError

RECORDED = ("consensus", "counts", "by_seat")
VOICES = ("yes", "no", "abstain", "recused")  # of one seat
ADOPTING = ("adopted", "adopted_changed")


class Votes(NamedTuple):
    """What was counted. None: not counted; "ohne Gegenstimme" counts nobody, so it invents no votes."""

    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    recused: int | None = None


NOT_COUNTED = Votes()


def met(recorded: str, votes: Votes, rule: str) -> bool:
    """Whether the motion has its majority: more for than against, or twice as many. Abstentions count for neither."""
    if recorded == "consensus":
        return True
    yes, no = votes.yes or 0, votes.no or 0
    return yes > no if rule == "simple" else yes > 0 and yes >= 2 * no


def quorate(meeting: Mapping[str, Any], body: Mapping[str, Any]) -> bool | None:
    """Whether enough seats are present; None if no number was agreed or nobody was noted."""
    present = meeting["present_organization_ids"]
    return None if body["quorum"] is None or present is None else len(present) >= body["quorum"]


def of_seats(seats: Mapping[str, str]) -> Votes:
    """The votes of organisations, counted. Raises ValueError for a voice that there is not."""
    said = list(seats.values())
    if strange := set(said) - set(VOICES):
        raise ValueError(f"no voices: {sorted(strange)}")
    return Votes(*(said.count(voice) for voice in VOICES))


def check(recorded: str, votes: Votes, present: int | None) -> None:
    """Raises UserError for votes that do not fit the way they were recorded, or of more seats than are present."""
    if recorded == "consensus" and (votes.yes is not None or votes.no is not None):
        raise UserError("decision_consensus_counts")
    if recorded == "counts" and (votes.yes is None or votes.no is None):
        raise UserError("decision_needs_counts")
    counted = [count for count in votes if count is not None]
    if any(count < 0 for count in counted):
        raise UserError("decision_needs_counts")
    if present is not None and sum(counted) > present:
        raise UserError("decision_too_many", counted=sum(counted), present=present)


def refuse_contradiction(result: str, recorded: str, votes: Votes, rule: str) -> None:
    """Raises UserError if the votes say the opposite of the result: adopted without a majority, rejected with one."""
    if recorded == "consensus":
        return
    carried = met(recorded, votes, rule)
    if (result in ADOPTING and not carried) or (result == "rejected" and carried):
        key = "decision_without_majority" if result in ADOPTING else "decision_with_majority"
        raise UserError(key, yes=votes.yes, no=votes.no, rule=Rule(rule))


class Rule(str):
    """The rule of a majority, said in the language of whoever reads the message."""

    @property
    def text_key(self) -> str:
        """The key of the text that names this rule."""
        return f"meetings.rule_{self}"
