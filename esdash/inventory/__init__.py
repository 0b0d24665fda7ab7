"""The inventory: the DuckDB file, read by questions, changed through the write door (`Inventory.change`)."""

from esdash.inventory.file.files import create, default_city, default_path, open_file
from esdash.inventory.file.store import Inventory
