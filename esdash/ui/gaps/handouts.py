"""Files of the page Weiße Flecken: the matrix with its evidence, and the report for a meeting."""

from esdash import exports
from esdash.analysis.selection import View
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.gaps.state import GAPS, Gaps
from esdash.ui.widgets import files, filters
from esdash.ui.widgets.files import File
from esdash.wording import handout
from esdash.wording.names import names_of


def buttons(inventory: Inventory, text: Text, view: View) -> None:
    """Two download buttons. The files show exactly the view, or the whole city where something is chosen."""
    whole = False
    if view.selection:
        filters.switch(Gaps.files, text("gaps.files_what"), lambda name: text(f"gaps.files_{name}"))
        whole = GAPS.files == "whole"
    files.buttons(inventory, text, *declared(inventory, text, view, whole))


def declared(inventory: Inventory, text: Text, view: View, whole: bool) -> tuple[File, File]:
    """The two files; their names say what is only supposed, and that the whole city is in them."""
    of = (view.whole if whole else view,)
    return (
        File("gaps.download_matrix", named("gaps-matrix", inventory, text, whole), "xlsx", _workbook, of),
        File("gaps.download_report", named("gaps-report", inventory, text, whole), "pdf", _report, of),
    )


def named(name: str, inventory: Inventory, text: Text, whole: bool = False) -> str:
    """The name of a file, which says what is only supposed or assumed, and that the whole city is in it."""
    asked = inventory.conditions
    marks = {"supposed": asked.supposing, "assumed": asked.assumed, "whole": whole}
    return "-".join([name, *(text(f"handout.{mark}_file") for mark, holds in marks.items() if holds)])


def _workbook(inventory: Inventory, text: Text, view: View) -> bytes:
    shown = handout.of(inventory, names_of(inventory, text), view)
    return exports.matrix_workbook(shown, text, inventory.now())


def _report(inventory: Inventory, text: Text, view: View) -> bytes:
    return exports.report_file(handout.report(inventory, names_of(inventory, text), view), text)
