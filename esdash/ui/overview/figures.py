"""The charts of Lagebild and of the page of changes, cached."""

from typing import Any

from esdash import charts
from esdash.analysis.overview import situation
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording import overview as words


@cached
def met_by_field(inventory: Inventory, text: Text) -> Any:
    """The met part of the need of each field of action."""
    return charts.met_by_field(words.by_field(inventory, text), text)


@cached
def growth(inventory: Inventory, text: Text) -> Any:
    """How the number of running offers grew."""
    return charts.growth(situation.growth(inventory), text)
