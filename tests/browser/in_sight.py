"""What of Weiße Flecken is in sight without scrolling, and how large its words are, measured in the browser."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from playwright.sync_api import Page

MEASURED = """
    () => {
        const box = element => {
            const { left, right, top, bottom } = element.getBoundingClientRect();
            return { left, right, top, bottom, words: element.textContent, size: getComputedStyle(element).fontSize };
        };
        const all = selector => [...document.querySelectorAll(selector)].map(box);
        return {
            title: all('h1'),
            answer: all("[data-testid='stMarkdown'], [data-testid='stAlert']"),
            filters: all(".st-key-gaps_choices :is([data-testid='stSelectbox'], [data-testid='stPopover'])"),
            matrix: all('.st-key-gaps_matrix .main-svg'),
            picture: all('.st-key-gaps_tiles .main-svg'),
            evidence: all("h3"),
            tiles: all('.st-key-gaps_tiles .barlayer .trace:first-child path'),
            words: all('.st-key-gaps_tiles .textpoint text'),
            key: all("[class*='st-key-gaps_key'] .textpoint text"),
            wide: document.querySelector("[data-testid='stMain']").scrollWidth,
        };
    }
"""
FILTERS = 4 + 3  # measure, group, theme, district; what is reachable, what would be if, and the rarer choices
Box = dict[str, Any]


def on_one_screen(page: Page, districts: int, beside: str = "picture", lead: str = "") -> None:
    """Title, answer, filters in one line, the whole matrix, what stands beside it and the key, without scrolling.

    `beside`: the tile map, whose names and numbers are readable across a room, or the evidence of what is chosen.
    `lead`: what stands in the place of the matrix where nothing is known.
    """
    seen, height = page.evaluate(MEASURED), page.viewport_size["height"]  # type: ignore[index]
    filters = seen["filters"][:FILTERS]
    parts = [*seen["title"], *seen["answer"][:1], *filters, *seen["matrix"], *seen["key"]]
    parts += seen["picture"] if beside == "picture" else seen["evidence"][:2]
    assert [part["words"] for part in parts if part["bottom"] > height] == []
    assert len({round(part["top"] / 10) for part in seen["key"] if part["words"]}) == 1  # one line
    assert len(seen["title"]) == 1 and len(filters) == FILTERS and seen["key"]
    assert max(part["top"] for part in filters) < min(part["bottom"] for part in filters)  # one line
    assert (len(seen["matrix"]) > 0) == (lead == "")
    assert lead in " ".join(part["words"] for part in seen["answer"] if part["bottom"] <= height)
    if beside == "picture":
        readable(seen, districts)
    else:
        assert len(seen["evidence"]) >= 2


def on_a_telephone(page: Page, districts: int) -> None:
    """The words keep their size, the map scrolls in itself and not the page, and no words of the key overlap."""
    seen, width = page.evaluate(MEASURED), page.viewport_size["width"]  # type: ignore[index]
    assert seen["wide"] <= width
    readable(seen, districts)
    words = [part for part in seen["key"] if part["words"]]
    assert len(words) >= 6
    assert [(a["words"], b["words"]) for a, b in combinations(words, 2) if _overlap(a, b)] == []
    assert [part["words"] for part in words if part["right"] > width] == []


def readable(seen: dict[str, list[Box]], districts: int) -> None:
    """Each tile has a name of at least 15 pixels and below it a number or sign of at least 20, both inside of it."""
    assert len(seen["tiles"]) == districts
    for tile in seen["tiles"]:
        inside = [part for part in seen["words"] if _overlap(part, tile)]
        name, figure = sorted(inside, key=lambda part: part["top"])[:2]
        assert float(name["size"][:-2]) >= 15 and float(figure["size"][:-2]) >= 20
        assert all(tile["left"] <= part["left"] and part["right"] <= tile["right"] for part in inside)


def _overlap(a: Box, b: Box) -> bool:
    return a["left"] < b["right"] and b["left"] < a["right"] and a["top"] < b["bottom"] and b["top"] < a["bottom"]
