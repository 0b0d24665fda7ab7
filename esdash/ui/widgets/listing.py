"""Lists in words, made once."""

from __future__ import annotations

import pandas as pd

from esdash.analysis.records.search import Chosen
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.widgets.names import names_of
from esdash.wording import listing


def initiatives(inventory: Inventory, text: Text, query: str, chosen: Chosen) -> pd.DataFrame:
    """One row per chosen initiative with names and words."""
    wanted = tuple((facet, tuple(options)) for facet, options in sorted(chosen.items()) if options)
    return _initiatives(inventory, text, query, wanted)


@cached
def _initiatives(
    inventory: Inventory, text: Text, query: str, wanted: tuple[tuple[str, tuple[str, ...]], ...]
) -> pd.DataFrame:
    return listing.initiatives(inventory, names_of(inventory, text), query, dict(wanted))


@cached
def sessions(inventory: Inventory, text: Text) -> pd.DataFrame:
    """Sessions with words for place and state."""
    return listing.sessions(inventory, names_of(inventory, text))


@cached
def courses(inventory: Inventory, text: Text) -> pd.DataFrame:
    """Courses with the names of their modules and languages."""
    return listing.courses(inventory, names_of(inventory, text))
