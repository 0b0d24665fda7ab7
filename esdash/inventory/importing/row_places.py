"""The places of the rows of a file: found, completed by rows that know more, asked about where they contradict."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.asking import Asking, Difference, Question
from esdash.inventory.importing.draft import Draft
from esdash.inventory.importing.keys import Keys
from esdash.inventory.importing.places import PARTS, Place, Places, contradicting, districts_by_point
from esdash.inventory.importing.preview import Beside, PlannedRow
from esdash.model.fields import Kind
from esdash.model.kinds import BY_TABLE
from esdash.model.values import Wrong

SAME, CORRECT, ANOTHER, OPEN = "same", "correct", "another", "open"
_LABELS = {part: BY_TABLE["location"].by_name[part].label for part in PARTS}


class RowPlaces:
    """Finds the location of each row. What a row says of a known place counts if the row itself comes in (`beside`)."""

    def __init__(self, inventory: Inventory, kind: Kind, asking: Asking) -> None:
        self._inventory = inventory
        self._kind = kind
        self._asking = asking
        self._places = Places(inventory, Keys(inventory, "location"))
        self._answers: dict[tuple[object, ...], str] = {}  # one question for all rows that say the same
        self._before: dict[str, Place] = {}  # location → its parts before this file
        self._said: dict[str, dict[int, dict[str, Any]]] = {}  # location → row → the parts that the row sets
        self._declined: dict[str, dict[int, dict[str, Any]]] = {}  # as _said, of parts that people declined
        self.waiting: set[int] = set()  # rows that wait for an answer

    def find(self, draft: Draft, record: Mapping[str, Any] | None) -> None:
        """Replace the place of a row by the id of a location, unless the row waits for an answer.

        Adds a fault for a place that nobody can find. Nothing happens in the table of locations.
        """
        if self._kind.table == "location":  # there location_id is the row's own key
            return
        wanted = {part: draft.given.pop(f"location_{part}", None) for part in PARTS}
        named = draft.given.pop("location_id", None)
        if (wanted["lat"] is None) != (wanted["lon"] is None):
            half = "lat" if wanted["lat"] is not None else "lon"
            draft.fault(f"location_{half}", "edit_half_point", whole_row=False)
            wanted |= {"lat": None, "lon": None}
        filled = [part for part, value in wanted.items() if value is not None]
        if draft.refused or not (filled or named):
            return
        try:
            found = self._places.look(named, wanted, (record or {}).get("location_id"))
        except Wrong as wrong:  # a known record may be meant at another place; a new one can do without
            name = "location_id" if named else f"location_{filled[0]}"
            draft.fault(name, wrong.key, whole_row=record is not None, **wrong.values)
            return
        location_id, more = found.location_id, found.more
        if found.against is not None:
            answer = self._answer(draft, str(named), wanted, found.against)
            if answer == OPEN:
                self.waiting.add(draft.number)
                return
            location_id, more = self._settled(answer, str(named), wanted, found.against)
        if location_id:
            draft.given["location_id"] = location_id
            self._say(draft.number, location_id, more)

    @property
    def names(self) -> dict[str, str]:
        """The ids of the places that the file adds, with their names."""
        return {key: str(place["name"]) for key, place in self._places.added.items()}

    def _say(self, number: int, location_id: str, more: Mapping[str, Any]) -> None:
        """Note what a row says of a location beyond what is known, but what people decline."""
        answers = self._asking.answers
        declined = {part: value for part, value in more.items() if answers.declines(number, f"location_{part}")}
        more = {part: value for part, value in more.items() if part not in declined}
        if (more or declined) and location_id not in self._places.added:
            self._before.setdefault(location_id, dict(self._places.known(location_id)))
            self._said.setdefault(location_id, {})[number] = more
            self._declined.setdefault(location_id, {})[number] = declined
        self._places.complete(location_id, more)

    def beside(self, rows: Iterable[PlannedRow]) -> tuple[tuple[Beside, ...], list[int]]:
        """The locations that the rows add or change, and the rows whose place got its district by a point."""
        rows = list(rows)
        used: dict[str, list[int]] = {}
        for row in rows:
            if row.state in ("new", "changed") and row.values.get("location_id"):
                used.setdefault(row.values["location_id"], []).append(row.number)
        coming = {row.number for row in rows if row.state in ("new", "changed", "unchanged")}
        found = [
            Beside("location", key, dict(place), tuple(used[key]))
            for key, place in self._places.added.items()
            if key in used
        ]
        for key, said in self._said.items():
            parts, declined = (
                {part: value for row, more in of_rows.items() if row in coming for part, value in more.items()}
                for of_rows in (said, self._declined[key])
            )
            if parts or declined:
                numbers = tuple(row for row in said if row in coming)
                not_wanted = self._differences(key, declined)
                found.append(Beside("location", key, parts, numbers, self._before[key]["version"], (), not_wanted))
        states = [{**self._before.get(one.record_id, {}), **one.values} for one in found]
        by_point: list[int] = []
        for one, district in zip(found, districts_by_point(self._inventory, states), strict=True):
            if district and {"lat", "lon"} <= one.values.keys():
                one.values["district_id"] = district
                by_point += one.rows
        return tuple(self._compared(one) for one in found), sorted(by_point)

    def _compared(self, one: Beside) -> Beside:
        """The change of a known location with what stood there before."""
        if one.version is None:
            return one
        return replace(one, differences=self._differences(one.record_id, one.values))

    def _differences(self, location_id: str, parts: Mapping[str, Any]) -> tuple[Difference, ...]:
        before = self._before[location_id]
        return tuple(Difference(part, _LABELS[part], before[part], value) for part, value in parts.items())

    def _answer(self, draft: Draft, name: str, wanted: Mapping[str, Any], against: Place) -> str:
        apart = contradicting(against, wanted)
        said = (against["location_id"], *wanted.values())
        if said not in self._answers:
            about = "|".join(str(wanted[part]) for part in apart)
            values = {"place": name, "known": self._worded(against, apart), "given": self._worded(wanted, apart)}
            differences = tuple(Difference(part, _LABELS[part], against[part], wanted[part]) for part in apart)
            question = Question(
                *("place", draft.number, (SAME, CORRECT, ANOTHER), OPEN, "location_id", name),
                record_id=str(against["location_id"]),
                table="location",
                values=values,
                differences=differences,
                about=f"{name}|{about}",
            )
            self._answers[said] = self._asking.ask(question)
        return self._answers[said]

    def _settled(
        self, answer: str, name: str, wanted: Mapping[str, Any], against: Place
    ) -> tuple[str, Mapping[str, Any]]:
        """The location after an answer, and what the row sets of it."""
        if answer == ANOTHER:
            return self._places.add(name if name != against["location_id"] else against["name"], wanted), {}
        location_id = str(against["location_id"])
        apart = contradicting(against, wanted)
        known = self._places.known(location_id)
        more = {part: value for part, value in wanted.items() if value is not None and known.get(part) is None}
        return location_id, more | ({part: wanted[part] for part in apart} if answer == CORRECT else {})

    def _worded(self, parts: Mapping[str, Any], apart: tuple[str, ...]) -> str:
        said = {**parts, "district_id": self._places.districts.get(str(parts["district_id"]))}
        return ", ".join(str(said[part]) for part in apart)
