"""The gap map on paper: two to four pages A4 with vector maps, set by typst; tagged for screen readers (PDF/UA)."""

import math
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from esdash.charts import look
from esdash.charts.district_map import NO_VALUE, has_shape, rings
from esdash.charts.tile_map import LEAST_COLUMNS, ink
from esdash.exports.reports import setting
from esdash.exports.tables import gap_book
from esdash.exports.values import clean, plain
from esdash.texts import Text
from esdash.wording import bounds, evidence, faces, figures
from esdash.wording.classes import Entry
from esdash.wording.faces import Cell, Face
from esdash.wording.handout import Handout, Report

_TEMPLATE = Path(__file__).with_suffix(".typ")

WORST = 10
APART = 15  # most cells that hang on something unknown; the workbook has all
GROUPS_NAMED, OFFERS_NAMED, UNCOUNTED_NAMED = 2, 3, 12  # most named of each; the workbook has all
NAME_LIMIT = 90  # most characters of a name on paper
HIGHEST_MAP = 1.15  # most height of a small map, as a multiple of its width; a narrow city is drawn smaller


def report_file(report: Report, text: Text, created: datetime | None = None) -> bytes:
    """The report as PDF. Equal input with an equal `created` (now, if left out) gives equal bytes."""
    return setting.pdf(_TEMPLATE, content(report, text), created)


def content(report: Report, text: Text) -> dict[str, Any]:
    """All texts, numbers, colours and shapes of the report; the template only places them."""
    handout = report.handout
    status, day = handout.names.city, handout.names.city["today"]
    notice = text(f"export.{status['kind']}_note") if status["kind"] in ("example", "generated") else ""
    return setting.breakable(
        {
            "language": text.language,
            "title": text("report.title"),
            "author": status["name"],
            "subtitle": text("report.subtitle", city=status["name"], day=day),
            "date": [day.year, day.month, day.day],
            "footer": " · ".join(
                part for part in (text("app.data_status", city=status["name"], day=day), notice) if part
            ),
            "page": text("report.page", page="{page}", pages="{pages}"),
            "notice": notice,
            "supposed": _warning(handout, text),
            "notes": handout.notes,
            "sentence": report.sentence,
            "surveyed": gap_book.surveyed(handout, text),
            "tiles": _tiles(report, text),
            "fields": _fields(report, text),
            "legend_title": text("report.legend_title"),
            "matrix": _matrix(handout, text),
            "worst": _worst(report, text),
            "apart": _apart(handout, text),
            "unknown": {"title": text("report.unknown_title"), "lines": _unknown(report, text)},
            "status": {"title": text("report.status_title"), "lines": _status(status, text)},
        }
    )


def _warning(handout: Handout, text: Text) -> str:
    """What stands on top of every page: that the figures are supposed, or rest on assumptions; empty: neither."""
    marks = {"supposed": handout.supposed, "assumed": handout.assumed}
    return " · ".join(text(f"handout.{mark}_page") for mark, holds in marks.items() if holds)


def _tiles(report: Report, text: Text) -> dict[str, Any]:
    """The tile map: a tile per district with its words, as on the screen."""
    drawn = report.tiles
    columns, rows = drawn.size
    return {
        "title": drawn.title,
        "alt": drawn.alt,
        "columns": max(columns, LEAST_COLUMNS),
        "rows": rows,
        "tiles": [
            {
                "column": tile.column,
                "row": tile.row,
                "name": _short(tile.name),
                "word": tile.cell.word,
                "why": tile.why,
                "met": tile.met,
                "colour": look.COLOURS[tile.cell.step],
                "ink": ink(tile),
                "quiet": tile.quiet,
                "framed": tile.cell.strong,
                "chosen": tile.chosen,
            }
            for tile in drawn.tiles
        ],
        "rivers": [{"name": name, "points": points} for name, points in drawn.rivers.items()],
        "legend": [_entry(entry) for entry in report.key],
        "note": drawn.note,
    }


