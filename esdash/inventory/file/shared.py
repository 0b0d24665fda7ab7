"""The inventories that this process has open, one for each file, shared by all visitors.

They are not in a cache of Streamlit: any client may ask to empty such a cache, which would lose an open inventory
without closing it, and its file could not be opened a second time.
"""

import atexit
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from esdash.inventory.file.store import Inventory

# After an edit of the code the server reloads this module, but not a module without a file: that one keeps them open.
_KEEPER = vars(sys.modules.setdefault("esdash, open inventories", ModuleType("open inventories")))
_open: dict[Path, Inventory] = _KEEPER.setdefault("by_path", {})
_lock: threading.RLock = _KEEPER.setdefault("lock", threading.RLock())


def inventory(path: Path, opening: Callable[[Path], Inventory]) -> Inventory:
    """The inventory of that file. The first caller opens it by `opening`, others wait for that."""
    with _lock:
        if path not in _open:
            _open[path] = opening(path)
        return _open[path]


def close(path: Path) -> None:
    """Close the inventory of that file if it is open; the next call of `inventory` opens it again."""
    with _lock:
        if path in _open:
            _open.pop(path).close()


def close_all() -> None:
    """Close every inventory."""
    for path in list(_open):
        close(path)


atexit.register(close_all)  # an ordinary stop writes the log beside the file out
