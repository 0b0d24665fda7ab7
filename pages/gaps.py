"""Where are offers missing?"""

import streamlit as st

from esdash.analysis.coverage import handout
from esdash.charts import look
from esdash.ui.gaps import beside, comparison, evidence, figures, handouts, parts, reach, suppose, tile_view
from esdash.ui.gaps import choice as choosing
from esdash.ui.gaps import unknown as in_bounds
from esdash.ui.gaps.state import GAPS
from esdash.ui.shell import lookback, messages, page, session
from esdash.ui.widgets import ask_next, empty, to_meeting
from esdash.wording import conditions as in_words
from esdash.wording import faces
from esdash.wording import gaps as wording
from esdash.wording.names import names_of

text = session.text()
inventory = lookback.shown(text)
names = names_of(inventory, text)
answer, picture = st.columns([3, 5], gap="medium")
with answer:
    page.title(text("gaps.title"))
    sentence, known, difference = st.empty(), st.empty(), st.container()
    messages.show()
    with st.grid(2, min_column_width=choosing.FILTER_WIDTH, gap="xsmall"):
        view = choosing.choose(inventory, text, names)
with picture:
    more = st.container(horizontal=True, gap="small")
    with more:
        conditions = reach.choose(text, names)
        comparison.choose(inventory, text)
        suppose.panel(inventory, text, names)
    shown, view = comparison.ask(inventory, view, conditions)
    shown = in_bounds.choose(more, shown, text, view)
    before = comparison.before(shown, view, text)
    tile_view.show(shown, text, names, view)
sentence.markdown(wording.sentence(shown, names, view.selection.only_groups))
in_bounds.show(known, shown, text, view.selection)
with difference:
    if empty.without_offers(inventory):
        empty.lead(text, here="gaps")
    if before is not None:
        day = None if shown.conditions.supposing else view.since
        st.info(wording.compared_sentence(before, shown, text, view.selection.only_groups, day))
    for words in in_words.supposed(shown.conditions, names):
        st.text(words)
    in_bounds.assumed(shown, text, view)

with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
    drawn = choosing.how(text)
if drawn == "maps":
    parts.key(shown, text, view, small_maps=True)
    page.heading(faces.under(text("gaps.small_maps"), shown.conditions.assumed, text))
    st.plotly_chart(
        figures.small_maps(shown, text, view),
        key="gaps_maps",
        config=look.CONFIG,
        on_select=choosing.from_maps,
        selection_mode="points",
        alt=text("gaps.small_maps_alt", n=len(names.field_ids)),
    )
else:
    left, right = st.columns([11, 9], gap="large")
    with left:
        parts.matrix(shown, text, view)
        handouts.buttons(shown, text, view)
    with right:
        beside.show(shown, text, names, view, inventory if before is None and not shown.conditions else None)

ask_next.show(inventory, text)
page.heading(wording.heading(names, view.selection))
evidence.show(shown, text, choosing.part(text), view.selection)
GAPS.give("measure")
to_meeting.button(shown, text, wording.named(names, view.selection), GAPS, "finding")
page.data_status(
    inventory,
    text,
    text.name(names.city, "population_note"),
    text("gaps.surveyed", share=text.percent(handout.survey_share(inventory))),
)
