"""The files inside a PDF, read without interpreting the PDF: its pages, scripts and links are never looked at."""

import zlib

from esdash.inventory.importing.read.limits import MAX_BYTES

PDF = b"%PDF-"
MOST_INSIDE = 20  # files in one PDF that are looked at
FARTHEST = 4_000  # bytes between the mark of an attachment and its content; ours are some 200 apart
_MARK, _START, _END = b"/EmbeddedFile", b"stream", b"endstream"


def files_in(content: bytes) -> list[bytes]:
    """The attached files of a PDF, at most 20 MB each; of an encrypted or damaged PDF, those that can be read."""
    found: list[bytes] = []
    place = content.find(_MARK)
    while place >= 0 and len(found) < MOST_INSIDE:
        inside = None if content[place + len(_MARK) :][:1].isalpha() else _inside(content, place)
        found += [] if inside is None else [inside]
        place = content.find(_MARK, place + 1)
    return found


def _inside(content: bytes, mark: int) -> bytes | None:
    start = content.find(_START, mark, mark + FARTHEST)
    if start < 0:
        return None
    head = content[max(content.rfind(b" obj", 0, mark), mark - FARTHEST) : start]
    begin = start + len(_START)
    begin += 2 if content[begin : begin + 2] == b"\r\n" else 1
    end = content.find(_END, begin)
    data = content[begin : end if end >= 0 else len(content)]
    if b"/Filter" not in head:
        return data[:MAX_BYTES].rstrip(b"\r\n")
    try:
        return zlib.decompressobj().decompress(data, MAX_BYTES)
    except zlib.error:
        return None
