"""What is measured on the real thing: each module prints a table and writes JSON; none passes or fails."""
