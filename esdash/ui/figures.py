"""The figures of the pages: what the analysis answers, drawn by the charts, made once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd

from esdash import charts
from esdash.analysis import coverage, records, situation
from esdash.inventory import Inventory
from esdash.texts import Text
from esdash.ui import gap_choice, listing
from esdash.ui.kept import kept
from esdash.ui.names import names
