"""`export` of the money of the programme: the budget, the list of receipts, the draft of the report about a year."""

from collections.abc import Mapping
from typing import Any

from esdash import exports
from esdash.commands.terminal import Terminal
from esdash.errors import UserError
from esdash.inventory import Inventory

Wish = Mapping[str, Any]  # option → value; None: not given


def written_budget(inventory: Inventory, form: str, wish: Wish, terminal: Terminal) -> bytes:
    """The budget: for people as a workbook with sums; for programs as CSV with a row per line, or as JSON with sums."""
    from esdash.analysis.budget import budget

    of = _chosen(inventory, wish)
    if form == "csv":
        return exports.plain_csv(
            exports.marked(budget.lines(inventory, *of).drop(columns="sort"), _notice(inventory, terminal))
        )
    make = exports.budget_workbook if form == "xlsx" else exports.budget_json
    return make(inventory, terminal.text, *of)


def written_receipts(inventory: Inventory, form: str, wish: Wish, terminal: Terminal) -> bytes:
    """The list of receipts, to print or as a table; internal."""
    make = exports.receipts_workbook if form == "xlsx" else exports.receipts_csv
    return make(inventory, terminal.text, *_chosen(inventory, wish))


def written_report(inventory: Inventory, form: str, wish: Wish, terminal: Terminal) -> bytes:
    """The draft of the report about a year, the last one if none is named."""
    from esdash.analysis.budget import year

    programme, wanted = _chosen(inventory, wish)
    known = year.years(inventory)
    if not known or (wanted is not None and wanted not in known):
        raise UserError("export_report_year", years=", ".join(map(str, known)) or "–")
    make = exports.year_report_pdf if form == "pdf" else exports.year_report_text
    return make(inventory, terminal.text, wanted or known[-1], programme)


def _chosen(inventory: Inventory, wish: Wish) -> tuple[str | None, int | None]:
    """Programme and year. Raises UserError for a programme that the plan does not have."""
    from esdash.analysis.budget import budget

    known = list(dict.fromkeys(budget.plan(inventory)["programme"]))
    programme = wish["programme"]
    if programme is not None and programme not in known:
        raise UserError("export_programme", value=programme, known="; ".join(known) or "–")
    return programme, wish["year"]


def _notice(inventory: Inventory, terminal: Terminal) -> str | None:
    kind = inventory.value("SELECT kind FROM meta")
    return terminal.text(f"export.{kind}_note") if kind in ("example", "generated") else None
