"""The general list: records of a kind that has no page yet, by a declaration alone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from esdash.inventory.file import shared
from tests.conftest import NOW
from tests.pages.said import table, words

TIMEOUT = 60


def contact_points() -> None:
    """A whole page of contact points; AppTest runs it as a script."""
    from esdash.ui.shell import navigation, session
    from esdash.ui.shell.state import VISIT, Many, OneOf, PageState, Words
    from esdash.ui.widgets import tables
    from esdash.ui.widgets.record_list import RecordList
    from esdash.wording import listing
    from esdash.wording.names import names_of

    class Points(PageState):
        page = "contact_points"
        query = Words(link="q")
        district = Many()
        language = Many()
        organization = Many()
        freshness = Many()
        view = OneOf(("table", "map", "cards"))

    points = RecordList(
        "contact_point",
        Points(),
        ("district", "language", "organization", "freshness"),
        lambda row, text: [row.organization, row.where or "", row.status_word],
    )
    VISIT.read()
    text, inventory = session.text(), session.inventory()
    navigation.declare(text)
    names = names_of(inventory, text)
    points.take(inventory)
    points.choose(inventory, names)
    frame = listing.records_in_words(inventory, names, "contact_point", points.query, points.chosen)
    columns = listing.record_columns(text, "contact_point")
    points.show(points.view(text), inventory, names, frame, columns)
    tables.downloads(inventory, frame, columns, "Anlaufstellen", "contact_points", text)
    points.state.give()


@pytest.fixture
def opened(made: Callable[[str], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable]:
    path = tmp_path / "inventory.duckdb"
    shutil.copyfile(made("example"), path)
    monkeypatch.setenv("ESDASH_DATABASE", str(path))
    monkeypatch.setenv("ESDASH_TODAY", f"{NOW:%Y-%m-%d}")

    def visit(**query: str | list[str]) -> AppTest:
        visitor = AppTest.from_function(contact_points, default_timeout=TIMEOUT)
        visitor.query_params.update(query)
        visitor.run()
        assert not visitor.exception, visitor.exception[0].message
        return visitor

    yield visit
    shared.close(path)


def test_contact_points_are_listed_by_a_declaration_alone(
    opened: Callable[..., AppTest], raw: Callable[..., list[tuple]]
) -> None:
    there = raw(
        "example",
        "SELECT p.name, l.district_id FROM inventory.contact_point AS p LEFT JOIN inventory.location AS l "
        "USING (location_id) WHERE p.status <> 'archived'",
    )
    shown = table(opened(), "name", "organization", "where")
    assert sorted(shown["name"]) == sorted(name for name, _ in there)
    district = next(district for _, district in there if district)
    in_it = sorted(name for name, where in there if where == district)
    visitor = opened(district=district)
    assert sorted(table(visitor, "name", "organization", "where")["name"]) == in_it
    # Options that the other facets leave nothing of are still there, with a 0.
    languages = visitor.multiselect(key="contact_points.language").options
    assert len(languages) == len(opened().multiselect(key="contact_points.language").options)
    assert any(option.endswith("(0)") for option in visitor.multiselect(key="contact_points.organization").options)
    assert len(visitor.get("download_button")) == 2


def test_the_views_of_the_list_and_a_wrong_link(opened: Callable[..., AppTest]) -> None:
    visitor = opened(view="cards")
    links = [node.proto.query_string for node in visitor.get("page_link")]
    assert links and all(link.startswith("table=contact_point&id=") for link in links)
    assert len(opened(view="map").get("plotly_chart")) == 1
    wrong = opened(district="99", q="xyzzy")
    assert "99" in wrong.warning[0].value
    assert "Zu dieser Auswahl gibt es nichts." in words(wrong)
    assert dict(wrong.query_params) in ({"q": "xyzzy"}, {"q": ["xyzzy"]})
