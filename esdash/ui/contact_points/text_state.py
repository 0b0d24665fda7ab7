"""The page state of the part Texte: the language, which texts are listed, and the open one."""

from esdash.analysis.leaflet.texts import SOURCE, STATUSES, Passage
from esdash.inventory import Inventory
from esdash.ui.shell.state import Maybe, OneOf, PageState
from esdash.wording import leaflet as words

ALL = "all"


class Texts(PageState):
    """The language whose texts are shown, their status, and the open text."""

    page = "leaflet"
    language = OneOf((SOURCE,), link="text_language")
    status = OneOf((ALL, *STATUSES), link="text_status")
    passage = Maybe(link="text")


TEXTS = Texts()


def take(inventory: Inventory) -> None:
    """Read the link into the page state."""
    TEXTS.take(None, language=words.languages(inventory), passage=words.passages(inventory, SOURCE))


def wanted(inventory: Inventory) -> dict[str, Passage]:
    """The texts that are listed."""
    found = words.passages(inventory, TEXTS.language)
    return {name: one for name, one in found.items() if TEXTS.status in (ALL, words.state(one))}


def beside(inventory: Inventory, passage: str, step: int) -> str | None:
    """The listed text before or after this one; None at the end."""
    names = [*wanted(inventory)]
    place = names.index(passage) + step if passage in names else -1
    return names[place] if 0 <= place < len(names) else None


def next_unread(inventory: Inventory, passage: str) -> str | None:
    """The next text after this one that nobody has read as it is; None if there is none."""
    found = words.passages(inventory, TEXTS.language)
    names = [*found]
    after = names[names.index(passage) + 1 :] if passage in names else []
    return next((name for name in after if found[name].source and found[name].status != "reviewed"), None)
