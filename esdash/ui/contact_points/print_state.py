"""The page state of the part Drucksachen: the paper to print, or the register and the open print."""

from typing import Any

from esdash.analysis.leaflet.contacts import AUDIENCES, KINDS, Audience, Kind
from esdash.analysis.leaflet.texts import SOURCE
from esdash.analysis.prints import register
from esdash.exports.prints.papers import Paper, paper
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.ui.shell.state import Maybe, OneOf, PageState
from esdash.wording import leaflet

FOLDS = ("shop", "office")


class Prints(PageState):
    """What is shown: a new print (of which paper, for whom, in which language, how folded), or the register."""

    page = "prints"
    view = OneOf(("make", "register"), link="prints")
    kind = OneOf(KINDS, link="paper")
    audience = OneOf(AUDIENCES, link="for")
    language = OneOf((SOURCE,), link="paper_language")
    fold = OneOf(FOLDS)
    run = Maybe(link="run")


PRINTS = Prints()


def take(inventory: Inventory) -> None:
    """Read the link into the page state."""
    known = [printed.print_run_id for printed in register.register(inventory)]
    PRINTS.take(None, language=leaflet.languages(inventory), run=known)


def wanted() -> tuple[Kind, str, Audience, bool]:
    """Kind, language, audience of the chosen paper, and whether it is folded in the office."""
    state: Any = PRINTS  # the fields hold texts, of these words alone
    audience = AUDIENCES[0] if state.kind == "flyer" else state.audience  # its questions are those of volunteers
    return state.kind, state.language, audience, state.kind == "flyer" and state.fold == "office"


@cached
def made(inventory: Inventory, kind: Kind, language: str, audience: Audience, office: bool) -> Paper:
    """The paper, made once until something changes. Raises UserError."""
    return paper(inventory, kind, language, audience, office)
