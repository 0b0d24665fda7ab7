"""The files of a city as a person uploads them: one ZIP of the folder, or single files. Nothing is written to disk."""

import io
import zipfile
from collections.abc import Sequence

from esdash.errors import UserError
from esdash.inventory import zipped
from esdash.inventory.city.declared import BY_NAME, RIVERS
from esdash.inventory.city.reading import belongs

MAX_BYTES = 20_000_000  # of one upload; the largest real folder has 2 MB
MAX_UNZIPPED_BYTES = 50_000_000  # of all files together
MAX_MEMBERS = 2_000  # files in a ZIP, also those that are not read
_MEGABYTE = 1_000_000
_CHUNK = 1_000_000  # bytes unzipped at once


def unpacked(uploads: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """The files of a city among uploads (name, content): name → content.

    Raises UserError for what is too large, damaged, encrypted or no file of a city. From a ZIP only the files of the
    folder that holds them are read; what else lies in it, such as SOURCES.md, is not looked at.
    """
    for name, content in uploads:
        if len(content) > MAX_BYTES:
            raise UserError("city_too_many_bytes", file=name, most=MAX_BYTES // _MEGABYTE)
    archives = [(name, content) for name, content in uploads if name.lower().endswith(".zip")]
    if not archives:
        return _single(uploads)
    if len(uploads) > 1:
        raise UserError("city_zip_alone", file=archives[0][0])
    return _unzipped(*archives[0])


def _single(uploads: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name, content in uploads:
        if not belongs(name):
            raise UserError("city_foreign", file=name)
        if name in found:
            raise UserError("city_file_twice", file=name)
        found[name] = content
    return found


def _unzipped(name: str, content: bytes) -> dict[str, bytes]:
    if zipped.has_more_entries(content, MAX_MEMBERS):
        raise UserError("city_zip_members", file=name, most=MAX_MEMBERS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            chosen = _of_the_city(name, members)
            left, found = MAX_UNZIPPED_BYTES, {}
            for file, member in chosen.items():
                found[file] = _read(archive, member, left, name)
                left -= len(found[file])
            return found
    except zipped.DAMAGED as error:
        raise UserError("city_zip_damaged", file=name) from error


def _of_the_city(name: str, members: Sequence[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files of the uppermost folder that holds some of a city: name → entry."""
    named = [member for member in members if _last(member) in (*BY_NAME, RIVERS) and "__MACOSX" not in member.filename]
    depth = min((member.filename.count("/") for member in named), default=0)
    folders = {_folder(member) for member in named if member.filename.count("/") == depth}
    if len(folders) != 1:
        raise UserError("city_zip_folders" if folders else "city_foreign", file=name)
    found: dict[str, zipfile.ZipInfo] = {}
    for member in (member for member in members if _folder(member) in folders and belongs(_last(member))):
        if _last(member) in found:
            raise UserError("city_file_twice", file=_last(member))
        found[_last(member)] = member
    return found


def _folder(member: zipfile.ZipInfo) -> str:
    return member.filename.rpartition("/")[0]


def _last(member: zipfile.ZipInfo) -> str:
    return member.filename.rpartition("/")[2]


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int, name: str) -> bytes:
    """The content of an entry, however large it says it is."""
    if member.flag_bits & 1:
        raise UserError("city_zip_locked", file=name)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # others can take gigabytes of memory
        raise UserError("city_zip_damaged", file=name)
    parts, size = [], 0
    with archive.open(member) as file:
        while part := file.read(_CHUNK):
            size += len(part)
            if size > most:
                raise UserError("city_zip_large", file=name, most=MAX_UNZIPPED_BYTES // _MEGABYTE)
            parts.append(part)
    return b"".join(parts)
