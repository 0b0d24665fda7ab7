"""Every tile and every link that names a count leads to a page that shows as many; found on the pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from esdash.ui.shell.navigation import PAGES
from tests.pages.said import plain
from tests.pages.visits import VISITS

# "7 neue Angebote", "Alle 107", "Nächste Sitzung am 02.12.2026: 2 Punkte"; a number inside a name is none.
COUNT = re.compile(r"^(?:Alle |Die )?(\d[\d.]*)(?= |$)|^[^:]*\d: (\d+) ")
NUMBER = re.compile(r"(?<![\d.,/])\d{1,3}(?:\.\d{3})*(?![\d,/%]|\.\d)")
Opened = Callable[..., AppTest]


def count_of(label: str) -> int | None:
    """The count that a link names; None if it names none."""
    found = COUNT.match(plain(label).removesuffix("]"))
    return int((found[1] or found[2]).replace(".", "")) if found else None


def links(visitor: AppTest) -> Iterator[tuple[int, str, dict[str, list[str]]]]:
    """Each count that a link or a tile names, with the page and the query that it leads to."""
    tile: int | None = None
    for node in visitor.main:
        if node.type == "metric":
            tile = int(node.value.replace(".", "")) if re.fullmatch(r"[\d.]+", node.value) else None
        elif node.type == "page_link":
            for number in {count_of(node.proto.label), tile} - {None}:
                yield number, node.proto.page or PAGES[0], parse_qs(node.proto.query_string)
            tile = None


def counts(visitor: AppTest) -> set[int]:
    """What a page counts: rows of its tables, lines and cards that open, numbers of sentence, heads and switches."""
    found = {len(table.value) for table in visitor.dataframe}
    opening = Counter(re.split(r"[_ ]", str(button.key))[0] for button in visitor.button if "→" in button.label)
    said = [*visitor.subheader, *visitor.markdown[:2], *visitor.info, *visitor.warning]
    words = [str(node.value) for node in said]
    words += [str(option) for group in visitor.get("button_group") for option in group.options]
    found |= {int(number.replace(".", "")) for one in words for number in NUMBER.findall(plain(one))}
    return found | set(opening.values())


@pytest.mark.parametrize("kind", ["example", "public"])
@pytest.mark.parametrize("page", PAGES)
def test_it_leads_to_as_many(app: Opened, page: str, kind: str) -> None:
    asked = {}
    for _, query in (visit for visit in VISITS if visit[0] == page and (kind == "example" or not visit[1])):
        visitor = app(kind, page, **query)
        assert not visitor.exception, visitor.exception[0].message
        asked |= {(number, target, str(wanted)): wanted for number, target, wanted in links(visitor)}
    if (page, kind) == ("overview", "example"):
        assert len(asked) >= 10  # otherwise nothing was tried
    wrong = []
    for (number, target, _), query in asked.items():
        visitor = app(kind, target, **{name: values for name, values in query.items()})
        if number not in counts(visitor):
            wrong.append((number, target, query, sorted(counts(visitor))))
    assert wrong == []


def test_each_count_of_changes_shows_its_rows(app: Opened) -> None:
    visitor = app("example", "changes", since="2026-06-17")
    keys = [str(button.key) for button in visitor.button if str(button.key).startswith("changes_")]
    assert len(keys) > 15
    for key in keys:
        label = next((button.label for button in visitor.button if button.key == key), None)
        if label is None:
            continue  # it is the one that is shown
        visitor.button(key=key).click().run()
        assert not visitor.exception
        assert count_of(label) == len(visitor.dataframe[0].value) == int(visitor.subheader[0].value.split(": ")[1]), key


@pytest.mark.parametrize(
    ("label", "count"),
    [
        *((":primary[7 neue Angebote →]", 7), ("Alle 1.537", 1537), ("Die 4 neuen", 4), ("Alle Änderungen", None)),
        *(("Nächste Sitzung am 02.12.2026: 2 Punkte", 2), ("Lernhilfe in Alten aufbauen: 8 Plätze", None)),
    ],
)
def test_which_links_name_a_count(label: str, count: int | None) -> None:
    assert count_of(label) == count
