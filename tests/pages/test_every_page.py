"""Every page on every inventory in both languages: it runs, shows its question, and shows only words for people."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages import hostile
from tests.pages.said import plain, said, texts, unescaped, words
from tests.pages.visits import VISITS

KINDS = ("example", "public", "empty", "one", "hostile")
LANGUAGES = ("de", "en")
NOTHING = re.compile(r"\b(None|nan|NaN|NaT)\b|<NA>|Timestamp|dtype")


# The public inventory differs from the example in what is unknown, which each page shows as it opens; English says
# the same about what else a link can ask for, whatever the inventory.
CASES = [
    (kind, page, query, language)
    for kind in KINDS
    for page, query in VISITS
    for language in LANGUAGES
    if not query or (kind != "public" and (language == "de" or kind == "example"))
]
CASE_NAMES = ["-".join([kind, page, *query.values(), language]) for kind, page, query, language in CASES]


@pytest.mark.parametrize(("kind", "page", "query", "language"), CASES, ids=CASE_NAMES)
def test_page(app: Callable[..., AppTest], kind: str, page: str, query: dict[str, str], language: str) -> None:
    visitor = app(kind, page, lang=language, **query)
    assert not visitor.exception, visitor.exception[0].message
    assert not visitor.error, visitor.error[0].value
    assert [title.value for title in visitor.title] == [title_of(kind, page, query, language)]
    assert banner(visitor, language) == (kind == "example")
    assert_in_words(visitor, kind)
    assert_one_language(visitor, language)
    assert_nothing_comes_alive(visitor)


def title_of(kind: str, page: str, query: dict[str, str], language: str) -> str:
    """A page's title: an offer's name; each part of Schulungen asks its own question, once there are trainings."""
    if page == "initiatives" and "id" in query:
        return "Deutsch am Vormittag" if kind == "example" else texts(language)["detail.unknown"]
    if page == "trainings" and query and kind in ("example", "hostile"):
        return texts(language)[f"trainings.title_{query['trainings']}"]
    return texts(language)[f"{page}.title"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["hostile", "one"])
def test_detail_of_every_initiative(app: Callable[..., AppTest], raw: Callable, kind: str, language: str) -> None:
    for initiative_id, name in raw(kind, "SELECT initiative_id, name FROM inventory.initiative"):
        visitor = app(kind, "initiatives", lang=language, id=initiative_id)
        assert not visitor.exception, (initiative_id, visitor.exception[0].message)
        assert [unescaped(title.value) for title in visitor.title] == [name]
        assert_in_words(visitor, kind)
        assert_one_language(visitor, language)
        assert_nothing_comes_alive(visitor)
        assert hostile.HIDDEN not in words(visitor)  # a person without consent


def test_the_hostile_inventory_reaches_the_lists(app: Callable[..., AppTest]) -> None:
    """Otherwise the tests above would prove nothing."""
    assert hostile.LONG.strip() in words(app("hostile", "initiatives", view="cards"))
    assert hostile.LONG.strip() in words(app("hostile", "priorities", kind="overlap"))
    assert hostile.PICTURE in words(app("hostile", "priorities", priorities="proposals"))  # why an item was put aside


def test_language_outlives_a_page_that_could_not_open_the_inventory(
    app: Callable[..., AppTest], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = app("one", lang="en")
    good, bad = os.environ["ESDASH_DATABASE"], tmp_path / "inventory.duckdb"
    bad.write_text("no inventory")
    monkeypatch.setenv("ESDASH_DATABASE", str(bad))
    visitor.run()
    assert not visitor.exception
    assert "is damaged" in plain(visitor.error[0].value)
    assert "restore" in visitor.text[0].value  # what to do
    monkeypatch.setenv("ESDASH_DATABASE", good)
    visitor.run()
    assert visitor.title[0].value == texts("en")["overview.title"]
    assert visitor.query_params["lang"] == "en"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["overview", "initiatives", "trainings", "gaps", "overlaps", "priorities", "care"])
def test_the_empty_inventory_says_what_to_do_next(app: Callable[..., AppTest], page: str, language: str) -> None:
    visitor = app("empty", page, lang=language)
    messages = [info.value for info in visitor.info]
    assert messages, f"{page} shows an empty inventory without a word"
    assert not visitor.success  # an empty inventory is not praised
    if page != "trainings":
        pages = [link.proto.page for link in visitor.get("page_link")]
        assert {"imports", "entry", "gaps"} - {page} <= {Path(page).stem for page in pages}


def banner(visitor: AppTest, language: str) -> bool:
    return texts(language)["app.example_banner"] in words(visitor)


def assert_in_words(visitor: AppTest, kind: str) -> None:
    """No key of a text, no placeholder, no value of the program where a person reads."""
    for text in said(visitor):
        found = set(re.findall(r"[a-z_]+(?:\.[a-z0-9_]+)+", text.words)) & texts("de").keys()
        assert not found, text
        assert not NOTHING.search(text.words), text
        assert kind == "hostile" or not re.search(r"\{\w*\}", text.words), text
    for element in visitor.dataframe:
        for column, values in element.value.items():
            for value in values:
                if isinstance(value, str):
                    assert not NOTHING.search(value), (element.key, column, value)
                    assert value not in texts("de"), (element.key, column, value)
                else:
                    assert value is None or pd.api.types.is_scalar(value), (element.key, column, value)


def assert_one_language(visitor: AppTest, language: str) -> None:
    """No whole text of the other language."""
    other = next(name for name in LANGUAGES if name != language)
    here = set(texts(language).values())
    of_its_own = "city_list.other_language"  # "Deutsch" on an English page
    theirs = {value for key, value in texts(other).items() if key != of_its_own}
    foreign = {value for value in theirs if value not in here and "{" not in value}
    foreign = {value for value in foreign if any(letter.isalpha() for letter in value)}  # "1." is a rank as well
    foreign.discard(texts(other)["city_list.other_language"])  # is called in the other one, as a language of an offer
    assert [text for text in said(visitor) if plain(text.words) in foreign] == []


def assert_nothing_comes_alive(visitor: AppTest) -> None:
    """No text of a record becomes a picture, a link or markup (the words of the app itself hold none of these)."""
    for text in said(visitor):
        if text.markdown and not text.words.startswith(":orange-badge"):
            escaped = re.sub(r"\\.", "", text.words)
            assert not any(sign in escaped for sign in hostile.LIVE), text
