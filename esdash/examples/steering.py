"""The steering tables of the example: numbers that the program gives, and the frozen versions of its list."""

from collections import Counter
from typing import Any

Rows = list[dict[str, Any]]

_HELD = ("held", "closed")


def number(tables: dict[str, Rows]) -> None:
    """Give meetings, decisions, budget lines and wishes what depends on the day, which moves with the example."""
    shorts = {row["body_id"]: row["short_name"] for row in tables.get("body", [])}
    given: Counter[str] = Counter()
    for row in tables.get("meeting", []):
        held = row["meeting_state"] in _HELD
        row["number"] = _next(given, f"{shorts[row['body_id']]}/{{:03d}}/{row['held_on'][:4]}") if held else None
    for row in tables.get("decision", []):
        row["number"] = _next(given, f"{row['decided_on'][:4]}/{{:d}}")
    first = min((row["entered_on"][:4] for row in tables.get("budget_line", [])), default="0")
    for row in tables.get("budget_line", []):  # the first, second and third year of the programme
        row["year"] = str(int(first) + int(row["year"]) - 1)
        row["budget_line_id"] = f"{row['budget_line_id'].split('|')[0]}|{row['year']}"
    for row in tables.get("wish", []):
        parts = ("week", "theme_id", "district_id", "time_slot", "language_id")
        row["wish_id"] = "|".join(row[part] or "" for part in parts)
    for row in tables.get("budget_entry", []):
        row["budget_line_id"] += f"|{row['booked_on'][:4]}"


def _next(given: Counter[str], form: str) -> str:
    given[form] += 1
    return form.format(given[form])
