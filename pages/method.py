"""How are the figures worked out, and from what?"""

from esdash.ui.method import choice, examples, settings, topics, values
from esdash.ui.shell import lookback, page, session
from esdash.wording.names import names_of

text = session.text()
inventory = lookback.shown(text)
page.question(text, "method", text("method.sentence"))
part = choice.part(text)
if part == "examples":
    examples.show(inventory, text)
elif part == "topics":
    topics.show(text)
elif part == "settings":
    settings.show(text)
else:
    values.show(inventory, text, names_of(inventory, text))
choice.METHOD.give()
page.data_status(inventory, text)
