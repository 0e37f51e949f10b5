"""One Plotly chart on a stock page."""

import plotly.express as px
import streamlit as st

st.title("Infra IA France")
st.plotly_chart(px.bar(x=["Hauts-de-France", "Île-de-France"], y=[66_000, 31_834]))
