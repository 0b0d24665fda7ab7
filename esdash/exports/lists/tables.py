"""A version of the list as tables: the workbook that prints on A4, and the CSV with everything in one row per entry."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pandas as pd

from esdash.exports.lists import saying
from esdash.exports.tables.columns import Sheet
from esdash.exports.tables.spreadsheet_csv import csv_file
from esdash.exports.tables.workbook import xlsx_file
from esdash.texts import Text
from esdash.wording import versions as words
from esdash.wording.columns import Column, Kind

Part = Mapping[str, Any]
Row = dict[str, Any]
Layout = Sequence[tuple[str, Kind, float]]

# Together about 200 characters each: on A4 across, one page wide, that is printed at two thirds of its size.
_LIST: Layout = (
    *(("rank", "integer", 6), ("previous_rank", "integer", 7), ("change", "text", 12), ("priority", "text", 30)),
    *(("change_reason", "text", 24), ("measure", "text", 26), ("for_whom", "text", 16), ("where", "text", 14)),
    *(("lead", "text", 17), ("partners", "text", 17), ("cost_eur", "euro", 11), ("due", "date", 11)),
    ("score", "decimal", 8),
)
_EVIDENCE_FIRST: Layout = (("rank", "integer", 6), ("priority", "text", 30), ("reason", "text", 24))
_EVIDENCE_LAST: Layout = (
    *(("stability", "percent", 12), ("figures_then", "text", 26), ("evidence_as_of", "date", 11)),
    *(("figures_now", "text", 26), ("voices", "text", 16), ("decision", "text", 16), ("link", "text", 20)),
)
_CRITERIA: Layout = (
    *(("criterion", "text", 24), ("weight", "percent", 10), ("low", "decimal", 12), ("high", "decimal", 12)),
    *(("explained", "text", 46), ("agreed_why", "text", 60)),
)
_OTHERS: Layout = (("priority", "text", 50), ("state", "text", 70))
_LINES: Layout = (("part", "text", 34), ("words", "text", 100))
_CSV_BESIDE = ("change_reason", "themes", "for_whom", "where", "lead", "partners")


def workbook(content: Part, sha256: str, text: Text) -> bytes:
    """The workbook: the list, its evidence, the criteria in words, the method, the data status."""
    created = datetime.combine(date.fromisoformat(content["as_of"]), time(12), UTC)
    title = f"{text('versions.list_title')}, {content['title']}"
    notes = [
        note for note in (content["notice"], _about(content, sha256, text), saying.sentence(content, text)) if note
    ]
    rows = [row(entry, text) for entry in content["entries"]]
    evidence: Layout = (*_EVIDENCE_FIRST, *_bars(content), *_EVIDENCE_LAST)
    sheets = [
        _sheet("list", title, rows, _LIST, notes, text),
        _sheet("evidence", f"{text('versions.rests_on')}: {content['title']}", rows, evidence, notes, text),
        _sheet(
            "criteria",
            text("versions.criteria"),
            _criteria(content),
            _CRITERIA,
            text("versions.criteria_note").splitlines(),
            text,
        ),
        _lines("method", text("versions.method"), [("", line) for line in saying.method(content, text)], text),
        _lines("status", text("versions.status"), _status(content, sha256, text), text),
    ]
    others = [(part["title"], one) for part in saying.others(content, text) for one in part["rows"]]
    if others:
        found = [{"priority": one["title"], "state": f"{title}: {one['words']}"} for title, one in others]
        sheets.insert(1, _sheet("aside", text("versions.sheet_aside"), found, _OTHERS, notes, text))
    return xlsx_file(sheets, text, created)


def csv(content: Part, sha256: str, text: Text) -> bytes:
    """One row per entry with all that is known of it, for a table that somebody goes on working with."""
    layout: Layout = (
        *(("rank", "integer", 0), ("previous_rank", "integer", 0), ("change", "text", 0), ("priority", "text", 0)),
        ("measure", "text", 0),
        *((name, "text", 0) for name in _CSV_BESIDE),
        *(("cost_eur", "euro", 0), ("due", "date", 0), ("score", "decimal", 0)),
        *_bars(content),
        *(("stability", "percent", 0), ("voices_median", "decimal", 0), ("voices_q1", "decimal", 0)),
        *(("voices_q3", "decimal", 0), ("voices_n", "integer", 0), ("decision_number", "text", 0)),
        *(("decision_result", "text", 0), ("decision_on", "date", 0), ("reason", "text", 0)),
        ("evidence_as_of", "date", 0),
        *_figures(content),
        *(("link", "text", 0), ("entry_key", "text", 0)),
    )
    columns = _columns(layout, text)
    rows = [row(entry, text) for entry in content["entries"]]
    notes = [note for note in (content["notice"], _about(content, sha256, text)) if note]
    return csv_file(_frame(rows, columns), columns, text, notes)


def row(entry: Part, text: Text) -> Row:
    """All cells that a table can have of an entry: name of the column → value; None is empty."""
    evidence, decision, voices = entry["evidence"], entry["decision"] or {}, entry["voices"] or {}
    figures = {
        f"{when} {one['figure']}": float(one["value"]) / (100 if one["unit"] == "%" else 1)
        for when in ("then", "now")
        for one in evidence[when]
    }
    result = decision.get("result")
    return {
        **{name: entry[name] for name in ("entry_key", "rank", "previous_rank", "measure", "lead", "change_reason")},
        "change": words.change(entry, text),
        "priority": entry["title"],
        **{name: ", ".join(entry[name]) or None for name in ("themes", "for_whom", "partners")},
        "where": ", ".join(entry["where"]) or text("versions.whole_city"),
        "cost_eur": None if entry["cost_eur"] is None else Decimal(entry["cost_eur"]),
        "due": _day(entry["due_on"]),
        "score": _number(entry["score"]),
        **{f"bar {bar['criterion']}": _number(bar["points"]) for bar in entry["bars"]},
        "stability": _number(entry["stability"]),
        "voices": saying.heard(entry["voices"], text) or None,
        **{f"voices_{name}": _number(voices.get(name)) for name in ("median", "q1", "q3")},
        "voices_n": voices.get("n"),
        "decision": saying.decided(entry["decision"], text) or None,
        "decision_number": decision.get("number"),
        "decision_result": None if result is None else text(f"meetings.result_{result}"),
        "decision_on": _day(decision.get("decided_on")),
        "reason": evidence["reason"],
        "evidence_as_of": _day(evidence["as_of"]),
        "link": evidence["url"],
        **{f"figures_{when}": saying.figures(evidence[when], text) or None for when in ("then", "now")},
        **figures,
    }


def _sheet(name: str, title: str, rows: Sequence[Row], layout: Layout, notes: list[str], text: Text) -> Sheet:
    columns = _columns(layout, text)
    return Sheet(text(f"versions.sheet_{name}"), title, _frame(rows, columns), columns, notes)


def _lines(name: str, title: str, lines: Sequence[tuple[str, str]], text: Text) -> Sheet:
    rows = [{"part": part or None, "words": line} for part, line in lines]
    layout = _LINES if any(part for part, _ in lines) else _LINES[1:]
    return _sheet(name, title, rows, layout, [], text)


def _columns(layout: Layout, text: Text) -> list[Column]:
    return [Column(name, _label(name, text), kind, width or None) for name, kind, width in layout]


def _label(name: str, text: Text) -> str:
    """The heading of a column; those of a criterion or a figure hold its key."""
    head, _, key = name.partition(" ")
    if head == "bar":
        return text("priorities.points_of", criterion=text(f"criterion.{key}"))
    if key:
        unit = "%" if key == "coverage" else text("versions.unit_places")
        return text(f"versions.{head}", name=text(f"versions.figure_{key}"), unit=unit).removesuffix(" (%)")
    return text(f"versions.{name}")


def _frame(rows: Sequence[Row], columns: Sequence[Column]) -> pd.DataFrame:
    names = [column.name for column in columns]
    return pd.DataFrame([[one.get(name) for name in names] for one in rows], columns=names, dtype=object)


def _bars(content: Part) -> list[tuple[str, Kind, float]]:
    return [(f"bar {one['criterion']}", "decimal", 12) for one in content["criteria"]]


def _figures(content: Part) -> list[tuple[str, Kind, float]]:
    """A column per figure that any entry has, in the order in which entries name them."""
    found: dict[str, Kind] = {}
    for when in ("then", "now"):
        for entry in content["entries"]:
            for one in entry["evidence"][when]:
                found[f"{when} {one['figure']}"] = "percent" if one["unit"] == "%" else "decimal"
    return [(name, kind, 13) for name, kind in found.items()]


def _criteria(content: Part) -> list[Row]:
    return [
        {
            "criterion": one["name"],
            **{name: _number(one[name]) for name in ("weight", "low", "high")},
            "explained": one["explained"],
            "agreed_why": one["reason"],
        }
        for one in content["criteria"]
    ]


def _status(content: Part, sha256: str, text: Text) -> list[tuple[str, str]]:
    lines = [
        (text("versions.to"), content["recipient"]),
        (text("versions.decided"), saying.decided(content["decision"], text)),
        (text("versions.met"), saying.met(content["meeting"], text)),
        (text("versions.as_of"), saying.day(content["as_of"], text)),
        (text("versions.checksum"), sha256),
        (text("versions.before"), content["previous_sha256"]),
    ]
    return [(part, line) for part, line in lines if line] + [("", line) for line in saying.status(content, text)]


def _about(content: Part, sha256: str, text: Text) -> str:
    return text("versions.footer", city=content["city"]["name"], title=content["title"], sha=sha256)


def _number(value: str | None) -> float | None:
    return None if value is None else float(value)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
