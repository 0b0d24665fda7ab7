"""Merging two records: which one is kept, which value for each field, and the consequences."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from esdash.inventory import Inventory, merging
from esdash.inventory.access import Action, Actor
from esdash.texts import Text
from esdash.ui.maintenance import compare
from esdash.ui.maintenance.choice import CARE
from esdash.ui.shell import author, messages, page
from esdash.wording import labels
from esdash.wording.escaping import bold, plain
from esdash.wording.values import values_of

KEPT, OTHER, BOTH = "kept", "other", "both"


def show(inventory: Inventory, pair: compare.Pair, rows: list[compare.Row], text: Text) -> None:
    """The choices, the consequences, and the button."""
    page.heading(text("merge.title", kind=labels.kind(text, pair.table)))
    if st.session_state.get("joining_seen", pair.versions) != pair.versions:
        st.warning(text("merge.changed"))
    kept, other = _kept(inventory, pair, rows, text)
    if kept is not pair.left:
        rows = [compare.Row(r.columns, r.label, r.right, r.left, r.verdict, r.share) for r in rows]
    chosen = [row for row in rows if row.columns and row.verdict != "equal"]
    prefix = f"join_{pair.key(kept)}_{pair.key(other)}_"
    with st.form("merge", border=False, enter_to_submit=False):
        if chosen:
            page.heading(text("merge.fields"))
            st.caption(text("merge.order"))
        for row in chosen:
            _field(inventory, row, kept, other, prefix, pair, text)
        equal = [row.label for row in rows if row.columns and row.verdict == "equal"]
        if equal:
            st.caption(plain(text("merge.equal", fields=", ".join(equal))))
        page.heading(text("merge.follows"))
        for sentence in follows(inventory, pair, kept, other, text):
            st.markdown(f"- {sentence}")
        st.text_input(text("merge.reason"), key="merge_reason", placeholder=text("merge.reason_example"))
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(
                text("merge.now"),
                key="merge_now",
                type="primary",
                on_click=_merge,
                args=(inventory, pair, kept, other, [row.columns for row in chosen], prefix, text),
            )
            st.form_submit_button(text("merge.cancel"), key="merge_cancel", on_click=_close)


def _kept(
    inventory: Inventory, pair: compare.Pair, rows: list[compare.Row], text: Text
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The choice of the kept record; preset: the one with more references, then the one with more filled fields."""
    sides = {pair.key(side): side for side in (pair.left, pair.right)}
    named = {key: merging.followers(inventory, pair.table, key) for key in sides}
    known = ([row.left for row in rows], [row.right for row in rows])
    filled = {key: sum(words is not None for words in of) for key, of in zip(sides, known, strict=True)}
    best = max(sides, key=lambda key: (sum(named[key].values()), filled[key]))
    keys = list(sides)
    key = st.radio(
        text("merge.keep"),
        keys,
        index=keys.index(best),
        key=f"keep_{'_'.join(keys)}",
        format_func=lambda key: bold(sides[key]["name"]),
        captions=[
            text("merge.standing", id=plain(key), named=sum(named[key].values()), filled=filled[key]) for key in keys
        ],
    )
    other = next(side for one, side in sides.items() if one != key)
    return sides[key], other


def _field(
    inventory: Inventory,
    row: compare.Row,
    kept: Mapping[str, Any],
    other: Mapping[str, Any],
    prefix: str,
    pair: compare.Pair,
    text: Text,
) -> None:
    """The choice for one field; preset: the kept record's value, or the other's if unknown. Lists can be joined."""
    words = {KEPT: row.left or text("word.unknown"), OTHER: row.right or text("word.unknown")}
    both = compare.joined(kept[row.name], other[row.name])
    if both is not None:
        words[BOTH] = text("merge.both", values=values_of(inventory, text, pair.table).value(row.name, both))
    label, content = st.columns([1, 4], gap="small")
    label.markdown(plain(row.label))
    content.radio(
        plain(row.label),
        list(words),
        index=1 if row.left is None else 0,
        key=f"{prefix}{row.name}",
        format_func=lambda option: plain(words[option]),
        label_visibility="collapsed",
    )


def follows(
    inventory: Inventory, pair: compare.Pair, kept: Mapping[str, Any], other: Mapping[str, Any], text: Text
) -> list[str]:
    """The consequences of the merge, one sentence each."""
    moving = merging.followers(inventory, pair.table, pair.key(other))
    values = {"kept": bold(kept["name"]), "other": bold(other["name"])}
    what = ", ".join(labels.counted(text, table, n) for table, n in moving.items())
    return [
        text("merge.moving", what=what, **values) if moving else text("merge.nothing_moves", **values),
        text("merge.archived", id=plain(pair.key(other)), **values),
        text("merge.backup"),
    ]


def _close() -> None:
    CARE.joining = None


@author.first
def _merge(
    inventory: Inventory,
    pair: compare.Pair,
    kept: Mapping[str, Any],
    other: Mapping[str, Any],
    asked: list[tuple[str, ...]],
    prefix: str,
    text: Text,
) -> None:
    """Merge with the chosen values; both records must still be as they were shown."""
    fields: dict[str, Any] = {}
    for columns in asked:
        choice = st.session_state.get(f"{prefix}{columns[0]}", KEPT)
        if choice == BOTH:
            fields[columns[0]] = compare.joined(kept[columns[0]], other[columns[0]])
        elif choice == OTHER:
            fields |= {column: other[column] for column in columns}
    reason = str(st.session_state.get("merge_reason") or "").strip() or None
    keep, drop, done = pair.key(kept), pair.key(other), []

    def act(actor: Actor) -> None:
        done.append(merging.merge(inventory, pair.table, keep, drop, fields, actor, reason, pair.versions))

    if page.act(inventory, text, Action.MERGE_RECORDS, act):
        CARE.pair, CARE.joining = "", None
        messages.tell("done", text("merge.done", other=other["name"], kept=kept["name"]), merge_id=done[0])
