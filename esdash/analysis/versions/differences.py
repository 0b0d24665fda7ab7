"""How an entry differs from the version before, and what of that version is no longer on the list."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

Entry = Mapping[str, Any]

# What people write about an entry: a change of it is told, also where the rank stays.
WRITTEN = ("title", "measure", "themes", "for_whom", "where", "lead", "partners", "cost_eur", "due_on")
TOLD_POINTS = 1  # points of a criterion; less is not worth a sentence


class Difference(NamedTuple):
    """How an entry stands to the version before."""

    change: str  # new, up, down, same, changed
    previous_rank: int | None
    written: tuple[str, ...]  # fields of WRITTEN that are otherwise now
    criteria: tuple[tuple[str, Decimal, Decimal], ...]  # name, points before, points now; the largest step first


def of(entry: Entry, before: Entry | None) -> Difference:
    """The difference of one entry; `before` is the entry with the same key in the version before."""
    if before is None:
        return Difference("new", None, (), ())
    written = tuple(name for name in WRITTEN if (entry.get(name) or None) != (before.get(name) or None))
    rank, previous = entry.get("rank"), before.get("rank")
    if rank is not None and previous is not None and rank != previous:
        change = "up" if rank < previous else "down"
    else:
        change = "changed" if written or rank != previous else "same"
    return Difference(change, previous, written, _criteria(entry, before))


def by_key(content: Mapping[str, Any] | None, *lists: str) -> dict[str, Entry]:
    """entry_key → entry, from these lists of a version; nothing without a version."""
    found: Iterable[Entry] = (entry for name in lists for entry in (content or {}).get(name, []))
    return {entry["entry_key"]: entry for entry in found}


def gone(content: Mapping[str, Any] | None, here: Iterable[str]) -> list[Entry]:
    """The entries of the version before, put aside ones included, that the list no longer has, in their order."""
    kept = set(here)
    return [entry for key, entry in by_key(content, "entries", "aside").items() if key not in kept]


def _criteria(entry: Entry, before: Entry) -> tuple[tuple[str, Decimal, Decimal], ...]:
    now, then = _points(entry), _points(before)
    steps = [(name, then[name], now[name]) for name in now if name in then]
    told: Sequence[tuple[str, Decimal, Decimal]] = [step for step in steps if abs(step[2] - step[1]) >= TOLD_POINTS]
    return tuple(sorted(told, key=lambda step: (-abs(step[2] - step[1]), step[0])))


def _points(entry: Entry) -> dict[str, Decimal]:
    return {one["criterion"]: Decimal(one["points"]) for one in entry.get("bars", []) if one["points"] is not None}
