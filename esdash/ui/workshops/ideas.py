"""The ideas: those that sound alike, and all of them as lines."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from esdash.analysis.workshops import listed
from esdash.exports.workshops import tables as files_of
from esdash.inventory import Inventory
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.ui.priorities import item_form
from esdash.ui.shell import page, url
from esdash.ui.widgets import files, filters
from esdash.ui.widgets.facts import fact
from esdash.ui.widgets.files import File
from esdash.ui.widgets.lines import Line
from esdash.ui.workshops import choice, idea_forms, idea_lines, similar
from esdash.ui.workshops.choice import WORKSHOPS, Row, Workshops
from esdash.wording import workshops as words
from esdash.wording.escaping import plain
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The groups to put together, and the lines of the chosen ideas, which open below them."""
    rows = listed.ideas(inventory)

    def idea(key: str) -> None:
        row = choice.chosen(rows, "idea_id", key)
        if row:
            _open(inventory, text, names, row, rows)

    choice.IDEAS.linked(text, idea)
    similar.show(inventory, text, rows)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        filters.switch(Workshops.ideas, text("ideas.filter"), lambda name: text(f"ideas.filter_{name}"))
        idea_lines.button(inventory, text)
    idea_lines.form(inventory, text, names)
    if not rows:
        st.info(text("ideas.none"))
        url.link("workshops", text("ideas.to_workshops"), workshops="workshops")
        return
    frame = words.idea_rows(inventory, text)
    frame = frame if WORKSHOPS.ideas == "all" else frame[frame["standing"] == WORKSHOPS.ideas]
    if frame.empty:
        st.info(text("ideas.none_so"))
        return
    choice.IDEAS.show([_line(row, text) for row in frame.to_dict("records")], text, idea)
    files.buttons(
        inventory,
        text,
        File("word.download_xlsx", "ideas", "xlsx", files_of.ideas, ("xlsx",)),
        File("word.download_csv", "ideas", "csv", files_of.ideas, ("csv",)),
    )


# ---------------------------------------------------------------- inside


def _line(row: Mapping[Any, Any], text: Text) -> Line:
    about = text("ideas.line", who=row["who"], theme=row["theme"], district=row["district"])
    return Line(row["idea_id"], row["text"], about, row["state"], beside=row["origin"])


def _open(inventory: Inventory, text: Text, names: Names, row: Row, rows: list[Row]) -> None:
    page.heading(plain(row["text"]))
    st.markdown(plain(words.idea_standing(row, text)))
    _facts(text, names, row)
    _others(inventory, text, row, rows)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if row["standing"] == "listed":
            url.link("priorities", text("ideas.to_item"), priorities="list", item=row["priority_item_id"])
        elif row["state"] == "new":
            item_form.take_button(inventory, text, f"idea|{row['idea_id']}", primary=True)
        elif row["state"] == "merged":
            args = ("ideas", choice.IDEAS, row["stands_id"])
            label = f":primary[{text('ideas.to_stands')} →]"
            st.button(
                label, key=f"idea to stands {row['idea_id']}", type="tertiary", on_click=choice.open_one, args=args
            )
        idea_forms.show(inventory, text, names, row, rows)
    idea_forms.form_of(inventory, text, names, row)


def _facts(text: Text, names: Names, row: Row) -> None:
    who = names.of("organization", row["organization_id"]) if row["organization_id"] else text("ideas.nobody")
    said = {"who": who, "origin": words.origin(row, text)}
    if row["theme_id"]:
        said["theme"] = names.of("theme", row["theme_id"])
    said["district"] = names.of("district", row["district_id"]) if row["district_id"] else text("items.everywhere")
    for name, value in said.items():
        with fact(text(f"ideas.column_{name}")):
            st.text(value)


def _others(inventory: Inventory, text: Text, row: Row, rows: list[Row]) -> None:
    """The ideas that this one stands for, each with the way back."""
    inside = [one for one in rows if one["similar_to_id"] == row["idea_id"]]
    if not inside:
        return
    st.caption(text.count("ideas.stands_for", len(inside)))
    for one in inside:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.text(one["text"])
            if page.may(inventory, Action.KEEP_IDEAS):
                idea_forms.separate_button(inventory, text, str(one["idea_id"]))
