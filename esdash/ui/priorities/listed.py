"""What people took onto the list: the part "Auf der Liste"."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.priorities import items, priorities
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text, is_missing
from esdash.ui.priorities import item, item_form, printed
from esdash.ui.priorities.choice import PRIORITIES
from esdash.ui.shell import page, url
from esdash.ui.widgets import empty, tables
from esdash.wording import items as words
from esdash.wording.columns import Column
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names, names_of

AT_ONCE = 25  # rows; a list that people can decide has about a dozen
SECTIONS = ("deferred", "put_aside", "rejected")

Row = Mapping[Any, Any]


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The list in its order, above it the chosen item, below it what was put aside or ended; or all for printing."""
    found = in_words(inventory, text)
    ended = ended_in_words(inventory, text)
    if PRIORITIES.print == "1":
        printed.show(text, found, ended)
        return
    if found.empty and ended.empty:
        empty.explain(inventory, text, text("items.nothing_listed"))
        item_form.write_button(inventory, text)
        return
    titles = dict(zip(found["priority_item_id"], found["title"], strict=True))
    numbered = found[found["standing"].isin(["ranked", "unrated"])].to_dict("records")
    _chosen(inventory, text, found, titles)
    _rows(text, numbered)
    with st.container(horizontal=True, vertical_alignment="center"):
        item_form.write_button(inventory, text)
        tables.downloads(inventory, found, words.columns(text), text("items.download_title"), "priorities", text)
        url.here("priorities", text("items.print"), "items_print", print="1")
    for name in SECTIONS:
        _section(text, found[found["standing"] == name], name)
    _section(text, ended, "ended")
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


def sentence(inventory: Inventory, text: Text) -> str:
    """What is on the list, in one sentence; the title's answer on every part of the page."""
    return words.sentence(items.on_list(inventory), len(priorities.open_items(inventory)), text)


def first(inventory: Inventory, text: Text, count: int) -> bool:
    """The first items of the list as a short list; whether there are any."""
    rows = in_words(inventory, text).head(count).to_dict("records")
    for row in rows:
        number = f"{int(row['rank'])}. " if not is_missing(row["rank"]) else ""
        st.markdown(bold(f"{number}{row['title']}") + "  \n" + plain(row["state_word"]))
    return bool(rows)


def _chosen(inventory: Inventory, text: Text, found: pd.DataFrame, titles: Mapping[str, str]) -> None:
    """The chosen item, above the list, with the way to the one before and after it."""
    keys = found["priority_item_id"].tolist()
    wanted = PRIORITIES.item
    if wanted not in keys:
        listed = found.loc[found["finding_id"] == wanted, "priority_item_id"].tolist() if wanted else []
        if not listed:
            return
        wanted = PRIORITIES.item = listed[0]
    place = keys.index(wanted)
    with st.container(border=True):
        with st.container(horizontal=True, gap="small"):
            st.button(text("items.close"), key="item_close", type="tertiary", on_click=_open, args=(None,))
            for step, key in ((-1, "before"), (1, "after")):
                other = keys[place + step] if 0 <= place + step < len(keys) else None
                label = text(f"items.{key}")
                st.button(
                    label, key=f"item_{key}", type="tertiary", disabled=other is None, on_click=_open, args=(other,)
                )
        row = found[found["priority_item_id"] == wanted].to_dict("records")[0]
        item.show(inventory, text, row, titles)


def _rows(text: Text, rows: list[Row]) -> None:
    """One line per item: its number, its title as a link that opens it, its points, and where it stands."""
    everything = st.session_state.get("items_all", False)
    shown = rows if everything else rows[:AT_ONCE]
    with st.container(gap="xsmall"):
        for row in shown:
            number = "\N{EN DASH}" if is_missing(row["rank"]) else f"{int(row['rank'])}."
            key = str(row["priority_item_id"])
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{number}**", width=34)
                with st.container(width="stretch"):
                    url.here("priorities", plain(row["title"]), f"item_{key}", item=key)
                st.caption(plain(f"{words.points(row, text)} · {row['state_word']}"), width=300)
    if len(shown) < len(rows):
        st.button(text("items.more", n=len(rows)), on_click=_all)


def _section(text: Text, rows: pd.DataFrame, name: str) -> None:
    """Items that stand beside the order, each with its reason; they never vanish."""
    if rows.empty:
        return
    page.heading(text(f"items.section_{name}"))
    for row in rows.to_dict("records"):
        reason = {"put_aside": "pearl_reason", "ended": "ended_reason"}.get(name, "state_word")
        said = text.value(row[reason]) if name != "ended" else f"{row['state_word']}: {text.value(row[reason])}"
        st.markdown(f"{bold(row['title'])}  \n{plain(said)}")
        if name != "ended":
            key = str(row["priority_item_id"])
            url.here("priorities", text("items.show"), f"item_{key}", item=key)


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


def _open(key: str | None) -> None:
    PRIORITIES.item = key


def _all() -> None:
    st.session_state["items_all"] = True
