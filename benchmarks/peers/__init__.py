"""What the site is measured beside: pages as anyone would write them, served by stock Streamlit."""
