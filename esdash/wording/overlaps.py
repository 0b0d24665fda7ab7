"""Cases of overlapping offers in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from esdash.analysis.overlaps import overlaps
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording.columns import Column
from esdash.wording.escaping import bold
from esdash.wording.listing import items, weekly
from esdash.wording.names import Names

# Fields of an offer side by side; all that a verdict rests on, in the order of the question.
FIELDS = (
    *("organization", "partner_ids", "theme_ids", "target_group_ids", "language_ids", "place", "times"),
    *("capacity", "waiting", "replaceable"),
)
# How a field of a decision's facts is called; the page knows the others under the same name.
_LISTS = {"theme_ids": "theme", "target_group_ids": "target_group", "language_ids": "language"}
_LISTS |= {"partner_ids": "organization", "district_ids": "district"}


def sentence(inventory: Inventory, text: Text) -> str:
    """The answer in one sentence, from the cases that wait for a decision."""
    found = overlaps.open_cases(inventory)
    doubles = found[found["verdict"] == "double_structure"]
    if found.empty:
        return text("overlaps.sentence_none")
    return text(
        "overlaps.sentence",
        cases=bold(text.count("overlaps.cases", len(found))),
        doubles=bold(text.number(len(doubles))),
        surplus=bold(text.number(doubles["surplus"].sum(), 0)),
        wanted=bold(text.number((found["verdict"] == "wanted").sum())),
    )


def listed(inventory: Inventory, names: Names) -> pd.DataFrame:
    """The open cases with words for verdict, theme, districts and offers; `case_id` first."""
    text, frame = names.text, overlaps.open_cases(inventory)
    frame["verdict_word"] = [text(f"overlaps.verdict_{value}") for value in frame["verdict"]]
    frame["theme"] = [names.all("theme", items(keys)) for keys in frame["theme_ids"]]
    frame["districts"] = [
        ", ".join(names.short("district", key) for key in items(keys)) or text("word.unknown")
        for keys in frame["district_ids"]
    ]
    frame["offers"] = [" · ".join(entry) for entry in frame["initiative_names"]]
    frame["places_per_100"] = 100 * frame["saturation"]
    frame["reason_words"] = [reason(row, text) for row in frame.to_dict("records")]
    return frame


def columns(text: Text) -> list[Column]:
    """Columns of the table and the download of open cases."""
    return [
        Column("verdict_word", text("overlaps.column_verdict"), "text", 25),
        Column("theme", text("column.theme"), "text", 26),
        Column("districts", text("column.district"), "text", 18),
        Column("offers", text("overlaps.column_offers"), "text", 44),
        Column("places_at_stake", text("overlaps.column_stake"), "decimal"),
        Column("places_per_100", text("overlaps.column_saturation"), "integer"),
        Column("score", text("overlaps.column_score"), "percent"),
    ]


def reason(case: Mapping[str, Any], text: Text) -> str:
    """Why the verdict is proposed, in one sentence with its figures."""
    return text(
        f"overlaps.reason_{case['reason']}",
        supply=text.number(case["supply"], 0),
        need=text.number(case["need"], 0),
        waiting=text.number(case["waiting"], 0),
    )


def heading(case: Mapping[str, Any], names: Names) -> str:
    """What a case is about, in one line."""
    return names.text(
        "overlaps.case_title", theme=names.all("theme", items(case["theme_ids"])), n=len(case["initiative_ids"])
    )


def value(name: str, offer: Mapping[str, Any], names: Names) -> str | None:
    """One field of an offer as a person reads it; None is unknown."""
    text = names.text
    content = offer[name]
    if name == "place" and offer["mode"] in ("online", "mobile"):
        return text(f"overlaps.mode_{offer['mode']}")
    if content is None or content is pd.NA or (isinstance(content, float) and pd.isna(content)):
        return None
    if name in _LISTS:
        return names.all(_LISTS[name], content)
    if name == "times":
        return weekly(content, text) if len(content) else None
    return text.percent(content) if name == "replaceable" else text.value(content)


def fact(field: str, content: Any, names: Names) -> str:
    """A value that a decision rested on, as it stands in its facts (JSON)."""
    text = names.text
    if content is None or content == {"name": None, "lat": None, "lon": None}:
        return text("word.unknown")
    if field in _LISTS:
        return names.all(_LISTS[field], content)
    if field == "organization_id":
        return names.of("organization", content)
    if field == "place":
        at = f"{text.number(content['lat'], 5)} / {text.number(content['lon'], 5)}" if content["lat"] else ""
        return ", ".join(part for part in (content["name"], at) if part)
    if field == "times":
        return weekly([{**entry, **_clock(entry)} for entry in content], text)
    if field in ("status", "mode"):
        return text(f"status.{content}") if field == "status" else text(f"mode.{content}")
    return text.value(content)


def changes(decision: Mapping[str, Any], names: Names) -> list[str]:
    """What is not any more what a decision rested on, one line for each field."""
    text = names.text
    return [
        text(
            "overlaps.changed",
            offer=change["name"],
            field=text(f"overlaps.field_{change['field']}"),
            before=fact(change["field"], change["before"], names),
            after=fact(change["field"], change["after"], names),
        )
        for change in decision["changes"]
    ]


def _clock(entry: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(entry[name])[:5] for name in ("begins", "ends")}
