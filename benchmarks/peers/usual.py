"""The same dashboard the usual way: figures built at each run, geometry inline, stock settings."""

import json
from pathlib import Path

import pandas as pd
import plotly.express as px
import streamlit as st

DATA = Path(__file__).parent.parent.parent / "data"

st.set_page_config(page_title="Infra IA France", layout="wide")


@st.cache_data
def load() -> tuple[pd.DataFrame, dict]:
    """Return the last claim of each project, and the outlines of the regions."""
    claims = pd.read_csv(DATA / "announcements.csv", dtype={"region_code": str})
    outlines = json.loads((DATA / "reference" / "geometry" / "regions.geojson").read_text())
    return claims.sort_values("announced_on").groupby("project_id").last().reset_index(), outlines


projects, outlines = load()
region = st.sidebar.multiselect("Région", sorted(projects["region_code"].dropna().unique()))
status = st.sidebar.multiselect("Statut", sorted(projects["status"].dropna().unique()))
if region:
    projects = projects[projects["region_code"].isin(region)]
if status:
    projects = projects[projects["status"].isin(status)]

st.title("Infra IA France")
columns = st.columns(4)
columns[0].metric("Investissement (M€)", f"{projects['investment_low_meur'].sum():,.0f}")
columns[1].metric("Emplois", f"{projects['jobs_low'].sum():,.0f}")
columns[2].metric("Puissance (MW)", f"{projects['power_low_mw'].sum():,.0f}")
columns[3].metric("Projets", len(projects))

by_region = projects.groupby("region_code", as_index=False)["investment_low_meur"].sum()
st.plotly_chart(
    px.choropleth(
        by_region,
        geojson=outlines,
        locations="region_code",
        featureidkey="properties.code",
        color="investment_low_meur",
        fitbounds="locations",
        basemap_visible=False,
    )
)
st.plotly_chart(px.bar(by_region, x="region_code", y="investment_low_meur", title="Investissement par région"))
st.plotly_chart(px.histogram(projects, x="status", title="Projets par statut"))
st.dataframe(projects)
