"""Printed lists and flyers: their kinds, the language that is the source of all others, and marks of what was read."""

import hashlib

KINDS = ("contact_list", "wall_list", "flyer")
SOURCE = "de"  # every translation is checked against the German text


def sha256(words: str) -> str:
    """The checksum of a German text, by which a translation knows what it was checked against."""
    return hashlib.sha256(words.encode()).hexdigest()


def salted(salt: str, words: str) -> str:
    """The mark of what a paper says of a contact point: with the salt of the print it can be compared, never read."""
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest()
