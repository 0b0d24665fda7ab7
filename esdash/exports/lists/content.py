"""What a version of the priority list says, as plain data: all that its files need, and nobody's name.

Decimals are rounded as they are shown, days are days, unknown is null; `esdash.model.canonical` makes one text of it.
The map is in whole thousandths of its width, so that no digit of it depends on a machine.
"""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from esdash.analysis.priorities.priorities import CRITERIA
from esdash.analysis.records import records
from esdash.analysis.versions import differences
from esdash.charts.district_map import has_shape, rings
from esdash.inventory import Inventory
from esdash.inventory.steering.versions import last_change_of
from esdash.model.canonical import canonical, decimal
from esdash.texts import Text
from esdash.wording import figures
from esdash.wording import versions as words
from esdash.wording.items import title
from esdash.wording.names import Names

FORMAT = "esdash-list-version/1"
METHOD = "M8/1"  # METHODS M8; a change of the formula gets the next number
# Figures that a finding rests on, in the order in which they are said; the last two are of a case when it was taken.
FIGURES = (
    *("gap_places", "surplus_places", "places_needed", "places_met", "places_reaching", "coverage", "need", "supply"),
)
_NOW = {  # origin → figure → column of `items.on_list`
    "gap": {name: name for name in ("gap_places", "places_needed", "places_met", "coverage")},
    "overlap": {"surplus_places": "places", **{name: name for name in ("places_needed", "places_reaching")}},
}
SCALE = 1000  # units of the width of the map

Content = dict[str, Any]
Row = Mapping[str, Any]


def composed(
    items: pd.DataFrame,
    ended: pd.DataFrame,
    voices: pd.DataFrame,
    before: Mapping[str, Any] | None,
    head: Mapping[str, Any],
    inventory: Inventory,
    names: Names,
) -> Content:
    """The content of the next version.

    `items`, `ended`: as `analysis.priorities.items` gives them. `voices`: as `analysis.voices.latest`, may be empty.
    `before`: the content of the version before. `head`: number, title, meeting, decision, previous_sha256.
    """
    text, city = names.text, names.city
    shown = figures.shown(items.assign(gap_places=items["places"]))
    standing = shown.to_dict("records")
    heard = {row["priority_item_id"]: row for row in voices.to_dict("records")}
    entries = [_entry(row, heard.get(row["priority_item_id"]), names) for row in standing if _listed(row)]
    aside = [_aside(row, heard.get(row["priority_item_id"]), names) for row in standing if not _listed(row)]
    keys = [entry["entry_key"] for entry in [*entries, *aside]]
    gone = [_gone(entry, _row_of(ended, entry["entry_key"]), text) for entry in differences.gone(before, keys)]
    _compare(entries, before, bool(gone), text)
    kind = city["kind"]
    return {
        **{"format": FORMAT, "language": text.language, **head},
        "city": {"city_id": city["city_id"], "name": city["name"], "programme": city["programme"]},
        "recipient": _known(city.get("list_recipient")),
        "notice": text(f"export.{kind}_note") if kind in ("example", "generated") else None,
        "as_of": inventory.today(),
        "last_change": last_change_of(inventory),
        "method": METHOD,
        "criteria": _criteria(inventory, text),
        "entries": entries,
        "aside": aside,
        "gone": gone,
        "map": _map(inventory, names),
        "sources": [_known(text.name(city, "population_note")), _known(city.get("credits"))],
    }


def _listed(row: Row) -> bool:
    """Whether the item is for the city to answer; the others are listed as put aside, with their reason."""
    return row["standing"] in ("ranked", "unrated")


def _entry(row: Row, heard: Row | None, names: Names) -> Content:
    text, then = names.text, _evidence(row)
    return {
        "entry_key": row["priority_item_id"],
        "rank": _whole(row["rank"]),
        "title": title(row, text),
        "measure": _known(row["measure"]),
        "themes": _named(names, "theme", row["theme_ids"]),
        "for_whom": _named(names, "target_group", row["target_group_ids"]),
        "where": _named(names, "district", row["district_ids"]),
        "district_ids": sorted(row["district_ids"] or []),
        "lead": None if (lead := _known(row["lead_organization_id"])) is None else names.of("organization", lead),
        "partners": _named(names, "organization", row["partner_ids"]),
        "cost_eur": decimal(_known(row["cost_eur"]), 2),
        "due_on": _day(row["due_on"]),
        "score": decimal(_known(row["priority"]), 1),
        "score_reason": _known(row.get("score_reason")),
        "bars": [
            {
                "criterion": name,
                "name": text(f"criterion.{name}_overlap" if row["origin"] == "overlap" else f"criterion.{name}"),
                "points": decimal(_known(row[name]), 1),
            }
            for name in CRITERIA
        ],
        "stability": decimal(_known(row["near"]), 2),
        "voices": None if heard is None else _voices(heard),
        "decision": _decision(row),
        "evidence": {
            "reason": _known(then.get("reason")),
            "as_of": _day(then.get("as_of") or then.get("on")),
            "url": _known(then.get("url")),
            "then": _figures(then.get("figures") or {}, text),
            "now": _figures({name: row.get(column) for name, column in _NOW.get(row["origin"], {}).items()}, text),
        },
    }


def _aside(row: Row, heard: Row | None, names: Names) -> Content:
    """An item that PEARL put aside or that a meeting deferred or rejected: it never vanishes."""
    text = names.text
    why = _known(row.get("pearl_reason")) if row["standing"] == "put_aside" else None
    if row["standing"] == "deferred" and _day(row.get("deferred_until")):
        why = text("versions.deferred_until", day=_day(row["deferred_until"]))
    return _entry(row, heard, names) | {"standing": row["standing"], "standing_reason": why}


