"""The README's tour shows the six pictures that `make screenshots` takes, and together they stay light."""

from __future__ import annotations

import re
from pathlib import Path

from tests.browser.pictures import TOUR, TOUR_FOLDER, TOUR_MOST

README = Path(__file__).parents[2] / "README.md"


def test_the_readme_shows_each_picture_with_words_for_those_who_do_not_see_it() -> None:
    shown = re.findall(r"!\[([^\]]{20,})\]\(docs/tour/([\w-]+)\.png\)", README.read_text(encoding="utf-8"))
    assert [name for _, name in shown] == list(TOUR)


def test_the_pictures_are_there_and_light() -> None:
    found = {path.stem: path.stat().st_size for path in TOUR_FOLDER.glob("*.png")}
    assert found.keys() == TOUR.keys()
    assert sum(found.values()) < TOUR_MOST
