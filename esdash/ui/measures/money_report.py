"""The draft of the report about a year: to look at, and as a file to go on writing."""

import streamlit as st

from esdash import exports
from esdash.analysis.budget import year as years
from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.measures.money_state import MONEY
from esdash.ui.shell import page, printing, session
from esdash.ui.widgets import files
from esdash.ui.widgets.files import File
from esdash.wording import year_report as words
from esdash.wording.escaping import bold, plain


def show(inventory: Inventory, text: Text) -> None:
    """The files, and the draft folded away: its effects take some seconds. A draft that names a person is not made."""
    found = years.years(inventory)
    if not found:
        st.info(text("money.report_nothing"))
        return
    year = int(MONEY.year) if MONEY.year and int(MONEY.year) in found else found[-1]
    page.heading(text("year_report.title", year=str(year)))
    st.caption(f"{text('year_report.draft_note')} {text('money.report_other') if len(found) > 1 else ''}")
    of = (year, MONEY.programme)
    try:
        exports.checked_report(inventory, text, *of, with_effects=False)
    except UserError as error:
        session.show_error(error)
        return
    files.buttons(
        inventory,
        text,
        File("money.report_pdf", f"sachbericht-{year}", "pdf", exports.year_report_pdf, of),
        File("money.report_text", f"sachbericht-{year}", "txt", exports.year_report_text, of),
        File("money.receipts_xlsx", f"belegliste-{year}", "xlsx", exports.receipts_workbook, (MONEY.programme, year)),
    )
    with printing.unfolded(text("money.report_look"), on_change="rerun", key="money_report_look") as folded:
        if printing.on() or folded.open:
            with st.spinner(text("money.report_working"), show_time=False):
                draft = words.report(inventory, text, *of)
            _draft(draft)


def _draft(draft: words.Report) -> None:
    """The draft as it stands in the files."""
    st.caption(plain(f"{draft.draft}: {draft.title}, {draft.subtitle}"))
    for part in draft.sections:
        st.markdown(bold(part.heading))
        if part.table is None:
            st.markdown("\n".join(f"- {plain(' '.join(line.split()))}" for line in part.lines))
            continue
        for line in part.lines:
            st.caption(plain(line))
        heads = [plain(head) for head in part.table.heads]
        rows = [[plain(cell) for cell in row] for row in part.table.rows]
        st.markdown(
            "\n".join(f"| {' | '.join(row)} |" for row in [heads, ["---", *(["---:"] * (len(heads) - 1))], *rows])
        )
