"""The link "Wie gerechnet?" from a figure, and at the end of each page, to its explanation on the page Methode."""

from esdash.texts import Text
from esdash.ui.shell import url

# Group → its topics, in the order of the page (text: method.<topic>_title and method.<topic>).
GROUPS: dict[str, tuple[str, ...]] = {
    "gaps": ("need", "reach", "coverage", "white", "bounds", "small"),
    "doubles": ("overlap", "duplicate", "bundling"),
    "order": ("priority", "effect"),
    "stock": ("freshness", "time", "search", "ties", "helping"),
}
# Page → what explains the figures of its first sentence.
OF_PAGE = {
    "overview": "coverage",
    "changes": "time",
    "initiatives": "search",
    "trainings": "bundling",
    "contact_points": "freshness",
    "actors": "ties",
    "gaps": "coverage",
    "overlaps": "overlap",
    "priorities": "priority",
    "measures": "effect",
    "care": "freshness",
}
TOPICS = tuple(topic for topics in GROUPS.values() for topic in topics)


def link(text: Text, topic: str) -> None:
    """A link to the explanation of that topic."""
    assert topic in TOPICS, topic
    url.link("method", text("method.how"), method="topics", topic=topic)
