"""From the voices of an open round to those of a closed one: whose interest is touched, and what is kept of whom."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from esdash.inventory import merging
from esdash.inventory.file.integrity import Reader

# Without agreed names: whoever knows her own voice knows each of the two others among three as soon as they agree, and
# one of two by taking hers away. With four, what is left of three others says nothing about one unless all agree.
FEWEST_UNNAMED = 4

_OPEN = """
SELECT open_voice_id, seat_organization_id, priority_item_id, points, reason, recorded_by
FROM inventory.open_voice WHERE voice_round_id = $id ORDER BY open_voice_id
"""


def of_seats(organizations: Mapping[str, Collection[str]], seats: Sequence[str]) -> dict[str, list[str]]:
    """Item → seats that it names, in the order of the seats; items that name none are left out."""
    found = {item: [seat for seat in seats if seat in ids] for item, ids in sorted(organizations.items())}
    return {item: ids for item, ids in found.items() if ids}


def open_voices(reader: Reader, round_id: str) -> list[dict[str, Any]]:
    """The voices of an open round, each with its `seat`: the kept one if its organisation was merged since."""
    kept = merging.resolved(reader, "organization")
    return [
        {**row, "seat": kept.get(row["seat_organization_id"], row["seat_organization_id"])}
        for row in reader.rows(_OPEN, id=round_id)
    ]


def voices(
    reader: Reader, row: Mapping[str, Any], conflicts: Mapping[str, Sequence[str]]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows of `voice` of a round that is being closed, and the keys of the open voices that they replace."""
    given = open_voices(reader, row["voice_round_id"])
    by_item: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for one in given:  # of two merged organisations the kept one's own voice counts
        if one["seat"] == one["seat_organization_id"] or one["seat"] not in by_item[one["priority_item_id"]]:
            by_item[one["priority_item_id"]][one["seat"]] = one
    found: list[dict[str, Any]] = []
    for item, of_item in by_item.items():
        asked = conflicts.get(item, ())
        rows = [{**one, "conflict": seat in asked} for seat, one in sorted(of_item.items())]
        for place, one in enumerate(rows if row["names_shown"] else _unnamed(rows), start=1):
            key = {"voice_id": f"{row['voice_round_id']}|{item}|{place}", "voice_round_id": row["voice_round_id"]}
            seat = one["seat"] if row["names_shown"] else None
            about = {"seat_organization_id": seat, "priority_item_id": item}
            kept = {name: one[name] for name in ("points", "reason", "conflict", "recorded_by")}
            found.append({**key, **about, **kept})
    return found, [one["open_voice_id"] for one in given]


def _unnamed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The voices on one item without a trace of whose they are: points and reasons each in an order of their own.

    Who has an interest is kept only if both groups are large enough to say nothing about a single seat.
    """
    touched = sum(one["conflict"] for one in rows)
    kept = touched == 0 or min(touched, len(rows) - touched) >= FEWEST_UNNAMED
    points = sorted((one["conflict"] if kept else None, one["points"]) for one in rows)
    reasons = sorted((one["reason"] for one in rows if one["reason"]), key=str.casefold)
    reasons += [None] * (len(rows) - len(reasons))
    return [
        {"conflict": conflict, "points": value, "reason": reason, "recorded_by": rows[0]["recorded_by"]}
        for (conflict, value), reason in zip(points, reasons, strict=True)
    ]
