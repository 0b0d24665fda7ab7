"""The part of Importieren for the facts of the city: its files in, what they would change, taking them over."""

import pandas as pd
import streamlit as st

from esdash.errors import UserError
from esdash.inventory import Inventory
from esdash.inventory import city as cities
from esdash.inventory.access import Action, Actor
from esdash.texts import Text
from esdash.ui.imports import earlier
from esdash.ui.shell import author, messages, page, url
from esdash.ui.widgets import files, tables
from esdash.ui.widgets.files import File
from esdash.wording import city as words
from esdash.wording.columns import Column
from esdash.wording.escaping import plain
from esdash.wording.names import names_of

GIVEN, FOUND, UPLOADS, OVERWRITE = "city_given", "city_found", "city_uploads", "city_overwrite"
ROWS_SHOWN = 500  # of the chosen file; the command shows all
MEGABYTES = 20  # as server.maxUploadSize
ENDINGS = ["zip", "csv", "toml", "geojson"]
REASON = "city_reason"


def show(inventory: Inventory, text: Text) -> None:
    """The upload field; below it what the given files would change, and the button that takes them over."""
    if not page.allowed(inventory, text, Action.CHANGE_CITY):
        return
    with st.container(border=True):
        _ask(inventory, text)
    given = st.session_state.get(GIVEN)
    if not given:
        return
    name, content = given
    with st.container(border=True):
        page.heading(text("city.step_check"))
        try:
            found = compared(inventory, name, content, bool(st.session_state.get(OVERWRITE)))
        except UserError as error:
            _complaint(error, text)
            return
        _preview(inventory, found, text)
        _button(inventory, found, text)


def compared(inventory: Inventory, name: str, given: dict[str, bytes], overwrite: bool) -> cities.Comparison:
    """What the files of this visitor would change, once for each state of the inventory. Raises UserError for wrong
    files.
    """
    mark = (inventory.state, overwrite)
    known: tuple[object, cities.Comparison] | None = st.session_state.get(FOUND)
    if known is None or known[0] != mark:
        found = cities.compare(inventory, cities.read_for(inventory, name, given), overwrite)
        known = st.session_state[FOUND] = (mark, found)
    return known[1]


def _ask(inventory: Inventory, text: Text) -> None:
    left, right = st.columns([5, 3], gap="large")
    with left:
        page.heading(text("city.step_files"))
        key = f"{UPLOADS}_{st.session_state.get(UPLOADS, 0)}"
        st.file_uploader(
            text("city.upload"),
            type=ENDINGS,
            key=key,
            accept_multiple_files=True,
            max_upload_size=MEGABYTES,
            help=text("city.upload_help"),
            on_change=_read,
            args=(key,),
        )
        if isinstance(error := st.session_state.get("city_complaint"), UserError):
            _complaint(error, text)
    with right:
        page.heading(text("city.today"))
        st.caption(text("city.today_why"))
        files.buttons(inventory, text, File("city.download", "stadt", "zip", _archive))


def _archive(inventory: Inventory, text: Text) -> bytes:
    return cities.archive(inventory, str(names_of(inventory, text).city["city_id"]))


def _read(key: str) -> None:
    """Unpack the files as soon as they are uploaded."""
    uploads = st.session_state.get(key) or []
    for name in ("city_complaint", GIVEN, FOUND, OVERWRITE):
        st.session_state.pop(name, None)
    try:
        given = cities.unpacked([(one.name, one.getvalue()) for one in uploads])
    except UserError as error:
        st.session_state["city_complaint"] = error
        return
    if given:
        st.session_state[GIVEN] = (", ".join(one.name for one in uploads)[:120], given)


def _complaint(error: UserError, text: Text) -> None:
    """The message about files that are refused, with their other faults."""
    what, hint = text.error(error)
    st.error("  \n".join(plain(line) for line in (what, hint)))
    if others := words.faults(error, text):
        st.markdown("\n".join(f"- {plain(line)}" for line in others))


