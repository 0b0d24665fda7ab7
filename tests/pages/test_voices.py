"""Stimmen around one laptop: opening a round, one seat after the other, closing; what nobody sees before."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from streamlit.testing.v1 import AppTest

from esdash.analysis import voices as results
from esdash.analysis.priorities import items
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.inventory.steering import bodies, voices
from tests.pages.conftest import Behind, Opened
from tests.pages.said import words as said
from tests.pages.test_every_page import assert_nothing_comes_alive
from tests.people import BEA, TEST

pytestmark = pytest.mark.writes
PART = {"priorities": "voices"}
SECRET = "Zwölfmal Zauberwald"  # a reason that must not appear anywhere


@pytest.fixture
def visitor(named: Opened) -> AppTest:
    return named("priorities", "example", **PART)


def opened(inventory: Inventory, seats: int = 5, **more: object) -> tuple[str, list[str], list[str]]:
    """A round of dots over the first four items of the example's list, among the first seats of its group."""
    group = bodies.bodies(inventory)[0]
    chosen = items.on_list(inventory)["priority_item_id"].astype(str).tolist()[:4]
    of = list(group.seat_organization_ids[:seats])
    given = {"dots": 4, "most_per_item": 3, "body_id": group.body_id, **more}
    return voices.open_round(inventory, BEA, "Was eilt am meisten?", chosen, of, **given), chosen, of  # type: ignore[arg-type]


def everything(visitor: AppTest) -> str:
    """All that a browser gets of the page: every element with every field, as Streamlit sends it."""
    return "\n".join(str(node.proto) for node in visitor._tree if hasattr(node, "proto") and node.proto is not None)


def press(visitor: AppTest, key: str) -> AppTest:
    found = [button for button in visitor.button if str(button.key).startswith(key)]
    assert found, key
    return found[0].click().run()


def choose(visitor: AppTest, seat: str) -> AppTest:
    """Let a seat come to the laptop."""
    (field,) = [box for box in visitor.selectbox if str(box.key).startswith("voice_next")]
    field.set_value(seat).run()
    (go,) = [button for button in visitor.button if str(button.key).endswith("_go")]
    go.click().run()
    return press(visitor, "voice_begin")


def give(visitor: AppTest, points: Sequence[int], reason: str = "") -> AppTest:
    """Fill in the booth."""
    fields = [one for one in visitor.segmented_control if str(one.key).startswith("voice_given")]
    assert len(fields) == len(points)
    for field, value in zip(fields, points, strict=True):
        field.set_value(value)
    if reason:
        next(one for one in visitor.text_input if str(one.key).startswith("voice_given")).set_value(reason)
    return visitor.run()


# ---------------------------------------------------------------- the way


def test_a_round_from_opening_to_its_result(visitor: AppTest, behind: Behind) -> None:
    visitor.radio("voice_start_method").set_value("points").run()
    visitor.radio("voice_start_names_False").set_value(True).run()
    listed = items.on_list(behind())["priority_item_id"].astype(str).tolist()
    visitor.multiselect("voice_start_items").set_value(listed[:3]).run()
    press(visitor, "voice_start")
    (found, *_) = voices.rounds(behind())
    assert (found.state, found.method, found.most_per_item, found.names_shown) == ("open", "points", 5, True)
    assert (found.item_ids, found.seats) == (tuple(listed[:3]), bodies.bodies(behind())[0].seat_organization_ids)
    first, second, *_ = found.seats
    choose(visitor, first)
    assert "zeigt keine Seite und keine Datei, was ein Sitz gibt" in said(visitor)  # before the first dot
    assert "Danach sehen alle, wer was gegeben hat" in said(visitor)
    give(visitor, [5, 0, 3], "sehr gefragt")
    press(visitor, "voice_hand_in")
    press(visitor, "voice_go_on")
    assert "1 von 7 Sitzen hat abgegeben." in said(visitor)
    choose(visitor, second)
    give(visitor, [1, 4, 3])
    press(visitor, "voice_hand_in")
    press(visitor, "voice_go_on")
    press(visitor, "voice_close")
    assert "Bestätigen Sie, dass die Runde ohne die fehlenden Sitze geschlossen wird." in said(visitor)
    (confirm,) = [box for box in visitor.checkbox if str(box.key).startswith("voice_close")]
    confirm.check().run()
    press(visitor, "voice_close")
    (closed,) = [one for one in voices.rounds(behind()) if one.voice_round_id == found.voice_round_id]
    assert (closed.state, closed.handed_in, len(closed.missing)) == ("closed", tuple(sorted((first, second))), 5)
    result = results.latest(behind()).set_index("priority_item_id")
    assert [result.loc[item, "median"] for item in listed[:3]] == [3.0, 2.0, 3.0]
    assert result["rank"].to_dict() == {listed[0]: 1, listed[2]: 1, listed[1]: 3}  # the same median and mean
    assert "2 von 7 Sitzen haben abgegeben. Vorn liegen gleichauf 2 Prioritäten mit 3 von 5 Punkten" in said(visitor)
    assert "sehr gefragt" in said(visitor)


