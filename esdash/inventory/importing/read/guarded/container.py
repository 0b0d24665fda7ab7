"""The container of Office before 2007 (OLE): a small file system in a file, of which one stream is the workbook."""

import struct
from pathlib import Path

_LAST = 0xFFFFFFFA  # greater numbers are marks: end, free, table
_NAMES = ("Workbook", "Book")
_ENTRY = 128  # bytes of an entry of the directory


def workbook(path: str) -> bytes:
    """The stream with the workbook. Raises Broken."""
    return _Container(Path(path).read_bytes()).stream(_NAMES)


class Broken(Exception):
    """The container is damaged: its sectors follow each other in a circle, or lie beyond its end."""


class _Container:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._size = 1 << struct.unpack_from("<H", content, 30)[0]
        self._small = 1 << struct.unpack_from("<H", content, 32)[0]
        directory, self._cutoff, small_table = struct.unpack_from("<I4xII", content, 48)
        further, tables = struct.unpack_from("<II", content, 68)
        self._next: list[int] = []
        for sector in self._tables(further, tables):
            self._next += struct.unpack(f"<{self._size // 4}I", self._sector(sector))
        self._directory = self._chain(directory)
        small = self._chain(small_table)
        self._next_small = struct.unpack(f"<{len(small) // 4}I", small)

    def stream(self, names: tuple[str, ...]) -> bytes:
        """The stream of the first of these names that there is."""
        found: dict[str, tuple[int, int]] = {}
        root = 0
        for at in range(0, len(self._directory) - _ENTRY + 1, _ENTRY):
            length = struct.unpack_from("<H", self._directory, at + 64)[0]
            name = self._directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", self._directory, at + 116)
            if self._directory[at + 66] == 5:
                root = start
            found[name] = (start, size)
        start, size = next((found[name] for name in names if name in found), (0, 0))
        if size >= self._cutoff:
            return self._chain(start)[:size]
        smalls = self._chain(root)
        pieces: list[bytes] = []
        while start < _LAST and len(pieces) * self._small < size:
            pieces.append(smalls[start * self._small : (start + 1) * self._small])
            start = self._next_small[start]
        return b"".join(pieces)[:size]

    def _tables(self, further: int, count: int) -> list[int]:
        """The sectors that say which sector follows which; the header has the first 109 of them."""
        found = [sector for sector in struct.unpack_from("<109I", self._content, 76) if sector < _LAST]
        for _ in range(count):
            if further >= _LAST:
                break
            *more, further = struct.unpack(f"<{self._size // 4}I", self._sector(further))
            found += [sector for sector in more if sector < _LAST]
        return found

    def _sector(self, number: int) -> bytes:
        begin = (number + 1) * self._size
        return self._content[begin : begin + self._size].ljust(self._size, b"\0")

    def _chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        while start < _LAST:
            if len(pieces) > len(self._next) or start >= len(self._next):
                raise Broken("the chain of sectors does not end")
            pieces.append(self._sector(start))
            start = self._next[start]
        return b"".join(pieces)
