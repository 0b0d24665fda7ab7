"""Contact points in words: the list, one of them, and whether they can be relied on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd

from esdash.analysis.contact_points import openings, points
from esdash.analysis.records import search
from esdash.analysis.records.search import Chosen
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.model.opening import Hours, Opening
from esdash.texts import Text, is_missing
from esdash.wording import labels
from esdash.wording import openings as hours
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold
from esdash.wording.listing import in_order, items
from esdash.wording.names import Names, names_of

NOW, TODAY = "now", "today"  # filters by what is open
_OPEN = {NOW: ("open",), TODAY: ("open", "later")}

Row = Mapping[str, Any]


def active(inventory: Inventory) -> pd.DataFrame:
    """One row per contact point that people can go to: not paused, ended or archived."""
    frame = points.points(inventory)
    return frame[frame["status"] == "active"]


def reliable(row: Row) -> bool:
    """Whether a contact point can be relied on: it may be printed (METHODS M18)."""
    return not len(items(row["unprintable"]))


def open_at(opened: Mapping[str, Opening], when: str) -> set[str]:
    """The contact points that are open now, or today now or later."""
    return {key for key, opening in opened.items() if opening.state in _OPEN[when]}


def among(inventory: Inventory, open_when: str, only_reliable: bool) -> list[str]:
    """The active contact points that are open then ("": whenever), and can be relied on if that is asked for."""
    frame = active(inventory)
    if only_reliable:
        frame = frame[[not len(items(reasons)) for reasons in frame["unprintable"]]]
    keys = [str(key) for key in frame["contact_point_id"]]
    if not open_when:
        return keys
    found = open_at(opened(inventory), open_when)
    return [key for key in keys if key in found]


def opened(inventory: Inventory) -> dict[str, Opening]:
    """What holds at each contact point in this minute; on a past day nobody asks."""
    return _opened(inventory, _minute(inventory))


def listed(inventory: Inventory, names: Names, query: str, chosen: Chosen, only: Sequence[str]) -> pd.DataFrame:
    """One row per contact point that fits search and facets, of those in `only`, with names and words.

    In the order of the search. Opening hours are said of today only: on a past day the column is left out.
    """
    found = search.records(inventory, "contact_point", query, chosen, only)["record_id"]
    frame = _worded(inventory, names.text, _minute(inventory))
    return in_order(frame, "contact_point_id", found)


@cached
def _worded(inventory: Inventory, text: Text, minute: str) -> pd.DataFrame:
    """One row per contact point in words: open, where, languages, whom one asks, reached, whether it is reliable."""
    names, frame = names_of(inventory, text), points.points(inventory)
    rows = frame.to_dict("records")
    said: dict[str, Callable[[Any], Any]] = {
        "where": lambda row: names.short("district", row["district_id"]) if text_of(row["district_id"]) else None,
        "languages": lambda row: names.all("language", row["language_ids"]),
        "themes": lambda row: names.all("theme", row["theme_ids"]),
        "asked": lambda row: asked(row, text),
        "reached": lambda row: reached(row, text),
        "reliable": lambda row: stand(row, text),
        "status_word": lambda row: labels.choice(text, "status", row["status"]),
    }
    columns = {name: [say(row) for row in rows] for name, say in said.items()}
    if not inventory.read_only:
        now = _opened(inventory, minute)
        columns["open"] = [hours.sentence(now[row["contact_point_id"]], text) for row in rows]
    return frame.assign(**columns)


@cached
def _opened(inventory: Inventory, minute: str) -> dict[str, Opening]:
    return openings.of(inventory)


def _minute(inventory: Inventory) -> str:
    """The minute for which an answer holds; the day on a past day."""
    return f"{inventory.today()}" if inventory.read_only else f"{inventory.now():%Y-%m-%d %H:%M}"


def columns(inventory: Inventory, text: Text) -> list[Column]:
    """The columns of the list, at most seven."""
    opened = [] if inventory.read_only else [("open", "points.column_open")]
    asked = (
        ("asked", "points.column_asked"),
        ("reached", "points.column_reached"),
        ("reliable", "points.column_stand"),
    )
    where = (("where", "points.column_where"), ("languages", "points.column_spoken"))
    return headed(text, "contact_point", ("name", "points.column_name"), *opened, *where, *asked)


def download_columns(inventory: Inventory, text: Text) -> list[Column]:
    """The columns of the list as a file: what the screen shows, its hours, how one gets there, and its key.

    Whom one asks, how that one is reached and whether it can be relied on have headings of their own: the import must
    not take the numbers of a person for those of the place, which need no consent.
    """
    reach = (("phone", "points.file_phone"), ("email", "points.file_email"), "website", "opening_hours")
    more = ("organization", "themes", "description", "place", "street", "postcode", "directions", *reach)
    names = (*more, "status_word", "assured_on", "contact_point_id")
    said = {"asked": text("points.file_asked"), "reliable": text("points.file_stand")}
    shown = [replace(one, label=said.get(one.name, one.label)) for one in columns(inventory, text)]
    return [*shown, *headed(text, "contact_point", *names)]


def sentence(inventory: Inventory, text: Text) -> str:
    """How many there are, how many are open now by their own account, how many can be relied on, and how many not."""
    return _sentence(inventory, text, _minute(inventory))


@cached
def _sentence(inventory: Inventory, text: Text, minute: str) -> str:
    frame = active(inventory)
    total = len(frame)
    if not total:
        return text("points.none")
    sure = sum(reliable(row) for row in frame.to_dict("records"))
    said: dict[str, Any] = {
        "n": bold(text.count("points.number", total)),
        "sure": bold(text.number(sure)),
        "unsure": bold(text.number(total - sure)),
    }
    if inventory.read_only:
        return text("points.sentence_past", day=inventory.today(), **said)
    now = open_at(_opened(inventory, minute), NOW) & set(frame["contact_point_id"])
    some = text.count("points.open_now", len(now)) if now else text("points.open_now_none")
    return text("points.sentence", open=bold(some), **said)


def welcome(inventory: Inventory, names: Names) -> tuple[pd.DataFrame, list[Column]]:
    """One row per active contact point as the city's welcome guide takes it, and its columns: only what is public.

    `sure` says whether it can be relied on: confirmed and reached within the half-life (METHODS M18).
    """
    text, frame = names.text, active(inventory)
    known = openings.hours(inventory)
    rows = frame.to_dict("records")
    said = _worded(inventory, text, _minute(inventory))
    frame = said[said["status"] == "active"].assign(
        audience_words=[
            ", ".join(labels.choice(text, "audiences", key) for key in items(r["audiences"])) for r in rows
        ],
        opening_hours=[_hours(known[r["contact_point_id"]], inventory.today(), text) for r in rows],
        barrier_free=[None if is_missing(r["barrier_free"]) else text.value(bool(r["barrier_free"])) for r in rows],
        town=names.city["name"],
        sure=[text.value(reliable(r)) for r in rows],
    )
    frame["themes"] = [
        words if items(row["theme_ids"]) else None for words, row in zip(frame["themes"], rows, strict=True)
    ]
    shown = ("contact_point_id", "name", "organization", ("audience_words", "facet.audience"), "themes", "description")
    where = ("street", "postcode", ("town", "points.column_town"), ("district", "facet.district"), "lat", "lon")
    how = ("barrier_free", "directions", ("role", "points.column_role"), "phone", "email", "website", "appointment_url")
    sure = ("assured_on", ("reached_on", "points.column_reached"), ("sure", "points.column_sure"))
    return frame, headed(text, "contact_point", *shown, "languages", "opening_hours", *where, *how, *sure)


def _hours(known: Hours, today: date, text: Text) -> str | None:
    """The hours for others to take over, without closures that are over."""
    coming = tuple(one for one in known.closures if one.last_day is None or one.last_day >= today)
    return "; ".join(hours.lines(replace(known, closures=coming), text)) or None


# ---------------------------------------------------------------- one contact point


def asked(row: Row, text: Text) -> str:
    """Whom one asks there today, by the function: the contact, the deputy of whom is away, or the place itself."""
    if row["via"] == "place":
        return text("points.asked_place" if has_way(row) else "points.asked_nobody")
    return text("points.asked_deputy" if row["via"] == "deputy" else "points.asked_contact", role=row["role"])


def reached(row: Row, text: Text) -> str:
    """When it was last reached, and what happened since."""
    day = row["reached_on"]
    if row["reach"] in ("bounced", "silent"):
        return text(f"points.reach_{row['reach']}", n=int(row["attempts"]), day=row["tried_on"])
    return text("points.reached_never") if is_missing(day) else text.date(day)


def stand(row: Row, text: Text) -> str:
    """Whether it can be relied on, or the first reason why not, with a sign."""
    reasons = items(row["unprintable"])
    if not reasons:
        return text("points.stand_reliable")
    return text("points.stand_not", why=text(f"unprintable_short.{reasons[0]}"))


def why_not(row: Row, text: Text) -> list[tuple[str, str]]:
    """(reason, sentence) for everything that speaks against printing; empty if it may be printed."""
    return [(str(reason), text(f"unprintable.{reason}")) for reason in items(row["unprintable"])]


def has_way(row: Row) -> bool:
    """Whether there is a phone or mail that may be shown."""
    return bool(text_of(row["phone"]) or text_of(row["email"]))


def ways(row: Row) -> str:
    """The person, if it may be named, phone and mail, each in a line."""
    return "\n".join(part for part in map(text_of, (row["person"], row["phone"], row["email"])) if part)


def text_of(value: Any) -> str:
    """A text, "" where it is unknown."""
    return value if isinstance(value, str) else ""


def attempt(row: Row, text: Text) -> str:
    """One attempt: "03.11.2026, Telefon: erreicht (Projektbüro)"."""
    said = {"channel": text(f"attempt.channel_{row['channel']}"), "outcome": text(f"attempt.outcome_{row['outcome']}")}
    return text("attempt.line", day=row["attempted_on"], by=row["by_role"], **said)
