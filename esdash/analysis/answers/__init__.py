"""What the city answered to the entries of a version, and where it is silent."""

from esdash.analysis.answers.answers import entries as entries
from esdash.analysis.answers.answers import given as given
from esdash.analysis.answers.answers import handed_over as handed_over
from esdash.analysis.answers.answers import pace as pace
from esdash.analysis.answers.answers import silence as silence
from esdash.analysis.answers.answers import versions as versions
from esdash.analysis.answers.published import Published as Published
from esdash.analysis.answers.published import published as published
