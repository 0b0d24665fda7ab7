"""The state of pages: no two pages share a field, and what a field takes from a link and gives back to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory import Inventory
from esdash.ui.actors.choice import Actors
from esdash.ui.changes.choice import Changes
from esdash.ui.contact_points.choice import ContactPoints
from esdash.ui.contact_points.finder import FinderState
from esdash.ui.contact_points.listed import Points
from esdash.ui.contact_points.print_state import Prints
from esdash.ui.contact_points.text_state import Texts
from esdash.ui.contact_points.volunteers import VolunteersState
from esdash.ui.entry.state import Entry
from esdash.ui.gaps.state import Gaps
from esdash.ui.imports.choice import Imports
from esdash.ui.initiatives.offers import Initiatives
from esdash.ui.maintenance.choice import Care
from esdash.ui.measures.choice import Measures
from esdash.ui.measures.money_state import Money
from esdash.ui.meetings.choice import Meetings
from esdash.ui.method.choice import Method
from esdash.ui.overlaps.choice import Overlaps
from esdash.ui.overview.since import Overview
from esdash.ui.priorities.choice import Priorities
from esdash.ui.shell.state import Day, Days, Field, LookBack, Many, Maybe, OneOf, PageState, Visit, Weight, Words
from esdash.ui.trainings.choice import Trainings
from esdash.ui.widgets import files
from esdash.ui.workshops.choice import Workshops

PAGES = (
    *(Meetings, Workshops, ContactPoints, Points, FinderState, VolunteersState, Prints, Texts),
    *(Overview, Initiatives, Trainings, Gaps, Overlaps, Priorities, Measures, Money),
    *(Actors, Entry, Imports, Care, Changes, Method, Visit, LookBack),
)


def every(state: type[PageState] = PageState) -> Iterator[type[PageState]]:
    for page in state.__subclasses__():
        yield page
        yield from every(page)


def test_no_two_pages_share_a_field_in_the_session() -> None:
    assert {page for page in every() if page.__module__.startswith("esdash")} == set(PAGES)
    keys = [field.key for page in PAGES for field in page.fields()]
    assert len(keys) == len(set(keys))
    assert all(field.key == f"{page.page}.{field.link}" for page in PAGES for field in page.fields())


def test_the_links_keep_the_names_that_people_have_saved() -> None:
    names = {page.page: {field.link for field in page.fields()} for page in PAGES}
    facets = {"theme", "target_group", "district", "language", "weekday", "organization", "status", "freshness"}
    assert names["initiatives"] >= facets | {"q", "wanted", "view", "id"}
    assert names["gaps"] == {
        *("measure", "rows", "group", "theme_in", "district_in", "order", "view", "beside", "files", "offer", "show"),
        *("when", "spoken", "access", "versus", "suppose", "figures"),
    }
    assert names["trainings"] == {
        *("trainings", "module", "provider", "plan", "days", "km", "price", "pin", "ban", "merge"),
    }
    assert names["care"] == {"care", "todo", "stale", "doubles", "pair", "joining", "call"}
    assert names["overlaps"] == {"overlaps", "case", "around"}
    assert names["entry"] >= {"table", "id", "new", "edit", "search", "state", "light", "organization", "course"}
    assert names["visit"] == {"lang"} and names["look back"] == {"on"}


@pytest.mark.parametrize(
    ("field", "words", "value", "refused", "written"),
    [
        (OneOf(("a", "b")), ["b"], "b", [], ["b"]),
        (OneOf(("a", "b")), ["a"], "a", [], []),  # as without a choice
        (OneOf(("a", "b"), default="b"), [], "b", [], []),
        (OneOf(("a", "b")), ["c"], "a", ["c"], []),
        (Maybe(("a", "b")), ["b", "a"], "b", [], ["b"]),
        (Maybe(("a", "b")), [], None, [], []),
        (Many(("a", "b", "c")), ["c", "x", "a", "c"], ["c", "a"], ["x"], ["c", "a"]),
        (Words(), ["Müller & Co"], "Müller & Co", [], ["Müller & Co"]),
        (Weight(100), ["12.6"], 13, [], ["13"]),
        (Weight(100), ["101"], 100, ["101"], []),
        (Weight(100), ["nan"], 100, ["nan"], []),
        (Weight(100), ["1e999"], 100, ["1e999"], []),
        (Weight(100), ["0"], 0, [], ["0"]),
        (Day(), ["2026-05-01"], date(2026, 5, 1), [], ["2026-05-01"]),
        (Day(), ["31.05.2026"], None, ["31.05.2026"], []),
    ],
)
def test_a_field_and_its_link(
    field: Field[Any], words: list[str], value: Any, refused: list[str], written: list[str]
) -> None:
    assert field.read(words, field.options, field.default) == (value, refused)
    assert field.write(value, field.default) == written


def test_days_of_a_span() -> None:
    span = Days(date(2026, 1, 1), date(2026, 1, 31), "other")
    assert [day in span for day in ("2026-01-01", "2026-01-31", date(2026, 1, 15), "other")] == [True] * 4
    assert [day in span for day in ("2025-12-31", "2026-02-01", "2026-01-32", "", None)] == [False] * 5


def test_the_map_of_one_page_leaves_the_switch_of_another_alone(app: Callable[..., AppTest]) -> None:
    """Both pages have a switch called view in the link; in the session they once shared it."""
    visitor = app("example", "gaps")
    assert visitor.button_group(key="gaps.view").value == "matrix"
    visitor.query_params.clear()
    visitor.switch_page("pages/initiatives.py").run()
    visitor.button_group(key="initiatives.view").set_value("map").run()
    visitor.query_params.clear()  # what the navigation of Streamlit does
    visitor.switch_page("pages/gaps.py").run()
    assert not visitor.exception
    assert visitor.button_group(key="gaps.view").value == "matrix"
    assert visitor.button_group(key="gaps.order").value == "severity"  # what the page begins with


def test_a_page_that_ends_early_keeps_what_was_just_chosen(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "initiatives", id="i101", status="active")
    visitor.run()
    visitor.button[0].click().run()
    assert visitor.multiselect(key="initiatives.status").value == ["active"]
    assert dict(visitor.query_params) == {"status": "active"} or dict(visitor.query_params) == {"status": ["active"]}


def test_what_waits_for_a_click_on_a_file_asks_again(
    app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit keeps it longer than the page: it must hold no inventory, and give what the page showed."""
    waiting: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr(files, "_button", lambda label, data, name, key: waiting.__setitem__(name, data))
    app("example", "initiatives", on="2026-03-01")
    app("example", "gaps", on="2026-03-01", district_in="16")
    assert {name.rpartition(".")[2] for name in waiting} == {"xlsx", "csv", "pdf"}
    assert all("2026-03-01" in name for name in waiting)
    for data in waiting.values():
        pieces = [*data.args, *(cell for piece in data.args for cell in getattr(piece, "__closure__", None) or ())]  # type: ignore[attr-defined]
        held = [getattr(piece, "cell_contents", piece) for piece in pieces]
        assert not any(isinstance(piece, Inventory) for piece in held)
    text = waiting["esdash-initiatives-2026-03-01.csv"]().decode("utf-8-sig")
    assert "01.03.2026" in text


