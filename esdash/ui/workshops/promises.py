"""The promises: all of them or those of one state and organisation, as lines. Internal."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from esdash.analysis.workshops import listed
from esdash.exports.workshops import tables as files_of
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import page, url
from esdash.ui.widgets import files, filters
from esdash.ui.widgets.facts import fact
from esdash.ui.widgets.files import File
from esdash.ui.widgets.lines import Line
from esdash.ui.workshops import choice, promise_forms, promise_lines
from esdash.ui.workshops.choice import WORKSHOPS, Row, Workshops
from esdash.wording import workshops as words
from esdash.wording.escaping import plain
from esdash.wording.names import Names


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """The lines of the chosen promises, which open below them."""
    rows = listed.promises(inventory)

    def promise(key: str) -> None:
        row = choice.chosen(rows, "commitment_id", key)
        if row:
            _open(inventory, text, names, row)

    choice.PROMISES.linked(text, promise)
    left, middle, right = st.columns([5, 3, 2], gap="small", vertical_alignment="bottom")
    with left:
        filters.switch(Workshops.promises, text("promises.filter"), lambda name: text(f"promises.filter_{name}"))
    whose = names.by_name("organization", {row["organization_id"] for row in rows if row["organization_id"]})
    if whose:
        with middle:
            of = partial(names.of, "organization")
            filters.choice(Workshops.whose, text("promises.whose"), whose, of, text("promises.whose_all"))
    with right:
        promise_lines.button(inventory, text)
    promise_lines.form(inventory, text, names)
    if not rows:
        st.info(text("promises.none"))
        url.link("workshops", text("ideas.to_workshops"), workshops="workshops")
        return
    wanted = {row["commitment_id"] for row in rows if _wanted(row)}
    frame = words.promise_rows(inventory, text)
    frame = frame[frame["commitment_id"].isin(wanted)]
    if frame.empty:
        st.info(text("promises.none_so"))
        return
    choice.PROMISES.show([_line(row, text) for row in frame.to_dict("records")], text, promise)
    if any(row["state"] == "broken" for row in rows):
        st.caption(text("promises.internal"))
    files.buttons(
        inventory,
        text,
        File("word.download_xlsx", "commitments", "xlsx", files_of.commitments, ("xlsx",)),
        File("word.download_csv", "commitments", "csv", files_of.commitments, ("csv",)),
    )


def _wanted(row: Row) -> bool:
    """Whether a promise is of the chosen state and organisation."""
    of_state = WORKSHOPS.promises in ("all", row["state"], row["standing"])  # overdue ones are open
    return of_state and WORKSHOPS.whose in (None, row["organization_id"])


# ---------------------------------------------------------------- inside


def _line(row: Mapping[Any, Any], text: Text) -> Line:
    about = text("promises.line", who=row["who"], theme=row["theme"], district=row["district"])
    return Line(
        row["commitment_id"], row["text"], about, row["state"], beside=text("promises.line_due", due=row["due"])
    )


def _open(inventory: Inventory, text: Text, names: Names, row: Row) -> None:
    page.heading(plain(row["text"]))
    st.markdown(plain(words.promise_standing(row, text, inventory.today())))
    _facts(text, names, row)
    if row["measure_id"]:
        url.link("measures", text("promises.to_measure"), id=row["measure_id"])
        if row["state"] == "open" and not row["followed"]:
            st.caption(text("promises.measure_ended"))
    promise_forms.show(inventory, text, row)
    promise_forms.beside(inventory, text, names, row)


def _facts(text: Text, names: Names, row: Row) -> None:
    said = {"who": words.promiser(row, names, text), "due": words.due(row, text), "origin": words.origin(row, text)}
    about = [names.of("theme", row["theme_id"])] if row["theme_id"] else []
    about += [names.of("district", row["district_id"])] if row["district_id"] else []
    if about:
        said["about"] = " · ".join(about)
    if row["note"]:
        said["note"] = str(row["note"])
    if row["measure_id"]:
        state = text(f"measures.state_{row['measure_state']}")
        number = row["measure_number"] or text("word.no_entry")
        said["measure"] = text("promises.fact_measure_is", number=number, title=row["measure_title"], state=state)
    for name, value in said.items():
        with fact(text(f"promises.fact_{name}")):
            st.text(value)
