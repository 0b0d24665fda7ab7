"""How much is tried: little in every run, much with --thorough, which is for once per larger change.

pytest loads the profile before it reads any test, so a test may ask for its amount where it is declared.
"""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, Phase, settings

ORDINARY, THOROUGH = "ordinary", "thorough"
# A busy machine is no fault, and a test that is given drawn values may use the inventory of the test.
_ANY: dict[str, Any] = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture]}
settings.register_profile(ORDINARY, max_examples=30, **_ANY)
settings.register_profile(THOROUGH, max_examples=100, **_ANY)
# For examples that cost an inventory or two each.
WITHOUT_SHRINKING: dict[str, Any] = {
    "phases": [Phase.explicit, Phase.generate],
    "suppress_health_check": list(HealthCheck),
}


def thorough() -> bool:
    return settings.get_current_profile_name() == THOROUGH


def amount(ordinary: int, much: int) -> int:
    """How many to try."""
    return much if thorough() else ordinary


def drawn(ordinary: int, much: int, **more: Any) -> settings:
    """That many examples for a test with drawn values."""
    return settings(max_examples=amount(ordinary, much), **more)


def always_the_same(ordinary: int, much: int, **more: Any) -> settings:
    """That many examples, in every run the same; for a test of which each example takes long."""
    return drawn(ordinary, much, derandomize=True, database=None, **more)
