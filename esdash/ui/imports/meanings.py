"""Step 2: which column is which field, and the meaning of unknown words."""

import streamlit as st

from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.inventory.importing import Columns, UnknownWord
from esdash.model.fields import Field
from esdash.texts import Text
from esdash.ui.imports import owner
from esdash.ui.imports.prepared import Prepared
from esdash.ui.imports.work import LEAVE_OUT, Work
from esdash.ui.shell import page, session
from esdash.wording import labels
from esdash.wording.escaping import plain

EXAMPLES = 2  # values shown of a column
LONGEST_EXAMPLE = 60
WORDS_AT_ONCE = 15  # words shown at a time


def show(inventory: Inventory, work: Work, found: Prepared, text: Text) -> None:
    """The open questions first; columns that are clear are folded away."""
    page.heading(text("imports.step_map"))
    if work.kind is None:
        st.info(text("imports.kind_unclear"))
        return
    if found.error:
        session.show_error(found.error)
    if found.columns is None:
        return
    _status(found, text)
    owner.ask(inventory, work, found, text)
    _learned(inventory, work, found, text)
    for first, second in found.left_out:
        st.info(text("imports.twice", first=plain(first), second=plain(second)))
    open_ones, clear = _positions(work, found.columns)
    if open_ones:
        unsaid = [position for position in open_ones if not _is_said(work, position)]
        st.markdown(text.count("imports.open_columns", len(unsaid)) if unsaid else text("imports.columns_said"))
        for position in open_ones:
            _column(work, found.columns, position, text)
    _words(inventory, work, found, text)
    if clear:
        with st.expander(text.count("imports.clear_columns", len(clear))):
            for position in clear:
                _column(work, found.columns, position, text)


def _status(found: Prepared, text: Text) -> None:
    if found.lacking:
        labels = ", ".join(_label(field, text) for field in found.lacking)
        st.warning(text.count("imports.missing", len(found.lacking), fields=labels))


def _learned(inventory: Inventory, work: Work, found: Prepared, text: Text) -> None:
    """The number of meanings learned from this sender's earlier files, and the button to delete them."""
    if not found.applied:
        return
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(text.count("imports.learned", len(found.applied), sender=plain(work.sender)))
        words, why = text("imports.forget"), text("imports.forget_help")
        may = page.may(inventory, Action.FORGET_SENDER)
        if may and st.button(words, key=work.key("forget"), type="tertiary", help=why):
            page.act_here(
                inventory,
                text,
                Action.FORGET_SENDER,
                lambda actor: importing.forget(inventory, work.sender, str(work.kind), actor),
                nameless=text("author.nobody"),
            )


def _positions(work: Work, columns: Columns) -> tuple[list[int], list[int]]:
    """The positions of columns to decide, and of clear ones; empty columns are in neither list."""
    open_ones: list[int] = []
    clear: list[int] = []
    for position, header in enumerate(work.table.header):
        if not header or importing.fold(header) in importing.OURS:
            continue
        said = _is_said(work, position)
        known = position in columns.fields or header in columns.left_out
        (open_ones if said or not known else clear).append(position)
    return open_ones, clear


def _is_said(work: Work, position: int) -> bool:
    return importing.fold(work.table.header[position]) in work.columns


def _column(work: Work, columns: Columns, position: int, text: Text) -> None:
    """One column: its header, some of its values, and the choice of its field."""
    header, key = work.table.header[position], work.key(f"column_{position}")
    field = columns.fields.get(position)
    now = field.name if field else LEAVE_OUT if header in columns.left_out else None
    fields = {field.name: field for field in columns.kind.fields}
    options = [LEAVE_OUT, *fields]

    def choose() -> None:
        chosen = st.session_state[key]
        for other, held in columns.fields.items():  # a field has only one column, so the other column loses it
            if held.name == chosen and other != position:
                work.columns[importing.fold(work.table.header[other])] = None
        work.columns[importing.fold(header)] = None if chosen in (None, LEAVE_OUT) else chosen
        work.forget_answers()

    def label(name: str) -> str:
        return text("imports.leave_out") if name == LEAVE_OUT else _label(fields[name], text)

    left, middle, right = st.columns([3, 4, 4], gap="small", vertical_alignment="center")
    left.text(header)
    middle.caption(plain(_examples(work, position)) or "\N{EN DASH}")
    st.session_state[key] = now
    right.selectbox(
        text("imports.field_of", column=plain(header)),
        options,
        format_func=label,
        key=key,
        placeholder=text("imports.choose_field"),
        label_visibility="collapsed",
        on_change=choose,
    )


