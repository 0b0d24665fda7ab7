"""Widths of words, against the font that the app serves; texts shortened to a width."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit
from PIL import ImageFont

from esdash.texts import LANGUAGES
from esdash.wording import letters
from tests.pages.said import texts

FONT = next((Path(streamlit.__file__).parent / "static").rglob("SourceSansVF-Upright*.woff2"))
REGULAR, SIZE = 400, 1000


@pytest.fixture(scope="module")
def font() -> ImageFont.FreeTypeFont:
    loaded = ImageFont.truetype(FONT, SIZE)
    loaded.set_variation_by_axes([REGULAR])
    return loaded


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_wider_than_it_is_taken_for_and_few_much_narrower(
    font: ImageFont.FreeTypeFont, language: str
) -> None:
    said = [words for words in texts(language).values() if words.isprintable()][:500]
    drawn = [font.getlength(words) * letters.TABLE_SIZE / SIZE for words in said]
    taken = letters.widths(said)
    assert [words for words, real, own in zip(said, drawn, taken, strict=True) if real > own + 0.5] == []
    assert sum(taken) < 1.05 * sum(drawn)


def test_texts_are_shortened_at_a_word_to_what_there_is_room_for() -> None:
    said = ["Kurs", "", "Begegnungscafé für Familien, Kinder und Ältere", "Donaudampfschifffahrtsgesellschaft", "قاموس"]
    cut = letters.shortened(said, 150)
    assert cut == ["Kurs", "", "Begegnungscafé für…", "Donaudampfschifffahr…", "قاموس"]
    assert max(letters.widths(cut)) <= 150
    assert letters.shortened(said, 400) == said
    assert letters.shortened([], 10) == []


def test_letters_that_the_font_lacks_are_taken_for_wide() -> None:
    arabic, chinese, latin = letters.widths(["ق" * 10, "课" * 10, "n" * 10])
    assert latin < arabic < chinese
