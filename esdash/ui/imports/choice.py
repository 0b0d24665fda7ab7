"""The page state of Importieren, and the switch between its parts."""

from esdash.texts import Text
from esdash.ui.shell.state import OneOf, PageState
from esdash.ui.widgets import filters


class Imports(PageState):
    """The open part: tables of records, the facts of the city, or answer sheets of the city."""

    page = "imports"
    part = OneOf(("tables", "city", "answers"), link="import")


IMPORTS = Imports()


def part(text: Text) -> str:
    """The switch between the parts; returns the open one."""
    return filters.switch(Imports.part, text("imports.part"), lambda name: text(f"imports_part.{name}"))
