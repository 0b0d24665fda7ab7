"""A prepared mail, to copy or to open in the mail program."""

from urllib.parse import quote

import streamlit as st

from esdash.analysis.maintenance.freshness import Mail
from esdash.texts import Text


def dialog(mail: Mail, text: Text) -> None:
    """The dialog with recipient, subject and text; says so if no address may be used."""

    def content() -> None:
        if mail.to:
            _field(text("mail_form.to"), mail.to)
        else:
            st.info(text("mail_form.no_address"))
        _field(text("mail_form.subject"), mail.subject)
        _field(text("mail_form.body"), mail.body)
        st.link_button(text("mail_form.open"), address(mail), type="primary")
        st.caption(text("mail_form.hint"))

    st.dialog(text("mail_form.title"), width="medium")(content)()


def address(mail: Mail) -> str:
    """The mail as a mailto: link, without an address if there is no recipient."""
    body = quote(mail.body.replace("\n", "\r\n"), safe="")
    return f"mailto:{quote(mail.to or '', safe='@')}?subject={quote(mail.subject, safe='')}&body={body}"


def _field(label: str, words: str) -> None:
    with st.container(gap="xsmall"):
        st.caption(label)
        st.code(words, language=None, wrap_lines=True)
