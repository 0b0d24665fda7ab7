"""The page Schulungen in words."""

from __future__ import annotations

import pandas as pd

from esdash.texts import Text
from esdash.ui import page


def sentence(upcoming: pd.DataFrame, courses: int, untaught: int, text: Text) -> str:
    """The answer in one sentence, from the coming sessions and the number of modules nobody teaches."""
    if not courses:
        return text("trainings.sentence_empty")
    return text(
        "trainings.sentence",
        n=page.bold(text.count("trainings.upcoming", len(upcoming))),
        free=page.bold(text.number(upcoming["free"].sum(min_count=1))),
        waiting=page.bold(text.number(upcoming["waiting"].sum(min_count=1))),
        untaught=page.bold(text.number(untaught)),
    )
