"""The plan as a file: a paper, a workbook with a sheet per table, or the proposals as CSV."""

from esdash import exports
from esdash.analysis.bundling.bundling import Plan
from esdash.exports import Sheet
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.trainings import frames
from esdash.ui.widgets import files, tables
from esdash.ui.widgets.files import File
from esdash.wording import training_plan as wording
from esdash.wording import trainings as words
from esdash.wording.names import names_of

# Sheet → its columns; some tables on the screen have fewer.
KINDS = {
    **{
        "merges": wording.FULL,
        "held": wording.HELD,
        "free": wording.FREE,
        "topics": wording.TOPICS,
    },
    **{"access": wording.ACCESS_FULL, "uncounted": wording.UNCOUNTED},
}


def buttons(inventory: Inventory, plan: Plan, text: Text) -> None:
    """Three download buttons; a file is made when its button is clicked."""
    files.buttons(
        inventory,
        text,
        File("plan.download_pdf", "bundling", "pdf", exports.training_plan, (plan,)),
        File("plan.download_xlsx", "bundling", "xlsx", _workbook, (plan,)),
        File("plan.download_csv", "bundling", "csv", _csv, (plan,)),
    )


def _workbook(inventory: Inventory, text: Text, plan: Plan) -> bytes:
    made, notes = frames.tables(inventory, names_of(inventory, text), plan), _notes(inventory, text, plan)
    sheets = [
        Sheet(text(key), text(key), getattr(made, name), wording.columns(kinds, text), notes)
        for name, kinds in KINDS.items()
        for key in (f"plan.part_{name}",)
    ]
    return exports.xlsx_file(sheets, text, inventory.now())


def _csv(inventory: Inventory, text: Text, plan: Plan) -> bytes:
    made = frames.tables(inventory, names_of(inventory, text), plan)
    return exports.csv_file(made.merges, wording.columns(wording.FULL, text), text, _notes(inventory, text, plan))


def _notes(inventory: Inventory, text: Text, plan: Plan) -> list[str]:
    return [words.limits(plan, text), words.optimum(plan, text), *tables.export_notes(inventory, text)]
