"""The charts of the page Lagebild, cached."""

from typing import Any

from esdash import charts
from esdash.analysis.overview import situation
from esdash.analysis.selection import View
from esdash.charts.matrix import least_width
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.wording import classes
from esdash.wording.faces import face

MATRIX = View("field", "target_group")


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
    """Coverage of fields of action × target groups, and the width from which on its words have room."""
    drawn = face(inventory, text, MATRIX)
    return charts.matrix(drawn), least_width(drawn)


@cached
def keys(inventory: Inventory, text: Text) -> Any:
    """The parts of the key of the matrix."""
    return charts.keys(classes.key(MATRIX.measure, False, face(inventory, text, MATRIX).steps, text))
