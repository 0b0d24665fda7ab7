"""Fields of a record, each with its label."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

LABEL = 150  # width of a label [pixels]; a telephone has as much left for the value


@contextmanager
def fact(label: str) -> Iterator[None]:
    """A label with its value beside it, also on a narrow screen."""
    with st.container(horizontal=True, gap="small"):
        with st.container(width=LABEL):
            st.caption(label)
        with st.container(width="stretch"):
            yield