def _fields(report: Report, text: Text) -> dict[str, Any]:
    face, maps = report.fields, []
    for field, name in zip(face.columns.ids, face.columns.full, strict=True):
        cells = {key: face.cells[key, field] for key in face.rows.ids}
        labels = {key: cell.sign for key, cell in cells.items()}
        colours = {key: look.COLOURS[cell.step] for key, cell in cells.items()}
        framed = {key for key, cell in cells.items() if cell.strong}
        listed = "; ".join(
            f"{row}: {cells[key].figure}" for key, row in zip(face.rows.ids, face.rows.full, strict=True)
        )
        shapes = _shapes(report, colours, labels, framed)
        maps.append({"title": name, "alt": f"{name}. {listed}", **shapes})
    scale = min((part["scale"] for part in maps), default=1)
    note = text.name(report.handout.names.city, "map_note")
    return {
        "title": faces.under(text("report.fields_title"), face.assumed, text),
        "maps": maps,
        "scale": scale,
        "legend": [_entry(entry) for entry in report.fields_key],
        "note": text("report.map_note", note=note) if note else "",
    }


def _entry(entry: Entry) -> dict[str, Any]:
    """One entry of a key."""
    label = f"{entry.sign} {entry.label}".strip()
    return {"colour": look.COLOURS[entry.step], "label": label, "framed": entry.framed}


def _shapes(
    report: Report,
    colours: dict[str, str],
    labels: dict[str, str],
    framed: Collection[str],
) -> dict[str, Any]:
    """The districts as paths: x and y from 0 to 1 of the width, y downwards, as the map on the screen draws them."""
    frame = report.districts
    outline = report.handout.names.city["outline"]
    squeeze = math.cos(math.radians(float(frame["lat"].mean()))) if len(frame) else 1.0
    drawn = {key: rings(shape) for key, shape in zip(frame["district_id"], frame["geometry"], strict=True)}
    around = rings(outline) if not any(map(has_shape, frame["geometry"])) and outline else []
    points = [(lon, lat) for lon, lat in zip(frame["lon"], frame["lat"], strict=True)]
    points += [(point[0], point[1]) for shape in [*drawn.values(), around] for ring in shape for point in ring]
    west, east = min((x for x, _ in points), default=0), max((x for x, _ in points), default=1)
    south, north = min((y for _, y in points), default=0), max((y for _, y in points), default=1)
    width = (east - west) * squeeze or 1.0

    def placed(lon: float, lat: float) -> list[float]:
        return [round((lon - west) * squeeze / width, 5), round((north - lat) / width, 5)]

    placed_areas: list[dict[str, Any]] = []
    for row in frame.itertuples():
        x, y = placed(row.lon, row.lat)
        placed_areas.append(
            {
                "x": x,
                "y": y,
                "colour": colours.get(row.district_id, NO_VALUE),
                "framed": row.district_id in framed,
                "label": labels.get(row.district_id, ""),
                "shapes": [[placed(point[0], point[1]) for point in ring] for ring in drawn[row.district_id]],
            }
        )
    placed_areas.sort(key=lambda area: bool(area["framed"]))  # drawn last, so that no thin frame covers them
    height = (north - south) / width
    return {
        "areas": placed_areas,
        "outline": [[placed(point[0], point[1]) for point in ring] for ring in around],
        "height": height,
        "scale": min(1.0, HIGHEST_MAP / height) if height else 1.0,
    }


def _matrix(handout: Handout, text: Text) -> dict[str, Any]:
    face = handout.face
    rows = [
        {"name": name, "cells": [_cell(cell, face.is_chosen(row, column)) for column, cell in _line(face, row)]}
        for row, name in zip(face.rows.ids, face.rows.full, strict=True)
    ]
    return {
        "title": face.title,
        "corner": text(f"axis.{face.view.rows}"),
        "columns": face.columns.full,
        "rows": rows,
        "legend": gap_book.key_notes(face, text),
    }


def _line(face: Face, row: str) -> list[tuple[str, Cell]]:
    return list(zip(face.columns.ids, face.line(row), strict=True))


def _cell(cell: Cell, chosen: bool) -> dict[str, Any]:
    return {
        "word": cell.word,
        "colour": look.COLOURS[cell.step],
        "framed": cell.strong,
        "chosen": chosen,
        "ink": "#FFFFFF" if cell.step in look.DARK else look.INK,
    }


def _apart(handout: Handout, text: Text) -> dict[str, Any]:
    """The cells of the matrix whose figures hang on something unknown, the widest first."""
    columns = gap_book.ends_of(text)
    first, face = handout.apart.head(APART).to_dict("records"), handout.face
    more = len(handout.apart) - len(first)
    return {
        "title": text("handout.apart_title"),
        "note": text("handout.apart_note"),
        "heads": [*(text(f"axis.{kind}") for kind in face.view.axes), *(each.label for each in columns)],
        "rows": [
            [_short(row["row"]), _short(row["column"]), *(_figure(each.name, row[each.name], text) for each in columns)]
            for row in first
        ],
        "more": text("report.apart_more", n=more) if more else "",
    }


