"""Conditions under which the questions of this package can be asked, for pages; the rules are in the inventory.

supposed = inventory.under(Conditions(times=("evening",), offers=(NewOffer(…),)))
coverage.matrix(supposed, "theme", "district")
"""

from __future__ import annotations

from esdash.inventory.file.conditions import MODES, MOST, NOTHING, TIMES, Conditions, Growth, NewOffer, Planning
from esdash.inventory.steering.scenarios import Scenario, scenarios

__all__ = [
    "MODES",
    "MOST",
    "NOTHING",
    "TIMES",
    "Conditions",
    "Growth",
    "NewOffer",
    "Planning",
    "Scenario",
    "scenarios",
]