def _examples(work: Work, position: int) -> str:
    seen = dict.fromkeys(row.cells[position] for row in work.table.rows if row.cells[position])
    return " · ".join(_short(value) for value in list(seen)[:EXAMPLES])


def _words(inventory: Inventory, work: Work, found: Prepared, text: Text) -> None:
    """The unknown words, each once; a proposed meaning counts only when a person confirms it."""
    learned = found.learned.values
    asked = [word for word in found.words if _meaning(word, learned) is _OPEN]
    unanswered = [word for word in asked if _meaning(word, work.values) is _OPEN]
    if not asked:
        return
    shown = [word for word in asked if word not in unanswered] + unanswered[:WORDS_AT_ONCE]
    st.markdown(text.count("imports.open_words", len(unanswered)) if unanswered else text("imports.words_said"))
    with st.form(work.key("words"), border=False):
        for word in shown:
            _word(inventory, work, word, text)
        if any(word.field.name == importing.OWNER for word in shown):
            st.caption(text("import_kind.new_organizations"))
        if len(unanswered) > WORDS_AT_ONCE:
            st.caption(text("imports.more_words", n=len(unanswered) - WORDS_AT_ONCE))
        if st.form_submit_button(text("imports.apply_words")):
            _say(work, shown)
            st.rerun()


def _word(inventory: Inventory, work: Work, word: UnknownWord, text: Text) -> None:
    names = {option.id: option.name(text.language) for option in importing.options(inventory, word.field)}
    meaning = _meaning(word, work.values)
    now = word.proposal if meaning is _OPEN else LEAVE_OUT if meaning is None else meaning
    options = [LEAVE_OUT, *names]
    left, middle, right = st.columns([3, 4, 4], gap="small", vertical_alignment="center")
    left.text(_short(word.word))
    proposed = meaning is _OPEN and word.proposal
    where = text.count("imports.word_in", word.rows, column=plain(word.header))
    middle.caption(f"{where} · {text('imports.proposal')}" if proposed else where)
    right.selectbox(
        text("imports.meaning_of", word=plain(word.word)),
        options,
        index=options.index(now) if now in options else None,
        format_func=lambda our_id: text("imports.unknown_word") if our_id == LEAVE_OUT else names[our_id],
        key=_word_key(work, word),
        placeholder=text("imports.choose_meaning"),
        label_visibility="collapsed",
    )


def _say(work: Work, words: list[UnknownWord]) -> None:
    for word in words:
        chosen = st.session_state.get(_word_key(work, word))
        of_field = work.values.setdefault(word.field.name, {})
        if chosen is None:
            of_field.pop(importing.fold(word.word), None)
        else:
            of_field[importing.fold(word.word)] = None if chosen == LEAVE_OUT else chosen
    work.forget_answers()


_OPEN = "\0"  # a word without a meaning


def _meaning(word: UnknownWord, said: dict[str, dict[str, str | None]]) -> str | None:
    return said.get(word.field.name, {}).get(importing.fold(word.word), _OPEN)


def _word_key(work: Work, word: UnknownWord) -> str:
    return work.key(f"word_{word.field.name}_{importing.fold(word.word)}")


def _label(field: Field, text: Text) -> str:
    """The name of a field in one language; required ones are marked."""
    name = labels.label(text, field)
    return text("imports.needed", field=name) if field.required else name


def _short(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= LONGEST_EXAMPLE else value[: LONGEST_EXAMPLE - 1] + "…"
