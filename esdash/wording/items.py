"""Items of the priority list in words."""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pandas as pd

from esdash.analysis.priorities.findings import About
from esdash.analysis.priorities.moving_up import Step
from esdash.analysis.priorities.priorities import CRITERIA
from esdash.texts import Text, is_missing
from esdash.wording import figures
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold
from esdash.wording.names import Names

LONGEST_TITLE = 120  # characters, as `inventory.steering.tasks` allows


def title(row: Any, text: Text) -> str:
    """The title of an item, a row of `items.on_list` or `items.ended`: as people wrote it, else from its finding.

    Places in it are those of the day on which the item was taken, so that a task does not change its name.
    """
    row = _as_mapping(row)
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
        missing = then.get("gap_places")
        if missing is None or is_missing(missing):
            words = text("items.title_gap_unknown", theme=theme, district=district)
        else:
            words = text("items.title_gap", theme=theme, district=district, places=places(float(missing), text))
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


def proposed_of(finding_id: str, about: About, text: Text, names: Names) -> str:
    """The title proposed for a finding that somebody takes onto the list."""
    named = {f"theme_{text.language}": about.theme_ids, "district": about.district_ids}
    row: dict[str, Any] = {key: None for key in named} | {"origin": finding_id.split("|")[0]}
    for (key, ids), kind in zip(named.items(), ("theme", "district"), strict=True):
        row[key] = names.of(kind, ids[0]) if ids else None
    more = {"course": about.course, "kept_course": about.kept_course, "idea": about.idea}
    return proposed(row | more, about.figures, text)


def sentence(items: pd.DataFrame, waiting: int, text: Text) -> str:
    """What is on the list, in one sentence: how many, the first, how many of them nobody has decided about."""
    if items.empty:
        return text.count("items.empty_sentence", waiting) if waiting else text("items.empty_unknown")
    rows = items.to_dict("records")
    said = text.count("items.sentence", len(rows), first=bold(title(rows[0], text)))
    undecided = sum(is_missing(row["result"]) and not row["put_aside"] for row in rows)
    return said + (" " + text.count("items.sentence_undecided", undecided) if undecided else "")


def in_words(items: pd.DataFrame, text: Text, names: Names) -> pd.DataFrame:
    """Items of `items.on_list` or `items.ended` with title, kind, where, for whom, lead, partners, state and reason in
    words, for the list, its print and its downloads; what is open is said to be open."""
    rows = items.to_dict("records")
    words = {
        "title": [title(row, text) for row in rows],
        "written": [isinstance(row["title"], str) for row in rows],  # the title itself, not worked out
        "kind_word": [text(f"items.origin_{row['origin']}") for row in rows],
        "where": [_all(names, "district", row["district_ids"], text("items.everywhere")) for row in rows],
        "for_whom": [_all(names, "target_group", row["target_group_ids"], text("items.open")) for row in rows],
        "lead": [
            text("items.open")
            if is_missing(row["lead_organization_id"])
            else names.of("organization", row["lead_organization_id"])
            for row in rows
        ],
        "partners": [_all(names, "organization", row["partner_ids"], text("items.open")) for row in rows],
        "measure": [row["measure"] if isinstance(row["measure"], str) else text("items.open") for row in rows],
        "cost": [cost(row["cost_eur"], text) for row in rows],
        "due": [day(row["due_on"], text) for row in rows],
        "state_word": [state(row, text) for row in rows],
        "because": [text.value(evidence(row).get("reason")) for row in rows],
    }
    return items.assign(**{key: pd.Series(values, index=items.index, dtype=object) for key, values in words.items()})


def state(row: Mapping[str, Any], text: Text) -> str:
    """Where an item stands: ended, put aside, decided (with the number of the decision), or open."""
    if not is_missing(row.get("ended_as")):
        return text(f"items.ended_{row['ended_as']}", day=_date(row["ended_on"]))
    if row["put_aside"]:
        return text("items.state_put_aside")
    result = row.get("result")
    if isinstance(result, str):
        said = text("items.state_decided", result=text(f"meetings.result_{result}"), number=row["number"])
        until = _date(row.get("deferred_until"))
        return said if until is None else text("items.state_until", said=said, day=until)
    return text("items.state_open")


