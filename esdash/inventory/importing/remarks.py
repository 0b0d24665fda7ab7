"""What the preview says of how cells were read: words that became a note, times cut at midnight, ends that are past."""

from datetime import date
from typing import Any

from esdash.inventory.importing.draft import Draft, shown
from esdash.inventory.importing.preview import Notice
from esdash.model.fields import Kind

NAMED = 20  # cells listed in one notice; nobody reads more
_HOURS = "opening_hours"
_NOT_ON = ("archived", "ended", "cancelled")
_OF_HOURS = ("opening", "fortnightly", "periods")  # types of fields whose words go into the note on the hours
_KEPT, _KEPT_HOURS = "import.notice_words_kept", "import.notice_hours_note"


def keep_words(draft: Draft, kind: Kind, record: dict[str, Any] | None) -> None:
    """What is no value of its field becomes a note, after what stands there already, once."""
    for name, words in draft.asides.items():
        of_hours = kind.field(name).type in _OF_HOURS and "hours_note" in kind.by_name
        note = "hours_note" if of_hours else "note"
        said = words if name == _HOURS else f"{kind.field(name).headings.german[0]}: {words}"
        there = draft.given.get(note) or (record or {}).get(note) or ""
        if said not in there:
            draft.given[note] = f"{there}; {said}" if there else said
        draft.cells.setdefault(note, draft.cells[name])


def keep_status(draft: Draft, kind: Kind, record: dict[str, Any] | None, today: date) -> None:
    """Remark that a record which is no longer on stays so, although the list names it; the list says nothing of it."""
    if record is None or "status" in draft.given or record.get("status") not in _NOT_ON:
        return
    last_day = draft.given.get("ended_on", record.get("ended_on")) or record.get("starts_on")
    if last_day is None or last_day >= today:
        draft.remarks.append(("import.notice_status_stays", kind.same_by[-1]))


class Remarks:
    """The remarks about the rows that come in, gathered to one notice each."""

    def __init__(self) -> None:
        self._cells: dict[str, list[str]] = {}  # text key → row, column and words

    def of(self, draft: Draft) -> None:
        """Add what is to be said of a row."""
        for name, words in draft.asides.items():
            hours = name == _HOURS
            self._add(draft, _KEPT_HOURS if hours else _KEPT, "" if hours else name, words)
        for key, name in draft.remarks:
            self._add(draft, key, name, draft.cells.get(name, ("", ""))[1])

    def _add(self, draft: Draft, key: str, name: str, words: str) -> None:
        column = f", {draft.cells[name][0]}" if name in draft.cells else ""
        self._cells.setdefault(key, []).append(f"{draft.number}{column}" + (f" („{shown(words)}“)" if words else ""))

    def notices(self) -> list[Notice]:
        """One notice for each kind of remark."""
        return [Notice(key, {"rows": _listed(cells)}) for key, cells in self._cells.items()]


def _listed(cells: list[str]) -> str:
    return "; ".join(cells[:NAMED]) + (f"; … ({len(cells)})" if len(cells) > NAMED else "")