def test_a_wrong_total_is_refused_and_nothing_typed_is_lost(visitor: AppTest, behind: Behind) -> None:
    key, _, seats = opened(behind())
    choose(visitor.run(), seats[0])
    give(visitor, [3, 2, 0, 0])
    assert "Vergeben: 5 von 4 Punkten, das sind 1 zu viel." in said(visitor)
    press(visitor, "voice_hand_in")
    assert "Vergeben sind 5 Punkte, zu vergeben sind genau 4." in said(visitor)
    assert [one.value for one in visitor.segmented_control if str(one.key).startswith("voice_given")] == [3, 2, 0, 0]
    assert behind().rows("FROM inventory.open_voice") == []
    assert voices.rounds(behind())[0].voice_round_id == key


def test_an_item_asks_the_seat_that_it_names_and_no_other(visitor: AppTest, behind: Behind) -> None:
    _, chosen, seats = opened(behind(), 7)
    named = results.named(behind(), chosen)
    choose(visitor.run(), seats[0])
    for seat in seats:
        expected = sum(seat in named.get(item, ()) for item in chosen)
        assert said(visitor).count("Diese Priorität betrifft Ihre Organisation") == expected, seat
        press(visitor, "voice_cancel")
        choose(visitor, seats[(seats.index(seat) + 1) % len(seats)])
    assert any(seat in ids for ids in named.values() for seat in seats), "the example names no seat"


def test_the_result_is_that_of_the_chosen_round_and_else_of_the_last(visitor: AppTest, behind: Behind) -> None:
    def closed(question: str) -> str:
        chosen = items.on_list(behind())["priority_item_id"].astype(str).tolist()[:2]
        seats = bodies.bodies(behind())[0].seat_organization_ids[:2]
        key = voices.open_round(behind(), BEA, question, chosen, seats, "points", names_shown=True)
        voices.hand_in(behind(), BEA, key, seats[0], dict.fromkeys(chosen, 2))
        voices.close_round(behind(), BEA, key, {}, seats)
        return key

    def shown() -> str:
        return str(next(one.value for one in visitor.subheader))

    (first,) = [one.voice_round_id for one in voices.rounds(behind())]
    closed("Zweite Runde")
    assert shown() != "Zweite Runde"  # the page is as it was drawn
    visitor.run()
    assert shown() == "Zweite Runde"
    (choice,) = [box for box in visitor.selectbox if box.key == "priorities.round"]
    choice.set_value(first).run()
    assert shown() == voices.rounds(behind())[-1].question
    assert visitor.query_params["round"] in (first, [first])
    closed("Dritte Runde")
    visitor.run()
    assert shown() == "Dritte Runde"


def test_what_people_typed_is_never_read_as_markup(visitor: AppTest, behind: Behind) -> None:
    hostile = "![x](http://evil.example/x.png) **fett** :red[rot]"
    chosen = items.on_list(behind())["priority_item_id"].astype(str).tolist()[:3]
    group = bodies.bodies(behind())[0]
    seats = group.seat_organization_ids[:4]
    with behind().change(TEST, Action.EDIT_ITEM) as change:
        change.update("priority_item", [{"priority_item_id": chosen[0], "title": hostile}])
        change.update("organization", [{"organization_id": seats[0], "name": hostile}])
    key = voices.open_round(behind(), BEA, hostile, chosen, seats, "points", None, 5, True, group.body_id)
    assert_nothing_comes_alive(visitor.run())
    choose(visitor, seats[0])
    assert_nothing_comes_alive(visitor)
    for seat in seats:
        voices.hand_in(behind(), BEA, key, seat, dict(zip(chosen, (0, 5, 2), strict=True)), {chosen[0]: hostile})
    voices.close_round(behind(), BEA, key, {chosen[0]: seats[:2]})
    assert_nothing_comes_alive(visitor.run())
    assert hostile in said(visitor)  # read as it was typed


# ---------------------------------------------------------------- the next one sees nothing


