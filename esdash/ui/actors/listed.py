"""The list of organisations, and one of them: what it offers, seeks, promised, and with whom it works."""

from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.actors import detail
from esdash.ui.actors.choice import ACTORS
from esdash.ui.shell import printing
from esdash.ui.widgets import empty, tables
from esdash.ui.widgets.record_list import RecordList
from esdash.wording import actor_list
from esdash.wording.names import Names

ORGANIZATIONS = RecordList("organization", ACTORS, ("district", "freshness"), actor_list.brief, "actors")


def sentence(inventory: Inventory, text: Text, names: Names) -> str:
    """The answer in one sentence."""
    return actor_list.sentence(inventory, text)


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The opened organisation, or the list."""
    if ACTORS.opened:
        printing.button(text("actors.back"), on_click=_close, type="tertiary", key="actors_back")
        detail.show(inventory, text, names, ACTORS.opened)
        return
    if not ORGANIZATIONS.query and not ORGANIZATIONS.chosen and actor_list.listed(inventory, text, "", {}).empty:
        empty.lead(text)
        return
    ORGANIZATIONS.choose(inventory, names)
    view = ORGANIZATIONS.view(text)
    frame = actor_list.listed(inventory, text, ORGANIZATIONS.query, ORGANIZATIONS.chosen)
    ORGANIZATIONS.show(view, inventory, names, frame, actor_list.columns(text))
    if len(frame):
        title = text("actors.download_organizations")
        tables.downloads(inventory, frame, actor_list.columns(text, files=True), title, "organizations", text)


def _close() -> None:
    ACTORS.opened = None
