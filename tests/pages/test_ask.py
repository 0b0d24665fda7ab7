"""Als Nächstes fragen: calls in order, letters, visits; answers typed in are saved, confirm, and the next moves up."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from esdash.analysis.questions import questions
from esdash.inventory import editing
from esdash.inventory.access import ALLOWED, Action, Role
from tests.pages import hostile
from tests.pages.conftest import Behind, Care, Opened
from tests.pages.said import asks_for_a_name, plain, table, texts, words
from tests.pages.test_care import press
from tests.people import BEN

SAID = texts("de")


def calls(visitor: AppTest) -> list[str]:
    """The organisations of the calls on the page."""
    keys = [str(button.key) for button in visitor.button]
    return [key.removeprefix("letter_") for key in keys if key.startswith("letter_")]


def field(visitor: AppTest, element: str, name: str, place: int = 0) -> object:
    """The widget of a field in the form for the answers."""
    return [one for one in visitor.get(element) if str(one.key).endswith(f" {name}")][place]


def typing(care: Care, kind: str = "example", author: str = "Ada") -> AppTest:
    """The first call with its form open."""
    visitor = care(kind, author=author, care="ask")
    return press(visitor, f"answer_{calls(visitor)[0]}")


# ---------------------------------------------------------------- what stands there


def test_calls_stand_in_order_of_worth(app: Opened) -> None:
    visitor = app("example", "care", care="ask")
    # o09 and o15 have an offer of unknown target groups and capacity; 210 and 76 needed places hang on them
    assert calls(visitor)[:2] == ["o09", "o15"]
    assert len(calls(visitor)) == 10
    assert "10 Organisationen können Unbekanntes klären" in words(visitor)
    assert "hilft bei 60 Feldern mit 210 gebrauchten Plätzen" in words(visitor)
    assert "Wie viele Menschen können in einer Woche an „Besuchsdienst St. Muster“ teilnehmen?" in words(visitor)
    assert "3 Fragen zu 2 Angeboten" in [expander.label for expander in visitor.expander]


def test_ten_calls_at_first_and_more_on_demand(app: Opened) -> None:
    visitor = app("public", "care", care="ask")
    assert len(calls(visitor)) == 10
    assert visitor.button(key="calls_more").label == "6 weitere zeigen"
    press(visitor, "calls_more")
    assert len(calls(visitor)) == 16
    assert "calls_more" not in [button.key for button in visitor.button]


def test_visits_stand_below_and_lead_to_their_cell(app: Opened) -> None:
    visitor = app("public", "care", care="ask")
    found = table(visitor, "theme", "district", "needed", "known")
    assert found is not None and len(found) == 650
    assert found["needed"].is_monotonic_decreasing
    assert "An 650 Stellen hat noch niemand nachgesehen" in words(visitor)


def test_a_person_without_consent_is_not_named(care: Care, behind: Behind) -> None:
    visitor = care("example", care="ask")
    inventory = behind()
    first = questions.calls(inventory, 1).iloc[0]
    with inventory.change(BEN, Action.EDIT_RECORDS) as change:
        person = {"name": "Ada Zaubermann", "email": "zauber@example.org", "phone": "0340 77"}
        change.update("contact", [{"contact_id": first["contact_id"], **person, "consent_scope": "internal"}])
    visitor.run()
    press(visitor, f"letter_{first['organization_id']}")
    everything = "\n".join([words(visitor), *(element.value for element in visitor.code)])
    assert first["contact_role"] in everything
    assert [value for value in person.values() if value in everything] == []
    with inventory.change(BEN, Action.EDIT_RECORDS) as change:
        change.update("contact", [{"contact_id": first["contact_id"], "consent_scope": "public"}])
    visitor.run()
    press(visitor, f"letter_{first['organization_id']}")
    assert "Ada Zaubermann" in words(visitor)
    assert visitor.code[0].value == "zauber@example.org"
    assert visitor.code[2].value.startswith("Guten Tag Ada Zaubermann,")


@pytest.mark.parametrize(("kind", "said"), [("empty", "ask.empty"), ("one", "ask.heading_one")])
def test_with_little_or_nothing_it_says_what_to_do(app: Opened, kind: str, said: str) -> None:
    visitor = app(kind, "care", care="ask")
    assert plain(SAID[said].format(n=1)) in words(visitor)
    assert len(calls(visitor)) == (kind == "one")
    assert table(visitor, "theme", "district", "needed") is not None


def test_a_link_to_a_call_opens_its_form_and_one_to_nothing_says_so(app: Opened) -> None:
    last = calls(press(app("public", "care", care="ask"), "calls_more"))[-1]
    visitor = app("public", "care", care="ask", call=last)
    assert len(calls(visitor)) == 16 and visitor.button(key="answers_save")
    visitor = app("public", "care", care="ask", call="![x](https://remote.test)")
    assert [info.value for info in visitor.info] == [SAID["ask.gone"]]
    assert "call" not in visitor.query_params


def test_a_hostile_call_can_be_answered(care: Care, behind: Behind) -> None:
    visitor = typing(care, "hostile")
    field(visitor, "number_input", "capacity").set_value(3).run()
    press(visitor, "answers_save")
    assert hostile.HIDDEN not in words(visitor)
    assert behind().value("SELECT count(*) FROM initiative WHERE assured_by = 'Ada'") == 1


# ---------------------------------------------------------------- answering


def test_answers_are_saved_with_their_source_and_the_next_call_moves_up(care: Care, behind: Behind) -> None:
    visitor = typing(care)
    assert visitor.query_params["call"] == "o09"
    before = calls(visitor)
    asked = [
        one.key.rsplit(" ", 1)[-1]
        for kind in ("number_input", "multiselect", "selectbox")
        for one in visitor.get(kind)
        if one.label != SAID["word.open_row"]  # of the table of the cells to visit
    ]
    assert sorted(asked) == ["capacity", "capacity", "target_group_ids"]  # only what is unknown
    field(visitor, "number_input", "capacity", 0).set_value(15).run()
    field(visitor, "number_input", "capacity", 1).set_value(4).run()
    field(visitor, "multiselect", "target_group_ids").set_value(["adults"]).run()
    visitor.text_input(key="source_o09").set_value("Gespräch im Büro").run()
    press(visitor, "answers_save")
    assert calls(visitor) == before[1:]
    assert "call" not in visitor.query_params
    assert "Gespeichert: Antworten zu 2 Angeboten" in words(visitor)
    saved = behind().rows("FROM initiative WHERE initiative_id IN ('i036', 'i056') ORDER BY 1")
    assert [(row["capacity"], row["assured_by"]) for row in saved] == [(15, "Ada"), (4, "Ada")]
    assert saved[0]["target_group_ids"] == ["adults"]
    assert all(row["source"].endswith("Gespräch im Büro") for row in saved)
    assert {f"{row['assured_on']:%Y-%m-%d}" for row in saved} == {"2026-11-22"}


def test_asked_and_nobody_knows_moves_the_call_down(care: Care, behind: Behind) -> None:
    visitor = typing(care)
    before = calls(visitor)
    press(visitor, "answers_nobody")
    assert calls(visitor) == [*before[1:], before[0]]
    assert "am 22.11.2026 gefragt, niemand weiß es" in words(visitor)
    saved = behind().rows("FROM initiative WHERE asked_on IS NOT NULL ORDER BY 1")
    assert [row["initiative_id"] for row in saved] == ["i036", "i056"]
    assert not any(row["assured_by"] == "Ada" for row in saved)


def test_one_answer_leaves_the_other_questions(care: Care, behind: Behind) -> None:
    visitor = typing(care)
    field(visitor, "number_input", "capacity", 0).set_value(15).run()
    press(visitor, "answers_save")
    assert "2 Fragen zu 2 Angeboten" in [expander.label for expander in visitor.expander]
    assert behind().value("SELECT assured_by FROM initiative WHERE initiative_id = 'i056'") != "Ada"


def test_nothing_typed_is_lost_without_a_name_nor_by_a_fault(care: Care, behind: Behind) -> None:
    visitor = typing(care, author="")
    field(visitor, "number_input", "capacity", 0).set_value(15).run()
    press(visitor, "answers_save")
    assert asks_for_a_name(visitor)
    assert field(visitor, "number_input", "capacity", 0).value == 15
    visitor.session_state["author"] = "Ada"
    field(visitor, "number_input", "capacity", 1).set_value(3_000_000_000).run()
    press(visitor, "answers_save")
    assert SAID["answers.faulty"] in [plain(error.value) for error in visitor.error]
    assert behind().value("SELECT count(*) FROM initiative WHERE assured_by = 'Ada'") == 0
    assert field(visitor, "number_input", "capacity", 0).value == 15
    press(visitor, "answers_close")
    assert "answers_save" not in [button.key for button in visitor.button]
    press(visitor, "answer_o09")
    assert field(visitor, "number_input", "capacity", 0).value == 15
    field(visitor, "number_input", "capacity", 1).set_value(4).run()
    press(visitor, "answers_save")
    assert behind().value("SELECT count(*) FROM initiative WHERE assured_by = 'Ada'") == 2


def test_nothing_typed_saves_nothing(care: Care, behind: Behind) -> None:
    visitor = press(typing(care), "answers_save")
    assert [warning.value for warning in visitor.warning] == [SAID["answers.nothing"]]
    assert behind().value("SELECT count(*) FROM initiative WHERE assured_by = 'Ada'") == 0


def test_another_answer_meanwhile_is_shown_before_it_is_replaced(care: Care, behind: Behind) -> None:
    visitor = typing(care)
    field(visitor, "number_input", "capacity", 0).set_value(15).run()
    inventory = behind()
    draft = editing.draft(inventory, "initiative", "i036")
    entries = {"initiative_id": "i036", "capacity": 20, "cost": "frei"}
    editing.save(inventory, "initiative", entries, draft.version, BEN, None, editing.new_key())
    press(visitor, "answers_save")
    assert any("jemand anderes eingetragen: 20" in plain(warning.value) for warning in visitor.warning)
    assert inventory.value("SELECT capacity FROM initiative WHERE initiative_id = 'i036'") == 20
    press(visitor, "answers_save")
    (row,) = inventory.rows("FROM initiative WHERE initiative_id = 'i036'")
    assert (row["capacity"], row["cost"], row["assured_by"]) == (15, "frei", "Ada")


@pytest.mark.parametrize("missing", [Action.EDIT_RECORDS, Action.CONFIRM])
def test_who_may_not_answer_is_offered_no_form(app: Opened, missing: Action, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ALLOWED, Role.OFFICE, frozenset(Action) - {missing})
    visitor = app("example", "care", care="ask", call="o09")
    keys = {str(button.key) for button in visitor.button}
    assert not [key for key in keys if key.startswith(("answer_", "answers_"))]
    assert "Das darf zurzeit niemand" in words(visitor)
    assert len(calls(visitor)) == 10


# ---------------------------------------------------------------- on Weiße Flecken


def test_white_spots_name_the_first_call(app: Opened) -> None:
    said = "Als Nächstes fragen: Beispiel-Kirchengemeinde St. Muster, hilft bei 60 Feldern mit 210 gebrauchten Plätzen"
    assert said in words(app("example", "gaps"))
    assert "Als Nächstes fragen" not in words(app("example", "gaps", on="2026-10-01"))  # that day cannot be asked
    assert "Als Nächstes fragen" not in words(app("empty", "gaps"))
