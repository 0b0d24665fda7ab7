"""Points of voices in words: as they are, never rounded."""

import pytest

from esdash.texts import Text
from esdash.wording.voices import points


@pytest.mark.parametrize(
    ("value", "german"), [(4.0, "4"), (4.5, "4,5"), (4.25, "4,25"), (4.75, "4,75"), (0.0, "0"), (10.0, "10")]
)
def test_a_quarter_is_not_rounded(value: float, german: str) -> None:
    assert points(value, Text("de")) == german
    assert points(value, Text("en")) == german.replace(",", ".")