def _preview(inventory: Inventory, found: cities.Comparison, text: Text) -> None:
    """The sentence, what stands against it, the changed files with their numbers, and the rows of the chosen one."""
    titles = words.Titles(names_of(inventory, text), found.folder, text)
    st.markdown(plain(words.sentence(found, text)))
    if found.uses:
        st.error(text("city.in_use"))
        st.markdown("\n".join(f"- {plain(line)}" for line in words.uses(found, titles, text)))
        for table, key in dict.fromkeys((use.table, use.key) for use in found.uses if use.by_table == "initiative"):
            url.link("initiatives", text("city.to_offers", name=plain(titles.of(table, key))), **{table: key})
        st.caption(text("error.city_in_use_hint"))
    if excess := words.excess(inventory, found, text):
        st.warning(plain(excess))
    held = sum(one.held for one in found.differences)
    if held:
        st.checkbox(text.count("city.overwrite", held), key=OVERWRITE, help=text("city.overwrite_help"))
    summary = words.summary(found, text).set_index("file", drop=False)
    changed = list(dict.fromkeys(one.file for one in found.differences))
    if changed:
        _changed(inventory, found, summary.loc[changed], text)
    same = summary.drop(index=changed)["content"]
    if len(same):
        st.caption(text("city.unchanged", files=", ".join(same)))


def _changed(inventory: Inventory, found: cities.Comparison, summary: pd.DataFrame, text: Text) -> None:
    picked = tables.show(summary, _columns(summary, text), text, "city_files", text("city.files_alt"), 260, choose=True)
    file = picked or summary.index[0]
    content = summary.loc[file, "content"]
    rows = words.rows(inventory, found, text, file)
    page.heading(text("city.rows_of", content=content, file=file))
    tables.show(rows.head(ROWS_SHOWN), _row_columns(rows, text), text, f"city_rows_{file}", str(content), height=360)
    if len(rows) > ROWS_SHOWN:
        st.caption(text("city.more_rows", n=ROWS_SHOWN, of=len(rows)))


def _columns(summary: pd.DataFrame, text: Text) -> list[Column]:
    held = ["held"] if summary["held"].any() else []
    counts = [Column(name, text(f"city.column_{name}"), "integer") for name in (*words.STATES, *held, "unchanged")]
    return [Column("content", text("city.column_content"), "text", 42), *counts]


def _row_columns(rows: pd.DataFrame, text: Text) -> list[Column]:
    widths = {"entry": 58, "change": 70, "state": 12, "note": 70}
    shown = [name for name in widths if rows[name].any()]
    return [Column(name, text(f"city.column_{name}"), "text", widths[name]) for name in shown]


def _button(inventory: Inventory, found: cities.Comparison, text: Text) -> None:
    """The button that takes the files over, with the field for the reason."""
    number = len(found.writes)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.text_input(
            text("city.why"), key=REASON, max_chars=earlier.LONGEST_REASON, placeholder=text("city.why_example")
        )
        st.button(
            text.count("city.apply", number) if number else text("city.apply_nothing"),
            key="city_apply",
            type="primary",
            disabled=not number or bool(found.uses),
            on_click=_apply,
            args=(inventory, found, text),
        )


@author.first
def _apply(inventory: Inventory, found: cities.Comparison, text: Text) -> None:
    reason = str(st.session_state.get(REASON) or "").strip() or text("city.reason", folder=found.folder.name)

    def act(actor: Actor) -> None:
        cities.apply(inventory, found, actor, reason)

    if page.act(inventory, text, Action.CHANGE_CITY, act):
        counts = {state: found.count(state) for state in words.STATES}
        messages.tell("done", text("city.applied", folder=found.folder.name, **counts))
        st.session_state[UPLOADS] = st.session_state.get(UPLOADS, 0) + 1
        for name in (GIVEN, FOUND, OVERWRITE, REASON):
            st.session_state.pop(name, None)
