"""The child process that reads an XLSX file: a script that prints the texts of its visible sheets as JSON.

It reads only the parts of a workbook with texts and number formats, so that unusual fonts, colours or views cannot
make a table unreadable. It imports only the standard library, so that it starts quickly and its memory limit is
spent on the file alone.
"""

import json
import posixpath
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

if TYPE_CHECKING:
    from esdash.inventory.importing.read.xlsx_text import column_of, unescaped, written
else:  # as a script it can import only from its own folder
    sys.path.append(posixpath.dirname(__file__.replace("\\", "/")))
    from xlsx_text import column_of, unescaped, written

TAGS_PER_CELL = 9  # XML elements per cell: <c><v></v></c> and <si><t></t></si> for its text, and some for the rows
MOST_TAGS_ABOUT = 50_000  # XML elements in a part that lists sheets, names or other parts
MOST_SHEETS = 200
MOST_STYLES = 65_500  # Excel itself allows 65,490
TOP = 30  # rows searched for the header
MERGED_MOST = 400_000  # merged cells that are filled down, at most
_DAY_NUMBERS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # ids of built-in formats for dates

Attributes = dict[str, str]


class Refused(Exception):
    """The file is not read; the argument is the reason: full (a part) or beyond (the limits)."""


class Workbook:
    """The parts of an XLSX file; `most_cells` limits the cells read from all sheets together."""

    def __init__(self, path: str, most_cells: int) -> None:
        self._archive = zipfile.ZipFile(path)
        self._tags_left = TAGS_PER_CELL * most_cells
        self.sheets: list[tuple[str, str, str]] = []  # title, state, id of the part
        self.from_1904 = False
        self.never_calculated = False
        home = next((target for kind, target in self._related("").values() if kind == "officeDocument"), None)
        self._book = home or "xl/workbook.xml"
        self._parts = self._related(self._book)
        self.walk(self._book, self._book_element)
        self.strings = [] if (part := self._part("sharedStrings")) is None else self._shared(part)
        self.formats = [] if (part := self._part("styles")) is None else self._number_formats(part)

    def part_of(self, sheet: str) -> str | None:
        """The name of the part with a sheet; None for a sheet that is not a table, such as a chart."""
        kind, target = self._parts.get(sheet, ("", ""))
        return target if kind == "worksheet" else None

    def walk(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Call a function for each element of a part in order; names come without prefix."""
        data = self._archive.read(part)
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

    def _part(self, kind: str) -> str | None:
        return next((target for of_kind, target in self._parts.values() if of_kind == kind), None)

    def _related(self, part: str) -> dict[str, tuple[str, str]]:
        """Id → kind and name of the parts that this part refers to."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
                found[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], target)

        self.walk(posixpath.join(folder, "_rels", f"{name}.rels"), start)
        return found

    def _book_element(self, tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr":
            self.from_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "calcPr":
            self.never_calculated = attributes.get("fullCalcOnLoad") in ("1", "true")
        elif tag == "sheet":
            part = next(value for name, value in attributes.items() if name.rpartition(":")[2] == "id")
            self.sheets.append((attributes["name"], attributes.get("state", "visible"), part))

    def _shared(self, part: str) -> list[str]:
        strings: list[str] = []
        pieces: list[str] | None = None
        aside = False  # inside a phonetic hint, which is not part of the text

        def start(tag: str, attributes: Attributes) -> None:
            nonlocal pieces, aside
            if tag == "si":
                strings.append("")
            elif tag == "rPh":
                aside = True
            elif tag == "t" and not aside:
                pieces = []

        def end(tag: str) -> None:
            nonlocal pieces, aside
            if tag == "t" and pieces is not None:
                strings[-1] += "".join(pieces)
                pieces = None
            elif tag == "rPh":
                aside = False

        def text(piece: str) -> None:
            if pieces is not None:
                pieces.append(piece)

        self.walk(part, start, end, text)
        return [unescaped(string) for string in strings]

    def _number_formats(self, part: str) -> list[str]:
        """The number format of every cell style; "" for a plain number."""
        codes: dict[int, str] = {number: "d" for number in _DAY_NUMBERS} | {46: "[h]"}
        styles: list[int] = []
        inside = False

        def start(tag: str, attributes: Attributes) -> None:
            nonlocal inside
            if tag == "numFmt":
                codes[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif tag == "cellXfs":
                inside = True
            elif tag == "xf" and inside:
                styles.append(int(attributes.get("numFmtId", 0)))
                if len(styles) > MOST_STYLES:
                    raise Refused("full")

        def end(tag: str) -> None:
            nonlocal inside
            if tag == "cellXfs":
                inside = False

        self.walk(part, start, end)
        return [codes.get(style, "") for style in styles]


class Sheet:
    """The cells of one sheet, read as texts."""

    def __init__(self, book: Workbook, part: str, limits: tuple[int, int, int]) -> None:
        self.rows: dict[int, list[str]] = {}
        self.hidden: list[int] = []
        self.beyond = False
        self._book = book
        self._max_row, self._max_column, self._characters_left = limits
        self._numbers: set[tuple[int, int]] = set()  # positions of cells that are not texts
        self._merged: list[str] = []
        self._row = self._column = 0
        self._cell: Attributes = {}
        self._value: str | None = None
        self._formula = self._aside = self._folded = False
        self._pieces: list[str] | None = None
        try:
            book.walk(part, self._start, self._end, self._text)
        except Refused as reason:
            if str(reason) != "beyond":
                raise
            self.beyond = True

    def filled_down(self) -> list[int]:
        """Copy the text of a cell merged across rows into all its rows; returns the numbers of the rows that got one.

        Numbers stay in the first row only: 20 places for two offers together are not 20 places each.
        """
        filled: set[int] = set()
        looked_at = 0
        for (top, left), (bottom, _) in self._ranges():
            text = self._at(top, left)
            if bottom == top or not text or (top, left) in self._numbers:
                continue
            for row in range(top + 1, min(bottom, self._max_row) + 1):
                looked_at += 1
                if looked_at > MERGED_MOST:
                    raise Refused("full")
                if row in self.rows and not self._at(row, left):
                    self._put(row, left, text)
                    filled.add(row)
        return sorted(filled)

    def headings(self) -> list[int]:
        """The numbers of rows with nothing but one cell merged across several columns."""
        wide = {(top, left) for (top, left), (bottom, right) in self._ranges() if bottom == top and right > left}
        alone = [(row, [n for n, text in enumerate(texts, 1) if text]) for row, texts in self.rows.items()]
        return [row for row, filled in alone if len(filled) == 1 and (row, filled[0]) in wide]

    def _ranges(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        for area in self._merged:
            first, _, last = area.partition(":")
            yield _place(first), _place(last or first)

    def _at(self, row: int, column: int) -> str:
        texts = self.rows.get(row, [])
        return texts[column - 1] if 0 < column <= len(texts) else ""

    def _put(self, row: int, column: int, text: str) -> None:
        texts = self.rows.setdefault(row, [])
        texts.extend([""] * (column - len(texts)))
        texts[column - 1] = text

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            self._cell, self._value, self._formula = attributes, None, False
            reference = attributes.get("r")
            self._column = self._column + 1 if reference is None else column_of(reference.rstrip("0123456789"))
        elif tag == "v" or (tag == "t" and not self._aside):
            self._pieces = []
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            self._folded = attributes.get("hidden") in ("1", "true")
        elif tag == "rPh":
            self._aside = True
        elif tag == "mergeCell":
            self._merged.append(attributes["ref"])

    def _text(self, piece: str) -> None:
        if self._pieces is not None:
            self._pieces.append(piece)

    def _end(self, tag: str) -> None:
        if tag == "c":
            self._take()
        elif self._pieces is not None and tag in ("v", "t"):
            self._value = (self._value or "") + "".join(self._pieces)
            self._pieces = None
        elif tag == "rPh":
            self._aside = False

    def _take(self) -> None:
        """Store the cell that ends here, unless it is empty."""
        kind = self._cell.get("t", "n")
        value = self._value or ""
        if self._formula and kind == "n" and (not value or (self._book.never_calculated and value == "0")):
            text = "#FORMULA!"
        elif not value:
            return
        elif kind == "s":
            text = self._book.strings[int(value)]
        elif kind in ("str", "inlineStr"):
            text = unescaped(value)
        else:
            style = int(self._cell.get("s", 0))
            code = self._book.formats[style] if style < len(self._book.formats) else ""
            text = written(value, kind, code, self._book.from_1904)
            self._numbers.add((self._row, self._column))
        if not text.strip():
            return
        self._characters_left -= len(text)
        if self._row > self._max_row or self._column > self._max_column or self._characters_left < 0:
            raise Refused("beyond")
        if self._folded and self._row not in self.hidden[-1:]:
            self.hidden.append(self._row)
        self._put(self._row, self._column, text)


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), column_of(letters)


def _no_doctype(*_: Any) -> None:
    raise ValueError("no workbook declares entities")


def limit(memory_bytes: int, seconds: int) -> None:
    """Limit memory and computing time of this process, if the system can."""
    try:
        import resource
    except ImportError:  # Windows: only the parent's time limit and the limits on content apply
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def sheets(path: str, limits: tuple[int, int, int], most_cells: int) -> list[dict[str, Any]]:
    """One dictionary per visible sheet: title, rows as (number, texts), hidden, merged and heading rows, and the limit
    that it exceeds (row, column, characters)."""
    book = Workbook(path, most_cells)
    found: list[dict[str, Any]] = []
    if len(book.sheets) > MOST_SHEETS:
        raise Refused("full")
    for title, state, number in book.sheets:
        part = book.part_of(number)
        if state != "visible" or part is None:
            continue
        sheet = Sheet(book, part, limits)
        about = {"headings": sheet.headings(), "filled_down": sheet.filled_down(), "hidden": sheet.hidden}
        rows = sorted(sheet.rows.items())
        rows = rows[:TOP] if sheet.beyond else rows  # enough to find out which sheet has the table
        found.append({"title": title, "rows": rows, "beyond_limits": sheet.beyond, **about})
    return found


def main(arguments: list[str]) -> None:
    """Arguments: path, then the limits: rows, columns, characters, cells, bytes of memory, seconds."""
    path, *numbers = arguments
    max_row, max_column, max_characters, most_cells, memory_bytes, seconds = map(int, numbers)
    limit(memory_bytes, seconds)
    try:
        answer: dict[str, Any] = {"sheets": sheets(path, (max_row, max_column, max_characters), most_cells)}
    except Refused as reason:
        answer = {"refused": str(reason)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))


if __name__ == "__main__":
    main(sys.argv[1:])
