"""The page state of Methode, its topics in their groups, and the switch between its parts."""

from esdash.texts import Text
from esdash.ui.shell.how import GROUPS, TOPICS
from esdash.ui.shell.state import Maybe, OneOf, PageState, Words
from esdash.ui.widgets import filters

PARTS = ("examples", "topics", "settings", "values")


class Method(PageState):
    """The open part, the topic that is explained, and what is searched for among the values that we set."""

    page = "method"
    part = OneOf(PARTS, link="method")
    topic = Maybe(TOPICS, link="topic")
    query = Words()


METHOD = Method()


def part(text: Text) -> str:
    """The switch between the parts."""
    METHOD.take()
    return filters.switch(Method.part, text("method.part"), lambda name: text(f"method.part_{name}"))


def group(topic: str) -> str:
    """The group of a topic."""
    return next(name for name, topics in GROUPS.items() if topic in topics)
