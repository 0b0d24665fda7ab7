"""The open cases of similar offers on paper, each with its evidence and a line for the decision."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from esdash.analysis.overlaps import overlaps
from esdash.charts.week import letter
from esdash.exports.reports.tabled import Section, tabled
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording import overlaps as words
from esdash.wording.values import values_of


def overlap_cases(inventory: Inventory, text: Text, created: datetime | None = None) -> bytes:
    """All open cases as PDF, the heaviest first. Equal input and `created` give equal bytes."""
    found = words.listed(inventory, text)
    sections = [_case(inventory, text, place, row) for place, row in enumerate(found.to_dict("records"), start=1)]
    lines = [words.sentence(inventory, text).replace("**", "")]
    lines += [text("overlaps.signs")] if sections else [words.nothing(inventory, text)]
    title = text("overlaps.title")
    return tabled(inventory, text, title, lines, sections, created or inventory.now())


def _case(inventory: Inventory, text: Text, place: int, case: Mapping[Any, Any]) -> Section:
    offers = overlaps.offers_of(inventory, case)
    rows, equal = words.compared(offers, values_of(inventory, text, "initiative"))
    verdict = text(f"overlaps.verdict_{case['verdict']}")
    after = [text("overlaps.equal", fields="; ".join(equal))] if equal else []
    between = overlaps.pairs_of(inventory, list(case["initiative_ids"]))["kilometres"]
    if between.notna().any():
        after.append(text("overlaps.apart", distance=words.distance(between.max(), text)))
    return Section(
        title=f"{place}. {case['case_words']}",
        lines=[text("overlaps.proposed", verdict=verdict, reason=words.why(inventory, case, text))],
        headings=[text("column.field"), *(f"{letter(n)} \N{MIDDLE DOT} {one['name']}" for n, one in enumerate(offers))],
        rows=[[label, *values] for label, values in rows],
        widths=[1, *([2] * len(offers))],
        right=[False] * (1 + len(offers)),
        after=after,
        answer=text("overlaps.paper_decision"),
        whole=True,
    )
