"""Folding of text: by hand, and what a query folds is what Python folds."""

import sys
import unicodedata
from collections.abc import Iterator, Sequence

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.model import folding
from esdash.model.folding import fold, fold_words

NOT_WRITTEN = ("Cs", "Cn", "Co")  # halves of characters, and what the Unicode of this Python does not know


@pytest.fixture(scope="module")
def query() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute(folding.as_sql())
        yield connection


def folded(query: duckdb.DuckDBPyConnection, texts: Sequence[str]) -> list[str]:
    rows = query.execute("SELECT fold_words(words) FROM (SELECT unnest($texts) AS words)", {"texts": list(texts)})
    return [row[0] for row in rows.fetchall()]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Grüße aus Roßlau", "gruesse aus rosslau"),
        ("ÄÖÜ ẞ", "aeoeue ss"),
        ("Café-Treff (montags)", "cafe treff montags"),
        ("  e. V.  ", "e v"),
        ("Français, señor", "francais senor"),
        ("a\u0308", "ae"),  # an umlaut of two characters, as macOS writes it
        ("Пункт Ёлка_1", "пункт елка 1"),
        ("مَقْهى اللغات", "مقهي اللغات"),  # short vowels fall off, as people leave them out; one yeh
        ("Łódź, Đà Nẵng, İzmir", "lodz da nang izmir"),
        ("ΟΔΟΣ", "οδοσ"),
        ("ﬁnden, 20 m²", "finden 20 m2"),
        ("!?", ""),
    ],
)
def test_fold_by_hand(query: duckdb.DuckDBPyConnection, words: str, expected: str) -> None:
    assert fold_words(words) == expected
    assert folded(query, [words]) == [expected]


def test_every_letter_is_one_byte_where_spelling_is_compared(query: duckdb.DuckDBPyConnection) -> None:
    alphabets = (
        "abcdefghijklmnopqrstuvwxyz0123456789",
        "абвгдежзиклмнопрстуфхцчшщъыьэюя",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    )
    for letters in alphabets:
        row = query.execute("SELECT spelled($letters), strlen(spelled($letters))", {"letters": letters}).fetchone()
        assert row is not None
        assert len(set(row[0])) == row[1] == len(letters)
        assert (row[0] == letters) == letters.isascii()


def test_as_one_word() -> None:
    assert fold("Plätze / Woche") == fold("PLAETZE-WOCHE") == "plaetzewoche"
    assert fold("Центр «Дом»") == "центрдом"
    assert [fold(sign) for sign in ("?", " – ")] == ["?", "–"]  # nothing is left, and they are not the same


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Ärzte-Treff", "arzte treff"),
        ("Aerzte-Treff", "arzte treff"),
        ("Arzte Treff", "arzte treff"),
        ("Musterstr. 5", "musterstrasse 5"),
        ("Muster-Straße 5", "muster strasse 5"),
        ("Marktpl. Nr. 3", "marktplatz 3"),
        ("Str., Pl.", "strasse pl"),
        ("Oma's Rock ’n’ Roll, Rock'n'Roll", "omas rock n roll rocknroll"),
        ("м’ята, мʼята", "мята мята"),
        ("قهوة ٢٠ ۲۰", "قهوه 20 20"),
        ("!?", ""),
    ],
)
def test_either_way(query: duckdb.DuckDBPyConnection, words: str, expected: str) -> None:
    assert folding.plain_words(words) == expected
    assert plain(query, [words]) == [expected]


def plain(query: duckdb.DuckDBPyConnection, texts: Sequence[str]) -> list[str]:
    rows = query.execute("SELECT plain_words(words) FROM (SELECT unnest($texts) AS words)", {"texts": list(texts)})
    return [row[0] for row in rows.fetchall()]


def test_every_character_alike(query: duckdb.DuckDBPyConnection) -> None:
    signs = [chr(code) for code in range(1, sys.maxunicode + 1)]
    texts = [f"a{sign}b" for sign in signs if unicodedata.category(sign) not in NOT_WRITTEN]
    assert len(texts) > 140_000
    assert folded(query, texts) == [fold_words(text) for text in texts]
    assert plain(query, texts) == [folding.plain_words(text) for text in texts]


@given(texts=st.lists(st.text(st.characters(min_codepoint=1, exclude_categories=NOT_WRITTEN)), max_size=20))
def test_drawn_texts_alike(query: duckdb.DuckDBPyConnection, texts: list[str]) -> None:
    assert folded(query, texts) == [fold_words(text) for text in texts]
    assert plain(query, texts) == [folding.plain_words(text) for text in texts]
