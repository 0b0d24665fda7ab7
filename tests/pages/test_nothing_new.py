"""A click that asks nothing new is answered without a query: what a page shows is worked out once per change."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory import Inventory
from esdash.ui.shell.navigation import PAGES

Opened = Callable[..., AppTest]

# Parts of pages that have a link of their own.
PARTS = [
    *((page, {}) for page in PAGES),
    ("initiatives", {"view": "map"}),
    ("initiatives", {"q": "deutsch"}),
    ("initiatives", {"view": "organizations"}),
    ("trainings", {"trainings": "modules"}),
    ("gaps", {"view": "maps"}),
    ("gaps", {"theme_in": "counselling", "beside": "evidence"}),
    ("overlaps", {"overlaps": "decided"}),
    ("overlaps", {"overlaps": "providers"}),
    ("overlaps", {"overlaps": "network"}),
    *(("meetings", {"meetings": part}) for part in ("decide", "since", "minutes", "all")),
    *(("meetings", {"meeting": "m02", "present": screen}) for screen in ("1", "4", "5", "7", "12")),
    *(("contact_points", {"contact_points": part}) for part in ("finder", "volunteers")),
    ("contact_points", {"contact_points": "finder", "what": "culture", "spoken": "fa", "search": "yes"}),
    ("measures", {"measures": "timeline"}),
    ("measures", {"measures": "control"}),
    ("measures", {"id": "ma1"}),
    ("care", {"care": "stale"}),
]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The queries sent to the database, in their order."""
    queries: list[str] = []
    ask = Inventory._ask

    def listed(inventory: Inventory, sql: str, *given: object) -> object:
        queries.append(sql)
        return ask(inventory, sql, *given)

    monkeypatch.setattr(Inventory, "_ask", listed)
    yield queries


@pytest.mark.parametrize(("page", "query"), PARTS)
def test_second_run_sends_no_query(app: Opened, asked: list[str], page: str, query: dict[str, str]) -> None:
    visitor = app("example", page, **query)
    first = len(asked)
    visitor.run()
    assert not visitor.exception
    assert asked[first:] == []


def test_changed_filter_sends_queries(app: Opened, asked: list[str]) -> None:
    visitor = app("example", "initiatives")
    visitor.text_input(key="initiatives.q").set_value("nähen").run()
    before = len(asked)
    visitor.text_input(key="initiatives.q").set_value("fahrrad").run()
    assert len(asked) > before