def points(row: Mapping[str, Any], text: Text) -> str:
    """The points of an item, or why it has none, in few words."""
    if row["unrated"]:
        return text("items.gone_short" if row["unrated"] == "gone" else "items.unrated_short")
    return text("items.points_short", n=text.number(row["priority"], 0))


def leading(row: Mapping[str, Any], short: Mapping[str, str], text: Text) -> str:
    """Who leads an item, in few words. `short`: organisation → its short name."""
    key = row["lead_organization_id"]
    if is_missing(key):
        return text("items.row_no_lead")
    return text("items.row_lead", who=short.get(str(key)) or row["lead"])


def unrated(row: Mapping[str, Any], text: Text) -> str:
    """Why an item has no points: nobody judged it, or its finding is not there any more."""
    return text(f"items.unrated_{row['unrated']}")


def cost(amount: Decimal | None, text: Text) -> str:
    """A cost estimate in euros, or that it is open."""
    if amount is None or is_missing(amount):
        return text("items.open")
    return text("items.euros", n=text.number(float(amount), 0 if amount == amount.to_integral_value() else 2))


def day(value: Any, text: Text) -> str:
    """A due date, or that it is open."""
    found = _date(value)
    return text("items.open") if found is None else text.value(found)


def then(row: Mapping[str, Any], text: Text) -> list[str]:
    """The evidence as it was, in sentences: who took the item onto the list, when and why, and the figures then."""
    said = evidence(row)
    lines = [text("items.taken", by=said.get("by"), day=_iso(said.get("on")), reason=said.get("reason"))]
    known = {name: value for name, value in (said.get("figures") or {}).items() if value is not None}
    for key, needed in _SENTENCES.items():
        if needed <= known.keys():
            shown = {name: places(known[name], text) for name in needed}
            lines.append(text(f"items.then_{key}", day=_iso(said.get("as_of") or said.get("on")), **shown))
            break
    return lines


def now(row: Mapping[str, Any], text: Text) -> str:
    """The figures of the finding today, in one sentence; empty where it has none."""
    if row["origin"] == "gap" and not is_missing(row.get("places")):
        shown = {name: places(row[name], text) for name in ("places_needed", "places")}
        return text("items.now_gap", **shown)
    if row["origin"] == "overlap" and not is_missing(row.get("places_reaching")):
        shown = {name: places(row[name], text) for name in ("places_reaching", "places_needed")}
        return text("items.now_overlap", **shown)
    return ""


def places(value: float | None, text: Text) -> str:
    """A figure of places, people or euros to one decimal, rounded half up as everywhere; whole ones without."""
    return text.number(figures.rounded(value, 1))


def live(row: Mapping[str, Any]) -> tuple[str, dict[str, str]] | None:
    """Page and parameters of the evidence as it is now: the stored address, else that of the finding."""
    stored = evidence(row).get("url")
    if isinstance(stored, str) and stored:
        parts = urlsplit(stored)
        return parts.path.strip("/"), {name: values[0] for name, values in parse_qs(parts.query).items()}
    if not isinstance(row["finding_id"], str):
        return None
    offers, decided = row.get("initiative_ids"), row.get("decided")
    named = not is_missing(decided) and not decided and isinstance(offers, Sequence | np.ndarray)
    return address(row["finding_id"], "+".join(offers) if named and offers is not None else None)


def address(finding_id: str, case: str | None = None) -> tuple[str, dict[str, str]]:
    """Page and parameters where a finding is shown. `case`: of an overlap that is not decided."""
    kind, *parts = finding_id.split("|")
    if kind == "gap":
        return "gaps", {"measure": "gap", "theme_in": parts[0], "district_in": parts[-1]}
    if kind == "overlap":
        return "overlaps", {"case": case} if case else {"overlaps": "decided"}
    if kind == "bundling":
        return "trainings", {"trainings": "plan", "merge": "|".join(parts)}
    if kind == "idea":
        return "workshops", {"workshops": "ideas", "idea": parts[0]}
    return "priorities", {"priorities": "proposals", "kind": kind}


