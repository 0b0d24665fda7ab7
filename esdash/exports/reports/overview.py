"""The page Lagebild on paper for a meeting: where the city stands on one sheet, in the words of the page."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

from esdash.analysis.overview import changed, situation
from esdash.analysis.records import records
from esdash.exports.reports import setting
from esdash.inventory import Inventory
from esdash.texts import Text, is_missing
from esdash.wording import changes
from esdash.wording import overview as words

_TEMPLATE = Path(__file__).with_suffix(".typ")
_NO_RANK = "\N{EN DASH}"


def overview_paper(
    inventory: Inventory, text: Text, since: date | None = None, created: datetime | None = None
) -> bytes:
    """The sheet as PDF, with the changes since the end of a day, the last meeting if none is given.

    Equal input with an equal `created` gives equal bytes.
    """
    return setting.pdf(_TEMPLATE, setting.breakable(content(inventory, text, since)), created or inventory.now())


def content(inventory: Inventory, text: Text, since: date | None = None) -> dict[str, Any]:
    """All texts and bars of the sheet; the template only places them."""
    since = since or next(iter(changed.days(inventory)), None)
    city, day = records.status(inventory), inventory.today()
    notice = text(f"export.{city['kind']}_note") if city["kind"] in ("example", "generated") else ""
    fields = words.by_field(inventory, text)
    offers = situation.figures(inventory).initiatives > 0  # without any there is nothing to draw
    worst, meeting = words.worst(inventory, text), words.next_meeting(inventory, text)
    return {
        "language": text.language,
        "title": text("overview.title"),
        "subtitle": text("tabled.subtitle", city=city["name"], day=day),
        "author": city["name"],
        "date": [day.year, day.month, day.day],
        "notice": notice,
        "footer": [
            text("app.data_status", city=city["name"], day=day),
            text("overview.source"),
            *([notice] if notice else []),
        ],
        "page": text("export.page", page="{page}", pages="{pages}"),
        "sentence": words.sentence(inventory, text).replace("**", ""),
        "lines": [line for line in (_since(inventory, text, since), _waiting(inventory, text)) if line],
        "tiles": [
            {"label": text(f"tile.{name}"), "value": tile.value, "change": tile.change}
            for name, tile in (words.tiles(inventory, text, since) if offers else {}).items()
        ],
        "fields": {
            "title": words.least_met(fields, text),
            "rows": [_field(row, text) for row in fields.to_dict("records")] if offers else [],
            "below": worst[0] if worst else "",
        },
        "next": {"title": text("overview.first_priorities"), "rows": _next(inventory, text)},
        "meeting": meeting[0] if meeting else "",
    }


def _since(inventory: Inventory, text: Text, since: date | None) -> str:
    if since is None:
        return ""
    said = [line for *_, line in changes.named(changed.counts(inventory, since), text)]
    day = text("overview.since_day", day=since)
    return f"{day}: {'; '.join(said)}." if said else f"{day} {text('overview.nothing_since')}"


def _waiting(inventory: Inventory, text: Text) -> str:
    said = [line for _, line in words.waiting(inventory, text)]
    return f"{text('overview.waiting')} {'; '.join(said)}." if said else ""


def _field(row: dict[Any, Any], text: Text) -> dict[str, Any]:
    """A field of action: its name, its share in words, the parts of the bar (0 to 1) that are met and that may be.

    Its places too, where they are known.
    """
    ends = {"met": row["coverage"], "may": row["most"]}
    parts = {name: 0.0 if is_missing(part) else float(part) for name, part in ends.items()}
    known = not is_missing(row["places_met"])
    places = text("chart.met_of", met=row["places_met"], needed=row["places_needed"]) if known else ""
    return {"name": row["short"], "share": row["share"], "places": places, **parts}


def _next(inventory: Inventory, text: Text) -> list[list[str]]:
    """Rank, title and state of the first items of the list, or of the first findings while it is empty."""
    listed = words.first_items(inventory, text)
    if len(listed):
        rows = listed.to_dict("records")
        return [[_rank(row["rank"], text), row["title"], row["state_word"]] for row in rows]
    found = words.first_findings(inventory, text).to_dict("records")
    return [[_rank(row["rank"], text), row["title"], row["short"]] for row in found]


def _rank(rank: Any, text: Text) -> str:
    return _NO_RANK if is_missing(rank) else f"{text.number(rank, 0)}."
