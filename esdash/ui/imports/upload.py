"""Step 1: the file, its kind of table, and its sender."""

import streamlit as st

from esdash import exports
from esdash.errors import UserError
from esdash.inventory import Inventory, importing
from esdash.inventory.access import Action
from esdash.texts import Text
from esdash.ui.imports import answers
from esdash.ui.imports import work as state
from esdash.ui.imports.work import LONGEST_SENDER, Work
from esdash.ui.shell import page
from esdash.wording import labels
from esdash.wording.escaping import bold, plain

SENDER = "import_sender"
SENDERS_OFFERED = 6
MEGABYTES = 20  # as server.maxUploadSize
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def ask(inventory: Inventory, text: Text) -> None:
    """The upload field, beside it the template; or why this visitor may not import."""
    if not page.allowed(inventory, text, Action.IMPORT_TABLE):
        return
    left, right = st.columns([5, 3], gap="large")
    with left:
        page.heading(text("imports.step_file"))
        st.file_uploader(
            text("imports.file"),
            key=f"import_file_{state.files_seen()}",
            max_upload_size=MEGABYTES,
            help=text("imports.file_help"),
            on_change=_read,
            args=(inventory, f"import_file_{state.files_seen()}"),
        )
        _complaint(text)
        _sender(inventory, text, None)
    with right:
        page.heading(text("imports.template"))
        st.caption(text("imports.template_why"))
        _template(inventory, text)


def chosen(inventory: Inventory, work: Work, text: Text) -> None:
    """The uploaded file in one line, with the choice of kind and sender, and the button to take another file."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        page.heading(text("imports.step_file"))
        st.button(text("imports.other_file"), key=work.key("other"), type="tertiary", on_click=state.drop)
    parts = [bold(work.name), text.count("imports.rows", len(work.table.rows))]
    if work.table.sheet and not work.sheets and len(work.tables) == 1:
        parts.append(text("imports.sheet", sheet=plain(work.table.sheet)))
    st.markdown(" · ".join(parts))
    if len(work.tables) > 1:
        kinds = [labels.kind(text, importing.KINDS[str(kind)].table, several=True) for kind, _ in work.tables]
        st.caption(
            text("imports.several", n=work.position + 1, of=len(kinds), kind=kinds[work.position], all=", ".join(kinds))
        )
    if work.sheets:
        _sheet(inventory, work, text)
    left, right = st.columns(2, gap="large")
    with left:
        _kind(inventory, work, text)
    with right:
        _sender(inventory, text, work)


def _sheet(inventory: Inventory, work: Work, text: Text) -> None:
    """The choice of the sheet of a workbook with several."""

    def choose(key: str) -> None:
        st.session_state.pop("import_complaint", None)
        try:
            state.choose_sheet(inventory, work, st.session_state[key])
        except UserError as error:
            st.session_state["import_complaint"] = error
            st.session_state[key] = work.table.sheet

    key, sheets = work.key("sheet"), list(work.sheets)
    st.selectbox(
        text("imports.which_sheet"),
        sheets,
        index=sheets.index(str(work.table.sheet)),
        key=key,
        help=text("imports.which_sheet_help"),
        on_change=choose,
        args=(key,),
    )
    _complaint(text)


def _kind(inventory: Inventory, work: Work, text: Text) -> None:
    names = list(importing.KINDS)
    said = work.tables[work.position][0]
    learned = importing.learned(inventory, work.sender)
    guessed = work.kind is not None and work.kind == importing.likely_kind(work.table, learned)

    def choose() -> None:
        work.kind = st.session_state[work.key("kind")]
        work.forget_choices()

    st.selectbox(
        text("imports.kind"),
        names,
        index=names.index(work.kind) if work.kind else None,
        format_func=lambda name: labels.kind(text, importing.KINDS[name].table, several=True),
        key=work.key("kind"),
        placeholder=text("imports.kind_choose"),
        help=text("imports.kind_guessed" if guessed else "imports.kind_help"),
        on_change=choose,
        disabled=said is not None,
    )
    if guessed and said is None and importing.is_doubtful(work.table, str(work.kind), learned):
        st.warning(text("import_kind.doubtful"))


def next_file() -> None:
    """Begin again; the next table may come from somebody else."""
    state.drop()
    st.session_state[SENDER] = ""


def _sender(inventory: Inventory, text: Text, work: Work | None) -> None:
    """The field for the sender, for whom the meaning of columns and words is remembered."""
    st.session_state.setdefault(SENDER, work.sender if work else "")

    def take(name: str | None = None) -> None:
        if name is not None:
            st.session_state[SENDER] = name
        if work is not None:
            work.sender = " ".join(str(st.session_state.get(SENDER) or "").split())
            if work.kind is None:
                work.begin(inventory)

    st.text_input(
        text("imports.sender"),
        key=SENDER,
        persist_state="session",
        max_chars=LONGEST_SENDER,
        placeholder=text("imports.sender_example"),
        help=text("imports.sender_help"),
        on_change=take,
    )
    given = importing.fold(str(st.session_state.get(SENDER) or ""))
    offered = [name for name in importing.senders(inventory) if importing.fold(name) != given][:SENDERS_OFFERED]
    if offered and not given:
        with st.container(horizontal=True, gap="small"):
            for name in offered:
                st.button(plain(name), key=f"import_sender_{importing.fold(name)}", on_click=take, args=(name,))


def _read(inventory: Inventory, key: str) -> None:
    """Read the file as soon as it is uploaded."""
    uploaded = st.session_state.get(key)
    st.session_state.pop("import_complaint", None)
    if uploaded is None:
        return
    sender = " ".join(str(st.session_state.get(SENDER) or "").split())
    if answers.take(uploaded.name, uploaded.getvalue()):  # an answer sheet has a part of its own
        return
    try:
        st.session_state[SENDER] = state.start(inventory, uploaded.name, uploaded.getvalue(), sender).sender
    except UserError as error:
        st.session_state["import_complaint"] = error


def _complaint(text: Text) -> None:
    """The message why the last file was refused."""
    error = st.session_state.get("import_complaint")
    if isinstance(error, UserError):
        what, hint = text.error(error)
        st.error(f"{plain(what)}  \n{plain(hint)}")


def _template(inventory: Inventory, text: Text) -> None:
    """The template, as the command `template` writes it."""
    name = st.selectbox(
        text("imports.template_kind"),
        list(importing.KINDS),
        index=list(importing.KINDS).index("initiatives"),
        format_func=lambda kind: labels.kind(text, importing.KINDS[kind].table, several=True),
        key="import_template",
        persist_state="session",
    )
    kind = importing.KINDS[name]

    def content() -> bytes:
        names = {
            field.name: [option.name(text.language) for option in importing.options(inventory, field)]
            for field in kind.fields
        }
        columns = exports.blanks(kind.fields, names, text)
        return exports.template_file(labels.kind(text, kind.table, several=True), columns, text, inventory.now())

    file_name = text("imports.template_file", kind=name)
    st.download_button(
        text("imports.template_download"), content, file_name, XLSX, key="import_template_file", on_click="ignore"
    )
