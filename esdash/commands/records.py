"""Commands about records: import, check, export."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import click
import pandas as pd

from esdash import exports
from esdash.analysis.leaflet.contacts import AUDIENCES
from esdash.analysis.selection import AXES, MEASURES
from esdash.commands import answers, asked, gaps, questions, steering
from esdash.commands.papers import Marked
from esdash.commands.terminal import EXIT_FAULTS, FILE, Command, Terminal, common, option
from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.file.checks import faults
from esdash.inventory.file.conditions import TIMES
from esdash.inventory.importing import Mapping
from esdash.texts import Text

MOST_VERSIONS = 999_999  # six digits, as in the addresses of the city's page
FAULTS_SHOWN = 10  # most rows of each kind on the screen; --json shows all

# Lists of records, which import takes back; contacts also leave as cards (steering.py).
RECORDS = {
    **{"initiatives": "initiative", "courses": "course", "sessions": "session", "organizations": "organization"},
    **{"contact-points": "contact_point", "locations": "location", "surveys": "survey"},
}
TABLES = (
    *RECORDS,
    *("ties", "coverage", "gaps", "overlaps", "duplicates", "priorities", questions.NAME, "changes"),
    *steering.TABLES,
)
FORMATS = ("csv", "xlsx", "json", "geojson")
REPORT = ("pdf",)  # for coverage and gaps the report, for questions the call sheet, for overlaps their evidence
CASES = "overlaps"
EXCHANGE = ("hsds", "hxl")  # formats for other networks; only for initiatives
CALENDAR = "ics"  # the calendar; only for sessions
CARDS = "vcf"  # only for contacts
PLAIN = "txt"  # only for what is written as sentences (steering.py)
NOTICES = {"example": "export.example_note", "generated": "export.generated_note"}


@click.command(cls=Command, name="import", help="cli.import_help")
@click.argument("file", metavar="FILE", type=FILE)
@option("--kind", help="cli.option_kind", type=click.Choice([name.replace("_", "-") for name in importing.KINDS]))
@option("--mapping", help="cli.option_mapping", metavar="FILE", type=FILE)
@option("--owner", help="cli.option_owner", metavar="NAME")
@option("--sender", help="cli.option_sender", metavar="NAME")
@option("--sheet", help="cli.option_sheet", metavar="NAME")
@option("--answers", "answered", help="cli.option_answers", metavar="FILE", type=FILE)
@option("--assume", "assumed", help="cli.option_assume", type=click.Choice(asked.ASSUMED))
@option("--dry-run", help="cli.option_dry_run", is_flag=True)
@option("--json", "as_json", help="cli.option_json", is_flag=True)
@option("--actor", help="cli.option_actor", metavar="NAME")
@option("--reason", help="cli.option_reason", metavar="TEXT")
@common
@click.pass_obj
def import_table(
    terminal: Terminal,
    file: Path,
    kind: str | None,
    mapping: Path | None,
    sender: str | None,
    sheet: str | None,
    owner: str | None,
    answered: Path | None,
    assumed: str | None,
    dry_run: bool,
    as_json: bool,
    actor: str | None,
    reason: str | None,
) -> int:
    """Import a table into the inventory."""
    from esdash.analysis import open_inventory

    text = terminal.text
    reader = terminal.copied_inventory if dry_run else terminal.inventory  # tables build on earlier ones
    several = importing.is_document(file)
    documents: list[dict[str, Any]] = []
    faulty = False
    said = asked.read(answered)
    unused: list[set[str]] = []  # of each table
    opened = (reader if several else terminal.inventory)(open_inventory)
    with terminal.working("cli.working_import"), opened as inventory:
        if filled_in := answers.sheet(file, kind):
            return answers.imported(terminal, inventory, filled_in, answers.Wish(dry_run, as_json, actor, reason))
        wishes = importing.read_mapping(mapping) | Mapping(owner=owner or said.owner)
        for base in _plans(inventory, file, kind, wishes, sender, sheet):
            plan = asked.planned(inventory, base, said, assumed)
            unused.append(asked.unused(plan, said))
            run_id = None
            if (several or not dry_run) and plan.writes:
                why = reason or text("cli.import_reason", file=plan.file_name)
                run_id = importing.run(inventory, plan, terminal.actor(actor), why)
                importing.learn(inventory, plan, terminal.actor(actor))
            documents.append(_as_document(plan, None if dry_run else run_id, text))
            faulty = faulty or bool(plan.faults) or plan.counts["open"] > 0
            if not as_json:
                _tell(terminal, inventory, plan, None if dry_run else run_id)
    if left := set.intersection(*unused):
        click.echo(text("cli.answers_unused", keys=", ".join(sorted(left))), err=True)
    if as_json:
        answer = documents if several else documents[0]
        click.echo(json.dumps(answer, ensure_ascii=False, default=str))
    return EXIT_FAULTS if faulty else 0


def _plans(
    inventory: Inventory, file: Path, kind: str | None, wishes: Mapping, sender: str | None, sheet: str | None
) -> Iterator[importing.Plan]:
    """Yields the plan of a table, or of each table of a HSDS document, made after the earlier ones were imported."""
    if not importing.is_document(file):
        yield importing.plan(inventory, file, kind.replace("-", "_") if kind else None, wishes, sender, sheet=sheet)
        return
    if sheet is not None:
        raise UserError("import_has_no_sheets", file=file.name, sheet=sheet)
    tables = importing.hsds.tables(file, inventory.today())
    shares = importing.shares(wishes, tables)
    for of_kind, table in tables.items():
        if kind in (None, of_kind):
            yield importing.plan_table(inventory, table, of_kind, shares[of_kind], sender)


def _tell(terminal: Terminal, inventory: Inventory, plan: importing.Plan, run_id: str | None) -> None:
    """Print what an import did or would do, for people."""
    from esdash.wording.imports import advice, bounded, in_records

    text = terminal.text
    shown, more = bounded(plan.notices)
    for notice in shown:
        click.echo(text(notice.key, **notice.values))
    if more:
        terminal.say("import_hsds.more", n=more)
    named = in_records(plan, text)
    for fault in plan.faults:
        keys = fault.error.values.get("keys")  # whoever types the answer needs them; on the page names are enough
        said = f" ({text('cli.fault_keys', keys=keys)})" if keys else ""
        click.echo(named(fault, advice(text, fault)) + said, err=True)
    asked.changes(terminal, inventory, plan)
    asked.tell(terminal, inventory, plan)
    terminal.say("cli.planned", file=plan.file_name, **plan.counts)
    if plan.incomplete:
        click.echo(text.count("imports.incomplete", plan.incomplete))
    terminal.say("cli.imported" if run_id else "cli.not_imported", run=run_id)


def _as_document(plan: importing.Plan, run_id: str | None, text: Text) -> dict[str, Any]:
    """What an import did or would do, as JSON for programs."""
    records = {row.number: row.record[0] for row in plan.table.rows if row.record[0]}
    return {
        "file": plan.file_name,
        "kind": plan.kind.name,
        "counts": plan.counts,
        "incomplete": plan.incomplete,
        "notices": [text(notice.key, **notice.values) for notice in plan.notices],
        "faults": [
            {
                "row": fault.row,
                **({"record": records[fault.row]} if fault.row in records else {}),
                "column": fault.column,
                "value": fault.value,
                "message": text.error(fault.error)[0],
                "hint": text.error(fault.error)[1],
                "whole_row": fault.whole_row,
            }
            for fault in plan.faults
        ],
        "questions": asked.documents(plan, text),
        "changes": [
            {"row": row.number, "field": one.field, "before": one.before, "after": one.after}
            for row in plan.rows
            if row.state == "changed"
            for one in row.differences
        ],
        "declined": [[row.number, one.field] for row in plan.rows for one in row.declined],
        "import_run_id": run_id,
    }


@click.command(cls=Command, help="cli.check_help")
@option("--json", "as_json", help="cli.option_json", is_flag=True)
@common
@click.pass_obj
def check(terminal: Terminal, as_json: bool) -> int:
    """Look for records that are wrong or incomplete."""
    with terminal.working("cli.working_check"), terminal.inventory() as inventory:
        found = faults(inventory)
    errors = sum(fault["level"] == "error" for fault in found)
    if as_json:
        click.echo(json.dumps({"errors": errors, "notices": len(found) - errors, "faults": found}, ensure_ascii=False))
        return EXIT_FAULTS if errors else 0
    text = terminal.text
    for level, of_level in groupby(found, key=lambda fault: fault["level"]):
        click.echo(text(f"cli.faults_{level}s"))
        for code, group in groupby(of_level, key=lambda fault: fault["code"]):
            listed = list(group)
            click.echo(f"  {text(f'cli.fault_{code}')} ({text.number(len(listed))})")
            for fault in listed[:FAULTS_SHOWN]:
                parts = (fault["table_name"], fault["record_id"], fault["name"], fault["detail"])
                click.echo("    " + "  ".join(part for part in parts if part))
            if len(listed) > FAULTS_SHOWN:
                click.echo("    " + text("cli.faults_more", n=len(listed) - FAULTS_SHOWN))
    terminal.say("cli.faults_total", errors=errors, notices=len(found) - errors)
    return EXIT_FAULTS if errors else 0


@click.command(cls=Command, help="cli.export_help")
@click.argument("name", metavar="NAME", type=click.Choice(TABLES))
@option(
    *("--format", "form"),
    help="cli.option_format",
    type=click.Choice((*FORMATS, *REPORT, *EXCHANGE, CALENDAR, CARDS, PLAIN)),
)
@option("--out", help="cli.option_out", metavar="FILE", type=FILE)
@option("--as-of", help="cli.option_as_of", metavar="DATE")
@option("--rows", help="cli.option_rows", type=click.Choice(AXES))
@option("--columns", help="cli.option_columns", type=click.Choice(AXES))
@option("--measure", help="cli.option_measure", type=click.Choice(MEASURES))
@option("--group", "groups", help="cli.option_group", metavar="NAME", multiple=True)
@option("--theme", "themes", help="cli.option_theme", metavar="NAME", multiple=True)
@option("--district", "districts", help="cli.option_district", metavar="NAME", multiple=True)
@option("--since", help="cli.option_since", metavar="DATE")
@option("--when", "times", help="cli.option_when", type=click.Choice(TIMES), multiple=True)
@option("--spoken", "languages", help="cli.option_spoken", metavar="NAME", multiple=True)
@option("--barrier-free", help="cli.option_barrier_free", is_flag=True)
@option("--suppose", help="cli.option_suppose", metavar="JSON")
@option("--assumed", help="cli.option_assumed", is_flag=True)
@option("--version", help="cli.option_version", metavar="N", type=click.IntRange(1, MOST_VERSIONS))
@option("--year", help="cli.option_year", metavar="N", type=click.IntRange(2000, 2100))
@option("--meeting", help="cli.option_meeting", metavar="NUMBER")
@option("--programme", help="cli.option_programme", metavar="NAME")
@option("--in", help="cli.option_in", metavar="LANGUAGE")
@option("--audience", help="cli.option_audience", type=click.Choice(AUDIENCES))
@option("--office", help="cli.option_office", is_flag=True, default=None)
@common
@click.pass_obj
def export(
    terminal: Terminal, /, name: str, form: str | None, out: Path | None, as_of: str | None, **wish: Any
) -> None:
    """Write a table, or the files about gaps."""
    from esdash import analysis

    ending = out.suffix.lstrip(".").lower() if out else ""
    form = form or (ending if ending in (*FORMATS, *REPORT, CALENDAR, CARDS, PLAIN) else None)
    steered = {name: wish.pop(name) for name in steering.OPTIONS}
    if name in steering.TABLES or any(value is not None for value in steered.values()):
        form = steering.form_of(name, form, steered)
    form = form or "csv"
    if form in ("xlsx", *REPORT) and out is None:
        raise UserError("cli_needs_file")
    if form in EXCHANGE and name != "initiatives":
        raise UserError("cli_exchange", form=form)
    if form == CARDS and name not in steering.TABLES:
        raise UserError("cli_cards", name=name)
    if form in (CALENDAR, PLAIN) and name not in ("sessions", *steering.TABLES):
        raise UserError("cli_calendar", name=name)
    if name not in gaps.NAMES and (
        any(wish.values()) or (form in REPORT and name not in (questions.NAME, CASES, *steering.TABLES))
    ):
        raise UserError("handout_only", name=name)
    wish["since"] = _day(wish["since"]) if wish["since"] else None
    with terminal.working("cli.working_export"), terminal.inventory(analysis.open_inventory) as inventory:
        state = inventory.as_of(_day(as_of)) if as_of else inventory
        content = _content(state, name, form, wish | steered, terminal)
    if isinstance(content, Marked):
        out, content = _marked(out, content.mark), content.content
    if out is None:
        click.echo(content, nl=False)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        raise UserError("copy_failed", path=out, details=error) from error
    terminal.say("cli.written_file", path=out)


def _marked(out: Path | None, mark: str) -> Path | None:
    return out if out is None or mark in out.stem.lower() else out.with_stem(f"{out.stem}-{mark}")


def _content(inventory: Inventory, name: str, form: str, wish: gaps.Wish, terminal: Terminal) -> bytes | Marked:
    """The content of the file; every format says if the data are invented."""
    from esdash.analysis.priorities import priorities
    from esdash.analysis.records import records
    from esdash.wording.priorities import hanging, in_words

    key = NOTICES.get(str(inventory.value("SELECT kind FROM meta")))
    notice = key and terminal.text(key)
    if name in steering.TABLES:
        return steering.written(inventory, name, form, wish, terminal)
    if form in EXCHANGE:
        exchanged = records.exchange(inventory)
        return exports.hsds_file(exchanged) if form == "hsds" else exports.hxl_file(exchanged["initiative"])
    if form == CALENDAR:
        return exports.trainings_calendar(inventory, terminal.text)
    if name in gaps.NAMES:
        return gaps.written(inventory, name, form, wish, notice, terminal)
    if name == questions.NAME:
        return questions.written(inventory, form, notice, terminal)
    if name == CASES and form in REPORT:
        return exports.overlap_cases(inventory, terminal.text)
    frame = tables()[name](inventory)
    if name == "priorities":  # names, because ids alone mean nothing to readers
        frame = in_words(frame, terminal.text, hanging(priorities.between(inventory), terminal.text))
    return exports.table_file(name, form, frame, notice, inventory.now(), terminal.text)


def tables() -> dict[str, Callable[[Inventory], pd.DataFrame]]:
    """The lists that can be exported: name → function that reads it; for the others see gaps.py and questions.py."""
    from esdash.analysis.actors import ties
    from esdash.analysis.duplicates import duplicates
    from esdash.analysis.overlaps import overlaps
    from esdash.analysis.priorities import priorities
    from esdash.analysis.records import handed_out, records

    return {
        **{name: partial(handed_out.listed, table=table) for name, table in RECORDS.items()},
        "ties": ties.ties,
        CASES: overlaps.pairs,
        "duplicates": duplicates.all_pairs,
        "priorities": priorities.ranked,
        "changes": records.changes,
    }


def _day(value: str) -> date:
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(value, form).date()
        except ValueError:
            continue
    raise UserError("cli_date", value=value)
