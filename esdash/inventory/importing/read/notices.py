"""What is said about a file or its import without stopping it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """A remark that does not stop the import; its text is text(notice.key, **notice.values).

    `about_one`: it is about one record of a document; of these a screen shows the first ones and counts the others.
    """

    key: str
    values: dict[str, object]
    about_one: bool = False


@dataclass(frozen=True)
class Label:
    """A word of a notice that has its text in esdash/texts, so that it is said in the reader's language."""

    text_key: str
