"""The plan as a file: a workbook with a sheet per table, or the proposals as CSV."""

from __future__ import annotations

import streamlit as st

from esdash import exports
from esdash.analysis.bundling import Plan
from esdash.exports import Sheet
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui import tables
from esdash.ui.names import Names
from esdash.ui.trainings import frames, words


def buttons(inventory: Inventory, plan: Plan, text: Text, known: Names) -> None:
    """Two buttons; the files are made when they are clicked."""
    stem = f"esdash-bundling-{inventory.today():%Y-%m-%d}"
    notes = [words.limits(plan, text), words.optimum(plan, text), *tables.export_notes(inventory, text)]

    def workbook() -> bytes:
        content = {
            "merges": (frames.merges(plan, known, text), frames.FULL),
            "held": (frames.held(plan, text), frames.HELD),
            "free": (frames.free(plan, text), frames.FREE),
            "topics": (frames.topics(plan, known, text), frames.TOPICS),
            "access": (frames.kept_apart(plan, known, text), frames.ACCESS_FULL),
            "uncounted": (frames.uncounted(plan, inventory, text), frames.UNCOUNTED),
        }
        sheets = [
            Sheet(text(f"plan.part_{name}"), text(f"plan.part_{name}"), frame, frames.columns(kinds, text), notes)
            for name, (frame, kinds) in content.items()
        ]
        return exports.xlsx_file(sheets, text)

    def text_file() -> bytes:
        return exports.csv_file(frames.merges(plan, known, text), frames.columns(frames.FULL, text), text, notes)

    with st.container(horizontal=True, gap="small"):
        tables.button(text("plan.download_xlsx"), workbook, f"{stem}.xlsx", "bundling_xlsx")
        tables.button(text("plan.download_csv"), text_file, f"{stem}.csv", "bundling_csv")
