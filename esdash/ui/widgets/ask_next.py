"""The line that leads to the call on which most needed places hang."""

from esdash.analysis.questions import questions
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui.shell import url
from esdash.ui.shell.state import LOOK_BACK
from esdash.wording import questions as wording
from esdash.wording.escaping import plain


def show(inventory: Inventory, text: Text) -> None:
    """The first call with a link to Datenpflege; nothing if no need hangs on an answer, nor on an earlier day."""
    if LOOK_BACK.day:
        return
    for call in questions.calls(inventory, 1).itertuples():
        if call.worth > 0:
            words = text("questions.next", organization=call.organization, worth=wording.worth(call, text))
            url.link("care", plain(words), care="ask")
