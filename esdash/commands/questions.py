"""`export questions`: what to ask next, as a list, as a call sheet, and as a workbook that the import takes back."""

from collections.abc import Callable

import pandas as pd

from esdash import exports
from esdash.commands.terminal import Terminal
from esdash.inventory import Inventory, importing

NAME = "questions"


def written(inventory: Inventory, form: str, notice: str | None, terminal: Terminal) -> bytes:
    """The file in this format: csv and json hold one row per question, pdf and xlsx one entry per call and offer."""
    from esdash.wording import questions
    from esdash.wording.names import Names

    text, now = terminal.text, inventory.now()
    calls = questions.in_words(inventory, text)
    if form == "pdf":
        return exports.call_sheet(calls, Names(inventory, text), text, now)
    if form == "xlsx":
        options = importing.option_names(inventory, exports.ANSWERED, text.language)
        return exports.answer_book(calls, options, Names(inventory, text), text, now)
    writers: dict[str, Callable[[pd.DataFrame], bytes]] = {
        "csv": exports.plain_csv,
        "json": exports.json_file,
        "geojson": exports.geojson_file,
    }
    return writers[form](exports.marked(questions.as_table(calls, text), notice))
