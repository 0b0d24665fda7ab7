"""The form: it opens, keeps what was typed, says what is wrong where it is wrong, and saves exactly what was entered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from esdash.ui.entry import form_layout
from tests.pages import hostile
from tests.pages.said import plain, texts, unescaped, words
from tests.pages.test_every_page import (
    KINDS,
    LANGUAGES,
    assert_in_words,
    assert_nothing_comes_alive,
    assert_one_language,
)

TABLES = form_layout.TABLES


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", TABLES)
def test_a_new_form_opens_everywhere(app: Callable[..., AppTest], kind: str, table: str) -> None:
    for language in LANGUAGES if kind == "hostile" else ("de",):
        visitor = app(kind, "entry", table=table, new="1", lang=language)
        assert not visitor.exception, visitor.exception[0].message
        assert not visitor.error
        assert [title.value for title in visitor.title] == [texts(language)[f"form_entry.new_{table}"]]
        assert_in_words(visitor, kind)
        assert_one_language(visitor, language)
        assert_nothing_comes_alive(visitor)
