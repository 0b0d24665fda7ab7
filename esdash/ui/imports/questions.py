"""The questions of an import that only a person can answer: what stands there, what the list says, and the answers."""

from itertools import groupby

import streamlit as st

from esdash.inventory import Inventory
from esdash.inventory.importing import Difference, Plan, Question
from esdash.model.kinds import BY_TABLE
from esdash.texts import Text
from esdash.ui.imports import prepared
from esdash.ui.imports.prepared import Prepared
from esdash.ui.imports.work import Work
from esdash.ui.shell import url
from esdash.wording import labels
from esdash.wording.escaping import plain
from esdash.wording.imports import answer, reasons, sentence, unanswered
from esdash.wording.values import Values

AT_ONCE = 8  # questions shown at a time
COMPARED = 6  # fields shown of a difference


def show(inventory: Inventory, work: Work, found: Prepared, text: Text) -> None:
    """One box per question, those of one topic under buttons that answer all open ones of it alike."""
    plan = found.plan
    if plan is None:
        return
    st.caption(text("imports.questions_why"))
    ordered = sorted(plan.questions, key=lambda question: question.topic)
    for topic, group in groupby((q for q in ordered if q.key not in plan.said), key=lambda question: question.topic):
        _together(work, list(group), topic, text)
    pages = -(-len(ordered) // AT_ONCE)
    first = 0
    if pages > 1:
        first = (st.pagination(pages, key=work.key("questions_page")) - 1) * AT_ONCE
    for question in ordered[first : first + AT_ONCE]:
        table = question.table or plan.kind.table
        _question(work, plan, question, prepared.words_of(inventory, plan, text, table), text)


def _together(work: Work, questions: list[Question], topic: str, text: Text) -> None:
    """Buttons that give all open questions of a topic one answer, where they have the same answers."""
    answers = questions[0].answers
    if len(questions) < 2 or any(question.answers != answers for question in questions):
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.caption(text("imports.all_open", n=len(questions)))
        for one in answers:
            st.button(
                answer(text, questions[0], one),
                key=work.key(f"all_{topic}_{one}"),
                type="tertiary",
                on_click=_answer_all,
                args=(work, questions, one),
            )


def _answer_all(work: Work, questions: list[Question], chosen: str) -> None:
    work.answers |= dict.fromkeys((question.key for question in questions), chosen)


def _question(work: Work, plan: Plan, question: Question, words: Values, text: Text) -> None:
    table = question.table or plan.kind.table
    with st.container(border=True, gap="small"):
        st.markdown(plain(sentence(text, question)))
        match = plan.resembling.get(question.row) if question.topic == "near" else None
        if question.record_id:
            name = str((match or {}).get("name") or words.name(table, question.record_id))
            url.link("entry", plain(name), table=table, id=question.record_id)
        if match:
            st.caption(
                text("imports.resembles", share=text.percent(match["score"]), fields=plain(reasons(text, match)))
            )
        lines = [_difference(one, table, words, text) for one in question.differences[:COMPARED]]
        if len(question.differences) > COMPARED:
            lines.append(f"- {text.count('imports.more_fields', len(question.differences) - COMPARED)}")
        if lines:
            st.markdown("\n".join(lines))
        key = work.key(f"question_{question.key}")
        st.session_state[key] = plan.said.get(question.key)
        st.segmented_control(
            text("imports.decide", n=question.row) if question.row else plain(sentence(text, question)),
            question.answers,
            format_func=lambda one: answer(text, question, one),
            key=key,
            on_change=_answer,
            args=(work, question, key),
            label_visibility="collapsed",
        )
        if question.key in plan.from_memory:
            st.caption(text("imports.from_memory", sender=plain(plan.sender or "")))
        elif question.key not in plan.said:
            st.caption(unanswered(text, question))


def _difference(one: Difference, table: str, words: Values, text: Text) -> str:
    """A field in a line: what stands there, and what the list says."""
    before, after = (plain(words.value(one.field, value)) for value in (one.before, one.after))
    name = labels.label_of(text, table, one.field) if one.field in BY_TABLE[table].by_name else one.label
    return f"- {text('imports.before_after', field=plain(name), before=before, after=after)}"


def _answer(work: Work, question: Question, key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen:
        work.answers[question.key] = chosen
    else:
        work.answers.pop(question.key, None)
