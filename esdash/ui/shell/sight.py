"""Moves the page so that a part of it is in sight: a message, or a form that has just opened."""

from typing import Literal

import streamlit as st

# Once more after a moment, when charts above have found their height.
_IN_SIGHT = st.components.v2.component(
    "in_sight",
    js="""
export default function({ data, parentElement }) {
    const part = parentElement.closest(".st-key-" + data.part);
    if (!part || parentElement.turn === data.turn) return;
    parentElement.turn = data.turn;
    part.style.scrollMarginTop = "5rem";
    part.style.scrollMarginBottom = "1rem";
    const move = () => part.isConnected && part.scrollIntoView({ block: data.block });
    move();
    setTimeout(move, 300);
    if (data.block === "nearest") setTimeout(move, 900);
}
""",
    isolate_styles=False,
)


def bring(part: str, turn: int | str = 0, block: Literal["nearest", "start"] = "nearest") -> None:
    """Inside the container with the key `part`: bring it into sight, again only for another `turn`.

    `nearest` moves only what is out of sight, `start` puts the beginning to the top.
    """
    _IN_SIGHT(key=f"in_sight_{part}_{turn}", data={"part": part, "turn": turn, "block": block}, height=1)
