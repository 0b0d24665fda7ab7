"""What became of decisions: measures that are due, the control list, and the effect of a measure by cause."""

from esdash.analysis.measures.listed import control as control
from esdash.analysis.measures.listed import due as due
