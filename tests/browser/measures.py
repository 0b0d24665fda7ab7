"""What a window shows, measured: what is wider than the screen, which words of a chart overlap, what is in sight."""

from __future__ import annotations

from typing import Any, NamedTuple

from playwright.sync_api import Page

_MEASURED = """
    () => {
        const main = document.querySelector("[data-testid='stMain']"), width = innerWidth;
        const scrolls = element => {
            for (let up = element.parentElement; up && up !== main; up = up.parentElement)
                if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX)
                    && up.getBoundingClientRect().right <= width + 1) return true;
            return false;
        };
        const named = element =>
            (element.innerText || element.getAttribute('aria-label') || element.tagName).slice(0, 60);
        const wide = [];
        for (const element of main.querySelectorAll('*')) {
            if (element.closest('canvas')) continue;  // the words of a drawn table, for screen readers
            const { right, width: own } = element.getBoundingClientRect();
            if (own > 0 && right > width + 1 && !scrolls(element) && !wide.some(one => one.contains(element)))
                wide.push(element);
        }
        const charts = [...document.querySelectorAll('.js-plotly-plot')].map(chart =>
            [...chart.querySelectorAll('text')].filter(text => text.textContent.trim()).map(text => {
                const { left, right, top, bottom } = text.getBoundingClientRect();
                const size = parseFloat(getComputedStyle(text).fontSize);
                return { words: text.textContent, left, right, top, bottom, size };
            }).filter(text => text.right > text.left));
        const kinds = ['PlotlyChart', 'DataFrame', 'Table', 'Alert', 'Metric', 'PageLink', 'FileUploader']
            .map(kind => `[data-testid='st${kind}']`);
        const framed = [...main.querySelectorAll("[data-testid='stVerticalBlock']")]  // only its style tells of a frame
            .filter(block => parseFloat(getComputedStyle(block).borderTopWidth) > 0);
        const tops = [...main.querySelectorAll([...kinds, "[class*='st-key-lines_of_']"].join()), ...framed]
            .map(element => element.getBoundingClientRect()).filter(box => box.height > 0).map(box => box.top);
        const bottom = selector => Math.max(0, ...[...main.querySelectorAll(selector)].slice(0, 1)
            .map(element => element.getBoundingClientRect().bottom));
        return {
            sideways: main.scrollWidth - main.clientWidth,
            wide: wide.map(named),
            charts,
            title: bottom('h1'),
            picture: tops.length ? Math.min(...tops) : null,
        };
    }
"""
TOUCH = 1.5  # pixels that the boxes of two words may share: their letters do not


class Seen(NamedTuple):
    """What was measured: pixels to scroll sideways, what sticks out, words of each chart, bottom of the title, …"""

    sideways: int
    wide: list[str]
    charts: list[list[dict[str, Any]]]
    title: float
    picture: float | None  # top of the first chart, table, list or framed part; None: the page has none


def measured(page: Page) -> Seen:
    """What the window shows now."""
    return Seen(**page.evaluate(_MEASURED))


def overlapping(seen: Seen) -> list[tuple[str, str]]:
    """Pairs of words of one chart that lie over each other."""
    found = []
    for words in seen.charts:
        rows = sorted(words, key=lambda word: word["top"])
        for place, word in enumerate(rows):
            for other in rows[place + 1 :]:
                if other["top"] >= word["bottom"] - TOUCH:
                    break
                if other["left"] < word["right"] - TOUCH and word["left"] < other["right"] - TOUCH:
                    found.append((word["words"], other["words"]))
    return found


def tiny(seen: Seen, least: float) -> list[tuple[str, float]]:
    """Words of charts that are smaller than so many pixels."""
    return [(word["words"], word["size"]) for words in seen.charts for word in words if word["size"] < least]
