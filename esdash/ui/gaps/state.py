"""The page state of Weiße Flecken."""

from esdash.inventory.file.conditions import TIMES
from esdash.ui.shell.state import Many, Maybe, OneOf, PageState

# Rows of the matrix → what its rows and columns are; a field of action unfolds into its themes.
ROWS = {
    "district": ("district", "field"),
    "target_group": ("target_group", "field"),
    "district_group": ("district", "target_group"),
}
BARRIER_FREE = "barrier_free"


class Gaps(PageState):
    """Measure, matrix, chosen cells, conditions of reach, comparison and suppositions."""

    page = "gaps"
    measure = OneOf(("coverage", "gap", "gap_per_100", "offers"))  # links without it are older: they meant coverage
    rows = OneOf(tuple(ROWS))
    group = Maybe()
    theme = Maybe(link="theme_in")  # a theme or a whole field of action
    district = Maybe(link="district_in")
    order = OneOf(("severity", "usual"))  # what matters first
    view = OneOf(("matrix", "maps"))
    beside = OneOf(("tiles", "map", "evidence"))  # what is shown to the right of the matrix
    figures = OneOf(("known", "assumed"))  # only what is known, or with assumptions for what is unknown
    files = OneOf(("as_shown", "whole"))  # what the files contain, where something is chosen
    offer = Maybe()  # the offer whose reach the map shows
    part = OneOf(("ranked", "white", "offers", "need", "unknown"), link="show")  # part of the evidence
    times = Many(TIMES, link="when")
    language = Maybe(link="spoken")
    access = Many((BARRIER_FREE,))
    versus = Maybe()
    supposed = Maybe(link="suppose")


GAPS = Gaps()
