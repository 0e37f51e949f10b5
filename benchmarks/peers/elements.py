"""The elements of our overview, as stock Streamlit serves them: a map, two charts and a table."""

import json
from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

DATA = Path(__file__).parent.parent.parent / "data"

regions = pd.read_csv(DATA / "reference" / "regions.csv", dtype=str)
outlines = json.loads((DATA / "reference" / "geometry" / "regions.geojson").read_text())
st.title("Infra IA France")
st.plotly_chart(
    px.choropleth(
        regions,
        geojson=outlines,
        locations="code",
        featureidkey="properties.code",
        color=regions["population"].astype(int),
        fitbounds="locations",
        basemap_visible=False,
    )
)
st.plotly_chart(px.bar(regions, x="name", y="population"))
st.plotly_chart(px.scatter(regions, x="code", y="population"))
st.dataframe(regions)
