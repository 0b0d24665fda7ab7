"""The inventories that this process holds open, one for each file, shared by all visitors.

They stand here and not in a cache of the pages: whoever empties such a cache (any client may ask for it) would lose an
open inventory without closing it, and its file cannot be opened a second time.
"""

import atexit
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from esdash.inventory.file.store import Inventory

# Whoever edits the code lets the server load this module anew; a module without a file stays, and the files with it.
_KEEPER = vars(sys.modules.setdefault("esdash, open inventories", ModuleType("open inventories")))
_open: dict[Path, Inventory] = _KEEPER.setdefault("by_path", {})
_lock: threading.RLock = _KEEPER.setdefault("lock", threading.RLock())


def inventory(path: Path, opening: Callable[[Path], Inventory]) -> Inventory:
    """The inventory of that file; `opening` opens it for whoever comes first, and the others wait for that."""
    with _lock:
        if path not in _open:
            _open[path] = opening(path)
        return _open[path]


def close(path: Path) -> None:
    """Close the inventory of that file where it is open; the next question opens it again."""
    with _lock:
        if path in _open:
            _open.pop(path).close()


def close_all() -> None:
    """Close every inventory."""
    for path in list(_open):
        close(path)


atexit.register(close_all)  # an ordinary stop leaves nothing in the log beside the file
