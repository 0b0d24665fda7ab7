"""The dates of trainings in a renewed list: which date of the inventory each new one may be, moved."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from esdash.inventory.importing.draft import Draft
from esdash.inventory.importing.origin import Origin
from esdash.inventory.importing.records import Record

ON = ("planned", "confirmed")  # states of a date that can still move
NEAR = timedelta(days=21)  # a date that came from elsewhere has moved at most this far, as merges do (METHODS M7)


class Schedule:
    """Puts dates of a list and dates of the inventory together, the nearest first."""

    def __init__(self, origin: Origin, today: date) -> None:
        self._origin = origin
        self._today = today

    def nearest(self, drafts: list[Draft], records: list[Record]) -> list[tuple[Draft, Record]]:
        """Pairs of a row and a date of its training that may have moved there; each row and date at most once."""
        pairs = []
        for draft in drafts:
            day = draft.given.get("starts_on")
            if day is None:
                continue
            for record in records:
                if self._may_be(draft, record):
                    distance = (abs((record["starts_on"] - day).days), *_apart(draft.given, record))
                    pairs.append((distance, draft.number, record["session_id"], draft, record))
        pairs.sort(key=lambda pair: pair[:3])
        found: dict[int, tuple[Draft, Record]] = {}
        used: set[str] = set()
        for _, number, key, draft, record in pairs:
            if number not in found and key not in used:
                found[number] = draft, record
                used.add(key)
        return [found[number] for number in sorted(found)]

    def _may_be(self, draft: Draft, record: Record) -> bool:
        """Whether a date may be that of the row: one to come, of this sender or not far, or one of the same day.

        Without a sender a list renews nothing, and its new dates are new.
        """
        if record["status"] not in ON:
            return False
        if record["starts_on"] >= self._today:
            own = self._origin.has("session", record["session_id"])
            near = self._origin.is_known and abs(record["starts_on"] - draft.given["starts_on"]) <= NEAR
            if own or self._origin.is_carrier_of_course(record["course_id"]) or near:
                return True
        same_time = None in (draft.given.get("begins"), record["begins"]) or draft.given["begins"] == record["begins"]
        return bool(draft.given["starts_on"] == record["starts_on"] and same_time)

    @staticmethod
    def keep_length(draft: Draft, record: Record) -> None:
        """A training of several days that moves ends as many days later, unless the row says when."""
        day = draft.given.get("starts_on")
        if record["ends_on"] and "ends_on" not in draft.given and day:
            draft.given["ends_on"] = day + (record["ends_on"] - record["starts_on"])


def _apart(given: dict[str, Any], record: Record) -> tuple[bool, int]:
    """Whether the place differs, and by how many minutes the begin."""
    place = given.get("location_id")
    other_place = place is not None and record["location_id"] is not None and place != record["location_id"]
    return other_place, _minutes(given.get("begins"), record["begins"])


def _minutes(one: time | None, two: time | None) -> int:
    if one is None or two is None:
        return 0
    day = date(2000, 1, 1)
    return int(abs((datetime.combine(day, one) - datetime.combine(day, two)).total_seconds()) // 60)


def to_come(records: Iterable[Record], today: date) -> list[Record]:
    """The dates that can still be cancelled."""
    return [record for record in records if record["status"] in ON and record["starts_on"] >= today]
