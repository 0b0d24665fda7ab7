"""Choices that live in the URL, so that a colleague who gets the link sees the same.

Streamlit's own binding would write the translated label of an option into the URL; a link must mean the same in
both languages, so it carries our ids, and this module keeps them and the widgets in step.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NoReturn

import streamlit as st

from esdash.texts import LANGUAGES
from esdash.ui.shell import navigation, session
from esdash.wording.escaping import plain

LONGEST_ECHO = 80  # characters of a wrong link that a message repeats

Value = str | list[str]


def take(page: str, defaults: Mapping[str, Value | None], valid: Mapping[str, Collection[str]]) -> None:
    """Bring the URL into the widgets' state when it is other than what this page last wrote.

    A widget that was not drawn meanwhile has lost its state, and gets it back from the URL.

    `defaults` names the parameters (a list means several values), `valid` the values a parameter may have (not
    named: any). A message names the values of the link that mean nothing here and were left out.
    """
    given = {name: st.query_params.get_all(name) for name in defaults}
    written_here = given == st.session_state.get(_seen(page))
    ignored: list[str] = []
    for name, default in defaults.items():
        if written_here and name in st.session_state:  # what was just chosen is not in the link yet
            continue
        allowed = [value for value in given[name] if name not in valid or value in valid[name]]
        ignored += [value for value in given[name] if value not in allowed]
        if isinstance(default, list):
            st.session_state[name] = list(dict.fromkeys(allowed)) or default
        else:
            st.session_state[name] = allowed[0] if allowed else default
    if ignored:
        st.warning(session.text()("app.link_ignored", values=plain(", ".join(ignored)[:LONGEST_ECHO])))


def give(page: str, defaults: Mapping[str, Value | None]) -> None:
    """Write the widgets' state into the URL; what is at its default is left out.

    All at once: each writing is a step of the browser's way back, and one click should be one step.
    """
    written: dict[str, list[str]] = {}
    for name, default in defaults.items():
        value = st.session_state.get(name)
        written[name] = [] if value in (default, None, "") else list(value) if isinstance(value, list) else [str(value)]
    if any(values != st.query_params.get_all(name) for name, values in written.items()):
        others = {name: st.query_params.get_all(name) for name in st.query_params if name not in written}
        st.query_params.from_dict({**others, **{name: values for name, values in written.items() if values}})
    st.session_state[_seen(page)] = written


def language() -> None:
    """Keep the language over pages: the navigation drops the URL's parameters, the session remembers."""
    given = st.query_params.get("lang")
    if given in LANGUAGES and ("lang" not in st.session_state or given != st.session_state.get(_seen("lang"))):
        st.session_state["lang"] = given
    chosen = st.session_state.setdefault("lang", LANGUAGES[0])
    if given != (None if chosen == LANGUAGES[0] else chosen):
        if chosen == LANGUAGES[0]:
            st.query_params.pop("lang", None)
        else:
            st.query_params["lang"] = chosen
    st.session_state[_seen("lang")] = chosen


def link(page: str, label: str, **params: str | Sequence[str] | None) -> None:
    """A link to a page with its parameters, in the language of this visitor."""
    query: dict[str, Any] = {name: value for name, value in params.items() if value}
    if st.session_state.get("lang", LANGUAGES[0]) != LANGUAGES[0]:
        query["lang"] = st.session_state["lang"]
    st.page_link(navigation.script(page), label=label, icon="", help="", query_params=query)


def arrive() -> None:
    """Bring the browser's address in step after a link that led to the page one was on.

    Such a link changes what the page is asked for, but the address only when something is written to it; the browser
    ignores what it has already.
    """
    for name in st.query_params:
        st.query_params[name] = st.query_params.get_all(name)
        return


def details_seen() -> int:
    """How many details this visitor has opened from a table."""
    return int(st.session_state.get("details_seen", 0))


def open_detail(record_id: str) -> NoReturn:
    """Show the detail view of a record; the filters stay in the URL beside it."""
    st.session_state["details_seen"] = details_seen() + 1
    st.query_params["id"] = record_id
    st.rerun()


def close() -> None:
    """Leave the detail view."""
    st.query_params.pop("id", None)


def _seen(page: str) -> str:
    return f"url of {page}"
