"""Gaps as a workbook: the matrix as on the screen, and the evidence of each of its cells."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pandas as pd

from esdash.charts import look
from esdash.exports.tables.columns import Sheet
from esdash.exports.tables.workbook import xlsx_file
from esdash.exports.values import plain
from esdash.texts import Text
from esdash.wording.columns import Column, Kind, headed
from esdash.wording.gaps import offer_here
from esdash.wording.handout import Handout

FIGURES: dict[str, tuple[str, Kind]] = {
    "coverage": ("coverage", "percent"),
    "gap": ("gap_places", "decimal"),
    "gap_per_100": ("gap_per_100", "decimal"),
    "offers": ("offers", "integer"),
}
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


def matrix_workbook(handout: Handout, text: Text, created: datetime | None = None) -> bytes:
    """The workbook: the matrix as on the screen, the evidence of each cell, the offers that could not be counted."""
    sheets = [matrix_sheet(handout, text), evidence_sheet(handout, text)]
    if len(handout.uncounted):
        sheets.append(_uncounted_sheet(handout, text))
    return xlsx_file(sheets, text, created)


def matrix_sheet(handout: Handout, text: Text) -> Sheet:
    """The sheet of the matrix: numbers, or the reason why there is none; states colour the cells."""
    view = handout.view
    figure, kind = FIGURES[view.measure]
    cells = {(row["row_id"], row["column_id"]): row for row in handout.matrix.to_dict("records")}
    lines, states = [], []
    for row_id, name in handout.rows:
        line: dict[str, Any] = {"row": name or text("handout.city")}
        state: dict[str, Any] = {"row": None}
        for column_id, _ in handout.columns:
            cell = cells.get((row_id, column_id))
            state[f"c {column_id}"] = cell["state"] if cell else "unknown"
            line[f"c {column_id}"] = _figure(cell, figure, text)
        lines.append(line)
        states.append(state)
    columns: list[Column] = [Column("row", text(f"handout.axis_{view.rows}"), "text", 34)]
    unit = text(f"handout.unit_{view.measure}")
    columns += [Column(f"c {key}", f"{name or text('handout.city')} {unit}", kind, 18) for key, name in handout.columns]
    names = [column.name for column in columns]
    return Sheet(
        text("handout.sheet_matrix"),
        title(handout, text),
        pd.DataFrame(lines, columns=names, dtype=object),
        columns,
        [*notes(handout, text), text("handout.legend_offers" if view.measure == "offers" else "handout.legend")],
        states=None if view.measure == "offers" else pd.DataFrame(states, columns=names, dtype=object),
    )


def evidence_sheet(handout: Handout, text: Text) -> Sheet:
    """One row per theme × target group × district, the largest gap first: its figures and their sources."""
    frame = handout.evidence.copy(deep=False)
    for name in ("gap_places", "gap_per_100", "coverage"):
        frame[name] = _or_words(frame[name], frame["state_word"], 3 if name == "coverage" else 1)
    unknown = [text("word.unknown")] * len(frame)
    for name in ("places_needed", "places_reaching", "places_per_100"):
        frame[name] = _or_words(frame[name], unknown, 1)
    hidden = [text("quality.suppressed" if quality == "suppressed" else "word.unknown") for quality in frame["quality"]]
    frame["persons"] = _or_words(frame["persons"], hidden, 0)
    frame["offer_words"] = [offer_words(offers, text) for offers in frame["offers"]]
    columns = [Column(name, text(f"handout.{name}"), kind, width) for name, kind, width in _EVIDENCE]
    more = [text("handout.evidence_note"), text("handout.small_note", threshold=_threshold(handout))]
    return Sheet(
        text("handout.sheet_evidence"),
        text("handout.evidence_title"),
        frame[[column.name for column in columns]],
        columns,
        [*notes(handout, text), *more],
    )


def title(handout: Handout, text: Text) -> str:
    """The title of the matrix."""
    view = handout.view
    axes = {"rows": text(f"handout.axis_{view.rows}"), "columns": text(f"handout.axis_{view.columns}")}
    return text("handout.matrix_title", measure=text(f"handout.measure_{view.measure}"), **axes)


def notes(handout: Handout, text: Text) -> list[str]:
    """The notes on every file: whether the data are invented, data status, selection, and share surveyed."""
    status = handout.names.city
    lines = [text(f"export.{status['kind']}_note")] if status["kind"] in ("example", "generated") else []
    lines.append(text("app.data_status", city=status["name"], day=status["today"]))
    if handout.chosen:
        lines.append(text("handout.chosen", names=", ".join(handout.chosen)))
    lines.append(surveyed(handout, text))
    population = text.name(status, "population_note")
    return [*lines, *([population] if population else [])]


def surveyed(handout: Handout, text: Text) -> str:
    """The sentence on the share of the city that is surveyed, without which gaps are misread."""
    if handout.surveyed is None:
        return text("handout.surveyed_none")
    return text("handout.surveyed", share=text.percent(handout.surveyed))


def offer_words(offers: Any, text: Text) -> list[str]:
    """The offers that reach a cell, each with its places there and the minutes of travel."""
    return [f"{offer['name']}: {offer_here(offer['places'], offer['minutes'], text)}" for offer in plain(offers)]


def _uncounted_sheet(handout: Handout, text: Text) -> Sheet:
    columns = headed(text, "initiative", "name", "unknown_what")
    heading = text.count("gaps.uncounted", len(handout.uncounted))
    return Sheet(text("handout.sheet_uncounted"), heading, handout.uncounted, columns, notes(handout, text))


def _figure(cell: dict[str, Any] | None, figure: str, text: Text) -> Any:
    """A rounded number, or the word for why there is none."""
    if cell is None:
        return 0 if figure == "offers" else text("state.unknown")
    if figure == "offers":
        return int(cell["offers"])
    value = plain(cell[figure])
    if cell["state"] in look.WITHOUT_FIGURE or value is None:
        return text(f"state.{cell['state']}") if cell["state"] in look.WITHOUT_FIGURE else text("word.unknown")
    number = round(float(value), 3 if figure == "coverage" else 1)
    return number or float(f"{value:.1g}")  # a positive number must not be shown as 0


def _or_words(values: pd.Series, words: Sequence[str] | pd.Series, digits: int) -> list[Any]:
    numbers = (plain(value) for value in values)
    return [
        word if number is None else round(float(number), digits) for number, word in zip(numbers, words, strict=True)
    ]


def _threshold(handout: Handout) -> int:
    return int(handout.names.city["small_number_threshold"])
