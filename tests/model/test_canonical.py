"""Canonical JSON: the same content always has the same bytes, and they stand here as a person writes them."""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.model.canonical import canonical, decimal, sha256, texts

CONTENT = {"b": [Decimal("1.50"), 2, None, True], "a": {"on": date(2026, 11, 22), "ü": 'Café "A"\n'}, "Z": "ل"}
# written by hand: Z before a (code points), no spaces, decimals as text without zeros at the end
BYTES = '{"Z":"ل","a":{"on":"2026-11-22","ü":"Café \\"A\\"\\n"},"b":["1.5",2,null,true]}'
KEYS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8).map(
    lambda key: unicodedata.normalize("NFC", key)
)
CONTENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | KEYS | st.decimals(allow_nan=False, allow_infinity=False, places=3),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(KEYS, parts, max_size=4),
    max_leaves=12,
)


def otherwise(value: Any) -> Any:
    """The same content in another order, another normal form, and with zeros at the end of decimals."""
    if isinstance(value, dict):
        return {unicodedata.normalize("NFD", key): otherwise(part) for key, part in reversed(value.items())}
    if isinstance(value, list):
        return tuple(otherwise(part) for part in value)
    if isinstance(value, str):
        return unicodedata.normalize("NFD", value)
    return Decimal(f"{value:f}0" if "." in f"{value:f}" else f"{value:f}.0") if isinstance(value, Decimal) else value


def test_a_number_is_rounded_half_up() -> None:
    assert [decimal(value, 1) for value in (8.25, Decimal("8.25"), 8, -8.25)] == [
        Decimal(one) for one in ("8.3", "8.3", "8.0", "-8.3")
    ]


def test_the_bytes_are_those_that_a_person_writes() -> None:
    assert canonical(CONTENT) == BYTES
    assert sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2


@given(CONTENTS)
def test_the_same_content_has_the_same_bytes_in_any_order_and_normal_form(content: Any) -> None:
    assert canonical(otherwise(content)) == canonical(content)


@pytest.mark.parametrize("value", [0.1, {1, 2}, b"x", float("nan")])
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical({"a": [value]})


def test_two_spellings_of_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="same text"):
        canonical({"ü": 1, "u\u0308": 2})


def test_numbers_have_the_digits_that_are_shown() -> None:
    assert [canonical(decimal(value, 1)) for value in (0.1 + 0.2, 12, -0.04, None, float("nan"))] == [
        *('"0.3"', '"12"', '"0"', "null", "null")
    ]


def test_every_text_is_found() -> None:
    assert list(texts(CONTENT)) == ["b", "a", "on", "ü", 'Café "A"\n', "Z", "ل"]
