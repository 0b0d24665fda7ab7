"""A new inventory of one of three kinds; the first start of the dashboard and `python -m esdash init` make it here."""

from collections.abc import Callable
from pathlib import Path

from esdash import analysis
from esdash.errors import UserError
from esdash.examples import example
from esdash.inventory import city, importing
from esdash.inventory.access import Action, Actor
from esdash.inventory.file import files
from esdash.inventory.file.store import Inventory

KINDS = ("example", "public", "empty")
ACTOR = Actor("esdash")
CITY_REASON = "Stammdaten der Stadt"
PUBLIC_REASON = "Öffentlich bekannte Angaben"

# Files of <city>/public in the order of reading: an initiative names its organization.
PUBLIC_FILES = {"organizations": "organizations.csv", "initiatives": "initiatives.csv"}


def start(
    path: Path,
    kind: str,
    city_folder: Path | None = None,
    example_folder: Path | None = None,
    clock: files.Clock = files.utc_now,
) -> None:
    """Make a new inventory file: 'example' (invented), 'public' (known facts) or 'empty' (only the city).

    Raises UserError for a file that is there already, and for a city's file that is missing or wrong.
    """
    folder = city_folder or files.default_city()
    fill: dict[str, Callable[[Inventory], None]] = {
        "example": lambda inventory: example.fill(inventory, folder, example_folder or files.DATA / "example"),
        "public": lambda inventory: _fill_public(inventory, folder),
        "empty": lambda inventory: _fill_city(inventory, folder),
    }
    definitions = analysis.definitions() if kind == "example" else []  # its versions are frozen as people do it
    files.create(path, kind, fill[kind], ACTOR, clock, definitions)


def _fill_city(inventory: Inventory, folder: Path) -> None:
    with inventory.change(ACTOR, Action.SET_UP, CITY_REASON) as change:
        city.load(change, folder)


def _fill_public(inventory: Inventory, folder: Path) -> None:
    _fill_city(inventory, folder)
    for kind, name in PUBLIC_FILES.items():
        file = folder / "public" / name
        city.read_rows(file)  # a missing file gets the message of the city's folder
        plan = importing.plan(inventory, file, kind=kind)
        for fault in plan.faults[:1]:
            details = f"{fault.row}, {fault.column}: {fault.value}"
            raise UserError("city_file_wrong", path=file, details=details) from fault.error
        for question in plan.unanswered[:1]:  # at a new start there is nobody to ask
            details = f"{question.row}, {question.label or question.values.get('named', '')}"
            raise UserError("city_file_wrong", path=file, details=details)
        importing.run(inventory, plan, actor=ACTOR, reason=PUBLIC_REASON, backup=False)
