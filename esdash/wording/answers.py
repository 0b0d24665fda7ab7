"""The state of an entry, an answer and silence in words: the same on the page, on the city's page and in files."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from esdash.texts import Text, is_missing


def state(row: Mapping[str, Any], text: Text) -> str:
    """The state of an entry in few words: "angenommen, 12.10.2026", "offen seit 63 Tagen"."""
    if row["state"] == "answered":
        if row["verdict"] == "deferred" and not is_missing(row["next_on"]):
            return text("answer_state.deferred_until", day=row["next_on"])
        return text("answer_state.answered", verdict=text(f"verdict.{row['verdict']}"), day=row["answered_on"])
    if row["state"] == "kept":
        return text("answer_state.kept")
    days = row["days_overdue"] if row["state"] == "overdue" else row["days_waiting"]
    return text.count(f"answer_state.{row['state']}", int(days))


def silent(row: Mapping[str, Any], text: Text) -> str:
    """How long the city has been silent about an entry: "seit 94 Tagen ohne Antwort, erbeten bis 31.10.2026"."""
    words = text.count("answer_state.silent", int(row["days_waiting"]))
    due: date | None = None if is_missing(row["answer_due_on"]) else row["answer_due_on"]
    return text("answer_state.silent_due", silent=words, day=due) if due else words


def facts(content: Mapping[str, Any]) -> str:
    """The facts of an entry in short, as the version says them: its measure, and why it is on the list."""
    said = [content.get(name) for name in ("measure", "why")]
    return "\n".join(str(words) for words in said if words)
