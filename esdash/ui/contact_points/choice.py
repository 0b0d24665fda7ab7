"""The page state of Anlaufstellen, and the switch between its parts."""

from esdash.texts import Text
from esdash.ui.shell.state import Maybe, OneOf, PageState
from esdash.ui.widgets import filters

TABLE = "contact_point_table"  # the key of the list in the session (RecordList.table_key)
PARTS = ("list", "finder", "volunteers", "print", "texts")


class ContactPoints(PageState):
    """The open part, and the chosen contact point."""

    page = "contact_points"
    part = OneOf(PARTS, link="contact_points")
    point = Maybe(link="id")


CONTACT_POINTS = ContactPoints()


def part(text: Text) -> str:
    """The switch between the parts."""
    CONTACT_POINTS.take()
    return filters.switch(
        ContactPoints.part, text("contact_points.part"), lambda name: text(f"contact_points.part_{name}")
    )
