"""The entry point: the server around the script that runs for every visitor."""

import streamlit as st

from esdash import serve

app = st.App(serve.SCRIPT, routes=serve.ROUTES, middleware=serve.MIDDLEWARE)
