"""What looks wrong in the rows of a file: asked about before it comes in; unanswered, the cell stays empty."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from esdash.inventory.file.around import around
from esdash.inventory.file.store import Inventory
from esdash.inventory.importing.asking import Asking, Question
from esdash.inventory.importing.draft import Draft
from esdash.inventory.importing.preview import Notice
from esdash.model import plausible
from esdash.model.fields import Kind
from esdash.model.plausible import Doubt

TOPIC, SWAP, TAKE, LEAVE = "plausible", "swap", "take", "leave"
_OF_PLACE = {name: f"location_{name}" for name in ("lat", "lon", "district_id")}
REGION = 2  # first digits of a postcode: the region
_FEWEST = 5  # postcodes by which the region of a city is known
_MOST_OF_THEM = 0.8  # share of them in the region; below it, the city has none
_NAMED = 20  # rows listed in one notice


class RowDoubts:
    """Asks about each row what looks wrong in it, and collects what is only said."""

    def __init__(self, inventory: Inventory, kind: Kind, asking: Asking) -> None:
        self._kind = kind
        self._asking = asking
        self._around = around(inventory)
        self._postcodes: list[tuple[int, str]] = []  # row and postcode
        known = inventory.rows("SELECT postcode, lat, lon FROM inventory.location")
        self._points = {(place["lat"], place["lon"]) for place in known}
        known += inventory.rows("SELECT postcode FROM inventory.organization")
        self._known = [row["postcode"] for row in known if row["postcode"]]

    def about_place(self, draft: Draft) -> None:
        """Ask about the point of the place of a row, unless a place has it already."""
        if self._kind.table == "location" or draft.refused:
            return
        said = {name: draft.given.get(ours) for name, ours in _OF_PLACE.items()}
        if (said["lat"], said["lon"]) not in self._points:
            self._ask(draft, said, {}, _OF_PLACE, draft.cells.get(self._kind.same_by[-1], ("", ""))[1])

    def about_record(self, draft: Draft, record: Mapping[str, Any] | None, label: str) -> None:
        """Ask about the values of a row that look wrong and are new."""
        if draft.refused:
            return
        self._ask(draft, {**(record or {}), **draft.given}, record or {}, {}, label)
        postcode = draft.given.get("postcode")
        if postcode:
            self._postcodes.append((draft.number, postcode))

    def _ask(
        self, draft: Draft, seen: Mapping[str, Any], known: Mapping[str, Any], ours: Mapping[str, str], label: str
    ) -> None:
        """Ask about what looks wrong in `seen`; what is not taken leaves the row. `ours`: names of its fields."""
        for doubt in plausible.doubts(seen, self._around):
            names = {name: ours.get(name, name) for name in doubt.fields}
            news = (draft.given.get(own) for own in names.values())
            if any(value is not None and value != known.get(name) for name, value in zip(names, news, strict=True)):
                self._settle(draft, doubt, names, label)

    def notices(self) -> list[Notice]:
        """A notice about postcodes of another region than nearly all others of the city."""
        counted = Counter(code[:REGION] for code in (*self._known, *(code for _, code in self._postcodes)))
        if not counted:
            return []
        region, number = counted.most_common(1)[0]
        rows = [f"{row} ({code})" for row, code in self._postcodes if code[:REGION] != region]
        if not rows or number < _FEWEST or number < _MOST_OF_THEM * counted.total():
            return []
        shown = ", ".join(rows[:_NAMED]) + (f", … ({len(rows)})" if len(rows) > _NAMED else "")
        return [Notice("import.notice_postcodes", {"rows": shown, "region": region})]

    def _settle(self, draft: Draft, doubt: Doubt, names: Mapping[str, str], label: str) -> None:
        answers: tuple[str, ...] = (SWAP, TAKE, LEAVE) if doubt.instead else (TAKE, LEAVE)
        about = "|".join(str(draft.given.get(ours)) for ours in names.values())
        field = names.get(doubt.beside, doubt.beside)
        question = Question(
            *(TOPIC, draft.number, answers, LEAVE),
            field=field,
            label=label,
            values={"rule": doubt.rule, **doubt.values},
            about=f"{doubt.rule}|{about}",
        )
        answer = self._asking.ask(question)
        for name, ours in names.items():
            if answer == SWAP:
                draft.given[ours] = doubt.instead[name]
            elif answer == LEAVE:
                draft.given.pop(ours, None)
