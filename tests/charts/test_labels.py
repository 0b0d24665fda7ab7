"""No two names of a map overlap, in any city and at any width of the window."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash import charts
from esdash.analysis import open_inventory
from esdash.analysis.records import records
from esdash.analysis.selection import View
from esdash.charts import labels
from esdash.charts.small_maps import BOLD, LETTERS
from esdash.charts.tile_map import ROOM, WIDTH
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.wording import faces, tiles
from tests.conftest import NOW

WINDOWS = (labels.NARROWEST, 358, 436, 500, 668, 900, 1120, 1760)  # widths of a map [pixels]
PLACES = st.tuples(st.floats(51.7, 51.9), st.floats(12.0, 12.4))
Box = tuple[float, float, float, float]  # left, right, top, bottom
NAMES = st.text("abcdefgmwzäöüßMWIl .-/123", min_size=1, max_size=22)


@pytest.fixture(scope="module")
def dessau(empty_dessau: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Inventory]:
    path = tmp_path_factory.mktemp("labels") / "inventory.duckdb"
    path.write_bytes(empty_dessau.read_bytes())
    inventory = open_inventory(path, clock=lambda: NOW)
    yield inventory
    inventory.close()


def boxes(figure: dict[str, Any], width: float, height: float) -> list[tuple[str, Box]]:
    """Each written name and its room on a screen of this width, as plotly sets text beside a mark."""
    (west, east), (south, north) = (figure["layout"][axis]["range"] for axis in ("xaxis", "yaxis"))
    scale, found = min(width / (east - west), height / (north - south)), []
    for trace in figure["data"]:
        if "text" not in (trace["mode"] or ""):
            continue
        size, away = trace["textfont"]["size"], trace["marker"]["size"] / 2 / 0.8 + 1
        for x, y, words, side in zip(trace["x"], trace["y"], trace["text"], trace["textposition"], strict=True):
            if not words:
                continue
            down, across = side.split()
            left = (x - west) * scale + {"left": -away, "right": away, "center": 0}[across]
            left -= {"left": 1, "right": 0, "center": 0.5}[across] * labels.width(words, size)
            base = (north - y) * scale + {"top": -away - 0.25 * size, "middle": 0.25 * size}.get(
                down, away + 0.75 * size
            )
            found.append((words, (left, left + labels.width(words, size), base - size, base + 0.3 * size)))
    return found


def overlapping(found: list[tuple[str, Box]]) -> list[tuple[str, str]]:
    return [
        (one, other)
        for (one, a), (other, b) in combinations(found, 2)
        if a[0] < b[1] and b[0] < a[1] and a[2] < b[3] and b[2] < a[3]
    ]


def city(places: list[tuple[float, float]], names: list[str]) -> pd.DataFrame:
    rows = [
        {"district_id": str(n), "name": name, "short_name": name, "lat": lat, "lon": lon, "geometry": None}
        for n, ((lat, lon), name) in enumerate(zip(places, names, strict=False))
    ]
    return pd.DataFrame(rows)


@given(
    st.lists(PLACES, min_size=1, max_size=40), st.lists(NAMES, min_size=40, max_size=40), st.sampled_from([390, 640])
)
def test_no_two_names_of_a_map_overlap(places: list[tuple[float, float]], names: list[str], height: int) -> None:
    districts = city(places, names)
    figure = charts.district_map(districts, {}, {}, "0", height=height).to_dict()
    for width in WINDOWS:
        assert overlapping(boxes(figure, width, height)) == []


@given(
    st.lists(PLACES, min_size=1, max_size=15), st.lists(PLACES, min_size=1, max_size=25), st.lists(NAMES, min_size=40)
)
def test_nor_those_of_a_map_to_choose_a_place(
    known: list[tuple[float, float]], places: list[tuple[float, float]], names: list[str]
) -> None:
    districts, found = city(places, names), city(known, names[20:])
    net = found.assign(district_id=None)
    figure = charts.place_map(districts, net, (51.75, 51.85, 12.1, 12.3), known=found.assign(district_id="0")).to_dict()
    for width in WINDOWS:
        assert overlapping(boxes(figure, width, 540)) == []


def test_the_districts_of_the_example_have_their_names(dessau: Inventory) -> None:
    """Most of the 25 keep their whole name on a map for a projector; the rest is said under the pointer."""
    figure = charts.district_map(records.reference(dessau, "district"), {}, {}, height=390).to_dict()
    written = [words for words, _ in boxes(figure, 668, 390)]
    assert len(written) >= 20 and sum("…" not in words for words in written) >= 18
    assert all(figure["data"][-1]["hovertext"])


def test_two_names_can_meet_between_the_ends_of_the_scale() -> None:
    """They are apart when the map is small and when it is large, and cross where they pass each other."""
    window = labels.Window(0, 10, 0, 1, 100)
    one, other = labels.Box(0, 0, 40, 0, 20, 10), labels.Box(1, 0, -10, 0, 20, 10)
    assert window.scales == (33, 100)
    assert labels.meet(one, other, window)  # 40 and 33 − 10 at first: 17 apart; 40 and 100 − 10 at last: 50 apart


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_titles_of_small_maps_stay_above_their_maps(dessau: Inventory, language: str) -> None:
    text = Text(language)
    face = faces.face(dessau, text, faces.of_fields(View()))
    titles = [(f"{name} und noch viel mehr als dieser Name", "Stadt: 43 %") for name in face.columns.short]
    for narrow, width in ((True, 358), (False, 640)):
        figure = charts.small_maps(records.reference(dessau, "district"), face, titles, narrow).to_dict()
        for one, other in pairwise(figure["layout"]["annotations"]):
            if one["y"] == other["y"]:
                shown = one["text"].removeprefix("<b>").split("</b>")[0]
                wide = labels.width(shown, LETTERS) * BOLD
                assert wide < (other["x"] - one["x"]) * width


def test_words_stay_on_their_tile(dessau: Inventory) -> None:
    drawn = tiles.tile_map(dessau, Text("de"), View(measure="gap"))
    long = [tile._replace(name="Straßburg-Neudorf am großen Wasser") for tile in drawn.tiles]
    figure = charts.tile_map(drawn._replace(tiles=long)).to_dict()
    words = figure["data"][-1]
    for name, size in zip(words["text"], words["textfont"]["size"], strict=True):
        assert labels.width(name.replace("<b>", "").replace("</b>", ""), size) <= ROOM + 8 < WIDTH, json.dumps(name)
