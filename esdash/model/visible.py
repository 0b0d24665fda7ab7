"""Names that people type, on one line: a name of which nothing shows is none, and no PDF can set it as a heading."""

import unicodedata

_NO_SIGN = ("Cc", "Cs", "Cn")  # control characters, halves of signs, numbers that are no sign
_SHOWN = "LNPS"  # letters, numbers, punctuation, symbols; not spaces, marks alone, or signs that only steer


def one_line(words: str | None) -> str:
    """The words with single spaces and without what is no sign; "" if nothing of them can be seen.

    Joiners and marks for the direction of writing stay: Arabic, Persian and emoji need them.
    """
    signs = [" " if unicodedata.category(sign) in _NO_SIGN else sign for sign in words or ""]
    line = " ".join("".join(signs).split())
    return line if any(unicodedata.category(sign)[0] in _SHOWN for sign in line) else ""
