"""Measures in words: their state and date, where they come from, and the lines of the control list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from esdash.analysis.measures import listed
from esdash.inventory import Inventory
from esdash.texts import Text, is_missing
from esdash.wording.columns import Column, headed
from esdash.wording.names import Names

COLUMNS = ("planned", "running", "waiting", "done")  # of the board; the last one also has those given up

Row = Mapping[str, Any]

LATE = "red"  # the colour of what is overdue


class Card(NamedTuple):
    """A measure in few words: its name, who leads, until when, and what asks for attention ("" if nothing does)."""

    measure_id: str
    title: str
    lead: str
    due: str
    asks: str
    colour: str  # of what asks: red, orange or grey

    @property
    def late(self) -> bool:
        """Whether it is overdue."""
        return self.colour == LATE


def title(row: Row, text: Text) -> str:
    """ "M-07 · Lernhilfe in Alten"; without the number where it has none."""
    number = row.get("number")
    return str(row["title"]) if is_missing(number) else f"{number} · {row['title']}"


def day_of(value: Any) -> date | None:
    """A day of a frame as a date; None if unknown."""
    return None if is_missing(value) else pd.Timestamp(value).date()


def card(row: Row, names: Names, text: Text, today: date) -> Card:
    """A measure on the board."""
    due, ended, state = day_of(row["due_on"]), day_of(row["finished_on"]), row["state"]
    words = text("measures.card_due", day=due)
    asks, colour = "", "gray"
    if state in ("done", "dropped"):
        words = text(f"measures.card_{state}", day=ended)
        asks = text("measures.state_dropped") if state == "dropped" else ""
    elif due is not None and due < today:
        asks, colour = text.count("measures.overdue", (today - due).days), LATE
    elif row["asks"] == "soon" and due is not None:
        asks, colour = text.count("measures.soon", (due - today).days), "orange"
    return Card(
        str(row["measure_id"]),
        title(row, text),
        names.of("organization", row["lead_organization_id"]),
        words,
        asks,
        colour,
    )


def by_state(frame: pd.DataFrame, names: Names, text: Text, today: date) -> dict[str, list[Card]]:
    """Column of the board → its cards, the most urgent first; of the last column the newest."""
    found: dict[str, list[Card]] = {state: [] for state in COLUMNS}
    usual = frame.assign(order=frame["due_on"].fillna(pd.Timestamp.max)).sort_values(["order", "number"])
    for row in usual.to_dict("records"):
        if row["open"]:
            found[row["state"]].append(card(row, names, text, today))
    ended = frame[~frame["open"]].sort_values(["finished_on", "number"], ascending=False)
    found["done"] = [card(row, names, text, today) for row in ended.to_dict("records")]
    return found


def sentence(frame: pd.DataFrame, text: Text) -> str:
    """What became of it, in one sentence."""
    if frame.empty:
        return text("measures.sentence_none")
    running, asks = frame[frame["open"]], frame["asks"]
    said = {
        "open": text.count("measures.n_open", len(running)),
        "overdue": text.count("measures.n_overdue", int((asks == "overdue").sum())),
        "waiting": text.count("measures.n_waiting", int((running["state"] == "waiting").sum())),
        "done": text.count("measures.n_done", int((frame["state"] == "done").sum())),
        "dropped": text.count("measures.n_dropped", int((frame["state"] == "dropped").sum())),
    }
    return text("measures.sentence", **said)


# ---------------------------------------------------------------- the control list

_LINE = (
    ("decision", "measures.column_decision"),
    ("decided_on", "measures.column_decided_on"),
    ("resolution_text", "measures.column_resolution"),
    ("body_name", "measures.column_body"),
    ("measure", "measures.column_measure"),
    ("responsible", "measures.column_responsible"),
    ("light_word", "measures.column_light"),
    ("state_word", "measures.column_state"),
    ("due_on", "measures.column_due"),
    ("closing_note", "measures.column_closing"),
    ("delay_reason", "measures.column_delay"),
    ("next_on", "measures.column_next"),
)


def control_columns(text: Text) -> list[Column]:
    """The columns of the control list, on screen and in every file."""
    return headed(text, "", *_LINE)


def control_rows(inventory: Inventory, text: Text, names: Names, day: date) -> pd.DataFrame:
    """The lines of the control list in words, with `light` and `measure_id` as they are."""
    frame = listed.control(inventory, day)
    rows = [_line(row, names, text) for row in frame.to_dict("records")]
    named = ["measure_id", "light", *(name for name, _ in _LINE)]
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in named})


def _line(row: Row, names: Names, text: Text) -> dict[str, Any]:
    has = not is_missing(row["measure_id"])
    offices = [row["responsible_office"], row["responsible_role"]]
    lead = None if is_missing(row["lead_organization_id"]) else names.of("organization", row["lead_organization_id"])
    who = [word for word in (lead, *offices) if not is_missing(word)]
    delay = _known(row["delay_reason"])
    if has and row["light"] == "overdue" and delay is None:
        delay = text("measures.no_reason")
    return {
        "measure_id": _known(row["measure_id"]),
        "light": row["light"],
        "decision": _known(row["decision_number"]),
        "decided_on": day_of(row["decided_on"]),
        "resolution_text": _known(row["resolution_text"]),
        "body_name": _known(row["body_name"]),
        "measure": title(row, text) if has else text("measures.no_measure"),
        "responsible": ", ".join(dict.fromkeys(who)) or text("word.unknown"),
        "light_word": light(row["light"], text),
        "state_word": _state(row, has, text),
        "due_on": day_of(row["due_on"]),
        "closing_note": _known(row["closing_note"]),
        "delay_reason": delay,
        "next_on": day_of(row["next_on"]),
    }


def _known(value: Any) -> Any:
    return None if is_missing(value) else value


def light(name: str, text: Text) -> str:
    """The traffic light as a word, with why."""
    return text(
        "measures.light", colour=text(f"measures.colour_{listed.LIGHTS[name]}"), why=text(f"measures.light_{name}")
    )


def _state(row: Row, has: bool, text: Text) -> str:
    """The state, what it waits for, and the last note with its day."""
    words = text(f"measures.state_{row['state']}")
    if has and row["state"] == "waiting":
        words = text("measures.waits_for", what=row["waiting_for"])
    if not has and row["state"] in ("adopted", "adopted_changed") and row["light"] == "no_measure":
        words = text("measures.state_open")
    last = row["last_note"]
    if is_missing(last) or row["state"] in ("done", "dropped"):
        return words
    noted = day_of(row["last_noted_on"])
    return text("measures.state_noted", state=words, day=noted, note=last) if noted else f"{words}. {last}"


def origin(row: Row, text: Text) -> str:
    """What a new measure can follow from, in one line."""
    return text(f"measures.origin_{row['kind']}", number=row["number"], day=row["day"], words=row["words"])