def _gone(entry: Row, ended: Row | None, text: Text) -> Content:
    how, why = words.why_gone(ended, text)
    kept = {name: entry.get(name) for name in ("entry_key", "title", "rank")}
    return {**kept, "ended_as": how, "ended_on": None if ended is None else _day(ended["ended_on"]), "reason": why}


def _compare(entries: Sequence[Content], before: Mapping[str, Any] | None, gone: bool, text: Text) -> None:
    """Add to every entry how it stands to the version before."""
    known = differences.by_key(before, "entries", "aside")
    others = gone or any(entry["entry_key"] not in known for entry in entries)
    for entry in entries:
        told = differences.of(json.loads(_text(entry)), known.get(entry["entry_key"]))
        entry["change"], entry["previous_rank"] = told.change, told.previous_rank
        entry["change_reason"] = words.why_changed(told, entry["evidence"]["reason"], others, text)


def _criteria(inventory: Inventory, text: Text) -> list[Content]:
    rows = records.reference(inventory, "criterion").sort_values("sort").to_dict("records")
    total = sum(float(row["weight"]) for row in rows) or 1.0
    return [
        {
            "criterion": row["criterion_id"],
            "name": text(f"criterion.{row['criterion_id']}"),
            "explained": text(f"criterion.{row['criterion_id']}_help"),
            "weight": decimal(float(row["weight"]) / total, 3),
            "low": decimal(float(row["anchor_low"]), 3),
            "high": decimal(float(row["anchor_high"]), 3),
            "reason": row["reason"],
        }
        for row in rows
    ]


def _voices(heard: Row) -> Content:
    found = {name: decimal(_known(heard.get(name)), 2) for name in ("median", "q1", "q3", "median_without")}
    whole = {name: _whole(heard.get(name)) for name in ("n", "recused")}
    return found | whole | {"contested": bool(heard.get("contested"))}


def _decision(row: Row) -> Content | None:
    result = _known(row.get("result"))
    if result is None:
        return None
    return {"number": _known(row.get("number")), "result": result, "decided_on": _day(row.get("decided_on"))}


def _figures(found: Row, text: Text) -> list[Content]:
    """The figures that an entry rests on, as they are shown: a share in percent, the others in places per week."""
    told = []
    for name in FIGURES:
        value = _known(found.get(name))
        if value is None:
            continue
        share = name == "coverage"
        number = decimal(100 * float(value), 0) if share else decimal(float(value), 1)
        unit = "%" if share else text("versions.unit_places")
        told.append({"figure": name, "name": text(f"versions.figure_{name}"), "value": number, "unit": unit})
    return told


def _map(inventory: Inventory, names: Names) -> Content | None:
    """The districts in whole thousandths of the width of the map, y downwards, as other maps draw them."""
    frame = records.reference(inventory, "district")
    if frame.empty:
        return None
    outline = names.city["outline"]
    shapes = {row.district_id: rings(row.geometry) for row in frame.itertuples()}
    around = rings(outline) if outline and not any(map(has_shape, frame["geometry"])) else []
    squeeze = math.cos(math.radians(float(frame["lat"].mean())))
    points = [*zip(frame["lon"], frame["lat"], strict=True)]
    points += [(point[0], point[1]) for shape in [*shapes.values(), around] for ring in shape for point in ring]
    west, north = min(x for x, _ in points), max(y for _, y in points)
    width = (max(x for x, _ in points) - west) * squeeze or 1.0

    def placed(point: Sequence[float]) -> list[int]:
        return [round(SCALE * (point[0] - west) * squeeze / width), round(SCALE * (north - point[1]) / width)]

    def ring(of: Sequence[Sequence[float]]) -> list[list[int]]:
        found = [placed(point) for point in of]
        return [point for place, point in enumerate(found) if place == 0 or point != found[place - 1]]

    return {
        "height": round(SCALE * (north - min(y for _, y in points)) / width),
        "note": _known(names.text.name(names.city, "map_note")),
        "outline": [ring(part) for part in around],
        "districts": [
            {
                "district_id": row.district_id,
                "name": row.short_name if isinstance(row.short_name, str) else row.name,
                "at": placed((row.lon, row.lat)),
                "shapes": [ring(part) for part in shapes[row.district_id]],
            }
            for row in frame.itertuples()
        ],
    }


def _named(names: Names, kind: str, keys: Any) -> list[str]:
    found = keys if isinstance(keys, list) else []
    return [names.of(kind, key) for key in names.by_name(kind, found)]


def _evidence(row: Row) -> dict[str, Any]:
    stored = row.get("evidence")
    return dict(json.loads(stored)) if isinstance(stored, str) else {}


def _row_of(frame: pd.DataFrame, key: str) -> Row | None:
    rows = frame[frame["priority_item_id"] == key].to_dict("records") if len(frame) else []
    return rows[0] if rows else None


def _text(entry: Content) -> str:
    return canonical(entry)


def _whole(value: Any) -> int | None:
    return None if _known(value) is None else int(value)


def _known(value: Any) -> Any:
    """The value; None for everything that means unknown, and for an empty text."""
    return None if value is None or value == "" or (not isinstance(value, list) and pd.isna(value)) else value


def _day(value: Any) -> date | None:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None if _known(value) is None else pd.Timestamp(value).date()
