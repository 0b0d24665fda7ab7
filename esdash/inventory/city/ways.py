"""The rows of a table of ways: so many in a large city that each is kept in a few bytes."""

from array import array
from collections.abc import Iterable, Iterator, Mapping

from esdash.inventory.city.declared import CityFile, Row


class Ways(Mapping[str, Row]):
    """Key "from|to" → row, in the order of the file.

    The keys of the ends and what else a row says are kept once for all rows that say it: 700,000 rows take 80 MB
    instead of a gigabyte.
    """

    def __init__(self, file: CityFile, rows: Iterable[Row] = ()) -> None:
        self._start, self._end = file.key
        self._at: dict[str, dict[str, int]] = {}  # where a way begins → where it ends → its place in the lists
        self._said: list[Row] = []
        self._once: dict[tuple[object, ...], Row] = {}
        self._lines = array("L")
        for row in rows:
            self.add(row)

    def add(self, row: Row, line: int = 0) -> int | None:
        """Take a row of this line of the file; the line of the row with the same ends if there is one already."""
        said = {name: value for name, value in row.items() if name not in (self._start, self._end)}
        places, end = self._at.setdefault(row[self._start], {}), row[self._end]
        if end in places:
            return self._lines[places[end]]
        places[end] = len(self._said)
        self._said.append(self._once.setdefault(tuple(said.items()), said))
        self._lines.append(line)
        return None

    def line(self, key: str) -> int:
        """The line of a row; 0 if it comes from no file."""
        return self._lines[self._place(key)]

    def named(self, column: str) -> set[str]:
        """The keys that the rows name at one of their ends."""
        return set(self._at) if column == self._start else {end for ends in self._at.values() for end in ends}

    def _place(self, key: str) -> int:
        start, _, end = key.partition("|")
        return self._at[start][end]

    def _row(self, start: str, end: str, place: int) -> Row:
        return {self._start: start, self._end: end, **self._said[place]}

    def __getitem__(self, key: str) -> Row:
        start, _, end = key.partition("|")
        return self._row(start, end, self._place(key))

    def __iter__(self) -> Iterator[str]:
        return (f"{start}|{end}" for start, ends in self._at.items() for end in ends)

    def __len__(self) -> int:
        return len(self._said)
