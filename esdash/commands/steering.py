"""What `export` writes about the way from a finding to what became of it: one line per table.

A table is a function of inventory, format, options and terminal. To add one: its line in `TABLES`; an option that it
alone has goes to `OPTIONS` here and to the command in records.py.
"""

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, NamedTuple

from esdash import exports
from esdash.commands import contact_points, meetings, money, papers
from esdash.commands.terminal import Terminal
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.steering import versions

MONEY = ("budget", "receipts", "report")
PAPERS = ("contact-list", "wall-list", "flyer")
# Options of `export` that only these tables have → the tables that take them.
OPTIONS = {
    **{"version": ("list", "answers-sheet"), "year": MONEY, "programme": MONEY, "meeting": ("minutes",)},
    **{"in": PAPERS, "audience": PAPERS, "office": ("flyer",)},
}

Wish = Mapping[str, Any]  # option → value; None: not given


class Table(NamedTuple):
    """A table of `export`: its formats, the first if none is asked for, and what writes it."""

    formats: tuple[str, ...]
    write: Callable[[Inventory, str, Wish, Terminal], bytes | papers.Marked]


def written(inventory: Inventory, name: str, form: str, wish: Wish, terminal: Terminal) -> bytes | papers.Marked:
    """The file in this format; of a draft with what its name must say."""
    return TABLES[name].write(inventory, form, wish, terminal)


def form_of(name: str, form: str | None, wish: Wish) -> str:
    """The format to write. Raises UserError for a format or an option that the table does not have."""
    for option, value in wish.items():
        if value is not None and name not in OPTIONS[option]:
            raise UserError("export_option", option=f"--{option}", name=name, tables=", ".join(OPTIONS[option]))
    formats = TABLES[name].formats
    if form is not None and form not in formats:
        raise UserError("export_format", form=form, name=name, formats=", ".join(formats))
    return form or formats[0]


def _list(inventory: Inventory, form: str, wish: Wish, terminal: Terminal) -> bytes:
    """A file of a frozen version, byte for byte as it was handed over; the newest version if none is named."""
    version = _version(inventory, wish)
    if inventory.read_only:  # a look-back holds no files
        raise UserError("version_of_a_past_day", day=inventory.today(), number=version["number"])
    names = inventory.rows(
        "SELECT name FROM inventory.list_file WHERE list_version_id = $key ORDER BY list_file_id",
        key=version["list_version_id"],
    )
    found = [row["name"] for row in names if PurePath(row["name"]).suffix == f".{form}"]
    return versions.file_of(inventory, version["list_version_id"], found[0] if found else f"*.{form}")


def _version(inventory: Inventory, wish: Wish) -> Mapping[str, Any]:
    """The version that is asked for, the newest if none is named. Raises UserError if there is none."""
    number = wish["version"]
    rows = inventory.rows(
        "FROM inventory.list_version WHERE number = coalesce($number, number) ORDER BY number DESC LIMIT 1",
        number=number,
    )
    if not rows:
        raise UserError("version_unknown" if number else "version_none", number=number)
    return rows[0]


def _answers_sheet(inventory: Inventory, form: str, wish: Wish, terminal: Terminal) -> bytes:
    """The sheet in which the city answers to a version, the newest if none is named."""
    from esdash.exports.answers import sheet_of

    return sheet_of(inventory, terminal.text, _version(inventory, wish)["list_version_id"])


def _measures(inventory: Inventory, form: str, wish: Wish, terminal: Terminal) -> bytes:
    """The control list (Beschlusskontrolle); as ics the due dates and steps of open measures."""
    from esdash.exports.measures import control, dates

    if form == "ics":
        return dates.calendar(inventory, terminal.text)
    write = {"csv": control.csv, "xlsx": control.xlsx, "json": control.json, "pdf": control.pdf}
    return write[form](inventory, terminal.text)


def _ideas(inventory: Inventory, form: str, wish: Wish, terminal: Terminal) -> bytes:
    """All ideas with what became of them."""
    from esdash.exports.workshops import tables

    return tables.ideas(inventory, terminal.text, form)


def _commitments(inventory: Inventory, form: str, wish: Wish, terminal: Terminal) -> bytes:
    """All promises with their state; internal, because broken ones are among them."""
    from esdash.exports.workshops import tables

    return tables.commitments(inventory, terminal.text, form)


def _prints(inventory: Inventory, form: str, wish: Wish, terminal: Terminal) -> bytes:
    """The print register: what was printed, where it lies, what has changed since."""
    from esdash.exports.prints import register

    write = {"csv": register.csv, "xlsx": register.xlsx, "json": register.json}
    return write[form](inventory, terminal.text)


def _overview(inventory: Inventory, form: str, wish: Wish, terminal: Terminal) -> bytes:
    """Where the city stands, on one sheet, with the changes since the last meeting."""
    return exports.overview_paper(inventory, terminal.text)


def _training_plan(inventory: Inventory, form: str, wish: Wish, terminal: Terminal) -> bytes:
    """The plan to merge dates of trainings, with the wishes that the page begins with."""
    from esdash.analysis.bundling import bundling

    *_, plan = bundling.improve(bundling.prepare(inventory, bundling.Wish()))
    return exports.training_plan(inventory, terminal.text, plan)


TABLES: dict[str, Table] = {
    "overview": Table(("pdf",), _overview),
    "training-plan": Table(("pdf",), _training_plan),
    "list": Table(("csv", "xlsx", "json", "pdf"), _list),
    "answers-sheet": Table(("xlsx",), _answers_sheet),
    "decisions": Table(("csv", "xlsx", "json"), meetings.written_decisions),
    "minutes": Table(("txt", "pdf"), meetings.written_minutes),
    "budget": Table(("csv", "xlsx", "json"), money.written_budget),
    "receipts": Table(("xlsx", "csv"), money.written_receipts),
    "report": Table(("txt", "pdf"), money.written_report),
    "contacts": Table(("vcf", "csv", "xlsx", "json"), contact_points.written_contacts),
    "welcome-guide": Table(("csv",), contact_points.written_welcome),
    "contact-list": Table(("pdf",), papers.written("contact_list")),
    "wall-list": Table(("pdf",), papers.written("wall_list")),
    "flyer": Table(("pdf",), papers.written("flyer")),
    "measures": Table(("csv", "xlsx", "json", "ics", "pdf"), _measures),
    "ideas": Table(("csv", "xlsx", "json"), _ideas),
    "commitments": Table(("csv", "xlsx", "json"), _commitments),
    "prints": Table(("csv", "xlsx", "json"), _prints),
}
