"""One address in any spelling: by hand, and as a query does it."""

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from esdash.model import addresses, folding
from esdash.model.addresses import joined, street_key

QUERY = duckdb.connect()
QUERY.execute(folding.as_sql() + addresses.as_sql())


@pytest.mark.parametrize(
    "spellings",
    [
        ("Musterstraße 5", "Musterstr. 5", "Musterstr.5", "MUSTERSTRASSE 5", "musterstrasse Nr. 5", "Musterstr 5"),
        ("Karl-Marx-Straße 5a", "Karl Marx Str. 5 a", "Karl-Marx-Str. 5A", "Karlmarxstraße 5a"),
        ("Am Markt 5-7", "Am Markt 5–7", "Am Markt 5 - 7", "Am Markt Nr. 5 bis 7"),
        ("Straße der Einheit 12", "Str. der Einheit 12", "STRASSE DER EINHEIT, Nr. 12"),
        ("Marktplatz 1", "Marktpl. 1", "Markt-Platz 1"),
        ("Große Gasse 3 b", "Grosse Gasse 3b", "Große  Gasse 3B"),
    ],
)
def test_spellings_of_one_address(spellings: tuple[str, ...]) -> None:
    assert len({street_key(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *[("Musterstraße 5", other) for other in ("Musterstraße 90", "Musterstraße 5a", "Musterstraße", "Musterweg 5")],
        ("Am Markt 5-7", "Am Markt 57"),
        ("Am Markt 5 bis 7", "Am Markt 5"),
        ("Musterweg 1", "Musterweg 1, Haus B"),
        ("Nordstraße 1", "Nordstrand 1"),
    ],
)
def test_two_addresses(one: str, other: str) -> None:
    assert street_key(one) != street_key(other)


def test_a_house_number_of_its_own_column() -> None:
    assert joined("Musterstraße", "5") == "Musterstraße 5"
    assert joined("Musterstraße 5a", "5 A") == "Musterstraße 5a"  # said twice
    assert joined("Musterstraße 5", "7") is None
    assert joined(None, "7") is None
    assert joined("Lindenallee", "o. Nr.") == "Lindenallee"
    assert joined("Straße des 17. Juni", "135") == "Straße des 17. Juni 135"


@given(
    st.lists(
        st.text(
            st.sampled_from("Straße str. 5aAbNr-–bis/7 Пл")
            | st.characters(min_codepoint=1, max_codepoint=0x5FF, exclude_categories=["Cs"])
        ),
        max_size=20,
    )
)
def test_drawn_addresses_alike_in_a_query(drawn: list[str]) -> None:
    rows = QUERY.execute("SELECT street_key(unnest($drawn))", {"drawn": drawn}).fetchall()
    assert [row[0] for row in rows] == [street_key(street) for street in drawn]
