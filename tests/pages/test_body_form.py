"""The form for a group that meets, as a person uses it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory.steering import bodies
from tests.pages.conftest import TIMEOUT, Behind, Opened
from tests.pages.said import told

pytestmark = pytest.mark.writes


def form() -> None:
    from esdash.ui.shell import messages, session
    from esdash.ui.widgets import body
    from esdash.wording.names import names_of

    text, inventory = session.text(), session.inventory()
    names = names_of(inventory, text)
    messages.show()
    for one in body.bodies.bodies(inventory):
        body.button(inventory, text, names, one)
    if not body.bodies.bodies(inventory):
        body.missing(inventory, text, names)


@pytest.fixture
def visitor(named: Opened) -> AppTest:
    named("overview", "public")  # the inventory of this test
    visitor = AppTest.from_function(form, default_timeout=TIMEOUT)
    visitor.session_state["author"] = "Ada"
    return visitor.run()


def test_a_group_is_entered_in_the_dialog_and_changed(visitor: AppTest, behind: Behind) -> None:
    assert visitor.info[0].value.startswith("Es ist noch keine Gruppe eingetragen.")
    visitor.button("body_open_new").click().run()
    visitor.text_input("body_new_name").set_value("Steuerungsgruppe")
    visitor.text_input("body_new_short").set_value("SG")
    offered = visitor.multiselect("body_new_seats").options
    visitor.button("body_new_save").click().run()
    assert visitor.error[0].value.startswith("Eine Gruppe hat mindestens 2 Sitze.")
    visitor.button("body_open_new").click().run()  # in the browser the dialog stays open with the error
    visitor.text_input("body_new_name").set_value("Steuerungsgruppe")
    visitor.text_input("body_new_short").set_value("SG")
    visitor.multiselect("body_new_seats").select(offered[0]).select(offered[1])
    visitor.button("body_new_save").click().run()
    (found,) = bodies.bodies(behind())
    assert (found.name, found.short_name, len(found.seat_organization_ids)) == ("Steuerungsgruppe", "SG", 2)
    assert "Die Gruppe „Steuerungsgruppe“ ist gespeichert." in told(visitor)
    visitor.button(f"body_open_{found.body_id}").click().run()
    visitor.number_input(f"body_{found.body_id}_quorum").set_value(2)
    visitor.button(f"body_{found.body_id}_save").click().run()
    assert [one.quorum for one in bodies.bodies(behind())] == [2]
