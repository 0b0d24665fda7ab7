"""Anlaufstellen, part Drucksachen: before printing, entering a print, and the register."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory.access import Action
from tests.pages.conftest import Behind
from tests.pages.said import plain, texts, words
from tests.people import ADA

SAID = texts("de")
Opened = Callable[..., AppTest]


@pytest.fixture
def page(named: Opened) -> Opened:
    return partial(named, "contact_points", contact_points="print")


def press(visitor: AppTest, label: str) -> AppTest:
    found = [button for button in visitor.button if button.label == label]
    assert found, (label, [button.label for button in visitor.button])
    found[0].click().run()
    assert not visitor.exception, visitor.exception[0].message
    return visitor


def field(visitor: AppTest, label: str) -> Any:
    kinds = (visitor.text_input, visitor.number_input, visitor.multiselect, visitor.date_input)
    return next(widget for kind in kinds for widget in kind if widget.label == label)


@pytest.mark.parametrize("kind", ["empty", "public", "hostile", "example"])
@pytest.mark.parametrize(
    "query",
    [
        {"paper": "flyer", "fold": "office"},
        {"paper": "wall_list", "for": "newcomers", "paper_language": "ar"},
        {"prints": "register", "run": "<script>"},
        {"paper": "![x](https://remote.test)", "paper_language": "xx"},
    ],
)
def test_every_inventory_says_what_can_be_printed(app: Opened, kind: str, query: dict[str, str]) -> None:
    visitor = app(kind, "contact_points", contact_points="print", **query)
    assert not visitor.exception


def test_what_is_on_it_and_what_is_not_add_up(app: Opened) -> None:
    visitor = app("example", "contact_points", contact_points="print")
    heads = [head.value for head in visitor.subheader]
    on, off = (next(head for head in heads if head.startswith(words_of)) for words_of in ("Auf dem", "Nicht auf"))
    shown, missing = (int(head.rpartition("(")[2].rstrip(")")) for head in (on, off))
    assert f"heute {shown} von {shown + missing} Anlaufstellen" in plain(words(visitor)).replace("**", "")


def test_nothing_is_printed_of_a_past_day(app: Opened) -> None:
    visitor = app("example", "contact_points", contact_points="print", on="2026-10-01")
    said = words(visitor)
    assert "Vom 01.10.2026 wird nichts gedruckt" in said and SAID["prints.download"] not in said
    assert not [button for button in visitor.button if button.label == SAID["prints.save"]]
    assert not visitor.exception and len(visitor.subheader) == 0


def test_a_print_is_entered_with_its_places(page: Opened, behind: Behind) -> None:
    visitor = page(paper="contact_list")
    field(visitor, SAID["prints.copies"]).set_value(100).run()
    field(visitor, SAID["prints.where"]).set_value(["l01", "l02"]).run()  # two in the inventory
    at = [widget for widget in visitor.number_input if widget.label.startswith("Exemplare: ")]
    assert len(at) == 2
    at[0].set_value(60).run()
    field(visitor, SAID["prints.elsewhere"]).set_value("Theke; <b>Bibliothek</b>; ").run()
    assert len([one for one in visitor.number_input if one.label.startswith("Exemplare: ")]) == 4
    assert "60 von 100 Exemplaren liegen an Orten, 40 im Büro." in plain(words(visitor))
    press(visitor, SAID["prints.save"])
    assert SAID["error.print_needs_function"] in words(visitor)
    field(visitor, SAID["prints.printed_by"]).set_value("Projektbüro")
    press(visitor, SAID["prints.save"])
    row = behind().rows("FROM print_run WHERE printed_by = 'Projektbüro' ORDER BY printed_on DESC LIMIT 1")[0]
    assert (row["kind"], row["copies"]) == ("contact_list", 100)
    assert [line["copies"] for line in json.loads(row["laid_out"])] == [60]
    assert visitor.query_params["prints"] == "register"
    assert "Alle" in plain(words(visitor)) and SAID["prints.state_same"] in str(visitor.dataframe[0].value)


def test_revoked_today_is_named_and_collected(page: Opened, behind: Behind) -> None:
    visitor = page(paper="contact_list")
    field(visitor, SAID["prints.printed_by"]).set_value("Projektbüro")
    press(visitor, SAID["prints.save"])
    key = visitor.query_params["run"]
    row = behind().rows("FROM print_run WHERE print_run_id = $key", key=key)[0]
    contact = next(line["contact_id"] for line in json.loads(row["printed"]) if line["contact_id"])
    with behind().change(ADA, Action.EDIT_RECORDS) as change:
        change.update("contact", [{"contact_id": contact, "consent_scope": "internal"}])
    visitor = page(prints="register", run=key)
    said = plain(words(visitor))
    assert "wurde 1 widerrufen" in said and SAID["prints.still_in_office"] in said
    assert SAID["prints.standing_false"] in said
    press(visitor, SAID["prints.collect_now"])
    assert behind().value("SELECT collected_on FROM print_run WHERE print_run_id = $key", key=key) is not None
    press(visitor, SAID["prints.lie_again"])
    press(visitor, SAID["prints.take_back_now"])
    assert behind().value("SELECT count(*) FROM print_run WHERE print_run_id = $key", key=key) == 0


def test_a_contact_point_says_where_it_still_lies_printed(app: Opened) -> None:
    visitor = app("example", "contact_points", id="p17")
    assert SAID["prints.stands_on_one"] in words(visitor)
    labels = [button.label for button in visitor.button]
    assert any("Faltblatt für Ehrenamtliche, Deutsch, vom 04" in plain(label) for label in labels)


def test_datenpflege_says_which_copies_to_collect(app: Opened) -> None:
    said = plain(words(app("example", "care")))
    assert "Faltblatt für Ehrenamtliche, Deutsch, vom 04.06.2026" in said
    assert "Auslage im Bürgerbüro: 120" in said
