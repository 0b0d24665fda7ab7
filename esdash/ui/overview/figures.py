"""The charts of the page Lagebild, cached."""

from typing import Any

from esdash import charts
from esdash.analysis.coverage import coverage
from esdash.analysis.overview import situation
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording.names import names_of


@cached
def offers_by_field(inventory: Inventory, text: Text) -> Any:
    """Running offers of each field of action."""
    return charts.offers_by_field(situation.offers_by_field(inventory), text)


@cached
def growth(inventory: Inventory, text: Text) -> Any:
    """How the number of running offers grew."""
    return charts.growth(situation.growth(inventory), text)


@cached
def matrix(inventory: Inventory, text: Text) -> Any:
    """Coverage of fields of action × target groups."""
    names = names_of(inventory, text)
    frame = coverage.matrix(inventory, "field", "target_group")
    return charts.matrix(frame, names.axis("field"), names.axis("target_group"), text)
