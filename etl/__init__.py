"""From the curated CSV to the DuckDB file: `schema` declares, `check` judges, `build` writes.

Nothing here knows Streamlit, the pages or the service.
"""
