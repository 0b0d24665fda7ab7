"""The child process: it reads one spreadsheet and prints the texts of its visible sheets as JSON."""

import importlib
import json
import sys
from typing import Any

from .sheet import Refused

READERS = {"xlsx": "xlsx", "ods": "ods", "xls": "binary", "xlsb": "binary"}  # format → module with `sheets`


def limit(memory_bytes: int, seconds: int) -> None:
    """Limit memory and computing time of this process, if the system can."""
    try:
        import resource
    except ImportError:  # Windows: only the parent's time limit and the limits on content apply
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


def main(arguments: list[str]) -> None:
    """Arguments: format, path, then the limits: rows, columns, characters, cells, bytes of memory, seconds."""
    form, path, *numbers = arguments
    max_row, max_column, max_characters, most_cells, memory_bytes, seconds = map(int, numbers)
    limit(memory_bytes, seconds)
    reader = importlib.import_module(f".{READERS[form]}", __package__)
    try:
        limits = (max_row, max_column, max_characters)
        answer: dict[str, Any] = {"sheets": reader.sheets(path, limits, most_cells)}
    except Refused as reason:
        answer = {"refused": str(reason)}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
