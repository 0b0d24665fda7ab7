"""What exists several times, and is that needed?"""

from esdash.ui.overlaps import cases, choice, decided, sharing
from esdash.ui.shell import lookback, messages, page, session
from esdash.ui.widgets import to_meeting
from esdash.wording import overlaps as words
from esdash.wording.names import names_of

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)
page.question(text, "overlaps", words.sentence(inventory, text))
messages.show()
part = choice.part(inventory, text, names)
{"open": cases.show, "decided": decided.show, "providers": sharing.providers, "network": sharing.network}[part](
    inventory, text, names
)
choice.OVERLAPS.give()
to_meeting.button(inventory, text, text("overlaps.nav"), choice.OVERLAPS, "finding")
page.data_status(inventory, text)
