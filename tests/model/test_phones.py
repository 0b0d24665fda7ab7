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


def test_german_numbers_as_google_writes_them() -> None:
    kinds = {kind: phonenumbers.example_number_for_type("DE", kind) for kind in PhoneNumberType.values()}
    found = {kind: example for kind, example in kinds.items() if example is not None}
    assert {PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE} <= found.keys()
    for example in found.values():
        written = {number(phonenumbers.format_number(example, shape)) for shape in FORMATS}
        assert written == {str(example.national_number)}


@given(st.lists(PHONES, max_size=20))
def test_drawn_numbers_alike(drawn: list[str]) -> None:
    rows = QUERY.execute("SELECT phone_number(unnest($drawn))", {"drawn": drawn}).fetchall()
    assert [row[0] for row in rows] == [number(phone) for phone in drawn]