def test_the_booth_holds_one_seat_and_leaves_nothing(visitor: AppTest, behind: Behind) -> None:
    _, chosen, (first, second, *_) = opened(behind())
    choose(visitor.run(), first)
    assert [box.label for box in visitor.selectbox if str(box.key).startswith("voice")] == []  # only the booth
    assert all(field.proto.autocomplete == "off" for field in visitor.text_input if "voice_given" in str(field.key))
    give(visitor, [3, 1, 0, 0], SECRET)
    used = {widget.key for widget in [*visitor.segmented_control, *visitor.text_input]} - {None}
    ids = {str(one.proto.id) for one in visitor.segmented_control}
    press(visitor, "voice_hand_in")
    assert "Die Seite ist leer, der nächste Sitz kann abgeben." in said(visitor)
    state = visitor.session_state._state.filtered_state
    assert not [key for key in state if str(key).startswith("voice_given")]
    assert SECRET not in everything(visitor) and SECRET not in str(state)
    press(visitor, "voice_go_on")
    assert SECRET not in everything(visitor) and SECRET not in str(visitor.session_state._state.filtered_state)
    choose(visitor, second)
    assert [one.value for one in visitor.segmented_control if "voice_given" in str(one.key)] == [0, 0, 0, 0]
    assert all(one.value == "" for one in visitor.text_input if "voice_given" in str(one.key))
    again = {
        widget.key for widget in [*visitor.segmented_control, *visitor.text_input] if "voice_given" in str(widget.key)
    }
    assert used.isdisjoint(again)  # the browser knows other fields: it brings nothing back
    assert ids.isdisjoint({str(one.proto.id) for one in visitor.segmented_control if "voice_given" in str(one.key)})
    assert SECRET not in everything(visitor)
    press(visitor, "voice_cancel")
    choose(visitor, first)  # the same seat again: what it gave is not shown either
    assert [one.value for one in visitor.segmented_control if "voice_given" in str(one.key)] == [0, 0, 0, 0]
    assert SECRET not in everything(visitor)
    assert dict(visitor.query_params) == PART
    assert len(behind().rows("FROM inventory.open_voice")) == len(chosen)


def test_a_round_that_somebody_closed_empties_the_booth(visitor: AppTest, behind: Behind) -> None:
    key, chosen, seats = opened(behind(), names_shown=True)
    choose(visitor.run(), seats[0])
    give(visitor, [2, 2, 0, 0])
    voices.hand_in(behind(), BEA, key, seats[1], {chosen[0]: 3, chosen[1]: 1})
    voices.close_round(behind(), BEA, key, {}, seats)
    press(visitor, "voice_hand_in")
    assert "Von diesem Sitz wurde nichts mehr abgegeben." in said(visitor)
    assert not [one for one in visitor.segmented_control if str(one.key).startswith("voice_given")]
    assert len(results.latest(behind())) == 4 and set(results.latest(behind())["n"]) == {1}


# ---------------------------------------------------------------- beside the computation


def test_the_office_says_why_an_item_is_seen_elsewhere(visitor: AppTest, behind: Behind) -> None:
    """The votes turn the computed order of six items around; the sentence has a reason beside it."""
    group, listed = bodies.bodies(behind())[0], items.on_list(behind())
    chosen = listed.dropna(subset=["priority"])["priority_item_id"].astype(str).tolist()[:6]
    seats = group.seat_organization_ids[:4]
    key = voices.open_round(behind(), BEA, "Was eilt?", chosen, seats, "points", None, 5, body_id=group.body_id)
    for seat in seats:
        voices.hand_in(behind(), BEA, key, seat, {item: place for place, item in enumerate(chosen)})
    voices.close_round(behind(), BEA, key, {})
    found = results.compared(results.latest(behind()), listed).set_index("priority_item_id")
    assert found.loc[chosen[0], "voiced"] == 6
    visitor.run()
    sentence = f"Nach Berechnung Platz {found.loc[chosen[0], 'computed']}, nach Stimmen Platz 6: "
    assert sentence in said(visitor)
    field = next(one for one in visitor.text_input if str(one.key).startswith(f"voice_why_{chosen[0]}"))
    field.set_value("Das Haus schließt im März.").run()
    visitor.button(f"voice_why_{chosen[0]}").click().run()
    stored = "SELECT score_reason FROM inventory.priority_item WHERE priority_item_id = $id"
    assert behind().value(stored, id=chosen[0]) == "Das Haus schließt im März."
    assert json.loads(behind().value("SELECT after FROM change_log ORDER BY change_id DESC LIMIT 1"))["score_reason"]
