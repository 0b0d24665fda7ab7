"""A figure then and now, and the parts of its change, as bars one below the other."""

from collections.abc import Sequence

from esdash.charts import look
from esdash.charts.figure import Figure
from esdash.texts import Text
from esdash.wording.effect import Step
from esdash.wording.escaping import drawn, hover

ROW = 40  # pixels
_COLOURS = {"then": look.QUIET, "now": look.QUIET, "own": look.ACCENT, "corrected": "#E3E6EA"}
_OTHERS = "#A9CBE0"


def waterfall(steps: Sequence[Step], text: Text, quantity: str) -> Figure:
    """The steps of wording.effect.steps, from then at the top to now at the bottom; `quantity` is their unit."""
    begins = [min(step.begins, step.begins + step.length) for step in steps]
    lengths = [abs(step.length) for step in steps]
    most = max([1.0, *(b + n for b, n in zip(begins, lengths, strict=True))])
    bars = {
        "type": "bar",
        "orientation": "h",
        "base": begins,
        "x": lengths,
        "y": list(range(len(steps))),
        "text": [f" {drawn(step.words)}" for step in steps],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [hover(step.name, f"{step.words} · {quantity}") for step in steps],
        "hovertemplate": "%{customdata}<extra></extra>",
        "marker": {
            "color": [_COLOURS.get(step.key, _OTHERS) for step in steps],
            "line": {"color": look.QUIET, "width": [1 if step.length else 0 for step in steps]},
        },
    }
    joins = [  # from the end of one step to the next one
        {"type": "line", "x0": x, "x1": x, "y0": row + 0.3, "y1": row + 0.7, "line": {"color": look.QUIET, "width": 1}}
        for row, x in enumerate(step.begins + step.length for step in steps[:-1])
    ]
    least = min([0.0, *begins])
    layout = look.layout(
        30 + ROW * len(steps),
        bargap=0.4,
        shapes=joins,
        xaxis=look.axis(visible=False, range=[least, least + (most - least) * 1.3]),
        yaxis=look.axis(
            tickvals=list(range(len(steps))), ticktext=[drawn(step.name) for step in steps], autorange="reversed"
        ),
    )
    return Figure([bars], layout)
