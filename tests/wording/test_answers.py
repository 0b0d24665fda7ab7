"""How the state of an entry reads."""

from __future__ import annotations

import pytest

from esdash.texts import Text
from esdash.wording import answers


@pytest.mark.parametrize(
    ("days", "said"), [(0, "offen seit heute"), (1, "offen seit 1 Tag"), (62, "offen seit 62 Tagen")]
)
def test_an_entry_handed_over_today_waits_since_today(days: int, said: str) -> None:
    assert answers.state({"state": "open", "days_waiting": days, "days_overdue": None}, Text("de")) == said
