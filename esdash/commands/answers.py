"""`import` of an answer sheet of the city, which it recognises by its columns."""

import json
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click

from esdash.commands.terminal import EXIT_FAULTS, Terminal
from esdash.inventory import Inventory
from esdash.inventory.importing import Table, answer_sheets


class Wish(NamedTuple):
    """How to import: only look, answer as JSON, who, and why."""

    dry_run: bool
    as_json: bool
    actor: str | None
    reason: str | None


def sheet(file: Path, kind: str | None) -> Table | None:
    """The file as an answer sheet; None if it is another table, or if `kind` says that it is."""
    return answer_sheets.recognised(file) if kind is None else None


def imported(terminal: Terminal, inventory: Inventory, table: Table, wish: Wish, day: date | None = None) -> int:
    """Import a sheet, all of it or nothing, and tell what was done; returns the exit code."""
    text = terminal.text
    plan = answer_sheets.plan(inventory, table, day)
    run_id = None
    if plan.news and not plan.faults and not wish.dry_run:
        reason = wish.reason or text("cli.import_reason", file=table.name)
        run_id = answer_sheets.run(inventory, plan, terminal.actor(wish.actor), reason)
    counts = {state: len(plan.of(state)) for state in ("new", "changed", "unchanged")} | {"faulty": len(plan.faults)}
    notices = [text(notice.key, **notice.values) for notice in plan.notices]
    faults = [(fault, *text.error(fault.error)) for fault in plan.faults]
    if wish.as_json:
        document = {
            **{"file": table.name, "kind": answer_sheets.KIND, "version": plan.number, "counts": counts},
            "notices": notices,
            "faults": [
                {"row": fault.row, "column": fault.column, "value": fault.value, "message": what, "hint": hint}
                for fault, what, hint in faults
            ],
            "import_run_id": run_id,
        }
        click.echo(json.dumps(document, ensure_ascii=False, default=str))
        return EXIT_FAULTS if faults else 0
    for words in notices:
        click.echo(words)
    for _, what, hint in faults:
        click.echo(f"{what} {hint}", err=True)
    terminal.say("cli.planned", file=table.name, **counts)
    terminal.say("cli.imported" if run_id else "cli.not_imported", run=run_id)
    return EXIT_FAULTS if faults else 0
