"""The matrix as seen, with its evidence, and the report for a meeting, as files."""

from __future__ import annotations

import streamlit as st

from esdash import exports
from esdash.analysis.selection import View
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.widgets import tables
from esdash.wording import conditions as in_words
from esdash.wording import handout
from esdash.wording.names import Names


def buttons(inventory: Inventory, text: Text, names: Names, view: View) -> None:
    """Two downloads; each says under which conditions it was asked."""
    asked = inventory.conditions
    conditions = [*in_words.reachable(asked, names), *in_words.supposed(asked, names)]
    created = inventory.now()
    stem = f"esdash-gaps-{created:%Y-%m-%d}"

    def workbook() -> bytes:
        return exports.matrix_workbook(handout.of(inventory, names, view, conditions), text, created)

    def report() -> bytes:
        return exports.report_file(handout.report(inventory, names, view, conditions), text)

    with st.container(horizontal=True, gap="small"):
        tables.button(text("gaps.download_matrix"), workbook, f"{stem}.xlsx", "gaps_matrix_xlsx")
        tables.button(text("gaps.download_report"), report, f"{stem}.pdf", "gaps_report_pdf")
