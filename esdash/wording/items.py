"""Items of the priority list in words."""

import json
from collections.abc import Mapping
from typing import Any

from esdash.texts import Text, is_missing
from esdash.wording import figures

LONGEST_TITLE = 120  # characters, as `inventory.steering.tasks` allows


def title(row: Any, text: Text) -> str:
    """The title of an item, a row of `items.on_list` or `items.ended`: as people wrote it, else from its finding.

    Places in it are those of the day on which the item was taken, so that a task does not change its name.
    """
    row = row if isinstance(row, Mapping) else row._asdict()
    written = row.get("title")
    return written if isinstance(written, str) and written else proposed(row, evidence(row).get("figures") or {}, text)


def evidence(row: Mapping[str, Any]) -> dict[str, Any]:
    """What was stored when the item was taken: by, on, reason, url, as_of, figures, organization_ids."""
    stored = row.get("evidence")
    return dict(json.loads(stored)) if isinstance(stored, str) else {}


def proposed(row: Mapping[str, Any], then: Mapping[str, Any], text: Text) -> str:
    """A title that names a task, worked out from a finding and its figures; at most as long as the list allows."""
    origin = row["origin"]
    theme, district = text.value(row.get(f"theme_{text.language}")), text.value(row.get("district"))
    words = ""
    if origin == "gap":
        places = then.get("gap_places")
        if places is None or is_missing(places):
            words = text("items.title_gap_unknown", theme=theme, district=district)
        else:
            shown = text.number(figures.rounded(float(places), 1))  # "8 places", not "8.0"
            words = text("items.title_gap", theme=theme, district=district, places=shown)
    elif origin == "overlap":
        somewhere = not is_missing(row.get("district"))
        words = text("items.title_overlap" if somewhere else "items.title_overlap_city", theme=theme, district=district)
    elif origin == "bundling":
        first, kept = text.value(row.get("course")), text.value(row.get("kept_course"))
        words = text("items.title_bundling" if first != kept else "items.title_bundling_one", first=first, kept=kept)
    elif origin == "idea":
        words = text.value(row.get("idea"))
    else:
        words = text.value(None)
    return words if len(words) <= LONGEST_TITLE else words[: LONGEST_TITLE - 1].rstrip() + "\N{HORIZONTAL ELLIPSIS}"
