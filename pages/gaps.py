"""Where are offers missing?"""

import streamlit as st

from esdash.analysis.coverage import handout
from esdash.charts import look
from esdash.ui.gaps import beside, comparison, evidence, figures, handouts, parts, reach, suppose, supposed
from esdash.ui.gaps import choice as choosing
from esdash.ui.gaps import unknown as in_bounds
from esdash.ui.gaps.state import GAPS
from esdash.ui.shell import lookback, messages, page, screen, session
from esdash.ui.widgets import ask_next, empty, to_meeting
from esdash.wording import faces
from esdash.wording import gaps as wording
from esdash.wording.names import names_of

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)
page.title(text("gaps.title"))
with st.container(gap="xsmall"):
    sentence = st.empty()
    messages.show()
    with choosing.line(text):
        view = choosing.choose(inventory, text, names)
        conditions = reach.choose(text, names)
        suppose.panel(inventory, text, names)
        with choosing.more(text):
            choosing.how(text)
            comparison.choose(inventory, text)
            figures_of = st.container()
    shown, view = comparison.ask(inventory, view, conditions)
    shown = in_bounds.choose(figures_of, shown, text, view)
    before = comparison.before(shown, view, text)
    answer = wording.sentence(shown, names, view.selection.only_groups)
    if before is None:
        sentence.markdown(answer)
    else:  # then the question is what changes; where the city stands follows below the picture
        day = None if shown.conditions.supposing else view.since
        sentence.markdown(wording.compared_sentence(before, shown, text, view.selection.only_groups, day))
    supposed.show(inventory, text, names, comparison.read(inventory))

    if GAPS.view == "maps":
        page.heading(
            wording.picture(faces.under(text("gaps.small_maps"), shown.conditions.assumed, text), shown, names)
        )
        parts.key(shown, text, view, small_maps=True)
        st.plotly_chart(
            figures.small_maps(shown, text, view, screen.narrow()),
            key="gaps_maps",
            config=look.CONFIG,
            on_select=choosing.from_maps,
            selection_mode="points",
            alt=text("gaps.small_maps_alt", n=len(names.field_ids)),
        )
    else:
        with st.container(horizontal=True, vertical_alignment="center"):
            parts.title(shown, text, names, view)
            chosen = beside.choose(text, view)
        parts.key(shown, text, view, small_maps=False)
        first, second = beside.places()
        with first:
            if empty.without_offers(inventory):
                empty.lead(text, here="gaps")
            else:
                parts.matrix(shown, text, view)
        with second:
            now = inventory if before is None and not shown.conditions else None
            beside.show(chosen, shown, text, names, view, now)
        parts.notes(shown, text, view)
if before is not None:
    st.markdown(answer)
in_bounds.show(shown, text, view)
handouts.buttons(shown, text, view)

ask_next.show(inventory, text)
page.heading(wording.heading(names, view.selection))
evidence.show(shown, text, choosing.part(text), view.selection)
GAPS.give("measure", *choosing.beside_too())
to_meeting.button(shown, text, wording.named(names, view.selection), GAPS, "finding")
page.data_status(
    inventory,
    text,
    text.name(names.city, "population_note"),
    text("gaps.surveyed", share=text.percent(handout.survey_share(inventory))),
)
