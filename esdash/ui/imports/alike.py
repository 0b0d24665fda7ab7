"""Rows that resemble a record of the inventory: a person decides whether each is new, the same, or left out."""

from typing import Any

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.file import versions
from esdash.texts import Text
from esdash.ui.imports import prepared
from esdash.ui.imports.prepared import Prepared
from esdash.ui.imports.work import NEW, SAME, SKIP, Work
from esdash.ui.shell import url
from esdash.wording import labels
from esdash.wording.escaping import bold, plain
from esdash.wording.values import Values

AT_ONCE = 8  # rows shown at a time
COMPARED = 4  # fields shown besides the name


def show(inventory: Inventory, work: Work, found: Prepared, text: Text) -> None:
    """One box per row: its values, the record that it resembles, and three choices."""
    if found.base is None:
        return
    words = prepared.words_of(inventory, found.base, text)
    numbers = list(found.alike)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(text("imports.alike_why"))
        if len(found.undecided) > 1:
            with st.container(horizontal=True, gap="small", width="content"):
                for choice in (NEW, SAME):
                    st.button(
                        text(f"imports.all_{choice}", n=len(found.undecided)),
                        key=work.key(f"all_{choice}"),
                        type="tertiary",
                        on_click=_decide_all,
                        args=(work, list(found.undecided), choice),
                    )
    pages = -(-len(numbers) // AT_ONCE)
    first = 0
    if pages > 1:
        first = (st.pagination(pages, key=work.key("alike_page")) - 1) * AT_ONCE
    for number in numbers[first : first + AT_ONCE]:
        _row(inventory, work, found, number, words, text)


def _decide_all(work: Work, numbers: list[int], choice: str) -> None:
    work.decisions |= dict.fromkeys(numbers, choice)
    for number in numbers:
        st.session_state.pop(work.key(f"alike_{number}"), None)


def _row(inventory: Inventory, work: Work, found: Prepared, number: int, words: Values, text: Text) -> None:
    match, row = found.alike[number], found.alike_rows[number]
    table = found.base.kind.table if found.base else ""
    with st.container(border=True, gap="small"):
        left, right = st.columns(2, gap="medium")
        with left:
            st.caption(text("imports.row", n=number))
            st.markdown(bold(row.values.get("name", row.label)))
            st.caption(plain(_facts(row.values, row.values, words)))
        with right:
            fields = plain(_reasons(match, text))
            st.caption(
                text("imports.resembles", share=text.percent(match["score"])),
                help=text("imports.because", fields=fields),
            )
            url.link("entry", plain(str(match["name"])), table=table, id=str(match["record_id"]))
            record = versions.current(inventory, table, str(match["record_id"])) or {}
            st.caption(plain(_facts(row.values, record, words)))
        key = work.key(f"alike_{number}")
        st.session_state[key] = work.decisions.get(number)
        st.segmented_control(
            text("imports.decide", n=number),
            (SAME, NEW, SKIP),
            format_func=lambda choice: text(f"import_ask.near_{choice}"),
            key=key,
            on_change=_decide,
            args=(work, number, key),
            label_visibility="collapsed",
        )


def _decide(work: Work, number: int, key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen:
        work.decisions[number] = chosen
    else:
        work.decisions.pop(number, None)


def _facts(given: dict[str, Any], values: dict[str, Any], words: Values) -> str:
    """The values of the fields that the row fills, after its name, from the row or from the record."""
    left_out = ("name", "description", words.kind.key)
    names = [name for name in given if name in words.kind.by_name and name not in left_out][:COMPARED]
    said = ((words.kind.field(name), words.value(name, values.get(name), values)) for name in names)
    return " · ".join(f"{labels.label(words.text, field)}: {value}" for field, value in said)


def _reasons(match: dict[str, Any], text: Text) -> str:
    """The fields that agree, the most similar first."""
    shares = {name.removesuffix("_share"): share for name, share in match.items() if name.endswith("_share")}
    alike = {name: share for name, share in shares.items() if share is not None and share == share and share >= 0.5}
    ordered = sorted(alike, key=lambda name: -alike[name])
    return ", ".join(f"{text(f'imports.share_{name}')} {text.percent(alike[name])}" for name in ordered)
