"""The page state of Erfassen."""

from esdash.analysis.maintenance import keeping
from esdash.ui.shell.state import Field, Maybe, OneOf, PageState, Words


class Entry(PageState):
    """The kind of records, the opened record, whether its form is open, values that fill it, filters of the list."""

    page = "entry"
    table = OneOf(keeping.TABLES)
    record = Maybe(link="id")
    new = Maybe()
    edit = Maybe()
    organization = Maybe()  # fields of a new record
    course = Maybe()
    contact = Maybe()
    location = Maybe()
    search = Words()
    status = Field("current", link="state")
    light = OneOf(("any", "due", *keeping.LIGHTS))


ENTRY = Entry()


def leave(table: str, record_id: str | None = None) -> None:
    """Close the open record or form, and go to a record, or to the list of its kind."""
    ENTRY.reset()
    ENTRY.table, ENTRY.record = table, record_id


def close() -> None:
    """Go back to the list with its filters."""
    ENTRY.record = None
