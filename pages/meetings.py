"""What do we decide today?"""

import streamlit as st

from esdash.analysis.meetings import points
from esdash.ui.meetings import agenda, choice, closing, decide, history, plan, presenting, since
from esdash.ui.meetings.choice import MEETINGS
from esdash.ui.shell import messages, page, session
from esdash.wording import agenda as agenda_words
from esdash.wording import meetings as words
from esdash.wording.escaping import plain
from esdash.wording.names import names_of

SHOW = {"agenda": agenda.show, "decide": decide.show, "since": since.show, "minutes": closing.show}

text = session.text()
inventory = session.inventory()
names = names_of(inventory, text)
meeting = choice.meeting(inventory)
rows = points.agenda(inventory, meeting["meeting_id"]) if meeting else []
if meeting and MEETINGS.present:
    presenting.show(inventory, text, names, meeting, rows)
else:
    said = words.sentence(meeting, rows, text, agenda_words.reasons(inventory, meeting, text))
    page.question(text, "meetings", plain(said))
    messages.show()
    part = choice.part(text)
    if part == "all":
        history.show(inventory, text, names)
    elif meeting:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            choice.choose(inventory, text, meeting)
            plan.running(inventory, text, names, meeting, bool(rows))
        SHOW[part](inventory, text, names, meeting, rows)
    else:
        st.info(text("meetings.none"))
    if meeting is None or part in ("agenda", "all"):
        plan.new(inventory, text, names, primary=meeting is None)
    page.data_status(inventory, text)
MEETINGS.give()
