"""Amounts as people write them: read to the cent, or refused with a sentence."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.model import amounts
from esdash.model.values import Wrong
from esdash.texts import LANGUAGES, Text

READ = {
    "1.200,50": "1200.50",
    "1200.5": "1200.50",
    "1200,5": "1200.50",
    "1.200": "1200.00",
    "1,200.50": "1200.50",
    "1 200,50": "1200.50",
    "1\u202f200,50 €": "1200.50",
    "12.345.678,90": "12345678.90",
    "EUR 7": "7.00",
    "0": "0.00",
    "0,05 Euro": "0.05",
    "007": "7.00",
    "9999999999,99": "9999999999.99",
}
REFUSED = {
    "": "amount_empty",
    "  €": "amount_empty",
    "-5": "amount_negative",
    "−5,00": "amount_negative",
    "- 5": "amount_negative",
    "1e9": "amount_unreadable",
    "1,200": "amount_too_fine",  # 1.2 in German, 1200 in English
    "1200,505": "amount_too_fine",
    "0.123": "amount_too_fine",
    "1200.505": "amount_too_fine",
    "1.2345": "amount_too_fine",
    "1.20.0": "amount_unreadable",
    "1.200.50": "amount_unreadable",
    "12.00,50": "amount_unreadable",
    "1,2,3": "amount_unreadable",
    ",5": "amount_unreadable",
    "5,": "amount_unreadable",
    "=1+1": "amount_unreadable",
    "NaN": "amount_unreadable",
    "inf": "amount_unreadable",
    "0x10": "amount_unreadable",
    "١٢": "amount_unreadable",  # digits of another script
    "½": "amount_unreadable",
    "ca. 200": "amount_unreadable",
    "10000000000": "amount_too_large",
    "9" * 400: "amount_unreadable",
}


@pytest.mark.parametrize("words", READ)
def test_an_amount_is_read_to_the_cent(words: str) -> None:
    assert amounts.exact(amounts.read(words)) == READ[words]


@pytest.mark.parametrize("words", REFUSED)
def test_what_is_no_amount_is_refused_with_a_sentence(words: str) -> None:
    with pytest.raises(Wrong) as refused:
        amounts.read(words)
    assert refused.value.key == REFUSED[words]
    assert all(Text(language).has(f"error.{refused.value.key}_hint") for language in LANGUAGES)


@given(st.integers(0, 999_999_999_999))
def test_every_amount_is_read_back_as_it_is_written(cents: int) -> None:
    amount = Decimal(cents).scaleb(-2)
    for text in map(Text, LANGUAGES):
        assert amounts.read(text.number(amount, 2)) == amount
    assert amounts.read(amounts.exact(amount)) == amount
