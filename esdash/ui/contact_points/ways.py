"""Phone and mail of a contact as links that a telephone follows."""

from urllib.parse import quote

import streamlit as st

from esdash.model import phones, values
from esdash.texts import Text
from esdash.wording.escaping import plain


def ways(who: str, phone: str | None, email: str | None, text: Text) -> None:
    """Who is asked (Markdown, may be empty), below it phone number and mail address, where there is one."""
    said = [who] if who else []
    if phone:
        said.append(f"{text('finder.phone')}: {_phone(phone)}")
    if email:
        said.append(f"{text('finder.mail')}: {_mail(email)}")
    if said:
        st.markdown("  \n".join(said))


def _phone(written: str) -> str:
    """The number as a link that dials it; what nobody can dial stays words."""
    dialled = phones.e164(written)
    return f"[{plain(written)}](tel:{dialled})" if dialled else plain(written)


def _mail(written: str) -> str:
    """The address as a link; what is none stays words. Its signs are quoted, so that none of them ends the link."""
    try:
        address = values.email(written)
    except values.Wrong:
        return plain(written)
    return f"[{plain(written)}](mailto:{quote(address, safe='@')})"
