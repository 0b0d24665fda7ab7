"""The page state of Akteure, and the switch between its parts."""

from esdash.analysis.actors import organizations, ties
from esdash.analysis.actors.helping import Need
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell.state import Many, Maybe, OneOf, PageState, Words
from esdash.ui.widgets import filters
from esdash.wording.names import Names

PARTS = ("organizations", "net", "help")
ALSO = ("barrier_free", "volunteers")


class Actors(PageState):
    """The open part; the list of organisations and the opened one; the matrix of ties; the need to help with."""

    page = "actors"
    part = OneOf(PARTS, link="actors")
    opened = Maybe(link="id")
    query = Words(link="q")
    district = Many(link="seat")
    freshness = Many()
    view = OneOf(("table", "cards"))
    kinds = Many(ties.KINDS, link="kind")
    around = Maybe()
    pair = Maybe()
    since = Maybe()
    theme = Maybe()
    target_group = Maybe(link="group")
    where = Maybe(link="district")
    language = Maybe(link="spoken")
    also = Many(ALSO)
    words = Words(link="words")


ACTORS = Actors()


def take(inventory: Inventory, names: Names) -> None:
    """Read the link into the page state."""
    there = organizations.actors(inventory)["organization_id"].tolist()
    lists = {"theme": "theme", "target_group": "target_group", "where": "district", "language": "language"}
    districts = [*names.ids("district"), "unknown"]
    ACTORS.take(
        None,
        around=there,
        pair=["|".join(pair) for pair in ties.kinds_of(inventory)],
        district=districts,
        since=filters.past_days(inventory),
        **{field: names.ids(kind) for field, kind in lists.items()},
    )


def part(text: Text) -> str:
    """The switch between the parts; an opened organisation stands alone."""
    if ACTORS.opened:
        return "organizations"
    return filters.switch(Actors.part, text("actors.part"), lambda name: text(f"actors.part_{name}"))


def need() -> Need:
    """The need that is chosen."""
    also = set(ACTORS.also)
    return Need(
        *(ACTORS.theme, ACTORS.target_group, ACTORS.where, ACTORS.language),
        *("barrier_free" in also, "volunteers" in also, ACTORS.words.strip()),
    )


def drop(wish: str) -> None:
    """Make the need without a wish."""
    if wish in ALSO:
        ACTORS.also = [name for name in ACTORS.also if name != wish]
    elif wish == "words":
        ACTORS.words = ""
    else:
        setattr(ACTORS, "where" if wish == "district" else wish, None)
