"""Somebody whose role holds no action gets a sentence, or is not offered the button; nothing changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory.access import ALLOWED, Role
from esdash.ui.shell import session
from tests.pages.conftest import Opened
from tests.pages.said import texts, words

SAID = texts("de")
REFUSED = "Das darf zurzeit niemand: "
CELL = {"theme_in": "homework", "district_in": "16", "beside": "evidence"}


@pytest.fixture
def nobody(app: Opened, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """A visitor with a name, whose role may nothing."""
    monkeypatch.setitem(ALLOWED, Role.OFFICE, frozenset())

    def opened(kind: str, page: str, /, **query: str | list[str]) -> AppTest:
        visitor = app(kind, page, **query)
        visitor.session_state["author"] = "Ada Muster"
        return visitor.run()

    yield opened


@pytest.mark.parametrize(
    ("page", "query", "button", "action"),
    [
        ("entry", {"table": "initiative", "id": "i001"}, "assure", "confirm"),
        ("initiatives", {"id": "i001"}, "assure", "confirm"),
        ("entry", {"table": "initiative", "id": "i001", "edit": "1"}, "save", "edit_records"),
        ("care", {"care": "todo", "todo": "unconfirmed"}, "assure_", "confirm"),
        ("care", {"care": "safety"}, "backup_now", "back_up"),
        ("gaps", CELL, "survey_now", "record_survey"),
    ],
    ids=str,
)
def test_a_button_says_why_nothing_was_done(
    nobody: Opened, page: str, query: dict[str, str], button: str, action: str
) -> None:
    visitor = nobody("example", page, **query)
    before = session.inventory().revision
    key = next(b.key for b in visitor.button if b.key and (b.key.startswith(button) or b.key.endswith(f" {button}")))
    visitor.button(key=key).click().run()
    assert not visitor.exception
    assert f"{REFUSED}{SAID[f'may.{action}']}" in words(visitor)
    assert session.inventory().revision == before


@pytest.mark.parametrize(
    ("page", "query", "gone"),
    [
        ("overlaps", {"overlaps": "open"}, ("author",)),
        ("trainings", {"view": "plan"}, ("author_withdraw", "accept_now")),
        ("priorities", {}, ("withdraw_proposal",)),
    ],
    ids=str,
)
def test_what_nobody_may_is_not_offered(
    nobody: Opened, page: str, query: dict[str, str], gone: tuple[str, ...]
) -> None:
    visitor = nobody("example", page, **query)
    assert not visitor.exception
    assert not set(gone) & {node.key for node in (*visitor.button, *visitor.text_input)}
