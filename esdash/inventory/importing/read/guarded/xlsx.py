"""Reading XLSX: the parts of a workbook with texts and number formats, nothing else, so that unusual fonts, colours or
views cannot make a table unreadable."""

import posixpath
from typing import Any

from .archive import MOST_SHEETS, Archive, Attributes
from .sheet import Place, Refused, Sheet, concealed
from .texts import column_of, is_number, unescaped, written

MOST_STYLES = 65_500  # Excel itself allows 65,490
_DAY_NUMBERS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}  # ids of built-in formats for dates


class Workbook(Archive):
    """The parts of an XLSX file; `most_cells` limits the cells read from all sheets together."""

    def __init__(self, path: str, most_cells: int) -> None:
        super().__init__(path, most_cells)
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


class _Part(Sheet):
    """One sheet, read from its part."""

    def __init__(self, book: Workbook, part: str, limits: tuple[int, int, int]) -> None:
        super().__init__(limits)
        self._book = book
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
            first, _, last = attributes["ref"].partition(":")
            self.merged.append((_place(first), _place(last or first)))

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
        number = False
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
            number = is_number(kind, code)
        if not text.strip():
            return
        self.put(self._row, self._column, text, number)
        if self._folded and self._row not in self.hidden[-1:]:
            self.hidden.append(self._row)


def _place(reference: str) -> Place:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), column_of(letters)


def sheets(path: str, limits: tuple[int, int, int], most_cells: int) -> list[dict[str, Any]]:
    """One dictionary per sheet (Sheet.answer), without those that nobody can display."""
    book = Workbook(path, most_cells)
    if len(book.sheets) > MOST_SHEETS:
        raise Refused("full")
    found: list[dict[str, Any]] = []
    for title, state, number in book.sheets:
        part = book.part_of(number)
        if part is not None and state == "visible":
            found.append(_Part(book, part, limits).answer(title))
        elif part is not None and state == "hidden":  # what is very hidden only a program can have made so
            found.append(concealed(title))
    return found
