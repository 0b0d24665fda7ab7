"""Codes of languages with three letters as those with two."""

import pytest

from esdash.model.languages import short


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *(("ara", "ar"), ("deu", "de"), ("ger", "de"), ("per", "fa"), ("fas", "fa"), ("UKR", "uk"), ("tir", "ti")),
        *(("de", "de"), ("de-DE", "de"), ("pt_BR", "pt"), (" en ", "en"), ("kmr", "kmr"), ("", "")),
    ],
)
def test_a_code_becomes_the_one_of_two_letters(code: str, expected: str) -> None:
    assert short(code) == expected
