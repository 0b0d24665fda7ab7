"""The gap map on paper: two to three pages A4 with vector maps, set by typst; tagged for screen readers (PDF/UA)."""

import json
import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, cast

import pandas as pd

from esdash.analysis.judgements import LEAST_GAP_PLACES
from esdash.charts import look
from esdash.charts.district_map import NO_VALUE, RAMPS, has_shape, label_sides, rings, shade
from esdash.exports.tables import gap_book
from esdash.exports.values import clean, plain
from esdash.texts import Text
from esdash.wording.handout import Handout, Report

_TEMPLATE = Path(__file__).with_suffix(".typ")
# Streamlit's Source Sans cannot be used: it is WOFF2, which typst cannot read, with a name that changes by release.
_FONTS = Path(__file__).with_name("fonts")
_STANDARD: Literal["ua-1"] = "ua-1"

WORST = 10
OFFERS_NAMED, UNCOUNTED_NAMED = 3, 12  # most names in one line; the workbook has all
NAME_LIMIT = 90  # most characters of a name on paper
WORD_LIMIT = 24  # characters; a longer word may break anywhere, so that it does not run into the next column
HIGHEST_MAP = 0.98  # most height of the map, as a multiple of its width; a narrow city is drawn smaller
HIGHEST_SMALL_MAP = 1.15
STEPS = 6  # steps of the colour scale of the map


def report_file(report: Report, text: Text, created: datetime | None = None) -> bytes:
    """The report as PDF. Equal input with an equal `created` (now, if left out) gives equal bytes."""
    import typst  # imported here because it takes 70 ms

    data = json.dumps(_content(report, text), ensure_ascii=False, allow_nan=False)
    options: dict[str, Any] = {
        "font_paths": [str(_FONTS)],
        "ignore_system_fonts": True,  # only these fonts, so that the pages are the same everywhere
        "sys_inputs": {"data": data},
        "timestamp": int((created or datetime.now(UTC)).timestamp()),
    }
    try:
        return cast(bytes, typst.compile(str(_TEMPLATE), pdf_standards=[_STANDARD], **options))
    except typst.TypstError:
        # PDF/UA needs a glyph for every character. If the fonts lack one, the report is made without PDF/UA.
        return cast(bytes, typst.compile(str(_TEMPLATE), **options))


def _content(report: Report, text: Text) -> dict[str, Any]:
    """All texts, numbers, colours and shapes of the report; the template only places them."""
    handout = report.handout
    status, day = handout.names.city, handout.names.city["today"]
    notice = text(f"export.{status['kind']}_note") if status["kind"] in ("example", "generated") else ""
    return _clean(
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
            "chosen": [text("handout.chosen", names=", ".join(handout.chosen))] if handout.chosen else [],
            "sentence": _sentence(report, text),
            "surveyed": gap_book.surveyed(handout, text),
            "map": _map(report, text),
            "fields": _fields(report, text),
            "legend_title": text("report.legend_title"),
            "matrix": _matrix(handout, text),
            "worst": _worst(handout, text),
            "unknown": {"title": text("report.unknown_title"), "lines": _unknown(report, text)},
            "status": {"title": text("report.status_title"), "lines": _status(status, text)},
        }
    )


def _sentence(report: Report, text: Text) -> str:
    figures = report.figures._asdict()
    if report.worst is None:
        return text("report.sentence_unknown", **figures)
    theme, district, places = report.worst
    return text(
        "report.sentence",
        **figures,
        least=LEAST_GAP_PLACES,
        theme=theme,
        district=district,
        places=text.number(places, 0),
    )


def _map(report: Report, text: Text) -> dict[str, Any]:
    frame = report.districts
    gaps = {key: plain(value) for key, value in zip(frame["district_id"], frame["gap_places"], strict=True)}
    values = {key: float(value) for key, value in gaps.items() if value is not None}
    top = max(values.values(), default=0)
    colours = {key: shade(value, top, RAMPS["attention"]) for key, value in values.items()}
    amounts = {key: _amount(value, text, 0) for key, value in values.items()}  # paper has no hover text
    labels = {
        key: f"{_short(name)} {amounts.get(key, '')}".strip()
        for key, name in zip(frame["district_id"], frame["short_name"], strict=True)
    }
    edges = [top * step / STEPS for step in range(STEPS + 1)]
    legend = [
        {"colour": colour, "label": f"{text.number(low, 0)}\N{EN DASH}{text.number(high, 0)}", "framed": False}
        for colour, low, high in zip(RAMPS["attention"], edges, edges[1:], strict=False)
        if top
    ]
    note = text.name(report.handout.names.city, "map_note")
    return {
        "title": text("report.map_title"),
        "alt": text("report.map_alt", n=len(values)),
        **_shapes(report, colours, labels, HIGHEST_MAP),
        "legend": [*legend, {"colour": NO_VALUE, "label": text("report.map_none"), "framed": False}],
        "unit": text("report.map_legend"),
        "note": text("report.map_note", note=note) if note else "",
    }


def _fields(report: Report, text: Text) -> dict[str, Any]:
    frame, maps = report.districts, []
    for field, name in report.fields:
        states = dict(zip(frame["district_id"], frame[f"state_{field}"].fillna("unknown"), strict=True))
        colours = {key: look.STATES[state] for key, state in states.items()}
        labels = {key: look.SIGNS.get(state, "") for key, state in states.items()}
        framed = {key for key, state in states.items() if state == "white"}
        listed = "; ".join(f"{key}: {text(f'state.{states[row]}')}" for row, key in _names(frame))
        maps.append(
            {
                "title": name,
                "alt": f"{name}. {listed}",
                **_shapes(report, colours, labels, HIGHEST_SMALL_MAP, framed),
            }
        )
    legend = [
        {
            "colour": colour,
            "label": f"{look.SIGNS[state]} {text(f'state.{state}')}" if state in look.SIGNS else text(f"state.{state}"),
            "framed": state == "white",
        }
        for state, colour in look.STATES.items()
    ]
    scale = min((part["scale"] for part in maps), default=1)
    return {"title": text("report.fields_title"), "maps": maps, "scale": scale, "legend": legend}


