"""Phone and mail of a contact as links that a telephone follows."""

import re

import streamlit as st

from esdash.texts import Text
from esdash.wording.escaping import plain


def ways(who: str, phone: str | None, email: str | None, text: Text) -> None:
    """Who is asked (Markdown, may be empty), below it phone number and mail address as links, where there is one."""
    said = [who] if who else []
    if phone:
        said.append(f"{text('finder.phone')}: [{plain(phone)}](tel:{re.sub(r'[^+0-9]', '', phone)})")
    if email:
        said.append(f"{text('finder.mail')}: [{plain(email)}](mailto:{email})")
    if said:
        st.markdown("  \n".join(said))
