"""One topic of the methods at a time, with the values that belong to it."""

import streamlit as st

from esdash.texts import Text
from esdash.ui.method import settings
from esdash.ui.method.choice import METHOD, Method, group
from esdash.ui.shell import page
from esdash.ui.shell.how import TOPICS
from esdash.ui.widgets import filters


def show(text: Text) -> None:
    """The choice of the topic, its explanation, and the values that we set for it."""
    METHOD.topic = METHOD.topic or TOPICS[0]
    filters.choice(
        Method.topic,
        text("method.topic"),
        TOPICS,
        lambda topic: f"{text(f'method.group_{group(topic)}')} · {text(f'method.{topic}_title')}",
        text("method.topic"),
    )
    _topic(METHOD.topic, text)


def _topic(topic: str, text: Text) -> None:
    page.heading(text(f"method.{topic}_title"))
    words, beside = st.columns([5, 4], gap="large")
    words.markdown(text(f"method.{topic}"))
    with beside:
        if entries := settings.of(topic):
            st.caption(text("method.constants_of"))
            settings.table(entries, text, text("method.constants_of"))
