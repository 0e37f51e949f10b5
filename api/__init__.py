"""What the site answers to programs: files, data, feeds. No Streamlit here."""
