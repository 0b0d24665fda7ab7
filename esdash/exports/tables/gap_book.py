"""Gaps as a workbook: the matrix as on the screen, and the evidence of each of its cells."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from esdash.analysis.coverage.stand_in import FIGURES
from esdash.exports.tables.columns import Look, Sheet
from esdash.exports.tables.workbook import xlsx_file
from esdash.exports.values import plain
from esdash.texts import Text
from esdash.wording import classes, ends, evidence, stand_in
from esdash.wording.columns import Column, Kind, headed
from esdash.wording.faces import Cell, Face
from esdash.wording.handout import Handout

_EVIDENCE: tuple[tuple[str, Kind, float | None], ...] = (
    ("field", "text", 22),
    ("theme", "text", 26),
    ("target_group", "text", 24),
    ("district", "text", 24),
    ("state_word", "text", 14),
    ("gap_places", "decimal", 14),
    ("gap_per_100", "decimal", 14),
    ("coverage", "percent", 14),
    ("places_needed", "decimal", 14),
    ("places_met", "decimal", 14),
    ("surplus_places", "decimal", 14),
    ("places_reaching", "decimal", 14),
    ("persons", "integer", 14),
    ("quality_word", "text", 14),
    ("population_as_of", "date", None),
    ("population_source", "text", 40),
    ("places_per_100", "decimal", 12),
    ("planning_reason", "text", 40),
    ("planning_source", "text", 30),
    ("offer_words", "list", 60),
    ("not_counted", "list", 30),
    ("surveyed_on", "date", None),
    ("surveyed_by", "text", 18),
    ("survey_method", "text", 24),
    ("survey_reason", "text", 30),
)


_BEFORE_ENDS = next(place for place, (name, _, _) in enumerate(_EVIDENCE) if name == "persons")


def matrix_workbook(handout: Handout, text: Text, created: datetime | None = None) -> bytes:
    """The workbook: the matrix as on the screen, the evidence of each cell, the offers that could not be counted."""
    sheets = [matrix_sheet(handout, text), evidence_sheet(handout, text)]
    if len(handout.apart):
        sheets.append(_apart_sheet(handout, text))
    if len(handout.uncounted):
        sheets.append(_uncounted_sheet(handout, text))
    return xlsx_file(sheets, text, created)


def matrix_sheet(handout: Handout, text: Text) -> Sheet:
    """The sheet of the matrix, as on the screen: numbers, or the reason why there is none, with colours and signs."""
    face = handout.face
    drawn = [(name, face.line(row)) for row, name in zip(face.rows.ids, face.rows.full, strict=True)]
    columns: list[Column] = [Column("row", text(f"axis.{face.view.rows}"), "text", 34)]
    columns += [
        Column(f"c {key}", name, face.kind, 18) for key, name in zip(face.columns.ids, face.columns.full, strict=True)
    ]
    lines = [[name, *(cell.figure if cell.value is None else cell.value for cell in line)] for name, line in drawn]
    return Sheet(
        text("handout.sheet_matrix"),
        face.title,
        pd.DataFrame(lines, columns=[column.name for column in columns], dtype=object),
        columns,
        [*notes(handout, text), *key_notes(face, text)],
        [[None, *(_look(cell) for cell in line)] for _, line in drawn],
    )


def key_notes(face: Face, text: Text) -> list[str]:
    """The key of the matrix in words."""
    entries = classes.in_words(classes.key(face.view.measure, face.compared, face.steps, text))
    offers = [text("gaps.legend_offers")] if face.view.measure == "offers" else []
    return [*offers, text("handout.key", entries=entries)]


def _look(cell: Cell) -> Look:
    """How the cell looks in the workbook: signs that are drawn with the figure, or instead of it."""
    if cell.value is None:
        return Look(cell.step)
    if cell.figure not in cell.word:
        return Look(cell.step, cell.word, only_sign=True, strong=cell.strong)
    sign, after = cell.word.split(cell.figure, 1)
    return Look(cell.step, sign.strip(), after.strip(), strong=cell.strong)


def evidence_sheet(handout: Handout, text: Text) -> Sheet:
    """One row per theme × target group × district, the largest gap first: its figures and their sources."""
    frame, rows = handout.evidence.copy(deep=False), handout.evidence.to_dict("records")
    unknown = [text("word.unknown")] * len(frame)
    for name in FIGURES:
        words = unknown if name in ("places_needed", "places_reaching") else frame["state_word"]
        found = [stand_in.figure(row, name, text) for row in rows]
        frame[name] = [word if one is None else one for one, word in zip(found, words, strict=True)]
    frame["places_per_100"] = _or_words(frame["places_per_100"], unknown)
    hidden = [text("quality.suppressed" if quality == "suppressed" else "word.unknown") for quality in frame["quality"]]
    frame["persons"] = _or_words(frame["persons"], hidden)
    frame["offer_words"] = [offer_words(offers, text) for offers in frame["offers"]]
    columns = [Column(name, text(f"handout.{name}"), kind, width) for name, kind, width in _EVIDENCE]
    apart = ends_of(text) if frame[list(ends.COLUMNS)].notna().any(axis=None) else []
    columns[_BEFORE_ENDS:_BEFORE_ENDS] = apart
    more = [text("handout.evidence_note"), text("handout.small_note", threshold=_threshold(handout))]
    return Sheet(
        text("handout.sheet_evidence"),
        text("handout.evidence_title"),
        frame[[column.name for column in columns]],
        columns,
        [*notes(handout, text), *more],
    )


def notes(handout: Handout, text: Text) -> list[str]:
    """The notes on every file: whether the data are invented, data status, selection, and share surveyed."""
    status = handout.names.city
    lines = [text(f"export.{status['kind']}_note")] if status["kind"] in ("example", "generated") else []
    lines.append(text("app.data_status", city=status["name"], day=status["today"]))
    lines += [*handout.notes, surveyed(handout, text)]
    population = text.name(status, "population_note")
    return [*lines, *([population] if population else [])]


def surveyed(handout: Handout, text: Text) -> str:
    """The sentence on the share of the city that is surveyed, without which gaps are misread."""
    if handout.surveyed is None:
        return text("handout.surveyed_none")
    key = "handout.surveyed_whole" if handout.face.view.selection else "handout.surveyed"  # it is that of the city
    return text(key, share=text.percent(handout.surveyed))


def offer_words(offers: Any, text: Text) -> list[str]:
    """The offers that reach a cell, each with its places there and the minutes of travel."""
    return [f"{offer['name']}: {evidence.offer_here(offer, text)}" for offer in plain(offers)]


def ends_of(text: Text) -> list[Column]:
    """The columns of figures at least, with assumptions, and at most."""
    return headed(text, "", *ends.COLUMNS)


def _apart_sheet(handout: Handout, text: Text) -> Sheet:
    """One row per cell of the matrix whose figures hang on something unknown, the widest first."""
    view, above = handout.face.view, [*notes(handout, text), text("handout.apart_note")]
    columns = [
        Column(name, text(f"axis.{kind}"), "text", 34) for name, kind in zip(("row", "column"), view.axes, strict=True)
    ]
    columns += ends_of(text)
    return Sheet(text("handout.sheet_apart"), text("handout.apart_title"), handout.apart, columns, above)


def _uncounted_sheet(handout: Handout, text: Text) -> Sheet:
    columns = headed(text, "initiative", "name", "unknown_what")
    heading = text.count("gaps.uncounted", len(handout.uncounted))
    return Sheet(text("handout.sheet_uncounted"), heading, handout.uncounted, columns, notes(handout, text))


def _or_words(values: pd.Series, words: Sequence[str] | pd.Series) -> list[Any]:
    numbers = (plain(value) for value in values)
    return [word if number is None else float(number) for number, word in zip(numbers, words, strict=True)]


def _threshold(handout: Handout) -> int:
    return int(handout.names.city["small_number_threshold"])
