"""Meetings and decisions in words, the same for page, minutes and files."""

from collections.abc import Mapping, Sequence
from typing import Any

from esdash.inventory.steering.meetings import majority
from esdash.texts import Text, is_missing
from esdash.wording.columns import Column, headed
from esdash.wording.names import Names

Row = Mapping[str, Any]


def named(meeting: Row, text: Text) -> str:
    """A meeting in one line: day, name, number, and what became of it."""
    parts = [text.date(meeting["held_on"]), str(meeting["name"]), str(meeting["number"] or ""), state(meeting, text)]
    return " · ".join(part for part in parts if part)


def state(meeting: Row, text: Text) -> str:
    """Where a meeting stands: planned, invited, running, closed or cancelled."""
    return text("meetings.state_cancelled" if meeting["cancelled"] else f"meetings.state_{meeting['meeting_state']}")


def when(meeting: Row, text: Text) -> str:
    """Day, times and place."""
    parts = [text.date(meeting["held_on"])]
    if meeting["begins"] is not None:
        key = "meetings.from_to" if meeting["ends"] is not None else "meetings.from"
        parts.append(text(key, begins=meeting["begins"], ends=meeting["ends"]))
    return ", ".join([*parts, *([str(meeting["place"])] if meeting["place"] else [])])


def sentence(
    meeting: Row | None, rows: list[dict[str, Any]], text: Text, proposed: Sequence[Sequence[str]] = ()
) -> str:
    """The answer of the page: when the meeting is, how long its agenda is, and what of it presses.

    `proposed`: why each point is proposed that is not on the agenda yet.
    """
    if meeting is None:
        return text("meetings.sentence_none")
    on = [row for row in rows if row["state"] != "withdrawn" and row["kind"] != "block"]
    said = {"when": when(meeting, text), "points": text.count("meetings.points", len(on))}
    if meeting["cancelled"]:
        return text("meetings.sentence_cancelled", **said)
    if meeting["meeting_state"] in ("held", "closed"):
        decided = sum(row["decision_id"] is not None for row in on)
        key = "running" if meeting["meeting_state"] == "held" else "closed"
        return text(f"meetings.sentence_{key}", number=meeting["number"] or "", decided=decided, **said)
    reasons = [*(row["why"] for row in on), *proposed]
    pressing = {word: sum(word in why for why in reasons) for word in ("due", "contested")}
    return text("meetings.sentence_coming", proposed=len(proposed), **pressing, **said)


def quorum(meeting: Row, text: Text) -> str:
    """Whether enough seats are present."""
    present, met = meeting["present_organization_ids"], majority.quorate(meeting, meeting)
    if met is None:
        return text("meetings.quorum_unknown" if present is None else "meetings.quorum_none")
    key = "meetings.quorum_met" if met else "meetings.quorum_missed"
    return text(key, present=len(present), quorum=meeting["quorum"])


def votes(decision: Row, text: Text) -> str:
    """How it was decided: without objection, counted, or seat by seat, and whether the rule was met."""
    if decision["recorded"] == "consensus":
        beside = [
            text(f"meetings.votes_{name}", n=int(decision[name]))
            for name in ("abstain", "recused")
            if not is_missing(decision[name]) and decision[name]
        ]
        return ", ".join([text("meetings.without_objection"), *beside])
    counted = ", ".join(
        text(f"meetings.votes_{name}", n=int(decision[name]))
        for name in majority.VOICES
        if not is_missing(decision[name])
    )
    met = decision.get("majority_met", decision.get("carried"))
    rule = text(f"meetings.rule_{decision['majority']}") if decision["majority"] else ""
    return f"{counted} ({rule}: {text('meetings.rule_met' if met else 'meetings.rule_missed')})" if rule else counted


def seats(decision: Row, names: Names, text: Text) -> str:
    """Who voted how, if the seats were recorded one by one."""
    said = decision["seats"] or {}
    voices = {
        voice: [names.of("organization", key) for key in names.by_name("organization", said) if said[key] == voice]
        for voice in majority.VOICES
    }
    return "; ".join(f"{text(f'meetings.voice_{name}')}: {', '.join(who)}" for name, who in voices.items() if who)


def outcome(decision: Row, text: Text) -> str:
    """The result in the words of SessionNet, with the day or office it names."""
    words = text(f"meetings.result_{decision['result']}")
    if not is_missing(decision["deferred_until"]):
        return text("meetings.until", result=words, day=decision["deferred_until"])
    if not is_missing(decision["referred_to"]):
        return text("meetings.referred_to", result=words, to=decision["referred_to"])
    return words


def task(decision: Row, names: Names, text: Text) -> str:
    """Who does it until when; empty where nobody was named."""
    if is_missing(decision["lead_organization_id"]):
        return ""
    lead = names.of("organization", decision["lead_organization_id"])
    return text("meetings.task", lead=lead, day=decision["due_on"], number=decision["measure_number"])


def agenda_columns(text: Text) -> list[Column]:
    """Columns of the points that are proposed for an agenda."""
    return headed(
        text,
        "",
        *(
            ("name", "meetings.column_point"),
            ("reasons", "meetings.column_why"),
            ("minutes", "meetings.column_minutes"),
        ),
    )
