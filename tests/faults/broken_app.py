"""The dashboard with two mistakes in the program: one on the first page, one behind the button of a backup."""

from typing import NoReturn

import streamlit as st

from esdash import serve
from esdash.analysis.overview import situation
from esdash.inventory import backups
from esdash.ui.shell import unexpected


def fail(*_: object) -> NoReturn:
    raise RuntimeError("Erika Mustermann, 0340 123456")


situation.met_by_field = fail
backups.manual = fail

app = st.App(serve.SCRIPT, on_script_error=unexpected.answer)
