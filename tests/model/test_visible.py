"""A name shows something, on one line."""

import pytest

from esdash.model.visible import one_line


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("  Lernhilfe \n in\tAlten ", "Lernhilfe in Alten"),
        ("a\x00b\x07c\ud83dd", "a b c d"),
        ("\ufffe\uffff", ""),
        ("\u200b\u202e \u00a0\u0301", ""),
        (None, ""),
        ("=1+1 <b>", "=1+1 <b>"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("…", "…"),
    ],
)
def test_one_line(words: str | None, line: str) -> None:
    assert one_line(words) == line
