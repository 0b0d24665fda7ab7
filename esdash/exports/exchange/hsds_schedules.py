"""Opening hours as schedules of HSDS: weekly, in weeks of the month, every second week, and the closed days.

They are for others: what esdash itself reads back are its attributes, which say everything.
"""

from collections.abc import Iterator
from datetime import time
from typing import Any

from esdash.model import opening_rows
from esdash.model.opening import Closure, Fortnightly
from esdash.model.times import ICALENDAR

Record = dict[str, Any]


def of_hours(record: Record) -> Iterator[Record]:
    """The schedules of a contact point, without ids; hours that are no rows (seasons) have none."""
    link = record["appointment_url"]
    shared = {"schedule_link": link if "://" in link else f"https://{link}"} if link else {}
    if record["hours_note"]:
        shared["notes"] = record["hours_note"]
    for row in _rows(record):
        yield {**_often(row), "opens_at": _clock(row.begins), "closes_at": _clock(row.ends), **shared}
    for entry in record["closures"] or []:
        closure = Closure(entry["first_day"], entry["last_day"], entry["reason"])
        days = {"valid_from": closure.first_day.isoformat()}
        days |= {"valid_to": closure.last_day.isoformat()} if closure.last_day else {}
        yield {**days, "description": f"closed: {closure.reason}" if closure.reason else "closed"}


def _rows(record: Record) -> list[opening_rows.Row]:
    known = opening_rows.read(record["opening_hours"])
    second = [Fortnightly(e["starts_on"], e["begins"], e["ends"]) for e in record["fortnightly"] or []]
    return [*(known.rows if known else ()), *opening_rows.of_fortnightly(second)]


def _often(row: opening_rows.Row) -> Record:
    day = ICALENDAR[row.weekday - 1]
    if row.weeks:
        return {"freq": "MONTHLY", "byday": ",".join(f"{week}{day}" for week in row.weeks)}
    if row.starts_on:
        return {"freq": "WEEKLY", "interval": 2, "dtstart": row.starts_on.isoformat(), "byday": day}
    return {"freq": "WEEKLY", "byday": day}


def _clock(value: time) -> str:
    return f"{value:%H:%M}"
