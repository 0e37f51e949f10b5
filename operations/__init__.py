"""How the site is run: what it writes in its log, what it measures, and what it refuses when it is asked too much."""
