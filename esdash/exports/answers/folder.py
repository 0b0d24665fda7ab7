"""All files of a version as one folder: the stored files, the answer sheet, the checksums, and what is what."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from esdash.texts import Text
from esdash.wording.answers import decided

KINDS = ("pdf", "xlsx", "csv", "json", "txt")


def folder(version: Mapping[str, Any], files: Mapping[str, bytes], sheet: bytes, city: str, text: Text) -> bytes:
    """A ZIP archive. Equal input gives equal bytes.

    `version`: a row of `analysis.answers.versions`; `files`: the stored files by name, as they were frozen;
    `sheet`: the answer sheet.
    """
    number = version["number"]
    sums = text("answer_folder.sums")
    content = dict(files)
    if sums not in content:
        lines = [f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())]
        content[sums] = "".join(lines).encode()
    content[text("answer_sheet.file", number=number)] = sheet
    about = [f"- {name}: {_kind(name, number, text)}" for name in sorted(content)]
    content[text("answer_folder.readme")] = _readme(version, about, city, text).encode()
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(content):
            archive.writestr(_entry(f"{text('answer_folder.name', number=number)}/{name}", version), content[name])
    return output.getvalue()


def _readme(version: Mapping[str, Any], about: list[str], city: str, text: Text) -> str:
    due: date | None = version["answer_due_on"]
    said = decided(version, text)
    words = text(
        "answer_folder.text",
        number=version["number"],
        city=city,
        decided=_sentence(text("answer_folder.due", decided=said, day=due) if due else said),
        files="\n".join(about),
        checksum=version["content_sha256"],
        sums=text("answer_folder.sums"),
    )
    return words.replace("\n", "\r\n")  # Windows' editor of old shows other line ends in one line


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _kind(name: str, number: int, text: Text) -> str:
    if name == text("answer_sheet.file", number=number):
        return text("answer_folder.file_sheet")
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    return text(f"answer_folder.file_{ending if ending in KINDS else 'other'}")


def _entry(path: str, version: Mapping[str, Any]) -> zipfile.ZipInfo:
    """An entry with the day of the version, so that the archive is the same whenever it is made."""
    day: date = version["frozen_on"]
    entry = zipfile.ZipInfo(path, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
