"""The one door to the DuckDB file that holds the inventory."""

from esdash.inventory.files import create, default_city, default_path, open_file
from esdash.inventory.store import Inventory

__all__ = ["Inventory", "create", "default_city", "default_path", "open_file"]
