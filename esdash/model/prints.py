"""Printed lists and flyers: their kinds, and the mark by which a later day knows whether a paper still says the same."""

import hashlib

KINDS = ("contact_list", "wall_list", "flyer")


def salted(salt: str, words: str) -> str:
    """The mark of what a paper says of a contact point: with the salt of the print it can be compared, never read."""
    return hashlib.sha256(f"{salt}\n{words}".encode()).hexdigest()
