"""The plan of the present file, made again only when the choices or the inventory have changed."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from esdash.analysis.duplicates import resembling
from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.importing import Columns, Mapping, Plan, UnknownWord
from esdash.model.fields import Field
from esdash.texts import Text
from esdash.ui.imports.work import Work
from esdash.wording.names import names_of
from esdash.wording.values import Values

STATE = "import_prepared"
SLOW_FROM = 3000  # rows from which a progress bar is shown; fewer take less than a second

Progress = Callable[[str, float], None]


@dataclass
class Prepared:
    """The matched columns, the plan, and the questions for a person."""

    columns: Columns | None = None
    lacking: tuple[Field, ...] = ()  # required fields without a column
    left_out: list[tuple[str, str]] = field(default_factory=list)  # header used, header left out with the same meaning
    learned: Mapping = field(default_factory=Mapping)
    applied: list[str] = field(default_factory=list)  # headers and words learned from this sender
    words: list[UnknownWord] = field(default_factory=list)
    base: Plan | None = None  # the plan without answers
    plan: Plan | None = None
    alike: dict[int, dict[str, Any]] = field(default_factory=dict)  # row → the most similar record
    error: UserError | None = None
    renewed: bool = False  # whether the inventory has changed since the last plan, so that the plan differs


def prepare(inventory: Inventory, work: Work, progress: Progress) -> Prepared:
    """The plan of the table of `work`, as of now."""
    key = (work.number, work.position, work.kind, work.sender, work.owner, repr(work.mapping))
    stored: dict[str, Any] = st.session_state.get(STATE, {})
    if stored.get("key") == key and stored.get("revision") == inventory.revision:
        found: Prepared = stored["prepared"]
    else:
        before: Prepared | None = stored["prepared"] if stored.get("key") == key else None
        found = _prepared(inventory, work, progress)
        found.renewed = _differs(before, found)
    if found.base and (found.plan is None or found.plan.answers != work.said):
        found.plan = resembling.asked(
            inventory, found.base, work.said, found.alike, lambda share: progress("comparing", share)
        )
    st.session_state[STATE] = {"key": key, "revision": inventory.revision, "prepared": found}
    return found


def _prepared(inventory: Inventory, work: Work, progress: Progress) -> Prepared:
    found = Prepared()
    learned = importing.learned(inventory, work.sender)
    if work.kind is None:
        return found
    found.learned = learned.get(work.kind, Mapping()) | importing.told_by(work.table, work.kind)
    try:
        wishes = _told_apart(work, found)
    except UserError as error:
        found.error = error
        return found
    if found.columns is None:
        return found
    found.lacking = found.columns.lacking(found.learned | wishes | Mapping(owner=work.owner))
    if found.lacking:
        return found
    try:
        found.base = importing.plan_table(
            inventory,
            work.table,
            work.kind,
            wishes,
            work.sender or None,
            answers=importing.Answers(owner=work.owner),
            learned=learned,
            progress=lambda share: progress("comparing", share),
        )
    except UserError as error:
        found.error = error
        return found
    found.applied = importing.occurring(work.table, found.columns, found.learned)
    found.words = importing.unknown_words(inventory, replace(found.base, mapping=Mapping()))
    progress("alike", 1.0)
    found.alike = resembling.of(inventory, found.base)
    return found


def _told_apart(work: Work, found: Prepared) -> Mapping:
    """Match the columns; of two with the same meaning the first is used, and the page says so."""
    wishes = work.mapping
    learned = {str(work.kind): found.learned}
    for _ in work.table.header:
        try:
            found.columns = importing.matched(work.table, str(work.kind), wishes, learned)
            return wishes
        except UserError as error:
            first, second = str(error.values.get("first")), str(error.values.get("second"))
            if error.key != "import_column_twice" or importing.fold(first) == importing.fold(second):
                raise
            if importing.fold(second) in work.columns:  # a person's choice counts more than the header
                first, second = second, first
            found.left_out.append((first, second))
            wishes = wishes | Mapping({importing.fold(second): None})
    return wishes


def _differs(before: Prepared | None, now: Prepared) -> bool:
    if before is None or before.base is None or now.base is None:
        return False
    return (before.base.rows, before.alike.keys()) != (now.base.rows, now.alike.keys())


def words_of(inventory: Inventory, plan: Plan, text: Text, table: str = "") -> Values:
    """The Values for the rows of a plan, or records of another table, with the names of those that it would add."""
    return Values(inventory, names_of(inventory, text), table or plan.kind.table, plan.names)
