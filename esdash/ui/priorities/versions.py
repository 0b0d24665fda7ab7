"""The part "Fassungen": what would be frozen now, the frozen versions with their files, and checking a file."""

from pathlib import PurePath

import streamlit as st

from esdash.analysis.versions import frozen, verifying
from esdash.analysis.versions.frozen import Frozen
from esdash.errors import UserError
from esdash.exports.lists.files import CHECKSUMS
from esdash.inventory import Inventory, default_path
from esdash.inventory.importing.read.limits import MAX_BYTES
from esdash.inventory.steering.versions import file_of
from esdash.model.canonical import sha256
from esdash.texts import Text
from esdash.ui.priorities import city_link, freezing
from esdash.ui.shell import page, printing, session, url
from esdash.ui.widgets import files
from esdash.ui.widgets.files import File
from esdash.wording import versions as words
from esdash.wording.escaping import bold, plain
from esdash.wording.names import Names

OPEN = 3  # versions on the page; earlier ones are folded away
ORDER = (".pdf", ".xlsx", ".csv", ".json", ".txt")


def show(inventory: Inventory, text: Text, names: Names) -> None:
    """What would be frozen now; the frozen versions, the newest first; and whether a file is one of them."""
    if not inventory.read_only:  # of a past day nothing can be frozen
        freezing.show(inventory, text)
    page.heading(text("versions.all"))
    kept = frozen.versions(inventory)
    if not kept:
        st.info(text("items.no_versions"))
        return
    faults = {} if inventory.read_only else frozen.faults(inventory)
    for line in words.chain(len(kept), faults, text):
        (st.error if faults else st.caption)(plain(line))
    for version in kept[:OPEN]:
        _version(inventory, text, version, faults.get(version.number, ()))
    if len(kept) > OPEN:
        with printing.unfolded(text("versions.earlier")):
            for version in kept[OPEN:]:
                _version(inventory, text, version, faults.get(version.number, ()))
    city_link.show(text)
    if not (inventory.read_only or printing.on()):
        _verify(inventory, text)


def _version(inventory: Inventory, text: Text, version: Frozen, faults: tuple[str, ...]) -> None:
    """A version in a box: its title, of which day it is, its checksum, its files."""
    with st.container(border=True):
        st.markdown(bold(version.title))
        said = [text("versions.frozen_on", day=version.frozen_on), text("versions.data_of", day=version.as_of)]
        st.caption(" · ".join([*said, text.count("versions.entries", len(version.content.get("entries", [])))]))
        if faults:
            st.error(text("versions.broken", faults=words.broken(faults, text)))
        made = {path.suffix: path for path in (PurePath(file["name"]) for file in version.files)}
        files.buttons(inventory, text, *(_file(version, made[ending]) for ending in ORDER if ending in made))
        url.link("priorities", text("city_answers.to_part"), priorities="answers", answers=version.list_version_id)
        title = text("versions.checksum_title")
        with printing.unfolded(title) if printing.on() else st.popover(title):
            st.code(version.sha256, language=None, wrap_lines=True)
            st.caption(text("versions.checksum_how", file=f"{_checksums(version)}.txt"))


def _file(version: Frozen, path: PurePath) -> File:
    form, name = path.suffix.removeprefix("."), _checksums(version) if path.name == CHECKSUMS else path.stem
    return File(f"versions.download_{form}", name, form, stored, (version.list_version_id, path.name), kept=True)


def _checksums(version: Frozen) -> str:
    """The name of the list of checksums, which is the same in every version, without its ending."""
    return f"{PurePath(CHECKSUMS).stem}-{version.number}"


def stored(inventory: Inventory, text: Text, list_version_id: str, name: str) -> bytes:
    """The file as it was frozen; from the inventory of today, for a look-back holds no files."""
    return file_of(session.at(default_path()), list_version_id, name)


def _verify(inventory: Inventory, text: Text) -> None:
    """A field for a file that somebody sent, and what it is."""
    page.heading(text("versions.verify_title"))
    st.caption(text("versions.verify_what"))
    given = st.file_uploader(
        text("versions.verify_file"),
        key="verify_file",
        max_upload_size=MAX_BYTES // 1_000_000,
        type=[ending.removeprefix(".") for ending in verifying.ENDINGS],
    )
    if given is None:
        return
    name, content = given.name, given.getvalue()
    try:
        found = inventory.once(("verify", name, sha256(content)), lambda: verifying.verify(inventory, name, content))
    except UserError as error:
        session.show_error(error)
        return
    box = {"unchanged": st.success, "resaved": st.success, "changed": st.warning, "unknown": st.info}[found.answer]
    box(plain(words.verdict(found, text)))
    for line in words.differing(found, text):
        st.markdown(f"- {plain(line)}")
