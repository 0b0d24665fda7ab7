"""Who could help, in words: each wish, each reason with its day, and what would have to change where nobody can."""

from typing import Any

from esdash.analysis.actors.helping import Answer, Helper, Need, Reason
from esdash.texts import Text, is_missing
from esdash.wording.escaping import bold
from esdash.wording.names import Names

Row = dict[str, Any]
_OF_A_RECORD = ("speaks", "says")  # reasons that are said otherwise for each kind of record


def wish(name: str, need: Need, names: Names) -> str:
    """A wish in words: "Sprache Persisch"."""
    text = names.text
    kinds = {"theme": "theme", "target_group": "target_group", "district": "district", "language": "language"}
    if name in kinds:
        return text(f"helping.wish_{name}", what=names.of(kinds[name], getattr(need, name)))
    return text(f"helping.wish_{name}", what=need.words) if name == "words" else text(f"helping.wish_{name}")


def wishes(need: Need, names: Names) -> str:
    """All wishes in one line."""
    return ", ".join(wish(name, need, names) for name in need.wishes)


def sentence(need: Need, answer: Answer, names: Names) -> str:
    """The answer in one sentence."""
    text = names.text
    if not need.wishes:
        return text("helping.sentence_ask")
    if not answer.found:
        return text("helping.sentence_none", wishes=bold(wishes(need, names)))
    shown = len(answer.helpers)
    key = "helping.sentence_all" if shown == answer.found else "helping.sentence"
    found = bold(text.count("helping.n_organizations", answer.found))
    return text(key, found=found, shown=text.number(shown), wishes=bold(wishes(need, names)))


def reason(given: Reason, threshold: int, text: Text) -> str:
    """Why an organisation fulfils a wish, with the day it was last confirmed; small numbers of people are not said."""
    key = f"helping.{given.kind}_{given.table}" if given.kind in _OF_A_RECORD else f"helping.{given.kind}"
    said = text(key, name=given.name, minutes=_minutes(given), waiting=_waiting(given, threshold, text))
    if given.kind == "promise":
        return f"{said} {text('helping.given', day=given.day)}" if given.day else said
    return f"{said} {text('helping.confirmed', day=given.day) if given.day else text('helping.never_confirmed')}"


def _minutes(given: Reason) -> int:
    return round(given.value or 0) if given.kind == "room_near" else 0


def _waiting(given: Reason, threshold: int, text: Text) -> str:
    """How many wait; below the city's threshold of small numbers only that somebody does (METHODS M4)."""
    if not given.kind.startswith("offer_waiting") or given.value is None:
        return ""
    waiting = int(given.value)
    return text("helping.some_wait") if waiting < threshold else text("helping.they_wait", n=waiting)


def why_here(place: int, helper: Helper, before: Helper | None, text: Text) -> str:
    """Why an organisation stands where it stands, compared with the one above it."""
    if before is None or place == 1:
        return text("helping.first_beside") if helper.beside else text("helping.first")
    if helper.beside > before.beside:
        return text("helping.after_beside")
    if helper.points < before.points:
        return text("helping.after_points", points=text.number(helper.points, 2), before=text.number(before.points, 2))
    return text("helping.after_day" if helper.latest != before.latest else "helping.after_name")


def contact(row: Row | None, office: Row, text: Text) -> str:
    """Whom to ask there: function, person only with public consent, phone and mail; else the organisation itself."""
    if row is not None:
        who = " ".join(part for part in (row["role"], f"({row['name']})" if row["name"] else "") if part)
        ways = [row[name] for name in ("phone", "email") if row[name]] or _office(office)
        reached = text("helping.reached", day=row["reached_on"]) if row["reached_on"] else text("helping.never_reached")
        return text("helping.who", who=", ".join([who, *ways]), reached=reached)
    ways = _office(office)
    return text("helping.office", ways=", ".join(ways)) if ways else text("helping.office_silent")


def _office(office: Row) -> list[str]:
    return [str(office[name]) for name in ("phone", "email") if not is_missing(office[name])]
