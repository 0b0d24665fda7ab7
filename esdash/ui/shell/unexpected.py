"""Unexpected errors: a sentence and a link for the visitor, the place in the code for the log, without values.

The text of an error may hold what somebody has entered, so the log only gets the types of the errors and where they
arose, under a number that the page shows too. For developers (client.showErrorDetails = "full"), Streamlit shows and
logs errors as usual.
"""

import logging
import runpy
import secrets
import traceback
from pathlib import Path

import streamlit as st
from streamlit.logger import get_logger
from streamlit.runtime.scriptrunner import get_script_run_ctx

from esdash.errors import UserError
from esdash.inventory import default_path
from esdash.inventory.file import attaching
from esdash.ui.shell import session
from esdash.wording.escaping import plain

_SCRIPT = Path(__file__).parents[1] / "main.py"
_LOG = get_logger("esdash")


def answer(error: Exception) -> bool:
    """Show the error on the page below what it could show; returns whether Streamlit need not show anything."""
    if _for_developers():
        return False
    text = session.text()
    known = error if isinstance(error, UserError) else attaching.of_the_disk(error, default_path())
    if known is not None:
        words, hint = text.error(known)
    else:
        number = secrets.token_hex(4)
        _LOG.error("%s %s", number, places(error))
        words, hint = text("app.unexpected"), text("app.unexpected_hint", number=number)
    st.error(plain(words))
    st.text(hint)
    context = get_script_run_ctx()
    if context is not None and not context.has_script_started:  # a callback failed before anything was drawn
        _draw()
    return True


def places(error: BaseException) -> str:
    """The types of an error and of its causes, and where in the code each arose, without their texts."""
    found: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        number = f" {cause.errno}" if isinstance(cause, OSError) else ""
        steps = [f"  {step.filename}:{step.lineno} {step.name}" for step in traceback.extract_tb(cause.__traceback__)]
        found.append("\n".join([f"{type(cause).__name__}{number}", *steps]))
        cause = cause.__cause__ or cause.__context__
    return "\nbehind it: ".join(found)


def _draw() -> None:
    """Draw the page as if the button had not been clicked."""
    try:
        runpy.run_path(str(_SCRIPT), run_name="__main__")
    except Exception as error:
        _LOG.error("the page after it: %s", places(error))


def _for_developers() -> bool:
    return str(st.get_option("client.showErrorDetails")) == "full"


# Streamlit would also log the text of the error.
logging.getLogger("streamlit.error_util").addFilter(lambda record: _for_developers())
