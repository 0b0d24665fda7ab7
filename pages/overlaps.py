"""What is done twice or three times, and is that bad?"""

from esdash.ui import lookback, page, session
from esdash.ui.care import said
from esdash.ui.names import names
from esdash.ui.overlaps import cases, choice, decided, sharing, words

text = session.text()
inventory = lookback.shown(text)
known = names(inventory, text)
page.title(text, "overlaps", words.sentence(inventory, text))
said.show()
part = choice.part(inventory, text, known)
{"open": cases.show, "decided": decided.show, "providers": sharing.providers, "network": sharing.network}[part](
    inventory, text, known
)
choice.give()
page.data_status(inventory, text)
