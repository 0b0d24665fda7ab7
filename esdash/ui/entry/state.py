"""What the link to the page Erfassen carries."""

from esdash.analysis.maintenance import keeping
from esdash.ui.shell.state import Field, Maybe, OneOf, PageState, Words


class Entry(PageState):
    """The kind of records, the one that is opened, whether its form is open and what fills it, the list's filters."""

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
    """Close what is open, and go to a record, or to the list of its kind."""
    ENTRY.reset()
    ENTRY.table, ENTRY.record = table, record_id


def close() -> None:
    """Back to the list, as it was filtered."""
    ENTRY.record = None
