"""The view "Zum Drucken" of every page (?print=1): whole plain tables and words, no controls, the same choices."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

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


def controls(visitor: AppTest) -> list[str]:
    """The controls of a page, each with its key or label."""
    found = [node for kind in CONTROLS for node in visitor.get(kind)]
    return [f"{node.type} {getattr(node, 'key', None) or getattr(node, 'label', '')}" for node in found]
