"""Frozen versions of the list, planted: what a version holds that was frozen and perhaps handed over."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from esdash.inventory import Inventory
from esdash.inventory.access import Action
from tests.people import TESTER

TITLES = ("Lernhilfe in Alten aufbauen", "Sprachcafés in Mitte abstimmen", "Patenschaften in Roßlau")


def plant(
    inventory: Inventory,
    number: int,
    titles: tuple[str, ...] = TITLES,
    frozen_on: date = date(2026, 9, 23),
    handed_over_on: date | None = None,
    due_on: date | None = None,
    files: dict[str, bytes] | None = None,
    **more: Any,
) -> str:
    """Version `number` with one entry for each title; the item of a title is the same in all versions. Its id."""
    version = f"v{number}"
    content = json.dumps({"number": number, "titles": titles}, sort_keys=True)
    stored = {"liste.csv": b"Titel\n"} if files is None else files
    row = {
        **{"list_version_id": version, "number": number, "title": f"Prioritätenliste, Fassung {number}"},
        **{"frozen_on": frozen_on, "frozen_by": "Test", "as_of": frozen_on, "last_change": 1, "content": content},
        **{"content_sha256": hashlib.sha256(content.encode()).hexdigest(), "previous_sha256": None},
        "files": [
            {"name": name, "media_type": "text/csv", "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in stored.items()
        ],
        **{"handed_over_on": handed_over_on, "answer_due_on": due_on},
        **{"recipient": "Arbeitsgruppe Asyl" if handed_over_on else None, **more},
    }
    with inventory.change(TESTER, Action.SET_UP) as change:
        known = {
            item["priority_item_id"] for item in change.rows("SELECT priority_item_id FROM inventory.priority_item")
        }
        items = {title: f"item-{title.split()[0].lower()}" for title in titles}
        new = [key for key in items.values() if key not in known]
        change.insert("priority_item", [{"priority_item_id": key, "origin": "hand", "title": key} for key in new])
        change.insert("list_version", [row])
        change.insert_bytes(
            "list_file",
            [
                {"list_file_id": f"{version}|{name}", "list_version_id": version, "name": name, "content": data}
                for name, data in stored.items()
            ],
        )
        change.insert(
            "list_entry",
            [
                {
                    **{"list_entry_id": f"{version}|{items[title]}", "list_version_id": version},
                    **{"priority_item_id": items[title], "sort": place, "rank": place, "change": "new", "title": title},
                    "content": {"evidence": {"sentence": f"Gebraucht werden {place * 8} Plätze pro Woche."}},
                }
                for place, title in enumerate(titles, start=1)
            ],
        )
    return version


def entry(number: int, title: str) -> str:
    """The id of the entry of a title in a version."""
    return f"v{number}|item-{title.split()[0].lower()}"
