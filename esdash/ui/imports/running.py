"""Step 3, second half: importing, the result, and undoing it."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action, Actor
from esdash.inventory.importing import Plan
from esdash.texts import Text
from esdash.ui.imports import earlier, preview, upload
from esdash.ui.imports.prepared import SLOW_FROM, Prepared, Progress
from esdash.ui.imports.work import Work
from esdash.ui.shell import author, page, session, url
from esdash.wording import labels
from esdash.wording.escaping import bold, plain

# Kind of record → the page that lists it; others are listed on Erfassen.
LISTED = {"initiative": "initiatives", "course": "trainings", "session": "trainings"}


@contextmanager
def progress(work: Work, text: Text) -> Iterator[Progress]:
    """A progress bar while a long file is compared; none for a short one."""
    place = st.empty()

    def tell(step: str, share: float) -> None:
        if len(work.table.rows) >= SLOW_FROM:
            place.progress(share, text(f"imports.progress_{step}", n=len(work.table.rows)))

    try:
        yield tell
    finally:
        place.empty()


def button(inventory: Inventory, work: Work, found: Prepared, text: Text) -> None:
    """The button that runs the import."""
    plan = found.plan
    if plan is None or not page.allowed(inventory, text, Action.IMPORT_TABLE):
        return
    number = plan.writes
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.button(
            text.count("imports.run", number) if number else text("imports.run_nothing"),
            key=work.key("run"),
            type="primary",
            disabled=not number,
            on_click=_want,
            args=(work, plan),
        )
    reasons = []
    if not number:
        reasons.append(text("imports.nothing_to_import"))
    if plan.counts["faulty"]:
        reasons.append(text.count("imports.without_faulty", plan.counts["faulty"]))
    if plan.incomplete:
        reasons.append(text.count("imports.incomplete", plan.incomplete))
    if plan.counts["open"]:
        reasons.append(text.count("imports.without_open", plan.counts["open"]))
    if reasons:
        st.caption(" ".join(reasons))
    if not number and work.position + 1 < len(work.tables):
        st.button(text("imports.skip_table"), key=work.key("skip"), on_click=_skip, args=(work, plan))


@author.first
def _want(work: Work, plan: Plan) -> None:
    if all(done.import_run_id != plan.import_run_id for done in work.done):  # a double click
        work.wanted = plan


def _skip(work: Work, plan: Plan) -> None:
    work.done.append(plan)
    work.next_table(session.inventory())


def run(inventory: Inventory, work: Work, text: Text) -> None:
    """Import the plan that the person confirmed. The same plan is imported only once, even after a double click."""
    plan = work.wanted
    if plan is None:
        return

    def act(actor: Actor) -> None:
        importing.run(inventory, plan, actor, text("imports.reason", file=plan.file_name))
        if inventory.may(actor, Action.LEARN_SENDER):
            importing.learn(inventory, plan, actor)

    with st.status(text.count("imports.running", plan.writes), expanded=False):
        try:
            imported = page.act(inventory, text, Action.IMPORT_TABLE, act)
        except Exception:  # also after an error, so that it is not tried again at each run
            work.wanted = None
            raise
        if imported:
            work.done.append(plan)
            work.content = None  # nothing is left to choose
        work.wanted = None
    st.rerun()


def summary(inventory: Inventory, work: Work, text: Text) -> None:
    """The summary: what was imported, links to it, and the button to undo it."""
    plan = work.done[-1]
    counts = plan.counts
    run = next((run for run in importing.runs(inventory) if run["import_run_id"] == plan.import_run_id), None)
    page.heading(text("imports.done"))
    if run is None:  # the table was skipped, or the inventory was replaced meanwhile
        st.info(text("imports.nothing_imported"))
    elif run["undone_at"] is not None:
        st.info(text("imports.undone", file=plain(plan.file_name)))
    else:
        st.success(
            text.count(
                "imports.imported",
                counts["new"] + counts["changed"],
                new=bold(text.number(counts["new"])),
                changed=bold(text.number(counts["changed"])),
            )
        )
    if run is not None:
        st.caption(text("imports.batch", run=plan.import_run_id))
    if counts["faulty"]:
        st.markdown(text.count("imports.left_faulty", counts["faulty"]))
    if plan.incomplete:
        st.markdown(text.count("imports.left_cells", plan.incomplete))
    if plan.faults:
        preview.faulty_file(plan, text, work.key("faulty_done"))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if work.position + 1 < len(work.tables):
            following = importing.KINDS[str(work.tables[work.position + 1][0])]
            label = text("imports.next_table", kind=labels.kind(text, following.table, several=True))
            st.button(label, key=work.key("next"), type="primary", on_click=work.next_table, args=(inventory,))
        else:
            st.button(text("imports.next_file"), key=work.key("again"), type="primary", on_click=upload.next_file)
        if run is not None and run["undone_at"] is None:
            if page.may(inventory, Action.UNDO_IMPORT) and st.button(text("imports.undo"), key=work.key("undo")):
                earlier.ask_undo(inventory, run, text)
            table = plan.kind.table
            if table in LISTED:
                url.link(LISTED[table], text("imports.to_records"))
            else:
                url.link("entry", text("imports.to_records"), table=table)
