"""Tables on the screen, on paper (plain and whole) and their downloads, from the same columns."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Literal, NamedTuple, TypeAlias

import pandas as pd
import streamlit as st

from esdash import exports
from esdash.exports import Sheet
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import printing, screen
from esdash.ui.widgets import cards, files, fit
from esdash.ui.widgets.files import File
from esdash.wording import figures
from esdash.wording.columns import Column, in_words
from esdash.wording.escaping import bold, plain
from esdash.wording.names import names_of

ROW_HEIGHT = 35
MOST_TO_CHOOSE = 500  # names in the list beside a table; who has more rows searches first
_Frame: TypeAlias = pd.DataFrame | Callable[[Inventory], pd.DataFrame]  # rows, or a function that returns them
Mode = Literal["multi-row", "single-cell"]
NUMBERS = ("integer", "decimal", "percent", "euro")  # kinds of columns that stand on the right


def show(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    text: Text,
    key: str,
    alt: str,
    height: int = 420,
    choose: bool = False,
    room: int | None = None,
    most: int | None = None,
) -> str | None:
    """A table. With `choose`, rows can be clicked; returns the value of the clicked row in the first column.

    `room`: the width of its container [pixels]; `most`: rows on paper, if it shall not have them all. Where texts had
    to be shortened, a click shows the whole row above.
    """
    if printing.on():
        _on_paper(frame, columns, text, alt, most)
        return None
    if choose:
        return _grid(frame, columns, text, key, alt, height, ["single-cell"], room=room).clicked
    if screen.narrow():
        cards.show(frame, columns, text, key)
        return None
    fitted = fit.fitted(_rounded(frame, columns), columns, text, room or fit.ROOM)
    above = st.container()
    ids = [str(place) for place in range(len(frame))] if fitted.shortened else []
    clicked = _drawn(fitted, ids, columns, text, key, alt, height, ["single-cell"] if ids else []).clicked
    if ids:
        with above:
            st.caption(text("word.click_for_whole") if clicked is None else _whole(frame, columns, int(clicked), text))
    return None


def opening(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    text: Text,
    key: str,
    alt: str,
    show: Callable[[str], None],
    height: int = 420,
    room: int | None = None,
    names: Any = None,
    most: int | None = None,
) -> None:
    """A table whose rows open by a click or by their name: `show` draws the open one above it, by its first value.

    On a telephone it is drawn on the card of its row. `names`: the container for the choice of a name, else above;
    `most`: as in `show`.
    """
    if printing.on():
        _on_paper(frame, columns, text, alt, most)
        return
    row, turn = f"{key} row", f"{key} turn"
    ids = frame.iloc[:, 0].astype(str).tolist()
    if st.session_state.get(row) not in ids:
        st.session_state[row] = None
    if screen.narrow():
        st.session_state[row] = st.session_state[row]  # no widget holds it
        cards.show(frame, columns, text, key, row, show)
        return
    above = st.container(gap="xsmall")
    fitted = fit.fitted(_rounded(frame, columns), columns, text, room or fit.ROOM)
    drawn = f"{key}_{st.session_state.setdefault(turn, 0)}"

    def clicked() -> None:
        cells = st.session_state[_key(drawn, ids)]["selection"]["cells"]
        st.session_state[row] = ids[cells[0][0]] if cells else None

    _drawn(fitted, ids, columns, text, drawn, alt, height, ["single-cell"], on_click=clicked)
    with names or above:
        _open_row(frame, ids, columns, text, row, turn)
    with above:
        if st.session_state[row] is not None:
            with st.container(border=True, gap="xsmall"):
                show(st.session_state[row])


def _open_row(frame: pd.DataFrame, ids: list[str], columns: Sequence[Column], text: Text, row: str, turn: str) -> None:
    """The open row by its name: for whoever has no pointer; a click on the table chooses here as well."""
    names = dict(zip(ids, (in_words(value, columns[0], text) for value in frame[columns[0].name]), strict=True))
    options = ids[:MOST_TO_CHOOSE]
    if st.session_state[row] not in (None, *options):
        options.append(st.session_state[row])

    def chosen() -> None:
        st.session_state[turn] += 1  # else the table still marks the row that was clicked before

    st.selectbox(
        text("word.open_row"),
        options,
        None,
        names.__getitem__,
        key=row,
        placeholder=text("word.click_a_row"),
        label_visibility="collapsed",
        on_change=chosen,
    )


class Chosen(NamedTuple):
    """The clicked row and the ticked rows of a table, by their values in the first column of the frame."""

    clicked: str | None
    ticked: list[str]
    rows: list[int]


def ticking(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    text: Text,
    key: str,
    alt: str,
    height: int = 420,
    ticked: Sequence[int] = (),
    clicked: bool = True,
    room: int | None = None,
) -> Chosen:
    """A table in which rows can be ticked (at first those of `ticked`), to act on them together; one can be clicked."""
    modes: list[Mode] = ["multi-row", "single-cell"] if clicked else ["multi-row"]
    return _grid(frame, columns, text, key, alt, height, modes, ticked, room)


def release(key: str) -> None:
    """Forget which card of a table was pressed, so that it can be pressed again."""
    st.session_state.pop(f"{key} row", None)


def _grid(
    frame: pd.DataFrame,
    columns: Sequence[Column],
    text: Text,
    key: str,
    alt: str,
    height: int,
    modes: list[Mode],
    ticked: Sequence[int] = (),
    room: int | None = None,
) -> Chosen:
    """A table to choose from; on a telephone cards."""
    if printing.on():
        _on_paper(frame, columns, text, alt)
        return Chosen(None, [], [])
    ids = frame.iloc[:, 0].astype(str).tolist()
    if screen.narrow():
        row = f"{key} row" if "single-cell" in modes else ""
        rows = cards.show(frame, columns, text, key, row, ticked=ticked if "multi-row" in modes else None)
        clicked = st.session_state.get(row)
        return Chosen(clicked if clicked in ids else None, [ids[place] for place in rows], rows)
    fitted = fit.fitted(_rounded(frame, columns), columns, text, room or fit.ROOM, ticks="multi-row" in modes)
    return _drawn(fitted, ids, columns, text, key, alt, height, modes, ticked)


def _drawn(
    fitted: fit.Fitted,
    ids: list[str],
    columns: Sequence[Column],
    text: Text,
    key: str,
    alt: str,
    height: int,
    modes: list[Mode],
    ticked: Sequence[int] = (),
    on_click: Callable[[], None] | None = None,
) -> Chosen:
    """The table itself. Streamlit keeps chosen rows by position, so another list is a new table without a choice."""
    shown = _on_screen(fitted.frame, columns)
    default: Any = {"selection": {"rows": list(ticked)}} if ticked else None
    event: Any = st.dataframe(
        shown,
        key=_key(key, ids) if modes else key,
        hide_index=True,
        height=min(height, ROW_HEIGHT * (len(shown) + 1) + 3),
        column_config={column.name: _config(column, text, fitted.widths[column.name]) for column in columns},
        placeholder=text("word.unknown"),
        on_select=(on_click or "rerun") if modes else "ignore",
        selection_mode=modes or "single-row",
        selection_default=default,
        alt=alt,
    )
    if not modes:
        return Chosen(None, [], [])
    rows, cells = event["selection"]["rows"], event["selection"]["cells"]
    return Chosen(ids[cells[0][0]] if cells else None, [ids[row] for row in rows], rows)


def _key(key: str, ids: list[str]) -> str:
    return f"{key}_{zlib.crc32(' '.join(ids).encode())}"


def _whole(frame: pd.DataFrame, columns: Sequence[Column], place: int, text: Text) -> str:
    """All words of a row, with their headings."""
    row = _rounded(frame, columns).iloc[place]
    return "  \n".join(f"{plain(column.label)}: {bold(in_words(row[column.name], column, text))}" for column in columns)


def _on_paper(frame: pd.DataFrame, columns: Sequence[Column], text: Text, alt: str, most: int | None = None) -> None:
    """The table for printing, in words."""
    rounded = _rounded(frame, columns)
    said = {
        column.label: [plain(in_words(value, column, text)) for value in rounded[column.name]] for column in columns
    }
    numbers = [place for place, column in enumerate(columns) if column.kind in NUMBERS]
    headed = [replace(column, label=max(column.label.split(), key=len)) for column in columns]  # headings may break
    widths = fit.fitted(rounded, headed, text, fit.PAPER).widths
    printing.table(pd.DataFrame(said), alt, numbers, [widths[column.name] for column in columns], most)


def downloads(
    inventory: Inventory,
    frame: _Frame,
    columns: Sequence[Column],
    title: str,
    name: str,
    text: Text,
    *beside: File,
    notes: Sequence[str] = (),
) -> None:
    """Two download buttons for the rows and columns, as XLSX and CSV; a function is called when one is clicked.

    `beside`: other files, with buttons in the same row. `notes`: what the files say beside the usual notes, such as the
    filter in words.
    """
    of = (frame, list(columns), title, tuple(notes))
    tables = File("word.download_xlsx", name, "xlsx", _workbook, of), File("word.download_csv", name, "csv", _csv, of)
    files.buttons(inventory, text, *tables, *beside)


def _workbook(
    inventory: Inventory, text: Text, frame: _Frame, columns: list[Column], title: str, notes: tuple[str, ...]
) -> bytes:
    said = [*export_notes(inventory, text), *notes]
    sheet = Sheet(title[:31], title, _rows(inventory, frame, columns), columns, said)
    return exports.xlsx_file([sheet], text, inventory.now())


def _csv(
    inventory: Inventory, text: Text, frame: _Frame, columns: list[Column], title: str, notes: tuple[str, ...]
) -> bytes:
    return exports.csv_file(_rows(inventory, frame, columns), columns, text, [*export_notes(inventory, text), *notes])


def _rows(inventory: Inventory, frame: _Frame, columns: list[Column]) -> pd.DataFrame:
    return _rounded(frame(inventory) if callable(frame) else frame, columns)


def export_notes(inventory: Inventory, text: Text) -> list[str]:
    """The notes on every file: whether the data are invented, their date, the source of need."""
    status = names_of(inventory, text).city
    notes = [text("app.example_note")] if status["kind"] in ("example", "generated") else []
    return [*notes, text("app.data_status", city=status["name"], day=status["today"])]


def _rounded(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """The frame with numbers rounded half up: one decimal, percentages as whole numbers."""
    frame = frame.copy(deep=False)  # copy-on-write: the given frame is not changed
    for column in columns:
        if column.kind in ("decimal", "percent"):
            frame[column.name] = figures.each(frame[column.name].astype(float), 1 if column.kind == "decimal" else 2)
    return frame


def _on_screen(frame: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """The frame with amounts as the browser takes them: only here they become floats, and two decimals are shown."""
    for column in columns:
        if column.kind == "euro":
            frame[column.name] = frame[column.name].astype(float)
    return frame


def _config(column: Column, text: Text, width: int) -> Any:
    if column.kind == "percent":
        return st.column_config.NumberColumn(column.label, format="percent", width=width)
    if column.kind in ("integer", "decimal"):
        return st.column_config.NumberColumn(column.label, format="localized", width=width)
    if column.kind == "euro":
        return st.column_config.NumberColumn(column.label, format="euro", width=width)
    if column.kind in ("date", "moment"):
        return st.column_config.DateColumn(column.label, format=text("form.date"), width=width)
    return st.column_config.TextColumn(column.label, width=width)


def unfolding(make: Callable[[], tuple[pd.DataFrame, list[Column]]], text: Text, key: str, title: str = "") -> None:
    """As `beside`, for a table that is made and sent only once somebody unfolds it."""
    with printing.unfolded(title or text("word.as_table"), on_change="rerun", key=f"{key}_unfolded") as folded:
        if printing.on() or folded.open:
            show(*make(), text, key, title or text("word.as_table"))


def beside(frame: pd.DataFrame, columns: Sequence[Column], text: Text, key: str, title: str = "") -> None:
    """The table with the content of a chart, folded away below it."""
    with printing.unfolded(title or text("word.as_table")):
        show(frame, columns, text, key, title or text("word.as_table"))
