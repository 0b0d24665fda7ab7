"""Names stand in the order of German lexicons (DIN 5007), wherever they are sorted: Ärzt… beside Arzt…."""

import re
from pathlib import Path

import pytest

ESDASH = Path(__file__).parents[2] / "esdash"
FILES = [*ESDASH.rglob("*.sql"), *ESDASH.rglob("*.py")]
# The terms of an ORDER BY, up to what ends it.
_ORDERED = re.compile(r"\bORDER BY\b(.*?)(?:\bLIMIT\b|[;\"]|\)\s(?!COLLATE)|$)", re.DOTALL)
_NAMED = re.compile(r"(?:\w+\.)?\b(?:name|title|role)\b(?!\)?\s+COLLATE de)(?!\s*\()(?!\s*=)")


def terms(sql: str) -> list[str]:
    """Names by which something is sorted without the collation of German."""
    return [found for clause in _ORDERED.findall(sql) for found in _NAMED.findall(clause)]


def test_every_query_sorts_names_as_german() -> None:
    assert len(FILES) > 300
    found = {str(path.relative_to(ESDASH)): terms(path.read_text(encoding="utf-8")) for path in FILES}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    ("sql", "wrong"),
    [
        ("SELECT a ORDER BY name COLLATE de, a;", []),
        ("SELECT a ORDER BY o.name, a;", ["o.name"]),
        ("list(name ORDER BY title) AS b", ["title"]),
        ("SELECT name FROM t ORDER BY table_name, named", []),
    ],
)
def test_the_rule_is_seen(sql: str, wrong: list[str]) -> None:
    assert terms(sql) == wrong
