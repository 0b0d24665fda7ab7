"""One item of the list: task, evidence then and now, criteria as bars, what would move it up, voices, actions."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from esdash.analysis.answers import answers
from esdash.analysis.priorities import items, moving_up
from esdash.analysis.priorities.priorities import CRITERIA
from esdash.analysis.voices import voices
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text, is_missing
from esdash.ui.priorities import item_actions
from esdash.ui.shell import navigation, page, url
from esdash.ui.widgets import who_could_help
from esdash.ui.widgets.facts import fact
from esdash.wording import answers as answer_words
from esdash.wording import items as words
from esdash.wording import voices as voice_words
from esdash.wording.escaping import plain

Row = Mapping[str, Any]

_FACTS = ("where", "for_whom", "lead", "partners", "cost", "due")


def show(inventory: Inventory, text: Text, row: Row, titles: Mapping[str, str], place: str = "") -> None:
    """The item, a row of the list in words.

    `titles`: item → title, for the one above it; `place` tells its buttons from those of other open items.
    """
    number = "" if is_missing(row["rank"]) else f"{int(row['rank'])}. "
    page.heading(plain(f"{number}{row['title']}"))
    st.markdown(plain(row["measure"]) if row["measure"] != text("items.open") else f":gray[{row['measure']}]")
    left, right = st.columns(2, gap="large")
    with left:
        _facts(inventory, text, row)
        _evidence(text, row)
    with right:
        _bars(text, row)
        step = _steps(inventory).get(str(row["priority_item_id"]))
        _standing(text, row, words.moving(step, row, titles.get(step.above_id, "") if step else "", text))
        _voices(inventory, text, row)
    who_could_help.link(text, row["theme_ids"], row["target_group_ids"], row["district_ids"])
    item_actions.buttons(inventory, text, row, place)


@cached
def _steps(inventory: Inventory) -> dict[str, moving_up.Step]:
    return moving_up.steps(inventory, items.on_list(inventory))


def _facts(inventory: Inventory, text: Text, row: Row) -> None:
    with st.container(gap="xsmall"):
        for name in _FACTS:
            with fact(text(f"items.{name}")):
                st.text(row[name])
        with fact(text("items.state")):
            st.text(row["state_word"])
        if entry := answers.of_item(inventory, str(row["priority_item_id"])):
            with fact(text("items.answer")):
                version = text("city_answers.version_of", number=int(entry["number"]))
                st.text(f"{version}: {answer_words.state(entry, text)}")


def _evidence(text: Text, row: Row) -> None:
    for line in words.then(row, text):
        st.text(line)
    if today := words.now(row, text):
        st.text(today)
    there = words.live(row)
    if there and there[0] in navigation.PAGES:
        url.link(there[0], text("items.live"), **there[1])


def _bars(text: Text, row: Row) -> None:
    """Each criterion as a bar from 0 to 100, with its value in its unit; why there are none."""
    if row["unrated"]:
        st.info(words.unrated(row, text))
        return
    overlap = "_overlap" if row["origin"] == "overlap" else ""
    st.caption(text("items.bars"))
    with st.container(gap="xsmall"):
        for name in CRITERIA:
            points, label = text.number(row[name], 0), text(f"criterion.{name}{overlap}")
            value = row[f"{name}_measured"]
            if is_missing(value):
                said = text("items.bar", criterion=label, points=points)
            else:
                unit = words.places(value, text) if name == "size" else text.percent(value)
                said = text("items.bar_value", criterion=label, points=points, value=unit)
            st.progress(min(100, max(0, round(row[name]))), said)


def _standing(text: Text, row: Row, moving: str) -> None:
    if row["standing"] != "ranked":
        return
    if isinstance(row["judged"], str):
        st.text(text("items.judged", reason=row["score_reason"]))
    st.text(text("items.near", near=text.percent(row["near"])))
    st.text(moving)


def _voices(inventory: Inventory, text: Text, row: Row) -> None:
    """What the seats said in the last closed round."""
    found = voices.latest(inventory)
    if found.empty:
        return
    for said in found[found["priority_item_id"] == row["priority_item_id"]].to_dict("records"):
        values = {name: voice_words.points(said[name], text) for name in ("median", "q1", "q3")}
        line = [text("items.voices", n=int(said["n"]), **values)]
        if said["contested"]:
            line.append(text("items.voices_contested"))
        if said["recused"] and not pd.isna(said["median_without"]):
            without = text.number(said["median_without"])
            line.append(text.count("items.voices_recused", int(said["recused"]), without=without))
        st.text(" ".join(line))
