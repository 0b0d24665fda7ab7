"""Errors that a person can do something about."""

from typing import NamedTuple


class InEach(NamedTuple):
    """A value of an error that has a word of its own in each language."""

    de: str
    en: str


class UserError(Exception):
    """What happened, where, and what to do, as a key into esdash/texts.

    `key` names the entry error.<key> (what happened and where) and error.<key>_hint (what to do);
    `values` fill their placeholders.
    """

    def __init__(self, key: str, **values: object) -> None:
        self.key = key
        self.values = values
        details = ", ".join(f"{name}={value}" for name, value in values.items())
        super().__init__(f"{key}: {details}" if details else key)
