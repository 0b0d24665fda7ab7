"""Items of the priority list in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from esdash.analysis.priorities import priorities
from esdash.texts import Text, is_missing
from esdash.wording import bounds, figures
from esdash.wording.columns import Column, headed

LEAST_SAID = 0.05  # places; fewer are nothing in one decimal
ALMOST_ALWAYS, MOSTLY = 0.9, 0.5  # shares of the weightings from which "almost always" and "mostly" are used


def in_words(items: pd.DataFrame, text: Text, unknown: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Items (one row each) with `title`, `reason` and `kind_word`.

    `unknown`: item → that its place hangs on something unknown (`hanging`), with which its reason ends.
    """
    items = _shown(items)
    rows = list(items.itertuples())
    return items.assign(
        title=[title(item, text) for item in rows],
        reason=[f"{reason(item, text)} {(unknown or {}).get(item.item_id, '')}".strip() for item in rows],
        listed_word=["" if is_missing(item.priority_item_id) else text("word.yes") for item in rows],
        kind_word=[text(f"kind_one.{'white' if item.state == 'white' else item.kind}") for item in rows],
    )


def _shown(items: pd.DataFrame) -> pd.DataFrame:
    """The items with their figures as shown: the places of a gap are those needed without those met."""
    found = figures.shown(items.assign(gap_places=items["places"]))
    return found.assign(places=found["gap_places"].where(items["kind"] == "gap", found["places"])).drop(
        columns="gap_places"
    )


def title(item: Any, text: Text) -> str:
    """The title of an item."""
    theme = getattr(item, f"theme_{text.language}")
    if item.kind == "overlap":
        return text(
            "priority.overlap_title", theme=theme, district=text.value(item.district), n=len(item.initiative_ids)
        )
    return text("priority.gap_title", theme=theme, district=text.value(item.district))


def reason(item: Any, text: Text) -> str:
    """Why the item is on the list, in one sentence with its figures."""
    if item.kind == "overlap":
        return text(
            "priority.overlap_reason",
            offers=", ".join(item.initiative_names),
            supply=figures.word("places_reaching", item.places_reaching, text),
            need=figures.word("places_needed", item.places_needed, text),
            capped=_capped(item, text),
        )
    return text(
        "priority.gap_reason",
        needed=figures.word("places_needed", item.places_needed, text),
        met=figures.word("places_met", item.places_met, text),
        places=figures.word("places", item.places, text),
        group=getattr(item, f"target_group_{text.language}"),
        city=figures.word("city_coverage", item.city_coverage, text),
    )


def _capped(item: Any, text: Text) -> str:
    """That only the places of the case's own offers count, where more are beyond the need."""
    if is_missing(item.places) or item.places_reaching - item.places_needed - item.places < LEAST_SAID:
        return ""
    return " " + text("priority.overlap_capped", places=figures.word("places", item.places, text))


def short_reason(item: Any, text: Text) -> str:
    """The figures of the item, for a short list."""
    if item.kind == "overlap":
        key, values = "priority.overlap_short", {"supply": item.places_reaching, "need": item.places_needed}
    else:
        key, values = "priority.gap_short", {"places": item.places, "needed": item.places_needed}
    return text(key, **{name: figures.word("places", value, text) for name, value in values.items()})


def hanging(found: pd.DataFrame, text: Text) -> dict[str, str]:
    """Item → that its place on the list hangs on something unknown, in one sentence. `found`: priorities.between."""
    return {row.item_id: _hanging(row, text) for row in found.itertuples()}


def _hanging(row: Any, text: Text) -> str:
    """The missing places between their ends, and the ranks that follow."""
    ranks = text("priority.ranks", first=row.first, last=row.last) if row.first < row.last else text.number(row.first)
    return text(
        "priority.hanging_off" if row.may_leave else "priority.hanging",
        places=bounds.places(row.places_low, row.places_high, text, 1),
        ranks=ranks,
    )


def stable(near: float, text: Text) -> str:
    """How stable an item is among the first when the weights change slightly; `near` is the share (0 to 1)."""
    word = "always" if near >= ALMOST_ALWAYS else "mostly" if near >= MOSTLY else "seldom"
    return text(f"priorities.stable_{word}", near=text.percent(near))


def columns(text: Text) -> list[Column]:
    """Columns of the table and the download of the priority list."""
    criteria = {name: text(f"criterion.{name}") for name in priorities.CRITERIA}
    points = [
        Column(f"{name}_points", text("priorities.points_of", criterion=words), "decimal")
        for name, words in criteria.items()
    ]
    named = (
        "rank",
        "title",
        ("listed_word", "items.on_list_mark"),
        ("kind_word", "column.kind"),
        "priority",
        ("places", "column.places_item"),
    )
    return [*headed(text, "", *named), *points, *headed(text, "", "near", ("reason", "column.reason_item"))]


def proposal(item: dict[str, Any], text: Text) -> str:
    """Who proposed the item, when and why, and the figures of that day."""
    then = item.get("figures") or {}
    words = text(
        "priority.proposed",
        by=text.value(item.get("by")),
        day=_day(item),
        reason=text.value(item.get("reason")),
    )
    if then.get("supply") is not None and then.get("need") is not None:
        supply, need = (text.number(then[name], 0) for name in ("supply", "need"))
        return f"{words} " + text("priority.proposed_overlap", supply=supply, need=need)
    if then.get("gap_places") is None:
        return words
    shown = figures.shown(pd.DataFrame([then])).iloc[0]
    named = {"needed": "places_needed", "gap": "gap_places"}
    return f"{words} " + text(
        "priority.proposed_figures", **{key: figures.word(name, shown.get(name), text) for key, name in named.items()}
    )


def _day(item: dict[str, Any]) -> Any:
    try:
        return date.fromisoformat(str(item.get("on")))
    except ValueError:
        return None
