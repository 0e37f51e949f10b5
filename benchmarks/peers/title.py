"""The smallest page there is: one line, nothing to do."""

import streamlit as st

st.title("Infra IA France")
