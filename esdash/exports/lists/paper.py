"""A version of the list on paper: A4, for people (PDF/UA) and for the archive (PDF/A-3), with JSON and CSV inside."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from esdash.exports.lists import saying
from esdash.exports.reports import setting
from esdash.exports.reports.setting import Attachment
from esdash.model.canonical import texts
from esdash.texts import Text
from esdash.wording import versions as words

_TEMPLATE = Path(__file__).with_suffix(".typ")

HIGHEST_MAP = 1.05  # most height of the map, as a multiple of the width that it has
SHA_SHOWN = 12  # first digits of the checksum at the foot of every page; the whole of it stands on the last
WHOLE = 2_500  # most characters of an entry that is kept on one page; a longer one may be parted
RANKS_LISTED = 40  # most characters of the ranks beside the map; where more name a district, its circle says how many
SMALLEST, LARGEST = 1.7, 3.4  # radius of a circle [mm]; its area grows with the number


def pdf(content: Mapping[str, Any], sha256: str, attached: Sequence[Attachment], text: Text) -> bytes:
    """The version as PDF, of the moment at which its day of data ends: the same content gives the same bytes."""
    day = date.fromisoformat(content["as_of"])
    created = datetime.combine(day, time(12), UTC)
    whole = {"sha256": sha256}  # without breaks, so that it can be copied
    return setting.pdf(_TEMPLATE, setting.breakable(placed(content, sha256, text)) | whole, created, attached)


def placed(content: Mapping[str, Any], sha256: str, text: Text) -> dict[str, Any]:
    """All texts, numbers and shapes of the pages; the template only places them."""
    day = date.fromisoformat(content["as_of"])
    entries = content["entries"]
    return {
        "language": text.language,
        "title": text("versions.list_title"),
        "subtitle": f"{content['title']} · {content['city']['name']}",
        "author": content["city"]["name"],
        "date": [day.year, day.month, day.day],
        "notice": content["notice"] or "",
        "facts": _facts(content, text),
        "sentence": saying.sentence(content, text),
        "overview": [_line(entry, text) for entry in entries],
        "map": _map(content, text),
        "entries": [_entry(entry, text) for entry in entries],
        "others": saying.others(content, text),
        "criteria": [_criterion(one, text) for one in content["criteria"]],
        "method": saying.method(content, text),
        "status": saying.status(content, text),
        "footer": text(
            "versions.footer", city=content["city"]["name"], title=content["title"], sha=sha256[:SHA_SHOWN] + "…"
        ),
        "page": text("versions.page", page="{page}", pages="{pages}"),
        "words": {name: text(f"versions.{name}") for name in _WORDS},
    }


_WORDS = (
    *("overview", "rank", "priority", "change", "score", "map", "items", "rests_on", "criteria", "criteria_note"),
    "where",
    *("criterion", "weight", "bounds", "explained", "status", "checksum"),
)


def _facts(content: Mapping[str, Any], text: Text) -> list[list[str]]:
    """Whom the list is for, who adopted it, of which day its data are."""
    rows = [["to", content["recipient"]], ["decided", saying.decided(content["decision"], text)]]
    rows += [["met", saying.met(content["meeting"], text)], ["as_of", text.date(date.fromisoformat(content["as_of"]))]]
    if content["previous_sha256"]:
        number, sha = content["number"] - 1, content["previous_sha256"][:SHA_SHOWN] + "…"
        rows.append(["before", text("versions.before_words", number=number, sha=sha)])
    return [[text(f"versions.{name}"), value] for name, value in rows if value]


def _line(entry: Mapping[str, Any], text: Text) -> dict[str, Any]:
    return {
        "rank": saying.rank(entry),
        "title": entry["title"],
        "change": words.change(entry, text),
        "share": None if entry["score"] is None else float(entry["score"]) / 100,
        "score": saying.number(entry["score"], text, 0) if entry["score"] is not None else text("versions.score_none"),
    }


def _entry(entry: Mapping[str, Any], text: Text) -> dict[str, Any]:
    known = entry["score"] is not None
    bars = [
        {
            "name": bar["name"],
            "share": float(bar["points"]) / 100,
            "points": saying.number(bar["points"], text, 0),
        }
        for bar in entry["bars"]
        if bar["points"] is not None
    ]
    score = saying.number(entry["score"], text, 0)
    stable = entry["stability"]
    return {
        "rank": saying.rank(entry),
        "title": entry["title"],
        "change": words.change(entry, text),
        "kind": entry["change"],
        "why": entry["change_reason"] or "",
        "measure": entry["measure"] or "",
        "facts": [[text(f"versions.{name}"), value] for name, value in saying.facts(entry, text) if value],
        "bars": bars if known else [],
        "score": text("versions.score_of", n=score) if known else text("versions.score_none"),
        "stable": "" if stable is None else text("versions.stability_words", share=text.percent(float(stable))),
        "rests": saying.rests(entry, text),
        "short": sum(map(len, texts(entry))) <= WHOLE,
    }


def _criterion(one: Mapping[str, Any], text: Text) -> dict[str, str]:
    low, high = (saying.number(one[name], text) for name in ("low", "high"))
    return {
        "name": one["name"],
        "weight": text.percent(float(one["weight"])),
        "bounds": text("versions.bounds_words", low=low, high=high),
        "explained": one["explained"],
        "reason": one["reason"],
    }


def _map(content: Mapping[str, Any], text: Text) -> dict[str, Any] | None:
    drawn = content["map"]
    if drawn is None:
        return None
    named = [(key, entry) for entry in content["entries"] for key in entry["district_ids"]]
    counts = Counter(key for key, _ in named)
    city = sum(not entry["district_ids"] for entry in content["entries"])
    most = max(counts.values(), default=1)
    districts = [
        {
            "name": one["name"],
            "at": one["at"],
            "shapes": one["shapes"],
            "count": counts[one["district_id"]],
            "radius": max(SMALLEST, LARGEST * (counts[one["district_id"]] / most) ** 0.5),
        }
        for one in drawn["districts"]
    ]
    ranks = [
        {
            "name": one["name"],
            "ranks": ", ".join(saying.rank(entry).rstrip(".") for key, entry in named if key == one["district_id"]),
        }
        for one in drawn["districts"]
        if counts[one["district_id"]]
    ]
    listed = "; ".join(f"{one['name']} {one['count']}" for one in districts if one["count"])
    notes = [text("versions.map_note"), *([text.count("versions.map_city", city)] if city else [])]
    return {
        "districts": districts,
        "listed": [one if len(one["ranks"]) <= RANKS_LISTED else one | {"ranks": "…"} for one in ranks],
        "outline": drawn["outline"],
        "height": drawn["height"],
        "scale": min(1.0, HIGHEST_MAP * 1000 / drawn["height"]) if drawn["height"] else 1.0,
        "alt": text("versions.map_alt", listed=listed) if listed else text("versions.map_alt_none"),
        "note": " ".join([*notes, text("report.map_note", note=drawn["note"]) if drawn["note"] else ""]).strip(),
    }
