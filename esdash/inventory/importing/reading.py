"""What a file holds, by its content: one table, or a document of several."""

from pathlib import Path

from esdash.errors import UserError
from esdash.inventory.importing import columns as matching
from esdash.inventory.importing.columns import Mapping
from esdash.inventory.importing.read import geojson, hsds, spreadsheets
from esdash.inventory.importing.read.spreadsheets import Table


def is_document(path: Path) -> bool:
    """Whether a file holds several tables (HSDS) and not one; GeoJSON, which may end with .json too, is one table."""
    return path.suffix.lower() == hsds.ENDING and not geojson.holds(path)


def read_table(path: Path, *mappings: Mapping, sheet: str | None = None) -> Table:
    """A file as texts; the header is found by the known names and those in `mappings`. Raises UserError.

    `sheet`: the name of the sheet of a workbook that is read; None: the one that fits best.
    """
    if geojson.holds(path):
        if sheet is not None:
            raise UserError("import_has_no_sheets", file=path.name, sheet=sheet)
        return geojson.table(path)
    return spreadsheets.table(path, matching.known_headers(*mappings), sheet)
