"""Counting what volunteers wish for in the finder: by week, theme, district, time of day and language.

A count holds no person, no text and no moment. It is not logged and is no change of the inventory: a search empties no
cache and takes no look-back away.
"""

import threading
import time
from collections import deque
from datetime import timedelta
from weakref import WeakKeyDictionary

from esdash.inventory.access import Action, Actor
from esdash.inventory.file.store import Inventory

# Counts of one process in a minute. Thirty people who press "Suchen" within one minute are a full hall at an event; a
# program that asks all day writes no more than they do, and the search itself is not slowed down.
PER_MINUTE = 30
# Different wishes counted in one week: many more than a city asks for, and about 100 kB in the file. What is counted
# already goes on being counted.
DIFFERENT_PER_WEEK = 2_000
_MINUTE = 60.0  # seconds

_counted: WeakKeyDictionary[Inventory, deque[float]] = WeakKeyDictionary()
_lock = threading.Lock()


def count(
    inventory: Inventory,
    actor: Actor,
    theme: str | None,
    district: str | None,
    time_slot: str | None,
    language: str | None,
    nothing_found: bool,
) -> bool:
    """Count one search in the counter of its week; whether it was counted.

    Not counted: a search without any wish, and what goes beyond PER_MINUTE and DIFFERENT_PER_WEEK. Raises UserError for
    a theme, district, time of day or language that there is not.
    """
    inventory.demand(actor, Action.COUNT_WISH)
    parts = {"theme_id": theme, "district_id": district, "time_slot": time_slot, "language_id": language}
    if not any(parts.values()) or not _in_time(inventory):
        return False
    today = inventory.today()
    week = today - timedelta(days=today.weekday())
    wish_id = "|".join([f"{week}", *(value or "" for value in parts.values())])
    with inventory.change(actor, Action.COUNT_WISH) as change:
        known = change.rows("SELECT searches, nothing_found FROM inventory.wish WHERE wish_id = $id", id=wish_id)
        if known:
            searches, nothing = known[0]["searches"] + 1, known[0]["nothing_found"] + nothing_found
            change.update("wish", [{"wish_id": wish_id, "searches": searches, "nothing_found": nothing}])
            return True
        (row,) = change.rows("SELECT count(*) AS different FROM inventory.wish WHERE week = $week", week=week)
        if row["different"] >= DIFFERENT_PER_WEEK:
            return False
        counters = {"searches": 1, "nothing_found": int(nothing_found)}
        change.insert("wish", [{"wish_id": wish_id, "week": week, **parts, **counters}])
        return True


def _in_time(inventory: Inventory) -> bool:
    """Whether fewer than PER_MINUTE were counted within the last minute; then this one is noted too."""
    now = time.monotonic()
    with _lock:
        recent = _counted.setdefault(inventory, deque())
        while recent and recent[0] <= now - _MINUTE:
            recent.popleft()
        if len(recent) >= PER_MINUTE:
            return False
        recent.append(now)
        return True
