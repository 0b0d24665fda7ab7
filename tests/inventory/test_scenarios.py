"""Suppositions kept for a meeting."""

import json

import pytest

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory.file.conditions import NOTHING, Conditions, Growth
from esdash.inventory.steering import scenarios
from tests.people import ADA, BEA

MORE = Conditions(growth=(Growth("adults", "01", 50),))


def test_a_scenario_is_kept_listed_and_removed(tiny: Inventory) -> None:
    key = scenarios.save(tiny, "  Neue  Unterkunft ", MORE, ADA)
    (found,) = scenarios.scenarios(tiny)
    assert (found.scenario_id, found.name, found.saved_by, found.saved_on) == (
        key,
        "Neue Unterkunft",
        "Ada",
        tiny.today(),
    )
    assert found.conditions == MORE
    scenarios.remove(tiny, key, BEA)
    assert scenarios.scenarios(tiny) == []
    log = tiny.rows("SELECT actor, before, after FROM change_log WHERE table_name = 'scenario' ORDER BY change_id")
    assert [entry["actor"] for entry in log] == ["Ada", "Bea"]
    assert json.loads(log[0]["after"])["content"] == json.loads(MORE.to_json())


@pytest.mark.parametrize(
    ("name", "conditions", "key"),
    [
        ("  ", MORE, "scenario_name"),
        ("x" * 81, MORE, "scenario_name"),
        ("neue UNTERKUNFT", MORE, "scenario_twice"),
        ("Nichts", NOTHING, "scenario_empty"),
        ("Falsch", Conditions(growth=(Growth("adults", "99", 50),)), "conditions_unknown"),
    ],
)
def test_what_is_not_kept(tiny: Inventory, name: str, conditions: Conditions, key: str) -> None:
    scenarios.save(tiny, "Neue Unterkunft", MORE, ADA)
    with pytest.raises(UserError, match=key):
        scenarios.save(tiny, name, conditions, ADA)
    assert len(scenarios.scenarios(tiny)) == 1


def test_removing_twice(tiny: Inventory) -> None:
    key = scenarios.save(tiny, "**Neu**", MORE, ADA)
    scenarios.remove(tiny, key, ADA)
    with pytest.raises(UserError, match="scenario_gone"):
        scenarios.remove(tiny, key, ADA)
