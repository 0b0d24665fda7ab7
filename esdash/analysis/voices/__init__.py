"""What the seats said about items of the list, once a round is closed."""

from esdash.analysis.voices.voices import CROSSING as CROSSING
from esdash.analysis.voices.voices import compared as compared
from esdash.analysis.voices.voices import conflicts as conflicts
from esdash.analysis.voices.voices import latest as latest
from esdash.analysis.voices.voices import named as named
from esdash.analysis.voices.voices import of_seats as of_seats
from esdash.analysis.voices.voices import reasons as reasons
from esdash.analysis.voices.voices import result as result
