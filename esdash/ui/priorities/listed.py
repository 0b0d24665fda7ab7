"""What people took onto the list: the part "Auf der Liste"."""

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.priorities import items, priorities
from esdash.exports.lists import drafting
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text, is_missing
from esdash.ui.priorities import item, item_form, printed
from esdash.ui.priorities.choice import PRIORITIES, Priorities
from esdash.ui.shell import page, printing
from esdash.ui.widgets import empty, files, tables
from esdash.ui.widgets.files import File
from esdash.ui.widgets.lines import Line, Lines
from esdash.wording import actors
from esdash.wording import items as words
from esdash.wording.columns import Column
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names, names_of

LINES = Lines("item", PRIORITIES, Priorities.item)
LONGEST = 90  # characters of a reason in its line; the whole reason stands in the item
SECTIONS = ("deferred", "put_aside", "rejected")

Row = Mapping[Any, Any]


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The list in its order, the chosen item below its row or alone, what was put aside or ended; or all to print."""
    found = in_words(inventory, text)
    ended = ended_in_words(inventory, text)
    if printing.on():
        printed.show(text, found, ended)
        return
    if found.empty and ended.empty:
        empty.explain(inventory, text, text("items.nothing_listed"))
        item_form.write_button(inventory, text)
        return
    numbered = found[found["standing"].isin(["ranked", "unrated"])].to_dict("records")
    chosen = _chosen(found)
    if chosen and chosen["priority_item_id"] not in LINES.opened:
        _alone(inventory, text, found, chosen)
        return
    _lines(inventory, text, found, numbered, _ranked(inventory, text, numbered))
    with st.container(horizontal=True, vertical_alignment="center"):
        item_form.write_button(inventory, text)
        tables.downloads(inventory, found, words.columns(text), text("items.download_title"), "priorities", text)
    for name in SECTIONS:
        _section(inventory, text, found[found["standing"] == name], name)
    _section(inventory, text, ended, "ended")
    if len(numbered) > 1:
        _other_weights(inventory, text, found)


@cached
def in_words(inventory: Inventory, text: Text) -> pd.DataFrame:
    """One row per item on the list, in its order, in words."""
    return words.in_words(items.on_list(inventory), text, names_of(inventory, text))


@cached
def ended_in_words(inventory: Inventory, text: Text) -> pd.DataFrame:
    """One row per item that has ended, in words."""
    return words.in_words(items.ended(inventory), text, names_of(inventory, text))


def paper(inventory: Inventory, text: Text) -> None:
    """The list as it is, as the paper for a meeting; above the list, so that nobody has to look for it."""
    if not printing.on() and not items.on_list(inventory).empty:
        files.buttons(inventory, text, File("items.pdf", "priorities", "pdf", drafting.paper))


def sentence(inventory: Inventory, text: Text) -> str:
    """What is on the list, in one sentence; the title's answer on every part of the page."""
    return words.sentence(items.on_list(inventory), len(priorities.open_items(inventory)), text)


def _chosen(found: pd.DataFrame) -> Row | None:
    """The chosen item; None without one."""
    wanted = PRIORITIES.item
    rows = found[(found["priority_item_id"] == wanted) | (found["finding_id"] == wanted)] if wanted else found.head(0)
    if rows.empty:
        return None
    row: Row = rows.to_dict("records")[0]
    PRIORITIES.item = row["priority_item_id"]
    return row


def _alone(inventory: Inventory, text: Text, found: pd.DataFrame, row: Row) -> None:
    """An item that a link opened, at the top, with the way to the list and to the one before and after it."""
    keys = found["priority_item_id"].tolist()
    place = keys.index(row["priority_item_id"])
    with st.container(border=True):
        with st.container(horizontal=True, gap="small"):
            st.button(text("items.close"), key="item_close", type="tertiary", on_click=LINES.choose, args=(None,))
            for step, key in ((-1, "before"), (1, "after")):
                other = keys[place + step] if 0 <= place + step < len(keys) else None
                label = text(f"items.{key}")
                st.button(
                    label,
                    key=f"item_{key}",
                    type="tertiary",
                    disabled=other is None,
                    on_click=LINES.choose,
                    args=(other,),
                )
        item.show(inventory, text, row, _titles(found))


def _titles(found: pd.DataFrame) -> Mapping[str, str]:
    return dict(zip(found["priority_item_id"], found["title"], strict=True))


def _lines(inventory: Inventory, text: Text, found: pd.DataFrame, rows: list[Row], lines: Sequence[Line]) -> None:
    """Lines whose items open below them."""

    def below(key: str) -> None:
        item.show(
            inventory, text, next(row for row in rows if row["priority_item_id"] == key), _titles(found), f"_{key}"
        )

    LINES.show(lines, text, below)


def _ranked(inventory: Inventory, text: Text, rows: list[Row]) -> list[Line]:
    """One line per item: its number, the task, why it is on the list, points and state, where and who leads."""
    short = actors.short_names(inventory)
    return [
        Line(
            str(row["priority_item_id"]),
            row["title"],
            f"{row['where']} · {shorten(row['because'], LONGEST, placeholder=' …')}",
            f"{words.points(row, text)} · {row['state_word']}",
            words.leading(row, short, text),
            "\N{EN DASH}" if is_missing(row["rank"]) else f"{int(row['rank'])}.",
        )
        for row in rows
    ]


def _section(inventory: Inventory, text: Text, found: pd.DataFrame, name: str) -> None:
    """Items that stand beside the order, each with its reason; they never vanish."""
    if found.empty:
        return
    page.heading(text(f"items.section_{name}"))
    rows = found.to_dict("records")
    if name == "ended":
        for row in rows:
            said = f"{row['state_word']}: {text.value(row['ended_reason'])}"
            st.markdown(f"{bold(row['title'])}  \n{plain(said)}")
        return
    reason = "pearl_reason" if name == "put_aside" else "state_word"
    lines = [Line(str(row["priority_item_id"]), row["title"], text.value(row[reason])) for row in rows]
    _lines(inventory, text, found, rows, lines)


def _other_weights(inventory: Inventory, text: Text, found: pd.DataFrame) -> None:
    """The places on the list with other weights, beside the agreed ones."""
    with st.expander(text("items.beside")):
        st.caption(text("items.beside_note"))
        frame, columns = beside(inventory, text)
        tables.show(frame, columns, text, "items_beside", text("items.beside"))


@cached
def beside(inventory: Inventory, text: Text) -> tuple[pd.DataFrame, list[Column]]:
    """One row per ranked item: its place with the agreed weights, with equal ones, and with each one doubled."""
    agreed = priorities.agreed_weights(inventory)
    ways = {"agreed": agreed, "equal": dict.fromkeys(priorities.CRITERIA, 1.0)}
    ways |= {name: agreed | {name: 2 * agreed[name]} for name in priorities.CRITERIA}
    found = in_words(inventory, text)
    frame = found.loc[found["standing"] == "ranked", ["priority_item_id", "title"]].copy()
    columns = [Column("title", text("items.title"), width=44)]
    for name, weights in ways.items():
        ranks = items.on_list(inventory, weights).set_index("priority_item_id")["rank"]
        frame[name] = frame["priority_item_id"].map(ranks).astype("Int64")
        plain_way = name in ("agreed", "equal")
        label = (
            text(f"items.beside_{name}")
            if plain_way
            else text("items.beside_double", criterion=text(f"criterion.{name}"))
        )
        columns.append(Column(name, label, "integer"))
    return frame, columns
