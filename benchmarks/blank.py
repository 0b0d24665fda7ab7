"""The smallest page that Streamlit can show, to compare with."""

import streamlit as st

st.text("blank")
