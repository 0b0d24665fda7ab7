"""The state of an entry, an answer and silence in words: the same on the page, on the city's page and in files."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from esdash.texts import Text, is_missing
from esdash.wording.escaping import bold
from esdash.wording.money import euro

_SAID = {"office": "office", "reference": "reference", "next": "day", "reason": "reason"}  # placeholder of its text


def state(row: Mapping[str, Any], text: Text) -> str:
    """The state of an entry in few words: "angenommen, 12.10.2026", "offen seit 63 Tagen"."""
    if row["state"] == "answered":
        if row["verdict"] == "deferred" and not is_missing(row["next_on"]):
            return text("answer_state.deferred_until", day=row["next_on"])
        return text("answer_state.answered", verdict=text(f"verdict.{row['verdict']}"), day=row["answered_on"])
    if row["state"] == "kept":
        return text("answer_state.kept")
    if row["state"] == "ended":
        return text(f"answer_state.ended_{row['ended_as']}")
    if row["state"] == "moved":
        return text("answer_state.moved", number=int(row["asked_again"]))
    days = row["days_overdue"] if row["state"] == "overdue" else row["days_waiting"]
    if row["state"] == "open" and days == 0:
        return text("answer_state.open_today")
    return text.count(f"answer_state.{row['state']}", int(days))


def silent(row: Mapping[str, Any], text: Text) -> str:
    """How long the city has been silent about an entry: "seit 94 Tagen ohne Antwort, erbeten bis 31.10.2026"."""
    words = text.count("answer_state.silent", int(row["days_waiting"]))
    due: date | None = None if is_missing(row["answer_due_on"]) else row["answer_due_on"]
    return text("answer_state.silent_due", silent=words, day=due) if due else words


def decided(version: Mapping[str, Any], text: Text) -> str:
    """When a version was adopted, else when it was frozen: "beschlossen am 23.09.2026"."""
    if version["adopted_on"] is None:
        return text("answer_state.frozen", day=version["frozen_on"])
    return text("answer_state.adopted", day=version["adopted_on"])


def facts(content: Mapping[str, Any], text: Text) -> str:
    """The facts of an entry in short, as its version says them: what to do, for whom, where, who leads, the figures."""
    about = {name: ", ".join(content.get(name) or []) for name in ("for_whom", "where")}
    about["lead"] = content.get("lead") or ""
    evidence = content.get("evidence") or {}
    found = evidence.get("then") or evidence.get("now") or []
    figures = _figures(found, text)
    day = evidence.get("as_of")
    dated = day and figures and text("answer_sheet.figures", day=date.fromisoformat(day), figures=figures)
    lines = [
        content.get("measure"),
        " · ".join(text(f"answer_sheet.fact_{name}", words=words) for name, words in about.items() if words),
        evidence.get("reason"),
        dated or figures,
    ]
    return "\n".join(line for line in lines if line)


def _figures(found: Sequence[Mapping[str, Any]], text: Text) -> str:
    """Figures in one line, each unit once: "fehlend 8,2, gebraucht 8,2 (Plätze pro Woche)"."""
    by_unit: dict[str, list[str]] = {}
    for one in found:
        value = None if one["value"] is None else float(one["value"])
        by_unit.setdefault(one["unit"], []).append(f"{one['name']} {text.number(value)}")
    return "; ".join(f"{', '.join(figures)} ({unit})" for unit, figures in by_unit.items())


def sentence(version: Mapping[str, Any], rows: pd.DataFrame, text: Text) -> str:
    """A version that was handed over: when, to whom, until when an answer is asked for, how much is answered."""
    counted = rows["state"].value_counts()
    answered, every = int(counted.get("answered", 0)), len(rows)
    key = "city_answers.answered_all" if answered == every else "city_answers.answered_some"
    due = version["answer_due_on"]
    said = text(
        "city_answers.sentence",
        number=version["number"],
        decided=decided(version, text),
        day=version["handed_over_on"],
        recipient=bold(version["recipient"]),
        due=text("city_answers.sentence_due", day=due) if due else "",
        answered=text(key, n=bold(str(answered)), all=every),
    )
    waits_not = [
        text.count(f"city_answers.{name}", int(counted[name])) for name in ("ended", "moved") if name in counted
    ]
    days = {name: version[f"{name}_on"] for name in ("receipt", "reminded")}
    noted = [text(f"city_answers.{name}", day=day) for name, day in days.items() if day]
    return " ".join([said, *waits_not, *noted])


def in_brief(row: Mapping[str, Any], text: Text) -> str:
    """The verdict of an answer and its day."""
    return text("city_answers.line", verdict=text(f"verdict_long.{row['verdict']}"), day=row["answered_on"])


def told(row: Mapping[str, Any], number: int, text: Text) -> str:
    """One answer in a line, with what it says, how it came, and whether a later one superseded it.

    `number`: the version that is shown; an answer to another one says to which.
    """
    beside = {"office": "responsible_office", "reference": "office_reference", "next": "next_on", "reason": "reason"}
    parts = [in_brief(row, text), text(f"city_answers.way_{row['received_via']}")]
    for name, column in beside.items():
        if not is_missing(row[column]):
            parts.append(text(f"city_answers.line_{name}", **{_SAID[name]: row[column]}))
    if not is_missing(row["cost_committed_eur"]):
        parts.append(text("city_answers.line_cost", cost=euro(row["cost_committed_eur"], text)))
    if row["number"] != number:
        parts.append(text("city_answers.line_version", number=row["number"]))
    if not row["current"]:
        parts.append(text("city_answers.line_superseded"))
    return " · ".join(parts)
