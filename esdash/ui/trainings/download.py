"""The plan as a file: a workbook with a sheet per table, or the proposals as CSV."""

from __future__ import annotations

import streamlit as st

from esdash import exports
from esdash.analysis.bundling.bundling import Plan
from esdash.exports import Sheet
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.trainings import frames
from esdash.ui.widgets import tables
from esdash.wording import training_plan as wording
from esdash.wording import trainings as words
from esdash.wording.names import Names

# Sheet → its columns; on the screen some tables have fewer.
KINDS = {
    **{
        "merges": wording.FULL,
        "held": wording.HELD,
        "free": wording.FREE,
        "topics": wording.TOPICS,
    },
    **{"access": wording.ACCESS_FULL, "uncounted": wording.UNCOUNTED},
}


def buttons(inventory: Inventory, plan: Plan, text: Text, names: Names) -> None:
    """Two buttons; the files are made when they are clicked."""
    created = inventory.now()
    stem = f"esdash-bundling-{created:%Y-%m-%d}"
    notes = [words.limits(plan, text), words.optimum(plan, text), *tables.export_notes(inventory, text)]

    def workbook() -> bytes:
        made = frames.tables(inventory, names, plan)
        sheets = [
            Sheet(text(key), text(key), getattr(made, name), wording.columns(kinds, text), notes)
            for name, kinds in KINDS.items()
            for key in (f"plan.part_{name}",)
        ]
        return exports.xlsx_file(sheets, text, created)

    def text_file() -> bytes:
        return exports.csv_file(
            frames.tables(inventory, names, plan).merges,
            wording.columns(wording.FULL, text),
            text,
            notes,
        )

    with st.container(horizontal=True, gap="small"):
        tables.button(text("plan.download_xlsx"), workbook, f"{stem}.xlsx", "bundling_xlsx")
        tables.button(text("plan.download_csv"), text_file, f"{stem}.csv", "bundling_csv")
