"""The list for printing: plain tables, whole, without controls; what the browser prints is what stands here."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from esdash.texts import Text, is_missing
from esdash.ui.shell import page, printing
from esdash.wording import items as words
from esdash.wording.escaping import bold, plain


def show(text: Text, found: pd.DataFrame, ended: pd.DataFrame) -> None:
    """The order, the evidence, and what stands beside the order or has ended."""
    ranked = found[found["standing"].isin(["ranked", "unrated"])]
    if len(ranked):
        _table(_listed(ranked, text), text)
        page.heading(text("items.because"))
        _table(_reasons(ranked, text), text)
    else:
        st.text(text("items.nothing_listed"))
    for name in ("deferred", "put_aside", "rejected"):
        _beside(found[found["standing"] == name], name, "pearl_reason" if name == "put_aside" else "state_word", text)
    _beside(ended, "ended", "ended_reason", text)


def _listed(rows: pd.DataFrame, text: Text) -> pd.DataFrame:
    """One line per item, narrow enough for A4 upright: number, task, where and for whom, lead, cost and date, state."""
    found = rows.to_dict("records")
    return pd.DataFrame(
        {
            text("column.rank"): [_number(row) for row in found],
            text("items.task"): [f"{bold(row['title'])}  \n{plain(row['measure'])}" for row in found],
            text("items.place"): [plain(f"{row['where']} · {row['for_whom']}") for row in found],
            text("items.lead"): [plain(row["lead"]) for row in found],
            text("items.cost_and_due"): [plain(f"{row['cost']} · {row['due']}") for row in found],
            text("items.state"): [plain(f"{words.points(row, text)} · {row['state_word']}") for row in found],
        }
    )


def _reasons(rows: pd.DataFrame, text: Text) -> pd.DataFrame:
    """One line per item: why it is on the list, with the figures then and now."""
    found = rows.to_dict("records")
    reasons = [" ".join([*words.then(row, text), words.now(row, text)]) for row in found]
    return pd.DataFrame(
        {
            text("column.rank"): [_number(row) for row in found],
            text("items.title"): [plain(row["title"]) for row in found],
            text("items.because"): [plain(reason) for reason in reasons],
        }
    )


def _number(row: Mapping[Any, Any]) -> str:
    return "\N{EN DASH}" if is_missing(row["rank"]) else str(int(row["rank"]))


def _beside(rows: pd.DataFrame, name: str, reason: str, text: Text) -> None:
    if rows.empty:
        return
    page.heading(text(f"items.section_{name}"))
    headings = {"title": text("items.title"), "state_word": text("items.state"), reason: text("items.pearl_why")}
    made = {words: [plain(text.value(value)) for value in rows[column]] for column, words in headings.items()}
    _table(pd.DataFrame(made), text)


def _table(frame: pd.DataFrame, text: Text) -> None:
    printing.table(frame, text("items.download_title"))
