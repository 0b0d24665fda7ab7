"""Files of the page Weiße Flecken: the matrix with its evidence, and the report for a meeting."""

from esdash import exports
from esdash.analysis.selection import View
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.widgets import files
from esdash.ui.widgets.files import File
from esdash.wording import conditions as in_words
from esdash.wording import handout
from esdash.wording.names import names_of


def buttons(inventory: Inventory, text: Text, view: View) -> None:
    """Two download buttons; each file names the conditions."""
    files.buttons(
        inventory,
        text,
        File("gaps.download_matrix", "gaps-matrix", "xlsx", _workbook, (view,)),
        File("gaps.download_report", "gaps-report", "pdf", _report, (view,)),
    )


def _workbook(inventory: Inventory, text: Text, view: View) -> bytes:
    names = names_of(inventory, text)
    return exports.matrix_workbook(handout.of(inventory, names, view, _asked(inventory, text)), text, inventory.now())


def _report(inventory: Inventory, text: Text, view: View) -> bytes:
    names = names_of(inventory, text)
    return exports.report_file(handout.report(inventory, names, view, _asked(inventory, text)), text)


def _asked(inventory: Inventory, text: Text) -> list[str]:
    names, asked = names_of(inventory, text), inventory.conditions
    return [*in_words.reachable(asked, names), *in_words.supposed(asked, names)]