def _figure(name: str, value: Any, text: Text) -> str:
    """A figure in words; empty where both ends are the same."""
    return "" if pd.isna(value) else figures.word(name, value, text)


def _worst(report: Report, text: Text) -> dict[str, Any]:
    selection = report.handout.face.view.selection
    heading = text("report.worst_title")
    if selection:
        heading = text("report.worst_of", what=report.handout.names.chosen(selection))
    needs = report.handout.evidence.groupby(["theme_id", "district_id"], sort=False)
    first = report.gaps.head(WORST).to_dict("records")
    return {
        "title": heading,
        "none": text("report.worst_none"),
        "heads": [text("report.column_gap"), text("report.column_what"), text("report.column_why")],
        "rows": [
            _gap(_rank(row, first), row, needs.get_group((row["theme_id"], row["district_id"])), text) for row in first
        ],
    }


def _rank(row: dict[str, Any], rows: list[dict[str, Any]]) -> int:
    """One more than the number of larger gaps, as shown: equal ones share a rank, as priorities do."""
    return 1 + sum(one["gap_places"] - row["gap_places"] > 0.05 for one in rows)  # both have one decimal


def _gap(rank: int, row: dict[str, Any], needs: pd.DataFrame, text: Text) -> dict[str, Any]:
    """One gap: how its figure comes about, group by group, and the offers that reach it."""
    missing = needs[needs["gap_places"] > 0]
    lines = [
        f"{_short(need['target_group'])}: {evidence.calculation(need, text)}"
        for need in missing.head(GROUPS_NAMED).to_dict("records")
    ]
    rest, more = missing.iloc[GROUPS_NAMED:], []
    if len(rest):
        low, high = rest["gap_places_least"].sum(), rest["gap_places_most"].sum()  # equal where no number is hidden
        gap = bounds.places(low, high, text, 1)
        more = [text("report.more_groups", n=len(rest), gap=gap)]
    offers = {offer["name"]: offer for one in needs["offers"] for offer in plain(one)}
    named = [_short(name) for name in offers]
    listed = ", ".join(named[:OFFERS_NAMED])
    if len(named) > OFFERS_NAMED:
        listed = text("report.why_more", offers=listed, n=len(named) - OFFERS_NAMED)
    when, who = plain(needs["surveyed_on"].iloc[0]), plain(needs["surveyed_by"].iloc[0])
    return {
        "rank": str(rank),
        "gap": figures.word("gap_places", row["gap_places"], text),
        "theme": _short(row["theme"]),
        "district": _short(row["district"]),
        "why": lines,
        "offers": " ".join(
            [
                *more,
                text("report.why_offers", offers=listed) if named else text("report.why_no_offer"),
                *([text("report.why_surveyed", day=when, who=who)] if when else []),
            ]
        ),
    }


def _unknown(report: Report, text: Text) -> list[str]:
    handout = report.handout
    states = handout.evidence["state"].value_counts()
    names = [f"{_short(row['name'])} ({row['unknown_what']})" for row in handout.uncounted.to_dict("records")]
    listed = ", ".join(names if len(names) <= UNCOUNTED_NAMED + 1 else names[:UNCOUNTED_NAMED])
    if len(names) > UNCOUNTED_NAMED + 1:
        listed += " " + text("report.and_more", n=len(names) - UNCOUNTED_NAMED)
    threshold = handout.names.city["small_number_threshold"]
    return [
        text("report.unknown_cells", n=int(states.get("not_surveyed", 0))),
        text("report.unknown_people", n=int(states.get("unknown", 0))),
        *([text("report.unknown_small", n=report.hidden, threshold=threshold)] if report.hidden else []),
        *([text.count("report.unknown_offers", len(names), names=listed)] if names else []),
    ]


def _status(status: dict[str, Any], text: Text) -> list[str]:
    lines = [text("report.status"), text.name(status, "population_note"), plain(status["credits"]) or ""]
    return [line for line in lines if line]


def _short(name: Any) -> str:
    words = clean(str(name))
    return words if len(words) <= NAME_LIMIT else words[: NAME_LIMIT - 1] + "…"