def test_the_way_back_from_a_record_leads_to_the_list_as_it_was(app: Callable[..., AppTest]) -> None:
    """The fields of the list were drawn, then not, then again: Streamlit forgets a widget that was not drawn."""
    visitor = app("example", "initiatives", q="lern", status="active")
    visitor.button_group(key="initiatives.view").set_value("cards").run()
    visitor.query_params["id"] = "i101"
    visitor.run()
    assert not visitor.multiselect
    visitor.button[0].click().run()
    assert not visitor.exception and not visitor.error
    assert visitor.text_input(key="initiatives.q").value == "lern"
    assert visitor.multiselect(key="initiatives.status").value == ["active"]
    assert visitor.button_group(key="initiatives.view").value == "cards"
    assert set(visitor.query_params) == {"q", "status", "view"}


@pytest.mark.parametrize(
    ("kind", "page", "link"),
    [
        ("public", "overlaps", {"case": "zz"}),
        ("public", "care", {"pair": "initiative|zz|zz"}),
        ("public", "care", {"call": "zz"}),
    ],
)
def test_what_a_link_names_and_is_not_there_is_said(
    kind: str, page: str, link: dict[str, str], app: Callable[..., AppTest]
) -> None:
    visitor = app(kind, page, **link)
    assert not visitor.exception
    (value,) = link.values()
    said = [*visitor.warning, *visitor.info]
    assert any("zz" in one.value for one in said), (value, said)
    assert set(link) & set(visitor.query_params) == set()
