"""The entry point: the server around the script that runs for every visitor."""

import streamlit as st

from esdash import serve
from esdash.ui.shell import unexpected

app = st.App(
    serve.SCRIPT,
    routes=serve.ROUTES,
    middleware=serve.MIDDLEWARE,
    lifespan=serve.lifespan,
    on_script_error=unexpected.answer,
)
