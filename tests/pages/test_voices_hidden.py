"""Before a round is closed nothing that a browser gets, and no answer of the inventory, depends on what was handed in.

The same seats have handed in, once these points and once others; what stands on the pages of steering is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from esdash.analysis import voices as results
from esdash.inventory import Inventory, default_path
from esdash.inventory.access import Action
from esdash.inventory.steering import voices
from esdash.ui.shell.navigation import PAGES
from tests.pages.conftest import Behind, Opened
from tests.pages.test_voices import SECRET, everything, opened
from tests.people import BEA, TEST

pytestmark = pytest.mark.writes
ROOT = Path(__file__).parents[2]
EVERY = [(page, {}) for page in PAGES]
STEERING = [
    *((page, {}) for page in ("overview", "meetings", "measures")),
    *(("priorities", {"priorities": part}) for part in ("list", "proposals", "voices", "versions", "answers")),
    ("care", {"care": "safety"}),
    ("overview", {"on": "2026-11-21"}),
    ("priorities", {"priorities": "voices", "on": "2026-11-21"}),
]
TICKET = re.compile(r'deferred_file_id: "\w+"')  # drawn anew for every visitor
# What may read the voices of an open round: the functions that hand in and close. The others lay the table out.
READERS = {"esdash/inventory/steering/voices.py", "esdash/inventory/steering/closing.py"}
LAYOUT = {
    *("esdash/model/references.py", "esdash/inventory/file/changelog.py"),
    "esdash/inventory/file/migrations/0012_steering.sql",
}


def turned(inventory: Inventory, chosen: list[str]) -> None:
    """Let the same seats have given something else, as if they had from the beginning: nothing is logged."""
    rows = inventory.rows("SELECT open_voice_id, priority_item_id FROM inventory.open_voice")
    with inventory.change(TEST, Action.HAND_IN_VOICES) as change:
        change.update(
            "open_voice",
            [
                {
                    **{"open_voice_id": row["open_voice_id"], "points": chosen.index(row["priority_item_id"])},
                    "reason": f"anders {SECRET}",
                }
                for row in rows
            ],
        )


def sent(at: Opened, pages: list[tuple[str, dict[str, str]]]) -> Iterator[tuple[str, str]]:
    """These pages as another person's browser gets them."""
    for page, query in pages:
        visitor: AppTest = at(default_path(), page, **query)
        assert not visitor.exception, (page, query)
        yield f"{page} {query}", TICKET.sub("", everything(visitor))


def test_no_page_depends_on_voices_of_an_open_round(named: Opened, at: Opened, behind: Behind) -> None:
    named("priorities", "example", priorities="voices")  # the inventory of this test
    key, chosen, seats = opened(behind())
    for seat in seats[:4]:
        voices.hand_in(behind(), BEA, key, seat, {chosen[0]: 3, chosen[1]: 1}, {chosen[0]: SECRET})
    latest = results.latest(behind())
    before = dict(sent(at, STEERING))
    others = dict(sent(at, EVERY))
    assert SECRET not in "".join([*before.values(), *others.values()])
    assert "4 von 5 Sitzen haben abgegeben" in before["priorities {'priorities': 'voices'}"].replace("\\", "")
    turned(behind(), chosen)
    after = dict(sent(at, STEERING))
    assert [page for page in before if before[page] != after[page]] == []
    assert results.latest(behind()).equals(latest)
    voices.close_round(behind(), BEA, key, {}, seats)
    assert SECRET in everything(at(default_path(), "priorities", priorities="voices"))  # the test sees what is told


def test_only_the_functions_that_hand_in_and_close_read_them() -> None:
    naming = {
        path.relative_to(ROOT).as_posix()
        for folder in ("esdash", "pages", "data")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".py", ".sql", ".toml", ".typ") and re.search(r"\bopen_voice\b", path.read_text("utf-8"))
    }
    assert naming == READERS | LAYOUT
