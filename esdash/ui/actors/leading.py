"""Links to the records behind a tie or a reason."""

from esdash.texts import Text
from esdash.ui.actors.choice import ACTORS
from esdash.ui.shell import navigation, printing, url

_PAGES = {  # table → page, and the parameter that names the record
    "initiative": ("initiatives", "id", {}),
    "contact_point": ("contact_points", "id", {}),
    "meeting": ("meetings", "meeting", {"meetings": "minutes"}),
    "measure": ("measures", "id", {}),
    "workshop": ("workshops", "workshop", {}),
    "commitment": ("workshops", "promise", {"workshops": "promises"}),
}
_RECORDS = ("organization", "location", "contact", "course")  # on their page in Erfassen


def to(table: str, record_id: str, label: str) -> bool:
    """A link to a record, where it has a page; returns whether there is one."""
    page, name, more = _PAGES.get(table, ("", "", {}))
    if table in _RECORDS:
        url.link("entry", label, table=table, id=record_id)
    elif page in navigation.PAGES:
        url.link(page, label, **{name: record_id}, **more)
    else:
        return False
    return True


def organization(text: Text, organization_id: str, key: str) -> None:
    """A button that opens an organisation on this page; going back leads to what was chosen before."""
    printing.button(
        f":primary[{text('actors.open')} →]", key=key, type="tertiary", on_click=_open, args=(organization_id,)
    )


def _open(organization_id: str) -> None:
    ACTORS.opened = organization_id
    ACTORS.pair = None
