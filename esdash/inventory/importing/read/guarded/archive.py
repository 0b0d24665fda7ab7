"""The XML parts of a zipped workbook, with a limit for their elements."""

import zipfile
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from .sheet import Refused

TAGS_PER_CELL = 9  # XML elements per cell: <c><v></v></c> and <si><t></t></si> for its text, and some for the rows
MOST_TAGS_ABOUT = 50_000  # XML elements in a part that lists sheets, names or other parts
MOST_SHEETS = 200

Attributes = dict[str, str]


class Archive:
    """The parts of a file; `most_cells` limits the cells read from all of them together."""

    def __init__(self, path: str, most_cells: int) -> None:
        self._archive = zipfile.ZipFile(path)
        self._tags_left = TAGS_PER_CELL * most_cells

    def read(self, part: str) -> bytes:
        """The bytes of a part."""
        return self._archive.read(part)

    def walk(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Call a function for each element of a part in order; names come without prefix."""
        data = self.read(part)
        tags = data.count(b"<")
        self._tags_left -= tags
        if self._tags_left < 0 or (tags > MOST_TAGS_ABOUT and text is None and end is None):
            raise Refused("full")
        names: dict[str, str] = {}

        def local(name: str) -> str:
            if name not in names:
                names[name] = name.rpartition(":")[2]
            return names[name]

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _no_doctype
        parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
        if end is not None:
            parser.EndElementHandler = lambda name: end(local(name))
        if text is not None:
            parser.CharacterDataHandler = text
        parser.Parse(data, True)


def _no_doctype(*_: Any) -> None:
    raise ValueError("no workbook declares entities")
