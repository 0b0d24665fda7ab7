"""Answers kept in memory until the next change, those that were not asked for long go first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

import numpy as np
import pandas as pd


class Answers:
    """Frames by question, for several threads at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._frames: OrderedDict[tuple[Any, ...], pd.DataFrame] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, question: tuple[Any, ...]) -> pd.DataFrame | None:
        """The kept answer, which nobody can change through the copy they get; None where there is none."""
        with self._lock:
            if question not in self._frames:
                return None
            self._frames.move_to_end(question)
            return self._frames[question].copy(deep=False)  # copy-on-write

    def keep(self, question: tuple[Any, ...], frame: pd.DataFrame) -> pd.DataFrame:
        """Keep an answer; the frame to hand out."""
        frame = _sealed(frame)
        with self._lock:
            self._frames[question] = frame
            while len(self._frames) > self._most:
                self._frames.popitem(last=False)
        return frame.copy(deep=False)

    def forget(self) -> None:
        """Something has changed."""
        with self._lock:
            self._frames.clear()


def _sealed(frame: pd.DataFrame) -> pd.DataFrame:
    """Lists in cells are arrays, which copy-on-write does not reach: nobody may write into the kept ones."""
    for column in (frame[name] for name in frame.columns if pd.api.types.is_object_dtype(frame[name])):
        for value in column:
            if isinstance(value, np.ndarray):
                value.setflags(write=False)
    return frame
