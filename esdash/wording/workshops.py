"""Workshops, ideas and promises in words: the sentence of the page, where each idea and promise stands, and tables."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from esdash.analysis.workshops import listed
from esdash.analysis.workshops.listed import Counts
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording.columns import Column, headed
from esdash.wording.names import Names, names_of

Row = Mapping[str, Any]

IDEA_PARTS = ("listed", "new", "merged", "parked", "ended")
PROMISE_PARTS = ("kept", "open", "broken", "released")


def sentence(counts: Counts, text: Text) -> str:
    """Who had which idea and who promised what, in one sentence; its figures add up."""
    if not counts.ideas and not counts.promises:
        return text("workshops.sentence_nothing" if counts.workshops else "workshops.sentence_none")
    ideas = [text.count(f"ideas.n_{part}", n) for part in IDEA_PARTS if (n := getattr(counts, part))]
    said = text.count("ideas.n", counts.ideas)
    first = text("workshops.sentence_of", what=said, parts=", ".join(ideas)) if ideas else said
    promises = [_promise_part(counts, part, text) for part in PROMISE_PARTS if getattr(counts, part)]
    said = text.count("promises.n", counts.promises)
    return f"{first} " + (text("workshops.sentence_of", what=said, parts=", ".join(promises)) if promises else said)


def _promise_part(counts: Counts, part: str, text: Text) -> str:
    """One part of the promises; of the open ones also how many are overdue or followed as a measure."""
    words = text.count(f"promises.n_{part}", getattr(counts, part))
    inside = [text.count(f"promises.n_{name}", n) for name in ("overdue", "followed") if (n := getattr(counts, name))]
    return text("promises.n_open_with", words=words, inside=", ".join(inside)) if part == "open" and inside else words


def undated(inventory: Inventory, text: Text) -> str:
    """The open promises without a day, in one calm line below an agenda; empty if there are none."""
    rows = listed.undated(inventory)
    names = names_of(inventory, text)
    said = [
        text("promises.quoted", who=names.of("organization", row["organization_id"]), words=row["text"]) for row in rows
    ]
    return text.count("promises.undated", len(rows), promises="; ".join(said)) if rows else ""


def origin(row: Row, text: Text) -> str:
    """Where an idea or promise comes from: its workshop or meeting with the day, or that it came otherwise."""
    day = row["given_on"] if "given_on" in row else row["collected_on"]
    name = row["workshop"] or row.get("meeting")
    if name:
        return text("workshops.origin", name=name, day=day) if day else str(name)
    return text("workshops.origin_otherwise", day=day) if day else text("workshops.origin_unknown")


def participants(row: Row, names: Names, text: Text) -> str:
    """The organisations that took part, by name, and how many guests were there."""
    ids = row["participant_organization_ids"]
    who = ", ".join(names.of("organization", key) for key in names.by_name("organization", ids)) if ids else ""
    guests = (
        text("workshops.guests_unknown") if row["guests"] is None else text.count("workshops.guests", row["guests"])
    )
    return f"{who or text('word.unknown')} · {guests}"


def idea_standing(row: Row, text: Text) -> str:
    """Where an idea stands: on the list since when, merged into which, parked and why, or new."""
    said = {"day": row["listed_on"], "words": row["stands_text"], "reason": row["parked_reason"]}
    return text(f"ideas.standing_{row['standing']}", **said)


def promise_standing(row: Row, text: Text, today: date) -> str:
    """Where a promise stands: kept, open, overdue, followed as a measure, broken or released, with the day."""
    if row["standing"] == "overdue":
        return text.count("promises.standing_overdue", (today - row["due_on"]).days)
    if row["standing"] == "measure":
        return text("promises.standing_measure", number=row["measure_number"] or row["measure_title"])
    if row["state"] != "open" and row["checked_on"]:
        return text(f"promises.standing_{row['state']}_on", day=row["checked_on"])
    return text(f"promises.standing_{row['standing']}")


def due(row: Row, text: Text) -> str:
    """Until when a promise holds."""
    return text.date(row["due_on"]) if row["due_on"] else text("promises.no_day")


# ---------------------------------------------------------------- tables


@cached
def workshop_rows(inventory: Inventory, text: Text) -> pd.DataFrame:
    """One row per workshop, as `workshop_columns` shows it; workshop_id first."""
    rows = [
        {
            **{"workshop_id": row["workshop_id"], "name": row["name"], "held_on": row["held_on"]},
            **{"place": row["place"] or text("word.unknown"), "ideas": row["ideas"], "promises": row["promises"]},
            "organizations": len(row["participant_organization_ids"] or ()) or None,
        }
        for row in listed.workshops(inventory)
    ]
    frame = _frame(rows, ["workshop_id", *_names(workshop_columns(text))])
    return frame.astype(dict.fromkeys(("organizations", "ideas", "promises"), "Int64"))


def workshop_columns(text: Text) -> list[Column]:
    """Columns of the list of workshops."""
    return headed(
        text,
        "",
        *(("name", "workshops.column_name"), ("held_on", "workshops.column_held_on")),
        *(("place", "workshops.column_place"), ("organizations", "workshops.column_organizations")),
        *(("ideas", "workshops.column_ideas"), ("promises", "workshops.column_promises")),
    )


@cached
def idea_rows(inventory: Inventory, text: Text) -> pd.DataFrame:
    """One row per idea in words, the newest first; idea_id, standing and workshop_id as they are."""
    names = names_of(inventory, text)
    rows = [
        {
            **{name: row[name] for name in ("idea_id", "standing", "workshop_id", "text")},
            "who": _who(row["organization_id"], names, text),
            **_where(row, names, text),
            "origin": origin(row, text),
            "state": idea_standing(row, text),
        }
        for row in listed.ideas(inventory)
    ]
    return _frame(rows, ["idea_id", "standing", "workshop_id", *_names(idea_columns(text))])


def idea_columns(text: Text) -> list[Column]:
    """Columns of the ideas, on screen and in every file."""
    return headed(
        text,
        "",
        *(("text", "ideas.column_text"), ("state", "ideas.column_state"), ("who", "ideas.column_who")),
        *(("theme", "ideas.column_theme"), ("district", "ideas.column_district"), ("origin", "ideas.column_origin")),
    )


@cached
def promise_rows(inventory: Inventory, text: Text, public: bool = False) -> pd.DataFrame:
    """One row per promise in words; commitment_id, standing and workshop_id as they are.

    `public`: only kept and open ones, and an overdue one is open. Otherwise internal: broken ones are among them.
    """
    names, today = names_of(inventory, text), inventory.today()
    kept = {row["commitment_id"] for row in listed.public_promises(inventory)}

    def standing(row: Row) -> str:
        late = public and row["standing"] == "overdue"
        return text("promises.standing_open") if late else promise_standing(row, text, today)

    rows = [
        {
            **{name: row[name] for name in ("commitment_id", "standing", "workshop_id", "text")},
            "who": promiser(row, names, text),
            **{"due": due(row, text), "state": standing(row)},
            **_where(row, names, text),
            "origin": origin(row, text),
        }
        for row in listed.promises(inventory)
        if not public or row["commitment_id"] in kept
    ]
    return _frame(rows, ["commitment_id", "standing", "workshop_id", *_names(promise_columns(text))])


def promise_columns(text: Text) -> list[Column]:
    """Columns of the promises, on screen and in every file."""
    return headed(
        text,
        "",
        *(("who", "promises.column_who"), ("text", "promises.column_text")),
        *(("due", "promises.column_due"), ("state", "promises.column_state")),
        *(("theme", "promises.column_theme"), ("district", "promises.column_district")),
        *(("origin", "promises.column_origin"),),
    )


def promiser(row: Row, names: Names, text: Text) -> str:
    """Who promised: the organisation with the function."""
    who = names.of("organization", row["organization_id"])
    return f"{who} ({row['contact_role']})" if row["contact_role"] else who


def _who(key: str | None, names: Names, text: Text) -> str:
    return names.of("organization", key) if key else text("ideas.nobody")


def _where(row: Row, names: Names, text: Text) -> dict[str, str]:
    """Theme and district; without one it is about all of them."""
    theme = names.of("theme", row["theme_id"]) if row["theme_id"] else text("word.no_entry")
    district = names.of("district", row["district_id"]) if row["district_id"] else text("items.everywhere")
    return {"theme": theme, "district": district}


def _names(columns: Sequence[Column]) -> list[str]:
    return [column.name for column in columns]


def _frame(rows: list[dict[str, Any]], names: list[str]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=object) for name in names})
