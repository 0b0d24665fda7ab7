"""What users typed is never read as markup: in Markdown and in the hover texts of a chart."""

from datetime import date

import pandas as pd

from esdash.charts import sessions
from esdash.texts import Text
from esdash.wording.escaping import bold, hover, plain


def test_markdown_reads_no_sign_of_a_name() -> None:
    assert plain("*Kreis* [A](b)") == r"\*Kreis\* \[A\]\(b\)"
    assert bold("a_b") == r"**a\_b**"


def test_a_chart_reads_no_tag_of_a_name() -> None:
    assert hover('Kurs <b>"A"</b>', "Ziel & Zweck", "zwei\nZeilen") == (
        '<b>Kurs &lt;b&gt;"A"&lt;/b&gt;</b><br>Ziel &amp; Zweck<br>zwei<br>Zeilen'
    )


def test_a_training_date_is_no_markup() -> None:
    row = {"line": "m", "course": "<a href='x'>Kurs</a>", "organization": "A & B"}
    row |= {"starts_on": pd.Timestamp("2026-12-01"), "booked": 3, "seats": 10, "free": 7, "waiting": None}
    line = {"line": "m", "line_words": "<a href='x'>Modul</a>", "next_free": "<i>frei</i>", "seat": True}
    figure = sessions(pd.DataFrame([row]), pd.DataFrame([line]), date(2026, 11, 22), Text("de"))
    (said,) = (words for trace in figure.data for words in trace.hovertext)
    assert said.startswith("<b>01.12.2026 &lt;a href='x'&gt;Kurs&lt;/a&gt;</b><br>A &amp; B<br>")
    names = "".join(note.text for note in figure.layout.annotations)
    assert "&lt;a href" in names and "&lt;i&gt;frei" in names
    assert "<a " not in names and "<i>" not in names