def _shapes(
    report: Report, colours: dict[str, str], labels: dict[str, str], highest: float, framed: Iterable[str] = ()
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

    labelled = frame.assign(short_name=[labels.get(key, "") for key in frame["district_id"]])
    sides = dict(zip(frame["district_id"], label_sides(labelled, squeeze), strict=True)) if len(frame) else {}
    areas: list[dict[str, Any]] = []
    for row in frame.itertuples():
        x, y = placed(row.lon, row.lat)
        areas.append(
            {
                "x": x,
                "y": y,
                "colour": colours.get(row.district_id, NO_VALUE),
                "framed": row.district_id in framed,
                "label": labels.get(row.district_id, ""),
                "side": re.sub("middle | center", "", sides[row.district_id]),
                "shapes": [[placed(point[0], point[1]) for point in ring] for ring in drawn[row.district_id]],
            }
        )
    areas.sort(key=lambda area: bool(area["framed"]))  # drawn last, so that no thin frame covers them
    height = (north - south) / width
    return {
        "areas": areas,
        "outline": [[placed(point[0], point[1]) for point in ring] for ring in around],
        "height": height,
        "scale": min(1.0, highest / height) if height else 1.0,
    }


def _matrix(handout: Handout, text: Text) -> dict[str, Any]:
    sheet = gap_book.matrix_sheet(handout, text)
    kind = sheet.columns[-1].kind
    rows = []
    for place, line in enumerate(sheet.frame.itertuples(index=False, name=None)):
        states = [None] * len(line) if sheet.states is None else sheet.states.iloc[place].tolist()
        cells = [_cell(value, state, kind, text) for value, state in zip(line[1:], states[1:], strict=True)]
        rows.append({"name": line[0], "cells": cells})
    return {
        "title": sheet.title,
        "corner": sheet.columns[0].label,
        "columns": [name or text("handout.city") for _, name in handout.columns],
        "rows": rows,
        "legend": sheet.notes[-1],
    }


def _cell(value: Any, state: str | None, kind: str, text: Text) -> dict[str, Any]:
    if isinstance(value, str):
        word = value
    elif state == "white" and kind == "percent":
        word = text("state.white")
    else:
        word = text.percent(value) if kind == "percent" else _amount(value, text, 0 if kind == "integer" else 1)
        word = f"{look.SIGNS['white']} {word}" if state == "white" else word
    return {
        "word": word,
        "colour": look.STATES[state] if state else "#FFFFFF",
        "framed": state == "white",
        "ink": "#FFFFFF" if state in look.DARK else look.INK,
    }


def _worst(handout: Handout, text: Text) -> dict[str, Any]:
    frame = handout.evidence
    first = frame[frame["gap_places"] > 0].head(WORST)
    return {
        "title": text("report.worst_title"),
        "none": text("report.worst_none"),
        "heads": [text("report.column_gap"), text("report.column_what"), text("report.column_why")],
        "rows": [_gap(rank, row, text) for rank, row in enumerate(first.to_dict("records"), start=1)],
    }


def _gap(rank: int, row: dict[str, Any], text: Text) -> dict[str, str]:
    offers = gap_book.offer_words([{**offer, "name": _short(offer["name"])} for offer in plain(row["offers"])], text)
    named = "; ".join(offers[:OFFERS_NAMED])
    if len(offers) > OFFERS_NAMED:
        named = text("report.why_more", offers=named, n=len(offers) - OFFERS_NAMED)
    when, who = plain(row["surveyed_on"]), plain(row["surveyed_by"])
    return {
        "rank": str(rank),
        "gap": text.number(row["gap_places"], 1),
        "theme": _short(row["theme"]),
        "group": _short(row["target_group"]),
        "district": _short(row["district"]),
        "why": text(
            "report.why",
            persons=text.number(row["persons"], 0),
            quality=text(f"quality.{row['quality']}"),
            per_100=text.number(row["places_per_100"]),
            needed=_amount(row["places_needed"], text, 1),
            reaching=_amount(row["places_reaching"], text, 1),
            survey=text("report.surveyed_on", day=when, who=who) if when else "",
        ),
        "offers": text("report.why_offers", offers=named) if offers else text("report.why_no_offer"),
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


def _names(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(frame["district_id"], frame["name"], strict=True))


def _amount(value: float, text: Text, digits: int) -> str:
    """A number of places; a positive number that rounds to 0 is written as "< 0,1"."""
    least = 10.0**-digits
    return f"< {text.number(least, digits)}" if 0 < value < least / 2 else text.number(value, digits if value else 0)


def _short(name: Any) -> str:
    words = clean(str(name))
    return words if len(words) <= NAME_LIMIT else words[: NAME_LIMIT - 1] + "…"


def _clean(value: Any) -> Any:
    """Text without control characters, and with possible breaks in words that are too long for a column."""
    if isinstance(value, dict):
        return {name: _clean(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_clean(part) for part in value]
    if isinstance(value, str):
        return re.sub(rf"(\S{{{WORD_LIMIT}}})(?=\S)", "\\1\N{ZERO WIDTH SPACE}", " ".join(clean(value).split()))
    return value
