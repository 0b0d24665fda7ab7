"""What a page is for, in three sentences: shown at the first visit until it is put away, later behind a question mark.

The browser keeps which pages are explained (cookie, no personal data). A visitor whose browser keeps no cookies is not
explained the same page over and over: the script of esdash/serve tells by its own cookie that it does.
"""

import streamlit as st

from esdash.texts import Text
from esdash.ui.shell import printing, screen

COOKIE = "esdash_explained"  # names of pages, parted by dots
_DONE = "explained"

_KEEP = st.components.v2.component(
    "explained",
    js="""
export default function({ data }) {
    document.cookie = `${data.cookie}=${data.pages}; path=/; max-age=31536000; SameSite=Lax`;
}
""",
    isolate_styles=False,
)


def first_visit(page: str, text: Text) -> None:
    """Below the title: the sentences of this page, and the button that puts them away for good."""
    done = _explained()
    if page not in done and screen.told() and not printing.on():
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="first_visit"):
            st.markdown(text(f"help.{page}"), width="stretch")
            st.button(text("help.done"), key="first_visit_done", on_click=_put_away, args=(page,))
    if st.session_state.get(_DONE):
        _KEEP(key="explained_kept", data={"cookie": COOKIE, "pages": ".".join(sorted(done))}, height=1)


def again(page: str, text: Text) -> None:
    """The question mark with the same sentences."""
    with st.popover("?", type="tertiary", help=text("help.label")):
        st.text(text(f"help.{page}"))


def _explained() -> set[str]:
    """The pages that this visitor has put away, in this visit or before."""
    kept = st.context.cookies.get(COOKIE, "").split(".")
    return {*kept, *st.session_state.get(_DONE, ())} - {""}


def _put_away(page: str) -> None:
    st.session_state[_DONE] = [*st.session_state.get(_DONE, ()), page]
