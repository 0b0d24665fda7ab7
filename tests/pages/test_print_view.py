"""The view "Zum Drucken" of every page (?print=1): whole plain tables and words, no controls, the same choices."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from esdash.texts import Text
from esdash.ui.gaps.evidence import MOST_ON_PAPER
from esdash.ui.shell import printing
from tests.pages.said import plain, words
from tests.pages.visits import VISITS

# What acts or chooses; paper has only the way back.
CONTROLS = (
    *("button", "download_button", "link_button", "page_link", "popover", "expander", "form", "dialog", "tab"),
    *("selectbox", "multiselect", "button_group", "radio", "checkbox", "slider", "toggle", "file_uploader"),
    *("text_input", "text_area", "number_input", "date_input", "time_input", "arrow_data_frame", "chat_input"),
)
PRINTED = [(page, query) for page, query in VISITS if query.get("print") is None]
NAMES = ["-".join([page, *query.values()]) for page, query in PRINTED]


@pytest.mark.parametrize(("page", "query"), PRINTED, ids=NAMES)
def test_paper_has_no_controls(app: Callable[..., AppTest], page: str, query: dict[str, str]) -> None:
    visitor = app("example", page, **query, print="1")
    assert not visitor.exception, visitor.exception[0].message
    assert controls(visitor) == ["button print_back"]
    screen = app("example", page, **query)
    assert visitor.query_params == screen.query_params | {"print": "1"}  # the same choices


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("initiatives", {"district": "16"}),
        ("entry", {"table": "organization"}),
        ("trainings", {}),
        ("contact_points", {}),
    ],
    ids=str,
)
def test_every_row_of_a_table_is_on_paper(app: Callable[..., AppTest], page: str, query: dict[str, str]) -> None:
    screen, paper = app("example", page, **query), app("example", page, **query, print="1")
    assert len(screen.dataframe) > 0 and not paper.dataframe
    assert [len(table.value) for table in paper.table] == [len(table.value) for table in screen.dataframe]


def test_paper_says_in_words_what_is_chosen(app: Callable[..., AppTest]) -> None:
    said = plain(words(app("example", "initiatives", district="16", weekday="3", q="Lern", print="1")))
    assert "Auswahl: Suche: Lern \N{MIDDLE DOT} Stadtbezirk: Zoberberg \N{MIDDLE DOT} Wochentag: Mittwoch" in said


def test_a_long_table_says_how_many_rows_it_leaves_out(
    app: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "MOST_ROWS", 10)
    visitor = app("example", "initiatives", print="1")
    assert len(visitor.table[0].value) == 10
    assert "Hier stehen die ersten 10 von 119 Zeilen." in words(visitor)


@pytest.mark.parametrize("part", ["ranked", "need", "offers"])
def test_of_the_whole_city_the_largest_gaps_stand_on_paper_and_how_many_are_left_out(
    app: Callable[..., AppTest], part: str
) -> None:
    whole = len(app("example", "gaps", show=part).dataframe[-1].value)
    assert whole > MOST_ON_PAPER
    visitor = app("example", "gaps", show=part, print="1")
    assert len(visitor.table[-1].value) == MOST_ON_PAPER
    assert Text("de")("print.first_rows", shown=MOST_ON_PAPER, n=whole) in words(visitor)


def test_of_a_chosen_district_every_row_stands_on_paper(app: Callable[..., AppTest]) -> None:
    screen = app("example", "gaps", show="need", district_in="16")
    visitor = app("example", "gaps", show="need", district_in="16", print="1")
    assert len(visitor.table[-1].value) == len(screen.dataframe[-1].value) > MOST_ON_PAPER


def test_the_way_to_paper_and_back_keeps_the_choices(app: Callable[..., AppTest]) -> None:
    visitor = app("example", "initiatives", district="16")
    visitor.button(key="print_open").click().run()
    assert visitor.query_params == {"district": "16", "print": "1"}
    visitor.button(key="print_back").click().run()
    assert visitor.query_params == {"district": "16"}
    assert visitor.dataframe and not visitor.table


def controls(visitor: AppTest) -> list[str]:
    """The controls of a page, each with its key or label."""
    found = [node for kind in CONTROLS for node in visitor.get(kind)]
    return [f"{node.type} {getattr(node, 'key', None) or getattr(node, 'label', '')}" for node in found]
