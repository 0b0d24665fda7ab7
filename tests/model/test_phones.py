"""Phone numbers compared: by hand, against Google's rules for German numbers, and as a query does it."""

import duckdb
import phonenumbers
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from esdash.model import phones
from esdash.model.phones import number

FORMATS = (PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.NATIONAL)
SIGNS = st.sampled_from("0049+()-/ 3401٣ Tel.") | st.characters(min_codepoint=1, exclude_categories=["Cs"])
PHONES = st.text(SIGNS)
QUERY = duckdb.connect()
QUERY.execute(phones.as_sql())


def test_a_number_is_the_same_however_it_is_written() -> None:
    written = ("+49 340 12-34", "0049 340 1234", "0340/1234", "+49 (0)340 1234", "(0340) 12 34", "340 1234")
    assert {number(phone) for phone in written} == {"3401234"}
    assert number("+43 1 234") == "431234"
    assert number("über das Büro") == ""


def test_a_number_in_a_question() -> None:
    asked = (
        "Büro 0340/12 34-56",
        "+49 340 123456",
        "0049340123456",
        "(0340) 12 34 56",
        "+49 (0)340 123456",
        "٠٣٤٠ ١٢٣٤٥٦",
    )
    assert {phones.sought(question).digits for question in asked} == {"0340123456"}  # type: ignore[union-attr]
    assert phones.sought("zebra 34 56 78") == ("34 56 78", "345678")  # a part: where it begins is not known
    assert phones.sought("0048 22 5556677") == ("0048 22 5556677", "048225556677")
    assert phones.sought("Ahornweg 5") is None
    assert phones.sought("i12345") is None
    row = QUERY.execute("SELECT national_phone('+48 22 555 66 77', NULL), national_phone('0340/12 34', '+493401234')")
    assert row.fetchone() == ("048225556677", "03401234 03401234")


def test_german_numbers_as_google_writes_them() -> None:
    kinds = {kind: phonenumbers.example_number_for_type("DE", kind) for kind in PhoneNumberType.values()}
    found = {kind: example for kind, example in kinds.items() if example is not None}
    assert {PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE} <= found.keys()
    for example in found.values():
        written = {number(phonenumbers.format_number(example, shape)) for shape in FORMATS}
        assert written == {str(example.national_number)}


def test_what_is_dialled() -> None:
    same = ("0340/12 34 56", "+49 (0)340 123456", "0049 340 123456", "(0340) 123 456", "Tel. 0340-123456 (Frau Muster)")
    assert {phones.e164(phone) for phone in same} == {"+49340123456"}
    assert phones.e164("0340 2040-12") == phones.e164("0340 2040 App. 12") == "+49340204012"
    assert phones.e164("0340 1234 oder 0171 2345678") == phones.e164("0340 1234 / 0171 2345678") == "+493401234"
    other_ends = ("0340/1234 / 57", "0340/1234/57", "(0340) 1234 /-57", "0340 1234 / 57 / 58")
    assert {phones.e164(phone) for phone in other_ends} == {"+493401234"}
    assert phones.e164("034901/123") == "+4934901123" and phones.e164("0340 / 98 76") == "+493409876"
    assert phones.e164("0041 44 668 18 00") == "+41446681800"


def test_what_nobody_can_dial_is_doubtful_and_words_are_not() -> None:
    doubtful = ("O340 123456", "0340 12B4", "0340 1", "0340 123456789012345", "1", "0340 1234 Frau Muster")
    assert [(phones.e164(phone), phones.is_doubtful(phone)) for phone in doubtful] == [(None, True)] * len(doubtful)
    fine = ("über das Büro", "", None, "110", "116117", "204 1234")  # words, and what dials within the town
    assert [(phones.e164(phone), phones.is_doubtful(phone)) for phone in fine] == [(None, False)] * len(fine)
    assert not phones.is_doubtful("0340/12 34 56")


@given(PHONES)
def test_a_dialled_number_has_the_same_key_in_a_query(written: str) -> None:
    dialled = phones.e164(written)
    assert QUERY.execute("SELECT phone_key($a, $b)", {"a": written, "b": dialled}).fetchone() == (
        phones.key(written, dialled),
    )


@given(st.lists(PHONES, max_size=20))
def test_drawn_numbers_alike(drawn: list[str]) -> None:
    rows = QUERY.execute("SELECT phone_number(unnest($drawn))", {"drawn": drawn}).fetchall()
    assert [row[0] for row in rows] == [number(phone) for phone in drawn]
