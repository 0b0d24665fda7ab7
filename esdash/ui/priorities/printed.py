"""The list for printing: plain tables, whole, without controls; what the browser prints is what stands here."""

import pandas as pd
import streamlit as st

from esdash.texts import Text, is_missing
from esdash.ui.shell import page, url
from esdash.wording import items as words
from esdash.wording.escaping import plain

_LIST = ("title", "measure", "where", "for_whom", "lead", "cost", "due", "state_word")
_HEADINGS = {"title": "items.title", "state_word": "items.state"}


def show(text: Text, found: pd.DataFrame, ended: pd.DataFrame) -> None:
    """The order, the evidence, and what stands beside the order or has ended."""
    url.here("priorities", text("items.print_back"), "items_print_back")
    ranked = found[found["standing"].isin(["ranked", "unrated"])]
    if len(ranked):
        _table(_numbered(ranked, text, *_LIST), text)
        page.heading(text("items.because"))
        reasons = [" ".join([*words.then(row, text), words.now(row, text)]) for row in ranked.to_dict("records")]
        _table(_numbered(ranked.assign(because=reasons), text, "title", "because"), text)
    else:
        st.text(text("items.nothing_listed"))
    for name in ("deferred", "put_aside", "rejected"):
        _beside(found[found["standing"] == name], name, "pearl_reason" if name == "put_aside" else "state_word", text)
    _beside(ended, "ended", "ended_reason", text)


def _numbered(rows: pd.DataFrame, text: Text, *columns: str) -> pd.DataFrame:
    """The rows with their rank and points first; a dash where there are none."""
    dash = "\N{EN DASH}"
    made = {text("column.rank"): [dash if is_missing(rank) else str(int(rank)) for rank in rows["rank"]]}
    made |= {text(_HEADINGS.get(name, f"items.{name}")): [plain(text.value(v)) for v in rows[name]] for name in columns}
    if "measure" in columns:
        made[text("column.priority")] = [dash if is_missing(v) else text.number(v, 0) for v in rows["priority"]]
    return pd.DataFrame(made)


def _beside(rows: pd.DataFrame, name: str, reason: str, text: Text) -> None:
    if rows.empty:
        return
    page.heading(text(f"items.section_{name}"))
    headings = {"title": text("items.title"), "state_word": text("items.state"), reason: text("items.pearl_why")}
    made = {words: [plain(text.value(value)) for value in rows[column]] for column, words in headings.items()}
    _table(pd.DataFrame(made), text)


def _table(frame: pd.DataFrame, text: Text) -> None:
    st.table(frame, border="horizontal", hide_index=True, alt=text("items.download_title"))
