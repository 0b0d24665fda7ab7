"""Somebody whose role holds no action is not offered the button, and where nothing is left a sentence says why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory.access import ALLOWED, Action, Role
from esdash.inventory.file.conditions import Conditions, Growth
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


GAP = {"theme_in": "accompaniment", "district_in": "04"}
SUPPOSED = Conditions(growth=(Growth("women", "01", 5.0),)).to_json()
OFFER = {"table": "initiative", "id": "i001"}
CONTACT = {"table": "contact", "id": "c01"}
DOUBLE = {"care": "doubles", "pair": "organization|o12|o13"}
PRINTED = {"contact_points": "print", "prints": "register", "run": "pr02"}
WORDED = {"contact_points": "texts", "text": "answer_4"}
PROPOSAL = {"trainings": "plan", "merge": "s124|s121"}
# What a page shows → what the keys or labels of its writing buttons begin or end with, and the sentence in their place.
VIEWS: list[tuple[str, dict[str, str], tuple[str, ...], str]] = [
    ("entry", {}, ("new_record", "assure_selected", "pause_selected", "archive_selected"), "confirm"),
    ("entry", OFFER, ("assure", "edit_record", "do_pause", "do_archive"), "edit_records"),
    ("entry", CONTACT, ("assure", "edit_record", "do_archive", "do_erase"), "edit_records"),
    ("entry", {**OFFER, "edit": "1"}, (" save",), "edit_records"),
    ("entry", {"table": "organization", "new": "1"}, (" save",), "enter_records"),
    ("initiatives", {"id": "i001"}, ("assure", "edit_record"), ""),
    ("care", {"care": "todo", "todo": "unconfirmed"}, ("assure_",), "confirm"),
    ("care", {"care": "todo", "todo": "over"}, ("end_",), "confirm"),
    ("care", {"care": "ask", "call": "o09"}, ("answer_", "answers_save"), "edit_records"),
    ("care", {"care": "stale"}, ("stale_confirm",), "confirm"),
    ("care", DOUBLE, ("merge_open", "Als verschieden festhalten"), "merge_records"),
    ("care", {**DOUBLE, "joining": "1"}, ("merge_now",), "merge_records"),
    ("care", {"care": "safety"}, ("backup_now",), "back_up"),
    ("gaps", CELL, ("survey_now",), "take_item"),
    ("gaps", {**CELL, **GAP}, ("take_gap", "survey_now"), "take_item"),
    ("gaps", {**CELL, "suppose": SUPPOSED}, ("suppose_keep",), ""),
    ("priorities", {"priorities": "voices"}, ("voice_start", "voice_why", "body_open"), ""),
    ("overlaps", {"overlaps": "open"}, ("Entscheidung speichern",), ""),
    ("overlaps", {"overlaps": "decided"}, (), ""),
    ("contact_points", {"contact_points": "print"}, ("print_save",), "record_print"),
    ("contact_points", PRINTED, ("print_collect_now", "print_move_now", "print_take_back_now"), "record_print"),
    ("contact_points", WORDED, ("leaflet_read", "leaflet_save", "leaflet_usual"), "edit_leaflet"),
    ("trainings", PROPOSAL, ("accept_now",), "accept_bundling"),
    ("priorities", {}, ("write_item",), ""),
    ("priorities", {"item": "p01"}, ("edit_item", "judge_item", "end_item", "take_back_item"), "edit_item"),
    ("priorities", {"priorities": "proposals"}, ("take_",), ""),
    ("meetings", {}, ("agenda_take", "begin_open", "change_open", "cancel_open", "plan_open"), ""),
    ("meetings", {"meetings": "all"}, ("decisions_told", "plan_open"), ""),
    ("meetings", {"meeting": "m02", "meetings": "minutes"}, ("Berichtigung festhalten",), ""),
    ("measures", {}, ("measure new",), ""),
    ("measures", {"id": "ma2"}, ("change ", "Notiz speichern", "Als erledigt", "Maßnahme aufgeben"), "keep_measure"),
    ("measures", {"id": "ma1"}, ("Notiz speichern",), "keep_measure"),
    ("workshops", {"workshop": "ws5"}, ("workshop new", "workshop change", "ideas add", "promises add"), ""),
    ("workshops", {"workshops": "ideas", "idea": "d11"}, ("idea change", "take_idea", "idea take back"), "keep_ideas"),
    ("workshops", {"workshops": "promises", "promise": "z07"}, ("promise change", "Eintragen"), "keep_promises"),
    ("imports", {}, (), "import_table"),
]


def buttons(visitor: AppTest, marks: tuple[str, ...]) -> set[str]:
    """Those of the marks that a button of the page bears."""
    drawn = [(str(button.key or ""), button.label) for button in visitor.button]
    return {
        mark
        for mark in marks
        if any(key.startswith(mark) or key.endswith(mark) or mark in label for key, label in drawn)
    }


@pytest.mark.parametrize(("page", "query", "marks", "action"), VIEWS, ids=str)
def test_a_button_that_writes_is_drawn_for_whoever_may(
    app: Opened,
    nobody: Opened,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    query: dict[str, str],
    marks: tuple[str, ...],
    action: str,
) -> None:
    visitor = nobody("example", page, **query)
    before = session.inventory().revision
    assert not visitor.exception
    assert buttons(visitor, marks) == set()
    if action:
        assert f"{REFUSED}{SAID[f'may.{action}']}." in words(visitor)
    for key in [button.key for button in visitor.button if not button.disabled]:  # none of them wants to write
        again = nobody("example", page, **query).button(key=key).click().run()
        assert not again.exception
        assert not [error for error in again.error if REFUSED in error.value], key
    assert session.inventory().revision == before
    monkeypatch.setitem(ALLOWED, Role.OFFICE, frozenset(Action))
    visitor = app("example", page, **query)
    visitor.session_state["author"] = "Ada Muster"
    assert buttons(visitor.run(), marks) == set(marks)
    assert REFUSED not in words(visitor)


@pytest.mark.parametrize(
    ("page", "query", "gone"),
    [
        ("overlaps", {"case": "i070+i071"}, ("why_i070+i071",)),
        ("trainings", {"view": "plan"}, ("accept_now",)),
        ("priorities", {"item": "p01"}, ("take_back_item", "edit_item")),
    ],
    ids=str,
)
def test_what_nobody_may_is_not_offered(
    nobody: Opened, page: str, query: dict[str, str], gone: tuple[str, ...]
) -> None:
    visitor = nobody("example", page, **query)
    assert not visitor.exception
    assert not set(gone) & {node.key for node in (*visitor.button, *visitor.text_input)}
