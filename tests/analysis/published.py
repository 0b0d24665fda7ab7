"""Everything that esdash publishes about need and coverage, as plain figures and words, for an attacker to compare."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from esdash import exports
from esdash.analysis.bounds import bounds, probable
from esdash.analysis.coverage import comparison, coverage, gaps, handout
from esdash.analysis.overlaps import overlaps
from esdash.analysis.priorities import priorities
from esdash.analysis.questions import questions
from esdash.analysis.records import records
from esdash.analysis.selection import EVERYTHING, Selection, View
from esdash.exports.reports import report
from esdash.exports.tables import gap_book
from esdash.inventory import Inventory
from esdash.inventory.file.conditions import Conditions, Growth, NewOffer, Planning
from esdash.texts import Text
from esdash.wording import bounds as bounds_in_words
from esdash.wording import evidence
from esdash.wording import handout as worded
from esdash.wording.faces import face
from esdash.wording.names import names_of

GERMAN = Text("de")
TIMES = ("today", "past days", "suppositions")
ONE_GROUP, ONE_DISTRICT = Selection(groups=("women",)), Selection(districts=("01",))
AXES = (("theme", "district"), ("target_group", "district"), ("field", "target_group"), ("city", "city"))
SUPPOSED = Conditions(
    growth=(Growth("women", "01", 10), Growth("adults", "03", 5)),
    planning=(Planning("counselling", "women", 7),),
    offers=(NewOffer("Neu", 12, ("german_courses",), ("adults", "women"), "02"),),
)


def everything(inventory: Inventory, when: str, past: date, only: str = "") -> dict[str, Any]:
    """Kind of figures → what is published of it `when`: today (with all files), on a past day, under a supposition."""
    if when == "today":
        return {kind: ask(inventory) for kind, ask in (KINDS | FILES).items() if only in ("", kind)}
    if when == "suppositions":
        return {f"{when}: {kind}": ask(inventory.under(SUPPOSED)) for kind, ask in KINDS.items()}
    then = inventory.as_of(past)
    found = {f"{when}: {kind}": ask(then) for kind, ask in KINDS.items()}
    return found | {f"{when}: compared": _compared(then, inventory), "change log": _log(inventory)}


def _compared(before: Inventory, after: Inventory) -> list[Any]:
    return [*(comparison.compare(before, after, *axes) for axes in AXES), comparison.difference(before, after)]


def _people(inventory: Inventory) -> list[Any]:
    return [
        inventory.frame("SELECT district_id, target_group_id, persons, quality FROM population_shown ORDER BY ALL"),
        records.reference(inventory, "city_total"),
        [handout.hidden(inventory, one) for one in (EVERYTHING, ONE_GROUP, ONE_DISTRICT)],
    ]


def _coverage(inventory: Inventory) -> list[Any]:
    narrowed = [coverage.matrix(inventory, "theme", "district", one) for one in (ONE_GROUP, ONE_DISTRICT)]
    return [coverage.cells(inventory), *(coverage.matrix(inventory, *axes) for axes in AXES), *narrowed]


def _gaps(inventory: Inventory) -> list[Any]:
    narrowed = [gaps.ranked(inventory, one) for one in (EVERYTHING, ONE_GROUP, ONE_DISTRICT)]
    return [*narrowed, gaps.summary(inventory), priorities.ranked(inventory).drop(columns="decision_status")]


def _bounds(inventory: Inventory) -> list[Any]:
    tables = [bounds.table(inventory, *axes) for axes in AXES] + [bounds.city(inventory, everywhere=True)]
    said = [bounds_in_words.answer(inventory, GERMAN, one) for one in (EVERYTHING, ONE_GROUP, ONE_DISTRICT)]
    reasons = [(reason.fact, reason.number) for reason in bounds.reasons(inventory)]
    return [bounds.cells(inventory), *tables, reasons, said, probable.states(inventory)]


def _worth(inventory: Inventory) -> list[Any]:
    return [questions.calls(inventory), questions.of(inventory, "o1"), questions.visits(inventory)]


def _evidence(inventory: Inventory) -> list[Any]:
    cells = [Selection((group,), ("german_courses",), ("01",)) for group in ("adults", "women")]
    return [
        handout.evidence(inventory, EVERYTHING),
        evidence.need(inventory, GERMAN, EVERYTHING),
        *(coverage.offers(inventory, one) for one in (*cells, ONE_GROUP, ONE_DISTRICT)),
        [evidence.sums(inventory, GERMAN, one) for one in (*cells, ONE_GROUP, ONE_DISTRICT)],
        overlaps.open_cases(inventory),
    ]


KINDS: dict[str, Callable[[Inventory], list[Any]]] = {
    "people": _people,
    "coverage": _coverage,
    "gaps and priorities": _gaps,
    "bounds": _bounds,
    "worth of calls": _worth,
    "evidence": _evidence,
}


def _views() -> list[View]:
    return [View(measure=measure) for measure in ("coverage", "gap", "gap_per_100", "offers")]


def _screen(inventory: Inventory) -> list[Any]:
    faces = [face(inventory, GERMAN, view) for view in _views()]
    return [[one.cells for one in faces], [one.title for one in faces]]


def _workbook(inventory: Inventory) -> list[Any]:
    made = worded.of(inventory, names_of(inventory, GERMAN), View(selection=ONE_GROUP))
    sheets = (gap_book.matrix_sheet(made, GERMAN), gap_book.evidence_sheet(made, GERMAN))
    return [[sheet.frame, sheet.notes] for sheet in sheets]


def _csv(inventory: Inventory) -> list[Any]:
    return [
        exports.plain_csv(frame).decode().splitlines() for frame in (coverage.cells(inventory), gaps.ranked(inventory))
    ]


def _map(inventory: Inventory) -> list[Any]:
    return [handout.districts(inventory, EVERYTHING), handout.districts(inventory, ONE_GROUP)]


def _pdf(inventory: Inventory) -> list[Any]:
    made = worded.report(inventory, names_of(inventory, GERMAN), View(measure="gap"))
    return [report.content(made, GERMAN)]


def _log(inventory: Inventory) -> list[Any]:
    """Of what hidden numbers may stand in; and how many entries there are."""
    return [
        len(records.changes(inventory)),
        *(records.changes(inventory, table) for table in ("population", "city_total", "city")),
    ]


FILES: dict[str, Callable[[Inventory], list[Any]]] = {
    **{"screen": _screen, "workbook": _workbook, "CSV": _csv, "map data": _map, "PDF data": _pdf, "change log": _log},
}


def figures(found: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Each published value with its place: numbers, words, dates, and whether something is unknown."""
    if isinstance(found, pd.DataFrame):
        for column in found.columns:
            for place, value in enumerate(found[column].tolist()):
                yield from figures(value, f"{at}.{column}[{place}]")
    elif isinstance(found, dict | pd.Series):
        for key, value in found.items():
            yield from figures(value, f"{at}.{key}")
    elif isinstance(found, list | tuple | np.ndarray | set | frozenset):
        for place, value in enumerate(sorted(found) if isinstance(found, set | frozenset) else found):
            yield from figures(value, f"{at}[{place}]")
    elif isinstance(found, float | np.floating) and not np.isnan(found) and not np.isinf(found):
        yield at, float(f"{found:.9g}")  # the last digits come from the order of a sum
    elif hasattr(found, "__dataclass_fields__"):
        yield from figures(vars(found), at)
    else:
        yield at, str(found)
