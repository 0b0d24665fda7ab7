"""Modules: who teaches them, when they come next, and which modules nobody teaches."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from esdash.analysis.trainings import training
from esdash.inventory import Inventory
from esdash.inventory.cached import cached
from esdash.texts import Text
from esdash.ui.widgets import tables
from esdash.wording.columns import Column, headed
from esdash.wording.escaping import bold
from esdash.wording.names import Names, names_of


def show(inventory: Inventory, text: Text, names: Names, sentence: DeltaGenerator) -> None:
    """The sentence, what nobody teaches, and the table."""
    frame = modules(inventory, text)
    untaught = frame.loc[frame["providers"] == 0, "module"].tolist()
    dateless = frame.loc[(frame["providers"] > 0) & (frame["sessions"] == 0), "module"].tolist()
    several = int((frame["providers"] > 1).sum())
    sentence.markdown(
        text(
            "plan.modules_sentence" if dateless else "plan.modules_sentence_all",
            untaught=bold(text.number(len(untaught))),
            of=text.number(len(frame)),
            dateless=bold(text.number(len(dateless))),
            several=bold(text.number(several)),
        )
    )
    if untaught:
        st.warning(text("trainings.untaught", modules="; ".join(untaught)))
    if dateless:
        st.info(text("plan.dateless", modules="; ".join(dateless)))
    columns = _columns(text)
    tables.show(frame, columns, text, "modules_table", text("trainings.modules_alt"), height=560)
    tables.downloads(inventory, frame, columns, text("plan.view_modules"), "modules", text)


def _columns(text: Text) -> list[Column]:
    named = (("next_words", "column.next_on"), ("sessions", "column.upcoming"), "free", "waiting", "providers")
    who = ("organizations_words", "plan.column_organizations_words")
    return headed(text, "session", "module", *named, who)


@cached
def modules(inventory: Inventory, text: Text) -> pd.DataFrame:
    """One row per module in words; "none" instead of "unknown" if no session is coming."""
    frame, names = training.modules(inventory), names_of(inventory, text)
    frame["module"] = [names.of("module", key) for key in frame["module_id"]]
    frame["organizations_words"] = [", ".join(found) or "\N{EN DASH}" for found in frame["organizations"]]
    frame["next_words"] = [
        text.date(day) if sessions else text("plan.no_session")
        for day, sessions in zip(frame["next_on"], frame["sessions"], strict=True)
    ]
    return frame
