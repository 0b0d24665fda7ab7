"""A cell of a DataFrame as a plain Python value, and as text that is safe in a file."""

import math
import re
from datetime import date, datetime, time
from typing import Any

import numpy as np
import pandas as pd

from esdash.model import entries
from esdash.texts import Text
from esdash.wording.entries import weekly

# Characters that XML or spreadsheet programs cannot hold; tab, line feed and carriage return are allowed.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# A text with such a beginning would be read as a formula; an apostrophe in front prevents it. The import removes it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_LOOKS_PROTECTED = re.compile(r"'+[=+\-@\t\r]")

LIST_SEPARATOR = "; "


def plain(value: Any) -> Any:
    """The cell as a plain Python value, also inside lists and structs; None for everything that means unknown."""
    if isinstance(value, np.ndarray | list | tuple):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime(warn=False)
    if isinstance(value, np.datetime64):
        return plain(pd.Timestamp(value))
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def clean(text: str) -> str:
    """The text without control characters and half surrogate pairs."""
    return _CONTROL.sub("", text)


def protected(text: str) -> str:
    """A text that our import reads back unchanged: the import removes an apostrophe before a formula, so add one.

    Otherwise '=1 would come back as =1.
    """
    return f"'{text}" if _LOOKS_PROTECTED.match(text) else text


def guarded(text: str) -> str:
    """A text for a CSV that no spreadsheet program runs as a formula, and that our import reads back unchanged."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else protected(text)


def day(value: Any) -> date | None:
    """The date of a date or a moment; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def shown(value: Any, text: Text) -> str:
    """A value as text for people; unknown is empty, a list known to be empty says so."""
    if value is None:
        return ""
    if value == []:
        return text("word.none")
    if isinstance(value, list):
        return LIST_SEPARATOR.join(shown(part, text) for part in value if part is not None)
    if kind := entries.kind_of(value):
        return weekly([value], text) if kind == "times" else clean(entries.written(value))
    if isinstance(value, dict):
        return LIST_SEPARATOR.join(f"{name}: {shown(part, text)}" for name, part in value.items())
    if isinstance(value, bool | date | time):
        return text.value(value)
    if isinstance(value, int | float):
        return decimal(value, "," if text.language == "de" else ".")
    return clean(str(value))


def decimal(value: float, point: str) -> str:
    """A number with up to six decimals, without thousands separators, with the given decimal sign."""
    written = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written.replace(".", point)
