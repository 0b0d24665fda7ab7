"""The plan to merge training dates on paper: proposals, dates that stay, who gets a free seat, what is left out."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from esdash.analysis.bundling.bundling import Plan
from esdash.exports.reports.tabled import Section, tabled
from esdash.inventory import Inventory
from esdash.texts import Text, is_missing
from esdash.wording import training_plan as wording
from esdash.wording import trainings as words
from esdash.wording.columns import NUMBERS, Column
from esdash.wording.names import names_of

_NARROW = 9  # letters: the width of a column of numbers or days


def training_plan(inventory: Inventory, text: Text, plan: Plan, created: datetime | None = None) -> bytes:
    """The plan as PDF. Equal input and `created` give equal bytes."""
    names = names_of(inventory, text)
    tables = {
        "merges": (wording.merges(plan, names), wording.SHORT, "merges_none", words.savings(plan, text)),
        "held": (wording.held(plan, text), wording.HELD, "held_none", text("plan.held_note")),
        "free": (wording.free(plan, text), wording.FREE, "free_none", words.waiting(plan.problem, text)),
        "access": (wording.kept_apart(plan, names), wording.ACCESS, "access_none", text("plan.access_note")),
        "uncounted": (wording.uncounted(plan, text), wording.UNCOUNTED, "uncounted_none", text("plan.uncounted_note")),
    }
    sections = [
        Section(text(f"plan.part_{name}"), [text(f"plan.{none}")])
        if frame.empty
        else _tabled(text(f"plan.part_{name}"), note, frame, wording.columns(kinds, text), text)
        for name, (frame, kinds, none, note) in tables.items()
    ]
    said = [words.plan_sentence(plan, text).replace("**", ""), words.limits(plan, text), words.counted(plan, text)]
    title = text("trainings.title_plan")
    return tabled(inventory, text, title, [line for line in said if line], sections, created or inventory.now())


def _tabled(title: str, note: str, frame: pd.DataFrame, columns: Sequence[Column], text: Text) -> Section:
    rows = [[_cell(row[column.name], column, text) for column in columns] for row in frame.to_dict("records")]
    return Section(
        title=title,
        lines=[note] if note else [],
        headings=[column.label for column in columns],
        rows=rows,
        widths=[max(_NARROW, min(column.width or _NARROW, 36)) for column in columns],
        right=[column.kind in NUMBERS for column in columns],
    )


def _cell(value: object, column: Column, text: Text) -> str:
    if is_missing(value):
        return text("word.unknown")
    if column.kind in ("decimal", "integer"):
        return text.number(float(str(value)), 1 if column.kind == "decimal" else 0)
    return text.date(value) if column.kind == "date" else text.value(value)  # type: ignore[arg-type]