def moving(step: Step | None, row: Mapping[str, Any], above: str, text: Text) -> str:
    """What would have to change for the item to stand above the next one, `above`: one criterion, or one weight."""
    if step is None:
        return text("items.move_first")
    parts = []
    if step.criterion:
        name = step.criterion.name
        judged = row["origin"] not in ("gap", "overlap")
        overlap = "_overlap" if row["origin"] == "overlap" else ""
        parts.append(
            text(
                "items.move_criterion",
                criterion=text(f"criterion.{name}{overlap}"),
                limit=_amount(name, step.criterion.limit, judged, text, limit=True),
                now=_amount(name, step.criterion.now, judged, text),
            )
        )
    if step.weight:
        more = "more" if step.weight.limit > step.weight.now else "less"
        name = text(f"criterion.{step.weight.name}")
        limit = _up(step.weight.limit, 3) if more == "more" else -_up(-step.weight.limit, 3)
        shares = {"limit": text.percent(limit, 1), "now": text.percent(step.weight.now)}
        parts.append(text(f"items.move_weight_{more}", criterion=name, **shares))
    if not parts:
        return text("items.move_never", above=above)
    return text(
        "items.move", above=above, points=text.number(step.points, 1), changes=text("items.move_or").join(parts)
    )


def own_figure(row: Mapping[str, Any], text: Text) -> str:
    """The figure of a finding without points: what a merge saves and moves, or where and when an idea was collected."""
    if row["kind"] == "bundling":
        said = text("items.unscored_merge", euros=places(row["euros"], text), people=int(row["people"]))
        return text("items.unscored_dates", first=_date(row["starts_on"]), kept=_date(row["kept_starts_on"]), said=said)
    day, workshop = _date(row["collected_on"]), row["workshop"]
    if is_missing(workshop):
        return text("items.unscored_idea_alone", day=day) if day else text("items.unscored_idea_unknown")
    return text("items.unscored_idea", workshop=workshop, day=day) if day else str(workshop)


def columns(text: Text) -> list[Column]:
    """Columns of the downloads of the list; the list on the screen shows the first ones."""
    criteria = [
        Column(name, text("items.points_of", criterion=text(f"criterion.{name}")), "decimal") for name in CRITERIA
    ]
    first = headed(text, "", "rank", "title", "priority", ("state_word", "items.state"))
    beside = [
        ("where", "items.where"),
        ("for_whom", "items.for_whom"),
        ("lead", "items.lead"),
        ("partners", "items.partners"),
    ]
    last = [("cost", "items.cost"), ("due", "items.due"), ("kind_word", "column.kind"), ("because", "items.because")]
    return [
        *first,
        *headed(text, "", ("measure", "items.measure"), *beside, *last),
        *criteria,
        *headed(text, "", "near"),
    ]


_SENTENCES = {
    "gap": {"places_needed", "gap_places"},
    "overlap": {"supply", "need"},
    "surplus": {"surplus"},
    "bundling": {"people", "euros"},
}


def _amount(name: str, value: float, judged: bool, text: Text, limit: bool = False) -> str:
    """A criterion in its unit. A limit is rounded up, so that what is said to suffice does."""
    if is_missing(value):
        return text("word.unknown")
    if judged or name == "size":
        return text.number(_up(value, 1) if limit else figures.rounded(value, 1))
    return text.percent(_up(value, 3) if limit else value, 1)


def _up(value: float, digits: int) -> float:
    return math.ceil(round(value * 10**digits, 6)) / 10**digits


def _all(names: Names, kind: str, keys: Sequence[str], nothing: str) -> str:
    return names.all(kind, keys) if len(keys) else nothing


def _date(value: Any) -> date | None:
    return None if value is None or is_missing(value) else pd.Timestamp(value).date()


def _iso(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _as_mapping(row: Any) -> Mapping[str, Any]:
    return row if isinstance(row, Mapping) else row._asdict()
