"""The floor: the least page that Streamlit can show."""

import streamlit as st

st.text("blank")
