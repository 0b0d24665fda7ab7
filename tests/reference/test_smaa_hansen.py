"""METHODS M8 against the example "hansen" of the R package smaa (van Valkenhoef and others, J Clin Epidemiol 2012).

Four antidepressants and placebo by six criteria; no preferences between the criteria. The package publishes the rank
acceptabilities of 10,000 draws (itest/hansen-ra-ord.txt); its drawn measurements are a binary file, so hansen.json has
the distributions behind them (drugis/mcda-elicitation-web, examples/hansen.json): a proportion on the logit scale,
the placebo's and the differences to it. All but the first criterion are better the smaller they are.
"""

import json
from pathlib import Path

import numpy as np

from esdash.analysis.priorities.priorities import share_among_first

DRAWS = 50_000
SEED = 20050915  # any fixed number
# The package's 10,000 draws and these have standard errors of .005 and .002; its draws come from a simulation in which
# they hang together a little, and by how much is not published.
CLOSE = 0.03

# Rows: placebo, fluoxetine, paroxetine, sertraline, venlafaxine. Columns: rank 1 to 5.
PUBLISHED = np.array(
    [
        [0.6002, 0.1156, 0.0980, 0.0616, 0.1246],
        [0.0244, 0.2601, 0.3195, 0.3216, 0.0744],
        [0.1450, 0.3298, 0.2559, 0.2207, 0.0486],
        [0.0768, 0.1304, 0.1895, 0.2254, 0.3779],
        [0.1536, 0.1641, 0.1371, 0.1707, 0.3745],
    ]
)


def drawn(random: np.random.Generator) -> np.ndarray:
    """Draws × alternatives × criteria, from 0 to 1, more is better."""
    criteria = json.loads((Path(__file__).parent / "hansen.json").read_text(encoding="utf-8"))
    found = []
    for place, known in enumerate(criteria.values()):
        against = random.multivariate_normal(known["against_placebo"], known["covariance"], DRAWS)
        logit = random.normal(*known["baseline"], DRAWS)[:, None] + np.column_stack([np.zeros(DRAWS), against])
        share = 1 / (1 + np.exp(-logit))
        found.append(share if place == 0 else 1 - share)
    return np.stack(found, axis=2)


def test_rank_acceptability_is_that_of_the_r_package() -> None:
    random = np.random.default_rng(SEED)
    measured, weights = drawn(random), random.dirichlet(np.ones(6), DRAWS)
    scores = np.einsum("nac,nc->na", measured, weights)
    among_first = np.column_stack([share_among_first(scores, first) for first in range(1, 6)])
    by_rank = np.diff(among_first, axis=1, prepend=0)
    assert np.abs(by_rank - PUBLISHED).max() < CLOSE
    assert np.abs(by_rank - PUBLISHED).mean() < 0.01
