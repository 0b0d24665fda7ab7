"""What the visitor's screen is like; the browser tells it by a cookie that the app's own script sets before a visit.

Streamlit tells a script nothing about the width. A screen that becomes narrow is known from the next visit on.
"""

import streamlit as st

COOKIE = "esdash_narrow"  # set to 1 by esdash/serve's script while the window is narrower than NARROW
NARROW = 640  # pixels; below it Streamlit puts its columns one under the other


def told() -> bool:
    """Whether this visitor's browser tells anything, and so keeps cookies."""
    return COOKIE in dict(st.context.cookies)


def narrow() -> bool:
    """Whether this visitor reads on a telephone: tables as cards, filters folded."""
    return st.context.cookies.get(COOKIE) == "1"
